"""Segment: a question as typed spans, which together are all of it.

At each place the longest span counts: a name of reports, a time, a quantity, a place of the table, a word
of ``lexicon``.  What is none of these is text, word by word as the tagger cuts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from corpus.figures import Figure, extract_figures
from corpus.figures.period import find_periods
from corpus.figures.synonyms import SYNONYMS
from corpus.figures.units import match_unit
from corpus.identity import NATION
from corpus.places import find_places, members_of, other_names, province_letters, regions, short_name
from retrieval.query.lexicon import Row, word_pattern, words
from retrieval.query.query import Named, Time
from retrieval.query.reports import PLACE_ENDS, SURE_NAME, Reports
from retrieval.query.tagger import JOINING, Token, tagged

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
    r"(?<![\d.近满约第前了])(?:\d{2}|[一二三四五六七八九][〇零一二三四五六七八九])年(?![来以间期内代级制多])"
)
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
# People say 号 for what reports print as 日.
DAY = re.compile(r"\d{1,2}月\d{1,2}号")
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
MOST_YEARS = 8  # of a range that is asked for year by year


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a question from ``start`` on: what it is, and what it stands for."""

    kind: Kind
    text: str
    start: int
    value: Named | Time | Figure | Row | None = None
    tag: str = ""

    @property
    def end(self) -> int:
        """Where it ends in the question."""
        return self.start + len(self.text)

    @property
    def role(self) -> str:
        """What a word of the lexicon does; empty for anything else."""
        return self.get("role") or ""

    def is_word(self, *roles: str) -> bool:
        """Tell whether it is a word of the lexicon in one of some roles."""
        return self.role in roles

    def get(self, field: str) -> Any:
        """Return a field of a word of the lexicon; None for anything else."""
        return self.value.get(field) if isinstance(self.value, dict) else None


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
    # The end of the text is where a word ends, too.
    tokens = {token.start: token for token in (*tagged(text), Token("", "", len(text), len(text)))}
    fixed = _fixed(text, reports, tokens)
    spans: list[Span] = []
    position = 0
    while position < len(text):
        known = [span for span in (fixed.get(position), _word_at(text, position, tokens, reports)) if span]
        spans.append(max(known, key=_length) if known else _text_at(text, position, tokens, fixed))
        position = spans[-1].end
    return tuple(spans)


def _length(span: Span) -> int:
    return len(span.text)


def _fixed(text: str, reports: Reports, tokens: dict[int, Token]) -> dict[int, Span]:
    """Return what is neither a word of the lexicon nor text, by where it begins; the surest at each place."""
    read = [*_times(text, reports), *_quantities(text)]
    read += [span for token in tokens.values() if (span := _named_at(text, token, reports, tokens))]
    spans = [
        *_by_other_names(text, reports),
        *sorted(read, key=_length, reverse=True),
        *(_place(text, *found, reports) for found in find_places(text) if found[0] in tokens),
        *(_letter(found[0], found.start(), reports) for found in _letters().finditer(text)),
        *(Span("text", found[0], at, tag="n") for at in tokens if (found := _indicators().match(text, at))),
    ]
    return {span.start: span for span in reversed(spans)}


# ---- Times and quantities


def _times(text: str, reports: Reports) -> list[Span]:
    spans: list[Span] = []
    for found in SHORT_YEAR.finditer(text):
        if year := reports.full_year(int(found[0][:2].translate(DIGITS))):
            spans.append(_time(found[0], found.start(), (year,)))
    for found in BARE_YEAR.finditer(text):
        # 2024家 counts something; 2024人均 does not.
        if match_unit(text, found.end()) is None or text.startswith("人均", found.end()):
            spans.append(_time(found[0], found.start(), (int(found[0]),)))
    spans += [_time(found[0], found.start(), ()) for found in DAY.finditer(text)]
    for period in find_periods(text):
        if any(span.start <= period.start < span.end and span.end >= period.end for span in spans):
            continue
        compared = period.aside and text[period.start - 1 : period.start] in ("比", "较")
        years = tuple(map(int, FULL_YEAR.findall(period.text)))
        if compared and not years:
            spans.append(Span("basis", text[period.start - 1 : period.end], period.start - 1))
        elif compared or not period.aside or period.text in OFFSETS:
            if RANGE.match(period.text) and years[1] - years[0] < MOST_YEARS:
                years = tuple(range(years[0], years[1] + 1))
            spans.append(_time(period.text, period.start, years))
    return spans


def _time(text: str, start: int, years: tuple[int, ...]) -> Span:
    offset = next((offset for word, offset in OFFSETS.items() if text.startswith(word)), None)
    return Span("time", text, start, Time(text.replace("号", "日"), years, offset))


def _quantities(text: str) -> list[Span]:
    figures = [figure for figure in extract_figures(text) if figure.kind != "rank"]
    spans = [Span("quantity", figure.quote, figure.start, figure) for figure in figures]
    for found in (*BARE_NUMBER.finditer(text), *ROUND.finditer(text)):
        if any(span.start < found.end() and found.start() < span.end for span in spans):
            continue
        if found[0][0].isdigit():
            figures = [Figure("", Decimal(found[0]), "", found[0], *found.span())]
        else:
            figures = [figure for figure in extract_figures(f"1{found[0]}") if figure.start == 0]
        spans += [Span("quantity", found[0], found.start(), figure) for figure in figures[:1]]
    return spans


# ---- Names


def _named_at(text: str, token: Token, reports: Reports, tokens: dict[int, Token]) -> Span | None:
    """Return a name of reports that begins with a word, or the name of a place or an organisation."""
    mention = reports.mention_at(text, token.start)
    if mention is None:
        if token.tag not in KINDS or len(token.text) < 2 or token.text[0] in COUNTS:
            return None
        if (kind := KINDS[token.tag]) == "place":
            return _place(text, token.start, token.end, reports)
        return _named(Named(token.text, token.text, kind), token.start, token.tag)
    said = mention.text
    if token.start + len(said) not in tokens and short_name(token.text) == said:
        said = token.text  # 巴南区, of which a report is by the name of 巴南
    if find_places(said)[:1] == [(0, len(said))]:
        return _place(text, token.start, token.start + len(said), reports, mention.reports)
    if token.tag in (*KINDS, "nz") or len(said) >= SURE_NAME or (mention.whole and len(said) > 2):
        is_place = token.tag == "LOC" and said[-1] in "镇乡村区县市"
        named = Named(said, said, "place" if is_place else "organisation", mention.reports)
    elif mention.whole:
        named = Named(said, said, "title", mention.reports, strict=False)
    else:
        return None
    return _named(named, token.start)


def _place(text: str, start: int, end: int, reports: Reports, known: frozenset[str] = frozenset()) -> Span:
    if text[end : end + 1] == "长" and text[end - 1] in PLACE_ENDS and text[end + 1 : end + 2] in HEADS:
        end -= 1  # 云和县长: the head of a county
    name = short_name(text[start:end])
    return _named(Named(text[start:end], name, "place", reports.of_place(name) or known), start)


def _named(named: Named, start: int, tag: str = "") -> Span:
    return Span("named", named.text, start, named, tag)


def _by_other_names(text: str, reports: Reports) -> Iterator[Span]:
    """Yield the regions, the longest first, and the places that are called otherwise."""
    for region in sorted(regions(), key=len, reverse=True):
        if region in text:
            of_members = frozenset[str]().union(*map(reports.of_place, members_of(region)))
            yield _named(Named(region, region, "region", of_members, strict=False), text.index(region))
    for word, place in other_names().items():
        if word in text:
            yield _named(Named(word, place, "place", reports.of_place(place)), text.index(word))


def _letter(letter: str, start: int, reports: Reports) -> Span:
    place = province_letters()[letter]
    return _named(Named(letter, place, "place", reports.of_place(place)), start)


@cache
def _letters() -> re.Pattern[str]:
    """Match a province's letter that stands alone: at the beginning or after a joining word, before a time or one."""
    return re.compile(f"(?<![^，、, 和与跟比])[{''.join(province_letters())}](?=[\\d今去前明和与跟比、])")


@cache
def _indicators() -> re.Pattern[str]:
    """Match the name of an indicator that a word of the lexicon inside it may not cut: 研究与试验发展."""
    names = {*SYNONYMS, *(other for others in SYNONYMS.values() for other in others)}
    cut = [name for name in names if any(word in name for word in JOINING)]
    return re.compile("|".join(map(re.escape, sorted(cut, key=len, reverse=True))))


# ---- Words and the rest


def _word_at(text: str, start: int, tokens: dict[int, Token], reports: Reports) -> Span | None:
    """Return the longest word of the lexicon at a place."""
    found = word_pattern().match(text, start)
    if found is None:
        return None
    said, word = found[0], words()[found[0]]
    if len(said) == 1 and not _is_own_word(text, start, said, word["role"], tokens):
        return None
    if word["role"] == "nation":
        return _named(Named(said, NATION, "nation", reports.of_place(NATION)), start)
    return Span("word", said, start, word)


def _is_own_word(text: str, start: int, said: str, role: str, tokens: dict[int, Token]) -> bool:
    """Tell whether one character is a word by itself here, as the tagger cuts the text."""
    before = text[start - 1 : start]
    if said == "几" and before in SOME:
        return False
    if said == "长" and before and before in PLACE_ENDS and text[start + 1 : start + 2] in HEADS:
        return False  # 县长, not 县 that grew
    ends = start + 1 in tokens
    if start in tokens:
        return ends or said in "几比占那哪差"
    # 是 of 还是, 多 of 最多: the tagger may join what asks to what it is asked of.
    return ends and (role in ("particle", "ask") or (said in JOINING and start - 1 in tokens))


def _text_at(text: str, start: int, tokens: dict[int, Token], fixed: dict[int, Span]) -> Span:
    """Return a mark, or the word of the tagger that begins here, up to what else is found inside it."""
    if MARK.match(text, start):
        return Span("mark", text[start], start)
    stop = next(
        place
        for place in range(start + 1, len(text) + 1)
        if place in (tokens | fixed) or MARK.match(text, place)
    )
    if stop - start == len("人和") and text[stop - 1] in JOINING and stop < len(text):
        stop -= 1  # the tagger takes the end of one name and what joins it to the next for a word
    # A word of two characters or more may begin inside what the tagger joined: 投旗下 holds none.
    for place in range(start + 1, stop):
        if (word := word_pattern().match(text, place, stop)) and len(word[0]) > 1:
            stop = place
            break
    return Span("text", text[start:stop], start, tag=tokens[start].tag if start in tokens else "")
