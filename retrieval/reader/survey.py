"""Survey: what the reports of all places say of one indicator, for the same year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.figures.figure import Kind
from corpus.identity import NATION
from corpus.places import level_of, members_of, parents_of, regions, short_name
from index import Index, ReportEntry
from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import amount_of
from retrieval.query.query import Query, Time
from retrieval.query.reports import Reports, newest, results_year, year_of
from retrieval.query.scope import entries_for, reports_in
from retrieval.reader.yearly import Stated, matcher, stated_in

FEWEST_PLACES = 3  # fewer can be compared, but are not all that are asked about
# The level of a place that is not in the table, by the end of its name; 市 also ends that of 重庆市.
ENDS = {"省": "province", "市": "city", "县": "county", "区": "county", "旗": "county"}


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of one unit that reports give for an indicator, one for each place.

    ``name`` is what most of them call it; ``years`` stand in front of it where the question left the year open
    or no report is of it.  ``missing`` are the places whose reports do not give it, by their short names.
    """

    name: str
    kind: Kind
    figures: tuple[CitedFigure, ...]
    missing: tuple[str, ...]
    years: tuple[int, ...] = ()
    planned: bool = False

    @property
    def asked(self) -> int:
        """The number of places whose reports were looked at."""
        return len(self.figures) + len(self.missing)


def survey(index: Index, reports: Reports, query: Query, name: str, kind: Kind, unit: str = "") -> Survey:
    """Look the indicator ``name`` up in the report of each place that a query is about.

    ``unit`` is the base unit if one is asked for.  Where no year is, it is the one that most of the newest
    reports tell of.
    """
    asked, own = replace(query, named=(), asks="figure", kind=kind), _entries(query, reports)
    chosen = _chosen(asked, own, reports)
    years: tuple[int, ...] = ()
    if not asked.names_time and (year := _common_year(asked, chosen.values())):
        years = (year,)
        asked = replace(asked, times=(*asked.times, Time(f"{year}年", years)))
        chosen = _chosen(asked, own, reports)
    match, rows = matcher(index, name), _rows_of(index)
    stated = {
        place: found
        for place, entry in chosen.items()
        if (found := stated_in(index, asked, entry, kind, match, rows.get(entry.name, ())))
    }
    units = Counter(found[0].unit for found in stated.values())
    unit = unit or max(units, key=lambda one: units[one], default="")
    of_unit = {
        place: one
        for place, found in stated.items()
        if (one := next((one for one in found if one.unit == unit), None))
    }
    figures = {place: one.figure for place, one in _plausible(of_unit).items()}
    called = Counter(figure.indicator for figure in figures.values()).most_common(1)
    return Survey(
        called[0][0] if called else "".join(name.split()),
        kind,
        tuple(figures.values()),
        tuple(place for place in chosen if place not in figures),
        years if figures or years else query.years,
        query.target,
    )


def figure_of(
    index: Index, reports: Reports, query: Query, name: str, kind: Kind, unit: str = ""
) -> CitedFigure | None:
    """Return what the reports of a query's place state of the indicator ``name``; None where they do not.

    ``unit`` is its base unit, where just one will do.
    """
    match, rows = matcher(index, name), _rows_of(index)
    for entry in newest(entries_for(query, reports)):
        stated = stated_in(index, query, entry, kind, match, rows.get(entry.name, ()))
        if found := next((one for one in stated if unit in ("", one.unit)), None):
            return found.figure
    return None


def _plausible(stated: Mapping[str, Stated]) -> dict[str, Stated]:
    """Return what was stated without growths that are doubtful and far from what the others tell: of several years."""
    sure = [amount_of(one.figure)[0] for one in stated.values() if not one.doubtful]
    if len(sure) < FEWEST_PLACES:
        return {place: one for place, one in stated.items() if not one.doubtful}
    width = max(sure) - min(sure)
    least, most = min(sure) - width, max(sure) + width
    return {
        place: one
        for place, one in stated.items()
        if not one.doubtful or least <= amount_of(one.figure)[0] <= most
    }


def _rows_of(index: Index) -> dict[str, list[int]]:
    """Return the passages of each report, by their rows."""
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(index.passages):
        rows.setdefault(passage.report, []).append(row)
    return rows


def _entries(query: Query, reports: Reports) -> list[ReportEntry]:
    """Return the reports of the places that a query asks over, the whole country's never."""
    region = query.region or (query.items if query.items in regions() else "")
    within = frozenset(members_of(region)) if region else frozenset(query.places) - {NATION}
    return [
        entry
        for entry in reports.entries
        if (place := entry.identity.place) not in (None, NATION)
        and (not within or within & {short_name(place), *parents_of(place)})
        and _is_of_level(place, query)
    ]


def _is_of_level(place: str, query: Query) -> bool:
    """Tell whether a place is of the level that is asked over."""
    level = level_of(place) or ENDS.get(place[-1:])
    return query.level in (None, level) or (query.level == "city" and place.endswith("市"))


def _chosen(query: Query, own: Sequence[ReportEntry], reports: Reports) -> dict[str, ReportEntry]:
    """Return one report for each place: on the year that is asked for, else the newest."""
    scope = reports_in(query, reports)
    first = [entry for entry in own if entry.name in scope.first] or own
    return {short_name(entry.identity.place or ""): entry for entry in reversed(newest(first))}


def _common_year(query: Query, chosen: Iterable[ReportEntry]) -> int | None:
    """Return the year that most of some reports tell of: their results, or where plans are asked for those."""
    years = (year_of(entry) if query.target else results_year(entry.identity.day) for entry in chosen)
    counted = Counter(year for year in years if year)
    return max(counted, key=lambda year: (counted[year], year), default=None)
