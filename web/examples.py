"""Questions to begin with: of each kind that is answered one, and of as many reports as there is room for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, zip_longest
from typing import TypeVar

from corpus.document import Passage
from corpus.figures.units import match_unit
from corpus.places import short_name
from index import Index
from index.ledger import LedgerEntry
from retrieval.answer import Answer
from retrieval.reader.confidence import level

# As many as are taken in at a glance.
EXAMPLES = 6
# Candidates of one kind that are tried before giving up, so that a start stays quick.
TRIALS = 6
# Kinds of questions, in the order of ``choose_examples``.
KINDS = 6
# Places that are named for an order of places to be worth asking for.
RANKED = 4
# A name that reads well in a question: Chinese, not too short to be clear, not a half sentence,
# and not begun by a word that belongs to what stood before it in its sentence.
_NAME = re.compile(r"(?![和及与或并其该各已共了的])[一-鿿]{4,10}(?<!之一)")
# 东站、西站、北站等3座车站: parts of a list, and what they all are.
_LIST = re.compile(
    r"(?:[一-鿿A-Za-z\d“”]{2,12}、){2,}[一-鿿A-Za-z\d“”]{2,12}等[\d一二三四五六七八九十]+[个家项座条所大](?P<name>[一-鿿]{2,4}?)(?=[，。；]|建成|落[户地]|投[产用]|开[工通业]|启动)"
)
# 大桥于6月18日通车, 3月2日，医院开工: what happened, and what is asked when.
_EVENT = re.compile(
    r"(?:^|[，。；])(?P<name>[一-鿿“”]{4,12}?)[于在]?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:正式|全面)?(?P<what>建成|开工|通车|开通|成立|召开|投产|投用|开业|启动|揭牌)"
)
# What someone gives, and can be asked for by its title.
_GIVEN = re.compile(r"(?:报告|讲话)$")
_DELIVERED = "是谁作的？"

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, the report that it was made from, what it is about, and what an answer must hold."""

    question: str
    report: str
    about: str
    holds: tuple[str, ...] = ()


@dataclass(slots=True)
class _Chosen:
    """What was chosen so far; no report and no subject is taken twice while there are others."""

    questions: list[str] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)

    def take(self, candidate: Candidate) -> None:
        self.questions.append(candidate.question)
        self.reports.add(candidate.report)
        self.subjects.add(candidate.about)


def choose_examples(index: Index, ask: Callable[[str], Answer]) -> tuple[str, ...]:
    """Return questions that ``ask`` answers with the very figure or words that they were made from."""
    book = _Book(index)
    chosen = _Chosen()
    kinds = (book.amounts, book.comparisons, book.growths, book.events, book.lists, book.rankings)
    for number, kind in enumerate(kinds):
        _choose(chosen, kind(number), ask, 1)
    # Where a report has nothing of a kind there is room for more amounts.
    _choose(chosen, book.amounts(0), ask, EXAMPLES - len(chosen.questions))
    return tuple(chosen.questions[:EXAMPLES])


def _choose(
    chosen: _Chosen, candidates: Iterator[Candidate], ask: Callable[[str], Answer], most: int
) -> None:
    """Add at most so many of the candidates that are answered, those first that bring something new."""
    fresh = (one for one in candidates if one.about not in chosen.subjects)
    tried = sorted(islice(fresh, 4 * TRIALS), key=lambda one: one.report in chosen.reports)
    wanted = len(chosen.questions) + most
    for candidate in tried[: TRIALS * most]:
        if len(chosen.questions) == wanted:
            return
        if candidate.about not in chosen.subjects and _answers(ask(candidate.question), candidate):
            chosen.take(candidate)


def _answers(answer: Answer, candidate: Candidate) -> bool:
    told = answer.found and level(answer.confidence) != "unsure"
    return told and all(text in answer.text for text in candidate.holds)


class _Book:
    """What the reports of an index hold, by the kind of question that it makes."""

    def __init__(self, index: Index) -> None:
        self._entries = {entry.name: entry for entry in index.manifest.reports}
        self._newest = sorted(self._entries, key=self._day, reverse=True)
        self._passages = _grouped(index.passages, lambda passage: passage.report)
        self._figures = [entry for entry in index.ledger if _reads_well(entry)]
        self._common = Counter(entry.terms.series for entry in self._figures)
        places = {entry.identity.place for entry in index.manifest.reports} - {None}
        years = {entry.identity.day.year for entry in index.manifest.reports if entry.identity.day}
        self._several_places, self._several_years = len(places) > 1, len(years) > 1

    def amounts(self, start: int) -> Iterator[Candidate]:
        """Yield questions for an amount."""
        for entry in self._spread([one for one in self._figures if one.figure.kind == "level"], start):
            asks = f"有多少{entry.figure.unit}？" if _is_counted(entry) else "是多少？"
            yield self._of(entry, f"{entry.figure.indicator}{asks}")

    def growths(self, start: int) -> Iterator[Candidate]:
        """Yield questions for how much something grew or fell."""
        changes = [one for one in self._figures if one.figure.kind == "change" and one.figure.direction]
        for entry in self._spread(changes, start):
            grew = "增长" if entry.figure.direction == "+" else "下降"
            yield self._of(entry, f"{entry.figure.indicator}{grew}了多少？")

    def comparisons(self, start: int) -> Iterator[Candidate]:
        """Yield questions which of two places has more of something in the same year."""
        levels = [one for one in self._figures if one.figure.kind == "level" and _is_of_a_year(one)]
        for entry in self._spread(levels, start):
            for other in levels:
                if entry.terms.place != other.terms.place and _alike(entry, other):
                    pair = f"{self._where(entry)}和{self._where(other)}{self._when(entry)}"
                    question = f"{pair}{entry.figure.indicator}哪个高？"
                    holds = (entry.figure.quote, other.figure.quote)
                    yield Candidate(question, entry.report, entry.terms.series, holds)
                    break

    def rankings(self, start: int) -> Iterator[Candidate]:
        """Yield questions that put the places in order by something that many of them state."""
        if not self._several_places:
            return
        levels = [one for one in self._figures if one.figure.kind == "level"]
        stated = {(one.terms.series, self._when(one), one.terms.place) for one in levels}
        counted = {one.terms.series for one in levels if _is_counted(one)}
        places = Counter((series, when) for series, when, _ in sorted(stated, key=str))
        for (series, when), count in places.most_common(TRIALS):
            if count >= RANKED:
                most = "最多" if series in counted else "最高"
                yield Candidate(f"{when}哪些地方的{series}{most}？", "", series, ("从高到低",))

    def lists(self, start: int) -> Iterator[Candidate]:
        """Yield questions for the parts of a list."""
        for passage in self._turns(self._passages, start):
            for found in _LIST.finditer(passage.text):
                first = found[0].split("、")[0][-2:]
                question = f"{self._place(passage)}有哪些{found['name']}？"
                yield Candidate(question, passage.report, found["name"], (first, "、"))

    def events(self, start: int) -> Iterator[Candidate]:
        """Yield questions when something happened, and who gave a report."""
        for passage in self._turns(self._passages, start):
            for found in _EVENT.finditer(passage.text):
                question = f"{found['name']}什么时候{found['what']}？"
                yield Candidate(question, passage.report, found["name"], (found["name"],))
        for name in self._newest:
            title = self._entries[name].title
            if not _GIVEN.search(title):
                continue
            yield Candidate(f"{title}{_DELIVERED}", name, title)

    def _of(self, entry: LedgerEntry, asks: str) -> Candidate:
        question = f"{self._where(entry)}{self._when(entry)}{asks}"
        return Candidate(question, entry.report, entry.terms.series, (entry.figure.quote,))

    def _where(self, entry: LedgerEntry) -> str:
        return short_name(entry.terms.place) if self._several_places and entry.terms.place else ""

    def _when(self, entry: LedgerEntry) -> str:
        last = entry.terms.last_day
        return f"{last.year}年" if self._several_years and last else ""

    def _day(self, report: str) -> date:
        return self._entries[report].identity.day or date.min

    def _place(self, passage: Passage) -> str:
        place = self._entries[passage.report].identity.place
        return short_name(place) if self._several_places and place else ""

    def _spread(self, figures: Sequence[LedgerEntry], start: int) -> Iterator[LedgerEntry]:
        """Yield figures, of reports and of units in turn, those first that many reports state."""
        ordered = sorted(figures, key=lambda one: -self._common[one.terms.series])
        by_report = _grouped(ordered, lambda one: one.report)
        return self._turns(
            {name: [*_alternating(_grouped(own, _unit_of).values())] for name, own in by_report.items()},
            start,
        )

    def _turns(self, by_report: Mapping[str, Sequence[Item]], start: int) -> Iterator[Item]:
        """Yield what reports have in turn; each kind of question begins with another report."""
        shift = start * len(self._newest) // KINDS
        names = [*self._newest[shift:], *self._newest[:shift]]
        return _alternating([by_report.get(name, ()) for name in names])


def _grouped(items: Iterable[Item], key: Callable[[Item], str]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _alternating(groups: Iterable[Sequence[Item]]) -> Iterator[Item]:
    return (item for turn in zip_longest(*groups) for item in turn if item is not None)


def _unit_of(entry: LedgerEntry) -> str:
    return entry.figure.unit


def _is_counted(entry: LedgerEntry) -> bool:
    unit = match_unit(entry.figure.unit, 0)
    return unit is not None and unit.family == "count"


def _is_of_a_year(entry: LedgerEntry) -> bool:
    first, last = entry.terms.first_day, entry.terms.last_day
    return first is not None and last is not None and first.year == last.year


def _alike(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Tell whether two figures state the same of the same time."""
    days = one.terms.last_day, other.terms.last_day
    same_year = days[0] is not None and days[1] is not None and days[0].year == days[1].year
    return same_year and (one.terms.series, one.terms.base_unit) == (
        other.terms.series,
        other.terms.base_unit,
    )


def _reads_well(entry: LedgerEntry) -> bool:
    figure = entry.figure
    return figure.status == "actual" and bool(figure.unit) and _NAME.fullmatch(figure.indicator) is not None
