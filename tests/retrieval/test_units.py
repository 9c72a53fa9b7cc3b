"""Quantities in another unit: 亿元 in 万元, 平方公里 in 亩, and nothing where the two measure other things."""

from __future__ import annotations

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.facts import units
from retrieval.facts.units import converted


def test_doctests() -> None:
    failures, tried = doctest.testmod(units)
    assert tried
    assert not failures


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "result"),
    [
        ("1.5", "亿元", "万元", "15000"),
        ("3000", "万元", "亿元", "0.3"),
        ("2", "万亿元", "元", "2000000000000"),
        ("86", "公里", "米", "86000"),
        ("86", "公里", "里", "172"),
        ("5", "米", "厘米", "500"),
        ("1", "海里", "米", "1852"),
        ("3", "丈", "米", "10"),
        ("1", "米", "尺", "3"),
        ("2", "毫米", "厘米", "0.2"),
        ("2", "平方公里", "公顷", "200"),
        ("2", "平方公里", "亩", "3000"),
        ("1", "公顷", "亩", "15"),
        ("3", "万亩", "平方公里", "20"),
        ("1", "顷", "亩", "100"),
        ("5", "万吨", "公斤", "50000000"),
        ("1.2", "吨", "斤", "2400"),
        ("1", "担", "斤", "100"),
        ("3", "万千瓦时", "度", "30000"),
        ("1", "亿度", "太瓦时", "0.1"),
        ("3", "万千瓦", "兆瓦", "30"),
        ("2", "亿立方米", "立方公里", "0.2"),
        ("2", "小时", "分钟", "120"),
        ("3", "天", "小时", "72"),
        ("7", "成", "%", "70"),
        ("5", "‰", "%", "0.5"),
        ("1.2", "个百分点", "个基点", "120"),
        ("1200", "万人", "亿人", "0.12"),
        ("2", "万元/人", "元/人", "20000"),
        ("３", "公里", "ｋｍ", "3"),
    ],
)
def test_a_quantity_in_another_unit(value: str, unit: str, wanted: str, result: str) -> None:
    found = converted(Decimal(value), unit, wanted)
    assert found == Decimal(result)
    assert f"{found:f}" == result


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("亿元", "亿美元"),
        ("公里", "平方公里"),
        ("万千瓦", "万千瓦时"),
        ("%", "个百分点"),
        ("家", "户"),
        ("亩", "斤"),
    ],
)
def test_what_measures_another_thing_is_not_converted(unit: str, wanted: str) -> None:
    assert converted(Decimal(3), unit, wanted) is None


def test_what_does_not_come_out_even_is_near() -> None:
    found = converted(Decimal(1), "亩", "平方米")
    assert found is not None
    assert round(found, 4) == Decimal("666.6667")


@given(
    st.decimals(Decimal("0.01"), 10**6, places=2),
    st.sampled_from([("亿元", "元"), ("公顷", "亩"), ("吨", "斤")]),
)
def test_there_and_back_is_the_same(value: Decimal, pair: tuple[str, str]) -> None:
    unit, wanted = pair
    there = converted(value, unit, wanted)
    assert there is not None
    assert converted(there, wanted, unit) == value
