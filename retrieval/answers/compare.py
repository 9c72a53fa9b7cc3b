"""Compare: a figure of several places, companies or years: each as printed, which is more, and by how much."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer import CitedFigure, Computation
from retrieval.answering.context import Context
from retrieval.answering.telling import Reply, Telling
from retrieval.comparison.alignment import unlike
from retrieval.comparison.ledger import completed
from retrieval.comparison.sides import (
    Side,
    confidence_of,
    differ_in_scope,
    of_one_kind,
    shown,
    tell_sides,
    trials_of,
)
from retrieval.comparison.verdict import tell_total, tell_verdict, tell_way
from retrieval.comparison.years import of_one_year, year_asked
from retrieval.query.query import Query

examples = (
    "江门和珠海2025年地区生产总值谁更高，相差多少？",
    "资产负债率2025年比2024年是升了还是降了？",
    "江门和珠海2025年地区生产总值合计多少？",
)


def propose(query: Query) -> float:
    """Return how likely a query compares."""
    compares = query.operation in ("compare", "difference", "total")
    return 0.8 if compares and len(query.sides) > 1 and differ_in_scope(query.sides) else 0.0


def answer(context: Context, query: Query) -> Reply:
    """Tell the figure of each side, and what follows where they can be held against each other."""
    year, sides = of_one_year(context, query)
    sides = completed(context, query, of_one_kind(query, sides))
    telling = Telling()
    if year:
        telling.words("compare.year", "{year}年，", year=year)
    computations = tell_comparison(telling, query, sides)
    found = len(figures_of(sides)) == len(sides) and (bool(computations) or query.operation != "total")
    return reply_of(context, telling, sides, shown(context, sides), computations, found)


def tell_comparison(telling: Telling, query: Query, sides: Sequence[Side]) -> tuple[Computation, ...]:
    """Tell the sides and what follows from them; return the computation behind that where there is one."""
    tell_sides(telling, sides).mark("。")
    figures = figures_of(sides)
    if query.operation == "total":
        return tell_total(telling, sides, unlike(figures) if len(figures) > 1 else None)
    # A change from one year to another is asked for: 升了还是降了, 减少了多少.
    times_alone = len(sides) == 2 and len({side.named for side in query.sides}) == 1
    moved = query.asks == "yes_no" or (query.operation == "difference" and query.direction is not None)
    if times_alone and moved:
        sides = sorted(sides, key=lambda side: year_asked(side.query))
    return tell_difference(telling, query, sides, times_alone and moved)


def tell_difference(
    telling: Telling, query: Query, sides: Sequence[Side], way: bool
) -> tuple[Computation, ...]:
    """Tell how far the last of some sides is from the first with ``way``, else which has most; or why neither is said."""
    stated = [side for side in sides if side.figure]
    if len(stated) < 2:
        return ()
    if why := unlike(figures_of(stated)):
        telling.words("compare.unlike", "不能直接相比：").words(*why).mark("。")
        return ()
    if way:
        return tell_way(telling, stated[0], stated[-1])
    return tell_verdict(telling, query, stated, len(sides))


def reply_of(
    context: Context,
    telling: Telling,
    sides: Sequence[Side],
    figures: Sequence[CitedFigure],
    computations: tuple[Computation, ...],
    found: bool,
) -> Reply:
    """Return what is told of sides with what stands behind it."""
    return Reply(
        found,
        tuple(telling.pieces),
        context.hits_in_turn(trials_of(context, sides), figures_of(sides)),
        tuple(figures),
        computations=computations,
        reason=None if found else "indicator",
        confidence=confidence_of(context, sides),
    )


def figures_of(sides: Sequence[Side]) -> list[CitedFigure]:
    """Return the figures of the sides that have one."""
    return [side.figure for side in sides if side.figure]
