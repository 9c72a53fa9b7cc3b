"""Extracts: whole sentences of reports that are quoted together, and the figures and passages behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Passage
from index import ReportEntry
from retrieval.answer import CitedFigure, Hit
from retrieval.answering.context import Context, hits_at
from retrieval.answering.telling import Telling
from retrieval.grounding import NUMBER
from retrieval.reader.figures import cite
from retrieval.reader.quotation import Quotation
from retrieval.words.labels import labels_of


@dataclass(frozen=True, slots=True)
class Extract:
    """What is quoted of the passage in a row of the index, and the figures that begin in it."""

    quotation: Quotation
    passage: Passage
    row: int
    figures: tuple[CitedFigure, ...]


def extract_of_report(context: Context, name: str, start: int, end: int) -> Extract | None:
    """Return ``text[start:end]`` of a report without the white space around it; None where no passage has it whole."""
    if (row := context.row_at(name, start, end)) is None:
        return None
    passage = context.index.passages[row]
    text = passage.text[start - passage.start : end - passage.start]
    begin = start - passage.start + len(text) - len(text.lstrip())
    text = text.strip()
    span = begin, begin + len(text)
    figures = (cite(one, passage) for one in context.index.figures[row] if span[0] <= one.start < span[1])
    return Extract(Quotation(text, span), passage, row, tuple(figures)) if text else None


def quote_all(telling: Telling, extracts: Sequence[Extract]) -> None:
    """Tell sentences as a list."""
    for one in extracts:
        telling.item().quote(one.quotation, one.passage)
    telling.end()


def hits_of(extracts: Sequence[Extract], figures: Sequence[CitedFigure] = ()) -> tuple[Hit, ...]:
    """Return the passages of sentences and figures, each once, with what is cited of it."""
    sentences = [(one.passage, one.quotation.span) for one in extracts]
    return hits_at([*sentences, *((one.passage, (one.start, one.end)) for one in figures)])


def title_of(context: Context, entry: ReportEntry) -> str:
    """Return what a report is called among the others; its title alone where that adds a year found in its text."""
    full = labels_of(context.index.manifest.reports)[entry.name].full
    printed = set(NUMBER.findall(f"{entry.title} {entry.name}"))
    return full if printed.issuperset(NUMBER.findall(full)) else entry.title
