"""Amount: a quantity in its base unit, so that 1000亿元 and 0.1万亿元 are seen to be the same."""

from __future__ import annotations

import re
from decimal import Decimal

_MULTIPLES = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}
_MULTIPLIER = re.compile(r"[十百千万亿]+")
# Units that begin like a multiplier: 千瓦 is a unit of its own here only until it is brought to its base.
_WHOLE = re.compile(r"百分点|百分比|千瓦|千米|千克|千伏|千帕|千焦|千卡|千赫|千升|千分点")

# unit -> (factor, base unit); the base is the one reports print most.
_BASES: dict[str, tuple[str, str]] = {
    "成": ("10", "%"), "‰": ("0.1", "%"), "‱": ("0.01", "%"), "百分点": ("1", "个百分点"), "个基点": ("0.01", "个百分点"),
    "基点": ("0.01", "个百分点"), "个千分点": ("0.1", "个百分点"), "人民币": ("1", "元"), "元人民币": ("1", "元"), "块钱": ("1", "元"),
    "圆": ("1", "元"), "美金": ("1", "美元"), "港币": ("1", "港元"), "千米": ("1", "公里"), "km": ("1", "公里"), "KM": ("1", "公里"),
    "米": ("0.001", "公里"), "里": ("0.5", "公里"), "厘米": ("0.00001", "公里"), "㎡": ("1", "平方米"), "平米": ("1", "平方米"),
    "平方公里": ("1000000", "平方米"), "平方千米": ("1000000", "平方米"), "公顷": ("10000", "平方米"), "立方": ("1", "立方米"),
    "m³": ("1", "立方米"), "吨": ("1", "吨"), "公斤": ("0.001", "吨"), "千克": ("0.001", "吨"), "kg": ("0.001", "吨"),
    "斤": ("0.0005", "吨"), "克": ("0.000001", "吨"), "千瓦": ("1", "千瓦"), "瓦": ("0.001", "千瓦"), "kW": ("1", "千瓦"),
    "兆瓦": ("1000", "千瓦"), "MW": ("1000", "千瓦"), "吉瓦": ("1000000", "千瓦"), "GW": ("1000000", "千瓦"), "度电": ("1", "千瓦时"),
    "度": ("1", "千瓦时"), "kWh": ("1", "千瓦时"), "兆瓦时": ("1000", "千瓦时"), "MWh": ("1000", "千瓦时"), "吉瓦时": ("1000000", "千瓦时"),
    "GWh": ("1000000", "千瓦时"), "标箱": ("1", "标准箱"), "国际标准箱": ("1", "标准箱"), "TEU": ("1", "标准箱"), "周岁": ("1", "岁"),
    "个小时": ("3600", "秒"), "分钟": ("60", "秒"), "小时": ("3600", "秒"), "天": ("1", "天"), "个工作日": ("1", "工作日"), "幢": ("1", "栋"),
}  # fmt: skip
_PER = re.compile(r"/|每")


def normalise(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """The amount in its base unit: (1000, 亿元) -> (100000000000, 元), (7, 成) -> (70, %).

    A ratio keeps its divisor (元/吨 stays 元/吨; 万元/人 becomes 元/人). Units that are not in the table,
    every measure word among them, only lose their multiplier.

    >>> normalise(Decimal("7"), "成")
    (Decimal('70'), '%')
    """
    numerator, *divisor = _PER.split(unit.strip(), maxsplit=1)
    factor, core = _without_multiplier(numerator)
    if divisor:
        below, per = _without_multiplier(divisor[0])
        return value * factor / below, f"{core}/{per}"
    scale, base = _BASES.get(core, ("1", core))
    return value * factor * Decimal(scale), base


def _without_multiplier(unit: str) -> tuple[Decimal, str]:
    """(亿元) -> (100000000, 元); 千瓦 keeps its 千."""
    factor, rest = Decimal(1), unit
    while rest and not _WHOLE.match(rest):
        found = _MULTIPLIER.match(rest)
        if found is None:
            break
        factor *= _MULTIPLES[rest[0]]
        rest = rest[1:]
    return factor, rest
