"""Bounds: does a figure meet what it is held against, given that it may be printed as about, over or under?"""

from __future__ import annotations

from decimal import Decimal

from corpus.figures.amount import normalise
from corpus.figures.figure import Bound, Figure
from retrieval.facts.arithmetic import SHARE, amount_of
from retrieval.query.query import Condition, Sign

OVER: frozenset[Bound] = frozenset({">", ">="})
UNDER: frozenset[Bound] = frozenset({"<", "<="})
TURNED: dict[Sign, Sign] = {">": "<", "≥": "≤", "<": ">", "≤": "≥", "=": "="}


def holds(sign: Sign, amount: Decimal, threshold: Decimal, bound: Bound) -> bool | None:
    """Tell whether an amount that is printed with ``bound`` is ``sign`` of a threshold; None where that is open.

    >>> holds(">", Decimal(100), Decimal(90), ">="), holds(">", Decimal(100), Decimal(120), ">=")
    (True, None)
    """
    most = amount if bound not in OVER else None
    least = amount if bound not in UNDER else None
    # 超过1000亿元 is over 1000亿元, 不到 is under.
    over = least is not None and (least > threshold or (least == threshold and bound in OVER))
    under = most is not None and (most < threshold or (most == threshold and bound in UNDER))
    equal = amount == threshold and bound in ("=", "~")
    verdicts: dict[Sign, bool | None] = {
        ">": True if over else False if under or equal else None,
        "≥": True if over or equal else False if under else None,
        "<": True if under else False if over or equal else None,
        "≤": True if under or equal else False if over else None,
        "=": True if amount == threshold else False if over or under else None,
    }
    return verdicts[sign]


def every(verdicts: list[bool | None]) -> bool | None:
    """Tell whether all of some verdicts are True; None where that is open."""
    return False if False in verdicts else None if None in verdicts else True


def base_unit(condition: Condition) -> str:
    """Return the base unit of what a condition asks for; empty where it names none."""
    return _ends(condition)[1]


def meets(condition: Condition, figure: Figure) -> bool | None:
    """Tell whether a figure meets a condition; None where its words leave that open."""
    printed = [amount_of(figure)[0]]
    if figure.value_to is not None:
        printed.append(normalise(figure.value_to, figure.unit)[0])
    verdicts = {_holds(condition, amount, figure.bound) for amount in printed}
    return verdicts.pop() if len(verdicts) == 1 else None


def _holds(condition: Condition, amount: Decimal, bound: Bound) -> bool | None:
    ends, _unit = _ends(condition)
    if len(ends) > 1:
        return every([holds("≥", amount, ends[0], bound), holds("≤", amount, ends[-1], bound)])
    turned = condition.falls and condition.threshold is not None
    return holds(TURNED[condition.sign] if turned else condition.sign, amount, ends[0], bound)


def _ends(condition: Condition) -> tuple[list[Decimal], str]:
    """Return what a condition asks for in its base unit, from the least: a fall is less than nothing."""
    threshold = condition.threshold
    if threshold is None:
        return [Decimal(0)], SHARE
    # 6个点 and 6个百分点 of a growth are 6%.
    points = condition.said.endswith("点") and condition.kind == "change"
    unit = SHARE if points else threshold.unit
    falls = condition.falls or threshold.direction == "-"
    values = [value for value in (threshold.value, threshold.value_to) if value is not None]
    amounts = [normalise(value, unit) for value in values]
    return sorted(-abs(amount) if falls else amount for amount, _ in amounts), amounts[0][1]
