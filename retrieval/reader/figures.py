"""Figures: rank those of the best passages by how well each answers the query."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from corpus import Passage
from corpus.figures.amount import normalise
from corpus.figures.figure import Figure
from corpus.figures.period import is_former, resolve_period
from corpus.figures.synonyms import canonical_indicator, indicators_named
from index import Index
from index.ledger import FIGURE_FIELDS
from retrieval.answer import CitedFigure
from retrieval.facts.statements import EVERYWHERE, NARROWED
from retrieval.facts.units import converted
from retrieval.query.query import Query
from retrieval.query.reports import Reports, results_year
from retrieval.reader.weights import weights
from retrieval.search.fusion import weighted, weighted_share
from retrieval.search.searcher import Evidence, Findings, Look, words_of
from retrieval.search.sentences import clause_spans, statement_span

# Passages whose figures are weighed; the asked one is among the first three of these nearly always.
PASSAGES = 6
SHARES = frozenset({"%", "成", "‰", "个百分点", "倍", "番"})
NO_COUNT = SHARES | {"元"}
# Before a unit; 千瓦 is one, and 亿千瓦时 so many of another.
MULTIPLIER = re.compile(r"^(?:[十百千万亿](?![瓦米克升卡伏帕字分]))+")
# The time of asking, or any year: it names no time that a figure could be of another than.
NOW = ("全年", "每年", "现在", "目前", "当前", "如今", "截至目前", "一年")
NAMES_YEAR = re.compile(r"\d{4}|[去今明前上]年|[一二][〇○零一二三四五六七八九]{3}|[一二三四五六七八九十]五")
FORMER = re.compile(r"(?:由|从)[^，。；、到至]{0,12}$")
FORMER_ASKED = re.compile(r"期初|年初|上期|[上去]年同期")
# 一年来 is one year: what a yearly report looks back on.
SEVERAL_YEARS = re.compile(
    r"(?!近?[一1]年)近?(?:\d{1,2}|[一二三四五六七八九十两]+)年(?:来|间|多)?$|近年来?$|“?[一二三四五六七八九十]+五|连续"
)
SEVERAL_ASKED = re.compile(
    r"[\d一二三四五六七八九十两几]年|年来|[一二三四五六七八九十]五|累计|每年|连[续着]|截至|这些年"
)
# What a day has is asked for, and is called so: 每天, 日均.
DAILY = re.compile(r"日均|每[天日]|一天|单日|天天|/[天日]")
PARENT = "母公司"
# An average of the years is that of no single one.
YEARLY = re.compile(r"年均[^，。；、\d]{0,6}$")
ADDED = re.compile(r"新[增建设开签引改]|增加|增量|净增|完成|扩")
ADDED_ASKED = re.compile(r"新|增|添|加|建|完成|扩|多了|多少?出|造|修")
UNSAID = -0.3  # of a time that is not printed, where the report may speak of the one that is asked for
MOSTLY = 0.8  # of the amounts of an indicator that are in one unit, where it has one
TOTALS = ("总", "合计", "共")
FORECAST = 0.7  # at the turn of the year so are the results of the year that is over (预计)
AROUND = 0.3  # what the words around a figure's clause count
PLANS = re.compile(
    r"工作(?:安排|思路|打算|建议|部署|任务)|(?:重点|主要)(?:工作|任务)|目标|总体要求|下一步|今后|展望|规划"
)
LOOKS_BACK = re.compile(r"回顾|总结|成就|成绩|完成情况|取得")
# What a name may end with and be the same thing: 地区生产总值 总量, 地区生产总值连续.
WHOLE_OF = re.compile(r"(?<=\w{2})\s?(?:总量|总额|总数|规模|连续|连跨|首次)$")
KIND_UNASKED = {"level": 1.0, "change": 0.6, "rank": 0.3}  # where none is named, an amount is likeliest
A_SHARE = 0.2  # how well a share of an amount of money answers a question for the amount


@dataclass(frozen=True, slots=True)
class FigureSignals:
    """What speaks for a figure as the one that was asked for: 1 where it is as said, 0 where it is not.

    A statement is the part of a sentence between semicolons: it says of whom a figure in it speaks.
    """

    evidence: float  # the score of its sentence
    clause: float  # MaxSim of the question's tokens and the figure's clause, a cosine
    said: float  # MaxSim of the topic's tokens and the clause
    stated: float  # MaxSim of the topic's tokens and the whole statement
    meant: float  # MaxSim of the indicator's tokens and the topic's
    words: float  # share of the question's words in clause and indicator, by weight; in the statement they count less
    indicator: float  # share of its indicator's words that the question holds, by weight
    unit: float  # its unit answers the question, less where it may, 0 where it does not
    kind: float  # it is of the kind that was asked for
    period: float  # it speaks of just the time that was asked for, -1 where of another, else between
    status: float  # it is planned and a plan was asked for, or neither; between for a forecast
    series: float  # it is of an indicator that was asked for by one of its names
    stock: float  # it is not what was added (新增…) where the whole was asked for
    current: float  # it does not stand beside what is meant: what a change began from, a sum of several years
    mismatch: float  # it is printed to be of another time than was asked for
    total: float  # all together is asked for and it is called a total, or neither
    whole: float  # it is of no part (市本级, 其中, 开发区) that the question does not name
    first: float  # its report is one of those that a question is about first
    exact: float  # it is printed as exact, not as about, over or under


SIGNAL_NAMES = tuple(field.name for field in fields(FigureSignals))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure, the sentence that it stands in, and what speaks for it; a higher score is better."""

    figure: CitedFigure
    evidence: Evidence
    score: float
    signals: FigureSignals


def rank_figures(index: Index, reports: Reports, query: Query, findings: Findings) -> list[Candidate]:
    """Return the figures of the best passages, the one that was asked for first."""
    rows = set(findings.rows[:PASSAGES])
    expected = expected_unit(index, query)
    found = []
    for evidence in findings.evidence:
        for figure in index.figures[evidence.row] if evidence.row in rows else ():
            if evidence.start <= figure.start < evidence.end:
                signals = _signals(index, reports, query, findings, evidence, figure, expected)
                cited = cite(figure, index.passages[evidence.row])
                found.append(
                    Candidate(cited, evidence, weighted(signals, weights("figure_ranking")), signals)
                )
    # A figure in another unit than was asked for cannot be the answer.
    return sorted(
        found, key=lambda one: (one.signals.unit == 0, -one.score, one.evidence.row, one.figure.start)
    )


def expected_unit(index: Index, query: Query) -> str:
    """Return the base unit in which the reports count the indicator that a question names by its name.

    Empty where the question names none or a unit of its own, or the reports count it in several.
    """
    named = indicators_named(query.topic)
    if query.units.printed or query.kind or len(named) != 1:
        return ""
    units = Counter(
        entry.terms.base_unit
        for entry in index.ledger
        if entry.terms.series == named[0] and entry.figure.kind == "level"
    )
    (unit, times), *_ = units.most_common(1) or [("", 0)]
    return unit if times >= MOSTLY * sum(units.values()) else ""


def _signals(
    index: Index,
    reports: Reports,
    query: Query,
    findings: Findings,
    evidence: Evidence,
    figure: Figure,
    expected: str,
) -> FigureSignals:
    passage, look = index.passages[evidence.row], findings.looks[evidence.row]
    text, asked = passage.text, findings.words
    whole = evidence.start, evidence.end
    clauses = (clause for clause in clause_spans(text, *whole) if clause[0] <= figure.start < clause[1])
    start, end = next(clauses, whole)
    statement, before = statement_span(text, whole, (start, end)), text[start : figure.start]
    # The carried subject and period belong to what the figure says, wherever they stand.
    held = words_of(f"{figure.indicator}\n{figure.period or ''}\n{text[start:end]}")
    share = weighted_share(held, asked)
    stated = weighted_share(held | words_of(text[slice(*statement)]), asked)
    own = index.keywords.weights(words_of(figure.indicator))
    time = _time_fit(reports, query, figure, passage, before)
    return FigureSignals(
        evidence=evidence.score,
        clause=look.similarity(start, end),
        said=look.said(start, end),
        stated=look.said(*statement),
        meant=_meant(look, text, evidence, figure),
        words=share + AROUND * (stated - share),
        indicator=weighted_share(asked, own),
        unit=unit_fit(query, figure, expected),
        kind=KIND_UNASKED[figure.kind] if query.kind is None else figure.kind == query.kind,
        period=time,
        status=status_fit(query, figure, passage, reports.by_name[passage.report].identity.day),
        series=is_named(figure.indicator, query.topic),
        stock=not ADDED.match(figure.indicator) or bool(ADDED_ASKED.search(query.text)),
        current=current_fit(query, figure, passage, before),
        mismatch=time == -1.0 and query.names_time,
        total=(query.puts_together == "total") == any(word in figure.indicator for word in TOTALS),
        whole=all(
            word in query.text for word in NARROWED.findall(EVERYWHERE.sub("", before + figure.indicator))
        ),
        first=passage.report in findings.first,
        exact=figure.bound == "=",
    )


def _time_fit(reports: Reports, query: Query, figure: Figure, passage: Passage, before: str) -> float:
    """Return how well a figure's time is the one that was asked for, see ``period_fit``.

    What is not printed is left to the report: one of uncertain day may speak of the year that is asked for,
    and 今年 is its own.  An average of years is that of no single one.
    """
    time = period_fit(query, figure, reports.by_name[passage.report].identity.day)
    several = SEVERAL_YEARS.match(figure.period or "") and not SEVERAL_ASKED.search(
        query.text.replace("年", "", 1)
    )
    average = figure.kind == "change" and (YEARLY.search(before) or "年均" in (figure.basis or ""))
    if query.years and "年均" not in query.text and (several or average):
        return -1.0
    if time >= 0 or figure.period:
        return time
    spoken = any(reports.speaks_of(passage.report, year) for year in query.years)
    own = not query.years and bool(query.offsets)
    return UNSAID if own or (spoken and not reports.is_dated(passage.report)) else time


def _meant(look: Look, text: str, evidence: Evidence, figure: Figure) -> float:
    """Return how well the topic accounts for a figure's indicator, where its words stand in the sentence."""
    total = length = 0.0
    for word in figure.indicator.split():
        at = text.rfind(word, evidence.start, figure.start)
        at = at if at >= 0 else text.find(word, evidence.start, evidence.end)
        if at >= 0:
            total += look.meant(at, at + len(word)) * len(word)
            length += len(word)
    return total / length if length else 0.0


def is_named(indicator: str, text: str) -> bool:
    """Tell whether a text has an indicator by one of the names that it goes by.

    >>> is_named("生产总值 总量", "GDP多少"), is_named("工业增加值", "GDP多少")
    (True, False)
    """
    named = indicators_named(text)
    return any(canonical_indicator(name) in named for name in (indicator, WHOLE_OF.sub("", indicator)))


def unit_fit(query: Query, figure: Figure, expected: str = "") -> float:
    """Return how well a figure's unit answers a question, 0 to 1; ``expected`` is the base unit if it is known."""
    if query.asks == "rank":
        return float(figure.kind == "rank")
    unit = MULTIPLIER.sub("", figure.unit)
    if expected and figure.kind == "level" and unit:
        return 1.0 if normalise(figure.value, figure.unit)[1] == expected else 0.0
    printed = query.units.printed
    if query.units.scale and not printed and query.units.scale[-1] not in figure.unit:
        return 0.3 if unit.endswith("元") else 0.0
    if figure.kind == "rank":
        return 0.2 if not printed else 0.0
    if query.amount and unit in SHARES:
        return 0.0
    # An amount does not say by how much it grew, but what is new may be asked for by its unit: 增加多少张床位.
    new = ADDED.match(figure.indicator) and figure.unit.endswith(tuple(printed - SHARES))
    if query.kind == "change" and figure.kind != "change" and not new:
        return 0.0
    if query.money and figure.kind == "level" and unit:
        return 1.0 if unit.endswith("元") else A_SHARE if unit in SHARES else 0.0
    if not printed or not unit:
        return 0.5
    if "/" in unit and not any("/" in asked for asked in printed):
        return 0.3 if unit.partition("/")[0] in printed else 0.0  # a rate is no amount
    if unit in printed or any(unit.startswith(asked) for asked in printed if len(asked) > 1):
        return 1.0
    if unit[-1] == "次" and unit[:-1] in printed:
        return 1.0  # 多少辆车 passed: 8万辆次
    if any(converted(Decimal(1), unit, asked) is not None for asked in printed):
        return 0.9
    at = query.text.rfind(query.units.asked)
    if query.units.asked and query.text[at : at + len(query.units.asked) + 1] in figure.indicator:
        return 0.5  # 台资 is counted in no 台
    return 0.7 if query.units.loose and unit not in NO_COUNT else 0.0


def period_fit(query: Query, figure: Figure, day: date | None) -> float:
    """Return 1 where a figure is of just the time that was asked for, -1 where of another.

    Between them lies a figure of a longer time or without one; 0 where no time was asked for.
    ``day`` is the day that its report speaks from.
    """
    wanted = times_asked(query)
    if any(figure.period and (time in figure.period or figure.period in time) for time in wanted):
        return 1.0
    spans = spans_asked(query, day)
    own = span_of(figure, day)
    if not spans or own is None:
        return -1.0 if wanted and NAMES_YEAR.search(figure.period or "") else 0.0
    if any(start <= own[0] and own[1] <= end for start, end in spans):
        return 1.0 if figure.period else 0.5
    if any(start <= own[1] and own[0] <= end for start, end in spans):
        return 0.0
    # 全年 and 上半年 alone name no year: which one is meant was said before, but none that is not over.
    over = results_year(day) or 0
    unnamed = figure.period and not NAMES_YEAR.search(figure.period)
    may_be = unnamed and (figure.status != "actual" or min(span[0].year for span in spans) <= over)
    return 0.0 if may_be else -1.0


def times_asked(query: Query) -> list[str]:
    """Return the words of the times that a question names, but not that of its asking."""
    return [time.text for time in query.times if not time.text.startswith(NOW)]


def spans_asked(query: Query, day: date | None) -> list[tuple[date, date]]:
    """Return the times that a question names as days, seen from the day of a report."""
    spans = []
    for time in query.times:
        if time.text.startswith(NOW):
            continue
        years = [_year(year) for year in time.years]
        seen_from = day or date(max(time.years, default=2000), 12, 31)
        whole = years and len(time.text) <= len("2024年")
        span = None if whole else resolve_period(time.text, seen_from)
        spans += [span] if span else years
    return spans


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def span_of(figure: Figure, day: date | None) -> tuple[date, date] | None:
    """Return the first and last day that a figure speaks of; without a printed time, the year of
    the results, or of the plans, that its report is on."""
    if day is None:
        return None
    if figure.period:
        return resolve_period(figure.period, day)
    # 初步预计 at the turn of the year is about the results of the year that is over.
    year = day.year if figure.status == "target" else results_year(day)
    return _year(year) if year else None


def current_fit(query: Query, figure: Figure, passage: Passage, before: str) -> float:
    """Return 0 for a figure that stands beside the one that a question means: what a change began from, the
    sum of several years, the parent company's beside the group's; where one of these was asked for, for the others.
    ``before`` is the figure's clause up to it.
    """
    asked, period = query.text, figure.period or ""
    line = passage.text[passage.text.rfind("\n", 0, figure.start) + 1 : figure.start]
    several_asked = " ".join(time.text for time in query.times if not time.years) or asked
    beside = (
        (FORMER.search(before) is not None or is_former(figure.period)) != bool(FORMER_ASKED.search(asked)),
        SEVERAL_YEARS.match(period) and not SEVERAL_ASKED.search(several_asked),
        PARENT in line and PARENT not in asked,
        DAILY.search(asked) and not DAILY.search(f"{before}{period}{figure.unit}"),
    )
    return float(not any(beside))


def status_fit(query: Query, figure: Figure, passage: Passage, day: date | None) -> float:
    """Return how well what a figure is (a result, a plan) answers a question, 0 to 1."""
    if figure.status == "forecast":
        return FORECAST
    planned = figure.status == "target" or (figure.period is None and plans(passage.headings))
    return float(planned == plan_asked(query, day))


def plans(headings: Sequence[str]) -> bool:
    """Tell whether headings say that what stands under them is to come.

    >>> plans(["二、下一年重点工作"]), plans(["一、五年工作回顾"])
    (True, False)
    """
    return any(PLANS.search(heading) for heading in headings[:1]) and not looks_back(headings)


def looks_back(headings: Sequence[str]) -> bool:
    """Tell whether headings say that what stands under them was done.

    >>> looks_back(["一、五年工作回顾"]), looks_back(["一、工业"])
    (True, False)
    """
    return any(LOOKS_BACK.search(heading) for heading in headings[:1])


def plan_asked(query: Query, day: date | None) -> bool:
    """Tell whether a plan was asked for: in so many words, or by a year that has no results yet."""
    results = results_year(day)
    return query.target or (results is not None and bool(query.years) and min(query.years) > results)


def cite(figure: Figure, passage: Passage) -> CitedFigure:
    """Return a figure together with the passage that it stands in."""
    return CitedFigure(**{name: getattr(figure, name) for name in FIGURE_FIELDS}, passage=passage)
