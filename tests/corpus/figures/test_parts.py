"""Numerals, units, periods, amounts, names and tables, each by its own table of cases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from corpus.figures import extract_figures
from corpus.figures.amount import normalise
from corpus.figures.numerals import narrow, read_numeral
from corpus.figures.period import find_periods, resolve_period
from corpus.figures.synonyms import SYNONYMS, canonical_indicator
from corpus.figures.units import match_unit

REPORT_DAY = date(2021, 12, 20)


@pytest.mark.parametrize(
    ("numeral", "value", "multiplier", "value_to"),
    [
        ("1,234.5", "1234.5", "", None),
        ("二万八千亿", "28000", "亿", None),
        ("十亿四千万", "104000", "万", None),
        ("五十四万亿", "54", "万亿", None),
        ("三万九千八百", "39800", "", None),
        ("十八点五", "18.5", "", None),
        ("一点二万", "1.2", "万", None),
        ("两千", "2000", "", None),
        ("十", "10", "", None),
        ("三四百", "300", "", "400"),
        ("一百零六", "106", "", None),
    ],
)
def test_numerals(numeral: str, value: str, multiplier: str, value_to: str | None) -> None:
    read = read_numeral(numeral)
    assert read is not None
    assert (str(read.value), read.multiplier) == (value, multiplier)
    assert read.value_to == (Decimal(value_to) if value_to else None)


@pytest.mark.parametrize("numeral", ["二〇二一", "一" * 40, "9" * 40, "点五", ""])
def test_no_numerals(numeral: str) -> None:
    assert read_numeral(numeral) is None


def test_narrow_keeps_every_place() -> None:
    wide = "增长８．５％，Ａ级（－３）"
    assert narrow(wide) == "增长8.5%，A级（-3）"
    assert len(narrow(wide)) == len(wide)


@pytest.mark.parametrize(
    ("text", "unit", "family", "more"),
    [
        ("亿元。", "亿元", "money", False),
        ("余万户家庭", "万户", "count", True),
        ("万余个", "万个", "count", True),
        ("个百分点", "个百分点", "points", False),
        ("微克/立方米", "微克/立方米", "measure", False),
        ("人/百亿元", "人/百亿元", "count", False),
        ("万台（套）", "万台（套）", "count", False),
        ("千瓦时", "千瓦时", "measure", False),
        ("万青年", "万", "bare", False),
        (" 亿立方米", "亿立方米", "measure", False),
    ],
)
def test_units(text: str, unit: str, family: str, more: bool) -> None:
    found = match_unit(text, 0)
    assert found is not None
    assert (found.printed, found.family, found.more) == (unit, family, more)


@pytest.mark.parametrize("text", ["成都", "人民币", "家庭", "条例", "户籍", "处理", "目标"])
def test_words_that_only_begin_like_units(text: str) -> None:
    assert match_unit(text, 0) is None or match_unit(text, 0).printed == text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("去年", "2020-01-01", "2020-12-31"),
        ("今年", "2021-01-01", "2021-12-31"),
        ("近4年", "2018-01-01", "2021-12-31"),
        ("五年来", "2017-01-01", "2021-12-31"),
        ("未来五年", "2022-01-01", "2026-12-31"),
        ("“十四五”期间", "2021-01-01", "2025-12-31"),
        ("“十三五”", "2016-01-01", "2020-12-31"),
        ("上半年", "2021-01-01", "2021-06-30"),
        ("1—9月", "2021-01-01", "2021-09-30"),
        ("前10个月", "2021-01-01", "2021-10-31"),
        ("一季度", "2021-01-01", "2021-03-31"),
        ("去年第三季度", "2020-07-01", "2020-09-30"),
        ("2024年", "2024-01-01", "2024-12-31"),
        ("2020年末", "2020-12-31", "2020-12-31"),
        ("2016—2020年", "2016-01-01", "2020-12-31"),
        ("年末", "2021-12-31", "2021-12-31"),
        ("2023年2月", "2023-02-01", "2023-02-28"),
        ("二〇二〇年", "2020-01-01", "2020-12-31"),
    ],
)
def test_periods_resolve_from_the_report_date(period: str, first: str, last: str) -> None:
    assert resolve_period(period, REPORT_DAY) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_report_of_january_speaks_of_the_year_before() -> None:
    assert resolve_period("全年", date(2025, 1, 14)) == (date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize("period", ["历史上", "", "第二届", "13月"])
def test_what_names_no_period(period: str) -> None:
    assert resolve_period(period, REPORT_DAY) is None


def test_bases_and_plan_names_are_set_aside() -> None:
    periods = find_periods("2023年比2015年增长一倍，实施三年行动计划")
    assert [(period.text, period.aside) for period in periods] == [
        ("2023年", False),
        ("2015年", True),
        ("三年", True),
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("1000", "亿元"), ("0.1", "万亿元")),
        (("7", "成"), ("70", "%")),
        (("5", "‰"), ("0.5", "%")),
        (("3", "千米"), ("3", "公里")),
        (("100", "万千瓦"), ("1", "吉瓦")),
        (("620", "亿斤"), ("3100", "万吨")),
        (("1.2", "万元/人"), ("12000", "元/人")),
        (("1", "平方公里"), ("100", "公顷")),
        (("2", "小时"), ("120", "分钟")),
        (("5.6", "万个"), ("56000", "个")),
    ],
)
def test_equal_amounts(left: tuple[str, str], right: tuple[str, str]) -> None:
    assert normalise(Decimal(left[0]), left[1]) == normalise(Decimal(right[0]), right[1])


def test_points_are_no_per_cent() -> None:
    assert normalise(Decimal(3), "个百分点") != normalise(Decimal(3), "%")


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("全市GDP", "地区生产总值"),
        ("经济总量", "地区生产总值"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("规模工业增加值", "规模以上工业增加值"),
        ("研究与试验发展(R&D)经费", "研发经费"),
        ("“新能源车” 产量", "新能源汽车产量"),
        ("森林覆盖率", "森林覆盖率"),
    ],
)
def test_one_name_for_an_indicator(name: str, canonical: str) -> None:
    assert canonical_indicator(name) == canonical


def test_canonical_names_stay() -> None:
    assert [name for name in SYNONYMS if canonical_indicator(name) != name.upper()] == []


MARKDOWN = """| 指标 | 2022年 | 2023年 | 增长（%） |
|---|---|---|---|
| 生产总值（亿元） | 210 | 231.5 | 10.2 |
| 常住人口（万人） | 33 | 32.8 | -0.6 |
"""
STACKED = """2023年主要产品产量
产品名称
单位
产量
同比增长（±%）
水泥
万吨
42.6
-5.3
啤酒
万千升
1.3
3.8
布
亿米
2.7
持平
"""


def rows_of(text: str) -> list[tuple[str, str, str, str, str | None, str | None]]:
    return [(f.indicator, str(f.value), f.unit, f.kind, f.direction, f.period) for f in extract_figures(text)]


def test_a_table_in_rows() -> None:
    assert rows_of(MARKDOWN) == [
        ("生产总值", "210", "亿元", "level", None, "2022年"),
        ("生产总值", "231.5", "亿元", "level", None, "2023年"),
        ("生产总值", "10.2", "%", "change", "+", "2023年"),
        ("常住人口", "33", "万人", "level", None, "2022年"),
        ("常住人口", "32.8", "万人", "level", None, "2023年"),
        ("常住人口", "-0.6", "%", "change", "-", "2023年"),
    ]


def test_a_table_of_one_cell_a_line() -> None:
    assert rows_of(STACKED) == [
        ("水泥 产量", "42.6", "万吨", "level", None, "2023年"),
        ("水泥 产量", "-5.3", "%", "change", "-", "2023年"),
        ("啤酒 产量", "1.3", "万千升", "level", None, "2023年"),
        ("啤酒 产量", "3.8", "%", "change", "+", "2023年"),
        ("布 产量", "2.7", "亿米", "level", None, "2023年"),
    ]


def test_text_around_a_table_is_read_too() -> None:
    text = "全县投资12亿元。\n" + STACKED + "工业用电增长3.3%。"
    quotes = [figure.quote for figure in extract_figures(text)]
    assert (quotes[0], quotes[-1], len(quotes)) == ("12亿元", "3.3%", 7)
