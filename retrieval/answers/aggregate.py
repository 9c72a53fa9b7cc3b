"""Aggregate: the sum of an indicator over all the places that reports are of."""

from __future__ import annotations

from retrieval.answering.context import Context
from retrieval.answering.surveyed import (
    MOST_NAMED,
    asks_places,
    measure_of,
    survey_of,
    tell_missing,
)
from retrieval.answering.telling import Reply, Telling
from retrieval.comparison.verdict import tell_sum
from retrieval.query.query import Query
from retrieval.reader.survey import Survey
from retrieval.words.wording import statement

FEWEST = 2  # places that make a sum

examples = ("三个县的粮食产量合计是多少？", "各市GDP总和是多少？")


def propose(query: Query) -> float:
    """Return how likely a query asks for a sum over places."""
    asked = query.purpose == "answer" and not (query.sides or query.order or query.conditions)
    total_asked = "total" in (query.puts_together, query.operation)
    return 0.83 if total_asked and asked and asks_places(query) and query.topic else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Add up what the reports of all places state; None where fewer than two do."""
    name, kind = measure_of(query)
    if not name:
        return None
    surveyed = survey_of(context, query, name, kind)
    if len(surveyed.figures) < FEWEST:
        return None
    return _added(context, query, surveyed)


def _added(context: Context, query: Query, surveyed: Survey) -> Reply:
    """Tell what each place has, and the sum; shares, growths and ranges have none.

    A sum without some of the places is told, but is not what was asked for.
    """
    figures, telling = surveyed.figures, Telling()
    for year in surveyed.years:
        telling.words("aggregate.year", "{year}年，", year=year)
    for number, (place, figure) in enumerate([*surveyed.rows.items()][:MOST_NAMED]):
        telling.mark("；" if number else "").said(place).mark("：").figure(figure, statement(figure))
    if len(figures) > MOST_NAMED:
        telling.words("survey.more", "；其余{count}个见表", count=len(figures) - MOST_NAMED)
    telling.mark("。")
    computations = tell_sum(telling, figures, len(figures) <= MOST_NAMED)
    if computations:
        tell_missing(telling, context, query, surveyed.missing)
    found = bool(computations) and not surveyed.missing
    return Reply(
        found,
        tuple(telling.pieces),
        context.cited(figures),
        figures,
        reason=None if found else "indicator",
    )
