"""Matrix: what several reports say of the same indicators, side by side, with the differences.

Of each report the year that it gives results of is shown: an indicator's amount in that year and
its growth on the year before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partialmethod

from corpus.figures.amount import normalise
from corpus.figures.figure import Figure
from corpus.figures.synonyms import SYNONYMS
from corpus.identity import NATION
from corpus.messages import says
from corpus.places import short_name
from index import Index, ReportEntry
from retrieval.errors import RetrievalError, unknown_report
from retrieval.facts.arithmetic import SHARE, amount_of
from retrieval.facts.statements import (
    CLAUSE_END,
    NARROWED,
    SHORTEST_NAME,
    SPREAD,
    Statement,
    grouped,
    narrowing,
    opens_its_clause,
    statements,
    yearly_basis,
)
from retrieval.facts.units import of_one_unit
from retrieval.query.reports import results_year

FEWEST, MOST = 2, 12  # reports side by side; more no screen and no sheet of paper holds
REFUSED = "matrix.reports", "请选 {fewest} 到 {most} 份不同的报告来对照，现在选了 {number} 份。"
POINTS = "个百分点"
# In what shares differ, and rates of growth: 3% and 5% are 2个百分点 apart, not 2%.
DIFFERENCE_UNITS = {SHARE: POINTS, "‰": "个千分点"}
# Amounts that are read at a glance: 3125亿元 rather than 0.3125万亿元 or 312500000000元.
EASY = Decimal(1), Decimal(100_000)
RATIO_PLACES = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one report says of an indicator: the amount and the growth of its year, if it says them."""

    level: Statement | None = None
    change: Statement | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator in all reports: ``unit`` is that of the amounts, "" where only growth is stated."""

    indicator: str
    unit: str
    change_unit: str
    entries: tuple[Entry, ...]

    def _number(self, kind: str, place: int) -> Decimal | None:
        stated: Statement | None = getattr(self.entries[place], kind)
        if stated is None:
            return None
        unit = self.unit if kind == "level" else self.change_unit
        return amount_of(stated.entry.figure)[0] / normalise(Decimal(1), unit)[0]

    def _difference(self, kind: str, place: int) -> Decimal | None:
        number, first = self._number(kind, place), self._number(kind, 0)
        return None if number is None or first is None else number - first

    def _is_exact(self, kind: str, place: int) -> bool:
        both: list[Statement | None] = [getattr(self.entries[at], kind) for at in (0, place)]
        return all(one is None or one.entry.figure.bound == "=" for one in both)

    # What the report at a place states, in ``unit`` and ``change_unit``: a fall is a growth below 0.
    level = partialmethod(_number, "level")
    change = partialmethod(_number, "change")
    # By how much that is more than what the first report states.
    level_difference = partialmethod(_difference, "level")
    change_difference = partialmethod(_difference, "change")
    # Whether that is a difference of exact figures, not of ≥ or about.
    level_is_exact = partialmethod(_is_exact, "level")
    change_is_exact = partialmethod(_is_exact, "change")

    @property
    def filled(self) -> int:
        """In how many reports the amount stands, or the growth where more of them state that."""
        return max(
            sum(getattr(one, kind) is not None for one in self.entries) for kind in ("level", "change")
        )

    @property
    def difference_unit(self) -> str:
        """The unit of differences of amounts: points where the amounts are shares."""
        return DIFFERENCE_UNITS.get(self.unit, self.unit)

    @property
    def change_difference_unit(self) -> str:
        """The unit of differences of growth: points where the growth is in %."""
        return DIFFERENCE_UNITS.get(self.change_unit, self.change_unit)

    def ratio(self, place: int) -> Decimal | None:
        """Return the difference of amounts in % of the first; of shares there is none."""
        first, difference = self.level(0), self.level_difference(place)
        if not first or difference is None or normalise(Decimal(1), self.unit)[1] in (SHARE, POINTS):
            return None
        return (100 * difference / abs(first)).quantize(RATIO_PLACES)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Reports side by side: of each the year that is shown, None where it is not known."""

    reports: tuple[ReportEntry, ...]
    years: tuple[int | None, ...]
    rows: tuple[Row, ...]

    @property
    def mixes_years(self) -> bool:
        """Tell whether places are compared in different years, so that a difference is of both."""
        places = {short_name(report.identity.place or report.name) for report in self.reports}
        return len(set(self.years)) > 1 and len(places) > 1


def compare_reports(index: Index, names: Sequence[str]) -> Matrix:
    """Put reports of an index side by side, in the order given; the first is what others are less.

    Raises UnknownReportError, or RetrievalError for fewer than two or more than twelve.
    """
    return matrix_of(statements(index), chosen_reports(index.manifest.reports, names))


def chosen_reports(reports: Sequence[ReportEntry], names: Sequence[str]) -> list[ReportEntry]:
    """Return the reports of these names; raise an error where they cannot be put side by side."""
    known = {entry.name: entry for entry in reports}
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if name not in known:
            raise unknown_report(name, known)
    if not FEWEST <= len(wanted) <= MOST:
        raise RetrievalError(says(*REFUSED, fewest=FEWEST, most=MOST, number=len(wanted)))
    return [known[name] for name in wanted]


def matrix_of(stated: Sequence[Statement], reports: Sequence[ReportEntry]) -> Matrix:
    """Return the indicators that two or more of the reports state, those of most reports first."""
    own = grouped(stated, lambda statement: statement.entry.report)
    years = tuple(results_year(report.identity.day) for report in reports)
    chosen = [_of_year(own.get(report.name, ()), year) for report, year in zip(reports, years, strict=True)]
    names = dict.fromkeys(name for statements in chosen for name in statements)
    rows = (_row(name, [statements.get(name, []) for statements in chosen]) for name in names)
    # Sorting keeps the order in which the reports name them.
    shared = sorted((row for row in rows if row.filled >= FEWEST), key=lambda row: -row.filled)
    return Matrix(tuple(reports), years, tuple(shared))


def fitting_unit(figures: Sequence[Figure]) -> str:
    """Return the printed unit in which most of some figures of one base unit are easy to read.

    >>> fitting_unit([Figure("产值", Decimal(v), u, "", 0, 0) for v, u in (("1.2", "万亿元"), ("860", "亿元"))])
    '亿元'
    """
    amounts = [abs(amount_of(figure)[0]) for figure in figures]
    printed = Counter(figure.unit for figure in figures)

    def fits(unit: str) -> tuple[int, int]:
        one = normalise(Decimal(1), unit)[0]
        easy = sum(EASY[0] <= amount / one < EASY[1] for amount in amounts)
        return easy, printed[unit]

    return max(printed, key=fits, default="")


def _of_year(own: Sequence[Statement], year: int | None) -> dict[str, list[Statement]]:
    """Return a report's statements about its year, the surest first, by their indicator in order."""
    wanted = [statement for statement in own if _is_result(statement, year)]
    by_name = grouped(wanted, lambda statement: statement.entry.terms.series)
    return {name: sorted(some, key=_doubts) for name, some in by_name.items()}


def _is_result(statement: Statement, year: int | None) -> bool:
    """True for what a report states of its whole place in its year, as it came about.

    A short name (企业, 项目) is of another thing in each report; what names no time is of its report's year, but
    每年 is of no one year.
    """
    figure, terms, days = statement.entry.figure, statement.entry.terms, statement.days
    clause = CLAUSE_END.split(statement.before)[-1].replace(terms.place or NATION, "")
    beside = clause.replace(figure.indicator, "")
    return (
        figure.status == "actual"
        and figure.kind != "rank"
        and (len(terms.series) >= SHORTEST_NAME or terms.series in SYNONYMS)
        and (figure.kind == "level" or yearly_basis(figure) is None)
        and (
            year is None or (figure.period is None if days is None else days[0].year == days[1].year == year)
        )
        and not NARROWED.search(beside)
        and all(word in figure.indicator for word in SPREAD.findall(beside))
    )


def _doubts(statement: Statement) -> tuple[bool, bool, bool, bool, int, int]:
    """Return why another statement of the same thing would be taken first; the smallest is best."""
    days, figure = statement.days, statement.entry.figure
    whole = days is not None and (days[1].month, days[1].day) == (12, 31)
    latest = -days[1].year if days else 0
    loose, part = not opens_its_clause(statement), bool(narrowing(statement))
    return loose, figure.bound != "=", part, not whole, latest, figure.start


def _row(name: str, stated: Sequence[Sequence[Statement]]) -> Row:
    """Return the row of an indicator from what each report states of it, the surest first."""
    (unit, levels), (change_unit, changes) = (_column(stated, kind) for kind in ("level", "change"))
    return Row(name, unit, change_unit, tuple(map(Entry, levels, changes)))


def _column(stated: Sequence[Sequence[Statement]], kind: str) -> tuple[str, list[Statement | None]]:
    """Return each report's first statement of a kind in the base unit that most of them use, and a unit for them."""
    of_kind = {at: [one for one in some if one.entry.figure.kind == kind] for at, some in enumerate(stated)}
    first = of_one_unit(of_kind, lambda one: one.entry.terms.base_unit)
    return fitting_unit([one.entry.figure for one in first.values()]), [first.get(at) for at in of_kind]
