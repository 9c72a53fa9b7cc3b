"""Tables in files of their own: CSV and Excel workbooks, each row said with its heads."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from openpyxl import load_workbook

from corpus.document import RepairStep
from corpus.errors import TooLargeReportError, UnsafeReportError
from corpus.extracted import Extracted
from corpus.messages import says
from corpus.names import shown
from corpus.readers.displayed import displayed
from corpus.readers.lines import Lines
from corpus.readers.text import read_text
from corpus.tables import Cell

MOST_CELLS = 500_000  # of a file; more are a database, no report
SHEET_LEVEL = (
    2  # of a sheet's name as a heading; the title of the workbook stands above it, or is its file's name
)
DELIMITERS = ",\t;|"
SAMPLE_LINES = 50
DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s?\d*", re.IGNORECASE)
# A formula that no program has computed yet: it has no value.
UNCOMPUTED = re.compile(rb"(?:</f>|<f[^<>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
MERGED = re.compile(rb'<mergeCell [^>]*ref="([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})"')
MOST_MERGED = 1_000_000  # cells in merged ones; every one of them takes memory
VALUE_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")


def read_csv(data: bytes, name: str) -> Extracted:
    """Read a table in text, its columns parted by commas, tabs, semicolons or bars."""
    read = read_text(data, name)
    # The limit is the whole program's: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), len(read.text) + 1))
    rows = csv.reader(io.StringIO(read.text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(read.text))
    lines = Lines()
    cells = [
        Cell(text.strip(), number, column)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text.strip()
    ]
    last = max((cell.row for cell in cells), default=-1)
    _add_cells(lines, cells, range(1, last + 2), name)
    return lines.extracted(*read.notes)


def _delimiter(text: str) -> str:
    """Return the mark that parts the most lines into as many columns, of several the one with the most."""
    sample = [line for line in text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES] if line.strip()]

    def fitness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in sample if mark in line]
        usual = max(set(counts), key=counts.count, default=0)
        return counts.count(usual) if usual else 0, usual

    return max(DELIMITERS, key=fitness)


def read_workbook(data: bytes, name: str) -> Extracted:
    """Read an Excel workbook: what its visible sheets print, the values of formulas as last computed."""
    _check_merges(data, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out: pictures, styles
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    lines = Lines()
    left = MOST_CELLS
    for sheet in sheets:
        cells, rows = _sheet_cells(sheet)
        lines.begin_sheet(sheet.title)
        named = bool(cells) and (len(sheets) > 1 or not DEFAULT_NAME.fullmatch(sheet.title))
        titled = (
            named and _same_words(cells[0].text, sheet.title) and sum(not cell.row for cell in cells) == 1
        )
        if named and not titled:
            lines.add(sheet.title, SHEET_LEVEL)
        left -= len(cells)
        _add_cells(lines, cells, rows, name, left, SHEET_LEVEL if titled else None)
    return lines.extracted(*_notes(data, len(book.worksheets) - len(sheets)))


def _same_words(title: str, name: str) -> bool:
    """True for a title in the first row that only says the sheet's name again."""
    return "".join(title.split()) == "".join(name.split())


def _check_merges(data: bytes, name: str) -> None:
    """Refuse merged cells over whole sheets: openpyxl makes every cell of them."""
    merged = 0
    for part in _sheet_parts(data):
        for span in MERGED.findall(part):
            columns, rows = _column_number(span[2]) - _column_number(span[0]), int(span[3]) - int(span[1])
            merged += (abs(columns) + 1) * (abs(rows) + 1)
    if merged > MOST_MERGED:
        raise UnsafeReportError(
            says(
                "file.merged",
                "“{name}”把上百万个单元格合并在一起，不像正常的表格，没有打开。请取消这些合并，另存后再试。",
                name=shown(name),
            )
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheet_parts(data: bytes) -> Iterable[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                yield archive.read(part)


def _notes(data: bytes, hidden: int) -> Iterable[RepairStep]:
    if hidden:
        yield RepairStep("略去隐藏的工作表", "隐藏的工作表打开时看不见", hidden)
    uncomputed = sum(len(UNCOMPUTED.findall(part)) for part in _sheet_parts(data))
    if uncomputed:
        reason = "公式还没有算过，单元格里没有数；用 Excel 或 WPS 打开并保存一次就有了"
        yield RepairStep("缺少公式的结果", reason, uncomputed)


def _sheet_cells(sheet: Any) -> tuple[list[Cell], list[int]]:
    """Return a sheet's cells that print something, where they stand among those rows and columns, and the rows.

    Empty rows and columns are left out: a file may have one cell in the first row and one in the millionth.
    """
    # The public iterators also visit every empty cell between.
    filled = {
        (cell.row, cell.column): text
        for cell in sheet._cells.values()
        if (text := displayed(cell.value, cell.number_format).strip()) and not VALUE_ERROR.fullmatch(text)
    }
    rows = sorted({row for row, _column in filled})
    columns = sorted({column for _row, column in filled})
    last = {(span.min_row, span.min_col): (span.max_row, span.max_col) for span in sheet.merged_cells.ranges}
    cells = []
    for (row, column), text in sorted(filled.items()):
        last_row, last_column = last.get((row, column), (row, column))
        top, left = bisect_left(rows, row), bisect_left(columns, column)
        height, width = bisect_right(rows, last_row) - top, bisect_right(columns, last_column) - left
        cells.append(Cell(text, top, left, height, width))
    return cells, rows


def _add_cells(
    lines: Lines,
    cells: Sequence[Cell],
    rows: Sequence[int],
    name: str,
    left: int | None = None,
    level: int | None = None,
) -> None:
    """Add a sheet's titles and its table; ``rows`` are the numbers of its rows in the file.

    level  that of the first title as a heading, None where it is none
    """
    if (MOST_CELLS - len(cells) if left is None else left) < 0:
        raise TooLargeReportError(
            says(
                "file.cells",
                "“{name}”的单元格超过 {wan} 万个，是数据库而不是报告。请只留下要问的表，另存后再试。",
                name=shown(name),
                wan=MOST_CELLS // 10_000,
            )
        )
    first = _add_titles(lines, cells, rows, level)
    body = [replace(cell, row=cell.row - first) for cell in cells if cell.row >= first]
    lines.add_table(body, rows[first:])


def _add_titles(lines: Lines, cells: Sequence[Cell], rows: Sequence[int], level: int | None) -> int:
    """Add the rows at the top that hold one cell each, titles and notes, as lines; return the row after them."""
    filled = Counter(cell.row for cell in cells)
    row = 0
    while filled[row] == 1:
        lines.add(cells[row].text, level if row == 0 else None, row=rows[row])
        row += 1
    return row
