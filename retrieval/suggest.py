"""What to ask next: follow-ups of an answer, and what its question could ask instead.

Made from the answer's figure and the ledger alone: a place, a year or a change is only offered
where the reports hold a figure of the same thing for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from corpus.figures.figure import Figure
from corpus.messages import Message, says
from corpus.places import short_name
from index import Index, ReportEntry
from index.ledger import LedgerEntry
from retrieval.phrases import basis_said
from retrieval.results import Answer, CitedFigure
from retrieval.scope import scope_of

# As many as are read at a glance; places and years are a list that one looks through.
MOST_FOLLOW_UPS = 5
MOST_OFFERED = 40
OTHER_YEARS = OTHER_PLACES = OTHER_INDICATORS = 2
# A name that reads well in a question: long enough to be clear, short enough to be one name.
NAME_LENGTHS = range(3, 13)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that stands by itself, and how it is called beside the answer it follows: a name, or words."""

    label: Message | str
    question: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: place and time ("" where it names none) and indicator.

    ``places`` and ``years`` are what else the reports hold of it, each with its question;
    ``before`` and ``after`` stand around an indicator to make a question of it.
    """

    place: str
    year: Message | str
    indicator: str
    places: tuple[Suggestion, ...] = ()
    years: tuple[Suggestion, ...] = ()
    before: str = ""
    after: str = "是多少？"


@dataclass(frozen=True, slots=True)
class _Asked:
    """The terms of an answer's figure: what a question has to say to mean it."""

    place: str
    year: int | None
    indicator: str
    series: str
    kind: str
    base_unit: str
    several: bool  # reports of several places
    placed: bool  # the question names one of them
    own_year: int | None  # that the figure is of, also where no question needs to name it

    def question(self) -> str:
        asks = {"level": "是多少", "change": "增长多少", "rank": "居第几位"}[self.kind]
        return f"{self.where()}{self.when()}{self.indicator}{asks}？"

    def where(self) -> str:
        return self.place if self.several else ""

    def when(self) -> str:
        return f"{self.year}年" if self.year else ""


def follow_ups(index: Index, answer: Answer, figure: CitedFigure) -> tuple[Suggestion, ...]:
    """Return what may be asked after an answer that gives ``figure``, likeliest first.

    Whether a question is really answered is for the caller to try: it costs a search each.
    """
    asked = _asked(index, answer, figure)
    like = _alike(index, asked)
    others = (_changes(index, asked, figure), _years(like, asked), _neighbours(index, asked, figure))
    if asked.placed:
        groups = (*others[:2], _places(like, asked), others[2])
    else:  # which place was meant is the first thing to be told
        groups = (_instead(index, like, asked), *others)
    # Called the same, two are the same to the reader.
    chosen: dict[str, Suggestion] = {}
    for suggestion in chain.from_iterable(groups):
        chosen.setdefault(str(suggestion.label), suggestion)
    return tuple(one for one in chosen.values() if one.question != answer.understood)[:MOST_FOLLOW_UPS]


def subject_of(index: Index, answer: Answer, figure: CitedFigure) -> Subject:
    """Return what a question is about that was answered with ``figure``, and what else it could be about."""
    asked = _asked(index, answer, figure)
    like = _alike(index, asked)
    return Subject(
        place=asked.where(),
        year=_year_said(asked.year) if asked.year else "",
        indicator=asked.indicator,
        places=tuple(_named(like, asked))[:MOST_OFFERED],
        years=tuple(_dated(like, asked))[:MOST_OFFERED],
        before=f"{asked.where()}{asked.when()}",
        after=replace(asked, indicator="", year=None, place="").question(),
    )


def _asked(index: Index, answer: Answer, figure: CitedFigure) -> _Asked:
    entry = index.entry(figure.passage.report)
    own = _ledger_entry(index, figure)
    named = scope_of(answer.understood).years
    own_year = own.terms.last_day.year if own and own.terms.last_day else None
    year = named[0] if named else own_year
    return _Asked(
        place=_place(entry),
        # A report of one place and year is asked without naming them.
        year=year if named or len({_year(one) for one in index.manifest.reports}) > 1 else None,
        indicator=figure.indicator,
        series=own.terms.series if own else figure.indicator,
        kind=figure.kind,
        base_unit=own.terms.base_unit if own else figure.unit,
        own_year=own_year,
        several=_has_several_places(index),
        placed=_names_a_place(index, answer),
    )


# What a word means, and what all places are asked for, is not asked of another place.
NOT_OF_A_PLACE = re.compile(
    r"^(?:什么|啥)(?:是|叫)|(?:是什么|啥)意思|指(?:的是)?(?:什么|啥)[？?]?$|各[省市区县地]|哪一?个?[省市区县]"
)


def elsewhere(index: Index, answer: Answer) -> tuple[Suggestion, ...]:
    """Return the question of an answer that quotes a report but names no place, asked of other places: of those
    first whose reports come near to answering it."""
    if (
        answer.quote is None
        or not answer.hits
        or NOT_OF_A_PLACE.search(answer.understood)
        or not _has_several_places(index)
        or _names_a_place(index, answer)
    ):
        return ()
    near = [_place(index.entry(hit.passage.report)) for hit in answer.hits]
    places = dict.fromkeys([*near, *map(_place, _newest(index))])
    others = [place for place in places if place not in ("", near[0])][:MOST_FOLLOW_UPS]
    return tuple(Suggestion(_other(place), place + answer.understood) for place in others)


def _other(term: Message | str) -> Message:
    return says("suggest.other", "换成{term}", term=term)


def _has_several_places(index: Index) -> bool:
    return len({_place(one) for one in index.manifest.reports} - {""}) > 1


def _newest(index: Index) -> list[ReportEntry]:
    """Return the reports, the newest first."""
    return sorted(index.manifest.reports, key=lambda entry: entry.identity.day or date.min, reverse=True)


def _names_a_place(index: Index, answer: Answer) -> bool:
    places = scope_of(answer.understood).places
    return any(_place(one) in places for one in index.manifest.reports)


def _place(entry: ReportEntry) -> str:
    return short_name(entry.identity.place) if entry.identity.place else ""


def _year(entry: ReportEntry) -> int | None:
    return entry.identity.day.year if entry.identity.day else None


def _ledger_entry(index: Index, figure: CitedFigure) -> LedgerEntry | None:
    """Return the ledger's entry of a figure, whose offsets are into its passage."""
    start = figure.passage.start + figure.start
    return next(
        (
            entry
            for entry in index.ledger
            if entry.report == figure.passage.report and entry.figure.start == start
        ),
        None,
    )


def _alike(index: Index, asked: _Asked) -> list[LedgerEntry]:
    """Return the entries of the same indicator, kind and sort of unit that happened, in the ledger's order."""
    return [
        entry
        for entry in index.ledger
        if entry.terms.series == asked.series
        and entry.figure.kind == asked.kind
        and entry.terms.base_unit == asked.base_unit
        and entry.figure.status == "actual"
    ]


def _changes(index: Index, asked: _Asked, figure: CitedFigure) -> Iterator[Suggestion]:
    """Yield the change and the rank of an amount, where its report states them for the same time."""
    if asked.kind != "level":
        return
    own = _ledger_entry(index, figure)
    stated = {
        entry.figure.kind: entry.figure
        for entry in index.ledger
        if entry.report == figure.passage.report
        and entry.terms.series == asked.series
        and (own is None or entry.terms.last_day == own.terms.last_day)
    }
    if change := stated.get("change"):
        question = replace(asked, kind="change").question()
        yield Suggestion(_change_said(change), question)
    if "rank" in stated:
        yield Suggestion(says("suggest.rank", "排第几？"), replace(asked, kind="rank").question())


def _change_said(change: Figure) -> Message:
    if not change.basis:
        return says("suggest.growth", "增速呢？")
    return says("suggest.change", "{basis}呢？", basis=basis_said(change.basis))


def _years(like: Sequence[LedgerEntry], asked: _Asked) -> Iterator[Suggestion]:
    """Yield the nearest other years of the same place."""
    years = sorted(_other_years(like, asked), key=lambda year: abs(year - (asked.year or 0)))
    for year in years[:OTHER_YEARS]:
        yield Suggestion(_other(_year_said(year)), replace(asked, year=year).question())


def _dated(like: Sequence[LedgerEntry], asked: _Asked) -> Iterator[Suggestion]:
    for year in _other_years(like, asked):
        yield Suggestion(_year_said(year), replace(asked, year=year).question())


def _other_years(like: Sequence[LedgerEntry], asked: _Asked) -> list[int]:
    """Return the years of the same place that are not asked for, the latest first."""
    days = (entry.terms.last_day for entry in like if _same_place(entry, asked))
    return sorted({day.year for day in days if day} - {asked.year, asked.own_year}, reverse=True)


def _year_said(year: int) -> Message:
    return says("suggest.year", "{year}年", year=year)


def _places(like: Sequence[LedgerEntry], asked: _Asked) -> Iterator[Suggestion]:
    """Yield comparisons with other places that state the same for the same year."""
    for one in [*_named(like, asked)][:OTHER_PLACES]:
        compared = f"{asked.place}和{one.label}{asked.when()}{asked.indicator}哪个高？"
        yield Suggestion(says("suggest.compare", "和{place}比", place=one.label), compared)


def _instead(index: Index, like: Sequence[LedgerEntry], asked: _Asked) -> Iterator[Suggestion]:
    """Yield the same question of other places, those with the newest reports first."""
    newest = {entry.name: at for at, entry in enumerate(_newest(index))}
    for one in [*_named(sorted(like, key=lambda entry: newest[entry.report]), asked)][:OTHER_PLACES]:
        yield Suggestion(_other(one.label), one.question)


def _named(like: Sequence[LedgerEntry], asked: _Asked) -> Iterator[Suggestion]:
    if not asked.several:
        return
    places = dict.fromkeys(
        short_name(entry.terms.place)
        for entry in like
        if entry.terms.place and not _same_place(entry, asked) and _same_year(entry, asked)
    )
    for place in places:
        yield Suggestion(place, replace(asked, place=place).question())


def _neighbours(index: Index, asked: _Asked, figure: CitedFigure) -> Iterator[Suggestion]:
    """Yield the other amounts of the same passage: what is told together is asked together."""
    near = (
        entry.figure.indicator
        for entry in index.ledger
        if entry.report == figure.passage.report
        and entry.passage == figure.passage.number
        and entry.figure.kind == "level"
        and entry.figure.status == "actual"
        and entry.terms.series != asked.series
        and len(entry.figure.indicator) in NAME_LENGTHS
    )
    for name in [*dict.fromkeys(near)][:OTHER_INDICATORS]:
        question = replace(asked, indicator=name, kind="level").question()
        yield Suggestion(says("suggest.other_name", "{name}呢？", name=name), question)


def _same_place(entry: LedgerEntry, asked: _Asked) -> bool:
    return (short_name(entry.terms.place) if entry.terms.place else "") == asked.place


def _same_year(entry: LedgerEntry, asked: _Asked) -> bool:
    return asked.year is None or entry.terms.last_day is None or entry.terms.last_day.year == asked.year
