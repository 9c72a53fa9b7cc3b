"""The figures of all reports as a table: what is in it, and how it is chosen from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from retrieval import RetrievalError, Retriever, UnknownReportError
from retrieval.facts.ledger import COLUMNS
from tests.retrieval.ledgers import index_of

XIANJU = "仙居县政府工作报告.txt"
BISHAN = "璧山区统计公报.txt"
UNDATED = "随笔.txt"
REPORTS = {
    XIANJU: """仙居县政府工作报告
2024年2月6日

去年，全县GDP达到312.5亿元，增长6.8%；粮食产量5万吨，居全省第三位。
2023年上半年，新建公路86公里。
今年，力争新建公路120公里以上，粮食产量达到5.2—5.4万吨。
""",
    BISHAN: """璧山区统计公报
2023年3月20日

2022年，地区生产总值突破900亿元，人均地区生产总值11.8万元。去年末，公路里程达到2300公里。
""",
    UNDATED: "山里有一座老桥，长约35米。去年，来看桥的游客有2万人次。\n",
}


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return Retriever(index_of(tmp_path_factory.mktemp("账"), REPORTS))


def quotes(frame: pd.DataFrame) -> list[str]:
    return list(frame["quote"])


def test_every_figure_has_a_row(retriever: Retriever) -> None:
    frame = retriever.figures()
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["row"]) == list(range(1, len(retriever.index.ledger) + 1))
    assert set(frame["report"]) == set(REPORTS)
    for row in frame.itertuples():
        assert retriever.index.report(row.report).text[row.start : row.end] == row.quote
        assert row.location.startswith(row.report)


def test_a_row_is_as_printed_and_in_common_terms(retriever: Retriever) -> None:
    [row] = retriever.figures("粮食产量", status="target").to_dict("records")
    assert (row["value"], row["value_to"], row["unit"]) == (Decimal("5.2"), Decimal("5.4"), "万吨")
    assert (row["amount"], row["amount_to"], row["base_unit"]) == (Decimal(52000), Decimal(54000), "吨")
    assert (row["first_day"], row["last_day"]) == (pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 12, 31))
    assert (row["place"], row["report"], row["status"], row["kind"]) == ("仙居县", XIANJU, "target", "level")
    assert row["location"].startswith(f"{XIANJU} 第")


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"indicator": "GDP", "kind": "level"}, ["312.5亿元", "900亿元", "11.8万元"]),
        ({"indicator": "地区生产总值", "kind": "level"}, ["312.5亿元", "900亿元", "11.8万元"]),
        ({"indicator": "人均GDP"}, ["11.8万元"]),
        ({"indicator": "不存在的指标"}, []),
        ({"place": "仙居", "unit": "米"}, ["86公里", "120公里"]),
        ({"place": "璧山区", "unit": "公里"}, ["2300公里"]),
        ({"place": "重庆"}, []),
        ({"report": BISHAN, "unit": "万元"}, ["900亿元", "11.8万元"]),
        ({"kind": "rank"}, ["第三位"]),
        ({"status": "target", "unit": "km"}, ["120公里"]),
        ({"period": "2022"}, ["900亿元", "11.8万元", "2300公里"]),
        ({"period": "2023年", "kind": "level"}, ["312.5亿元", "5万吨", "86公里"]),
        ({"period": " ２０２３年上半年 "}, ["86公里"]),
        ({"period": "2022-12"}, ["2300公里"]),
        ({"period": "去年", "kind": "level", "unit": "元"}, ["312.5亿元", "900亿元", "11.8万元"]),
        ({"period": "2019年"}, []),
        ({"period": "“十四五”期间", "unit": "公里"}, ["86公里", "120公里", "2300公里"]),
    ],
)
def test_figures_are_chosen(retriever: Retriever, choice: dict[str, Any], expected: list[str]) -> None:
    assert quotes(retriever.figures(**choice)) == expected


def test_a_time_that_is_not_certain_lies_in_none(retriever: Retriever) -> None:
    """A report without a day does not say which year 去年 is; a figure without a time is of none."""
    undated = retriever.figures(report=UNDATED)
    assert quotes(undated) == ["35米", "2万人次"]
    assert undated["first_day"].isna().all()
    assert undated["place"].isna().all()
    assert retriever.figures(report=UNDATED, period="去年").empty


def test_an_empty_table_has_the_same_types(retriever: Retriever) -> None:
    pd.testing.assert_series_equal(retriever.figures("不存在的指标").dtypes, retriever.figures().dtypes)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"kind": "amount"}, r"类别不能是“amount”.*level（数量）、change（变化）、rank（位次）"),
        ({"status": "实际"}, r"性质不能是“实际”.*actual（实际）、target（目标）、forecast（预计）"),
        ({"unit": "斗"}, r"没有以“斗”为单位.*元"),
        ({"period": "很久以前"}, r"看不懂时间“很久以前”.*2024年"),
        ({"period": ""}, r"看不懂时间"),
    ],
)
def test_what_no_figure_can_meet_is_refused_with_what_is_allowed(
    retriever: Retriever, choice: dict[str, Any], said: str
) -> None:
    with pytest.raises(RetrievalError, match=said):
        retriever.figures(**choice)


def test_an_unknown_report_is_refused(retriever: Retriever) -> None:
    with pytest.raises(UnknownReportError, match=r"没有的\.txt.*仙居县政府工作报告"):
        retriever.figures(report="没有的.txt")


def test_a_figure_that_is_cut_stands_where_it_begins(tmp_path_factory: pytest.TempPathFactory) -> None:
    index = index_of(tmp_path_factory.mktemp("账"), {"甲.txt": "产量8吨。"})
    cut = replace(index, ledger=tuple(replace(entry, passage=None) for entry in index.ledger))
    [row] = Retriever(cut).figures().to_dict("records")
    assert pd.isna(row["passage"])
    assert row["location"] == index.passages[0].location
