"""Figures as files for a spreadsheet: CSV and XLSX, and nothing in them is a formula."""

from __future__ import annotations

import csv
import errno
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from corpus.messages import Message, says
from retrieval.errors import RetrievalError
from retrieval.words.listing import display_width
from retrieval.words.phrases import KIND_SAID, STATUS_SAID
from retrieval.words.wording import BOUND_SIGNS

Cell = str | int | Decimal | date | None
# Says a message in the language of who gets the file.
Say = Callable[[Message], str]

HEADS = {
    code.removeprefix("head."): says(code, chinese)
    for code, chinese in (
        ("head.row", "序号"), ("head.report", "报告"), ("head.place", "地区"), ("head.passage", "段落"),
        ("head.location", "位置"), ("head.indicator", "指标"), ("head.series", "统一名称"),
        ("head.value", "数值"), ("head.value_to", "数值上限"), ("head.unit", "单位"),
        ("head.amount", "折算数值"), ("head.amount_to", "折算上限"), ("head.base_unit", "折算单位"),
        ("head.kind", "类别"), ("head.bound", "界限"), ("head.direction", "升降"),
        ("head.basis", "对比基准"), ("head.period", "时间"), ("head.first_day", "起始日"),
        ("head.last_day", "截止日"), ("head.status", "性质"), ("head.quote", "原文"),
        ("head.start", "起始字"), ("head.end", "结束字"), ("head.file", "文件"),
        ("head.printed", "原文时间"), ("head.times", "处数"), ("head.others", "其他位置"),
    )
}  # fmt: skip
WORDS: dict[str, dict[Any, Message]] = {
    "kind": {**KIND_SAID},
    "bound": {bound: Message(sign) for bound, sign in BOUND_SIGNS.items()},
    "direction": {"+": says("direction.up", "上升"), "-": says("direction.down", "下降")},
    "status": {**STATUS_SAID},
}
# A cell that begins with one of these may be run when a spreadsheet reads it from a CSV file
# (OWASP, CSV Injection); some read the full-width signs as the narrow ones.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")
# Limits of Excel: digits of a number, characters of a cell, rows of a sheet, and its first day.
MOST_DIGITS = 15
MOST_CHARACTERS = 32_767
MOST_ROWS = 1_048_576
FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a 29 February 1900 that there was not
WIDTHS = 6, 60  # of a sheet's columns, in characters
HEAD_WIDTH = 18  # from which a head is broken into lines
WRITE_ERRORS = {
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "文件夹不存在",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.EACCES: "没有写入的权限，或者文件正在 Excel 中打开",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "文件名太长",
}


def to_csv(frame: pd.DataFrame, say: Say = str) -> bytes:
    """Return a table as CSV: UTF-8 with a byte order mark, by which Excel shows Chinese.

    Text that a spreadsheet would take for a formula gets a ``'`` in front.  All text is quoted,
    so that no program sees two cells where one has a semicolon in it.
    """
    heads, rows = _cells(frame, say)
    file = StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(map(_csv_cell, heads))
    writer.writerows(map(_csv_cell, row) for row in rows)
    return file.getvalue().encode("utf-8-sig", errors="replace")


def to_xlsx(frame: pd.DataFrame, say: Say = str) -> bytes:
    """Return a table as an Excel file; the row of heads stays in view, numbers are numbers.

    So do the indicators where they are among the first columns.  A number of more digits than Excel
    keeps is written as text.  Raises RetrievalError for more rows than a sheet holds.
    """
    if len(frame) >= MOST_ROWS:
        raise RetrievalError(
            says(
                "export.rows",
                "数据有 {number} 行，超过 Excel 的上限。请用条件缩小范围，或导出为 CSV。",
                number=len(frame),
            )
        )
    heads, rows = _cells(frame, say)
    file = BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **as_text}) as workbook:
        sheet = workbook.add_worksheet(say(says("sheet.figures", "数据")))
        styles = {
            "head": workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            # The text stays text when somebody edits the cell.
            "text": workbook.add_format({"quote_prefix": True}),
            "whole": workbook.add_format({"num_format": "0"}),
            "number": workbook.add_format(),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        }
        sheet.write_row(0, 0, heads, styles["head"])
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, cell, styles)
        for column, head in enumerate(heads):
            longest = max((display_width(_shown(row[column])) for row in rows), default=0)
            named = min(display_width(head), HEAD_WIDTH)
            sheet.set_column(column, column, min(max(longest, named, WIDTHS[0]), WIDTHS[1]) + 1)
        name = say(HEADS["indicator"])
        # What a row is about stays in view, too, where it stands in front.
        sheet.freeze_panes(1, heads.index(name) + 1 if name in heads[:2] else 0)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    return file.getvalue()


def to_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table as JSON values; numbers are decimal strings, so that none is rounded, days ISO 8601."""
    return [
        {name: str(cell) if isinstance(cell, Decimal | date) else cell for name, cell in row.items()}
        for row in _records(frame)
    ]


def save(data: bytes, path: Path) -> None:
    """Write an exported file; raise RetrievalError, with what to do, where that cannot be."""
    try:
        path.write_bytes(data)
    except OSError as error:
        reason = WRITE_ERRORS.get(error.errno or 0, error.strerror or str(error))
        text = says(
            "export.unwritable",
            "无法写入“{path}”：{reason}。请改正后再试，或者换一个文件夹或文件名。",
            path=str(path),
            reason=reason,
        )
        raise RetrievalError(text) from error


def _cells(frame: pd.DataFrame, say: Say) -> tuple[list[str], list[list[Cell]]]:
    """Return the heads of a table and its rows, in words where there are some for them."""
    heads = [say(HEADS[name]) if name in HEADS else name for name in frame.columns]
    said = {name: {value: say(told) for value, told in words.items()} for name, words in WORDS.items()}
    rows = [[said.get(name, {}).get(cell, cell) for name, cell in row.items()] for row in _records(frame)]
    return heads, rows


def _records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in frame.itertuples(index=False):
        yield dict(zip(frame.columns, map(_plain, row), strict=True))


def _plain(value: Any) -> Any:
    """Return a cell as the Python value that it stands for; None where it is missing."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, float):
        return Decimal(repr(float(value)))
    return value if isinstance(value, Decimal | str | date) else int(value)


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _csv_cell(cell: Cell) -> str | Decimal:
    if isinstance(cell, int | Decimal):
        return Decimal(f"{Decimal(cell):f}")  # 1E+11 as 100000000000
    text = _shown(cell)
    risky = text.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, styles: dict[str, Format]) -> None:
    if isinstance(cell, int | Decimal) and len(Decimal(cell).as_tuple().digits) <= MOST_DIGITS:
        whole = cell == int(cell)
        sheet.write_number(row, column, float(cell), styles["whole" if whole else "number"])
    elif isinstance(cell, date) and cell >= FIRST_DAY:
        sheet.write_datetime(row, column, cell, styles["day"])
    elif text := _shown(cell):
        # A character that no file can hold becomes a question mark.
        text = text.encode("utf-8", errors="replace").decode()
        sheet.write_string(row, column, text[:MOST_CHARACTERS], styles["text"])
