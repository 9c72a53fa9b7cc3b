"""Sieve: the ledger in columns, filtered while somebody types and sorted by any column.

What ``retrieval.facts.ledger`` refuses with a message is here a word that is not finished yet: it finds
what has it as a part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.figures.synonyms import SYNONYMS, canonical_indicator
from corpus.places import short_name
from index import Index
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.days import Days
from retrieval.facts.ledger import Choice, base_of, wanted_days
from retrieval.render.labels import Label

Column = Literal["indicator", "value", "unit", "period", "kind", "status", "place", "report"]
COLUMNS: tuple[Column, ...] = get_args(Column)
# The order of its bytes: common characters by their sound (GB 2312, level 1), the rest by radical.
READING_ORDER = "gb18030"
SHORTEST_PART = 2  # characters with which another name of an indicator begins: GD, 社零
NO_DAY = 0  # day numbers begin at 1

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Order:
    """By which column rows stand, and whether the largest comes first."""

    column: Column
    descending: bool = False


class Sieve:
    """The figures of an index, to be chosen and ordered quickly; rows are places in ``index.ledger``.

    ``days`` are those that each figure speaks of, see ``retrieval.facts.days``; ``labels`` what the reports
    are called.  At 20,000 figures a choice with its order takes some milliseconds.
    """

    def __init__(self, index: Index, days: Sequence[Days | None], labels: Mapping[str, Label]) -> None:
        ledger = index.ledger
        self._size = len(ledger)
        self._days = {entry.name: entry.identity.day for entry in index.manifest.reports}
        self._indicator = _Words([f"{e.terms.series}\n{e.figure.indicator}" for e in ledger])
        self._series = _Words([e.terms.series for e in ledger])
        self._source = _Words([e.report for e in ledger])
        self._report = _Words([f"{labels[e.report].full}\n{e.report}" for e in ledger])
        self._place = _Words([e.terms.place or "" for e in ledger])
        self._period = _Words([e.figure.period or "" for e in ledger])
        self._kind = _Words([e.figure.kind for e in ledger])
        self._status = _Words([e.figure.status for e in ledger])
        self._unit = _Words([e.figure.unit for e in ledger])
        self._base = _Words([e.terms.base_unit for e in ledger])
        self._amount = np.array([float(amount_of(e.figure)[0]) for e in ledger], float)
        self._first, self._last = _day_numbers(days)

    @property
    def places(self) -> tuple[str, ...]:
        """The places that the reports are of, in reading order."""
        return tuple(filter(None, self._place.in_order()))

    @property
    def units(self) -> tuple[str, ...]:
        """The base units, the commonest first."""
        return tuple(filter(None, self._base.by_number()))

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which the times of the figures end, the last first."""
        days = np.unique(self._last[self._last > NO_DAY])
        epoch = np.datetime64("0001-01-01", "D")
        years = {int(str(epoch + np.timedelta64(int(day) - 1, "D"))[:4]) for day in days}
        return tuple(sorted(years, reverse=True))

    def indicators(self, typed: str, most: int) -> tuple[str, ...]:
        """Return the names of the commonest indicators that ``typed`` finds."""
        chosen = self._indicator.codes[self._of_indicator(typed.strip())]
        series = Counter[str]()
        for code, number in zip(*np.unique(chosen, return_counts=True), strict=True):
            series[self._indicator.names[code].split("\n")[0]] += int(number)
        return tuple(name for name, _ in series.most_common(most))

    def rows(self, choice: Choice, order: Order | None = None, among: Collection[int] | None = None) -> Rows:
        """Return the rows that are wanted, in the ledger's order where none is given.

        Every word of ``choice`` may be unfinished: a report or place is found by a part of its
        name, a time that cannot be read by a part of what is printed, a unit likewise.  Where no
        order is given, the indicator of just the name that is asked for comes before those that
        have it as a part.  Amounts are ordered within their base units, the commonest first: 5公里 is
        not less than 3亿元.  ``among`` limits the rows to these.
        """
        mask = np.ones(self._size, bool)
        if among is not None:
            mask[:] = False
            mask[np.fromiter(among, np.intp, len(among))] = True
        for text, find in (
            (choice.indicator, self._of_indicator),
            (choice.report, self._report.having),
            (choice.place, self._of_place),
            (choice.period, self._of_period),
            (choice.unit, self._of_unit),
        ):
            if text and text.strip():
                mask &= find(text.strip())
        mask &= self._kind.being(choice.kind) if choice.kind else True
        mask &= self._status.being(choice.status) if choice.status else True
        rows = np.flatnonzero(mask)
        if order is not None:
            return self._ordered(rows, order)
        wanted = canonical_indicator((choice.indicator or "").strip())
        return rows[np.argsort(~self._series.being(wanted)[rows], kind="stable")] if wanted else rows

    def has_several_units(self, rows: Rows) -> bool:
        """Tell whether rows are of more than one base unit, so that not all can be compared."""
        return len(np.unique(self._base.codes[rows])) > 1

    def _of_indicator(self, typed: str) -> Mask:
        part = typed.casefold()
        begun = {
            name
            for name, others in SYNONYMS.items()
            if len(part) >= SHORTEST_PART and any(other.casefold().startswith(part) for other in others)
        }
        wanted = {canonical_indicator(typed), *begun}

        def found(names: str) -> bool:
            common, printed = names.split("\n")
            return part in printed.casefold() or any(name in common for name in wanted)

        return self._indicator.where(found)

    def _of_place(self, typed: str) -> Mask:
        short = short_name(typed)
        return self._place.where(lambda name: bool(name) and (short_name(name) == short or typed in name))

    def _of_period(self, typed: str) -> Mask:
        spans = [wanted_days(typed, self._days[report]) for report in self._source.names]
        # A report without a day may not know 去年, where others do.
        if any(spans):
            first = np.array([span[0].toordinal() if span else NO_DAY for span in spans], np.int32)
            last = np.array([span[1].toordinal() if span else NO_DAY for span in spans], np.int32)
            reports = self._source.codes
            inside = (first[reports] <= self._first) & (self._last <= last[reports])
            return inside & (self._first > NO_DAY) & (first[reports] > NO_DAY)
        return self._period.having(typed)

    def _of_unit(self, typed: str) -> Mask:
        base = base_of(typed)
        return self._base.being(base) if base in self.units else self._unit.having(typed)

    def _ordered(self, rows: Rows, order: Order) -> Rows:
        if order.column == "value":
            groups = self._base.codes[rows]
            sizes = np.bincount(groups, minlength=len(self._base.names))
            keys = [-sizes[groups], groups, _turned(self._amount[rows], order)]
        elif order.column == "period":
            first, last = self._first[rows], self._last[rows]
            keys = [last == NO_DAY, _turned(last, order), _turned(first, order)]
        else:
            words: _Words = getattr(self, f"_{order.column}")
            ranks = words.ranks[rows]
            keys = [ranks < 0, _turned(ranks, order)]
        # The last key counts most; rows that are equal keep the order of the ledger.
        return rows[np.lexsort(keys[::-1])]


class _Words:
    """A column of words: each different one once, and by its code in every row."""

    def __init__(self, column: Sequence[str]) -> None:
        counted = Counter(column)
        self.names = tuple(counted)
        self._number = tuple(counted.values())
        code_of = {name: code for code, name in enumerate(self.names)}
        self.codes: NDArray[np.intp] = np.array([code_of[word] for word in column], np.intp)
        place = {name: rank for rank, name in enumerate(self.in_order())}
        # The place of each row in reading order; what has no word is below 0.
        self.ranks = np.array([place[word] if word else -1 for word in self.names], np.intp)[self.codes]

    def in_order(self) -> list[str]:
        """Return the different words in reading order."""
        return sorted(self.names, key=lambda name: name.encode(READING_ORDER, "replace"))

    def by_number(self) -> list[str]:
        """Return the different words, the commonest first."""
        pairs = sorted(zip(self._number, self.names, strict=True), key=lambda pair: -pair[0])
        return [name for _, name in pairs]

    def where(self, test: Callable[[str], bool]) -> Mask:
        """Return for each row whether its word passes a test, made once for each different word."""
        passed = np.array([test(name) for name in self.names], bool)
        return passed[self.codes]

    def having(self, part: str) -> Mask:
        """Return for each row whether its word has ``part`` in it, in capitals or not."""
        small = part.casefold()
        return self.where(lambda name: small in name.casefold())

    def being(self, word: str) -> Mask:
        """Return for each row whether it has this word."""
        return self.where(lambda name: name == word)


def _turned(keys: NDArray[np.float64] | Rows | NDArray[np.int32], order: Order) -> NDArray[np.generic]:
    return -keys if order.descending else keys


def _day_numbers(days: Sequence[Days | None]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the first and last days as numbers."""
    first = [span[0].toordinal() if span else NO_DAY for span in days]
    last = [span[1].toordinal() if span else NO_DAY for span in days]
    return np.array(first, np.int32), np.array(last, np.int32)
