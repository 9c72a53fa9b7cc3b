"""Bases: what a change is measured against where a clause of its own says it (与2019年相比，…)."""

from __future__ import annotations

import re

_TIME = r"[^，。；：、]{0,10}(?:年|[年同前][期初末底]|月[末底]?|季度|[年月]前|以前|平均(?:水平)?)"
_CLAUSE = re.compile(
    r"(?:^|[，,；;。：:\s])(?P<basis>(?:与|和|同)[^，。；：]{1,14}?(?:相比较?|比较)|相?(?:较|比|比较)于?"
    rf"{_TIME}|以[^，。；：、]{{2,10}}为(?:基[期数年]|100))[，,]"
)
_WORDS = ("比", "较", "为基")
_ENDS = re.compile(r"[；;]")


def stated_before(text: str, start: int, position: int) -> str | None:
    """The base that a clause before ``position`` in the sentence from ``start`` sets for what follows.

    >>> stated_before("与2019年相比，收入增长", 0, 13)
    '与2019年相比'
    """
    said = _ENDS.split(text[start:position])[-1]
    if not any(word in said for word in _WORDS):
        return None
    stated = [found["basis"] for found in _CLAUSE.finditer(said)]
    return stated[-1] if stated else None
