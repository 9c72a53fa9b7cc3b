"""The ledger as a table: the figures of all reports, one row each, chosen by what they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, get_args

import pandas as pd

from corpus import Passage
from corpus.figures.amount import normalise
from corpus.figures.figure import Kind, Status
from corpus.figures.numerals import narrow
from corpus.figures.synonyms import canonical_indicator
from corpus.messages import Message, says
from corpus.places import short_name
from index import Index
from index.ledger import FIGURE_FIELDS, TERM_FIELDS, LedgerEntry, resolved
from retrieval.errors import RetrievalError, unknown_report
from retrieval.render.phrases import KIND_SAID, STATUS_SAID

# Column -> type, in the order of the table.  Numbers are Decimal objects: exact, as printed.
COLUMNS: dict[str, str] = {
    "row": "int64", "report": "str", "place": "str", "passage": "Int64", "location": "str",
    "indicator": "str", "series": "str", "value": "object", "value_to": "object", "unit": "str",
    "amount": "object", "amount_to": "object", "base_unit": "str", "kind": "str", "bound": "str",
    "direction": "str", "basis": "str", "period": "str", "first_day": "datetime64[s]", "last_day": "datetime64[s]",
    "status": "str", "quote": "str", "start": "int64", "end": "int64",
}  # fmt: skip
YEAR = re.compile(r"(?:19|20)\d{2}")
MONTH = re.compile(r"((?:19|20)\d{2})[-/.](\d{1,2})")
A_DAY = date(2000, 6, 15)  # to see whether words name a time at all
MOST_UNITS = 30  # of those an error lists; the rest are rare


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


def figure_table(index: Index, choice: Choice) -> pd.DataFrame:
    """Return the chosen figures of an index, in the order of its reports, with ``COLUMNS``.

    Raises UnknownReportError, or RetrievalError with what is allowed, for a choice that no
    figure can meet.
    """
    return table_of(index.ledger, list(passages_of(index)), chosen_rows(index, choice))


def table_of(ledger: Sequence[LedgerEntry], passages: Sequence[Passage], rows: Iterable[int]) -> pd.DataFrame:
    """Return rows of a ledger as a table with ``COLUMNS``, given the passage of each of its entries."""
    chosen = [_row(row, ledger[row], passages[row]) for row in rows]
    return pd.DataFrame(chosen, columns=list(COLUMNS)).astype(COLUMNS)


def chosen_rows(index: Index, choice: Choice) -> list[int]:
    """Return the places in ``index.ledger`` of the figures that are wanted."""
    _check(index, choice)
    spans = {entry.name: wanted_days(choice.period, entry.identity.day) for entry in index.manifest.reports}
    name = (choice.indicator or "").strip()
    series = canonical_indicator(name)
    base_unit = None if choice.unit is None else base_of(choice.unit)

    def wanted(entry: LedgerEntry) -> bool:
        figure, terms = entry.figure, entry.terms
        return (
            choice.report in (None, entry.report)
            and choice.kind in (None, figure.kind)
            and choice.status in (None, figure.status)
            and base_unit in (None, terms.base_unit)
            and (choice.indicator is None or series in terms.series or name in figure.indicator)
            and (choice.place is None or _same_place(choice.place, terms.place))
            and (choice.period is None or _lies_in(entry, spans[entry.report]))
        )

    return [row for row, entry in enumerate(index.ledger) if wanted(entry)]


def _check(index: Index, choice: Choice) -> None:
    """Raise an error that lists what is allowed unless all of a choice can be met."""
    reports = {entry.name for entry in index.manifest.reports}
    if choice.report is not None and choice.report not in reports:
        raise unknown_report(choice.report, reports)
    _check_word(says("head.kind", "类别"), choice.kind, {kind: KIND_SAID[kind] for kind in get_args(Kind)})
    statuses = {status: STATUS_SAID[status] for status in get_args(Status)}
    _check_word(says("head.status", "性质"), choice.status, statuses)
    units = Counter(entry.terms.base_unit for entry in index.ledger)
    if choice.unit is not None and base_of(choice.unit) not in units:
        common = [unit or "（无单位）" for unit, _ in units.most_common(MOST_UNITS)]
        known = says("choice.units_and", "{known}等", known=tuple(common))
        raise RetrievalError(
            says(
                "choice.unit",
                "没有以“{unit}”为单位的数据。现有的单位：{known}。",
                unit=choice.unit,
                known=known if len(units) > MOST_UNITS else tuple(common),
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


def _check_word(what: Message, word: str | None, allowed: Mapping[str, Message]) -> None:
    if word is not None and word not in allowed:
        known = tuple(f"{name}（{meaning}）" for name, meaning in allowed.items())
        raise RetrievalError(
            says(
                "choice.word", "{what}不能是“{word}”。可用的有：{known}。", what=what, word=word, known=known
            )
        )


def base_of(unit: str) -> str:
    """Return the unit that amounts of ``unit`` are brought to: 元 for 万元."""
    return normalise(Decimal(1), narrow(unit))[1]


def _same_place(wanted: str, place: str | None) -> bool:
    return place is not None and short_name(wanted.strip()) == short_name(place)


def wanted_days(period: str | None, day: date | None) -> tuple[date, date] | None:
    """Return the first and last day of a period that is asked for, seen from a report's day."""
    text = narrow(period or "").strip()
    if YEAR.fullmatch(text):
        text += "年"
    if month := MONTH.fullmatch(text):
        text = f"{month[1]}年{int(month[2])}月"
    return resolved(text, day)


def _lies_in(entry: LedgerEntry, span: tuple[date, date] | None) -> bool:
    first, last = entry.terms.first_day, entry.terms.last_day
    if span is None or first is None or last is None:
        return False
    return span[0] <= first and last <= span[1]


def passages_of(index: Index) -> Iterator[Passage]:
    """Yield for each entry of the ledger the passage that it stands in, or where it is cut begins in."""
    passages: dict[str, list[Passage]] = {}
    for passage in index.passages:
        passages.setdefault(passage.report, []).append(passage)
    for report, entries in groupby(index.ledger, key=attrgetter("report")):
        own = passages[report]
        starts = [passage.start for passage in own]
        for entry in entries:
            yield own[max(0, bisect_right(starts, entry.figure.start) - 1)]


def _row(row: int, entry: LedgerEntry, passage: Passage) -> list[Any]:
    start, end = entry.figure.start - passage.start, entry.figure.end - passage.start
    values: dict[str, Any] = {
        "row": row + 1,
        "report": entry.report,
        "passage": entry.passage,
        "location": passage.location_of(start, end),
    }
    values |= {name: getattr(entry.figure, name) for name in FIGURE_FIELDS}
    values |= {name: getattr(entry.terms, name) for name in TERM_FIELDS}
    return [values[name] for name in COLUMNS]
