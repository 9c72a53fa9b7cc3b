"""Files to take away: the filtered table or the reports side by side, as CSV or for Excel.

The page gets a file's content itself and saves it: none lies on the server's disk.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

import pandas as pd

from retrieval.facts.filter import Rows
from retrieval.facts.ledger import table_of
from retrieval.facts.matrix import Matrix
from retrieval.facts.statements import Statement
from retrieval.render.export import to_csv, to_xlsx
from retrieval.render.matrix_table import matrix_table
from web.figures.book import Book
from web.figures.times import time_words
from web.i18n import Words
from web.spoken import place_of

Kind = Literal["csv", "xlsx"]
# As the table shows them; then where else a figure stands, and its words.
LEADING = (
    "row", "indicator", "bound", "value", "value_to", "unit", "direction", "period", "kind", "status", "place", "report",
    "location", "times", "others", "quote",
)  # fmt: skip
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
    def of(cls, frame: pd.DataFrame, name: str, kind: Kind, words: Words) -> File:
        """Return a table as a file; no cell of it is a formula."""
        content = to_csv(frame, words.say) if kind == "csv" else to_xlsx(frame, words.say)
        return cls(f"{name}.{kind}", TYPES[kind], b64encode(content).decode())

    def as_json(self) -> dict[str, Any]:
        """Return the file as the page's script reads it."""
        return asdict(self)


def ledger_file(book: Book, rows: Rows, name: str, kind: Kind, words: Words) -> File:
    """Return what the table shows of ``rows``, in their order, and all else that is known of each figure."""
    return File.of(ledger_table(book, book.folds.of(rows), words), name, kind, words)


def ledger_table(book: Book, rows: Rows, words: Words) -> pd.DataFrame:
    """Return figures, one row each: first as the table shows them, with where they stand, then the rest."""
    chosen = rows.tolist()
    passages = [statement.passage for statement in book.stated]
    frame = table_of(book.ledger, passages, chosen)
    days = [book.days[row] for row in chosen]
    others = [book.folds.members(row)[1:] for row in chosen]
    frame["file"], frame["printed"] = frame["report"], frame["period"]
    frame["report"] = [book.labels[name].full for name in frame["file"]]
    told = [time_words(span, words) if span else None for span in days]
    frame["period"] = [time or printed for time, printed in zip(told, frame["printed"], strict=True)]
    for number, name in enumerate(("first_day", "last_day")):
        frame[name] = pd.Series([span[number] if span else None for span in days], dtype="datetime64[s]")
    frame["times"] = [1 + len(more) for more in others]
    frame["location"] = [_location(words, book.stated[row]) for row in chosen]
    frame["others"] = [
        "；".join(_location(words, book.stated[row]) for row in more) or None for more in others
    ]
    return frame[[*LEADING, *(name for name in frame.columns if name not in LEADING)]]


def matrix_file(matrix: Matrix, name: str, kind: Kind, words: Words) -> File:
    """Return reports side by side, with the differences."""
    return File.of(matrix_table(matrix, words.say, partial(_location, words)), name, kind, words)


def _location(words: Words, statement: Statement) -> str:
    """Return where a figure stands: the file of its report, page and paragraph, or sheet and row."""
    figure, passage = statement.entry.figure, statement.passage
    place = place_of(passage, figure.start - passage.start, figure.end - passage.start)
    return f"{passage.report} {words.say(place)}"
