"""Pick the figure that was asked for among those of the best passages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from corpus import Passage
from corpus.figures.figure import Figure
from corpus.figures.period import find_periods, is_former, resolve_period
from corpus.figures.synonyms import canonical_indicator, indicators_named
from index import Index
from index.ledger import FIGURE_FIELDS
from retrieval.answer import CitedFigure
from retrieval.question import MULTIPLIER, SHARES, Question
from retrieval.scope import REPORT_YEAR, results_year
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import Evidence, Findings, words_of
from retrieval.search.sentences import Span, clause_spans, statement_span

# Passages whose figures are weighed; the asked one is among the first three of these nearly always.
PASSAGES = 6
# The time of asking, or any year: it names no time that a figure could be of another than.
NOW = re.compile(r"全年|每年|现在|目前|当前|如今|截至目前|到现在")
NAMES_YEAR = re.compile(r"\d{4}|[去今明前上]年|[一二][〇○零一二三四五六七八九]{3}|[一二三四五六七八九十]五")
FORMER = re.compile(r"(?:由|从)[^，。；、到至]{0,12}$")
FORMER_ASKED = re.compile(r"期初|年初|上期|[上去]年同期")
# 一年来 is one year: what a yearly report looks back on.
SEVERAL_YEARS = re.compile(
    r"(?!近?[一1]年)近?(?:\d{1,2}|[一二三四五六七八九十两]+)年(?:来|间|多)?$|近年来?$|“?[一二三四五六七八九十]+五"
)
# 连续9年稳定在1300亿斤以上: under which no year fell, and the amount of none.
FLOOR = re.compile(r"连续(?:\d+|[一二三四五六七八九十两]+)年")
SEVERAL_ASKED = re.compile(
    r"近[\d一二三四五六七八九十两几]*年|[这过]几?[\d一二三四五六七八九十两几]年|年来|[一二三四五六七八九十]五|累计|每年|连[续着]|[一二三四五六七八九十两\d]年都"
)
# What a day has is asked for, and is called so: 每天, 日均.
DAILY = re.compile(r"日均|每[天日]|一天|单日|天天|/[天日]")
PARENT = "母公司"
# An average of the years is that of no single one.
YEARLY = re.compile(r"年均[^，。；、\d]{0,6}$")
# Of an amount it is that only before the number: PM2.5年均浓度26微克 is of one year.
YEARLY_AMOUNT = re.compile(r"年均(?:超过?|达到?|约|近|不低于|稳定|保持|新增|增加|在|为|到)*$")
ADDED = re.compile(r"新[增建设开签引改]|增加|增量|净增|完成|扩")
ADDED_ASKED = re.compile(r"新|增|添|加|建|完成|扩|多了|多少?出")
# At the turn of the year the results of the year that is over are forecasts (预计); and a year's plan
# stands in for a result where a report on that year is not there.
FORECAST = 0.7
STANDS_IN = 0.5
AROUND = 0.3  # what the words around a figure's clause count
PLANS = re.compile(
    r"工作(?:安排|思路|打算|建议|部署|任务)|(?:重点|主要)(?:工作|任务)|目标|总体要求|下一步|今后|展望|规划"
)
LOOKS_BACK = re.compile(r"回顾|总结|成就|成绩|完成情况|取得")
# What a name may end with and be the same thing: 地区生产总值 总量, 地区生产总值连续.
WHOLE_OF = re.compile(r"(?<=\w{2})\s?(?:总量|总额|总数|规模|连续|连跨|首次)$")
LEAST_ASKED = 0.6  # of a question's words, by weight
A_SHARE = 0.2  # how well a share of an amount of money answers a question for the amount
COMPOUND = re.compile(r"(?:多少|几)(\w{2})")  # what looks like a unit may be the first character of a word
NO_COUNT = frozenset({"%", "‰", "成", "个百分点", "元", "倍", "番"})


@dataclass(frozen=True, slots=True)
class FigureSignals:
    """What speaks for a figure as the one that was asked for.

    evidence   the score of its sentence
    clause     MaxSim of the question's tokens and the figure's clause, a cosine
    words      share of the question's words that its clause and indicator hold, by weight; those that only
               the rest of its statement holds, which says of whom it speaks, count half
    indicator  share of its indicator's words that the question holds, by weight
    unit       1 where its unit answers the question, less where it may, 0 where it does not
    kind       1 where it is of the kind that was asked for, else 0
    period     1 where it speaks of just the time that was asked for, -1 where of another, else between
    status     1 where it is planned and a plan was asked for, or neither; 0 where not; between for a forecast
    series     1 where it is of an indicator that was asked for by one of its names
    stock      0 where it is what was added (新增…) and the whole was asked for, else 1
    current    0 where it stands beside what is meant (what a change began from, a sum of several years), else 1
    exact      1 where it is printed as exact, 0 where as about, over or under
    """

    evidence: float
    clause: float
    words: float
    indicator: float
    unit: float
    kind: float
    period: float
    status: float
    series: float
    stock: float
    current: float
    exact: float


# Fitted by logistic regression on pairs of figures of one question, then rounded.
WEIGHTS = FigureSignals(
    evidence=1.0,
    clause=0.5,
    words=1.1,
    indicator=0.1,
    unit=0.6,
    kind=0.3,
    period=0.15,
    status=0.3,
    series=0.2,
    stock=0.3,
    current=0.2,
    exact=0.1,
)
SIGNAL_NAMES = tuple(field.name for field in fields(FigureSignals))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure, the sentence that it stands in, and what speaks for it; a higher score is better."""

    figure: CitedFigure
    evidence: Evidence
    score: float
    signals: FigureSignals


def pick(index: Index, question: Question, findings: Findings) -> list[Candidate]:
    """Return the figures of the best passages, the one that was asked for first."""
    rows = set(findings.rows[:PASSAGES])
    found = [
        _candidate(index, question, findings, evidence, figure)
        for evidence in findings.evidence
        if evidence.row in rows
        for figure in index.figures[evidence.row]
        if evidence.start <= figure.start < evidence.end
    ]
    return sorted(found, key=_order)


def _candidate(
    index: Index, question: Question, findings: Findings, evidence: Evidence, figure: Figure
) -> Candidate:
    passage = index.passages[evidence.row]
    day = index.entry(passage.report).identity.day
    start, end = clause_of(passage.text, evidence, figure)
    # The carried subject and period belong to what the figure says, wherever they stand.
    held = words_of(f"{figure.indicator}\n{figure.period or ''}\n{passage.text[start:end]}")
    own_share = weighted_share(findings.words.keys(), held, findings.words)
    around = held | words_of(
        passage.text[slice(*statement_span(passage.text, (evidence.start, evidence.end), (start, end)))]
    )
    share = weighted_share(findings.words.keys(), around, findings.words)
    own = index.keywords.weights(words_of(figure.indicator))
    signals = FigureSignals(
        evidence=evidence.score,
        clause=findings.looks[evidence.row].similarity(start, end),
        words=own_share + AROUND * (share - own_share),
        indicator=weighted_share(own.keys(), findings.words.keys(), own),
        unit=unit_fit(question, figure),
        kind=kind_fit(question, figure),
        period=period_fit(question, figure, day),
        status=status_fit(question, figure, passage, day),
        series=float(
            is_named(figure.indicator, question.text) or _is_asked(figure, question, findings.words)
        ),
        exact=float(figure.bound == "="),
        stock=float(not ADDED.match(figure.indicator) or ADDED_ASKED.search(question.text) is not None),
        current=current_fit(question, figure, passage, start),
    )
    score = sum(getattr(WEIGHTS, name) * getattr(signals, name) for name in SIGNAL_NAMES)
    return Candidate(cite(figure, passage), evidence, score, signals)


def _is_asked(figure: Figure, question: Question, words: Mapping[str, float]) -> bool:
    """Tell whether a question asks for little else than what a figure's indicator says, word for word."""
    own = words_of(figure.indicator)
    return figure.indicator in question.text and weighted_share(words.keys(), own, words) >= LEAST_ASKED


def is_named(indicator: str, text: str) -> bool:
    """Tell whether a text has an indicator by one of the names that it goes by.

    >>> is_named("生产总值 总量", "GDP多少"), is_named("工业增加值", "GDP多少")
    (True, False)
    """
    named = indicators_named(text)
    return any(canonical_indicator(name) in named for name in (indicator, WHOLE_OF.sub("", indicator)))


def _order(one: Candidate) -> tuple[bool, float, int, int]:
    """Order candidates: a figure in another unit than was asked for cannot be the answer."""
    return one.signals.unit == 0, -one.score, one.evidence.row, one.figure.start


def clause_of(text: str, evidence: Evidence, figure: Figure) -> Span:
    """Return the span of the clause that a figure stands in."""
    clauses = clause_spans(text, evidence.start, evidence.end)
    return next(
        ((start, end) for start, end in clauses if start <= figure.start < end),
        (evidence.start, evidence.end),
    )


def unit_fit(question: Question, figure: Figure) -> float:
    """Return how well a figure's unit answers a question, 0 to 1."""
    if question.asks == "rank":
        return float(figure.kind == "rank")
    unit = MULTIPLIER.sub("", figure.unit)
    if question.scale and question.scale[-1] not in figure.unit:
        return 0.0
    if figure.kind == "rank":
        return 0.2 if not question.units else 0.0
    if question.amount and unit in SHARES:
        return 0.0
    if question.kind == "change" and figure.kind != "change" and not _is_what_was_added(question, figure):
        return 0.0  # an amount does not say by how much it grew
    if question.money and figure.kind == "level" and unit:
        return 1.0 if unit.endswith("元") else A_SHARE if unit in SHARES else 0.0
    if not question.units or not unit:
        return 0.5
    if unit in question.units or any(unit.startswith(asked) for asked in question.units if len(asked) > 1):
        return 1.0
    if unit[-1] == "次" and unit[:-1] in question.units:
        return 1.0  # 多少辆车 passed: 8万辆次
    if any(word in figure.indicator for word in COMPOUND.findall(question.text)):
        return 0.5  # 台资 is counted in no 台
    return 0.7 if question.loose and unit not in NO_COUNT else 0.0


def _is_what_was_added(question: Question, figure: Figure) -> bool:
    """Tell whether a figure counts what is new (新增床位1万张) where it is asked by its unit: 增加多少张床位."""
    return ADDED.match(figure.indicator) is not None and any(
        figure.unit.endswith(unit) for unit in question.units - SHARES
    )


def kind_fit(question: Question, figure: Figure) -> float:
    """Return 1 where a figure is of the kind that was asked for; where none was, an amount is likeliest."""
    if question.kind is None:
        return {"level": 1.0, "change": 0.6, "rank": 0.3}[figure.kind]
    return float(figure.kind == question.kind)


def period_fit(question: Question, figure: Figure, day: date | None) -> float:
    """Return 1 where a figure is of just the time that was asked for, -1 where of another.

    Between them lies a figure of a longer time or without one; 0 where no time was asked for.
    ``day`` is the day that its report speaks from.
    """
    wanted = times_asked(question)
    if any(figure.period and (time in figure.period or figure.period in time) for time in wanted):
        return 1.0
    spans = spans_asked(question, day)
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
    return (
        0.0
        if unnamed and (figure.status != "actual" or min(span[0].year for span in spans) <= over)
        else -1.0
    )


def times_asked(question: Question) -> list[str]:
    """Return the times that a question names, but not that of its asking or of the report named."""
    text = REPORT_YEAR.sub(" ", question.text)
    return [period.text for period in find_periods(text) if not (period.aside or NOW.match(period.text))]


def spans_asked(question: Question, day: date | None) -> list[tuple[date, date]]:
    """Return the times that a question names as days, seen from the day of a report."""
    spans = [(date(year, 1, 1), date(year, 12, 31)) for year in question.scope.years]
    if day is not None:
        spans += [span for time in times_asked(question) if (span := resolve_period(time, day))]
    return spans


def span_of(figure: Figure, day: date | None) -> tuple[date, date] | None:
    """Return the first and last day that a figure speaks of; without a printed time, the year of
    the results, or of the plans, that its report is on."""
    if day is None:
        return None
    if figure.period:
        return resolve_period(figure.period, day)
    # 初步预计 at the turn of the year is about the results of the year that is over.
    year = day.year if figure.status == "target" else results_year(day)
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def current_fit(question: Question, figure: Figure, passage: Passage, clause: int) -> float:
    """Return 0 for a figure that stands beside the one that a question means: what a change began from, the
    sum of several years, the parent company's beside the group's; where one of these was asked for, for the others.
    """
    before = passage.text[clause : figure.start]
    former = FORMER.search(before) is not None or is_former(figure.period)
    several = SEVERAL_YEARS.match(figure.period or "") is not None
    line = passage.text[passage.text.rfind("\n", 0, figure.start) + 1 : figure.start]
    parent = PARENT in line
    asked = question.text
    yearly = YEARLY if figure.kind == "change" else YEARLY_AMOUNT
    averaged = yearly.search(before) is not None and question.scope.years != ()
    floor = figure.kind == "level" and figure.bound != "=" and FLOOR.match(figure.period or "") is not None
    beside = (
        averaged and not SEVERAL_ASKED.search(asked) and "年均" not in asked,
        former != bool(FORMER_ASKED.search(asked)),
        (several or floor) and not SEVERAL_ASKED.search(asked),
        parent and PARENT not in asked,
        DAILY.search(asked) is not None and not DAILY.search(f"{before}{figure.period or ''}{figure.unit}"),
    )
    return float(not any(beside))


def status_fit(question: Question, figure: Figure, passage: Passage, day: date | None) -> float:
    """Return how well what a figure is (a result, a plan) answers a question, 0 to 1."""
    if figure.status == "forecast":
        return FORECAST
    planned = figure.status == "target" or (figure.period is None and plans(passage.headings))
    if planned and not question.scope.target and plan_asked(question, day):
        return STANDS_IN
    return float(planned == plan_asked(question, day))


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


def plan_asked(question: Question, day: date | None) -> bool:
    """Tell whether a plan was asked for: in so many words, or by a year that has no results yet."""
    results = results_year(day)
    years = question.scope.years
    return question.scope.target or (results is not None and bool(years) and min(years) > results)


def cite(figure: Figure, passage: Passage) -> CitedFigure:
    """Return a figure together with the passage that it stands in."""
    return CitedFigure(**{name: getattr(figure, name) for name in FIGURE_FIELDS}, passage=passage)
