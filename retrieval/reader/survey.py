"""Survey: what the reports of all places say of one indicator, of the whole place and for the same year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.figures.figure import Figure, Kind
from corpus.figures.synonyms import canonical_indicator, indicators_named
from corpus.identity import NATION
from corpus.places import find_places, level_of, members_of, parents_of, regions, short_name
from index import Index, ReportEntry
from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.statements import CLAUSE_END, EVERYWHERE, NARROWED, SPREAD, grouped
from retrieval.facts.units import of_one_unit
from retrieval.query.query import Query, Time
from retrieval.query.reports import Reports, newest, results_year, year_of
from retrieval.query.scope import entries_for, reports_in
from retrieval.reader.figures import FORMER, cite, is_named, period_fit
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import words_of

FEWEST_PLACES = 3  # fewer can be compared, but are not all that are asked about
# The level of a place that is not in the table, by the end of its name; 市 also ends that of 重庆市.
ENDS = {"省": "province", "市": "city", "县": "county", "区": "county", "旗": "county"}
EXACT = 0.1  # what an exact amount is worth beside 突破6万亿元
DOUBTFUL = 0.3  # what is lost by an amount that may be of a part of the place, or of several years
MOST_BESIDE = 2  # characters that may stand beside a name of the table: 全省GDP
LEAST_MATCH = 0.8  # of the words that indicator and question share, by weight, both ways
NOT_OWN = re.compile(r"高于|低于|快于|慢于|年均|平均水平")  # bases that make another figure of it
OUTPUT = re.compile(r"[总年]?产量?(?=$|\s)")  # 粮食总产, 粮食年产量: names of one thing
# What a text last spoke of before a figure: several years, or one.  A heading that names both leaves it open.
FIVE_YEARS = r"十[二三四五]五"
TIMES_TOLD = re.compile(
    rf"(?P<both>{FIVE_YEARS}[^，。\n]{{0,16}}[和及与暨]\D{{0,4}}20\d\d年|20\d\d年[^，。\n]{{0,16}}[和及与暨]\D?{FIVE_YEARS})|"
    rf"(?P<several>[这近过去]五年|[五5]年(?:来|间|增长|累计|新增)|{FIVE_YEARS}”?(?:时期|期间|以来)|(?<!年)年均)|(?P<one>一年来|过去一?年|[去今这一]年|全年|(?:^|[。！\n\s])20\d\d年)"
)
TOLD_BEFORE = 1500  # characters within which a report says again of which time it speaks
# What is counted over a time, and not at its end.
FLOW = re.compile(r"新增|新[建改开]|净增|建成|完成|改造|引进|落户|转移|培训|增加|发放|减税|办结|接待")
REPEATED = re.compile(r"^(?:每|连续|年均|历年)")  # times of what is so in many years: 连续13年
YEARLY = re.compile(r"同比|[比较][上去]年")


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of one unit that are given for an indicator, by the short names of places.

    ``name`` is what most of them call it; ``years`` stand in front of it where the question left the year open
    or no report is of it.  ``missing`` are the places whose reports do not give it.  Where a ``table``, the name
    of its report and its caption, gives the figures, they are by the names of its rows.
    """

    name: str
    kind: Kind
    rows: Mapping[str, CitedFigure]
    missing: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    planned: bool = False
    table: tuple[str, str] | None = None

    @property
    def figures(self) -> tuple[CitedFigure, ...]:
        """The figures without the names."""
        return tuple(self.rows.values())

    @property
    def asked(self) -> int:
        """The number of places whose reports were looked at."""
        return len(self.rows) + len(self.missing)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure that a report states of what is asked, how well it fits, and whether it may be of several years."""

    figure: CitedFigure
    fit: float
    doubtful: bool

    @property
    def unit(self) -> str:
        return amount_of(self.figure)[1]


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
    stated_in = _finder(index, name, kind)
    stated = {place: found for place, entry in chosen.items() if (found := stated_in(asked, entry))}
    rows = _plausible(of_one_unit(stated, lambda one: one.unit, unit))
    called = Counter(figure.indicator for figure in rows.values()).most_common(1)
    return Survey(
        called[0][0] if called else "".join(name.split()),
        kind,
        rows,
        tuple(place for place in chosen if place not in rows),
        years if rows or years else query.years,
        query.target,
    )


def figure_of(
    index: Index, reports: Reports, query: Query, name: str, kind: Kind, unit: str = ""
) -> CitedFigure | None:
    """Return what the reports of a query's place state of the indicator ``name``; None where they do not.

    ``unit`` is its base unit, where just one will do.
    """
    stated_in = _finder(index, name, kind)
    stated = (one for entry in newest(entries_for(query, reports)) for one in stated_in(query, entry))
    return next((one.figure for one in stated if unit in ("", one.unit)), None)


def _plausible(stated: Mapping[str, _Stated]) -> dict[str, CitedFigure]:
    """Return what was stated without growths that are doubtful and far from what the others tell: of several years."""
    sure = [amount_of(one.figure)[0] for one in stated.values() if not one.doubtful]
    known = len(sure) >= FEWEST_PLACES
    width = max(sure) - min(sure) if known else 0
    return {
        place: one.figure
        for place, one in stated.items()
        if not one.doubtful or (known and min(sure) - width <= amount_of(one.figure)[0] <= max(sure) + width)
    }


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


# ---- In one report


def _finder(index: Index, asked: str, kind: Kind) -> Callable[[Query, ReportEntry], list[_Stated]]:
    """Return what finds the figures of a report that state what is ``asked``, the likeliest first."""
    rows = grouped(range(len(index.passages)), lambda row: index.passages[row].report)
    match = _matcher(index, asked)

    def stated_in(query: Query, entry: ReportEntry) -> list[_Stated]:
        text, found = index.report(entry.name).text, []
        for row in rows.get(entry.name, ()):
            for figure in index.figures[row]:
                if figure.kind != kind or not (matched := match(figure.indicator)):
                    continue
                start = index.passages[row].start + figure.start
                before = text[max(0, start - TOLD_BEFORE) : start]
                several = not query.target and _is_told_of_several_years(before)
                doubtful = several and figure.kind == "change" and not YEARLY.search(figure.basis or "")
                if (fit := matched + _fit(query, figure, entry, before, several) - DOUBTFUL * doubtful) > 0:
                    found.append(_Stated(cite(figure, index.passages[row]), fit, doubtful))
        # Of equals the first: a report states its results before it comes back to them.
        return sorted(found, key=lambda one: -one.fit)

    return stated_in


def _matcher(index: Index, asked: str) -> Callable[[str], float]:
    """Return what tells how well the name of an indicator is the one that is ``asked`` for, 0 to 1.

    A name of the table is asked for by any of its names; 规上工业增加值 is more than the 规上工业 of the table.
    """
    weights = index.keywords.weights(words_of(OUTPUT.sub("产量", asked)))
    whole, named = canonical_indicator("".join(asked.split())), indicators_named(asked)
    beside = len(whole) - sum(len(name) for name in named if name in whole)
    in_table = bool(named) and beside <= MOST_BESIDE

    @cache
    def match(name: str) -> float:
        if canonical_indicator(name) == whole or (in_table and is_named(name, asked)):
            return 1.0
        words = index.keywords.weights(words_of(OUTPUT.sub("产量", name)))
        share = min(
            weighted_share(words.keys(), weights),
            weighted_share(weights.keys(), words),
        )
        return share if share >= LEAST_MATCH and not in_table else 0.0

    return match


def _fit(query: Query, figure: Figure, entry: ReportEntry, before: str, several: bool) -> float:
    """Return how well a figure is of the time and the whole place that are asked about; far under 0 where not.

    It is not where it is of several years together, or of another place than its report's.
    """
    clause, own = CLAUSE_END.split(before)[-1], short_name(entry.identity.place or "")
    beside = EVERYWHERE.sub("", clause.replace(figure.indicator, ""))
    time, day = period_fit(query, figure, entry.identity.day), entry.identity.day
    # A report that tells of the year that is asked for need not name it.
    untimely = (
        bool(query.years) and day is not None and not {results_year(day), year_of(entry)} & set(query.years)
    )
    if (
        (figure.status == "target") != query.target
        or NOT_OWN.search(figure.basis or "")
        or FORMER.search(before)
        or SPREAD.search(beside)
        or any(short_name(beside[start:end]) != own for start, end in find_places(beside))
        or (untimely and time <= 0)
        or (several and figure.kind == "level" and FLOW.search(figure.indicator + clause))
    ):
        return float("-inf")
    doubts = bool(NARROWED.search(beside)) + bool(REPEATED.search(figure.period or ""))
    return time + EXACT * (figure.bound == "=") - DOUBTFUL * doubts


def _is_told_of_several_years(before: str) -> bool:
    """Tell whether several years were spoken of last."""
    told = [found.lastgroup for found in TIMES_TOLD.finditer(before) if found.lastgroup != "both"]
    return told[-1:] == ["several"]
