"""Across turns: a question about what the questions before it asked, together: ``哪个更高？``, ``比江苏多多少？``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.places import find_places
from retrieval.followup import ALL_PLACES, ASKS, SORT_ASKED, complete, times_in, without_scope
from retrieval.search.sentences import Span

WHICH = r"(?:谁|哪一?[个年省市家方边地])"
MORE = r"[高低大小多少快慢强长]"
TOGETHER = r"(?:合计|一共|总共|加起来|加在一起|之和|总和|共计)"
APART = r"(?:相差|差距|差额|差)"
# Asked alone, these ask about several things that were asked about one by one.
ACROSS = re.compile(
    rf"^(?:那么?)?(?:它们|他们|这|那)?(?P<number>[两二三四][者个地省市家年])?(?:之间)?的?(?:"
    rf"{WHICH}的?(?:更|比较|较|(?P<most>最))?{MORE}一?[些点]?|{APART}(?:是|有|了)?(?:多少|多大)?|"
    rf"(?P<sum>{TOGETHER})(?:是|有|为)?(?:多少)?)(?:呢|啊)?[？?]?$"
)
# 比江苏多多少, 和江苏比呢: the thing that was asked about before, beside another.
BESIDE = re.compile(
    rf"^(?:那么?)?(?:它)?(?:比(?!上年|去年|上一年|例|重|较)(?P<than>[^，,。？?]{{2,12}}?)(?:更|要)?{MORE}(?P<much>出?了?(?:多少|几\w{{0,3}}))?|"
    r"[和跟与同](?P<with>[^，,。？?]{2,12}?)相?比(?:起来|较)?)(?:一?[些点])?(?:吗|呢|如何|怎么样|咋样)?[？?]?$"
)
# The end of a question that compares, or asks for a sum.
COMPARED = re.compile(
    rf"(?:两[者个地省市]|三[者个地省市])?(?:各自?|分别)?(?:是|有|为)?(?:{WHICH}的?(?:更|比较|最)?{MORE}|{APART}|{TOGETHER}|多少).*$"
)
# Asked alone, another bound for what places were asked to meet: 超过10万亿元的呢.
BOUND = r"(?:不?超过|突破|[高低大小多少]于|不[低高少多]于|不到|不足|达到|[过破])"
OTHER_BOUND = re.compile(
    rf"^(?:那么?)?(?P<bound>{BOUND}\d[^，,。？?]{{0,12}}?)的?(?:有(?:哪些|几个|多少个?))?呢?[？?]?$"
)
FORMER_BOUND = re.compile(rf"{BOUND}\d[\d.,]*(?:[十百千万亿]*(?:%|[元人吨斤户家个]|公里|平方公里)?)")
JOINED = re.compile(r"[和与跟及、，,]")
TWO = 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a question asked about: its places and times as it says them, and the thing that is measured."""

    places: tuple[str, ...]
    times: tuple[str, ...]
    thing: str

    def scope(self) -> str:
        return "和".join(self.places) + "和".join(self.times)


def unfolded(history: Sequence[str]) -> list[str]:
    """Return the questions before with those about several turns completed; the others are as they were."""
    turns: list[str] = []
    for text in history:
        turns.append(across(text, turns) or text)
    return turns


def across(text: str, history: Sequence[str]) -> str:
    """Return a question about several turns as one that stands by itself; empty where it is none.

    >>> across("哪个更高？", ["浙江去年财政收入是多少？", "江苏呢？"])
    '浙江和江苏去年财政收入哪个更高'
    >>> across("比江苏多多少？", ["浙江去年财政收入是多少？"])
    '浙江和江苏去年财政收入差多少'
    """
    bare = text.strip().rstrip("？?")
    if history and (bound := OTHER_BOUND.match(bare)):
        before, _ = complete(history[-1].strip(), history[:-1])
        # What is asked of one place is no filter: the claim is then about its figure.
        if not ALL_PLACES.search(before) or not FORMER_BOUND.search(before):
            return ""
        return FORMER_BOUND.sub(bound["bound"], before, count=1)
    asked = [_asked(history, place) for place in range(len(history))]
    if not asked or not asked[-1].thing:
        return ""
    if found := BESIDE.match(bare):
        return _beside(asked[-1], found["than"] or found["with"], "差多少" if found["much"] else "哪个高")
    if found := ACROSS.match(bare):
        several = bool(found["most"]) or (found["number"] or "两")[0] not in "两二"
        several = several or (found["sum"] is not None and not found["number"])
        asks = bare.removeprefix("那么").removeprefix("那")
        if not several and len(asked) >= TWO and asked[-TWO].thing != asked[-1].thing:
            return _two_things(asked[-TWO], asked[-1], found["sum"] is not None)
        return _together(asked, asks, 0 if several else TWO)
    if len(asked[-1].places) > 1 and _names_one_place(bare):
        return f"{_one_place(bare)}{''.join(asked[-1].times)}{asked[-1].thing}是多少"
    return ""


def _asked(history: Sequence[str], place: int) -> _Asked:
    """Return what the question at ``place`` asked about."""
    text, _ = complete(history[place].strip(), history[:place])
    bare = text.rstrip("？?。 ")
    compared = COMPARED.search(bare)
    ends = compared or SORT_ASKED.search(bare) or ASKS.search(bare)
    subject = bare[: ends.start()] if ends else bare
    places, times = _chained(subject, find_places(subject)), times_in(subject)
    thing = subject
    for start, end in sorted([*places, *times], reverse=True):
        thing = thing[:start] + thing[end:]
    # What joined the places and times: 、和.
    return _Asked(
        tuple(dict.fromkeys(subject[start:end] for start, end in places)),
        tuple(dict.fromkeys(subject[start:end] for start, end in times)),
        re.sub(r"^[和与跟、，,\s的]+|[和与跟、，,\s]+$|(?:各自?|分别|是|有|为|达到?)+$", "", thing),
    )


def _chained(text: str, places: Sequence[Span]) -> list[Span]:
    """Return the first place and those that are joined to it; what stands apart may be a word that is no place."""
    chain = list(places[:1])
    for start, end in places[1:]:
        between = text[chain[-1][1] : start]
        if not between or (JOINED.search(between) and not without_scope(between).strip(" 的和与跟及、，,")):
            chain.append((start, end))
    return chain


def _beside(before: _Asked, other: str, asks: str) -> str:
    """Return a question that holds what was asked before against another place or year."""
    thing = before.thing
    if places := [other[start:end] for start, end in find_places(other)]:
        return (
            f"{'和'.join((*before.places[:1], places[0]))}{''.join(before.times[:1])}{thing}{asks}"
            if before.places
            else ""
        )
    if times := [other[start:end] for start, end in times_in(other)]:
        return (
            f"{''.join(before.places[:1])}{'和'.join((*before.times[:1], times[0]))}{thing}{asks}"
            if before.times
            else ""
        )
    return ""


def _together(asked: Sequence[_Asked], asks: str, most: int) -> str:
    """Return a question about the last ``most`` turns of one thing, or all of them where that is 0."""
    last = asked[-1]
    if len(last.places) > 1 or len(last.times) > 1:
        return f"{last.scope()}{last.thing}{asks}"
    turns = [one for one in asked if one.thing == last.thing and len(one.places) <= 1 and len(one.times) <= 1]
    turns = list(dict.fromkeys(turns))[-most:]
    if len(turns) < TWO:
        return ""
    places = list(dict.fromkeys(place for one in turns for place in one.places))
    times = list(dict.fromkeys(time for one in turns for time in one.times))
    if len(places) > 1 and len(times) > 1:
        return "和".join(one.scope() for one in turns) + f"{last.thing}{asks}"
    return f"{'和'.join(places)}{'和'.join(times)}{last.thing}{asks}"


def _two_things(one: _Asked, other: _Asked, added: bool) -> str:
    """Return a question for the difference or the sum of two things of one place and time, else nothing."""
    if (one.places, one.times) != (other.places, other.times) or not one.thing:
        return ""
    return f"{other.scope()}{one.thing}和{other.thing}{'一共' if added else '相差'}多少"


def _one_place(bare: str) -> str:
    found = find_places(bare)
    return bare[found[0][0] : found[0][1]] if len(found) == 1 else ""


def _names_one_place(bare: str) -> bool:
    rest = without_scope(bare)
    return (
        bool(_one_place(bare))
        and not times_in(bare)
        and re.fullmatch(r"(?:那么?|和|而)?的?(?:呢|怎么样|如何)?", rest) is not None
    )
