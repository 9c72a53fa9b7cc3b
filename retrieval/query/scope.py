"""Scope: which reports a query is about, and which of them first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.identity import NATION
from corpus.places import members_of, parents_of, short_name
from index import ReportEntry
from retrieval.query.query import Named, Query
from retrieval.query.reports import Reports, results_year, year_of


@dataclass(frozen=True, slots=True)
class InScope:
    """The reports that may answer, and those of them that are preferred.

    ``named`` where a report was named that is at hand: then no other may answer in its place.
    ``wider`` are the reports left out by the year alone, in which it may be told, too.
    """

    chosen: frozenset[str]
    first: frozenset[str]
    named: bool
    wider: frozenset[str] = frozenset()


def reports_in(query: Query, reports: Reports) -> InScope:
    """Return the reports in scope and the preferred subset.

    A year's results stand in the report of the year after, its plans in its own.
    """
    named, own = _named(query, reports)
    entries = [entry for entry in reports.entries if entry.name in own]
    if query.report_years:
        given = [entry for entry in entries if _is_given_by(entry, query.report_years)]
        names = _names(given) or own
        return InScope(names, names, named)
    years = query.years or _counted_years(query, entries)
    if not years:
        near = _near(query, entries, reports)
        return InScope(own, near or own, named)
    results = [entry for entry in entries if results_year(entry.identity.day) in years]
    plans = [entry for entry in entries if year_of(entry) in years]
    undated = [entry for entry in entries if entry.identity.day is None]
    first, second = (plans, results) if query.target else (results, plans)
    chosen = _names([*first, *second, *undated])
    if not chosen:
        return InScope(own, own, named)
    preferred = _names(first) or chosen
    near = _near(query, entries, reports) & preferred
    return InScope(chosen, near or preferred, named, own - chosen)


def entries_for(query: Query, reports: Reports) -> list[ReportEntry]:
    """Return the reports that a query is about first, in their order."""
    first = reports_in(query, reports).first
    return [entry for entry in reports.entries if entry.name in first]


def _named(query: Query, reports: Reports) -> tuple[bool, frozenset[str]]:
    """Return whether reports at hand were named, and the reports that this leaves."""
    everything = _names(reports.entries)
    strict = [one for one in query.named if one.reports and one.strict and one.kind != "nation"]
    if strict:
        common = frozenset[str].intersection(*(one.reports for one in strict))
        return True, (common or frozenset[str].union(*(one.reports for one in strict))) & everything
    nation = next((one for one in query.named if one.kind == "nation" and one.reports), None)
    unknown = any(one.kind in ("place", "organisation") for one in query.named)
    if nation is not None and not unknown and not query.level and not query.items:
        return False, (nation.reports & everything) or everything
    titles = [one for one in query.named if one.kind == "title" and one.reports]
    if titles and not unknown:
        return False, (frozenset[str].union(*(one.reports for one in titles)) & everything) or everything
    return False, everything


def _mentioned(query: Query, reports: Reports) -> frozenset[str]:
    """Return the reports that speak of all the places, persons and companies that are named and have no report."""
    names = [one.name for one in unknown_names(query)]
    return frozenset[str].intersection(*map(reports.mentioning, names)) if names else frozenset()


def unknown_names(query: Query) -> list[Named]:
    """Return the places, persons and companies that a query names, of which no report at hand is.

    What a named place lies in is none of them: 安徽 of 安徽宿州.
    """
    above = {name for one in query.named if one.reports for name in parents_of(one.name)}
    return [
        one
        for one in query.named
        if one.kind in ("place", "organisation", "person") and not one.reports and one.name not in above
    ]


def _near(query: Query, entries: Sequence[ReportEntry], reports: Reports) -> frozenset[str]:
    """Return the reports that speak of what is named, else those of what the places lie in: 陕西 for 西安."""
    if mentioned := _mentioned(query, reports):
        return mentioned & _names(entries)
    above = {name for place in query.places for name in parents_of(place)}
    return _names([one for one in entries if one.identity.place and short_name(one.identity.place) in above])


def _counted_years(query: Query, entries: Sequence[ReportEntry]) -> tuple[int, ...]:
    """Return the years that are counted from that of the newest report; none where there is but one report."""
    days = [year for entry in entries if (year := year_of(entry))]
    return tuple(max(days) + offset for offset in query.offsets) if len(days) > 1 else ()


def _is_given_by(entry: ReportEntry, years: Sequence[int]) -> bool:
    return any(year == year_of(entry) or str(year) in f"{entry.name} {entry.title}" for year in years)


def _names(entries: Sequence[ReportEntry]) -> frozenset[str]:
    return frozenset(entry.name for entry in entries)


def places_of(region: str) -> tuple[str, ...]:
    """Return the places of a region, the country's none."""
    return () if region == NATION else members_of(region)
