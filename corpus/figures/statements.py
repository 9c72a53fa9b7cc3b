"""Statements: the rows of tables that are said as one line each, with their title, heads and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.figures.table_rows import Cell, TableRow, is_amount
from corpus.marks import CAPTION_CLOSES, CAPTION_OPENS, CELL_MARK, VALUE_MARK

_LINE = re.compile(rf"[^\n]*[{CELL_MARK}{CAPTION_OPENS}][^\n]*")
_CAPTION = re.compile(rf"{CAPTION_OPENS}(?P<caption>[^{CAPTION_CLOSES}\n]*){CAPTION_CLOSES}")
_CELL = re.compile(rf"[^{CELL_MARK}]+")
# 其中：女性 is a name, not the head 其中 over a cell.
_PART = re.compile(r"\s*(?:其中|其他|[加减])$")
# Words of a cell that are running text: its quantities are read like those of any sentence.
_RUNNING = re.compile(r"[，。；]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """A row that is said as a line, and the parts of the line that are no running text."""

    row: TableRow
    told: tuple[Span, ...]


def find_statements(text: str) -> Iterator[Statement]:
    """The statements of a text whose widths are narrowed, in reading order."""
    if CELL_MARK not in text and CAPTION_OPENS not in text:
        return
    for line in _LINE.finditer(text):
        statement = _read(line[0], line.start())
        if statement is not None:
            yield statement


def _read(line: str, offset: int) -> Statement | None:
    caption = _CAPTION.match(line)
    pieces = [(piece[0], piece.start()) for piece in _CELL.finditer(line, caption.end() if caption else 0)]
    names: list[str] = []
    cells: list[tuple[str, Cell]] = []
    running: list[Span] = []
    for piece, start in pieces:
        pair = _pair(piece, offset + start, bool(cells))
        if pair is not None:
            cells.append(pair)
            piece, start = pair[1].text, pair[1].start - offset
        elif not cells:
            names.append(piece)
        if _RUNNING.search(piece):
            running.append((start, start + len(piece)))
    amounts = any(is_amount(cell.text) for _head, cell in cells)
    if not amounts and (len(pieces) < 2 or (running and not cells)):
        return None  # a line of prose with a bar or a bracket in it
    row = TableRow(caption["caption"] if caption else "", tuple(names), tuple(cells))
    return Statement(row, tuple(_between(running, len(line), offset)))


def _pair(piece: str, start: int, later: bool) -> tuple[str, Cell] | None:
    """Part what stands between two bars into head and cell; None for a name."""
    head, mark, words = piece.rpartition(VALUE_MARK)
    if not is_amount(words.strip()):
        head, mark, words = piece.partition(VALUE_MARK)
        if not later and _PART.match(head):
            return None
    if not mark or not words.strip():
        return None
    lead = len(words) - len(words.lstrip())
    return head, Cell(words.strip(), start + len(head) + 1 + lead)


def _between(running: list[Span], length: int, offset: int) -> Iterator[Span]:
    """What of a line is not running text."""
    position = 0
    for start, end in [*running, (length, length)]:
        if start > position:
            yield offset + position, offset + start
        position = end
