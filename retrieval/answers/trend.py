"""Trend: a figure of one thing over several years, in the order of time, and how it changed from first to last."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answering.context import Context
from retrieval.answering.telling import Reply, Telling
from retrieval.answers.compare import reply_of, tell_difference
from retrieval.comparison.ledger import completed
from retrieval.comparison.sides import of_one_kind, shown, tell_sides, tried
from retrieval.comparison.years import in_year, year_asked, years_told
from retrieval.query.query import Query

FEWEST = 2  # years of which something is told
MOST_YEARS = 6  # the newest, where a question names none

examples = ("2022年到2024年营业收入分别是多少？", "2020年到2025年一般公共预算收入怎么变化？")


def propose(query: Query) -> float:
    """Return how likely a query asks for the course of something."""
    return 0.8 if query.operation == "trend" else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Tell each year's figure, those without one last; None where the reports tell of too few years."""
    queries = sorted(query.sides or _yearly(context, query), key=year_asked)
    if len(queries) < FEWEST:
        return None
    sides = completed(context, query, of_one_kind(query, tried(context, queries)))
    stated = [side for side in sides if side.figure]
    if not stated and not query.sides:
        return None
    telling = tell_sides(Telling(), stated)
    if query.sides and (lacking := tuple(side.name for side in sides if not side.figure)):
        telling.mark("；" if stated else "")
        telling.words("trend.lacking", "{times}：报告没有给出", times=lacking)
    telling.mark("。")
    way = query.order is None or len(stated) == FEWEST
    tell_difference(telling, query, stated, way)
    found = len(stated) >= FEWEST
    reply = replace(reply_of(context, telling, sides, found), figures=shown(context, sides))
    return replace(reply, reason="year") if stated and not found else reply


def _yearly(context: Context, query: Query) -> list[Query]:
    """Return a query for each of the newest years that the reports tell of."""
    plain = query.of(asks="figure", asking="是多少", operation=None, order=None)
    return [in_year(plain, year) for year in sorted(years_told(context, query))[-MOST_YEARS:]]
