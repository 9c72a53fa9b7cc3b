"""Years: the one that several queries can be answered for, and those that reports tell of."""

from __future__ import annotations

from retrieval.answering.context import Context
from retrieval.comparison.sides import Side, tried
from retrieval.query.query import Query, Time
from retrieval.query.reports import results_year, year_of
from retrieval.reader.figures import times_asked

MOST_YEARS = 2  # that are tried where a question names none


def of_one_year(context: Context, query: Query) -> tuple[int | None, list[Side]]:
    """Search for each side; where no year is asked for, in the newest that reports of all sides tell of.

    Returns that year, None where the question says it or the sides have none in common.
    """
    first = None
    for year in _common_years(context, query):
        sides = tried(context, [in_year(side, year) for side in query.sides])
        if all(side.figure for side in sides):
            return year, sides
        first = first or (year, sides)
    return first or (None, tried(context, query.sides))


def _common_years(context: Context, query: Query) -> list[int]:
    """Return the years that reports of all sides tell of, the newest first; none where a time is asked for."""
    if any(side.names_time or times_asked(side) for side in query.sides):
        return []
    years = [years_told(context, side) for side in query.sides]
    common = set[int].intersection(*years)
    # Of one year alone nothing has to be said.
    several = len(set[int].union(*years)) > 1
    return sorted(common, reverse=True)[:MOST_YEARS] if several else []


def years_told(context: Context, side: Query) -> set[int]:
    """Return the years that the reports of a side's place or company tell of."""
    names = frozenset[str]().union(*(one.reports for one in side.named))
    entries = [entry for entry in context.entries if entry.name in names]
    years = (year_of(entry) if side.target else results_year(entry.identity.day) for entry in entries)
    return {year for year in years if year}


def in_year(query: Query, year: int) -> Query:
    """Return a query asked for a year."""
    return query.of(times=(Time(f"{year}年", (year,)),))


def year_asked(query: Query) -> tuple[int, int]:
    """Return what puts queries in the order of their time."""
    return max(query.years, default=0), max(query.offsets, default=0)
