"""Check the reports against themselves: what is stated twice, and growth against its end points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from corpus.messages import Message, says
from index import Index
from retrieval.facts.growth import miscalculations
from retrieval.facts.interval import interval_of
from retrieval.facts.statements import (
    Contradiction,
    Statement,
    is_comparable,
    is_on_year_before,
    statements,
    time_said,
)
from retrieval.render.phrases import WAY_SAID

# Words that make another quantity of the same indicator: two figures must share them all.
MANNERS = re.compile(
    r"累计|年均|月均|日均|户均|平均|人均|新增|净增|增量|名义|实际|可比|口径|不变价|现价|扣除|剔除|预算|完成率|占|全国|全省|最[高低大小]"
)
# 家, 户 and 个 count the same things.
COUNTERS = frozenset("家户个")


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
    groups: dict[tuple[object, ...], dict[tuple[object, ...], Statement]] = {}
    for statement in stated:
        if is_comparable(statement):
            figure = statement.entry.figure
            # What is said twice in the same way contradicts a third statement once.
            groups.setdefault(_thing(statement), {}).setdefault(
                (interval_of(figure), figure.direction), statement
            )
    pairs = (pair for group in groups.values() for pair in combinations(group.values(), 2))
    return [Contradiction(_differ(*pair), pair) for pair in pairs if _contradict(*pair)]


def _thing(statement: Statement) -> tuple[object, ...]:
    """Return what a statement is about: those of one thing can be compared."""
    figure, terms = statement.entry.figure, statement.entry.terms
    unit = "个" if terms.base_unit in COUNTERS else terms.base_unit
    manner = frozenset(MANNERS.findall(statement.before.rsplit("；", 1)[-1]))
    basis = "" if is_on_year_before(statement) else figure.basis
    return terms.series, terms.place, statement.days, unit, figure.kind, basis, manner


def _contradict(one: Statement, other: Statement) -> bool:
    if one.entry.report == other.entry.report and one.sentence == other.sentence:
        return False  # the parts of a list, or a start and an end
    first, second = interval_of(one.entry.figure), interval_of(other.entry.figure)
    opposite = one.entry.figure.direction != other.entry.figure.direction
    return not first.meets(-second if opposite else second)


def _differ(one: Statement, other: Statement) -> Message:
    terms = one.entry.terms
    what = says(
        "check.what",
        "{place}{time}的“{name}”",
        place=terms.place or "",
        time=time_said(one),
        name=terms.series,
    )
    first, second = _said(one), _said(other)
    if one.entry.report == other.entry.report:
        return says(
            "check.one_report",
            "{what}，同一份报告里说法不一：{one}与{other}。",
            what=what,
            one=first,
            other=second,
        )
    return says(
        "check.two_reports",
        "{what}，两份报告里说法不一：{one}与{other}。",
        what=what,
        one=first,
        other=second,
    )


def _said(statement: Statement) -> Message:
    figure = statement.entry.figure
    if figure.direction is None:
        return says("check.quoted", "“{quote}”", quote=statement.says)
    return says("check.changed", "“{way}{quote}”", way=WAY_SAID[figure.direction], quote=statement.says)
