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
    equal = amount == threshold
    # 超过1000亿元 is over 1000亿元, 不到 is under.
    over = bound not in UNDER and (amount > threshold or (equal and bound in OVER))
    under = bound not in OVER and (amount < threshold or (equal and bound in UNDER))
    same = equal and bound in ("=", "~")
    verdicts: dict[Sign, tuple[bool, bool]] = {
        ">": (over, under or same),
        "≥": (over or same, under),
        "<": (under, over or same),
        "≤": (under or same, over),
        "=": (equal, over or under),
    }
    met, failed = verdicts[sign]
    return True if met else False if failed else None


def every(verdicts: list[bool | None]) -> bool | None:
    """Tell whether all of some verdicts are True; None where that is open."""
    return False if False in verdicts else None if None in verdicts else True


def base_unit(condition: Condition) -> str:
    """Return the base unit of what a condition asks for; empty where it names none."""
    return _ends(condition)[1]


def meets(condition: Condition, figure: Figure) -> bool | None:
    """Tell whether a figure meets a condition; None where its words leave that open."""
    ends, _unit = _ends(condition)
    turned = condition.falls and condition.threshold is not None
    sign = TURNED[condition.sign] if turned else condition.sign
    held: list[tuple[Sign, Decimal]] = (
        [(sign, ends[0])] if len(ends) == 1 else [("≥", ends[0]), ("≤", ends[1])]
    )
    printed = [amount_of(figure)[0]]
    if figure.value_to is not None:
        printed.append(normalise(figure.value_to, figure.unit)[0])
    verdicts = {every([holds(how, amount, end, figure.bound) for how, end in held]) for amount in printed}
    return verdicts.pop() if len(verdicts) == 1 else None


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
