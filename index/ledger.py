"""The ledger: the figures of all reports in one SQLite file, one row a figure.

Beside what is printed, a row has the figure in common terms, by which figures of different
reports are put side by side: one name for an indicator, one unit for a quantity, days for a time.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from corpus.document import Passage
from corpus.figures.amount import normalise
from corpus.figures.figure import Figure
from corpus.figures.period import resolve_period
from corpus.figures.synonyms import canonical_indicator
from corpus.identity import Identity

# Two days far apart: a period that is the same seen from both (2024年) needs no day to be seen from.
FAR_APART = date(1950, 6, 15), date(2150, 6, 15)


@dataclass(frozen=True, slots=True)
class CommonTerms:
    """A figure in terms that it shares with figures of other reports.

    series     the one name of an indicator that goes by several: 地区生产总值 for GDP
    amount     the value in ``base_unit``, exact; ``amount_to`` where a range is printed
    base_unit  the unit of every amount of its sort: 元 for 亿元 and 万元
    first_day, last_day  the printed period as days, seen from the report's own day; None where no
               period is printed, or none that the report's day makes certain
    place      the place that the report is about; None where it is not known
    """

    series: str
    amount: Decimal
    base_unit: str
    amount_to: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None
    place: str | None = None

    @classmethod
    def of(cls, figure: Figure, identity: Identity) -> CommonTerms:
        """Return the terms of a figure in a report of that identity."""
        amount, base_unit = normalise(figure.value, figure.unit)
        amount_to = None if figure.value_to is None else normalise(figure.value_to, figure.unit)[0]
        first_day, last_day = resolved(figure.period, identity.day) or (None, None)
        series = canonical_indicator(figure.indicator)
        return cls(series, amount, base_unit, amount_to, first_day, last_day, identity.place)


def resolved(period: str | None, day: date | None) -> tuple[date, date] | None:
    """Return the first and last day of a period as a report of ``day`` prints it.

    >>> resolved("去年", None), resolved("2023年末", None)
    (None, (datetime.date(2023, 12, 31), datetime.date(2023, 12, 31)))
    """
    if period is None:
        return None
    if day is not None:
        return resolve_period(period, day)
    early, late = (resolve_period(period, seen_from) for seen_from in FAR_APART)
    return early if early == late else None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A figure of a report, as printed and in common terms; offsets are into the report's text.

    ``passage`` is the number of the passage that holds the figure whole, None where it was cut.
    """

    report: str
    passage: int | None
    figure: Figure
    terms: CommonTerms


PLACE_COLUMNS = ("row", "report", "passage")
FIGURE_FIELDS = tuple(field.name for field in fields(Figure))
TERM_FIELDS = tuple(field.name for field in fields(CommonTerms))
OFFSET_FIELDS = ("start", "end")
NUMBER_FIELDS = ("value", "value_to", "amount", "amount_to")
DAY_FIELDS = ("first_day", "last_day")


def assign(
    report: str, identity: Identity, figures: Iterable[Figure], passages: Sequence[Passage]
) -> list[LedgerEntry]:
    """Return the entries of one report's figures, given all its passages in order."""
    starts = [passage.start for passage in passages]

    def passage_of(figure: Figure) -> int | None:
        position = bisect_right(starts, figure.start) - 1
        whole = position >= 0 and figure.end <= passages[position].end
        return passages[position].number if whole else None

    return [
        LedgerEntry(report, passage_of(figure), figure, CommonTerms.of(figure, identity))
        for figure in figures
    ]


def columns(row: int, entry: LedgerEntry) -> dict[str, Any]:
    """Return what is written of one entry, by column; numbers are text, exact, and days ISO 8601."""
    values: dict[str, Any] = {name: getattr(entry.figure, name) for name in FIGURE_FIELDS}
    values |= {name: getattr(entry.terms, name) for name in TERM_FIELDS}
    for name in (*NUMBER_FIELDS, *DAY_FIELDS):
        values[name] = None if values[name] is None else str(values[name])
    return {"row": row, "report": entry.report, "passage": entry.passage, **values}


def write_ledger(entries: Sequence[LedgerEntry]) -> bytes:
    """Return the bytes of a SQLite file with the table ``figures``, rows numbered from 1."""
    names = (*PLACE_COLUMNS, *FIGURE_FIELDS, *TERM_FIELDS)
    rows = (columns(number, entry) for number, entry in enumerate(entries, start=1))
    declared = ", ".join(f'"{name}" {_kind(name)}' for name in names)
    holders = ", ".join(f":{name}" for name in names)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE figures ({declared})")
        connection.executemany(f"INSERT INTO figures VALUES ({holders})", rows)
        connection.execute("CREATE INDEX figures_by_passage ON figures (report, passage)")
        connection.commit()
        return connection.serialize()


def read_figures(data: bytes) -> tuple[LedgerEntry, ...]:
    """Read what ``write_ledger`` gave, in order; raise ValueError if it is something else."""
    names = ", ".join(f'"{name}"' for name in ("report", "passage", *FIGURE_FIELDS, *TERM_FIELDS))
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(data)
            rows = connection.execute(f"SELECT {names} FROM figures ORDER BY row").fetchall()
        except (sqlite3.Error, MemoryError) as error:  # the latter where there are no bytes at all
            raise ValueError(f"not a ledger of figures: {error}") from error
    return tuple(_entry(row) for row in rows)


def _entry(row: Sequence[Any]) -> LedgerEntry:
    report, passage, *rest = row
    values = dict(zip((*FIGURE_FIELDS, *TERM_FIELDS), rest, strict=True))
    for names, read in ((NUMBER_FIELDS, Decimal), (DAY_FIELDS, date.fromisoformat)):
        for name in names:
            values[name] = None if values[name] is None else read(values[name])
    figure = Figure(**{name: values[name] for name in FIGURE_FIELDS})
    return LedgerEntry(report, passage, figure, CommonTerms(**{name: values[name] for name in TERM_FIELDS}))


def _kind(column: str) -> str:
    if column == "row":
        return "INTEGER PRIMARY KEY"
    return "INTEGER" if column in ("passage", *OFFSET_FIELDS) else "TEXT"
