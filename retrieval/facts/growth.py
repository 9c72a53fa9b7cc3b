"""Growth that is stated, checked against the end points that are stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.messages import Message, says
from index.ledger import CommonTerms
from retrieval.facts.interval import INFINITY, Interval, interval_of
from retrieval.facts.statements import Contradiction, Statement, is_comparable, is_on_year_before, time_said
from retrieval.render.phrases import WAY_SAID

# 从3.2万户增加到4.1万户，增长28%: what stands before the first, between the two, and before the growth.
FROM = re.compile(r"[从由](?:[^，,；。从由]{0,12}?的)?$")
TO = re.compile(r"^[^，,；。]{0,12}?[到至为达](?:[^，,；。]{0,12}?的)?$")
THEN = re.compile(
    r"^[，,、（(]?(?:[一二两三四五六七八九十]年来?|期间|同比|[比较][上去]年(?:同期)?|总共|共|累计|净)?(?:增长|增加|增幅|提高|提升|上升|扩大|下降|减少|降低|降幅|压减|缩短|翻)?[了达为约近超过]{0,3}$"
)
# Growth in constant prices, of a changed sample or an average year does not follow from the end points.
NOT_ARITHMETIC = re.compile(
    r"生产总值|增加值|总?产[值出]|规模以上|限额以上|可比|不变价|口径|名义|实际|扣除|年均|平均"
)
PERCENT, POINTS, TIMES, DOUBLINGS = "%", "个百分点", "倍", "番"
WHOLE = Decimal(100)  # per cent
MOST_DOUBLINGS = 10  # nothing that is reported grew a thousandfold
NEARLY_DOUBLED = Decimal("0.95")  # 翻一番 is said of what grew a little less, too


def miscalculations(stated: Sequence[Statement]) -> list[Contradiction]:
    """Return growths that do not follow from the end points that the same report states."""
    candidates = [*_in_one_sentence(stated), *_from_year_to_year(stated)]
    wrong = (group for group in candidates if not _follows(*group))
    return [Contradiction(_explain(*group), group) for group in wrong]


def _in_one_sentence(stated: Sequence[Statement]) -> Iterator[tuple[Statement, Statement, Statement]]:
    """Yield start, end and growth of 从A增加到B，增长C: three figures in a row."""
    for start, end, growth in zip(stated, stated[1:], stated[2:], strict=False):
        figures = [statement.entry.figure for statement in (start, end, growth)]
        together = start.sentence == end.sentence == growth.sentence
        if not together or [figure.kind for figure in figures] != ["level", "level", "change"]:
            continue
        between, then = _between(start, end), _between(end, growth)
        if FROM.search(start.before) and TO.match(between) and THEN.match(then):
            yield start, end, growth


def _from_year_to_year(stated: Sequence[Statement]) -> Iterator[tuple[Statement, Statement, Statement]]:
    """Yield two years' amounts of one thing in one report, and the growth between them."""
    facts = [statement for statement in stated if is_comparable(statement)]
    levels = {_thing_in(fact, 0): fact for fact in facts if fact.entry.figure.kind == "level"}
    for growth in facts:
        if not is_on_year_before(growth):
            continue
        for unit in dict.fromkeys(fact.entry.terms.base_unit for fact in levels.values()):
            end = levels.get((*_thing_in(growth, 0)[:-1], unit))
            start = levels.get((*_thing_in(growth, -1)[:-1], unit))
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
    facts = all(one.entry.figure.status == "actual" for one in (start, end, growth))
    return (
        facts and start.entry.terms.base_unit == end.entry.terms.base_unit and not NOT_ARITHMETIC.search(said)
    )


def _fits_rate(stated: Interval, first: Interval, last: Interval) -> bool:
    real = last.growth_from(first)
    return real is None or stated.meets(real)


def _explain(start: Statement, end: Statement, growth: Statement) -> Message:
    falls = growth.entry.figure.direction == "-"
    return says(
        "growth.wrong",
        "“{name}”从{start}到{end}，按此计算{real}，报告却说“{way}{quote}”。",
        name=end.entry.terms.series,
        start=_end_said(start),
        end=_end_said(end),
        real=_real(start.entry.terms, end.entry.terms, growth.entry.terms.base_unit),
        way=WAY_SAID["-" if falls else "+"],
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
    rate = f"{abs(change) / first.amount * WHOLE:.2f}"
    if change < 0:
        return says("growth.fell", "下降{rate}%", rate=rate)
    return says("growth.rose", "增长{rate}%", rate=rate)
