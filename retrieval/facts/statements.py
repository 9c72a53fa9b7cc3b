"""Statements: figures in their sentences, and which of them can be put side by side.

A statement is compared only where indicator, place and time leave nothing open: what is found is
meant to be read by a person, and a doubt is no finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from corpus import Passage
from corpus.figures.figure import Figure
from corpus.figures.period import find_periods
from corpus.figures.synonyms import SYNONYMS
from corpus.identity import ABOUT_THE_YEAR
from corpus.messages import Message, says
from corpus.places import find_places, short_name
from index import Index, ReportEntry
from index.ledger import LedgerEntry, resolved
from retrieval.query.reports import results_year

Days = tuple[date, date]
Item = TypeVar("Item")
Key = TypeVar("Key")

SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
# Part of the whole, or a whole of its own, within a place.
NARROWED = re.compile(
    r"其中|本级|市区|城区|主城|县域|辖区|[园景矿林库社片]区|开发区|高新区|新区|保税区|试验区|示范区|集团|公司|街道|[镇乡村校院厂港]|"
    r"经济圈|都市圈|城市群|经济带|走廊|湾区|[东西南北]部|分别|除.{1,10}外|各[省市县区]|[一二三四五六七八九十两数\d]+[省市县区州]"
)
# Of several years together, or of each of many: another quantity than that of the year.
SPREAD = re.compile(r"累计|合计|[年月日户]均|平均|以来|净增|占|全国")
EVERYWHERE = re.compile(r"城镇|城乡|农村|乡村")  # of the whole place, where 镇 and 村 alone are parts of it
# What may stand between the beginning of a clause and its indicator: it does not change what is measured.
OPENING = re.compile(
    r"全[省市县区州旗盟年]|我[省市县区]|本[省市县区年]|实现|完成|达到?|据.{0,6}统计|经?.{0,4}核算|[一二三四五六七八九十]是|[——、“”\s的]"
)
# Words that make another quantity of the same indicator: two figures must share them all.
MANNERS = re.compile(
    r"累计|年均|月均|日均|户均|平均|人均|新增|净增|增量|名义|实际|可比|口径|不变价|现价|扣除|剔除|预算|完成率|占|全国|全省|最[高低大小]"
)
CLAUSE_END = re.compile(r"[，,；;：:。！？!?]")
UNIT_END = "；;。！？!?"
DIGITS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十百千万亿")
# 从3.2万户增加到4.1万户: what stands before the first.
FROM = re.compile(r"[从由](?:[^，,；。从由]{0,12}?的)?$")
# What a growth is measured against where nothing is said, and other words for it.
YEAR_BEFORE = frozenset((None, "同比", "比上年", "较上年", "比去年", "较去年", "比上年同期", "较上年同期"))
SHORTEST_NAME = 3  # 企业 and 项目 are of many sorts
LONG_NAME = 6  # a name of so many characters says by itself what it is of
LONGEST_YEAR = 366  # days


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure in its sentence; ``before`` is the sentence up to the figure.

    ``days`` are the first and last day of its time: that printed with it, else that of the
    heading that it stands under (一、2023年工作回顾) or of a yearly report as a whole.
    """

    entry: LedgerEntry
    passage: Passage
    sentence: str
    before: str
    days: Days | None

    @property
    def says(self) -> str:
        """The figure as printed, with its unit."""
        figure = self.entry.figure
        return figure.quote + (figure.unit if figure.quote[-1:].isdecimal() else "")


def grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Return items by their key, keys and items in the order in which they come."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def last_part(text: str, marks: str) -> str:
    """Return what stands behind the last of some marks.

    >>> last_part("去年，粮食产量5万吨；油料", UNIT_END)
    '油料'
    """
    return text[max(map(text.rfind, marks)) + 1 :]


def days_of(reports: Iterable[ReportEntry]) -> dict[str, date | None]:
    """Return the day that each report speaks from, by its name."""
    return {report.name: report.identity.day for report in reports}


def passages_of(index: Index) -> Iterator[Passage]:
    """Yield for each entry of the ledger the passage that it stands in, or where it is cut begins in."""
    passages = grouped(index.passages, attrgetter("report"))
    for report, entries in groupby(index.ledger, key=attrgetter("report")):
        own = passages[report]
        starts = [passage.start for passage in own]
        for entry in entries:
            yield own[max(0, bisect_right(starts, entry.figure.start) - 1)]


def statements(index: Index) -> list[Statement]:
    """Return every figure of the reports in its sentence."""
    days, stated = days_of(index.manifest.reports), []
    pairs = zip(index.ledger, passages_of(index), strict=True)
    for report, group in groupby(pairs, key=lambda pair: pair[0].report):
        text, day = index.report(report).text, days[report]
        sentences = list(SENTENCE.finditer(text))
        ends = [sentence.end() for sentence in sentences]
        for entry, passage in group:
            sentence = sentences[bisect_right(ends, entry.figure.start)]
            before = text[sentence.start() : entry.figure.start]
            told = _days(entry, passage, day)
            stated.append(Statement(entry, passage, sentence[0].strip(), before, told))
    return stated


def printed_days(entry: LedgerEntry) -> Days | None:
    """Return the days of a figure's printed time; None where none is printed or it is not certain."""
    first, last = entry.terms.first_day, entry.terms.last_day
    return (first, last) if first and last else None


def _days(entry: LedgerEntry, passage: Passage, day: date | None) -> Days | None:
    """Return the days of a figure's time; None where it is not certain."""
    if entry.figure.period is not None:
        return printed_days(entry)
    whole = [passage.title] if ABOUT_THE_YEAR.search(passage.title) else []
    for heading in (*reversed(passage.headings), *whole):
        if periods := find_periods(heading):
            # 2025年和“十四五”时期工作回顾 leaves open which of the two.
            return resolved(periods[0].text, day) if len(periods) == 1 else None
    return None


def days_spoken_of(statement: Statement, day: date | None) -> Days | None:
    """Return the first and last day that a figure speaks of, in a report of ``day``.

    A result without a time of its own is of the year that its report tells of; None where a time is
    printed that no days can be told of (每年), a plan names none, or 从3万户增加到4万户 begins with it.
    """
    figure = statement.entry.figure
    if figure.period is None and FROM.search(statement.before):
        return None
    if statement.days or figure.period is not None or figure.status != "actual":
        return statement.days
    year = results_year(day)
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def all_days(stated: Iterable[Statement], reports: Iterable[ReportEntry]) -> list[Days | None]:
    """Return the days that each statement of some reports speaks of, in order."""
    days = days_of(reports)
    return [days_spoken_of(statement, days[statement.entry.report]) for statement in stated]


def is_comparable(statement: Statement) -> bool:
    """True where a figure is a fact about the whole place, at a time that is known."""
    figure, terms = statement.entry.figure, statement.entry.terms
    return (
        figure.status == "actual"
        and figure.kind != "rank"
        and len(terms.series) >= SHORTEST_NAME
        and terms.place is not None
        and statement.days is not None
        and opens_its_clause(statement)
        and not narrowing(statement)
    )


def manners(statement: Statement) -> frozenset[str]:
    """Return the words before a figure that make another quantity of its indicator."""
    return frozenset(MANNERS.findall(last_part(statement.before, UNIT_END)))


def narrowing(statement: Statement) -> list[str]:
    """Return the words by which a statement may be about a part of the report's place, or about another."""
    lead = EVERYWHERE.sub("", _lead(statement) or "")
    own = short_name(statement.entry.terms.place or "")
    places = (short_name(lead[start:end]) for start, end in find_places(lead))
    return [*NARROWED.findall(lead), *(place for place in places if place != own)]


def opens_its_clause(statement: Statement) -> bool:
    """True where nothing stands before the indicator that it may be of.

    In 30个项目完成投资8亿元 the 投资 is that of the projects; in 初中招生9千人，在校生3万人 a short name
    belongs to what was counted before.
    """
    lead, series = _lead(statement), statement.entry.terms.series
    if lead is None:
        return False
    alone = series in SYNONYMS or len(series) >= LONG_NAME
    if not alone and not DIGITS.isdisjoint(_without_periods(last_part(lead, UNIT_END))):
        return False
    return not OPENING.sub("", _without_periods(CLAUSE_END.split(lead)[-1]))


def _lead(statement: Statement) -> str | None:
    """Return the sentence up to the indicator; None where the indicator stands after the figure."""
    position = statement.before.rfind(statement.entry.figure.indicator.split(" ")[0])
    return None if position < 0 else statement.before[:position]


def _without_periods(text: str) -> str:
    for period in reversed(find_periods(text)):
        text = text[: period.start] + text[period.end :]
    return text


def is_on_year_before(statement: Statement) -> bool:
    """True for a change within a year that is measured against the year before."""
    figure, days = statement.entry.figure, statement.days
    if figure.kind != "change" or days is None:
        return False
    return (days[1] - days[0]).days < LONGEST_YEAR and figure.basis in YEAR_BEFORE


def yearly_basis(figure: Figure) -> str | None:
    """Return what a figure is measured against, None where that is the year before, in whatever words."""
    return None if figure.basis in YEAR_BEFORE else figure.basis


def time_said(statement: Statement) -> Message:
    """Return a statement's time in words: a year, or its first and last day; empty where it is not known."""
    if statement.days is None:
        return Message("")
    first, last = statement.days
    if (first, last) == (date(last.year, 1, 1), date(last.year, 12, 31)):
        return says("time.year", "{year}年", year=first.year)
    if first == last:
        return Message(first.isoformat())
    return says("time.days", "{first}至{last}", first=first.isoformat(), last=last.isoformat())
