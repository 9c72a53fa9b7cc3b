"""The figures of an answer as a table that can be taken away: as CSV and as an Excel file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import pandas as pd

from corpus.figures.figure import Figure
from corpus.identity import Identity
from index.ledger import CommonTerms
from retrieval.answer import CitedFigure
from retrieval.render.export import to_csv, to_xlsx
from web.i18n import Words
from web.spoken import place_of

# In the order of the file; what they mean: see ``Retriever.figures``.
COLUMNS = (
    "report", "place", "location", "indicator", "value", "value_to", "unit", "amount", "amount_to", "base_unit",
    "kind", "bound", "direction", "basis", "period", "first_day", "last_day", "status", "quote",
)  # fmt: skip
_OF_FIGURE = {field.name for field in fields(Figure)} & set(COLUMNS)
_OF_TERMS = {field.name for field in fields(CommonTerms)} & set(COLUMNS)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the page carries with it: its name, what a person calls it, and its address."""

    name: str
    label: str
    address: str


def table(figures: Sequence[CitedFigure], identities: Mapping[str, Identity], words: Words) -> pd.DataFrame:
    """Return figures, one row each, in their order; ``identities`` are those of the reports, by name."""
    rows = []
    for figure in figures:
        terms = CommonTerms.of(figure, identities.get(figure.passage.report, Identity()))
        place = words.say(place_of(figure.passage, figure.start, figure.end))
        row = {"report": figure.passage.report, "location": f"{figure.passage.report} {place}"}
        row |= {name: getattr(figure, name) for name in _OF_FIGURE}
        row |= {name: getattr(terms, name) for name in _OF_TERMS}
        rows.append([row[name] for name in COLUMNS])
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return frame.astype({"first_day": "datetime64[s]", "last_day": "datetime64[s]"})


def downloads(
    figures: Sequence[CitedFigure], identities: Mapping[str, Identity], words: Words
) -> tuple[Download, ...]:
    """Return the files of figures; their content is in the address, so that none lies on a disk."""
    frame, name = table(figures, identities, words), words("figures.file.table")
    return (
        Download(f"{name}.csv", "CSV", _address("text/csv;charset=utf-8", to_csv(frame, words.say))),
        Download(f"{name}.xlsx", "Excel", _address(_XLSX, to_xlsx(frame, words.say))),
    )


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"
