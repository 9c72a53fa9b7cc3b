"""The ledger: the figures of all reports in one SQLite file, one row a figure."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from corpus.document import Passage
from corpus.figures.figure import Figure

FIGURE_FIELDS = tuple(field.name for field in fields(Figure))
NUMBER_FIELDS = ("value", "value_to")
OFFSET_FIELDS = ("start", "end")
PLACE_COLUMNS = ("row", "report", "passage")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A figure of a report; its offsets are into the report's text.

    ``passage`` is the number of the passage that holds the figure whole, None where it was cut.
    """

    report: str
    passage: int | None
    figure: Figure


def assign(report: str, figures: Iterable[Figure], passages: Sequence[Passage]) -> list[LedgerEntry]:
    """Return the entries of one report's figures, given all its passages in order."""
    starts = [passage.start for passage in passages]

    def passage_of(figure: Figure) -> int | None:
        position = bisect_right(starts, figure.start) - 1
        whole = position >= 0 and figure.end <= passages[position].end
        return passages[position].number if whole else None

    return [LedgerEntry(report, passage_of(figure), figure) for figure in figures]


def columns(row: int, entry: LedgerEntry) -> dict[str, Any]:
    """Return what is written of one entry, by column; numbers are text, exactly as printed.

    This is the one place where columns that are derived from a figure (its amount in one
    unit, the dates of its period) join those that are read from it.
    """
    values: dict[str, Any] = {name: getattr(entry.figure, name) for name in FIGURE_FIELDS}
    for name in NUMBER_FIELDS:
        values[name] = None if values[name] is None else str(values[name])
    return {"row": row, "report": entry.report, "passage": entry.passage, **values}


def write_ledger(entries: Sequence[LedgerEntry]) -> bytes:
    """Return the bytes of a SQLite file with the table ``figures``, rows numbered from 1."""
    names = (*PLACE_COLUMNS, *FIGURE_FIELDS)
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
    names = ", ".join(f'"{name}"' for name in ("report", "passage", *FIGURE_FIELDS))
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(data)
            rows = connection.execute(f"SELECT {names} FROM figures ORDER BY row").fetchall()
        except (sqlite3.Error, MemoryError) as error:  # the latter where there are no bytes at all
            raise ValueError(f"not a ledger of figures: {error}") from error
    return tuple(_entry(row) for row in rows)


def _entry(row: Sequence[Any]) -> LedgerEntry:
    report, passage, *rest = row
    values = dict(zip(FIGURE_FIELDS, rest, strict=True))
    for name in NUMBER_FIELDS:
        values[name] = None if values[name] is None else Decimal(values[name])
    return LedgerEntry(report, passage, Figure(**values))


def _kind(column: str) -> str:
    if column == "row":
        return "INTEGER PRIMARY KEY"
    return "INTEGER" if column in ("passage", *OFFSET_FIELDS) else "TEXT"
