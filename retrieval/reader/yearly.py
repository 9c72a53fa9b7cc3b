"""Yearly: the figures of one report that state an indicator of its whole place, for the year asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.figures.figure import Figure, Kind
from corpus.figures.synonyms import canonical_indicator, indicators_named
from corpus.places import find_places, short_name
from index import Index, ReportEntry
from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.statements import CLAUSE_END, EVERYWHERE, NARROWED
from retrieval.query.query import Query
from retrieval.query.reports import results_year, year_of
from retrieval.reader.figures import FORMER, cite, is_named, period_fit
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import words_of

EXACT = 0.1  # what an exact amount is worth beside 突破6万亿元
DOUBTFUL = 0.3  # what is lost by an amount that may be of a part of the place, or of several years
MOST_BESIDE = 2  # characters that may stand beside a name of the table: 全省GDP
LEAST_MATCH = 0.8  # of the words that indicator and question share, by weight, both ways
NOT_OWN = re.compile(r"高于|低于|快于|慢于|年均|平均水平")  # bases that make another figure of it
SPREAD = re.compile(r"累计|[年月日户]均|以来|净增|占|全国")  # of several years, or of each of many things
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
class Stated:
    """A figure that a report states of what is asked, in its base unit, and how well it fits.

    ``doubtful`` is True for a growth that may be that of several years.
    """

    fit: float
    figure: CitedFigure
    unit: str
    doubtful: bool = False


def matcher(index: Index, asked: str) -> Callable[[str], float]:
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
            weighted_share(words, weights),
            weighted_share(weights, words),
        )
        return share if share >= LEAST_MATCH and not in_table else 0.0

    return match


def stated_in(
    index: Index,
    query: Query,
    entry: ReportEntry,
    kind: Kind,
    match: Callable[[str], float],
    rows: Sequence[int],
) -> list[Stated]:
    """Return the figures of a report that state what is asked, the likeliest first; ``rows`` are its passages."""
    text, found = index.report(entry.name).text, []
    for row in rows:
        for figure in index.figures[row]:
            matched = match(figure.indicator) if figure.kind == kind else 0.0
            if not matched:
                continue
            start = index.passages[row].start + figure.start
            before = text[max(0, start - TOLD_BEFORE) : start]
            several = not query.target and _is_told_of_several_years(before)
            if (score := matched + _fit(query, figure, entry, before, several)) > 0:
                doubtful = _may_be_of_several_years(figure, several)
                found.append(Stated(score, cite(figure, index.passages[row]), amount_of(figure)[1], doubtful))
    # Of equals the first: a report states its results before it comes back to them.
    return sorted(found, key=lambda one: -one.fit)


def _fit(query: Query, figure: Figure, entry: ReportEntry, before: str, several: bool) -> float:
    """Return how well a figure is of the time and the whole place that are asked about; far under 0 where not."""
    other = float("-inf")
    if (figure.status == "target") != query.target or NOT_OWN.search(figure.basis or ""):
        return other
    if FORMER.search(before) or _is_spread(figure, before, entry):
        return other
    time = period_fit(query, figure, entry.identity.day)
    if not _is_of_year(query, entry) and time <= 0:
        return other
    if several and figure.kind == "level" and FLOW.search(figure.indicator + CLAUSE_END.split(before)[-1]):
        return other
    partial = NARROWED.search(_clause(figure, before)) is not None
    repeated = REPEATED.search(figure.period or "") is not None
    doubts = partial + _may_be_of_several_years(figure, several) + repeated
    return time + EXACT * (figure.bound == "=") - DOUBTFUL * doubts


def _is_of_year(query: Query, entry: ReportEntry) -> bool:
    """Tell whether a report tells of the year that is asked for, so that its figures need not name it."""
    if not query.years or entry.identity.day is None:
        return True
    return bool({results_year(entry.identity.day), year_of(entry)} & set(query.years))


def _clause(figure: Figure, before: str) -> str:
    """Return what stands before a figure in its clause, without its indicator."""
    return EVERYWHERE.sub("", CLAUSE_END.split(before)[-1].replace(figure.indicator, ""))


def _is_spread(figure: Figure, before: str, entry: ReportEntry) -> bool:
    """Tell a figure of several years together, or of another place than its report's."""
    clause = _clause(figure, before)
    named = {short_name(clause[start:end]) for start, end in find_places(clause)}
    return SPREAD.search(clause) is not None or bool(named - {short_name(entry.identity.place or "")})


def _may_be_of_several_years(figure: Figure, several: bool) -> bool:
    return several and figure.kind == "change" and not YEARLY.search(figure.basis or "")


def _is_told_of_several_years(before: str) -> bool:
    """Tell whether several years were spoken of last."""
    told = [found.lastgroup for found in TIMES_TOLD.finditer(before) if found.lastgroup != "both"]
    return bool(told) and told[-1] == "several"
