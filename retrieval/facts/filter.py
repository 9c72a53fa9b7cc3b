"""Sieve: the ledger in columns, chosen from by whole words or while somebody types, sorted by any column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from corpus.figures.amount import normalise
from corpus.figures.numerals import narrow
from corpus.figures.synonyms import SYNONYMS, canonical_indicator
from corpus.messages import says
from corpus.places import short_name
from index import Index
from index.ledger import resolved
from retrieval.errors import RetrievalError, unknown_report
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.statements import Days, days_of, printed_days
from retrieval.words.labels import Label, labels_of
from retrieval.words.phrases import KIND_SAID, STATUS_SAID

Column = Literal["indicator", "value", "unit", "period", "kind", "status", "place", "report"]
COLUMNS: tuple[Column, ...] = get_args(Column)
# The order of its bytes: common characters by their sound (GB 2312, level 1), the rest by radical.
READING_ORDER = "gb18030"
SHORTEST_PART = 2  # characters with which another name of an indicator begins: GD, 社零
MONTH = re.compile(r"((?:19|20)\d{2})(?:[-/.](\d{1,2}))?")
A_DAY = date(2000, 6, 15)  # to see whether words name a time at all
MOST_UNITS = 30  # of those an error lists; the rest are rare
NO_WORD = "choice.word", "{what}不能是“{word}”。可用的有：{known}。"
NO_UNIT = "choice.unit", "没有以“{unit}”为单位的数据。现有的单位：{known}。"
NO_PERIOD = (
    "choice.period",
    "看不懂时间“{period}”。请写成“2024年”“2024年上半年”“2024年3月”“去年”或“十四五”期间这样的时间。",
)

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

    ``places`` are those that the reports are of, in reading order, ``units`` the base units, the commonest
    first, and ``years`` those in which the times of the figures end, the last first.
    """

    def __init__(
        self,
        index: Index,
        days: Sequence[Days | None] | None = None,
        labels: Mapping[str, Label] | None = None,
    ) -> None:
        ledger, reports = index.ledger, index.manifest.reports
        called = labels or labels_of(reports)
        self._day_of = days_of(reports)
        # Of an indicator and a report both names, the common and the printed one.
        self._words = {
            "indicator": _words(f"{e.terms.series}\n{e.figure.indicator}" for e in ledger),
            "report": _words(f"{called[e.report].full}\n{e.report}" for e in ledger),
            "place": _words(e.terms.place or "" for e in ledger),
            "base": _words(e.terms.base_unit for e in ledger),
        }
        for name in ("period", "kind", "status", "unit"):
            self._words[name] = _words(getattr(e.figure, name) or "" for e in ledger)
        self._amount = np.array([float(amount_of(e.figure)[0]) for e in ledger], float)
        self._first, self._last = _numbers(map(printed_days, ledger) if days is None else days)
        self.places: tuple[str, ...] = tuple(self._words["place"].categories)
        units = Counter(e.terms.base_unit for e in ledger)
        self.units = tuple(unit for unit, _ in units.most_common() if unit)
        ends = np.unique(self._last[~np.isnan(self._last)])
        self.years = tuple(sorted({date.fromordinal(int(day)).year for day in ends}, reverse=True))

    def indicators(self, typed: str, most: int) -> tuple[str, ...]:
        """Return the names of the commonest indicators that ``typed`` finds."""
        words = self._words["indicator"]
        found = words[self._passes("indicator", typed.strip(), whole=False)]
        return tuple(name for name, _ in Counter(_common(names) for names in found).most_common(most))

    def rows(
        self,
        choice: Choice,
        order: Order | None = None,
        among: Collection[int] | None = None,
        whole: bool = False,
    ) -> Rows:
        """Return the rows that are wanted, in the ledger's order where none is given.

        Every word of ``choice`` may be unfinished unless they are ``whole``: a report or place is found by a
        part of its name, a time that cannot be read by a part of what is printed, a unit likewise; and
        where no order is given, the indicator of just the name that is asked for comes before those that
        have it as a part.  Amounts are ordered within their base units, the commonest first: 5公里 is
        not less than 3亿元.  ``among`` limits the rows to these.
        """
        mask = np.ones(len(self._amount), bool)
        for column, word in asdict(choice).items():
            if word is not None and (whole or word.strip()):
                mask &= self._passes(column, word if whole else word.strip(), whole)
        if among is not None:
            mask &= np.isin(np.arange(len(mask)), list(among))
        rows = np.flatnonzero(mask)
        if order is not None:
            return self._ordered(rows, order)
        if whole or not (name := (choice.indicator or "").strip()):
            return rows
        wanted = canonical_indicator(name)
        other = self._where("indicator", lambda names: _common(names) != wanted)
        return rows[np.argsort(other[rows], kind="stable")]

    def has_several_units(self, rows: Rows) -> bool:
        """Tell whether rows are of more than one base unit, so that not all can be compared."""
        return len(np.unique(self._words["base"].codes[rows])) > 1

    def _passes(self, column: str, word: str, whole: bool) -> Mask:
        """Return for each row whether it has a word, or one that begins or goes on like it, in a column."""
        if column == "indicator":
            return self._named(word.strip(), whole)
        if column == "report" and whole:
            return self._where("report", lambda names: _printed(names) == word)
        if column == "place":
            short = short_name(word.strip())
            return self._where(
                "place",
                lambda name: name != "" and (short_name(name) == short or (not whole and word in name)),
            )
        if column == "period" and (whole or any(wanted_days(word, day) for day in self._day_of.values())):
            return self._within(word)
        if column == "unit" and (whole or base_of(word) in self.units):
            return self._where("base", base_of(word).__eq__)
        if column in ("kind", "status"):
            return self._where(column, word.__eq__)
        small = word.casefold()
        return self._where(column, lambda name: small in name.casefold())

    def _named(self, name: str, whole: bool) -> Mask:
        """Return for each row whether its indicator goes by a name, or has it as a part."""
        part, wanted = name if whole else name.casefold(), {canonical_indicator(name)}
        if not whole and len(part) >= SHORTEST_PART:
            others = ((series, other) for series, names in SYNONYMS.items() for other in names)
            wanted |= {series for series, other in others if other.casefold().startswith(part)}

        def found(names: str) -> bool:
            printed = _printed(names) if whole else _printed(names).casefold()
            return part in printed or any(one in _common(names) for one in wanted)

        return self._where("indicator", found)

    def _within(self, period: str) -> Mask:
        """Return for each row whether its days lie in a period, as its report sees it."""
        reports = self._words["report"]
        seen_from = (self._day_of[_printed(names)] for names in reports.categories)
        first, last = _numbers(wanted_days(period, day) for day in seen_from)
        inside: Mask = (first[reports.codes] <= self._first) & (self._last <= last[reports.codes])
        return inside

    def _where(self, column: str, test: Callable[[str], bool]) -> Mask:
        """Return for each row whether its word passes a test, made once for each different word."""
        words = self._words[column]
        # What has no word is of code -1.
        passing: Mask = np.array([*map(test, words.categories), test("")], bool)[words.codes]
        return passing

    def _ordered(self, rows: Rows, order: Order) -> Rows:
        sign, keys = -1 if order.descending else 1, []
        if order.column == "value":
            groups = self._words["base"].codes[rows].astype(int)
            keys = [-np.bincount(groups + 1)[groups + 1], groups]
            own = [self._amount[rows]]
        elif order.column == "period":
            own = [self._last[rows], self._first[rows]]
        else:
            ranks = self._words[order.column].codes[rows].astype(float)
            own = [np.where(ranks < 0, np.nan, ranks)]
        # The last key counts most; rows that are equal keep the order of the ledger, what is missing comes last.
        return rows[np.lexsort([*keys, *(sign * key for key in own)][::-1])]


def _words(column: Iterable[str]) -> pd.Categorical[object]:
    """Return a column of words, the different ones in reading order."""
    words = list(column)
    names = sorted(set(words) - {""}, key=lambda name: name.encode(READING_ORDER, "replace"))
    return pd.Categorical([word or None for word in words], names)


def _common(names: str) -> str:
    return names.partition("\n")[0]


def _printed(names: str) -> str:
    return names.rpartition("\n")[2]


def _numbers(days: Iterable[Days | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return first and last days as numbers, no number where they are not known."""
    spans = [(span[0].toordinal(), span[1].toordinal()) if span else (np.nan, np.nan) for span in days]
    first, last = np.array(spans, float).reshape(-1, 2).T
    return first, last


def chosen_rows(index: Index, choice: Choice) -> list[int]:
    """Return the places in ``index.ledger`` of the figures that are wanted.

    Raises UnknownReportError, or RetrievalError with what is allowed, for a choice that no
    figure can meet.
    """
    _check(index, choice)
    rows: list[int] = Sieve(index).rows(choice, whole=True).tolist()
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
            raise RetrievalError(says(*NO_WORD, what=what, word=word, known=words))
    units = Counter(entry.terms.base_unit for entry in index.ledger)
    if choice.unit is not None and base_of(choice.unit) not in units:
        common = tuple(unit or "（无单位）" for unit, _ in units.most_common(MOST_UNITS))
        known = says("choice.units_and", "{known}等", known=common) if len(units) > MOST_UNITS else common
        raise RetrievalError(says(*NO_UNIT, unit=choice.unit, known=known))
    if choice.period is not None and wanted_days(choice.period, A_DAY) is None:
        raise RetrievalError(says(*NO_PERIOD, period=choice.period))


def base_of(unit: str) -> str:
    """Return the unit that amounts of ``unit`` are brought to: 元 for 万元."""
    return normalise(Decimal(1), narrow(unit))[1]


def wanted_days(period: str | None, day: date | None) -> Days | None:
    """Return the first and last day of a period that is asked for, seen from a report's day."""
    text = narrow(period or "").strip()
    if found := MONTH.fullmatch(text):
        text = f"{found[1]}年{int(found[2])}月" if found[2] else f"{text}年"
    return resolved(text, day)
