"""Compare a figure of several places or years: each as printed, which is more, and by how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures.amount import normalise
from retrieval.results import CitedFigure, Computation
from retrieval.wording import quantity

# Asked for the smaller one: 谁的失业率低, 哪年少.
LESS = re.compile(r"(?:更|较|最)?(?:低|少|小|慢|差|靠后)(?:[？?。]|$|一些|些|点|的|呢|分别)")
ESTIMATED = "（推算）"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: its name, and its figure if the reports state it."""

    name: str
    figure: CitedFigure | None


def compare(question: str, sides: Sequence[Side]) -> tuple[str, tuple[Computation, ...]]:
    """Return the comparison in words, and the computation behind it where there is one.

    A difference is given where all the figures have one unit; where a side has no figure that
    is said instead.
    """
    words = [
        f"{side.name}：{side.figure.indicator} {quantity(side.figure)}" if side.figure else f"{side.name}：报告没有给出"
        for side in sides
    ]
    stated = [(side, *amount_of(side.figure)) for side in sides if side.figure]
    text = "；".join(words) + "。"
    if len(stated) < 2 or len({unit for *_, unit in stated}) > 1:
        return text, ()
    ordered = sorted(stated, key=lambda row: row[1], reverse=not LESS.search(question))
    (first, most, _), (second, next_most, _) = ordered[0], ordered[1]
    if most == next_most:
        return f"{text}{first.name}与{second.name}相同。", ()
    more = "更低" if LESS.search(question) else "更高"
    computation = difference(first.figure, second.figure) if first.figure and second.figure else None
    by = f"，相差{computation.result}{ESTIMATED}" if computation and len(sides) == 2 else ""
    return f"{text}{first.name}{more}{by}。", (computation,) if computation else ()


def amount_of(figure: CitedFigure) -> tuple[Decimal, str]:
    """Return a figure's amount in its base unit, a fall as a negative growth."""
    amount, unit = normalise(figure.value, figure.unit)
    return (-amount if figure.direction == "-" and amount > 0 else amount), unit


def difference(one: CitedFigure, other: CitedFigure) -> Computation:
    """Return the difference of two figures of one base unit, in the unit that the first is printed in.

    The difference of two percentages is in percentage points.
    """
    left, unit = amount_of(one)
    right, _ = amount_of(other)
    if left < right:
        one, other, left, right = other, one, right, left
    factor = normalise(Decimal(1), one.unit)[0]
    shown = "个百分点" if unit == "%" else one.unit
    result = f"{plain((left - right) / factor)}{shown}"
    return Computation(f"{signed(one)} − {signed(other)} = {result}", result, (one, other))


def signed(figure: CitedFigure) -> str:
    """Return a figure as a term of a formula: a fall has a minus."""
    value = -figure.value if figure.direction == "-" and figure.value > 0 else figure.value
    return f"{plain(value)}{figure.unit}"


def plain(number: Decimal) -> str:
    """Return a number without an exponent, rounded to four places, without trailing zeros.

    >>> plain(Decimal("0.20")), plain(Decimal("1E+3")), plain(Decimal("21542.0700"))
    ('0.2', '1000', '21542.07')
    """
    rounded = number.quantize(Decimal("0.0001"), ROUND_HALF_UP) if number.as_tuple().exponent else number
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
