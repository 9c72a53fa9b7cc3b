"""Mention: a quantity as it stands in the text, before anything is known of what it measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from corpus.figures.units import Family


@dataclass(frozen=True, slots=True)
class Mention:
    """A printed quantity: where it stands, its number and its unit.

    family   what sort of unit; ``rank`` for a place in an order
    more     余 or 多 stands inside the quote
    chinese  the number is written in characters
    signed   a plus or a minus stands before the number: 同比-11%, +5.8个百分点
    """

    start: int
    end: int
    value: Decimal
    unit: str
    family: Family
    value_to: Decimal | None = None
    more: bool = False
    chinese: bool = False
    signed: bool = False
