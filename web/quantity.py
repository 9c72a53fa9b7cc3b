"""A figure as the cells of a table row: number, unit, kind of figure, status."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from corpus.figures.figure import Bound, Figure, Status

BOUND_SIGNS: dict[Bound, tuple[str, str]] = {
    "=": ("", ""),
    ">=": ("≥", "不低于"),
    ">": (">", "超过"),
    "<=": ("≤", "不高于"),
    "<": ("<", "不足"),
    "~": ("≈", "约"),
}
STATUS_NAMES: dict[Status, str] = {"actual": "实际", "target": "目标", "forecast": "预计"}
_DIRECTION_SIGNS = {"+": "+", "-": "−", None: ""}
_LEADING_NUMBER = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?")


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


def kind_name(figure: Figure) -> str:
    """Return what the 类型 column shows: a change with its basis, a rank, "" for a plain amount."""
    if figure.kind == "rank":
        return "位次"
    if figure.kind == "level":
        return ""
    return (figure.basis or "") + {"+": "增长", "-": "下降", None: "变化"}[figure.direction]


def _is_value(printed: str, value: Decimal) -> bool:
    try:
        number = Decimal(re.sub("[,，]", "", printed.replace("−", "-")))
    except InvalidOperation:
        return False
    return abs(number) == abs(value)
