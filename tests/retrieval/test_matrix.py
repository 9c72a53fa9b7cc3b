"""Reports side by side: which of their figures stand in one row, in which unit, and what they differ by."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from index import Index
from retrieval import RetrievalError, Retriever, UnknownReportError
from retrieval.__main__ import main
from retrieval.facts.matrix import Matrix, Row, compare_reports
from retrieval.render.export import to_csv, to_xlsx
from retrieval.render.matrix_table import matrix_lines, matrix_table
from tests.retrieval.ledgers import index_of

XIANJU, BANAN, LATER = "仙居县工作报告2024.txt", "巴南区工作报告2024.txt", "仙居县工作报告2025.txt"
REPORTS = {
    XIANJU: """仙居县工作报告
2024年2月6日

去年，全县GDP达到312.5亿元，增长6.8%；粮食产量5万吨。五年来，粮食产量累计达到24万吨。
2022年，森林覆盖率78.1%。去年末，森林覆盖率78.4%。
去年，渔业产值下降2.5%。开发区企业利润总额3亿元，工业利润总额8亿元。
今年，力争地区生产总值突破340亿元，增长7%。
去年，专利授权量突破1000件，达到1023件。财政收入年均增长9%。
""",
    BANAN: """巴南区工作报告
2024年1月20日

去年，地区生产总值1.2万亿元，同比增长5.2%。粮食产量460000吨。渔业产值增长1.5%。
去年末，森林覆盖率47.6%。
""",
    LATER: """仙居县工作报告
2025年2月8日

2024年，地区生产总值330亿元，增长5.6%。专利授权量1100件。
2024年末，森林覆盖率78.6%。
""",
    "随笔.txt": "山里有一座老桥，长约35米。\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("账"), REPORTS)


def row(matrix: Matrix, name: str) -> Row:
    [found] = [row for row in matrix.rows if row.indicator == name]
    return found


def test_an_indicator_stands_in_one_row_and_one_unit_under_any_name(index: Index) -> None:
    product = row(compare_reports(index, [XIANJU, BANAN]), "地区生产总值")
    assert (product.unit, product.change_unit) == ("亿元", "%")
    assert [product.level(place) for place in (0, 1)] == [Decimal("312.5"), Decimal(12000)]
    assert [product.change(place) for place in (0, 1)] == [Decimal("6.8"), Decimal("5.2")]
    assert product.level_difference(1) == Decimal("11687.5")
    assert product.change_difference(1) == Decimal("-1.6")
    assert product.ratio(1) == Decimal("3740.0")


def test_only_the_year_of_results_of_the_whole_place_is_shown(index: Index) -> None:
    matrix = compare_reports(index, [XIANJU, BANAN])
    assert matrix.years == (2023, 2023)
    assert row(matrix, "粮食产量").level(0) == Decimal(5)  # not of five years
    assert row(matrix, "森林覆盖率").level(0) == Decimal("78.4")  # not that of 2022
    assert row(matrix, "森林覆盖率").ratio(1) is None  # shares differ by points
    assert "财政收入" not in [row.indicator for row in matrix.rows]


def test_shares_and_growth_in_per_cent_differ_by_points(index: Index) -> None:
    matrix = compare_reports(index, [XIANJU, LATER])
    forest, product = row(matrix, "森林覆盖率"), row(matrix, "地区生产总值")
    assert (forest.unit, forest.difference_unit) == ("%", "个百分点")
    assert (product.difference_unit, product.change_difference_unit) == ("亿元", "个百分点")
    lines = {line[0]: line[2:] for line in matrix_lines(matrix)}
    assert lines["森林覆盖率"][2] == "78.6（+0.2个百分点）"
    assert lines["地区生产总值"][2:] == ("330（+17.5）", "+5.6%（-1.2个百分点）")
    table = matrix_table(matrix)
    units = table.set_index("指标")[["数量差单位", "变化差单位"]]
    assert list(units.loc["地区生产总值"]) == ["亿元", "个百分点"]


def test_a_file_says_where_each_figure_stands(index: Index) -> None:
    table = matrix_table(compare_reports(index, [XIANJU, LATER])).set_index("指标")
    sources = [name for name in table.columns if name.endswith("出处")]
    assert len(sources) == 2
    assert re.fullmatch(
        rf"{XIANJU} 第.段（.+）：312.5亿元；{XIANJU} .+：\+6.8%", table.loc["地区生产总值", sources[0]]
    )


@pytest.mark.parametrize(
    ("said", "found"), [("企业23家", False), ("每年旅游收入3亿元", False), ("旅游收入3亿元", True)]
)
def test_names_that_mean_other_things_and_other_times_are_not_put_side_by_side(
    tmp_path: Path, said: str, found: bool
) -> None:
    texts = {
        name: f"{name[:2]}县工作报告\n2024年2月6日\n\n全县{said}。\n" for name in ("仙居.txt", "青田.txt")
    }
    matrix = compare_reports(index_of(tmp_path, texts), list(texts))
    assert bool(matrix.rows) is found


def test_places_in_different_years_are_told_of(index: Index) -> None:
    assert compare_reports(index, [BANAN, LATER]).mixes_years
    assert not compare_reports(index, [XIANJU, BANAN]).mixes_years
    assert not compare_reports(index, [XIANJU, LATER]).mixes_years  # the same place, a year later


def test_a_fall_is_below_nothing(index: Index) -> None:
    fish = row(compare_reports(index, [XIANJU, BANAN]), "渔业产值")
    assert fish.unit == ""
    assert [fish.change(0), fish.change(1), fish.change_difference(1)] == [Decimal("-2.5"), Decimal("1.5"), 4]
    assert fish.level(0) is None
    assert fish.level_difference(1) is None


def test_what_is_printed_exactly_is_taken_before_what_it_exceeds(index: Index) -> None:
    patents = row(compare_reports(index, [XIANJU, LATER]), "专利授权量")
    assert [patents.level(0), patents.level(1)] == [1023, 1100]


def test_a_difference_from_what_is_not_exact_is_said_to_be_about(tmp_path: Path) -> None:
    texts = {XIANJU: REPORTS[XIANJU].replace("312.5亿元", "超过312.5亿元"), LATER: REPORTS[LATER]}
    matrix = compare_reports(index_of(tmp_path, texts), list(texts))
    product = row(matrix, "地区生产总值")
    assert (product.level_is_exact(1), product.change_is_exact(1)) == (False, True)
    lines = matrix_lines(matrix)
    assert "330（≈+17.5）" in next(line for line in lines if line[0] == "地区生产总值")


def test_the_first_report_is_what_others_are_less(index: Index) -> None:
    there, back = (
        row(compare_reports(index, names), "地区生产总值").level_difference(1)
        for names in ([XIANJU, LATER], [LATER, XIANJU])
    )
    assert there == Decimal("17.5")
    assert back == Decimal("-17.5")


def test_three_reports_with_what_most_of_them_state_first(index: Index) -> None:
    matrix = compare_reports(index, [XIANJU, BANAN, LATER])
    filled = [sum(entry.level is not None for entry in row.entries) for row in matrix.rows]
    assert [row.indicator for row in matrix.rows][:2] == ["地区生产总值", "森林覆盖率"]
    assert filled[:2] == [3, 3]
    assert max(filled[2:]) == 2


def test_reports_without_anything_in_common(index: Index) -> None:
    matrix = compare_reports(index, [XIANJU, "随笔.txt"])
    assert matrix.rows == ()
    assert matrix.years == (2023, None)
    assert list(matrix_table(matrix)["指标"]) == []


@pytest.mark.parametrize("names", [[XIANJU], [], [XIANJU, XIANJU]])
def test_one_report_is_not_compared(index: Index, names: list[str]) -> None:
    with pytest.raises(RetrievalError, match="请选 2 到 12 份"):
        compare_reports(index, names)


def test_an_unknown_report_is_named(index: Index) -> None:
    with pytest.raises(UnknownReportError, match=r"没有的\.txt.*仙居县"):
        compare_reports(index, [XIANJU, "没有的.txt"])


def test_a_report_that_is_named_like_a_formula_is_text_in_the_files(tmp_path: Path) -> None:
    texts = {"甲.txt": f"=2024年{REPORTS[XIANJU]}", "乙.txt": f"+2024年{REPORTS[BANAN]}"}
    table = matrix_table(compare_reports(index_of(tmp_path, texts), list(texts)))
    heads = to_csv(table).decode("utf-8-sig").splitlines()[0]
    assert '"\'=2024年仙居县工作报告（2023年数据） 数量"' in heads
    sheet = openpyxl.load_workbook(BytesIO(to_xlsx(table))).active
    assert {cell.data_type for cell in sheet[1]} == {"s"}
    assert sheet["F1"].value == "=2024年仙居县工作报告（2023年数据） 数量"


@pytest.fixture
def opened(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Retriever, "open", lambda folder, settings: Retriever(index))


@pytest.mark.usefixtures("opened")
def test_on_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["compare", XIANJU, BANAN]) == 0
    first, second, _, table_heads, *rows, count = capsys.readouterr().out.splitlines()
    assert first == "A  2024年·仙居县工作报告（2023年数据）"
    assert second == "B  2024年·巴南区工作报告（2023年数据）"
    assert table_heads.split() == ["指标", "单位", "A", "数量", "A", "变化", "B", "数量", "B", "变化"]
    product = next(line for line in rows if line.startswith("地区生产总值"))
    assert product.split() == [
        "地区生产总值",
        "亿元",
        "312.5",
        "+6.8%",
        "12000（+11687.5）",
        "+5.2%（-1.6个百分点）",
    ]
    assert count == f"共 {len(rows)} 个指标，括号里是与 A 的差额。"
    assert main(["compare", XIANJU, BANAN, "--json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert len(records) == len(rows)
    assert records[0]["2024年·巴南区工作报告（2023年数据） 数量差"] == "11687.5"
    for option, file in (("--csv", "对照.csv"), ("--xlsx", "对照.xlsx")):
        assert main(["compare", XIANJU, BANAN, option, str(tmp_path / file)]) == 0
        assert f"已把 {len(rows)} 个指标写入" in capsys.readouterr().out
    assert len((tmp_path / "对照.csv").read_text(encoding="utf-8-sig").splitlines()) == len(rows) + 1


@pytest.mark.usefixtures("opened")
def test_on_the_command_line_what_cannot_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", XIANJU, "随笔.txt"]) == 0
    assert capsys.readouterr().out == "这些报告没有共同的指标。\n"
    assert main(["compare", XIANJU]) == 1
    assert capsys.readouterr().err.startswith("错误：请选 2 到 12 份")
