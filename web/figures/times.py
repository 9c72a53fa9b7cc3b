"""Times in words: what stands in the table, and the shorter names on a chart's axis."""

from __future__ import annotations

from datetime import date, timedelta

from retrieval.facts.statements import Days
from web.i18n import Words


def time_name(days: Days) -> str:
    """Return a time in figures: ``2024``, ``2021–2025``, ``2024-01–2024-06``, ``2024-06-30``.

    The last day of a year stands for the year: 2024年末 and 2024年 are not told apart on an axis.
    """
    first, last = days
    whole_last = (last.month, last.day) == (12, 31)
    if whole_last and first in (last, date(last.year, 1, 1)):
        return str(last.year)
    if first == last:
        return last.isoformat()
    if whole_last and (first.month, first.day) == (1, 1):
        return f"{first.year}–{last.year}"
    return f"{first:%Y-%m}–{last:%Y-%m}"


def time_words(days: Days, words: Words) -> str:
    """Return a time as a reader says it: 2024年, 2024年末, 2021–2025年, 2024年1–6月, 2024年6月30日."""
    first, last = days
    told = {"since": first.year, "from_": first.month, "on": first.day}
    return words(
        f"figures.time.{_shape(first, last)}", **told, year=last.year, month=last.month, day=last.day
    )


def months_of(days: Days) -> int:
    """Return how many months a time lasts, 0 for a single day."""
    first, last = days
    return 0 if first == last else 12 * (last.year - first.year) + last.month - first.month + 1


def _shape(first: date, last: date) -> str:
    """Return by which words a time is told."""
    ends_month = (last + timedelta(days=1)).day == 1
    if first == last:
        return "end" if (last.month, last.day) == (12, 31) else "month_end" if ends_month else "day"
    if first.day == 1 and ends_month:
        if (first.month, last.month) == (1, 12):
            return "year" if first.year == last.year else "years"
        if first.year == last.year:
            return "month" if first.month == last.month else "months"
    return "days" if first.year == last.year else "span"
