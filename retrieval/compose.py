"""Compose the text of an answer: the sentence that answers, cut to what was asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.marks import is_table_row
from retrieval.results import CitedFigure
from retrieval.sentences import Span, clause_spans

LONGEST_FIGURE = 80  # characters around a figure: what it measures and what is said of it
LONGEST_TEXT = 120  # characters of another answer; a reader takes it in at a glance
LONGEST_LIST = 450  # a list is given whole
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: its text, the span of the passage it quotes, and the spans of it to mark."""

    text: str
    span: Span
    marks: tuple[Span, ...] = ()


def in_table(figure: CitedFigure) -> bool:
    """Tell a figure of a table's cell: its row is a line of cells, or its unit stands in the table's head."""
    text = figure.passage.text
    line = text[text.rfind("\n", 0, figure.start) + 1 :].partition("\n")[0]
    return is_table_row(line) or bool(
        figure.unit and figure.unit not in figure.quote and figure.kind != "rank"
    )


def cell(figure: CitedFigure) -> Quotation:
    """Quote a table's cell as a statement, with the head of its row and its unit."""
    unit = "" if figure.quote.endswith(figure.unit) else figure.unit
    text = f"{figure.indicator}：{figure.quote}{unit}"
    marks = ((len(figure.indicator) + 1, len(text)),)
    return Quotation(text, (figure.start, figure.end), marks)


def quote(text: str, sentence: Span, focus: Span, marks: Iterable[Span], limit: int) -> Quotation:
    """Quote a sentence of a passage, or as many whole clauses around ``focus`` as ``limit`` lets in.

    ``marks`` are spans of the passage; those inside the quotation are marked in it.
    """
    start, end = _window(text, sentence, focus, limit)
    end = start + len(text[start:end].rstrip("，；、,; \n"))
    prefix = ELLIPSIS if start > sentence[0] else ""
    shift = len(prefix) - start
    inside = tuple((left + shift, right + shift) for left, right in marks if start <= left and right <= end)
    return Quotation(prefix + text[start:end], (start, end), inside)


def _window(text: str, sentence: Span, focus: Span, limit: int) -> Span:
    """Return the span of whole clauses, at most ``limit`` characters, around ``focus``.

    What stands before says of whom it is said, so the window grows to the left first.
    """
    if sentence[1] - sentence[0] <= limit:
        return sentence
    clauses = clause_spans(text, *sentence)
    touched = [number for number, (start, end) in enumerate(clauses) if start < focus[1] and focus[0] < end]
    first = last = touched[0]
    while last < touched[-1] and clauses[last + 1][1] - clauses[first][0] <= limit:
        last += 1
    while first > 0 and clauses[last][1] - clauses[first - 1][0] <= limit:
        first -= 1
    while last + 1 < len(clauses) and clauses[last + 1][1] - clauses[first][0] <= limit:
        last += 1
    start = clauses[first][0]
    return start, min(clauses[last][1], start + limit)
