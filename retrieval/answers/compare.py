"""Compare: a figure of several places, companies or years: each as printed, which is more, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import CitedFigure, Refusal
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
    tell_comparison(telling, query, sides)
    reply = reply_of(context, telling, sides, all(side.figure for side in sides))
    if query.operation == "total" and not reply.computations:
        reply = replace(reply, found=False, reason="indicator")
    return replace(reply, figures=shown(context, sides))


def tell_comparison(telling: Telling, query: Query, sides: Sequence[Side]) -> None:
    """Tell the sides and what follows from them."""
    tell_sides(telling, sides).mark("。")
    figures = figures_of(sides)
    if query.operation == "total":
        tell_total(telling, sides, unlike(figures) if len(figures) > 1 else None)
        return
    # A change from one year to another is asked for: 升了还是降了, 减少了多少.
    moved = query.asks == "yes_no" or (query.operation == "difference" and query.direction is not None)
    way = moved and len(sides) == 2 and len({side.named for side in query.sides}) == 1
    tell_difference(
        telling, query, sorted(sides, key=lambda side: year_asked(side.query)) if way else sides, way
    )


def tell_difference(telling: Telling, query: Query, sides: Sequence[Side], way: bool) -> None:
    """Tell how far the last of some sides is from the first with ``way``, else which has most; or why not."""
    stated = [side for side in sides if side.figure]
    if len(stated) < 2:
        return
    if why := unlike(figures_of(stated)):
        telling.words("compare.unlike", "不能直接相比：").words(*why).mark("。")
    elif way:
        tell_way(telling, stated[0], stated[-1])
    else:
        tell_verdict(telling, query, stated, len(sides))


def reply_of(context: Context, telling: Telling, sides: Sequence[Side], found: bool) -> Reply:
    """Return what is told of sides, with their passages and figures."""
    figures = figures_of(sides)
    hits = context.hits_in_turn(trials_of(context, sides), figures)
    reason: Refusal | None = None if found else "indicator"
    return Reply(
        found, tuple(telling.pieces), hits, tuple(figures), None, confidence_of(context, sides), reason
    )


def figures_of(sides: Sequence[Side]) -> list[CitedFigure]:
    """Return the figures of the sides that have one."""
    return [side.figure for side in sides if side.figure]
