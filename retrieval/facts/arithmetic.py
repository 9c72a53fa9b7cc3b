"""Arithmetic over figures, in ``Decimal``, each result with its formula.

A result that does not come out even is rounded and stands behind ≈; so does one of a term that
is printed as about, over or under.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures.amount import normalise
from corpus.figures.figure import Figure
from retrieval.answer import CitedFigure, Computation

ESTIMATED = "（推算）"
ABOUT = "≈"
# How much rougher one term must be than another: a last zero is often not printed (33万吨 beside 118.3万吨).
ROUGHER = 100
FEWEST_DIGITS = 2  # of a sum or difference of terms of which one is rougher than the other
PLACES = 2  # decimal places of a result that does not come out even
SHARE = "%"


def amount_of(figure: Figure) -> tuple[Decimal, str]:
    """Return a figure's amount in its base unit, a fall as a negative growth."""
    amount, unit = normalise(figure.value, figure.unit)
    return (-amount if figure.direction == "-" and amount > 0 else amount), unit


def difference(one: CitedFigure, other: CitedFigure) -> Computation:
    """Return the larger less the smaller, in the larger's printed unit; of percentages, in points."""
    if amount_of(one)[0] < amount_of(other)[0]:
        one, other = other, one
    (left, unit), (right, _) = amount_of(one), amount_of(other)
    formula = f"{term(one)} − {term(other)}"
    if unit == SHARE:
        return _computation(formula, left - right, "个百分点", (one, other))
    return _combined(formula, left - right, (one, other))


def total(figures: Sequence[CitedFigure]) -> Computation:
    """Return the sum of figures of one base unit, in the first one's printed unit."""
    amount = sum((amount_of(figure)[0] for figure in figures), Decimal(0))
    return _combined(" + ".join(map(term, figures)), amount, tuple(figures))


def ratio(part: CitedFigure, whole: CitedFigure) -> Computation:
    """Return how many times ``whole`` goes into ``part``; ``whole`` is not 0."""
    value = amount_of(part)[0] / amount_of(whole)[0]
    return _computation(f"{term(part)} ÷ {term(whole)}", value, "倍", (part, whole))


def share(part: CitedFigure, whole: CitedFigure) -> Computation:
    """Return ``part`` as a percentage of ``whole``, which is not 0."""
    value = amount_of(part)[0] / amount_of(whole)[0] * 100
    return _computation(f"{term(part)} ÷ {term(whole)} × 100%", value, SHARE, (part, whole))


def before(level: CitedFigure, growth: CitedFigure) -> Computation:
    """Return what a level was before it grew by a percentage: level ÷ (1 + growth)."""
    percent = amount_of(growth)[0]
    sign = "−" if percent < 0 else "+"
    value = level.value / (1 + percent / 100)
    formula = f"{term(level)} ÷ (1 {sign} {plain(abs(percent))}%)"
    return _computation(formula, value, level.unit, (level, growth))


def term(figure: CitedFigure) -> str:
    """Return a figure as a term of a formula: a fall has a minus."""
    value = -figure.value if figure.direction == "-" and figure.value > 0 else figure.value
    return f"{plain(value)}{figure.unit}"


def plain(number: Decimal) -> str:
    """Return a number without exponent and trailing zeros.

    >>> plain(Decimal("0.20")), plain(Decimal("1E+3")), plain(Decimal("21542.07"))
    ('0.2', '1000', '21542.07')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _combined(formula: str, amount: Decimal, figures: tuple[CitedFigure, ...]) -> Computation:
    """Return a sum or difference in the first figure's unit, without digits that its roughest term does not tell.

    14.2万亿元 less 67665亿元 is about 7.4万亿元 and not 7.4335万亿元; two digits stay in any case.
    """
    # How much of the base unit one of each printed unit is, and what the last digit that is printed counts.
    factors = [normalise(Decimal(1), figure.unit)[0] for figure in figures]
    steps = [
        Decimal(1).scaleb(min(int(figure.value.as_tuple().exponent), 0)) * factor
        for figure, factor in zip(figures, factors, strict=True)
    ]
    rough = max(steps) >= ROUGHER * min(steps)
    if rough and amount:
        step = min(max(steps), Decimal(1).scaleb(amount.adjusted() - FEWEST_DIGITS + 1))
        amount = (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return _computation(formula, amount / factors[0], figures[0].unit, figures, rough)


def _computation(
    formula: str, value: Decimal, unit: str, figures: tuple[CitedFigure, ...], rough: bool = False
) -> Computation:
    rounded = value.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    exact = value == rounded or value == round(value, PLACES + 2)
    result = f"{plain(value if exact else rounded)}{unit}"
    exact = exact and all(figure.bound == "=" for figure in figures) and not rough
    return Computation(f"{formula} {'=' if exact else ABOUT} {result}", result, figures)
