"""Explain: what a figure's unit means, in words, where readers take it for something else.

Percentage points are read as per cent, ``增长2.1倍`` as ``2.1倍``, ``翻两番`` as twice as much.
"""

from __future__ import annotations

import re
from decimal import Decimal

from corpus.figures.amount import normalise
from corpus.figures.figure import Bound, Direction
from retrieval.arithmetic import plain
from retrieval.results import CitedFigure

POINTS = "个百分点"
TIMES, DOUBLINGS, TENTHS, PER_MILLE = "倍", "番", "成", "‰"
BOUND_WORDS: dict[Bound, str] = {"=": "", ">=": "至少", ">": "超过", "<=": "至多", "<": "不到", "~": "约"}
CHANGED: dict[Direction | None, tuple[str, str]] = {
    "+": ("增加", "增长"),
    "-": ("减少", "下降"),
    None: ("变动", "变动"),
}
# What stands between a verb and its number.
LOOSE = "(?:了|约|近|超过|超|达到|达|逾|接近|将近|至少|不少于)*"
# 增长2.1倍: so much came on top; 是去年的2.1倍, 扩大到2.1倍: so much it is now.
GREW = re.compile(rf"(?:增长|增加|提高|提升|上升|上涨|增|涨|多出?|高出?|超出){LOOSE}$")
BECAME = re.compile(rf"(?:[到至为]|的|相当于|等于){LOOSE}$")
# A share of a growth, or a distance between two places: nothing grew by these points itself.
PUSHED = re.compile(r"拉动|贡献|带动|影响")
APART = re.compile(r"[高低快慢优]于|全国|全省|全市|平均")
CLAUSE_END = re.compile(r"[，,；;。！？!?\n]")


def explain(figure: CitedFigure) -> str | None:
    """Return what the unit of a figure means, None where nobody mistakes it.

    >>> from corpus.document import Passage
    >>> text = "出口额增长2.1倍。"
    >>> passage = Passage("a.txt", 0, text, 0, 9, "a", (), 1, (1, 1))
    >>> explain(CitedFigure("出口额", Decimal("2.1"), "倍", "2.1倍", 5, 9, "change", passage=passage))
    '变为原来的3.1倍，不是2.1倍'
    """
    amount, unit = normalise(figure.value, figure.unit)
    if unit == POINTS:
        return _points(figure, amount)
    if figure.unit == TENTHS:
        return f"即{_said(figure, amount, '%')}"
    if figure.unit == PER_MILLE:
        return (
            f"即{_said(figure, amount, '%')}，每1000中有{plain(figure.value)}" if _is_share(figure) else None
        )
    if figure.value_to is not None or figure.kind != "change" or figure.direction == "-":
        return None
    if unit == TIMES:
        return _times(figure)
    if unit == DOUBLINGS:
        return f"变为原来的{BOUND_WORDS[figure.bound]}{_power_of_two(figure.value)}倍"
    return None


def _points(figure: CitedFigure, amount: Decimal) -> str:
    """Say what points are of: of a share itself, of a growth that is pushed, between two shares."""
    said = _said(figure, amount, POINTS)
    if APART.search(figure.basis or ""):
        return f"两个比例相差{said}，不是相差{_said(figure, amount, '%')}"
    if PUSHED.search(_clause_before(figure)):
        return f"在总的增幅里占{said}"
    itself, relative = CHANGED[figure.direction]
    return f"比例本身{itself}了{said}，不是{relative}{_said(figure, amount, '%')}"


def _times(figure: CitedFigure) -> str | None:
    before = _clause_before(figure)
    if GREW.search(before):
        became = f"{BOUND_WORDS[figure.bound]}{plain(figure.value + 1)}倍"
        return f"变为原来的{became}，不是{plain(figure.value)}倍"
    if BECAME.search(before) and figure.value > 1:
        return f"即多{BOUND_WORDS[figure.bound]}{plain(figure.value - 1)}倍，不是多{plain(figure.value)}倍"
    return None


def _said(figure: CitedFigure, amount: Decimal, unit: str) -> str:
    """Return an amount with its bound, a range with both ends."""
    upper = "" if figure.value_to is None else f"至{plain(normalise(figure.value_to, figure.unit)[0])}{unit}"
    return f"{BOUND_WORDS[figure.bound]}{plain(amount)}{unit}{upper}"


def _is_share(figure: CitedFigure) -> bool:
    return figure.kind == "level" and figure.value_to is None and figure.bound == "=" and figure.value > 0


def _clause_before(figure: CitedFigure) -> str:
    return CLAUSE_END.split(figure.passage.text[: figure.start])[-1]


def _power_of_two(doublings: Decimal) -> str:
    """Return how many times as much it is: 2 for 翻一番, 4 for 翻两番, about 2.83 for 1.5番."""
    times = Decimal(2) ** doublings
    return plain(times) if doublings == doublings.to_integral_value() else f"约{times:.2f}"
