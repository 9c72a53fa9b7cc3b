"""Picks: which of the figures that were picked can be drawn in one chart, and what tells them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from corpus.figures.amount import normalise
from corpus.identity import NATION
from corpus.places import short_name
from retrieval.facts.arithmetic import SHARE, amount_of
from retrieval.facts.matrix import fitting_unit
from retrieval.facts.statements import MANNERS, Days, Statement, yearly_basis
from retrieval.words.wording import quantity
from web.figures.times import months_of, time_name
from web.i18n import Words
from web.markup import cleaned

Shape = Literal["bars", "line", "ranking"]
MOST_DRAWN = 60  # figures of a chart; more cannot be told apart
MOST_LINES = 6  # as many as there are colours
YEAR = 12  # months; a day (2024年末) and a time that is not known stand beside years
NAME_END = 2  # characters at the end of a name by which things are of a sort: 产量, 企业


@dataclass(frozen=True, slots=True)
class Pick:
    """A figure that was picked, the days that it speaks of, None where that is not known, and what its
    report is called."""

    statement: Statement
    days: Days | None
    report: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A bar, or a point of a line: its name, its height in the chart's unit, and what is printed.

    ``told`` is all that is known of it in a line; ``line`` names what it is joined with, ``day`` where it
    stands on the axis of time, ``time`` the same in figures. What is not ``exact`` is printed as a bound or
    about so much; what is ``planned`` did not come about.
    """

    name: str
    amount: Decimal
    printed: str
    told: str
    line: str
    day: date | None
    time: str
    place: str
    indicator: str
    report: str
    exact: bool
    planned: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Figures that can be compared: what they have in common, and each by what tells it apart.

    ``shapes`` are the ways in which they can be drawn, the best first; ``left_out`` is how many
    picked figures are of another sort, ``beyond`` how many are of this one but too many.
    """

    title: str
    unit: str
    dots: tuple[Dot, ...]
    shapes: tuple[Shape, ...]
    left_out: int
    beyond: int = 0


def drawing_of(picks: Sequence[Pick], words: Words) -> Drawing | None:
    """Return the chart of the largest group of picks that can be compared; None of fewer than two."""
    groups: dict[tuple[object, ...], list[Pick]] = {}
    for pick in picks:
        if pick.statement.entry.figure.kind != "rank":
            groups.setdefault(_sort(pick), []).append(pick)
    alike = max(groups.values(), key=len, default=[])
    group = alike[:MOST_DRAWN]
    if len(group) < 2:
        return None
    unit = fitting_unit([pick.statement.entry.figure for pick in group])
    title, apart = _told_apart(group, words)
    names = _names(group, apart, words)
    dots = tuple(_dot(pick, name, unit, apart, words) for pick, name in zip(group, names, strict=True))
    if group[0].statement.entry.figure.kind == "change":
        title = f"{title} {words('figures.kind.change')}".lstrip()
    left_out, beyond = len(picks) - len(alike), len(alike) - len(group)
    return Drawing(title, cleaned(unit), dots, _shapes(dots), left_out, beyond)


def _sort(pick: Pick) -> tuple[object, ...]:
    """Return what figures must share to be drawn together.

    Amounts: unit, the end of their name, and words like 人均.  Growths in %: what they are
    measured against; that of sales and that of exports are often shown side by side.  Both: how long
    their time is, for half a year or five are not to be held against one.
    """
    figure, terms = pick.statement.entry.figure, pick.statement.entry.terms
    basis = yearly_basis(figure)
    months = (months_of(pick.days) if pick.days else 0) or YEAR
    if figure.kind == "change" and terms.base_unit == SHARE:
        return figure.kind, terms.base_unit, basis, months
    manner = frozenset(MANNERS.findall(terms.series))
    return figure.kind, terms.base_unit, basis, months, terms.series[-NAME_END:], manner


Tell = Callable[[Pick, Words], str]


def _place(pick: Pick, words: Words) -> str:
    place = pick.statement.entry.terms.place
    return short_name(place) if place else _report(pick, words)


def _indicator(pick: Pick, words: Words) -> str:
    return cleaned(pick.statement.entry.terms.series or pick.statement.entry.figure.indicator)


def _time(pick: Pick, words: Words) -> str:
    return time_name(pick.days) if pick.days else ""


def _time_or_none(pick: Pick, words: Words) -> str:
    """Return the time among others that are known: what came about at no known time says so."""
    unknown = pick.days is None and pick.statement.entry.figure.status == "actual"
    return words("figures.time.unknown") if unknown else _time(pick, words)


def _status(pick: Pick, words: Words) -> str:
    status = pick.statement.entry.figure.status
    return "" if status == "actual" else words(f"figures.status.{status}")


def _report(pick: Pick, words: Words) -> str:
    return cleaned(pick.report)


def _quote(pick: Pick, words: Words) -> str:
    return cleaned(pick.statement.says)


# From what a reader looks for first; the report, then the quantity, only where all else of two is alike.
_TELLS: tuple[Tell, ...] = (_place, _indicator, _time, _status)
_LAST_TELLS: tuple[Tell, ...] = (_report, _quote)


def _told_apart(group: Sequence[Pick], words: Words) -> tuple[str, list[Tell]]:
    """Return what all picks have in common, in words, and what tells them apart, as far as anything does.

    Of names that end alike the end is in common: 产量 of 粮食产量 and 油料产量.
    """
    common = [tell for tell in _TELLS if len({tell(pick, words) for pick in group}) == 1]
    apart = [tell for tell in _TELLS if tell not in common]
    apart = [_time_or_none if tell is _time else tell for tell in apart]
    shared = [_named(group[0], common, words)]
    if _indicator in apart and (end := _common_end([_indicator(pick, words) for pick in group])):
        apart[apart.index(_indicator)] = lambda pick, words: _indicator(pick, words).removesuffix(end)
        shared.append(end)
    return " ".join(filter(None, shared)), apart


def _names(group: Sequence[Pick], apart: Sequence[Tell], words: Words) -> list[str]:
    """Return the name of each pick; those that would be called alike have more in theirs."""
    names = [_named(pick, apart, words) for pick in group]
    for tell in _LAST_TELLS:
        longer = [f"{name} {tell(pick, words)}".lstrip() for name, pick in zip(names, group, strict=True)]
        kinds: dict[str, set[str]] = {}
        for name, more in zip(names, longer, strict=True):
            kinds.setdefault(name, set()).add(more)
        # What is the same for all that are called alike tells nothing.
        names = [more if len(kinds[name]) > 1 else name for name, more in zip(names, longer, strict=True)]
    return names


def _common_end(names: Sequence[str]) -> str:
    """Return how all names end: 产量 of 粮食产量 and 油料产量; "" where that is no word."""
    end = names[0]
    while not all(name.endswith(end) for name in names):
        end = end[1:]
    return end if len(end) >= NAME_END else ""


def _named(pick: Pick, tells: Sequence[Tell], words: Words) -> str:
    return " ".join(filter(None, dict.fromkeys(tell(pick, words) for tell in tells)))


def _dot(pick: Pick, name: str, unit: str, apart: Sequence[Tell], words: Words) -> Dot:
    figure = pick.statement.entry.figure
    amount = amount_of(figure)[0] / normalise(Decimal(1), unit)[0]
    # What is planned is no part of the line of what came about.
    lines = [tell for tell in apart if tell is not _time_or_none]
    printed = cleaned(quantity(replace(figure, basis=None)))
    return Dot(
        name=name or printed,
        amount=amount,
        printed=printed,
        told=f"{_named(pick, (*_TELLS, _report), words)} {printed}",
        line=_named(pick, lines, words),
        day=pick.days[1] if pick.days else None,
        time=_time(pick, words),
        place=_place(pick, words),
        indicator=_indicator(pick, words),
        report=_report(pick, words),
        exact=figure.bound == "=",
        planned=figure.status != "actual",
    )


def _shapes(dots: Sequence[Dot]) -> tuple[Shape, ...]:
    """Return how dots can be drawn: a line needs two times of the same thing, none twice."""
    moments: dict[str, list[date]] = {}
    for dot in dots:
        if dot.day:
            moments.setdefault(dot.line, []).append(dot.day)
    dated = sum(map(len, moments.values())) == len(dots)
    once = all(len(set(days)) == len(days) for days in moments.values())
    several = [days for days in moments.values() if len(days) > 1]
    ranking: tuple[Shape, ...] = ("ranking",) if len(ranked(dots)) > 1 else ()
    if dated and once and several and len(moments) <= MOST_LINES:
        best: tuple[Shape, ...] = ("line", "bars")
        return (*best, *ranking) if len(several) == len(moments) else (*reversed(best), *ranking)
    return ("bars", *ranking)


def ranked(dots: Sequence[Dot]) -> tuple[Dot, ...]:
    """Return those of a chart's dots that can be ranked, the largest first.

    Results are ranked without plans; places without the nation that they are part of, and all by one
    indicator in one time, those of most of them and else the latest.
    """
    kept = [dot for dot in dots if not dot.planned] or list(dots)
    if len({dot.place for dot in kept}) > 1:
        kept = [dot for dot in kept if dot.place != NATION]
        sorts = Counter((dot.indicator, dot.time) for dot in kept)
        common = max(sorts, key=lambda sort: (sorts[sort], sort[1]), default=("", ""))
        kept = [dot for dot in kept if (dot.indicator, dot.time) == common]
    return tuple(sorted(kept, key=lambda dot: -dot.amount))
