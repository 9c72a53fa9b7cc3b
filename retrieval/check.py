"""Check the reports against themselves: what is stated twice, and growth against its end points.

What is found is meant to be read by a person, so a doubt is no finding: figures are compared only
where indicator, place, time, unit and wording leave nothing that could make both of them true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus.places import find_places, short_name
from index import Index
from index.ledger import LedgerEntry
from retrieval.interval import interval_of
from retrieval.ledger import locations

SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
# Part of the whole, or a whole of its own, within a place.
NARROWED = re.compile(
    r"其中|本级|市区|城区|主城|县域|辖区|[园景矿林库社片]区|开发区|高新区|新区|保税区|试验区|示范区|集团|公司|街道|[镇乡村校院厂港]|"
    r"[东西南北]部|分别|除.{1,10}外|各[省市县区]|[一二三四五六七八九十两数\d]+[省市县区州]"
)
# Words that make another quantity of the same indicator: two figures must share them all.
MANNERS = re.compile(r"累计|年均|月均|日均|户均|平均|人均|新增|净增|增量|名义|实际|可比|口径|不变价|现价|扣除|剔除|预算|完成率|占|全国|全省|最[高低大小]")
# 家, 户 and 个 count the same things.
COUNTERS = frozenset("家户个")
# What a growth is measured against where nothing is said, and other words for it.
YEAR_BEFORE = frozenset((None, "同比", "比上年", "较上年", "比去年", "较去年", "比上年同期", "较上年同期"))
SHORTEST_NAME = 2  # an indicator of one character is a remnant
LONGEST_YEAR = 366  # days


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in its sentence; ``before`` is the sentence up to the figure."""

    entry: LedgerEntry
    location: str
    sentence: str
    before: str

    @property
    def says(self) -> str:
        """The figure as printed, with its unit."""
        figure = self.entry.figure
        return figure.quote + (figure.unit if figure.quote[-1:].isdecimal() else "")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements that cannot all be true, and a sentence that says why."""

    text: str
    statements: tuple[Statement, ...]


def statements(index: Index) -> list[Statement]:
    """Return every figure of the reports in its sentence."""
    sentences = {
        entry.name: [*_sentences(index.report(entry.name).text)] for entry in index.manifest.reports
    }
    found = []
    positions = dict.fromkeys(sentences, 0)
    for entry, location in zip(index.ledger, locations(index), strict=True):
        own = sentences[entry.report]
        while own[positions[entry.report]][1] <= entry.figure.start:
            positions[entry.report] += 1
        start, _end, sentence = own[positions[entry.report]]
        found.append(Statement(entry, location, sentence.strip(), sentence[: entry.figure.start - start]))
    return found


def _sentences(text: str) -> Iterator[tuple[int, int, str]]:
    for match in SENTENCE.finditer(text):
        yield match.start(), match.end(), match[0]


def contradictions(stated: Sequence[Statement]) -> list[Contradiction]:
    """Return pairs of statements of one thing whose amounts differ by more than rounding.

    Bounds count: 突破1000亿元 does not contradict 1023亿元, and 约 may be a tenth off.
    """
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for statement in stated:
        if is_comparable(statement):
            groups.setdefault(_thing(statement), []).append(statement)
    pairs = (pair for group in groups.values() for pair in combinations(group, 2))
    return [Contradiction(_differ(*pair), pair) for pair in pairs if _contradict(*pair)]


def is_comparable(statement: Statement) -> bool:
    """True where a figure is a fact about the whole place, at a time that is known."""
    figure, terms = statement.entry.figure, statement.entry.terms
    return (
        figure.status == "actual"
        and figure.kind != "rank"
        and len(terms.series) >= SHORTEST_NAME
        and terms.place is not None
        and terms.first_day is not None
        and not is_narrowed(statement)
    )


def is_narrowed(statement: Statement) -> bool:
    """True where a statement may be about a part of the report's place, or about another."""
    said = f"{statement.before} {statement.entry.figure.indicator}"
    own = short_name(statement.entry.terms.place or "")
    places = (short_name(said[start:end]) for start, end in find_places(said))
    return bool(NARROWED.search(said)) or any(place != own for place in places)


def _thing(statement: Statement) -> tuple[object, ...]:
    """Return what a statement is about: those of one thing can be compared."""
    figure, terms = statement.entry.figure, statement.entry.terms
    unit = "个" if terms.base_unit in COUNTERS else terms.base_unit
    manner = frozenset(MANNERS.findall(statement.before.rsplit("；", 1)[-1]))
    time = terms.first_day, terms.last_day
    basis = "" if is_on_year_before(statement) else figure.basis
    return terms.series, terms.place, time, unit, figure.kind, basis, manner


def is_on_year_before(statement: Statement) -> bool:
    """True for a change within a year that is measured against the year before."""
    figure, terms = statement.entry.figure, statement.entry.terms
    if figure.kind != "change" or terms.first_day is None or terms.last_day is None:
        return False
    return (terms.last_day - terms.first_day).days < LONGEST_YEAR and figure.basis in YEAR_BEFORE


def _contradict(one: Statement, other: Statement) -> bool:
    if one.entry.report == other.entry.report and one.sentence == other.sentence:
        return False  # the parts of a list, or a start and an end
    first, second = interval_of(one.entry.figure), interval_of(other.entry.figure)
    opposite = one.entry.figure.direction != other.entry.figure.direction
    return not first.meets(-second if opposite else second)


def _differ(one: Statement, other: Statement) -> str:
    terms = one.entry.terms
    where = "同一份报告里" if one.entry.report == other.entry.report else "两份报告里"
    return (
        f"{terms.place}{time_of(one)}的“{terms.series}”，{where}说法不一：{_said(one)}与{_said(other)}。"
    )


def _said(statement: Statement) -> str:
    direction = {"+": "增长", "-": "下降", None: ""}[statement.entry.figure.direction]
    return f"“{direction}{statement.says}”"


def time_of(statement: Statement) -> str:
    """Return a statement's time in words: a year, or its first and last day."""
    first, last = statement.entry.terms.first_day, statement.entry.terms.last_day
    if first is None or last is None:
        return ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year}年"
    return f"{first.isoformat()}" if first == last else f"{first.isoformat()}至{last.isoformat()}"
