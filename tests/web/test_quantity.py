"""Figures as table cells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from corpus.figures.figure import Figure
from web.i18n import words
from web.quantity import kind_words, number_and_unit


def figure(quote: str, value: str, unit: str, **fields: Any) -> Figure:
    return Figure("指标", Decimal(value), unit, quote, 0, len(quote), **fields)


@pytest.mark.parametrize(
    ("shown", "cells"),
    [
        (figure("412家", "412", "家"), ("412", "家")),
        (figure("1,350.5万平方米", "1350.5", "万平方米"), ("1,350.5", "万平方米")),
        (figure("70余个", "70", "个", bound=">="), ("70", "个")),
        (figure("3.1%", "3.1", "%", kind="change", direction="+"), ("+3.1", "%")),
        (figure("3.1%", "3.1", "%", kind="change", direction="-"), ("−3.1", "%")),
        (figure("-3.1%", "-3.1", "%", kind="change", direction="-"), ("-3.1", "%")),
        (figure("0.4", "0.4", ""), ("0.4", "")),
        (figure("第二位", "2", "位", kind="rank"), ("第二位", "")),
        (figure("三分之一", "0.3333", ""), ("三分之一", "")),
        (figure("5%—6%", "5", "%", value_to=Decimal(6)), ("5%—6%", "")),
        (figure("2/3", "0.6667", ""), ("2/3", "")),
        (figure("翻一番", "1", "番", kind="change", direction="+"), ("翻一番", "")),
    ],
    ids=lambda case: case.quote if isinstance(case, Figure) else None,
)
def test_number_and_unit(shown: Figure, cells: tuple[str, str]) -> None:
    assert number_and_unit(shown) == cells


@pytest.mark.parametrize(
    ("fields", "chinese", "english"),
    [
        ({"kind": "level"}, "数量", "amount"),
        ({"kind": "rank"}, "位次", "rank"),
        ({"kind": "change", "direction": "+", "basis": "同比"}, "同比增长", "up, year on year"),
        ({"kind": "change", "direction": "-"}, "下降", "down"),
        ({"kind": "change"}, "变化", "change"),
        ({"kind": "change", "basis": "比上年"}, "比上年变化", "change, year on year"),
        ({"kind": "change", "direction": "+", "basis": "高于全国"}, "高于全国", "above the national figure"),
        (
            {"kind": "change", "direction": "-", "basis": "比2020年"},
            "比2020年下降",
            'down, <span lang="zh-CN">比2020年</span>',
        ),
    ],
)
def test_one_word_for_a_kind_in_every_table(fields: dict[str, Any], chinese: str, english: str) -> None:
    shown = figure("3%", "3", "%", **fields)
    assert (kind_words(shown, words("zh-CN")), kind_words(shown, words("en"))) == (chinese, english)
