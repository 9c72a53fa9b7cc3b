"""What to ask next: follow-ups of an answer, and what its question could ask instead.

Made from the answer's figure and the ledger alone: a place, a year or a change is only offered
where the reports hold a figure of the same thing for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from corpus.figures.figure import Figure
from corpus.figures.synonyms import SYNONYMS
from corpus.messages import Message, says
from corpus.places import short_name
from index import Index, ReportEntry
from index.ledger import LedgerEntry
from retrieval.answer import Answer, CitedFigure
from retrieval.render.phrases import basis_said
from retrieval.scope import NATION_NAME, results_year, scope_of

# As many as are read at a glance; places and years are a list that one looks through.
MOST_FOLLOW_UPS = 5
MOST_OFFERED = 40
RATES = frozenset({"%", "‰", "个百分点"})
OTHER_YEARS = OTHER_PLACES = OTHER_INDICATORS = 2
# A name that reads well in a question: long enough to be clear, short enough to be one name.
NAME_LENGTHS = range(3, 13)
# What a name ends with that says how the amount came about, and is no part of it: 地区生产总值连跨.
TOLD_AFTER = re.compile(r"(?:接连|连续|连跨|跃上|跃升|迈上|跨越|突破|达到?|增至|增加到|累计|实现)+$")
# What is measured by its name; other names are of things that are counted.
MEASURED = re.compile(
    r"(?:[率量额数值比价]|面积|里程|规模|收入|支出|投资|人口|人次|产能|装机|余额|指数|浓度|寿命|强度|水平|密度|时间|标准|工资|税收|经费|资金|存款|贷款|利润|消费|就业)$"
)
# Of what is more, one says that it is higher or larger.
HIGH = re.compile(r"(?:标准|价格?|浓度|寿命|水平|强度|密度|指数|均值|人均\w+)$")
LARGE = re.compile(r"(?:面积|规模|总[值额]|增加值)$")
# A deed, or half a sentence, that a figure stands behind: no name that one asks by.
NO_NAME = re.compile(
    r"[\s，、；。（(]|[了着把被]|[一两几这那每各]个|^(?:[稳促增扩保治建在以为对向由从与和及等该本共已均近约]|推[动进广]|实施|恢复|更新|组建|跨越|贡献|"
    r"带动|支持|完成|实现|发放|争取|落实|打造|培育|引进|开展|整治|处置|化解|压减|清理|入选|获[评批]|投[入用]|吸引|惠及|覆盖|"
    r"帮助|解决|加[快强大]|提[高升]|扩大|持续|连续|累计|全面|有效|预计|达到|超过|突破|其中)"
)


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
        where = "" if self.place and self.place in self.indicator else self.where()
        return f"{where}{self.when()}{self.indicator}{asks}？"

    def where(self) -> str:
        return self.place if self.several else ""

    @property
    def is_rate(self) -> bool:
        """True for what can be held against that of a whole country: a growth, a share."""
        return self.kind == "change" or self.base_unit in RATES

    def when(self) -> str:
        return f"{self.year}年" if self.year else ""


def follow_ups(index: Index, answer: Answer, figure: CitedFigure) -> tuple[Suggestion, ...]:
    """Return what may be asked after an answer that gives ``figure``, likeliest first.

    Whether a question is really answered is for the caller to try: it costs a search each.
    """
    asked = _asked(index, answer, figure)
    like = _alike(index, asked)
    named = _reads_well(asked.indicator)
    years = _years(like, asked) if named else iter(())
    others = (_changes(index, asked, figure), years, _neighbours(index, asked, figure))
    if asked.placed:
        groups = (*others[:2], _places(index, like, asked) if named else iter(()), others[2])
    else:  # which place was meant is the first thing to be told
        groups = (_instead(index, like, asked) if named else iter(()), *others)
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
        places=tuple(_named(index, like, asked))[:MOST_OFFERED],
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
        indicator=TOLD_AFTER.sub("", figure.indicator) or figure.indicator,
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


def _places(index: Index, like: Sequence[LedgerEntry], asked: _Asked) -> Iterator[Suggestion]:
    """Yield comparisons with other places that state the same for the same year."""
    if asked.kind == "rank":
        return
    grows = "增速" if asked.kind == "change" and not asked.indicator.endswith("增速") else ""
    high = asked.is_rate or HIGH.search(asked.indicator)
    asks = "哪个高" if high else "哪个大" if LARGE.search(asked.indicator) else "哪个多"
    for one in [*_named(index, like, asked)][:OTHER_PLACES]:
        compared = f"{asked.place}和{one.label}{asked.when()}{asked.indicator}{grows}{asks}？"
        yield Suggestion(says("suggest.compare", "和{place}比", place=one.label), compared)


def _instead(index: Index, like: Sequence[LedgerEntry], asked: _Asked) -> Iterator[Suggestion]:
    """Yield the same question of other places, those with the newest reports first."""
    newest = {entry.name: at for at, entry in enumerate(_newest(index))}
    ordered = sorted(like, key=lambda entry: newest[entry.report])
    for one in [*_named(index, ordered, asked)][:OTHER_PLACES]:
        yield Suggestion(_other(one.label), one.question)


def _named(index: Index, like: Sequence[LedgerEntry], asked: _Asked) -> Iterator[Suggestion]:
    if not asked.several:
        return
    told = {one.name: results_year(one.identity.day) for one in index.manifest.reports}
    places = dict.fromkeys(
        short_name(entry.terms.place)
        for entry in like
        if entry.terms.place
        and not _same_place(entry, asked)
        and _same_year(entry, asked, told[entry.report])
        # An amount of one place is next to nothing beside that of the whole country.
        and (asked.is_rate or NATION_NAME not in (short_name(entry.terms.place), asked.place))
    )
    for place in places:
        yield Suggestion(place, replace(asked, place=place).question())


def _neighbours(index: Index, asked: _Asked, figure: CitedFigure) -> Iterator[Suggestion]:
    """Yield the other amounts of the same passage, those first that most reports state."""
    near = {
        entry.figure.indicator: entry.terms.series
        for entry in index.ledger
        if entry.report == figure.passage.report
        and entry.passage == figure.passage.number
        and entry.figure.kind == "level"
        and entry.figure.status == "actual"
        and entry.terms.series != asked.series
        and _reads_well(entry.figure.indicator)
    }
    reports = {
        (entry.terms.series, entry.report) for entry in index.ledger if entry.terms.series in near.values()
    }
    stated = Counter(series for series, _ in reports)
    for name in sorted(near, key=lambda name: -stated[near[name]])[:OTHER_INDICATORS]:
        question = replace(asked, indicator=name, kind="level").question()
        yield Suggestion(says("suggest.other_name", "{name}呢？", name=name), question)


def _reads_well(name: str) -> bool:
    """Tell whether one can ask by a name: of a measure, or of a thing, and no half of a sentence.

    >>> _reads_well("粮食产量"), _reads_well("治理水土流失面积"), _reads_well("贡献了全国 增量"), _reads_well("更新设备")
    (True, True, False, False)
    """
    if name in SYNONYMS:
        return True
    if (
        len(name) not in NAME_LENGTHS
        or TOLD_AFTER.search(name)
        or re.search(r"[\s了着把被]|[一两几这那每各]个", name)
    ):
        return False
    return MEASURED.search(name) is not None or not NO_NAME.search(name)


def _same_place(entry: LedgerEntry, asked: _Asked) -> bool:
    return (short_name(entry.terms.place) if entry.terms.place else "") == asked.place


def _same_year(entry: LedgerEntry, asked: _Asked, told: int | None) -> bool:
    """Tell whether a figure is of the year that is asked for; without a time of its own it is of its report's."""
    year = entry.terms.last_day.year if entry.terms.last_day else told
    return asked.year is None or year is None or year == asked.year
