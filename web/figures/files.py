"""Files to take away: the filtered table or the reports side by side, as CSV or for Excel.

The page gets a file's content itself and saves it: none lies on the server's disk.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pandas as pd

from retrieval.beside import matrix_table
from retrieval.export import to_csv, to_xlsx
from retrieval.ledger import table_of
from retrieval.matrix import Matrix
from retrieval.sift import Rows
from web.figures.book import Book

Kind = Literal["csv", "xlsx"]
TYPES: dict[Kind, str] = {
    "csv": "text/csv;charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file for the page to save: its name, its media type, and its content in base 64."""

    name: str
    type: str
    content: str

    @classmethod
    def of(cls, frame: pd.DataFrame, name: str, kind: Kind) -> File:
        """Return a table as a file; no cell of it is a formula."""
        content = to_csv(frame) if kind == "csv" else to_xlsx(frame)
        return cls(f"{name}.{kind}", TYPES[kind], b64encode(content).decode())

    def as_json(self) -> dict[str, Any]:
        """Return the file as the page's script reads it."""
        return asdict(self)


def ledger_file(book: Book, rows: Rows, name: str, kind: Kind) -> File:
    """Return rows of the ledger, in their order, with all that is known of each."""
    return File.of(table_of(book.ledger, book.passages, rows.tolist()), name, kind)


def matrix_file(matrix: Matrix, name: str, kind: Kind) -> File:
    """Return reports side by side, with the differences."""
    return File.of(matrix_table(matrix), name, kind)
