"""Statements: the rows of tables that are said as one line each, with their title, heads and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.figures.cell_numbers import is_amount
from corpus.figures.table_rows import Cell, TableRow
from corpus.marks import CAPTION_OPENS, CELL_MARK, VALUE_MARK
from corpus.row_lines import Part, read_row

_LINE = re.compile(rf"[^\n]*[{CELL_MARK}{CAPTION_OPENS}][^\n]*")
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
    said = read_row(line, offset)
    if said is None:
        return None
    names: list[str] = []
    cells: list[tuple[str, Cell]] = []
    running: list[Span] = []
    for part in said.parts:
        if part.head:
            pair = _pair(part)
            cells.append(pair)
            text, start = pair[1].text, pair[1].start - offset
        else:
            text, start = part.text, part.start - offset
            if not cells:
                names.append(text)
        if _RUNNING.search(text):
            running.append((start, start + len(text)))
    amounts = any(is_amount(cell.text) for _head, cell in cells)
    if not amounts and (len(said.parts) < 2 or (running and not cells)):
        return None  # a line of prose with a bar or a bracket in it
    row = TableRow(said.caption, tuple(names), tuple(cells))
    return Statement(row, tuple(_between(running, len(line), offset)))


def _pair(part: Part) -> tuple[str, Cell]:
    """Return head and cell of a part; of a cell that ends with a name and its amount that amount."""
    words, mark, amount = part.text.rpartition(VALUE_MARK)
    bare = amount.strip()
    if not mark or not is_amount(bare) or is_amount(part.text):
        return part.head, Cell(part.text, part.text_start)
    return f"{part.head}{VALUE_MARK}{words}", Cell(bare, part.end - len(bare))


def _between(running: list[Span], length: int, offset: int) -> Iterator[Span]:
    """What of a line is not running text."""
    position = 0
    for start, end in [*running, (length, length)]:
        if start > position:
            yield offset + position, offset + start
        position = end
