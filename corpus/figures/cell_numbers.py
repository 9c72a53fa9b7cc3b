"""Numbers of cells: how tables print an amount, with signs, brackets and separators of their own."""

from __future__ import annotations

import re

from corpus.figures.numerals import ARABIC
from corpus.figures.period import find_periods
from corpus.figures.units import match_unit

# In a cell a wide comma or spaces may part thousands too: nothing else stands beside the number.
_THOUSANDS = (
    r"\d{1,3}(?:[,，]\s?\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\s\d{3}){2,}(?!\d)(?:\.\d+)?|\d{1,3}\s\d{3}\.\d+"
)
NUMBER = re.compile(
    rf"(?P<bound>[≥≤<>＜＞约])?\s?(?P<word>上升|增加|增长|提高|上涨|提升|扩大|下降|减少|降低|下跌|缩小|回落|[↑▲↓▼])?\s?"
    # [3] among yearly rates is what all years together come to.
    rf"(?P<quote>(?P<sum>[\[［〔])?(?P<sign>[+﹢]|[-﹣–—])?(?P<open>[(（])?[￥¥$]?\s?(?P<value>{_THOUSANDS}|{ARABIC})"
    rf"(?P<unit>\s?[^\d\s]{{0,8}}?)(?(open)[)）])(?(sum)[\]］〕]))"
)
SEPARATORS = re.compile(r"[,，\s]")


def is_amount(text: str) -> bool:
    """True for a cell that is a number with its unit or without, and no time."""
    number = NUMBER.fullmatch(text)
    if number is None or find_periods(text):
        return False
    unit = number["unit"].strip()
    found = match_unit(unit, 0) if unit else None
    return not unit or (found is not None and found.end == len(unit))
