"""Exports: reopened, they hold what was put in, as numbers, days and text, and no formula."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import RetrievalError
from retrieval.facts.ledger import COLUMNS
from retrieval.render.export import HEADS, save, to_csv, to_records, to_xlsx
from retrieval.words.listing import display_width, listing

ROW: dict[str, Any] = {
    "row": 1, "report": "甲.txt", "place": None, "passage": 3, "location": "甲.txt 第2段（第4行）",
    "indicator": "工业总产值", "series": "工业总产值", "value": Decimal("1.20"), "value_to": None, "unit": "万亿元",
    "amount": Decimal("1.20E+12"), "amount_to": None, "base_unit": "元", "kind": "change", "bound": ">=",
    "direction": "-", "basis": "同比", "period": "去年", "first_day": "2023-01-01", "last_day": "2023-12-31",
    "status": "target", "quote": "1.20万亿元", "start": 7, "end": 13,
}  # fmt: skip
LINK = '=HYPERLINK("http://a.example","点我")'
HOSTILE = [LINK, "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "＝1+1", "\n=1"]


def frame_of(*changes: dict[str, Any]) -> pd.DataFrame:
    rows = [ROW | change for change in changes]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def read_sheet(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data)).active


def cells(sheet: Any) -> dict[str, Any]:
    return {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}


def test_csv_is_what_excel_takes_for_chinese() -> None:
    data = to_csv(frame_of({}))
    assert data.startswith(b"\xef\xbb\xbf")
    [row] = read_csv(data)
    assert list(row) == [HEADS[name].text for name in COLUMNS]
    assert (row["指标"], row["数值"], row["折算数值"], row["地区"]) == (
        "工业总产值",
        "1.20",
        "1200000000000",
        "",
    )
    assert (row["类别"], row["界限"], row["升降"], row["性质"]) == ("变化", "≥", "下降", "目标")
    assert (row["起始日"], row["段落"]) == ("2023-01-01", "3")


def test_numbers_are_bare_in_csv_and_all_text_is_quoted() -> None:
    line = to_csv(frame_of({})).decode("utf-8-sig").splitlines()[1]
    assert line.startswith('1,"甲.txt","",3,')
    assert ',1.20,"","万亿元",1200000000000,' in line


def test_xlsx_has_numbers_and_days() -> None:
    sheet = read_sheet(to_xlsx(frame_of({})))
    found = cells(sheet)
    assert sheet.freeze_panes == "A2"
    assert (found["数值"].value, found["数值"].data_type) == (1.2, "n")
    assert (found["折算数值"].value, found["折算数值"].number_format) == (1_200_000_000_000, "0")
    assert found["起始日"].value == datetime(2023, 1, 1)
    assert found["地区"].value is None
    assert (found["类别"].value, found["升降"].value, found["性质"].value) == ("变化", "下降", "目标")
    assert sheet.column_dimensions["E"].width > display_width(ROW["location"])


def test_what_excel_cannot_hold_is_written_as_text() -> None:
    long = Decimal("1234567890123456789.5")
    found = cells(
        read_sheet(to_xlsx(frame_of({"value": long, "first_day": "1896-01-01", "quote": "长" * 40_000})))
    )
    assert found["数值"].value == str(long)
    assert found["起始日"].value == "1896-01-01"
    assert len(found["原文"].value) == 32_767


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    names = ["report", "place", "location", "indicator", "series", "unit", "basis", "period", "quote"]
    frame = frame_of(dict.fromkeys(names, text))
    sheet = read_sheet(to_xlsx(frame))
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert cells(sheet)["指标"].quotePrefix
    [row] = read_csv(to_csv(frame))
    assert [row[HEADS[name].text] for name in names] == [f"'{text}"] * len(names)


@pytest.mark.parametrize("text", ["-3.5", "2.96%", "+1,000", "工业=制造", "a@b", "3-5"])
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    frame = frame_of({"indicator": text})
    assert read_csv(to_csv(frame))[0]["指标"] == text
    assert cells(read_sheet(to_xlsx(frame)))["指标"].value == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_text_comes_back_from_both(text: str) -> None:
    frame = frame_of({"indicator": text})
    assert read_csv(to_csv(frame))[0]["指标"].removeprefix("'") == text.removeprefix("'")
    assert (cells(read_sheet(to_xlsx(frame)))["指标"].value or "") == text


def test_a_half_character_does_not_stop_an_export() -> None:
    frame = frame_of({}).astype({"indicator": "object"})
    frame["indicator"] = pd.Series(["半\ud800个"], dtype="object")
    assert read_csv(to_csv(frame))[0]["指标"] == "半?个"
    assert cells(read_sheet(to_xlsx(frame)))["指标"].value == "半?个"


def test_a_table_without_rows_has_its_heads() -> None:
    assert read_csv(to_csv(frame_of())) == []
    assert [cell.value for cell in read_sheet(to_xlsx(frame_of()))[1]] == [
        HEADS[name].text for name in COLUMNS
    ]


def test_columns_of_other_types_keep_their_values() -> None:
    frame = pd.DataFrame({"quote": [0.25], "first_day": [date(2023, 5, 1)], "share": [7]})
    assert read_csv(to_csv(frame)) == [{"原文": "0.25", "起始日": "2023-05-01", "share": "7"}]
    found = cells(read_sheet(to_xlsx(frame)))
    assert [found[name].value for name in ("原文", "起始日", "share")] == [0.25, datetime(2023, 5, 1), 7]


def test_records_are_exact() -> None:
    [record] = to_records(frame_of({}))
    assert record == ROW | {"value": "1.20", "amount": "1.20E+12"}


def test_a_file_that_cannot_be_written_is_said_in_chinese(tmp_path: Path) -> None:
    save(b"1", tmp_path / "数据.csv")
    assert (tmp_path / "数据.csv").read_bytes() == b"1"
    with pytest.raises(RetrievalError, match="文件夹不存在"):
        save(b"", tmp_path / "没有" / "数据.csv")
    with pytest.raises(RetrievalError, match="这是一个文件夹"):
        save(b"", tmp_path)


def test_columns_are_aligned_where_chinese_is_wide() -> None:
    lines = listing(
        ("指标", "值", "出处"),
        [("GDP增长", "6%", "甲"), ("粮食\n产量", "5万吨", "长" * 50), ("宽" * 30, "", "")],
    )
    assert lines.splitlines() == [
        f"指标{' ' * 35}  值     出处",
        f"GDP增长{' ' * 32}  6%     甲",
        f"粮食 产量{' ' * 30}  5万吨  {'长' * 50}",
        f"{'宽' * 19}…",
    ]
