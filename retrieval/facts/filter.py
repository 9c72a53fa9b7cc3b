"""Sieve: the ledger in columns, chosen from by whole words or while somebody types, sorted by any column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.figures.amount import normalise
from corpus.figures.numerals import narrow
from corpus.figures.synonyms import SYNONYMS, canonical_indicator
from corpus.messages import says
from corpus.places import short_name
from index import Index
from index.ledger import LedgerEntry, resolved
from retrieval.errors import RetrievalError, unknown_report
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.statements import Days, days_of
from retrieval.words.labels import Label, labels_of
from retrieval.words.phrases import KIND_SAID, STATUS_SAID

Column = Literal["indicator", "value", "unit", "period", "kind", "status", "place", "report"]
COLUMNS: tuple[Column, ...] = get_args(Column)
# The order of its bytes: common characters by their sound (GB 2312, level 1), the rest by radical.
READING_ORDER = "gb18030"
SHORTEST_PART = 2  # characters with which another name of an indicator begins: GD, 社零
NO_DAY = 0  # day numbers begin at 1
MONTH = re.compile(r"((?:19|20)\d{2})(?:[-/.](\d{1,2}))?")
A_DAY = date(2000, 6, 15)  # to see whether words name a time at all
MOST_UNITS = 30  # of those an error lists; the rest are rare

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which figures are wanted; None is any.  What each means: see ``Retriever.figures``."""

    indicator: str | None = None
    report: str | None = None
    place: str | None = None
    period: str | None = None
    kind: str | None = None
    status: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """By which column rows stand, and whether the largest comes first."""

    column: Column
    descending: bool = False


class Sieve:
    """The figures of an index, to be chosen and ordered quickly; rows are places in ``index.ledger``.

    ``days`` are those that each figure speaks of, see ``days_spoken_of``; by default those of its printed
    time.  ``labels`` are what the reports are called.  At 20,000 figures a choice with its order takes some
    milliseconds.
    """

    def __init__(
        self,
        index: Index,
        days: Sequence[Days | None] | None = None,
        labels: Mapping[str, Label] | None = None,
    ) -> None:
        ledger, reports = index.ledger, index.manifest.reports
        called = labels or labels_of(reports)
        self._size = len(ledger)
        self._day_of = days_of(reports)
        self._indicator = _Words([f"{e.terms.series}\n{e.figure.indicator}" for e in ledger])
        self._report = _Words([f"{called[e.report].full}\n{e.report}" for e in ledger])
        self._source = _Words([e.report for e in ledger])
        self._place = _Words([e.terms.place or "" for e in ledger])
        self._period = _Words([e.figure.period or "" for e in ledger])
        self._kind = _Words([e.figure.kind for e in ledger])
        self._status = _Words([e.figure.status for e in ledger])
        self._unit = _Words([e.figure.unit for e in ledger])
        self._base = _Words([e.terms.base_unit for e in ledger])
        self._amount = np.array([float(amount_of(e.figure)[0]) for e in ledger], float)
        self._first, self._last = _numbers(map(_printed_days, ledger) if days is None else days)

    @property
    def places(self) -> tuple[str, ...]:
        """The places that the reports are of, in reading order."""
        return tuple(filter(None, self._place.in_order()))

    @property
    def units(self) -> tuple[str, ...]:
        """The base units, the commonest first."""
        return tuple(unit for unit, _ in self._base.number.most_common() if unit)

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which the times of the figures end, the last first."""
        days = np.unique(self._last[self._last > NO_DAY]).tolist()
        return tuple(sorted({date.fromordinal(day).year for day in days}, reverse=True))

    def indicators(self, typed: str, most: int) -> tuple[str, ...]:
        """Return the names of the commonest indicators that ``typed`` finds."""
        chosen = self._indicator.codes[self._of_indicator(typed.strip())]
        series = Counter[str]()
        for code, number in zip(*np.unique(chosen, return_counts=True), strict=True):
            series[self._indicator.names[code].split("\n")[0]] += int(number)
        return tuple(name for name, _ in series.most_common(most))

    def exactly(self, choice: Choice) -> Rows:
        """Return the rows that a choice wants whose words are whole, in the ledger's order."""
        name = (choice.indicator or "").strip()
        return self._passing(
            (choice.indicator, lambda _: self._named(name, {canonical_indicator(name)})),
            (choice.report, self._source.being),
            (choice.place, partial(self._of_place, whole=True)),
            (choice.period, self._within),
            (choice.unit, lambda unit: self._base.being(base_of(unit))),
            (choice.kind, self._kind.being),
            (choice.status, self._status.being),
        )

    def rows(self, choice: Choice, order: Order | None = None, among: Collection[int] | None = None) -> Rows:
        """Return the rows that are wanted, in the ledger's order where none is given.

        Every word of ``choice`` may be unfinished: a report or place is found by a part of its
        name, a time that cannot be read by a part of what is printed, a unit likewise.  Where no
        order is given, the indicator of just the name that is asked for comes before those that
        have it as a part.  Amounts are ordered within their base units, the commonest first: 5公里 is
        not less than 3亿元.  ``among`` limits the rows to these.
        """
        rows = self._passing(
            (_typed(choice.indicator), self._of_indicator),
            (_typed(choice.report), self._report.having),
            (_typed(choice.place), self._of_place),
            (_typed(choice.period), self._of_period),
            (_typed(choice.unit), self._of_unit),
            (choice.kind or None, self._kind.being),
            (choice.status or None, self._status.being),
        )
        if among is not None:
            rows = rows[np.isin(rows, np.fromiter(among, np.intp, len(among)))]
        if order is not None:
            return self._ordered(rows, order)
        if not (name := _typed(choice.indicator)):
            return rows
        wanted = canonical_indicator(name)
        other = self._indicator.where(lambda names: names.split("\n")[0] != wanted)
        return rows[np.argsort(other[rows], kind="stable")]

    def has_several_units(self, rows: Rows) -> bool:
        """Tell whether rows are of more than one base unit, so that not all can be compared."""
        return len(np.unique(self._base.codes[rows])) > 1

    def _passing(self, *tests: tuple[str | None, Callable[[str], Mask]]) -> Rows:
        """Return the rows that pass the test of every word that is given."""
        mask = np.ones(self._size, bool)
        for word, test in tests:
            if word is not None:
                mask &= test(word)
        return np.flatnonzero(mask)

    def _of_indicator(self, typed: str) -> Mask:
        part = typed.casefold()
        begun = {
            name
            for name, others in SYNONYMS.items()
            if len(part) >= SHORTEST_PART and any(other.casefold().startswith(part) for other in others)
        }
        return self._named(part, {canonical_indicator(typed), *begun}, str.casefold)

    def _named(self, part: str, wanted: Collection[str], read: Callable[[str], str] = str) -> Mask:
        """Return for each row whether its indicator is one of those, or as it is ``read`` has a part."""

        def found(names: str) -> bool:
            common, printed = names.split("\n")
            return part in read(printed) or any(name in common for name in wanted)

        return self._indicator.where(found)

    def _of_place(self, typed: str, whole: bool = False) -> Mask:
        short = short_name(typed.strip())

        def found(name: str) -> bool:
            return bool(name) and (short_name(name) == short or (not whole and typed in name))

        return self._place.where(found)

    def _of_period(self, typed: str) -> Mask:
        # A report without a day may not know 去年, where others do.
        known = any(wanted_days(typed, self._day_of[report]) for report in self._source.names)
        return self._within(typed) if known else self._period.having(typed)

    def _within(self, period: str) -> Mask:
        """Return for each row whether its days lie in a period, as its report sees it."""
        spans = [wanted_days(period, self._day_of[report]) for report in self._source.names]
        first, last = (days[self._source.codes] for days in _numbers(spans))
        inside = (first <= self._first) & (self._last <= last)
        return inside & (self._first > NO_DAY) & (first > NO_DAY)

    def _of_unit(self, typed: str) -> Mask:
        base = base_of(typed)
        return self._base.being(base) if base in self.units else self._unit.having(typed)

    def _ordered(self, rows: Rows, order: Order) -> Rows:
        sign = -1 if order.descending else 1
        if order.column == "value":
            groups = self._base.codes[rows]
            sizes = np.bincount(groups, minlength=len(self._base.names))
            keys = [-sizes[groups], groups, sign * self._amount[rows]]
        elif order.column == "period":
            first, last = self._first[rows], self._last[rows]
            keys = [last == NO_DAY, sign * last, sign * first]
        else:
            words: _Words = getattr(self, f"_{order.column}")
            ranks = words.ranks[rows]
            keys = [ranks < 0, sign * ranks]
        # The last key counts most; rows that are equal keep the order of the ledger.
        return rows[np.lexsort(keys[::-1])]


class _Words:
    """A column of words: each different one once, and by its code in every row."""

    def __init__(self, column: Sequence[str]) -> None:
        self.number = Counter(column)
        self.names = tuple(self.number)
        code_of = {name: code for code, name in enumerate(self.names)}
        self.codes: NDArray[np.intp] = np.array([code_of[word] for word in column], np.intp)
        place = {name: rank for rank, name in enumerate(self.in_order())}
        # The place of each row in reading order; what has no word is below 0.
        self.ranks = np.array([place[word] if word else -1 for word in self.names], np.intp)[self.codes]

    def in_order(self) -> list[str]:
        """Return the different words in reading order."""
        return sorted(self.names, key=lambda name: name.encode(READING_ORDER, "replace"))

    def where(self, test: Callable[[str], bool]) -> Mask:
        """Return for each row whether its word passes a test, made once for each different word."""
        return np.array([test(name) for name in self.names], bool)[self.codes]

    def having(self, part: str) -> Mask:
        """Return for each row whether its word has ``part`` in it, in capitals or not."""
        small = part.casefold()
        return self.where(lambda name: small in name.casefold())

    def being(self, word: str) -> Mask:
        """Return for each row whether it has this word."""
        return self.where(partial(str.__eq__, word))


def _typed(word: str | None) -> str | None:
    return (word or "").strip() or None


def _printed_days(entry: LedgerEntry) -> Days | None:
    first, last = entry.terms.first_day, entry.terms.last_day
    return (first, last) if first and last else None


def _numbers(days: Iterable[Days | None]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return first and last days as numbers."""
    spans = [(span[0].toordinal(), span[1].toordinal()) if span else (NO_DAY, NO_DAY) for span in days]
    first, last = np.array(spans, np.int32).reshape(-1, 2).T
    return first, last


def chosen_rows(index: Index, choice: Choice) -> list[int]:
    """Return the places in ``index.ledger`` of the figures that are wanted.

    Raises UnknownReportError, or RetrievalError with what is allowed, for a choice that no
    figure can meet.
    """
    _check(index, choice)
    rows: list[int] = Sieve(index).exactly(choice).tolist()
    return rows


def _check(index: Index, choice: Choice) -> None:
    """Raise an error that lists what is allowed unless all of a choice can be met."""
    reports = {entry.name for entry in index.manifest.reports}
    if choice.report is not None and choice.report not in reports:
        raise unknown_report(choice.report, reports)
    for what, word, allowed in (
        (says("head.kind", "类别"), choice.kind, KIND_SAID),
        (says("head.status", "性质"), choice.status, STATUS_SAID),
    ):
        if word is not None and word not in allowed:
            words = tuple(f"{name}（{meaning}）" for name, meaning in allowed.items())
            raise RetrievalError(
                says(
                    "choice.word",
                    "{what}不能是“{word}”。可用的有：{known}。",
                    what=what,
                    word=word,
                    known=words,
                )
            )
    units = Counter(entry.terms.base_unit for entry in index.ledger)
    if choice.unit is not None and base_of(choice.unit) not in units:
        common = tuple(unit or "（无单位）" for unit, _ in units.most_common(MOST_UNITS))
        known = says("choice.units_and", "{known}等", known=common) if len(units) > MOST_UNITS else common
        raise RetrievalError(
            says(
                "choice.unit",
                "没有以“{unit}”为单位的数据。现有的单位：{known}。",
                unit=choice.unit,
                known=known,
            )
        )
    if choice.period is not None and wanted_days(choice.period, A_DAY) is None:
        raise RetrievalError(
            says(
                "choice.period",
                "看不懂时间“{period}”。请写成“2024年”“2024年上半年”“2024年3月”“去年”或“十四五”期间这样的时间。",
                period=choice.period,
            )
        )


def base_of(unit: str) -> str:
    """Return the unit that amounts of ``unit`` are brought to: 元 for 万元."""
    return normalise(Decimal(1), narrow(unit))[1]


def wanted_days(period: str | None, day: date | None) -> Days | None:
    """Return the first and last day of a period that is asked for, seen from a report's day."""
    text = narrow(period or "").strip()
    if found := MONTH.fullmatch(text):
        text = f"{found[1]}年{int(found[2])}月" if found[2] else f"{text}年"
    return resolved(text, day)
