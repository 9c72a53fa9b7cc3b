"""Figure: a quantity that a report states about something."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["level", "change", "rank"]
Bound = Literal["=", ">=", ">", "<=", "<", "~"]
Direction = Literal["+", "-"]
Status = Literal["actual", "target", "forecast"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity as printed, with what it measures and how it is meant.

    indicator  what is measured: the shortest phrase a reader would put in a table's first
               column; a substring of the text, or pieces of it joined by one space (the parts
               of 三次产业结构 are called by their own names: 第一产业 结构)
    value      the number as printed, before the unit's multiplier (``1000`` of ``1000亿元``)
    value_to   the upper end where a range is printed (``5%—6%``), else None
    unit       the unit as printed, with its multiplier (``亿元``); "" where there is none
    kind       ``level`` an amount, count, share or rate; ``change`` a growth, fall or multiple;
               ``rank`` a place in an order
    bound      ``=`` exactly, ``>=`` ``>`` ``<=`` ``<`` as worded, ``~`` about
    direction  of a change: ``+`` or ``-``; None for the other kinds
    basis      what a change is measured against, as printed (``同比``); else None
    period     the time that the figure speaks of, as printed; else None
    status     ``actual``, ``target`` or ``forecast``
    quote      the quantity as printed: ``text[start:end]``
    start, end characters, half-open, into the text that was read
    """

    indicator: str
    value: Decimal
    unit: str
    quote: str
    start: int
    end: int
    kind: Kind = "level"
    bound: Bound = "="
    value_to: Decimal | None = None
    direction: Direction | None = None
    basis: str | None = None
    period: str | None = None
    status: Status = "actual"
