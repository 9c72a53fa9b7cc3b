"""extract_figures against sentences with every field of every figure written out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import load_report
from corpus.figures import Figure, extract_figures
from corpus.figures.numerals import narrow

CASES = Path(__file__).parents[2] / "cases" / "figures"
REPORT = Path(__file__).parents[3] / "corpus" / "reports" / "聚焦区县党代会·巴南_2021-12.txt"


def cases(group: str) -> list[Any]:
    lines = (CASES / f"{group}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [pytest.param(row["text"], row["figures"], id=row["text"][:20]) for row in rows]


def record(figure: Figure) -> dict[str, str]:
    """A figure as the cases write it: decimals as printed, empty fields left out."""
    names = (
        "indicator",
        "value",
        "value_to",
        "unit",
        "quote",
        "kind",
        "bound",
        "direction",
        "basis",
        "period",
        "status",
    )
    values = {name: getattr(figure, name) for name in names}
    return {name: str(value) for name, value in values.items() if value is not None}


GROUPS = (
    "ordinary",
    "tricky",
    "times",
    "words",
    "rows",
    "thresholds",
    "nouns",
    "signed",
    "counted",
    "branches",
    "breakdowns",
    "proportions",
    "dates",
    "bases",
    "limits",
    "finds",
    "thousands",
    "notes",
)


@pytest.mark.parametrize(("text", "expected"), [case for group in GROUPS for case in cases(group)])
def test_every_field(text: str, expected: list[dict[str, str]]) -> None:
    assert [record(figure) for figure in extract_figures(text)] == expected


@pytest.mark.parametrize(("text", "expected"), cases("negative"))
def test_what_is_no_figure(text: str, expected: list[dict[str, str]]) -> None:
    assert expected == []
    assert extract_figures(text) == []


@pytest.mark.parametrize(("text", "expected"), cases("known_failures"))
def test_known_failures_still_fail(text: str, expected: list[dict[str, str]]) -> None:
    """A sentence that starts to work has to be moved to the tricky ones."""
    assert [record(figure) for figure in extract_figures(text)] != expected


def test_wide_commas_part_thousands_or_clauses() -> None:
    lines = (CASES / "narrowed.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        assert narrow(row["before"]) == row["after"]


def test_figures_stand_where_they_say() -> None:
    text = "总产值１,２３４.５亿元，同比增长　8.1％；居全省第 3 位。"
    figures = extract_figures(text)
    assert [text[figure.start : figure.end] for figure in figures] == [figure.quote for figure in figures]
    assert [str(figure.value) for figure in figures] == ["1234.5", "8.1", "3"]


SEED = {
    ("工业总产值", "1000", "亿元", ">="),
    ("科技型企业", "3715", "家", "="),
    ("辖区税收", "100", "亿元", ">"),
    ("生物医药项目", "90", "个", ">="),
    ("协议产值", "1000", "亿元", "~"),
    ("研发投入强度", "2.96", "%", "="),
    ("有研发活动的工业企业", "145", "家", "="),
    ("国家级工业设计中心", "3", "个", "="),
    ("物流龙头企业", "24", "家", "="),
    ("二次招商企业", "5000", "家", ">"),
    ("新建中小学校", "27", "所", "="),
    ("基层公共文化阵地覆盖率", "100", "%", "="),
    ("新建城市体育公园", "25", "个", "="),
    ("森林覆盖率", "47.6", "%", "="),
    ("空气质量优良天数", "300", "天", ">"),
    ("居民可支配收入增速", "1", "位", "="),
}
NAMES_AND_DATES = (
    "第十四次",
    "8.6",
    "8月18日",
    "12月10日",
    "2016",
    "2021年",
    "R&D",
    "一区五城",
    "二环",
    "三级甲等",
    "5年",
)


def test_the_report_that_ships() -> None:
    figures = extract_figures(load_report(REPORT).text)
    found = {(figure.indicator, str(figure.value), figure.unit, figure.bound) for figure in figures}
    assert found >= SEED
    assert not [figure.quote for figure in figures if any(name in figure.quote for name in NAMES_AND_DATES)]
    assert not [figure.quote for figure in figures if "千亿" in figure.quote or "千万" in figure.quote]


def test_a_plan_part_states_targets() -> None:
    text = "一、2023年工作回顾\n新建学校12所。\n二、2024年工作安排\n新建学校15所。改造管网80公里，目前已完工20公里。"
    assert [figure.status for figure in extract_figures(text)] == ["actual", "target", "target", "actual"]
