"""Compare: a figure of several places, companies or years: each as printed, which is more, and by how much."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer import Computation
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


class Compare:
    """The same of several places, companies or years: who has more, how far apart they are, their sum."""

    name = "compare"
    examples = (
        "江门和珠海2025年地区生产总值谁更高，相差多少？",
        "资产负债率2025年比2024年是升了还是降了？",
        "江门和珠海2025年地区生产总值合计多少？",
    )

    def propose(self, query: Query) -> float:
        """Return how likely a query compares."""
        compares = query.operation in ("compare", "difference", "total")
        return 0.8 if compares and len(query.sides) > 1 and differ_in_scope(query.sides) else 0.0

    def answer(self, context: Context, query: Query) -> Reply:
        """Tell the figure of each side, and what follows where they can be held against each other."""
        year, sides = of_one_year(context, query)
        sides = completed(context, query, of_one_kind(query, sides))
        telling = Telling()
        if year:
            telling.words("compare.year", "{year}年，", year=year)
        computations = tell_comparison(telling, query, sides)
        stated = all(side.figure for side in sides)
        found = stated and (bool(computations) or query.operation != "total")
        return Reply(
            found,
            tuple(telling.pieces),
            context.hits_in_turn(trials_of(context, sides), [side.figure for side in sides if side.figure]),
            shown(context, sides),
            computations=computations,
            reason=None if found else "indicator",
            confidence=confidence_of(context, sides),
        )


def tell_comparison(telling: Telling, query: Query, sides: Sequence[Side]) -> tuple[Computation, ...]:
    """Tell the sides and what follows from them; return the computation behind that where there is one."""
    tell_sides(telling, sides).mark("。")
    stated = [side for side in sides if side.figure]
    why = unlike([side.figure for side in stated if side.figure]) if len(stated) > 1 else None
    if query.operation == "total":
        return tell_total(telling, sides, why)
    if why:
        telling.words("compare.unlike", "不能直接相比：").words(*why).mark("。")
    if len(stated) < 2 or why:
        return ()
    if len(sides) == 2 and _asks_way(query):
        return tell_way(telling, *sorted(stated, key=lambda side: year_asked(side.query)))
    return tell_verdict(telling, query, stated, len(sides))


def _asks_way(query: Query) -> bool:
    """Tell whether a change from one year to another is asked for: 升了还是降了, 减少了多少."""
    times_alone = len({side.named for side in query.sides}) == 1
    return times_alone and (
        query.asks == "yes_no" or (query.operation == "difference" and query.direction is not None)
    )


KIND = Compare()
