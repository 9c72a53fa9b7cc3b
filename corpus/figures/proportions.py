"""Proportions: numbers set against each other by colons (三次产业结构为4.6:35.8:59.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.figures.mention import Mention

_COLON = r"\s?[:：∶]\s?"
_NUMBER = r"\d{1,3}+(?:\.\d++)?+"
PROPORTION = rf"(?<![\d.:：∶]){_NUMBER}(?:{_COLON}{_NUMBER}){{1,4}}(?![\d.:：∶])"
# What speaks of a proportion before it; scores and times of day do not follow these.
_SPOKEN = re.compile(
    r"(?:比例|比重|结构|构成|[之收性师生床货率]比|比(?=[为是由从达超突缩收提扩至到降约近]|$))[^，。；]{0,28}$"
)
_REACH = 40  # characters before that are looked at
_PART = re.compile(_NUMBER)
# 1:3.4 and 104.8:100 say one number, as 2.3:1 does.
_ONE, _HUNDRED = Decimal(1), Decimal(100)


def read_proportion(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """A mention for each number of a proportion, one where it only says how many to 1 or to 100."""
    if not _SPOKEN.search(text[max(0, match.start() - _REACH) : match.start()]):
        return
    parts = list(_PART.finditer(text, match.start(), match.end()))
    values = [Decimal(part[0]) for part in parts]
    if len(values) == 2 and (values[0] == _ONE or values[1] in (_ONE, _HUNDRED)):
        value = values[1] if values[0] == _ONE else values[0]
        yield Mention(match.start(), match.end(), value, "", "share")
        return
    for part, value in zip(parts, values, strict=True):
        yield Mention(part.start(), part.end(), value, "", "share")
