"""Segment: a question as typed spans, which together are all of it.

At each place the longest span counts: a name of reports, a time, a quantity, a place of the table, a word
of ``lexicon``.  What is none of these is text, word by word as the tagger cuts it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from corpus.figures import Figure, extract_figures
from corpus.figures.period import find_periods
from corpus.figures.synonyms import SYNONYMS
from corpus.figures.units import match_unit
from corpus.identity import NATION
from corpus.places import find_places, members_of, other_names, province_letters, regions, short_name
from retrieval.query.lexicon import Word, longest_word, words
from retrieval.query.query import Named, Time
from retrieval.query.reports import LEVELS, SURE_NAME, Reports
from retrieval.query.tagger import Token, tagged

KINDS: dict[str, Literal["place", "organisation", "person"]] = {
    "LOC": "place",
    "ORG": "organisation",
    "PER": "person",
}
Kind = Literal["named", "time", "basis", "quantity", "word", "mark", "text"]
# 2024 without 年.
BARE_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?![\d年.万亿千百多余%])")
# 24年, 九八年: the first two digits are left out.
SHORT_YEAR = re.compile(
    r"(?<![\d.近满约第前了])(?:(\d{2})|([一二三四五六七八九][〇零一二三四五六七八九]))年(?![来以间期内代级制多])"
)
# People say 号 for what reports print as 日.
DAY = re.compile(r"\d{1,2}月\d{1,2}号")
DIGITS = "〇一二三四五六七八九"
FULL_YEAR = re.compile(r"(?:19|20)\d{2}")
RANGE = re.compile(r"((?:19|20)\d{2})年?\s?(?:[-—–~～至到]|——)\s?((?:19|20)\d{2})年")
OFFSETS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
# 过千亿: the number is left out.
ROUND = re.compile(r"(?<=[过破超上达到])(?:[百千万]亿|[十百千]万)元?(?!\d)")
# 超过200了吗: a number without a unit, behind a bound.
BARE_NUMBER = re.compile(r"(?<=[过破超上达到于足])\d+(?:\.\d+)?(?![\d.年月日号%])")
MARK = re.compile(r"[\s，,、。？?！!；;：:“”\"'‘’（）()《》【】]")
COUNTS = frozenset("一二两三四五六七八九十几0123456789")
SOME = tuple("那这好前近头后")  # before 几 it asks nothing: 那几条, 前几年
HEADS = ("", "叫", "是", "姓", "谁", "的", "由", "？", "?", "，")  # what may follow 县长
JOINING = "和与跟及"
MOST_YEARS = 8  # of a range that is asked for year by year


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a question, ``text[start:end]``: what it is, and what it stands for."""

    kind: Kind
    text: str
    start: int
    end: int
    value: Named | Time | Figure | Word | None = None
    tag: str = ""

    @property
    def role(self) -> str:
        """What a word of the lexicon does; empty for anything else."""
        return self.value.role if isinstance(self.value, Word) else ""

    def is_word(self, *roles: str) -> bool:
        """Tell whether it is a word of the lexicon in one of some roles."""
        return self.role in roles

    def get(self, field: str) -> Any:
        """Return a field of a word of the lexicon; None for anything else."""
        return self.value.get(field) if isinstance(self.value, Word) else None


def has_word(spans: Sequence[Span], *roles: str) -> bool:
    """Tell whether a word of the lexicon in one of some roles is among spans."""
    return any(span.is_word(*roles) for span in spans)


def place_of(spans: Sequence[Span], *roles: str) -> int | None:
    """Return where the first word in one of some roles stands among spans; None where none does."""
    return next((place for place, span in enumerate(spans) if span.is_word(*roles)), None)


def told_in(spans: Sequence[Span]) -> list[Span]:
    """Return spans without marks and words that say nothing."""
    return [
        span for span in spans if span.kind != "mark" and not span.is_word("particle", "filler", "polite")
    ]


def segment(text: str, reports: Reports) -> tuple[Span, ...]:
    """Return the spans of a question about some reports."""
    tokens = tagged(text)
    at = {token.start: token for token in tokens}
    ends = {token.end for token in tokens}
    fixed = _fixed(text, reports, at, ends)
    spans: list[Span] = []
    position = 0
    while position < len(text):
        found = fixed.get(position)
        word = _word_at(text, position, at, ends)
        if found is None or (word is not None and word.end > found.end):
            found = word or found
        if found is None:
            found = _text_at(text, position, at, fixed)
        spans.append(found)
        position = found.end
    return tuple(spans)


def _fixed(text: str, reports: Reports, at: dict[int, Token], ends: set[int]) -> dict[int, Span]:
    """Return what is neither a word of the lexicon nor text, by where it begins; the longest at each place."""
    found: dict[int, Span] = {}

    def offer(span: Span) -> None:
        known = found.get(span.start)
        if known is None or span.end > known.end:
            found[span.start] = span

    for span in (*_times(text, reports), *_quantities(text)):
        offer(span)
    for token in at.values():
        if name_span := _named_at(text, token, reports, ends):
            offer(name_span)
    for start, end in find_places(text):
        if start not in found and start in at:
            offer(_place(text, start, end, reports))
    for word, place in {**other_names(), **province_letters()}.items():
        start = text.find(word)
        if start < 0 or (len(word) == 1 and (start in found or not _stands_alone(text, start, at))):
            continue
        named = Named(word, place, "place", reports.of_place(place))
        found[start] = _named(named, start)
    for start in at:
        if start not in found and (name := _indicator_at(text, start)):
            offer(Span("text", name, start, start + len(name), tag="n"))
    for region in regions():
        start = text.find(region)
        if start >= 0:
            of_members = frozenset[str]().union(*(reports.of_place(place) for place in members_of(region)))
            named = Named(region, region, "region", of_members, strict=False)
            found[start] = _named(named, start)
    return _apart(found)


def _apart(found: dict[int, Span]) -> dict[int, Span]:
    """Return spans without those that begin inside another."""
    kept: dict[int, Span] = {}
    end = 0
    for start in sorted(found):
        if start >= end:
            kept[start] = found[start]
            end = found[start].end
    return kept


def _times(text: str, reports: Reports) -> list[Span]:
    spans: list[Span] = []
    for found in SHORT_YEAR.finditer(text):
        digits = found[1] or "".join(str(DIGITS.index(one.replace("零", "〇"))) for one in found[2])
        if year := reports.full_year(int(digits)):
            spans.append(_time(text, found.start(), found.end(), (year,)))
    for found in BARE_YEAR.finditer(text):
        # 2024家 counts something; 2024人均 does not.
        unit = match_unit(text, found.end())
        if unit is not None and not text.startswith("人均", found.end()):
            continue
        spans.append(_time(text, found.start(), found.end(), (int(found[0]),)))
    spans += [_time(text, *found.span(), ()) for found in DAY.finditer(text)]
    for period in find_periods(text):
        if any(span.start <= period.start < span.end and span.end >= period.end for span in spans):
            continue
        compared = period.aside and text[period.start - 1 : period.start] in ("比", "较")
        if compared and not FULL_YEAR.search(period.text):
            spans.append(Span("basis", text[period.start - 1 : period.end], period.start - 1, period.end))
        elif compared or not period.aside or period.text in OFFSETS:
            span = RANGE.match(period.text)
            years = tuple(map(int, FULL_YEAR.findall(period.text)))
            if span and int(span[2]) - int(span[1]) < MOST_YEARS:
                years = tuple(range(int(span[1]), int(span[2]) + 1))
            spans.append(_time(text, period.start, period.end, years))
    return spans


def _time(text: str, start: int, end: int, years: tuple[int, ...]) -> Span:
    said = text[start:end].replace("号", "日")
    offset = next((offset for word, offset in OFFSETS.items() if said.startswith(word)), None)
    return Span("time", text[start:end], start, end, Time(said, years, offset))


def _quantities(text: str) -> list[Span]:
    figures = [figure for figure in extract_figures(text) if figure.kind != "rank"]
    spans = [Span("quantity", figure.quote, figure.start, figure.end, figure) for figure in figures]
    for found in BARE_NUMBER.finditer(text):
        if not any(span.start < found.end() and found.start() < span.end for span in spans):
            figure = Figure("", Decimal(found[0]), "", found[0], *found.span())
            spans.append(Span("quantity", found[0], *found.span(), figure))
    for found in ROUND.finditer(text):
        if not any(span.start < found.end() and found.start() < span.end for span in spans):
            numbered = [one for one in extract_figures(f"1{found[0]}") if one.start == 0]
            spans += [Span("quantity", found[0], *found.span(), figure) for figure in numbered[:1]]
    return spans


def _named_at(text: str, token: Token, reports: Reports, ends: set[int]) -> Span | None:
    """Return a name of reports that begins with a word, or the name of a place or an organisation."""
    mention = reports.mention_at(text, token.start)
    names = token.tag in KINDS and len(token.text) > 1 and token.text[0] not in COUNTS
    if mention is not None and mention.end not in ends:
        # 潮州市 of 潮州|市长: a name ends where a word does, if one does within it.
        within = [end for end in ends if token.start + 1 < end < mention.end]
        if within and text[mention.end - 1] in LEVELS and text[mention.end : mention.end + 1] == "长":
            mention = replace(mention, end=max(within))
        elif short_name(token.text) == text[mention.start : mention.end]:
            mention = replace(mention, end=token.end)  # 巴南区, of which a report is by the name of 巴南
    if mention is None:
        if not names:
            return None
        if (kind := KINDS[token.tag]) == "place":
            return _place(text, token.start, token.end, reports)
        return _named(Named(token.text, token.text, kind), token.start, token.tag)
    said = text[mention.start : mention.end]
    places = find_places(said)
    if places and places[0] == (0, len(said)):
        return _place(text, mention.start, mention.end, reports, mention.reports)
    if (
        token.tag in ("LOC", "ORG", "PER", "nz")
        or len(said) >= SURE_NAME
        or (mention.whole and len(said) > 2)
    ):
        is_place = token.tag == "LOC" and said[-1:] in "镇乡村区县市"
        named = Named(said, said, "place" if is_place else "organisation", mention.reports)
        return _named(named, mention.start)
    if not mention.whole:
        return None
    return _named(Named(said, said, "title", mention.reports, strict=False), mention.start)


def _place(text: str, start: int, end: int, reports: Reports, known: frozenset[str] = frozenset()) -> Span:
    if text[end : end + 1] == "长" and text[end - 1] in LEVELS and text[end + 1 : end + 2] in HEADS:
        end -= 1  # 云和县长: the head of a county
    said = text[start:end]
    name = short_name(said)
    return _named(Named(said, name, "place", reports.of_place(name) or known), start)


def _named(named: Named, start: int, tag: str = "") -> Span:
    return Span("named", named.text, start, start + len(named.text), named, tag)


@cache
def _indicators() -> dict[str, list[str]]:
    """Return the names of indicators that hold a word of the lexicon inside, by their first character."""
    names: dict[str, list[str]] = {}
    for name in {*SYNONYMS, *(other for others in SYNONYMS.values() for other in others)}:
        if any(word in name for word in JOINING):
            names.setdefault(name[0], []).append(name)
    return names


def _indicator_at(text: str, start: int) -> str:
    """Return the name of an indicator at a place, which no word inside it may cut: 研究与试验发展."""
    names = (name for name in _indicators().get(text[start], ()) if text.startswith(name, start))
    return max(names, key=len, default="")


def _stands_alone(text: str, start: int, at: dict[int, Token]) -> bool:
    """Tell whether one character is a province's letter: at the beginning or after a joining word, before a time or one."""
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    return before in ("", "，", "、", ",", " ", "和", "与", "跟", "比") and (
        after.isdigit() or after in ("今", "去", "前", "明", "和", "与", "跟", "比", "、")
    )


def _word_at(text: str, start: int, at: dict[int, Token], ends: set[int]) -> Span | None:
    """Return the longest word of the lexicon at a place."""
    table = words()
    for length in range(min(longest_word(), len(text) - start), 0, -1):
        word = table.get(text[start : start + length])
        if word is None:
            continue
        if length == 1 and not _is_own_word(text, start, word, at, ends):
            continue
        if word.said == "几" and text[start - 1 : start] in SOME:
            continue
        if word.role == "nation":
            return _named(Named(word.said, NATION, "nation"), start)
        return Span("word", word.said, start, start + length, word)
    return None


def _is_own_word(text: str, start: int, word: Word, at: dict[int, Token], ends: set[int]) -> bool:
    """Tell whether one character is a word by itself here, as the tagger cuts the text."""
    token = at.get(start)
    if word.said == "长" and start and text[start - 1] in LEVELS and text[start + 1 : start + 2] in HEADS:
        return False  # 县长, not 县 that grew
    if token is None:
        # 是 of 还是, 多 of 最多: the tagger may join what asks to what it is asked of.
        joined = at.get(start - 1)
        if word.role == "join" and joined is not None and joined.end == start + 1 and word.said in JOINING:
            return True
        return word.role in ("particle", "ask") and start + 1 in ends
    return token.end == start + 1 or word.said in ("几", "比", "占", "那", "哪", "差")


def _text_at(text: str, start: int, at: dict[int, Token], fixed: dict[int, Span]) -> Span:
    """Return a mark, or the word of the tagger that begins here, up to what else is found inside it."""
    if MARK.match(text, start):
        return Span("mark", text[start], start, start + 1)
    token = at.get(start)
    stop = (
        token.end
        if token
        else next((place for place in range(start + 1, len(text)) if place in at), len(text))
    )
    inside = [place for place in fixed if start < place < stop]
    marks = [place for place in range(start + 1, stop) if MARK.match(text, place)]
    stop = min([stop, *inside, *marks])
    if stop - start == len("人和") and text[stop - 1] in JOINING and stop < len(text):
        stop -= 1  # the tagger takes the end of one name and what joins it to the next for a word
    table = words()
    for place in range(start + 1, stop):
        # A word of two characters or more may begin inside what the tagger joined: 投旗下 holds none.
        if any(text[place : place + length] in table for length in range(2, stop - place + 1)):
            stop = place
            break
    return Span("text", text[start:stop], start, stop, tag=token.tag if token else "")
