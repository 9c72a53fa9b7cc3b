"""Arithmetic over figures, in ``Decimal``, each result with its formula.

A result that does not come out even is rounded and stands behind ≈; so does one of a term that
is printed as about, over or under.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from corpus.figures.amount import normalise
from corpus.figures.figure import Figure
from retrieval.results import CitedFigure, Computation

ESTIMATED = "（推算）"
PLACES = 2  # decimal places of a result that does not come out even
SHARE = "%"


def amount_of(figure: Figure) -> tuple[Decimal, str]:
    """Return a figure's amount in its base unit, a fall as a negative growth."""
    amount, unit = normalise(figure.value, figure.unit)
    return (-amount if figure.direction == "-" and amount > 0 else amount), unit


def comparable(figures: Sequence[CitedFigure]) -> bool:
    """Tell whether figures are of one base unit, so that they can be added and compared."""
    return len({amount_of(figure)[1] for figure in figures}) == 1


def difference(one: CitedFigure, other: CitedFigure) -> Computation:
    """Return the larger less the smaller, in the larger's printed unit; of percentages, in points."""
    if amount_of(one)[0] < amount_of(other)[0]:
        one, other = other, one
    (left, unit), (right, _) = amount_of(one), amount_of(other)
    terms = f"{term(one)} − {term(other)}"
    if unit == SHARE:
        return _computation(terms, left - right, "个百分点", (one, other))
    return _computation(terms, (left - right) / _factor(one), one.unit, (one, other))


def total(figures: Sequence[CitedFigure]) -> Computation:
    """Return the sum of figures of one base unit, in the first one's printed unit."""
    value = sum((amount_of(figure)[0] for figure in figures), Decimal(0)) / _factor(figures[0])
    return _computation(" + ".join(map(term, figures)), value, figures[0].unit, tuple(figures))


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


def _factor(figure: CitedFigure) -> Decimal:
    """Return how much of the base unit one of the figure's printed units is."""
    return normalise(Decimal(1), figure.unit)[0]


def _computation(formula: str, value: Decimal, unit: str, figures: tuple[CitedFigure, ...]) -> Computation:
    rounded = value.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    exact = value == rounded or value == round(value, PLACES + 2)
    result = f"{plain(value if exact else rounded)}{unit}"
    exact = exact and all(figure.bound == "=" for figure in figures)
    return Computation(f"{formula} {'=' if exact else '≈'} {result}", result, figures)
