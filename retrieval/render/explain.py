"""Explain: what a figure's unit means, in words, where readers take it for something else.

Percentage points are read as per cent, ``增长2.1倍`` as ``2.1倍``, ``翻两番`` as twice as much.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from corpus.figures.amount import normalise
from corpus.figures.figure import Bound
from corpus.messages import Message, says
from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import plain
from retrieval.facts.statements import last_part
from retrieval.words.phrases import BOUND_SAID

POINTS = "个百分点"
TIMES, DOUBLINGS, TENTHS, PER_MILLE = "倍", "番", "成", "‰"
# What stands between a verb and its number.
LOOSE = "(?:了|约|近|超过|超|达到|达|逾|接近|将近|至少|不少于)*"
# 增长2.1倍: so much came on top; 是去年的2.1倍, 扩大到2.1倍: so much it is now.
GREW = re.compile(rf"(?:增长|增加|提高|提升|上升|上涨|增|涨|多出?|高出?|超出){LOOSE}$")
BECAME = re.compile(rf"(?:[到至为]|的|相当于|等于){LOOSE}$")
# A share of a growth, or a distance between two places: nothing grew by these points itself.
PUSHED = "拉动", "贡献", "带动", "影响"
APART = "高于", "低于", "快于", "慢于", "优于", "全国", "全省", "全市", "平均"
CLAUSE_END = "，,；;。！？!?\n"
MOVED = {
    "+": ("explained.rose", "比例本身增加了{points}，不是增长{percent}"),
    "-": ("explained.fell", "比例本身减少了{points}，不是下降{percent}"),
    None: ("explained.moved", "比例本身变动了{points}，不是变动{percent}"),
}


def explain(figure: CitedFigure) -> Message | None:
    """Return what the unit of a figure means, None where nobody mistakes it.

    >>> from corpus.document import Passage
    >>> text = "出口额增长2.1倍。"
    >>> passage = Passage("a.txt", 0, text, 0, 9, "a", (), 1, (1, 1))
    >>> print(explain(CitedFigure("出口额", Decimal("2.1"), "倍", "2.1倍", 5, 9, "change", passage=passage)))
    变为原来的3.1倍，不是2.1倍
    """
    amount, unit = normalise(figure.value, figure.unit)
    if unit == POINTS:
        return _points(figure, amount)
    if figure.unit == TENTHS:
        return says("explained.tenths", "即{share}", share=_in(_as_percent, figure, amount))
    if figure.unit == PER_MILLE:
        share, number = _in(_as_percent, figure, amount), plain(figure.value)
        exact = figure.kind == "level" and figure.value_to is None and figure.bound == "="
        told = says("explained.mille", "即{share}，每1000中有{number}", share=share, number=number)
        return told if exact and figure.value > 0 else None
    if figure.value_to is not None or figure.kind != "change" or figure.direction == "-":
        return None
    if unit == TIMES:
        return _times(figure)
    if unit == DOUBLINGS:  # 2 times for 翻一番, 4 for 翻两番, about 2.83 for 1.5番
        times = Decimal(2) ** figure.value
        whole = figure.value == figure.value.to_integral_value()
        became = plain(times) if whole else _bound("~", f"{times:.2f}")
        return says("explained.doubled", "变为原来的{times}倍", times=_bound(figure.bound, became))
    return None


def _points(figure: CitedFigure, amount: Decimal) -> Message:
    """Say what points are of: of a share itself, of a growth that is pushed, between two shares."""
    said = {"points": _in(_as_points, figure, amount), "percent": _in(_as_percent, figure, amount)}
    if any(word in (figure.basis or "") for word in APART):
        return says("explained.apart", "两个比例相差{points}，不是相差{percent}", **said)
    if any(word in _clause_before(figure) for word in PUSHED):
        return says("explained.pushed", "在总的增幅里占{points}", points=said["points"])
    return says(*MOVED[figure.direction], **said)


def _times(figure: CitedFigure) -> Message | None:
    before, times = _clause_before(figure), plain(figure.value)
    if GREW.search(before):
        became = _bound(figure.bound, plain(figure.value + 1))
        return says("explained.grew", "变为原来的{became}倍，不是{times}倍", became=became, times=times)
    if BECAME.search(before) and figure.value > 1:
        more = _bound(figure.bound, plain(figure.value - 1))
        return says("explained.became", "即多{more}倍，不是多{times}倍", more=more, times=times)
    return None


def _as_points(number: Message | str) -> Message:
    return says("amount.points", "{number}个百分点", number=number)


def _as_percent(number: Message | str) -> Message:
    return says("amount.percent", "{number}%", number=number)


def _in(said: Callable[[Message | str], Message], figure: CitedFigure, amount: Decimal) -> Message:
    """Return the amount of a figure, or its range, as ``said`` tells one number."""
    low = said(_bound(figure.bound, plain(amount)))
    if figure.value_to is None:
        return low
    high = said(plain(normalise(figure.value_to, figure.unit)[0]))
    return says("amount.range", "{low}至{high}", low=low, high=high)


def _bound(bound: Bound, number: Message | str) -> Message | str:
    """Return a number with the words of a bound."""
    if bound == "=":
        return number
    return says("amount.bounded", "{bound}{number}", bound=BOUND_SAID[bound], number=number)


def _clause_before(figure: CitedFigure) -> str:
    return last_part(figure.passage.text[: figure.start], CLAUSE_END)
