"""The days that figures speak of: what is printed, else what heading and report make certain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index import ReportEntry
from retrieval.facts.growth import FROM
from retrieval.facts.statements import Statement
from retrieval.scope import results_year

Days = tuple[date, date]


def days_spoken_of(statement: Statement, day: date | None) -> Days | None:
    """Return the first and last day that a figure speaks of, in a report of ``day``.

    A result without a time of its own is of the year that its report tells of; None where a time is
    printed that no days can be told of (每年), a plan names none, or 从3万户增加到4万户 begins with it.
    """
    figure = statement.entry.figure
    if figure.period is None and FROM.search(statement.before):
        return None
    if statement.days or figure.period is not None or figure.status != "actual":
        return statement.days
    year = results_year(day)
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def all_days(stated: Sequence[Statement], reports: Sequence[ReportEntry]) -> list[Days | None]:
    """Return the days of each statement of some reports, in order."""
    day_of = {report.name: report.identity.day for report in reports}
    return [days_spoken_of(statement, day_of[statement.entry.report]) for statement in stated]
