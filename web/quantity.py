"""A figure as the cells of a table row: number, unit, kind of figure."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from corpus.figures.figure import Figure
from web.i18n import Words

_DIRECTION_SIGNS = {"+": "+", "-": "−", None: ""}
_LEADING_NUMBER = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?")

# A basis that says itself how the figure stands to it: 高于全国平均水平.
DISTANCE = re.compile(r"[高低快慢优多少大小]于")


def number_and_unit(figure: Figure) -> tuple[str, str]:
    """Return what the 数值 and 单位 columns show, both as printed in the report.

    A quantity that does not start with its number (``第二位``, ``三分之二``) or is a range
    (``5%—6%``) is shown whole in the first.

    >>> number_and_unit(Figure("税收", Decimal("100"), "亿元", "100亿元", 2, 7))
    ('100', '亿元')
    >>> number_and_unit(Figure("位次", Decimal(2), "位", "第二位", 2, 5, kind="rank"))
    ('第二位', '')
    """
    printed = _LEADING_NUMBER.match(figure.quote)
    if printed is None or figure.value_to is not None or not _is_value(printed[0], figure.value):
        return figure.quote, ""
    sign = "" if printed[0][0] in "+-−" else _DIRECTION_SIGNS[figure.direction]
    return sign + printed[0], figure.unit


def kind_words(figure: Figure, words: Words) -> str:
    """Return what the column 类别 of every table shows: an amount, a rank, or a change with its basis."""
    if figure.kind != "change":
        return words(f"figures.kind.{figure.kind}")
    if figure.basis and DISTANCE.match(figure.basis):
        return figure.basis
    way = words({"+": "figures.up", "-": "figures.down", None: "figures.kind.change"}[figure.direction])
    return words("figures.against", basis=figure.basis, way=way) if figure.basis else way


def kind_name(figure: Figure) -> str:
    """Return what a card says of its figure's kind: a change with its basis, a rank, "" for a plain amount."""
    if figure.kind == "rank":
        return "位次"
    if figure.kind == "level":
        return ""
    if figure.basis and DISTANCE.match(figure.basis):
        return figure.basis
    return (figure.basis or "") + {"+": "增长", "-": "下降", None: "变化"}[figure.direction]


def _is_value(printed: str, value: Decimal) -> bool:
    try:
        number = Decimal(re.sub("[,，]", "", printed.replace("−", "-")))
    except InvalidOperation:
        return False
    return abs(number) == abs(value)
