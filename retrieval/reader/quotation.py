"""Compose the text of an answer: the sentence that answers, cut to what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from corpus.marks import is_table_row
from corpus.row_lines import Part, RowLine
from corpus.row_words import row_at, word_row
from retrieval.answer import CitedFigure
from retrieval.search.sentences import Span, clause_spans

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
    return is_table_row(line) or (figure.unit not in figure.quote and figure.kind != "rank")


def cell(figure: CitedFigure) -> Quotation:
    """Quote a table's cell as a statement, with the head of its row and its unit."""
    unit = "" if figure.quote.endswith(figure.unit) else figure.unit
    text = f"{figure.indicator}：{figure.quote}{unit}"
    marks = ((len(figure.indicator) + 1, len(text)),)
    return Quotation(text, (figure.start, figure.end), marks)


def quote(text: str, sentence: Span, focus: Span, marks: Iterable[Span], limit: int) -> Quotation:
    """Quote a sentence of a passage, or as many whole clauses around ``focus`` as ``limit`` lets in.

    ``marks`` are spans of the passage; those inside the quotation are marked in it.  The row of a table
    is said in words.
    """
    if row := row_at(text, sentence[0]):
        return _row_quotation(text, row, sentence, focus, marks, limit)
    start, end = _window(text, sentence, focus, limit)
    end = start + len(text[start:end].rstrip("，；、,; \n"))
    prefix = ELLIPSIS if start > sentence[0] else ""
    shift = len(prefix) - start
    inside = tuple((left + shift, right + shift) for left, right in marks if start <= left and right <= end)
    return Quotation(prefix + text[start:end], (start, end), inside)


def _row_quotation(
    text: str, row: RowLine, sentence: Span, focus: Span, marks: Iterable[Span], limit: int
) -> Quotation:
    """Quote a row: its names, and as many of its values around ``focus`` as ``limit`` lets in."""
    values = row.values
    touched = [at for at, part in enumerate(values) if part.start < focus[1] and focus[0] < part.end]
    first, last = (touched[0], touched[-1]) if touched else (0, 0)

    def fits(first: int, last: int) -> bool:
        return sum(len(part.head) + len(part.text) + 2 for part in values[first : last + 1]) <= limit

    first, last = _grown(first, last, range(len(values)), fits)
    worded = word_row(row, [_cut(text, part, sentence, focus, limit) for part in values[first : last + 1]])
    return Quotation(worded.text, (row.start, row.end), worded.spans(marks))


def _grown(first: int, last: int, among: range, fits: Callable[[int, int], bool]) -> tuple[int, int]:
    """Return the first and last of the longest run that fits around some parts, grown to the left first:
    what stands before says of whom it is said."""
    while first - 1 in among and fits(first - 1, last):
        first -= 1
    while last + 1 in among and fits(first, last + 1):
        last += 1
    return first, last


def _cut(text: str, part: Part, sentence: Span, focus: Span, limit: int) -> Part:
    """Return a value as it is, or, where it is a text, the clauses of it around ``focus``."""
    if len(part.text) <= limit:
        return part
    inside = max(part.text_start, sentence[0]), min(part.end, sentence[1])
    within = max(inside[0], focus[0]), min(inside[1], focus[1])
    if within[0] >= within[1]:
        return replace(part, text=part.text[:limit])
    start, end = _window(text, inside, within, limit)
    return replace(part, text=text[start:end].strip(), text_start=start)


def _window(text: str, sentence: Span, focus: Span, limit: int) -> Span:
    """Return the span of whole clauses, at most ``limit`` characters, around ``focus``."""
    if sentence[1] - sentence[0] <= limit:
        return sentence
    clauses = clause_spans(text, *sentence)
    touched = [number for number, (start, end) in enumerate(clauses) if start < focus[1] and focus[0] < end]

    def fits(first: int, last: int) -> bool:
        return clauses[last][1] - clauses[first][0] <= limit

    first, last = _grown(touched[0], touched[0], range(touched[0], touched[-1] + 1), fits)
    first, last = _grown(first, last, range(len(clauses)), fits)
    start = clauses[first][0]
    end = min(clauses[last][1], start + limit)
    while text[end - 1 : end].isdigit() and text[end : end + 1].isdigit():
        end -= 1  # a number is told whole or not at all
    return start, end
