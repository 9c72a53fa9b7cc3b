"""Units: a printed quantity in another unit that people ask for: 亿元 in 万元, 平方公里 in 亩."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import TypeVar

from corpus.figures.amount import normalise
from corpus.figures.numerals import narrow

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")

# Measure -> unit -> how many of the measure it is, where ``normalise`` keeps a unit by itself.
# Metric units are those of GB 3100—93; 市制 is that of 国务院关于统一计量制度的命令 (1959): 1丈 is 10尺 and
# 3丈 are 10米, 1担 is 100斤, 1斤 is 10两 and 500克, 1顷 is 100亩 and 15亩 are 1公顷.  Lengths and areas are in
# thirds of a metre and of a square metre, in which both come out even.
MEASURES: dict[str, dict[str, str]] = {
    "length": {"公里": "3000", "毫米": "0.003", "mm": "0.003", "cm": "0.03", "海里": "5556", "尺": "1", "丈": "10"},
    "area": {"平方米": "3", "平方厘米": "0.0003", "亩": "2000", "顷": "200000"},
    "mass": {"吨": "1", "公担": "0.1", "担": "0.05", "两": "0.00005", "毫克": "1E-9", "mg": "1E-9"},
    "volume": {"立方米": "1", "方": "1", "立方公里": "1E+9", "立方千米": "1E+9", "升": "0.001", "毫升": "1E-6"},
    "energy": {"千瓦时": "1", "瓦时": "0.001", "太瓦时": "1E+9"},
    "time": {"秒": "1", "秒钟": "1", "毫秒": "0.001", "天": "86400"},
}  # fmt: skip
FACTORS = {
    unit: (Decimal(factor), measure) for measure, units in MEASURES.items() for unit, factor in units.items()
}


def converted(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Return a quantity in another unit, exact where that comes out even; None where the two measure other things.

    >>> converted(Decimal("1.5"), "亿元", "万元"), converted(Decimal(3), "亩", "公顷"), converted(Decimal(3), "亩", "元")
    (Decimal('15000'), Decimal('0.2'), None)
    """
    amount, measure = _measured(value, unit)
    one, wanted_measure = _measured(Decimal(1), wanted)
    if measure != wanted_measure:
        return None
    result = amount / one
    whole = result.to_integral_value()
    return whole if result == whole else result.normalize()


def _measured(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return a quantity in its measure, the same for all units of a sort."""
    amount, base = normalise(value, narrow(unit))
    factor, measure = FACTORS.get(base, (Decimal(1), base))
    return amount * factor, measure


def of_one_unit(
    stated: Mapping[Key, Sequence[Item]], unit_of: Callable[[Item], str], unit: str = ""
) -> dict[Key, Item]:
    """Return the first of each sequence that is of one base unit: ``unit``, else the one that most of them have."""
    if not unit:
        counted = Counter(chain.from_iterable(dict.fromkeys(map(unit_of, some)) for some in stated.values()))
        unit = max(counted, key=counted.__getitem__, default="")
    of_unit = {key: [one for one in some if unit_of(one) == unit] for key, some in stated.items()}
    return {key: some[0] for key, some in of_unit.items() if some}
