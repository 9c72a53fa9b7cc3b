"""The ledger as a table: the figures of all reports, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import pandas as pd

from corpus import Passage
from index import Index
from index.ledger import FIGURE_FIELDS, TERM_FIELDS, LedgerEntry
from retrieval.facts.filter import Choice, chosen_rows
from retrieval.facts.statements import passages_of

# Column -> type, in the order of the table.  Numbers are Decimal objects: exact, as printed.
COLUMNS: dict[str, str] = {
    "row": "int64", "report": "str", "place": "str", "passage": "Int64", "location": "str",
    "indicator": "str", "series": "str", "value": "object", "value_to": "object", "unit": "str",
    "amount": "object", "amount_to": "object", "base_unit": "str", "kind": "str", "bound": "str",
    "direction": "str", "basis": "str", "period": "str", "first_day": "datetime64[s]", "last_day": "datetime64[s]",
    "status": "str", "quote": "str", "start": "int64", "end": "int64",
}  # fmt: skip
# Where an entry has the value of a column.
PATHS = {name: f"figure.{name}" for name in FIGURE_FIELDS} | {name: f"terms.{name}" for name in TERM_FIELDS}
IN_ORDER = attrgetter(*PATHS.values())


def figure_table(index: Index, choice: Choice) -> pd.DataFrame:
    """Return the chosen figures of an index, in the order of its reports, with ``COLUMNS``.

    Raises UnknownReportError, or RetrievalError with what is allowed, for a choice that no
    figure can meet.
    """
    return table_of(index.ledger, list(passages_of(index)), chosen_rows(index, choice))


def table_of(ledger: Sequence[LedgerEntry], passages: Sequence[Passage], rows: Iterable[int]) -> pd.DataFrame:
    """Return rows of a ledger as a table with ``COLUMNS``, given the passage of each of its entries."""
    chosen = [_row(row, ledger[row], passages[row]) for row in rows]
    return pd.DataFrame(chosen, columns=list(COLUMNS)).astype(COLUMNS)


def _row(row: int, entry: LedgerEntry, passage: Passage) -> dict[str, Any]:
    start, end = entry.figure.start - passage.start, entry.figure.end - passage.start
    values = dict(zip(PATHS, IN_ORDER(entry), strict=True))
    location = passage.location_of(start, end)
    return {"row": row + 1, "report": entry.report, "passage": entry.passage, "location": location, **values}


def entries_with(ledger: Iterable[LedgerEntry], **wanted: object) -> list[LedgerEntry]:
    """Return the entries that have these values, each by the name of its column, in their order."""
    tests = [(attrgetter(PATHS.get(name, name)), value) for name, value in wanted.items()]
    return [entry for entry in ledger if all(get(entry) == value for get, value in tests)]
