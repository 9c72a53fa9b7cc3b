"""Samples: queries made from what the reports state, which they should answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from corpus.figures.synonyms import SYNONYMS
from corpus.identity import NATION
from corpus.places import short_name
from index import ReportEntry
from index.ledger import LedgerEntry
from retrieval.answering.context import Context
from retrieval.query.query import Named, Query, Time, Units
from retrieval.query.reports import Reports, newest, results_year
from retrieval.reader.figures import MULTIPLIER
from retrieval.suggestions import MEASURED, reads_well

MOST_REPORTS = 8
MOST_OF_A_REPORT = 4
NO_COUNT = ("元", "%", "‰", "个百分点")  # of which one does not ask how many there are


def sample_queries(context: Context) -> Iterator[tuple[Query, LedgerEntry]]:
    """Yield queries with the figures that they ask for: of each of the newest reports in turn, its best known first."""
    reports = newest(context.entries)[:MOST_REPORTS]
    named = {entry.name: _name_of(context.reports, entry) for entry in reports}
    by_report: dict[str, list[LedgerEntry]] = {entry.name: [] for entry in reports}
    common: Counter[str] = Counter()
    for entry in context.index.ledger:
        if _can_be_asked(entry):
            common[entry.terms.series] += 1
            by_report.get(entry.report, []).append(entry)
    columns = [_best(own, common) for own in by_report.values()]
    for number, row in enumerate(zip_longest(*columns)):
        # Each report begins with another of its indicators, so that the samples are of several.
        for at, entry in enumerate(row):
            own = columns[at]
            if entry is not None:
                entry = own[(number + at) % len(own)]
                yield _query(context, named[entry.report], entry), entry


def _can_be_asked(entry: LedgerEntry) -> bool:
    figure = entry.figure
    plain = (figure.kind, figure.status, figure.bound) == ("level", "actual", "=")
    reached = "实现" in figure.indicator  # half a sentence: 公司实现营业收入
    digits = any(character.isdigit() for character in f"{figure.indicator}{figure.unit}")
    return plain and bool(figure.unit) and not (reached or digits) and reads_well(figure.indicator)


def _best(entries: list[LedgerEntry], common: Counter[str]) -> list[LedgerEntry]:
    """Return the first figure of each indicator of a report: known ones first, then what many reports state."""
    first: dict[str, LedgerEntry] = {}
    for entry in entries:
        first.setdefault(entry.terms.series, entry)
    ordered = sorted(
        first.values(), key=lambda entry: (entry.terms.series not in SYNONYMS, -common[entry.terms.series])
    )
    return ordered[:MOST_OF_A_REPORT]


def _name_of(reports: Reports, entry: ReportEntry) -> Named | None:
    """Return what a report is asked for by; None where it is the only one, or has no name of its own."""
    if len(reports.entries) == 1:
        return None
    place = entry.identity.place
    if place:
        name = short_name(place)
        return Named(place, name, "nation" if place == NATION else "place", reports.of_place(name))
    for text in (Path(entry.name).stem, entry.title):
        mention = reports.mention_at(text, 0)
        if mention and mention.whole and entry.name in mention.reports:
            return Named(mention.text, mention.text, "organisation", mention.reports)
    return None


def _query(context: Context, named: Named | None, entry: LedgerEntry) -> Query:
    """Return the query for a figure, with the year where several reports go by its name."""
    name, unit = entry.figure.indicator, MULTIPLIER.sub("", entry.figure.unit)
    counted = name not in SYNONYMS and not name.endswith(MEASURED) and not unit.endswith(NO_COUNT)
    alike = named.reports if named else {one.name for one in context.entries}
    last_day = entry.terms.last_day
    year = last_day.year if last_day else results_year(context.index.entry(entry.report).identity.day)
    times = (Time(f"{year}年", (year,)),) if year and len(alike) > 1 else ()
    query = Query(
        "",
        asks="figure",
        topic=name,
        thing=name,
        named=(named,) if named else (),
        times=times,
        units=Units(frozenset({unit}) if counted else frozenset()),
        asked=True,
    )
    return query.of(asking=f"有多少{unit}" if counted else "是多少")
