"""Scope: which reports a query is about, and which of them first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.places import parents_of, short_name
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
        given = _names(entry for entry in entries if _is_given_by(entry, query.report_years)) or own
        return InScope(given, given, named)
    near = _near(query, entries, reports)
    years = query.years or _counted_years(query, entries)
    if not years:
        return InScope(own, near or own, named)
    results = _names(entry for entry in entries if results_year(entry.identity.day) in years)
    plans = _names(entry for entry in entries if _is_given_by(entry, years))
    chosen = results | plans | _names(entry for entry in entries if entry.identity.day is None)
    if not chosen:
        return InScope(own, own, named)
    first = (plans if query.target else results) or chosen
    # 今年 is each report's own year: that of the newest is only the likeliest.
    kept = chosen if query.years else own
    return InScope(kept, (near & first) or first, named, own - kept)


def entries_for(query: Query, reports: Reports) -> list[ReportEntry]:
    """Return the reports that a query is about first, in their order."""
    first = reports_in(query, reports).first
    return [entry for entry in reports.entries if entry.name in first]


def _named(query: Query, reports: Reports) -> tuple[bool, frozenset[str]]:
    """Return whether reports at hand were named, and the reports that this leaves."""
    everything = _names(reports.entries)
    known = [one for one in query.named if one.reports]
    strict = [_about(one, reports) for one in known if one.strict and one.kind != "nation"]
    if strict:
        return True, (frozenset.intersection(*strict) or frozenset().union(*strict)) & everything
    if any(one.kind in ("place", "organisation") for one in query.named):
        return False, everything
    nation = [one.reports for one in known if one.kind == "nation" and not query.level and not query.items]
    titles = [one.reports for one in known if one.kind == "title"]
    return False, (frozenset[str]().union(*(nation or titles)) & everything) or everything


def _about(named: Named, reports: Reports) -> frozenset[str]:
    """Return the reports that may be about a name: those of a place, and those of no place that speak of it."""
    return named.reports | (reports.of_no_place(named.name) if named.kind == "place" else frozenset())


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
    """Return the reports that speak of all that is named and has none, else those of what the places lie in.

    陕西 is near to 西安.
    """
    speaking = [reports.mentioning(one.name) for one in unknown_names(query)]
    if speaking and (mentioned := frozenset.intersection(*speaking)):
        return mentioned & _names(entries)
    above = {name for place in query.places for name in parents_of(place)}
    return _names(one for one in entries if one.identity.place and short_name(one.identity.place) in above)


def _counted_years(query: Query, entries: Sequence[ReportEntry]) -> tuple[int, ...]:
    """Return the years that are counted from that of the newest report; none where there is but one report."""
    days = [year for entry in entries if (year := year_of(entry))]
    return tuple(max(days) + offset for offset in query.offsets) if len(days) > 1 else ()


def _is_given_by(entry: ReportEntry, years: Sequence[int]) -> bool:
    return any(year == year_of(entry) or str(year) in f"{entry.name} {entry.title}" for year in years)


def _names(entries: Iterable[ReportEntry]) -> frozenset[str]:
    return frozenset(entry.name for entry in entries)
