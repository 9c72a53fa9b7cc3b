"""Tables: figures in cells, which take their indicator from the heads of their row and column.

Two shapes are known: rows of text whose cells are parted by tabs, ``|`` or wide spaces, and
tables that came out of a page with one cell a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.figures.figure import Direction, Figure, Kind
from corpus.figures.numerals import ARABIC
from corpus.figures.period import find_periods
from corpus.figures.units import match_unit

# A cell is short; longer lines are sentences.
_LONGEST_CELL = 30
_FEWEST_ROWS = 2
_FEWEST_STACKED_ROWS = 3
_MOST_COLUMNS = 12

_NUMBER = re.compile(rf"(?P<value>[+-]?(?:{ARABIC}))(?P<unit>[^\d\s]{{0,8}})")
_BLANK_CELL = re.compile(r"(?:持平|[-—–/…]+|\.{2,}|)")
_SENTENCE = re.compile(r"[。！？；，]")
_FIRST_HEAD = re.compile(
    r"(?:[一-鿿]{0,4}(?:指标|名称|项目)|地区|年份|产品|类别|分类|行业|区域|品种|科目|时间|月份|城市|县区|区县|市县|单位名称)"
)
_PLAIN_HEAD = re.compile(
    r"指标值|数值|绝对数|绝对值|绝对量|实际完成|完成数|本期|总量|合计|全年|累计|金额|年末数|期末数|余额|总额|实绩|本年|当年"
)
_CHANGE_HEAD = re.compile(r"增长|增速|±|比上年|比年初|同比|环比|增减|涨幅|增加|涨跌|上年＝100")
_BASIS = re.compile(r"同比|环比|比[^（(增减±]{1,8}")
_UNIT_NOTE = re.compile(r"[（(](?P<unit>[^（）()]{1,8})[）)]$")
_TABLE_UNIT = re.compile(r"[（(]?单位[:：]\s*(?P<unit>[^\s，、；）)]{1,8})[）)]?$")
_UNIT_HEAD = re.compile(r"(?:计量)?单位$")
_GAP = re.compile(r"\t|\s*\|\s*|[ \u3000]{2,}")
_RULE = re.compile(r"[\s|:=+-]+$")
_MARKS = re.compile(r"^(?:[#*＃]|其中[:：]?|\d{1,2}[.、．])+")


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of one cell and where it stands in the report: ``report[start:end] == text``."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Character after the cell."""
        return self.start + len(self.text)


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


def table_figures(text: str, table: Table) -> Iterator[Figure]:
    """The figures of a table in reading order; ``text`` is the report as printed."""
    common = next((found["unit"] for line in table.caption if (found := _TABLE_UNIT.search(line))), "")
    titled = [period.text for line in table.caption for period in find_periods(line)]
    for row in table.rows:
        unit_cell = next(
            (
                cell
                for cell, head in zip(row, table.heads, strict=False)
                if _UNIT_HEAD.match(_close(head.text))
            ),
            None,
        )
        for cell, head in zip(row[1:], table.heads[1:], strict=False):
            figure = _figure(text, cell, head, row[0], unit_cell, common, titled[-1] if titled else None)
            if figure is not None and cell is not unit_cell:
                yield figure


def _figure(
    text: str, cell: Cell, head: Cell, label: Cell, unit_cell: Cell | None, common: str, titled: str | None
) -> Figure | None:
    number = _NUMBER.fullmatch(cell.text)
    name = _close(_UNIT_NOTE.sub("", _MARKS.sub("", label.text)))
    if number is None or not name:
        return None
    changes = bool(_CHANGE_HEAD.search(head.text))
    unit = number["unit"] or _noted_unit(head.text) or ""
    if not unit and not (changes and "±" in head.text):
        unit = _noted_unit(label.text) or (unit_cell.text if unit_cell else "") or common
    value = Decimal(number["value"].replace(",", "").replace(" ", ""))
    kind: Kind = "change" if changes else "level"
    direction: Direction | None = ("-" if value < 0 else "+") if changes else None
    basis = _BASIS.search(head.text) if changes else None
    column = _close(_UNIT_NOTE.sub("", head.text))
    timed = find_periods(column)
    spoken = "" if timed or changes or _PLAIN_HEAD.fullmatch(column) else column
    return Figure(
        indicator=f"{name} {spoken}" if spoken else name,
        value=value,
        unit=unit,
        kind=kind,
        direction=direction,
        basis=basis[0] if basis else None,
        period=timed[0].text if timed and not changes else titled,
        quote=text[cell.start : cell.end],
        start=cell.start,
        end=cell.end,
    )


def _close(words: str) -> str:
    """指     标 -> 指标: spaces that only spread a cell's characters."""
    return re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", words).strip()


def _noted_unit(head: str) -> str:
    """产量（万吨） -> 万吨, 同比增长（±%） -> %."""
    note = _UNIT_NOTE.search(head)
    if note is None:
        return ""
    unit = note["unit"].lstrip("±+-")
    found = match_unit(unit, 0)
    return unit if found and found.end == len(unit) else ""


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
    if len(heads) < 2 or _RULE.match(lines[first].text) or any(map(_is_amount, heads[1:])):
        return None
    rows: list[tuple[Cell, ...]] = []
    index = first + 1
    while index < len(lines) and lines[index].text:
        cells = _cells(lines[index])
        if not _RULE.match(lines[index].text):
            if len(cells) != len(heads) or not any(map(_is_amount, cells[1:])):
                break
            rows.append(cells)
        index += 1
    if len(rows) < _FEWEST_ROWS:
        return None
    return Table(lines[first].start, rows[-1][-1].end, _caption(lines, first), heads, tuple(rows)), index


def _is_amount(cell: Cell) -> bool:
    number = _NUMBER.fullmatch(cell.text)
    if number is None or find_periods(cell.text):
        return False
    unit = match_unit(number["unit"], 0) if number["unit"] else None
    return not number["unit"] or (unit is not None and unit.end == len(number["unit"]))


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
    while cells and not cells[0].text:
        cells.pop(0)
    return tuple(cells)


def _stacked_table(lines: Sequence[Cell], first: int) -> tuple[Table, int] | None:
    """One cell a line: a first head (指标, 名称), further heads, then rows of one name and as many numbers."""
    if not _is_cell(lines[first]) or not _FIRST_HEAD.fullmatch(_close(lines[first].text)):
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
    has_unit = index - 1 > first and _UNIT_HEAD.match(_close(lines[first + 1].text)) is not None
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
    return bool(line.text) and bool(_is_amount(line) or _BLANK_CELL.fullmatch(line.text))


def _caption(lines: Sequence[Cell], first: int) -> tuple[str, ...]:
    """The one or two short lines above the heads."""
    above: list[str] = []
    for line in reversed(lines[max(0, first - 2) : first]):
        if not _is_cell(line):
            break
        above.insert(0, line.text)
    return tuple(above)
