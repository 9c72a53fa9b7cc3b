"""Trend: a figure of one thing over several years, in the order of time, and how it changed from first to last."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer import Computation
from retrieval.answering.context import Context
from retrieval.answering.telling import Reply, Telling
from retrieval.comparison.alignment import unlike
from retrieval.comparison.ledger import completed
from retrieval.comparison.sides import Side, confidence_of, of_one_kind, shown, tell_sides, trials_of, tried
from retrieval.comparison.verdict import tell_verdict, tell_way
from retrieval.comparison.years import in_year, year_asked, years_told
from retrieval.query.query import Query

FEWEST = 2  # years of which something is told
MOST_YEARS = 6  # the newest, where a question names none


class Trend:
    """One thing over several years: 2022年到2024年分别是多少, 怎么变化, 哪一年最高."""

    name = "trend"
    examples = ("2022年到2024年营业收入分别是多少？", "2020年到2025年一般公共预算收入怎么变化？")

    def propose(self, query: Query) -> float:
        """Return how likely a query asks for the course of something."""
        return 0.8 if query.operation == "trend" else 0.0

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Tell each year's figure; None where the reports tell of too few years."""
        queries = sorted(query.sides or _yearly(context, query), key=year_asked)
        if len(queries) < FEWEST:
            return None
        sides = completed(context, query, of_one_kind(query, tried(context, queries)))
        stated = [side for side in sides if side.figure]
        if not stated and not query.sides:
            return None
        telling = Telling()
        computations = _tell(telling, query, sides if query.sides else stated)
        found = len(stated) >= FEWEST
        return Reply(
            found,
            tuple(telling.pieces),
            context.hits_in_turn(trials_of(context, sides), [side.figure for side in stated if side.figure]),
            shown(context, sides),
            computations=computations,
            reason=None if found else "indicator" if not stated else "year",
            confidence=confidence_of(context, sides),
        )


def _yearly(context: Context, query: Query) -> list[Query]:
    """Return a query for each of the newest years that the reports tell of."""
    plain = query.of(asks="figure", asking="是多少", operation=None, order=None)
    return [in_year(plain, year) for year in sorted(years_told(context, query))[-MOST_YEARS:]]


def _tell(telling: Telling, query: Query, sides: Sequence[Side]) -> tuple[Computation, ...]:
    """Tell the years in their order, those without a figure last, and how far the last is from the first."""
    stated = [side for side in sides if side.figure]
    tell_sides(telling, stated)
    if lacking := tuple(side.name for side in sides if not side.figure):
        if stated:
            telling.mark("；")
        telling.words("trend.lacking", "{times}：报告没有给出", times=lacking)
    telling.mark("。")
    if len(stated) < FEWEST:
        return ()
    if why := unlike([side.figure for side in stated if side.figure]):
        telling.words("compare.unlike", "不能直接相比：").words(*why).mark("。")
        return ()
    if query.order is not None and len(stated) > FEWEST:
        return tell_verdict(telling, query, stated, len(stated))
    return tell_way(telling, stated[0], stated[-1])


KIND = Trend()
