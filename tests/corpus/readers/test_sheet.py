"""Workbooks and CSV: every row with its heads, every number as it is displayed."""

import datetime
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus import load_report, split_report
from corpus.readers.displayed import displayed
from corpus.readers.sheet import read_csv, read_workbook

DAY = datetime.datetime(2024, 3, 5, 14, 7, 9)


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (None, "General", ""),
        (True, "General", "TRUE"),
        ("文字", "General", "文字"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (-5, "General", "-5"),
        (12345678901234, "General", "12345678901234"),
        (0.081, "0.0%", "8.1%"),
        (1.005, "0.00", "1.01"),
        (12345.678, "#,##0.00", "12,345.68"),
        (1234567.0, '0.0,"千"', "1234.6千"),
        (-1234.5, "#,##0.0_);(#,##0.0)", "(1,234.5)"),
        (-3.25, "0.0;[Red]-0.0", "-3.3"),
        (-0.001, "0.0", "0.0"),
        (0, '0;-0;"—"', "—"),
        (12, "[$¥-804]#,##0.00", "¥12.00"),
        (12, '0"家"', "12家"),
        (2.5, "0.##", "2.5"),
        (2, "0.##", "2"),
        (5, "000", "005"),
        (0.5, "# ?/?", "0.5"),
        (15000.0, "0.00E+00", "15000"),
        (float("nan"), "0.0", ""),
        (DAY, 'yyyy"年"m"月"d"日"', "2024年3月5日"),
        (DAY, "mm-dd-yy", "2024/3/5"),
        (DAY, "yyyy/mm/dd hh:mm", "2024/03/05 14:07"),
        (DAY, "h:mm AM/PM", "2:07 下午"),
        (DAY, '[$-804]yyyy"年"m"月";@', "2024年3月"),
        (DAY, "m:ss", "7:09"),
        (DAY.date(), "General", "2024-03-05"),
        (datetime.time(9, 5), "h:mm", "9:05"),
        (datetime.timedelta(hours=36), "[h]:mm", "1.5"),
    ],
)
def test_values_are_printed_as_their_format_says(value: object, code: str, printed: str) -> None:
    assert displayed(value, code) == printed


def packed(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def book_of(*rows: list[object]) -> Workbook:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    return book


def test_rows_are_said_with_merged_heads_and_formats() -> None:
    book = book_of(
        ["2024年各镇指标"],
        ["单位：亿元"],
        ["乡镇", "总产值", None, "截止日"],
        [None, "总量", "增速", None],
        ["东镇", 1234.56, 0.081, datetime.date(2024, 12, 31)],
        ["西镇", 987.0, -0.012, datetime.date(2024, 12, 31)],
    )
    sheet = book.active
    assert sheet is not None
    for span in ("A1:D1", "A3:A4", "B3:C3", "D3:D4"):
        sheet.merge_cells(span)
    for row in (5, 6):
        sheet.cell(row, 2).number_format = "#,##0.0"
        sheet.cell(row, 3).number_format = "0.0%"
    lines = read_workbook(packed(book), "指标.xlsx").text.split("\n")
    assert lines[:2] == ["2024年各镇指标", "单位：亿元"]
    assert lines[-1] == (
        "【2024年各镇指标（单位：亿元）】西镇｜总产值·总量：987.0｜总产值·增速：-1.2%｜截止日：2024-12-31"
    )


def test_sheets_are_sections_and_hidden_ones_are_left_out() -> None:
    book = book_of(["指标", "数值"], ["人口", 12])
    assert book.active is not None
    book.active.title = "社会"
    book.create_sheet("农业")["A1"] = "粮食丰收。"
    book.create_sheet("草稿")["A1"] = "不要"
    book["草稿"].sheet_state = "hidden"
    found = read_workbook(packed(book), "年鉴.xlsx")
    lines = found.text.split("\n")
    assert [lines[line] for line in found.headings] == ["社会", "农业"]
    assert "不要" not in found.text
    assert [note.name for note in found.notes] == ["略去隐藏的工作表"]


def test_formulas_that_were_never_computed_are_told() -> None:
    found = read_workbook(packed(book_of(["指标", "数值"], ["合计", "=1+1"], ["人口", 7])), "新表.xlsx")
    assert [(note.name, note.count) for note in found.notes] == [("缺少公式的结果", 1)]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_of_any_mark_and_encoding(mark: str, encoding: str) -> None:
    rows = [["乡镇", "工业总产值（亿元）", "增速"], ["东镇", '"1,234.5"', "8.1%"], ["西镇", "99", "-1%"]]
    data = "\r\n".join(mark.join(row) for row in rows).encode(encoding)
    assert read_csv(data, "表.csv").text.split("\n")[1:] == [
        "东镇｜工业总产值（亿元）：1,234.5｜增速：8.1%",
        "西镇｜工业总产值（亿元）：99｜增速：-1%",
    ]


def test_passages_know_their_sheet_and_rows(tmp_path: Path) -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("人口")
    assert first is not None
    first.title = "产值"
    for row in ([], ["2024年各镇产值"], ["镇", "产值（亿元）"], [], ["东镇", 12.5], ["西镇", 7.25]):
        first.append(row)
    for row in (["镇", "人口（人）"], ["东镇", 4310]):
        second.append(row)
    path = tmp_path / "各镇.xlsx"
    book.save(path)
    report = load_report(path)
    told = [passage.location for passage in split_report(report)]
    assert told == ["各镇.xlsx 工作表“产值”第2–6行", "各镇.xlsx 工作表“人口”第1–2行"]
    passage = split_report(report)[0]
    at = passage.text.index("7.25")
    assert passage.rows_between(at, at + 4) == (6, 6)
    assert passage.location_of(at, at + 4) == "各镇.xlsx 工作表“产值”第6行"


def test_a_title_that_repeats_its_sheets_name_is_said_once(tmp_path: Path) -> None:
    book = Workbook()
    first, second = book.active, book.create_sheet("人口")
    assert first is not None
    first.title = "主要指标"
    for row in (["主要 指标"], ["镇", "产值（亿元）"], ["东镇", 12.5], ["西镇", 7.25]):
        first.append(row)
    for row in (["人口与就业"], ["镇", "人口（人）"], ["东镇", 4310], ["西镇", 5120]):
        second.append(row)
    path = tmp_path / "各镇.xlsx"
    book.save(path)
    report = load_report(path)
    lines = [line for line in report.text.split("\n") if "｜" not in line]
    assert lines == ["主要指标", "人口", "人口与就业"]
    assert next(passage.headings for passage in split_report(report)) == ("主要指标",)


def test_passages_of_a_csv_file_know_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "各镇.csv"
    path.write_text("镇,产值（亿元）\n\n东镇,12.5\n西镇,7.25\n", encoding="utf-8")
    report = load_report(path)
    assert [passage.location for passage in split_report(report)] == ["各镇.csv 第1–4行"]
    assert [row and row.row for row in report.sheet_rows(0, len(report.text))] == [1, 3, 4]
