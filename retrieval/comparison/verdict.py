"""Verdict: what follows from figures that are held against each other, in words, with the computation behind it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from retrieval.answer import CitedFigure, Computation
from retrieval.answering.telling import Telling
from retrieval.comparison.alignment import can_be_added
from retrieval.comparison.sides import Side
from retrieval.facts.arithmetic import ABOUT, ESTIMATED, SHARE, amount_of, difference, total
from retrieval.query.query import Query

# What is said of the first of two, and of the first of more.
HIGHER = ("compare.higher", "{name}更高"), ("compare.highest", "{name}最高")
LOWER = ("compare.lower", "{name}更低"), ("compare.lowest", "{name}最低")
AHEAD = ("compare.ahead", "{name}更靠前"), ("compare.first", "{name}最靠前")
BEHIND = ("compare.behind", "{name}更靠后"), ("compare.last", "{name}最靠后")
FELL_MORE = ("compare.fell_more", "{name}降得更多"), ("compare.fell_most", "{name}降得最多")
FELL_LESS = ("compare.fell_less", "{name}降得更少"), ("compare.fell_least", "{name}降得最少")

# Whether something became more, and whether it is told in points.
WAYS = {
    (True, True): ("compare.up", "上升了"),
    (True, False): ("compare.more", "增加了"),
    (False, True): ("compare.down", "下降了"),
    (False, False): ("compare.less", "减少了"),
}


def tell_verdict(
    telling: Telling, query: Query, stated: Sequence[Side], asked: int
) -> tuple[Computation, ...]:
    """Tell which of the sides has more, or less where that is asked; of two also by how much."""
    less = query.less or (query.order is not None and not query.order.descending)
    figures = [side.figure for side in stated if side.figure]
    ranks = figures[0].kind == "rank"
    falls = query.direction == "-" and all(one.kind == "change" and amount_of(one)[0] < 0 for one in figures)
    # The first in an order has the smallest rank; what fell most has the least growth.
    ordered = sorted(stated, key=_amount, reverse=less == (ranks or falls))
    best, next_best = ordered[:2]
    if _amount(best) == _amount(next_best):
        return _tell_tie(telling, ordered)
    said = (BEHIND if less else AHEAD) if ranks else (FELL_LESS if less else FELL_MORE) if falls else ()
    said = said or (LOWER if less else HIGHER)
    telling.words(*said[asked > 2], name=best.name)
    if asked > 2:
        telling.mark("。")
        return ()
    assert best.figure and next_best.figure
    computation = difference(best.figure, next_best.figure)
    _tell_result(telling.words("compare.apart", "，相差"), computation).mark("。")
    return (computation,)


def _tell_tie(telling: Telling, ordered: Sequence[Side]) -> tuple[Computation, ...]:
    best = _amount(ordered[0])
    names = [side.name for side in ordered if _amount(side) == best]
    telling.words("compare.same", "{names}与{last}相同", names=tuple(names[:-1]), last=names[-1])
    if len(names) < len(ordered):
        telling.mark("，").words("compare.before_others", "排在其余之前")
    telling.mark("。")
    return ()


def tell_way(telling: Telling, former: Side, latter: Side) -> tuple[Computation, ...]:
    """Tell which way something went from one time to another, and how far."""
    assert former.figure and latter.figure
    before, after = _amount(former), _amount(latter)
    telling.said(latter.name).words("compare.than", "比").said(former.name)
    if before == after:
        telling.words("compare.level", "持平").mark("。")
        return ()
    points = latter.figure.kind == "change" or amount_of(latter.figure)[1] == SHARE
    telling.words(*WAYS[after > before, points])
    computation = difference(latter.figure, former.figure)
    _tell_result(telling, computation).mark("。")
    return (computation,)


def tell_total(
    telling: Telling, sides: Sequence[Side], why: tuple[str, str] | None
) -> tuple[Computation, ...]:
    """Tell the sum of what the sides have."""
    figures = [side.figure for side in sides if side.figure]
    if len(figures) < len(sides):
        why = "unlike.none", "有的报告没有给出"
    if why:
        telling.words("total.none", "无法合计：").words(*why).mark("。")
        return ()
    return tell_sum(telling, figures)


def tell_sum(
    telling: Telling, figures: Sequence[CitedFigure], formula: bool = True
) -> tuple[Computation, ...]:
    """Tell the sum of figures, by its ``formula`` or only its result, or that they have none."""
    if not can_be_added(figures):
        telling.words("total.shares", "比例、增速和区间不能相加。")
        return ()
    computation = total(figures)
    if formula or ABOUT not in computation.formula:
        telling.words("total.is", "合计：")
    else:
        telling.words("total.about", "合计约：")
    telling.computed(computation, computation.formula if formula else computation.result)
    telling.words("computed.estimated", ESTIMATED).mark("。")
    return (computation,)


def _tell_result(telling: Telling, computation: Computation) -> Telling:
    if ABOUT in computation.formula:
        telling.words("computed.about", "约")
    return telling.computed(computation, computation.result).words("computed.estimated", ESTIMATED)


def _amount(side: Side) -> Decimal:
    assert side.figure is not None
    return amount_of(side.figure)[0]
