"""Check the reports against themselves: what is stated twice, and growth against its end points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from corpus.messages import Message, says
from index import Index
from index.ledger import CommonTerms
from retrieval.facts.interval import INFINITY, Interval, interval_of
from retrieval.facts.statements import (
    FROM,
    Statement,
    grouped,
    is_comparable,
    is_on_year_before,
    manners,
    statements,
    time_said,
)
from retrieval.words.phrases import WAY_SAID

# 家, 户 and 个 count the same things.
COUNTERS = frozenset("家户个")
# 从3.2万户增加到4.1万户，增长28%: what stands between the two, and before the growth.
TO = re.compile(r"^[^，,；。]{0,12}?[到至为达](?:[^，,；。]{0,12}?的)?$")
THEN = re.compile(
    r"^[，,、（(]?(?:[一二两三四五六七八九十]年来?|期间|同比|[比较][上去]年(?:同期)?|总共|共|累计|净)?(?:增长|增加|增幅|提高|提升|上升|扩大|下降|减少|降低|降幅|压减|缩短|翻)?[了达为约近超过]{0,3}$"
)
# Growth in constant prices, of a changed sample or an average year does not follow from the end points.
NOT_ARITHMETIC = (
    "生产总值", "增加值", "产值", "产出", "规模以上", "限额以上", "可比", "不变价", "口径", "名义", "实际", "扣除", "年均", "平均",
)  # fmt: skip
PERCENT, POINTS, TIMES, DOUBLINGS = "%", "个百分点", "倍", "番"
WHOLE = Decimal(100)  # per cent
MOST_DOUBLINGS = 10  # nothing that is reported grew a thousandfold
NEARLY_DOUBLED = Decimal("0.95")  # 翻一番 is said of what grew a little less, too
ONE_REPORT = "check.one_report", "{what}，同一份报告里说法不一：{one}与{other}。"
TWO_REPORTS = "check.two_reports", "{what}，两份报告里说法不一：{one}与{other}。"

Growth = tuple[
    Statement, Statement, Statement
]  # where it starts, where it ends, by how much it is said to be


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements that cannot all be true, and a sentence that says why."""

    message: Message
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """The sentence in Chinese."""
        return self.message.text


def check(index: Index) -> list[Contradiction]:
    """Return what the reports of an index say that cannot be true, as far as that is certain."""
    stated = statements(index)
    return [*contradictions(stated), *miscalculations(stated)]


def contradiction_to_json(contradiction: Contradiction) -> dict[str, Any]:
    """Return a contradiction as JSON values: why, and where each statement stands."""
    sources = [
        {"report": s.entry.report, "location": s.passage.location, "quote": s.says, "sentence": s.sentence}
        for s in contradiction.statements
    ]
    return {"text": contradiction.text, "statements": sources}


def contradictions(stated: Sequence[Statement]) -> list[Contradiction]:
    """Return pairs of statements of one thing whose amounts differ by more than rounding.

    Bounds count: 突破1000亿元 does not contradict 1023亿元, and 约 may be a tenth off.
    """
    found = []
    for group in grouped(filter(is_comparable, stated), _thing).values():
        # What is said twice in the same way contradicts a third statement once.
        ways = grouped(group, lambda one: (interval_of(one.entry.figure), one.entry.figure.direction))
        pairs = combinations((same[0] for same in ways.values()), 2)
        found += [Contradiction(_differ(*pair), pair) for pair in pairs if _contradict(*pair)]
    return found


def _thing(statement: Statement) -> tuple[object, ...]:
    """Return what a statement is about: those of one thing can be compared."""
    figure, terms = statement.entry.figure, statement.entry.terms
    unit = "个" if terms.base_unit in COUNTERS else terms.base_unit
    basis = "" if is_on_year_before(statement) else figure.basis
    return terms.series, terms.place, statement.days, unit, figure.kind, basis, manners(statement)


def _contradict(one: Statement, other: Statement) -> bool:
    if one.entry.report == other.entry.report and one.sentence == other.sentence:
        return False  # the parts of a list, or a start and an end
    first, second = interval_of(one.entry.figure), interval_of(other.entry.figure)
    opposite = one.entry.figure.direction != other.entry.figure.direction
    return not first.meets(-second if opposite else second)


def _differ(one: Statement, other: Statement) -> Message:
    place, name = one.entry.terms.place or "", one.entry.terms.series
    what = says("check.what", "{place}{time}的“{name}”", place=place, time=time_said(one), name=name)
    said = ONE_REPORT if one.entry.report == other.entry.report else TWO_REPORTS
    return says(*said, what=what, one=_said(one), other=_said(other))


def _said(statement: Statement) -> Message:
    way = statement.entry.figure.direction
    if way is None:
        return says("check.quoted", "“{quote}”", quote=statement.says)
    return says("check.changed", "“{way}{quote}”", way=WAY_SAID[way], quote=statement.says)


def miscalculations(stated: Sequence[Statement]) -> list[Contradiction]:
    """Return growths that do not follow from the end points that the same report states."""
    candidates = [*_in_one_sentence(stated), *_from_year_to_year(stated)]
    return [Contradiction(_explain(*group), group) for group in candidates if not _follows(*group)]


def _in_one_sentence(stated: Sequence[Statement]) -> Iterator[Growth]:
    """Yield start, end and growth of 从A增加到B，增长C: three figures in a row."""
    for start, end, growth in zip(stated, stated[1:], stated[2:], strict=False):
        kinds = [one.entry.figure.kind for one in (start, end, growth)]
        if (
            kinds == ["level", "level", "change"]
            and start.sentence == end.sentence == growth.sentence
            and FROM.search(start.before)
            and TO.match(_between(start, end))
            and THEN.match(_between(end, growth))
        ):
            yield start, end, growth


def _from_year_to_year(stated: Sequence[Statement]) -> Iterator[Growth]:
    """Yield two years' amounts of one thing in one report, and the growth between them."""
    facts = [statement for statement in stated if is_comparable(statement)]
    levels = {_thing_in(fact, 0): fact for fact in facts if fact.entry.figure.kind == "level"}
    units = dict.fromkeys(fact.entry.terms.base_unit for fact in levels.values())
    for growth in filter(is_on_year_before, facts):
        for unit in units:
            end, start = (levels.get((*_thing_in(growth, years)[:-1], unit)) for years in (0, -1))
            if start and end and growth.entry.terms.base_unit in (PERCENT, POINTS, unit):
                yield start, end, growth


def _thing_in(statement: Statement, years: int) -> tuple[object, ...]:
    """Return what a statement is about, with its time so many years later, its unit last."""
    terms = statement.entry.terms
    days = [(day.year + years, day.month, day.day) for day in statement.days or ()]
    return statement.entry.report, terms.series, *days, terms.base_unit


def _between(one: Statement, other: Statement) -> str:
    return other.before[len(one.before) + len(one.entry.figure.quote) :]


def _follows(start: Statement, end: Statement, growth: Statement) -> bool:
    """True unless no amounts that are printed so give a growth that is printed so."""
    if not _is_arithmetic(start, end, growth):
        return True
    first, last = interval_of(start.entry.figure), interval_of(end.entry.figure)
    unit, base = growth.entry.terms.base_unit, start.entry.terms.base_unit
    figure = growth.entry.figure
    stated = -interval_of(figure) if figure.direction == "-" else interval_of(figure)
    if unit == base or (unit, base) == (POINTS, PERCENT):
        # A share that grows by so many % may be meant in points or as a rate.
        return stated.meets(last - first) or (unit == PERCENT and _fits_rate(stated, first, last))
    if unit == TIMES:
        # 增长2倍 is meant by some as 2 times as much, by others as 2 times more.
        percents = Interval(stated.low * WHOLE, stated.high * WHOLE)
        return _fits_rate(percents, first, last) or _fits_rate(percents - Interval(WHOLE, WHOLE), first, last)
    if unit == DOUBLINGS and figure.value <= MOST_DOUBLINGS:
        least = NEARLY_DOUBLED * 2**figure.value
        return _fits_rate(Interval((least - 1) * WHOLE, INFINITY), first, last)
    return unit != PERCENT or _fits_rate(stated, first, last)


def _is_arithmetic(start: Statement, end: Statement, growth: Statement) -> bool:
    """True where the growth is meant to follow from the end points, and all three are facts."""
    said = f"{start.before}{end.before}{growth.before}{growth.entry.terms.series}"
    return (
        all(one.entry.figure.status == "actual" for one in (start, end, growth))
        and start.entry.terms.base_unit == end.entry.terms.base_unit
        and not any(word in said for word in NOT_ARITHMETIC)
    )


def _fits_rate(stated: Interval, first: Interval, last: Interval) -> bool:
    real = last.growth_from(first)
    return real is None or stated.meets(real)


def _explain(start: Statement, end: Statement, growth: Statement) -> Message:
    return says(
        "growth.wrong",
        "“{name}”从{start}到{end}，按此计算{real}，报告却说“{way}{quote}”。",
        name=end.entry.terms.series,
        start=_end_said(start),
        end=_end_said(end),
        real=_real(start.entry.terms, end.entry.terms, growth.entry.terms.base_unit),
        way=WAY_SAID["-" if growth.entry.figure.direction == "-" else "+"],
        quote=growth.says,
    )


def _end_said(statement: Statement) -> Message:
    time = time_said(statement)
    if not time.text:
        return says("check.quoted", "“{quote}”", quote=statement.says)
    return says("growth.end", "{time}的“{quote}”", time=time, quote=statement.says)


def _real(first: CommonTerms, last: CommonTerms, unit: str) -> Message:
    """Return by how much an amount really grew, as a rate where growth in ``unit`` is one."""
    change = last.amount - first.amount
    if unit not in (PERCENT, TIMES, DOUBLINGS) or not first.amount:
        return says("growth.apart", "相差{amount}{unit}", amount=f"{abs(change):f}", unit=first.base_unit)
    said = ("growth.fell", "下降{rate}%") if change < 0 else ("growth.rose", "增长{rate}%")
    return says(*said, rate=f"{abs(change) / first.amount * WHOLE:.2f}")
