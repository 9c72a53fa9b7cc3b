"""Interval: what a printed quantity can be, given how it was rounded and worded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from corpus.figures.amount import normalise
from corpus.figures.figure import Figure

ABOUT = Decimal("0.1")  # how far 近 and 约 may be off, as a share
INFINITY = Decimal("Infinity")
ROUND_UNITS = tuple("十百千万亿")


@dataclass(frozen=True, slots=True)
class Interval:
    """All that a quantity can be, ends included; ``high`` may be infinite."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """True where one quantity can be in both."""
        return self.low <= other.high and other.low <= self.high

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def growth_from(self, other: Interval) -> Interval | None:
        """Return the growth to this from another, in %; None where the other may be nothing."""
        if other.low <= 0 or other.high == INFINITY:
            return None
        return Interval(100 * (self.low / other.high - 1), 100 * (self.high / other.low - 1))


def interval_of(figure: Figure) -> Interval:
    """Return what a figure says, in its base unit, whether its last digit was rounded or cut off.

    Zeros at the end of a whole number of 万 or 亿 count as rounded too: 1000亿元 may be 1023亿元,
    but 1000家 are 1000家.

    >>> interval_of(Figure("产值", Decimal("1.5"), "亿元", "1.5亿元", 0, 5))
    Interval(low=Decimal('140000000.0'), high=Decimal('160000000.0'))
    """
    whole = figure.unit.startswith(ROUND_UNITS) and figure.value == figure.value.to_integral_value()
    printed = figure.value.normalize() if whole else figure.value
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))  # one more in the last digit that counts
    low, high = figure.value - step, (figure.value_to or figure.value) + step
    if figure.bound == "~":
        low, high = min(low, low * (1 - ABOUT)), max(high, high * (1 + ABOUT))
    if figure.bound in (">", ">="):
        low, high = figure.value, INFINITY
    if figure.bound in ("<", "<="):
        low, high = min(Decimal(0), low), figure.value_to or figure.value
    return Interval(normalise(low, figure.unit)[0], normalise(high, figure.unit)[0])
