"""Tables in running text: rows whose cells take their indicator from the heads over them.

Two shapes are known: rows of text whose cells are parted by tabs, ``|`` or wide spaces, and
tables that came out of a page with one cell a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from corpus.figures.cell_numbers import is_amount
from corpus.figures.column_heads import close
from corpus.figures.table_rows import Cell, TableRow

# A cell is short; longer lines are sentences.
_LONGEST_CELL = 30
_FEWEST_ROWS = 2
_FEWEST_STACKED_ROWS = 3
_MOST_COLUMNS = 12

_BLANK_CELL = re.compile(r"(?:持平|[-—–/…]+|\.{2,}|)")
_SENTENCE = re.compile(r"[。！？；，]")
_FIRST_HEAD = re.compile(
    r"(?:[一-鿿]{0,4}(?:指标|名称|项目)|地区|年份|产品|类别|分类|行业|区域|品种|科目|时间|月份|城市|县区|区县|市县|单位名称)"
)
_UNIT_HEAD = re.compile(r"(?:计量)?单位$")
_GAP = re.compile(r"\t|\s*\|\s*|[ \u3000]{2,}")
_RULE = re.compile(r"[\s|:=+-]+$")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read; the first cell of each row names the row.

    start, end  characters that the table covers, from its heads to its last row
    caption     the lines above the heads: title and common unit
    """

    start: int
    end: int
    caption: tuple[str, ...]
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def find_tables(text: str) -> list[Table]:
    """The tables of a text whose widths are narrowed, in reading order."""
    lines = _lines(text)
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        found = _row_table(lines, index) or _stacked_table(lines, index)
        if found is None:
            index += 1
            continue
        table, index = found
        tables.append(table)
    return tables


def rows_of(table: Table) -> Iterator[TableRow]:
    """The rows of a table in reading order."""
    caption = "\n".join(table.caption)
    heads = [head.text for head in table.heads]
    for label, *cells in table.rows:
        yield TableRow(caption, (label.text,), tuple(zip(heads[1:], cells, strict=False)))


def _lines(text: str) -> list[Cell]:
    lines, start = [], 0
    for line in text.split("\n"):
        stripped = line.strip(" \u3000\r")
        lines.append(Cell(stripped, start + (line.index(stripped) if stripped else 0)))
        start += len(line) + 1
    return lines


def _row_table(lines: Sequence[Cell], first: int) -> tuple[Table, int] | None:
    """Rows of text: a line of heads, then lines with as many cells, most of them numbers."""
    heads = _cells(lines[first])
    if len(heads) < 2 or _RULE.match(lines[first].text) or any(map(_holds_amount, heads[1:])):
        return None
    rows: list[tuple[Cell, ...]] = []
    index = first + 1
    while index < len(lines) and lines[index].text:
        cells = _cells(lines[index])
        if not _RULE.match(lines[index].text):
            if len(cells) != len(heads) or not any(map(_holds_amount, cells[1:])):
                break
            rows.append(cells)
        index += 1
    if len(rows) < _FEWEST_ROWS:
        return None
    return Table(lines[first].start, rows[-1][-1].end, _caption(lines, first), heads, tuple(rows)), index


def _holds_amount(cell: Cell) -> bool:
    return is_amount(cell.text)


def _cells(line: Cell) -> tuple[Cell, ...]:
    """The cells of a line; a border of ``|`` at its ends is no cell."""
    if _SENTENCE.search(line.text[: 4 * _LONGEST_CELL]) or not _GAP.search(line.text):
        return (line,)
    body = line.text.strip("|")
    offset = line.start + line.text.index(body) if body else line.start
    cells, start = [], 0
    for gap in [*_GAP.finditer(body), None]:
        piece = body[start : gap.start() if gap else len(body)]
        bare = piece.strip()
        cells.append(Cell(bare, offset + start + (piece.index(bare) if bare else 0)))
        start = gap.end() if gap else start
    return tuple(dropwhile(lambda cell: not cell.text, cells))


def _stacked_table(lines: Sequence[Cell], first: int) -> tuple[Table, int] | None:
    """One cell a line: a first head (指标, 名称), further heads, then rows of one name and as many numbers."""
    if not _is_cell(lines[first]) or not _FIRST_HEAD.fullmatch(close(lines[first].text)):
        return None
    index = first + 1
    while (
        index < len(lines)
        and index - first <= 3 * _MOST_COLUMNS
        and _is_cell(lines[index])
        and not _is_value(lines[index])
    ):
        index += 1
    count = 0
    while index + count < len(lines) and count < _MOST_COLUMNS and _is_value(lines[index + count]):
        count += 1
    has_unit = index - 1 > first and _UNIT_HEAD.match(close(lines[first + 1].text)) is not None
    width = 1 + has_unit + count
    if not count or index - first <= width:
        return None
    heads = tuple(lines[first : first + width])
    rows, index = _stacked_rows(lines, first + width, count, has_unit)
    if len(rows) < _FEWEST_STACKED_ROWS:
        return None
    return Table(heads[0].start, rows[-1][-1].end, _caption(lines, first), heads, tuple(rows)), index


def _stacked_rows(
    lines: Sequence[Cell], index: int, count: int, has_unit: bool
) -> tuple[list[tuple[Cell, ...]], int]:
    """Rows from a line on; a line without numbers after it is a heading inside the table."""
    rows: list[tuple[Cell, ...]] = []
    names: list[Cell] = []
    while index < len(lines) and _is_cell(lines[index]) and len(names) <= 3:
        values = lines[index : index + count]
        if names and len(values) == count and all(map(_is_value, values)):
            label = names[-2] if has_unit and len(names) > 1 else names[-1]
            unit = [names[-1]] if has_unit else []
            rows.append((label, *unit, *values))
            names = []
            index += count
        elif _is_value(lines[index]):
            break
        else:
            names.append(lines[index])
            index += 1
    return rows, index - len(names)


def _is_cell(line: Cell) -> bool:
    return 0 < len(line.text) <= _LONGEST_CELL and not _SENTENCE.search(line.text)


def _is_value(line: Cell) -> bool:
    return bool(line.text) and bool(is_amount(line.text) or _BLANK_CELL.fullmatch(line.text))


def _caption(lines: Sequence[Cell], first: int) -> tuple[str, ...]:
    """The one or two short lines above the heads."""
    above: list[str] = []
    for line in reversed(lines[max(0, first - 2) : first]):
        if not _is_cell(line):
            break
        above.insert(0, line.text)
    return tuple(above)
