"""The files of an answer's figures, opened as a spreadsheet would."""

from __future__ import annotations

import csv
import json
from base64 import b64decode
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from corpus.identity import Identity
from retrieval.answer import CitedFigure
from retrieval.render.export import FORMULA_STARTS, HEADS
from tests.web.samples import answer, figure, passage
from web.i18n import words
from web.table import COLUMNS, downloads

CHINESE = words("zh-CN")
IDENTITIES = {"样例公报.txt": Identity(place="样例市", day=date(2025, 1, 20))}
CASES = Path(__file__).parents[1] / "cases" / "web" / "hostile_texts.jsonl"
HOSTILE = [json.loads(line)["text"] for line in CASES.read_text("utf-8").splitlines()]


def contents(figures: tuple[CitedFigure, ...]) -> tuple[list[list[str]], list[list[Any]]]:
    """Return the rows of the CSV and of the Excel file."""
    as_csv, as_xlsx = (
        b64decode(file.address.split(",", 1)[1]) for file in downloads(figures, IDENTITIES, CHINESE)
    )
    sheet = load_workbook(BytesIO(as_xlsx)).worksheets[0]
    rows = csv.reader(StringIO(as_csv.decode("utf-8-sig")))
    return list(rows), [list(row) for row in sheet.iter_rows(values_only=True)]


def test_both_files_have_the_figures_of_the_answer_in_order() -> None:
    figures = (*answer().figures, figure("42.5万吨", passage(), period="2024年"))
    as_csv, as_xlsx = contents(figures)
    assert as_csv[0] == as_xlsx[0] == [HEADS[name].text for name in COLUMNS]
    for name, column in ((name, COLUMNS.index(name)) for name in ("indicator", "unit", "quote", "location")):
        expected = [getattr(one, name, one.passage.location) for one in figures]
        assert [row[column] for row in as_csv[1:]] == expected
        assert [row[column] for row in as_xlsx[1:]] == expected
    last = dict(zip(COLUMNS, as_xlsx[-1], strict=True))
    assert (last["value"], last["amount"], last["base_unit"]) == (42.5, 425000, "吨")
    assert (last["place"], last["first_day"], last["last_day"]) == (
        "样例市",
        datetime(2024, 1, 1),
        datetime(2024, 12, 31),
    )


@pytest.mark.parametrize("text", [*HOSTILE, "=1+1", "@SUM(A1)", "＝cmd|'/c calc'!A1", "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    hostile = replace(answer().figures[0], indicator=text, period=text, quote=text, unit=text)
    rows, _ = contents((hostile,))
    assert len(rows) == 2
    assert not [cell for cell in rows[1] if cell.startswith(FORMULA_STARTS)]
    content = b64decode(downloads((hostile,), IDENTITIES, CHINESE)[1].address.split(",", 1)[1])
    cells = [cell for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_a_report_that_is_not_known_any_more_keeps_its_figures() -> None:
    gone = replace(answer().figures[0], passage=passage(report="已删除.txt"))
    _, rows = contents((gone,))
    assert rows[1][COLUMNS.index("place")] is None
    assert rows[1][COLUMNS.index("value")] == 42.5
