"""Clauses: the words of a sentence that stand around a quantity."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.heads import without_notes
from corpus.figures.lexicon import CHANGE
from corpus.figures.mention import Mention

# Words looked at before and after a quantity; a longer clause is cut.
REACH = 90
_AFTER_REACH = 40

BREAKS = "，；。：！？:;,!?\n"
_POST_BOUND = re.compile(
    r"(?:及以上|以上|及以下|以下|以内|之内|左右|上下|内)?(?:大关|关口|门槛|新?台阶|之多)?"
)
_CLOSING = re.compile(r"^[）)](?:左右|以上|以内)?")
# A bracket that a word goes on after (国（省）控断面) is part of the word.
_BRACKET_IN_WORD = re.compile(r"[（(][^（）()，]{1,4}[）)](?=[一-鿿])")
# 境外客商、创历史新高: what follows is said of the things counted.
_PREDICATE_NEXT = re.compile(r"、(?=创[下历新]|[位稳]?居全|再创|同比|增长|下降|占全|达到|超过|均|为历)")
_AFTER_BREAK = re.compile(r"[，；。：！？:;,（）()\n]")
_BETWEEN_ROW = re.compile(
    r"(?:以上|以下|以内|左右)?\s?(?:、|/|[:：∶]|，?和|与|，?及|，?以及)?\s?(?:超过?|近|约|逾|突破|不低于)?"
)
# 分别增加1.1个百分点、减少2.3个百分点: each has a verb of its own.
_OWN_VERB = re.compile(rf"(?:{CHANGE})了?$")
_LONGEST_BETWEEN = 8
_RATES = {"share", "points", "multiple"}


def row_length(text: str, mentions: Sequence[Mention], index: int) -> int:
    """How many quantities from here on are strung together with nothing but 、 or 和 between them."""
    size, first = 1, mentions[index].start
    if index + 1 == len(mentions) or mentions[index + 1].start - mentions[index].end > _LONGEST_BETWEEN:
        return size
    each = "分别" in re.split(r"[，；。]", text[max(0, first - _AFTER_REACH) : first])[-1]
    while index + size < len(mentions):
        before, after = mentions[index + size - 1], mentions[index + size]
        between = text[before.end : min(after.start, before.end + _LONGEST_BETWEEN + 1)]
        bare = _OWN_VERB.sub("", between) if each else between
        if len(between) > _LONGEST_BETWEEN or not _BETWEEN_ROW.fullmatch(bare):
            break
        if before.family != after.family and not {before.family, after.family} <= _RATES:
            break
        size += 1
    return size


def words_before(text: str, start: int, mentions: Sequence[Mention], index: int) -> str:
    """The words of the clause between the quantity before (or a break) and this one."""
    position = mentions[index].start
    low = max(start, position - REACH)
    if index:
        low = max(low, _end_with_bound(text, mentions[index - 1]))
    depth, cursor = 0, position
    while cursor > low:
        character = text[cursor - 1]
        if character in "）)":
            depth += 1
        elif character in "（(":
            if not depth:
                break
            depth -= 1
        elif character in BREAKS and not depth:
            break
        cursor -= 1
    return without_notes(_CLOSING.sub("", text[cursor:position]))


def words_after(text: str, end: int, mentions: Sequence[Mention], index: int) -> str:
    """The words of the clause after a quantity, up to a break or the next quantity."""
    begin = _end_with_bound(text, mentions[index])
    stop = min(end, begin + _AFTER_REACH)
    if index + 1 < len(mentions):
        stop = min(stop, mentions[index + 1].start)
    words = text[begin:stop]
    plain = _BRACKET_IN_WORD.sub(blank, words)
    cut = _AFTER_BREAK.search(plain)
    words, plain = (words[: cut.start()], plain[: cut.start()]) if cut else (words, plain)
    if not cut or words.startswith("、"):  # a quantity follows in the same clause: 、 parts the two
        words = words[: len(plain.partition("、")[0])]
    return without_notes(_PREDICATE_NEXT.split(words)[0].strip())


def in_one_clause(text: str, before: Mention, after: Mention) -> bool:
    """True where no break stands between two quantities."""
    between = text[before.end : min(after.start, before.end + REACH)]
    return not any(mark in between for mark in BREAKS)


def blank(found: re.Match[str]) -> str:
    """As many characters that mean nothing: offsets stay."""
    return "＿" * len(found[0])


def _end_with_bound(text: str, mention: Mention) -> int:
    """The end of a quantity with the 以上 or 左右 behind it."""
    bound = _POST_BOUND.match(text, mention.end)
    return bound.end() if bound else mention.end
