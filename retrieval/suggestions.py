"""What to ask next: follow-ups of an answer, and what its question could ask instead.

Made from the answer's figure and the ledger alone: a place, a year or a change is only offered
where the reports hold a figure of the same thing for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from corpus.figures.synonyms import SYNONYMS
from corpus.identity import NATION
from corpus.messages import Message, says
from corpus.places import short_name
from index import Index, tokenize
from index.ledger import CommonTerms, LedgerEntry
from retrieval.answer import Answer, CitedFigure
from retrieval.facts.ledger import entries_with
from retrieval.facts.statements import days_of
from retrieval.query.query import Query
from retrieval.query.reports import newest, results_year, year_of
from retrieval.reader.figures import SHARES
from retrieval.words.phrases import basis_said

# As many as are read at a glance; places and years are a list that one looks through.
MOST_FOLLOW_UPS = 5
MOST_OFFERED = 40
OTHER_YEARS = OTHER_PLACES = OTHER_INDICATORS = 2
# A name that reads well in a question: long enough to be clear, short enough to be one name.
NAME_LENGTHS = range(3, 13)
# What a name ends with that says how the amount came about, and is no part of it: 地区生产总值连跨.
TOLD_AFTER = re.compile(r"(?:接连|连续|连跨|跃上|跃升|迈上|跨越|突破|达到?|增至|增加到|累计|实现)+$")
# What is measured by its name; other names are of things that are counted.
MEASURED = (
    *"率量额数值比价", "面积", "里程", "规模", "收入", "支出", "投资", "人口", "人次", "产能", "装机", "余额", "指数", "浓度", "寿命", "强度", "水平", "密度",
    "时间", "标准", "工资", "税收", "经费", "资金", "存款", "贷款", "利润", "消费", "就业",
)  # fmt: skip
# Of what is more, one says that it is higher or larger.
HIGH = "标准", "价", "价格", "浓度", "寿命", "水平", "强度", "密度", "指数", "均值"
LARGE = "面积", "规模", "总值", "总额", "增加值"
# A deed, or half a sentence, that a figure stands behind: no name that one asks by, whatever is measured.
HALF = re.compile(r"[\s了着把被]|[一两几这那每各]个")
NO_NAME = re.compile(
    r"[，、；。（(]|^(?:[稳促增扩保治建在以为对向由从与和及等该本共已均近约]|推[动进广]|实施|恢复|更新|组建|跨越|贡献|"
    r"带动|支持|完成|实现|发放|争取|落实|打造|培育|引进|开展|整治|处置|化解|压减|清理|入选|获[评批]|投[入用]|吸引|惠及|覆盖|"
    r"帮助|解决|加[快强大]|提[高升]|扩大|持续|连续|累计|全面|有效|预计|达到|超过|突破|其中)"
)
ASKS = {"level": "是多少", "change": "增长多少", "rank": "居第几位"}


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


def follow_ups(index: Index, answer: Answer, figure: CitedFigure) -> tuple[Suggestion, ...]:
    """Return what may be asked after an answer that gives ``figure``, likeliest first.

    Whether a question is really answered is for the caller to try: it costs a search each.
    """
    asked = _Asked(index, answer, figure)
    well = reads_well(asked.indicator)
    # Which place was meant is the first thing to be told.
    groups = [
        asked.instead() if well and not asked.placed else (),
        asked.changes(),
        asked.near_years() if well else (),
        asked.compared() if well and asked.placed else (),
        asked.neighbours(),
    ]
    # Called the same, two are the same to the reader.
    chosen: dict[str, Suggestion] = {}
    for suggestion in chain.from_iterable(groups):
        chosen.setdefault(str(suggestion.label), suggestion)
    return tuple(one for one in chosen.values() if one.question != answer.understood)[:MOST_FOLLOW_UPS]


def subject_of(index: Index, answer: Answer, figure: CitedFigure) -> Subject:
    """Return what a question is about that was answered with ``figure``, and what else it could be about."""
    asked = _Asked(index, answer, figure)
    where, year = asked.place if asked.several else "", asked.year
    return Subject(
        place=where,
        year=_year_said(year) if year else "",
        indicator=asked.indicator,
        places=tuple(Suggestion(one, asked.question(place=one)) for one in asked.places()[:MOST_OFFERED]),
        years=tuple(
            Suggestion(_year_said(one), asked.question(year=one)) for one in asked.years()[:MOST_OFFERED]
        ),
        before=f"{where}{year}年" if year else where,
        after=f"{ASKS[asked.kind]}？",
    )


class _Asked:
    """The terms of an answer's figure, and what else the ledger holds of the same indicator, kind and sort of unit.

    ``year`` is None where no question needs to name it; ``several`` tells that there are reports of several
    places, ``placed`` that the question names one of them.
    """

    def __init__(self, index: Index, answer: Answer, figure: CitedFigure) -> None:
        query, report = _query(answer), index.entry(figure.passage.report)
        self._index, self._passage, self.kind = index, figure.passage, figure.kind
        self._terms = CommonTerms.of(figure, report.identity)
        self.indicator = TOLD_AFTER.sub("", figure.indicator) or figure.indicator
        self.place = _short(report.identity.place)
        self._own_year = self._terms.last_day.year if self._terms.last_day else None
        # A report of one place and year is asked without naming them.
        told = query.years or len({year_of(one) for one in index.manifest.reports}) > 1
        self.year = (query.years or (self._own_year,))[0] if told else None
        self.several = _has_several_places(index)
        self.placed = _is_placed(query)
        # What can be held against that of a whole country: a growth, a share.
        self._is_rate = self.kind == "change" or self._terms.base_unit in SHARES
        same = {"series": self._terms.series, "kind": self.kind, "base_unit": self._terms.base_unit}
        self._like = entries_with(index.ledger, status="actual", **same)

    def question(self, place: str = "", year: int | None = None, indicator: str = "", kind: str = "") -> str:
        """Return the question for the figure, or for that of another place, year, indicator or kind."""
        place, year, name = place or self.place, year or self.year, indicator or self.indicator
        where = place if self.several and place not in name else ""
        when = f"{year}年" if year else ""
        return f"{where}{when}{name}{ASKS[kind or self.kind]}？"

    def changes(self) -> Iterator[Suggestion]:
        """Yield the change and the rank of an amount, where its report states them for the same time."""
        if self.kind != "level":
            return
        same = {"series": self._terms.series, "last_day": self._terms.last_day}
        own = entries_with(self._index.ledger, report=self._passage.report, **same)
        stated = {entry.figure.kind: entry.figure for entry in own}
        if change := stated.get("change"):
            said = says("suggest.growth", "增速呢？")
            if change.basis:
                said = says("suggest.change", "{basis}呢？", basis=basis_said(change.basis))
            yield Suggestion(said, self.question(kind="change"))
        if "rank" in stated:
            yield Suggestion(says("suggest.rank", "排第几？"), self.question(kind="rank"))

    def years(self) -> list[int]:
        """Return the years of the same place that are not asked for, the latest first."""
        days = [entry.terms.last_day for entry in self._like if _short(entry.terms.place) == self.place]
        return sorted({day.year for day in days if day} - {self.year, self._own_year}, reverse=True)

    def near_years(self) -> Iterator[Suggestion]:
        """Yield the nearest other years of the same place."""
        for year in sorted(self.years(), key=lambda year: abs(year - (self.year or 0)))[:OTHER_YEARS]:
            yield Suggestion(_other(_year_said(year)), self.question(year=year))

    def places(self, order: Callable[[LedgerEntry], int] = lambda _: 0) -> list[str]:
        """Return the other places that state the same for the same year, in some order."""
        found: dict[str, None] = {}
        days = days_of(self._index.manifest.reports)
        for entry in sorted(self._like, key=order) if self.several else ():
            # A figure without a time of its own is of its report's.
            last_day = entry.terms.last_day
            year = last_day.year if last_day else results_year(days[entry.report])
            if self.year is None or year in (None, self.year):
                found[_short(entry.terms.place)] = None
        # An amount of one place is next to nothing beside that of the whole country.
        uneven = not self._is_rate and NATION
        return [one for one in found if one not in ("", self.place) and uneven not in (one, self.place)]

    def compared(self) -> Iterator[Suggestion]:
        """Yield comparisons with other places that state the same for the same year."""
        if self.kind == "rank":
            return
        name = self.indicator
        grows = "增速" if self.kind == "change" and not name.endswith("增速") else ""
        high = self._is_rate or name.endswith(HIGH) or "人均" in name
        asks = "哪个高" if high else "哪个大" if name.endswith(LARGE) else "哪个多"
        when = f"{self.year}年" if self.year else ""
        for place in self.places()[:OTHER_PLACES]:
            question = f"{self.place}和{place}{when}{name}{grows}{asks}？"
            yield Suggestion(says("suggest.compare", "和{place}比", place=place), question)

    def instead(self) -> Iterator[Suggestion]:
        """Yield the same question of other places, those with the newest reports first."""
        order = {entry.name: at for at, entry in enumerate(newest(self._index.manifest.reports))}
        for place in self.places(lambda entry: order[entry.report])[:OTHER_PLACES]:
            yield Suggestion(_other(place), self.question(place=place))

    def neighbours(self) -> Iterator[Suggestion]:
        """Yield the other amounts of the same passage, those first that most reports state."""
        here = {"report": self._passage.report, "passage": self._passage.number}
        near = {
            entry.figure.indicator: entry.terms.series
            for entry in entries_with(self._index.ledger, kind="level", status="actual", **here)
            if entry.terms.series != self._terms.series and reads_well(entry.figure.indicator)
        }
        stated = Counter(series for series, _ in {(e.terms.series, e.report) for e in self._index.ledger})
        for name in sorted(near, key=lambda name: -stated[near[name]])[:OTHER_INDICATORS]:
            question = self.question(indicator=name, kind="level")
            yield Suggestion(says("suggest.other_name", "{name}呢？", name=name), question)


def elsewhere(index: Index, answer: Answer) -> tuple[Suggestion, ...]:
    """Return the question of an answer that quotes a report but names no place, asked of other places whose
    reports speak of the same: of those first which come near to answering it."""
    query = _query(answer)
    if answer.quote is None or not answer.hits or not _can_be_placed(query):
        return ()
    own, *near = [index.entry(hit.passage.report) for hit in answer.hits]
    speaking = _speaking_of(index, query.topic, answer.hits[0].passage.text)
    entries = [one for one in (*near, *newest(index.manifest.reports)) if one.name in speaking]
    places = dict.fromkeys(_short(entry.identity.place) for entry in entries)
    others = [place for place in places if place not in ("", _short(own.identity.place))]
    return tuple(Suggestion(_other(place), place + answer.understood) for place in others[:MOST_FOLLOW_UPS])


def _speaking_of(index: Index, topic: str, answered: str) -> set[str]:
    """Return the reports that have all the words of a topic which the passage that answers has.

    A bridge is in one county: the next one need not be asked of it.
    """
    words = {word for word in tokenize(topic) if len(word) > 1 and word in answered}
    held: dict[str, set[str]] = {}
    for passage in index.passages:
        held.setdefault(passage.report, set()).update(word for word in words if word in passage.text)
    return {report for report, found in held.items() if found == words}


def _other(term: Message | str) -> Message:
    return says("suggest.other", "换成{term}", term=term)


def _year_said(year: int) -> Message:
    return says("suggest.year", "{year}年", year=year)


def _has_several_places(index: Index) -> bool:
    return len({_short(one.identity.place) for one in index.manifest.reports} - {""}) > 1


def _query(answer: Answer) -> Query:
    """Return what an answer's question asks; one that could not be read names nothing."""
    return answer.query or Query(answer.understood)


def _is_placed(query: Query) -> bool:
    """Tell whether a query names whose report is asked, and there is one."""
    whose = ("place", "nation", "organisation")
    return any(one.reports for one in query.named if one.kind in whose and one.strict)


def _can_be_placed(query: Query) -> bool:
    """Tell whether a query can be put to one place or another: what a word means cannot, nor what is asked of all."""
    of_all = query.level or query.region or query.items or query.order or query.conditions
    return query.purpose == "answer" and not of_all and not _is_placed(query)


def _short(place: str | None) -> str:
    return short_name(place) if place else ""


def reads_well(name: str) -> bool:
    """Tell whether one can ask by a name: of a measure, or of a thing, and no half of a sentence.

    >>> reads_well("粮食产量"), reads_well("治理水土流失面积"), reads_well("贡献了全国 增量"), reads_well("更新设备")
    (True, True, False, False)
    """
    if name in SYNONYMS:
        return True
    if len(name) not in NAME_LENGTHS or TOLD_AFTER.search(name) or HALF.search(name):
        return False
    return name.endswith(MEASURED) or not NO_NAME.search(name)
