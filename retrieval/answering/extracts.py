"""Extracts: whole sentences of reports that are quoted together, and the figures and passages behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Passage
from index import ReportEntry
from retrieval.answer import CitedFigure, Hit
from retrieval.answering.context import Context, looked_up
from retrieval.answering.telling import Telling
from retrieval.grounding import NUMBER
from retrieval.reader.figures import cite
from retrieval.reader.quotation import Quotation
from retrieval.search.sentences import Span
from retrieval.words.labels import labels_of


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of the passage in a row of the index."""

    quotation: Quotation
    passage: Passage
    row: int


def extract_at(context: Context, row: int, start: int, end: int) -> Extract | None:
    """Return ``text[start:end]`` of the passage in a row, without the white space around it."""
    passage = context.index.passages[row]
    text = passage.text[start:end]
    said = text.strip()
    begin = start + len(text) - len(text.lstrip())
    return Extract(Quotation(said, (begin, begin + len(said))), passage, row) if said else None


def extract_of_report(context: Context, name: str, start: int, end: int) -> Extract | None:
    """Return ``text[start:end]`` of a report; None where no passage has it whole."""
    for row in context.rows_of.get(name, ()):
        passage = context.index.passages[row]
        if passage.start <= start and end <= passage.end:
            return extract_at(context, row, start - passage.start, end - passage.start)
    return None


def figure_of_report(context: Context, name: str, start: int) -> CitedFigure | None:
    """Return the figure that begins at a place of a report's text, in its passage; None where it was cut."""
    for row in context.rows_of.get(name, ()):
        passage = context.index.passages[row]
        for figure in context.index.figures[row] if passage.start <= start < passage.end else ():
            if figure.start == start - passage.start:
                return cite(figure, passage)
    return None


def figures_in(context: Context, extract: Extract) -> list[CitedFigure]:
    """Return the figures of a sentence."""
    start, end = extract.quotation.span
    figures = context.index.figures[extract.row]
    return [cite(figure, extract.passage) for figure in figures if start <= figure.start < end]


def quote_all(telling: Telling, extracts: Sequence[Extract]) -> None:
    """Tell sentences as a list."""
    for one in extracts:
        telling.item().quote(one.quotation, one.passage)
    telling.end()


def hits_of(extracts: Sequence[Extract], figures: Sequence[CitedFigure] = ()) -> tuple[Hit, ...]:
    """Return the passages of sentences and figures, each once, with what is cited of it."""
    passages: dict[tuple[str, int], Passage] = {}
    spans: dict[tuple[str, int], list[Span]] = {}
    places = [(one.passage, one.quotation.span) for one in extracts]
    for passage, span in [*places, *((one.passage, (one.start, one.end)) for one in figures)]:
        key = passage.report, passage.number
        passages[key] = passage
        known = spans.setdefault(key, [])
        if not any(start < span[1] and span[0] < end for start, end in known):
            known.append(span)
    return tuple(
        replace(looked_up(passage), highlights=tuple(sorted(spans[key]))) for key, passage in passages.items()
    )


def title_of(context: Context, entry: ReportEntry) -> str:
    """Return what a report is called among the others; its title alone where that adds a year found in its text."""
    full = labels_of(context.index.manifest.reports)[entry.name].full
    printed = set(NUMBER.findall(f"{entry.title} {entry.name}"))
    return full if printed.issuperset(NUMBER.findall(full)) else entry.title
