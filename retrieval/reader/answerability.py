"""Answerability: do the reports answer the query?  If not, why not?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus import Passage
from corpus.figures.synonyms import indicators_named, names_of
from index import Index
from retrieval.answer import CitedFigure, Refusal
from retrieval.facts.arithmetic import amount_of
from retrieval.query.lexicon import offices
from retrieval.query.query import Named, Query
from retrieval.query.reports import Reports, abbreviates, results_year, year_of
from retrieval.query.scope import unknown_names
from retrieval.query.tagger import tagged
from retrieval.reader.confidence import LEAST_FIGURE, LEAST_SENTENCE, figure_values, sentence_values
from retrieval.reader.figures import Candidate
from retrieval.reader.weights import probability
from retrieval.search.answer_type import CALLED, persons_in
from retrieval.search.searcher import Evidence, Findings, words_of

TOLD_SORTS = ("time", "ordinal")
BESIDE = 0.1  # how much less a line may sound like the question that holds the sort of thing it asks for
LISTED = 0.09  # and one that lists as many things as are asked for, and calls them so
NAMED_WITHIN = 8.0  # in the score of a figure: how much less one of what is named may sound like the question
LIKELY_UNIT = 0.5  # of the signal of a unit: not one that what is asked for is never counted in
SOUND_WITHIN = 5.0  # and one that contradicts nothing that the question says
PERSONS = 12  # sentences that are looked through for a person
# Names of the table that only narrow another: 规上企业, 人口占比.
NARROWING = frozenset({"规模以上", "占比"})
# What the figure of a share or a multiple that a report states itself is called, or its unit.
SHARE_NAMES = ("占", "比重", "比例", "份额", "倍")
SHORT_NAME = 3  # characters; a shorter name of a place is no abbreviation
SORTS_OF_ORGANISATIONS = ("中国", "国家", "股份", "有限", "责任", "上市", "公司", "集团化", "集团", "企业")
SHORT_REPORT = 3000  # characters
MANY_PAIRS = 4  # pairs of characters of a name so long that it may stand apart, but for the seam


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision: the figure that answers, if a figure does, or why nothing does.

    ``confidence`` is the probability that what was found answers the question.
    """

    reason: Refusal | None
    candidate: Candidate | None = None
    missing: str = ""
    confidence: float = 0.0

    @property
    def found(self) -> bool:
        """True where the reports answer."""
        return self.reason is None


def judge(
    index: Index, reports: Reports, query: Query, findings: Findings, candidates: Sequence[Candidate]
) -> Verdict:
    """Decide whether the best evidence answers the query."""
    if not findings.evidence:
        return Verdict("topic")
    best = findings.evidence[0]
    passage, called = index.passages[best.row], ""
    if query.wants_figure and candidates:
        candidates = _that(
            candidates,
            NAMED_WITHIN,
            lambda one: not unmentioned(index, query, one.figure.passage, one.figure.indicator),
        )
        passage, called = candidates[0].figure.passage, candidates[0].figure.indicator
    if missing := unmentioned(index, query, passage, called):
        return Verdict("place" if missing.kind == "place" else "indicator", missing=missing.text)
    if year := unheard_year(index, reports, query, passage):
        return Verdict("year", missing=year)
    if query.today and query.today not in passage.text:
        return Verdict("year", missing=query.today)
    if query.wants_figure:
        return _judge_figure(query, findings, candidates)
    if query.asks in TOLD_SORTS and not any(piece.signals.fits for piece in findings.evidence[:3]):
        return Verdict("indicator")
    chosen = fitting(index, query, findings.evidence)
    if query.asks == "person" and not _names_someone(index, query, chosen):
        return Verdict("indicator")
    if not best.signals.coverage:
        return Verdict("topic")  # no word of the question is in it
    confidence = probability("sentence_confidence", sentence_values(query, chosen, findings))
    return Verdict(None if confidence >= LEAST_SENTENCE else "topic", confidence=confidence)


def _that(
    candidates: Sequence[Candidate], within: float, is_good: Callable[[Candidate], bool]
) -> Sequence[Candidate]:
    """Return figures of which the first is good: all where the best is, or none nearly as good as it; else those."""
    if is_good(candidates[0]):
        return candidates
    near = (one for one in candidates if candidates[0].score - one.score <= within)
    return [one for one in near if is_good(one)] or candidates


def fitting(index: Index, query: Query, evidence: Sequence[Evidence]) -> Evidence:
    """Return the best sentence, or one nearly as good which holds the sort of thing that is asked for.

    Who speaks and when stands at the head of a report in lines that are too short to sound like the question.
    """
    best = evidence[0]
    listing = (one for one in evidence if one.signals.fits == CALLED and best.score - one.score <= LISTED)
    if called := next(listing, None):
        return called
    if query.asks == "person":
        near = [one for one in evidence[:PERSONS] if best.score - one.score <= BESIDE]
        named = [one for one in near if _names_someone(index, query, one)]
        topic = words_of(query.topic)
        return max(named, key=lambda one: len(topic & words_of(sentence_of(index, one))), default=best)
    beside = (one for one in evidence if one.row == best.row and best.score - one.score <= BESIDE)
    return best if best.signals.fits > 0.5 else next((one for one in beside if one.signals.fits >= 1), best)


def _names_someone(index: Index, query: Query, evidence: Evidence) -> bool:
    """Tell whether a sentence names a person, or an organisation where no office is asked for."""
    sentence = sentence_of(index, evidence)
    if persons_in(sentence):
        return True
    return not query.topic.endswith(offices()) and any(token.tag == "ORG" for token in tagged(sentence))


def sentence_of(index: Index, evidence: Evidence) -> str:
    """Return the words of a sentence."""
    return index.passages[evidence.row].text[evidence.start : evidence.end]


def _judge_figure(query: Query, findings: Findings, candidates: Sequence[Candidate]) -> Verdict:
    if not candidates:
        return Verdict("indicator")
    best = candidates[0]
    if best.signals.unit == 0:
        return Verdict("indicator")
    candidates = _that(
        candidates, SOUND_WITHIN, lambda one: _is_sound(query, one) and _measures_alike(one, best)
    )
    best = candidates[0]
    no_share = best.figure.unit != "%" and not states_share(best.figure)
    if not best.signals.stock or (query.operation == "share" and no_share):
        return Verdict("indicator")
    if missing := other_indicator(query, best):
        return Verdict("indicator", missing=missing)
    confidence = probability("figure_confidence", figure_values(query, candidates, findings))
    if confidence < LEAST_FIGURE:
        return Verdict("indicator", confidence=confidence)
    named = [time.text for time in query.times if time.years or time.offset is not None]
    if best.signals.period == -1 and named:
        return Verdict("year", missing=named[0])
    return Verdict(None, best, confidence=confidence)


def _is_sound(query: Query, candidate: Candidate) -> bool:
    """Tell whether a figure is of the time and the sort that is asked for, and of the whole, not what was added."""
    signals = candidate.signals
    timely = signals.period >= 0 or not query.names_time
    return bool(signals.stock) and signals.unit >= LIKELY_UNIT and timely


def _measures_alike(one: Candidate, other: Candidate) -> bool:
    """Tell whether the indicators of two figures share a word, and their units are one or the other's is unlikely."""
    words = words_of(one.figure.indicator) & words_of(other.figure.indicator)
    unit = other.signals.unit < LIKELY_UNIT or amount_of(one.figure)[1] == amount_of(other.figure)[1]
    return unit and bool(words)


def states_share(figure: CitedFigure) -> bool:
    """Tell whether a figure is itself a share or a multiple."""
    return any(name in f"{figure.indicator}{figure.unit}" for name in SHARE_NAMES)


def other_indicator(query: Query, candidate: Candidate) -> str | None:
    """Return an indicator that the query names, by any of its names, and the sentence does not."""
    passage, evidence = candidate.figure.passage, candidate.evidence
    said = (candidate.figure.indicator + passage.text[evidence.start : evidence.end]).upper()
    named = (one for one in indicators_named(query.topic) if one not in NARROWING)
    return next(
        (one for one in named if not any(_is_said(name.upper(), said) for name in names_of(one))), None
    )


def _is_said(name: str, text: str) -> bool:
    """Tell whether a name stands in a text, whole or its parts apart (集装箱航线2条、吞吐量3万箱)."""
    if name in text:
        return True
    held = words_of(text)
    pairs = {word for word in words_of(name) if len(word) > 1}
    return len(pairs) >= MANY_PAIRS and len(pairs - held) <= 1


def unmentioned(index: Index, query: Query, passage: Passage, called: str = "") -> Named | None:
    """Return a place, person or organisation that the query names, of which no report is and the passage says nothing.

    A short report that has the name is about it throughout.  ``called`` is the indicator of a figure of the
    passage: that of a table joins what stands apart in it, the row's name and the column's (南镇 图书馆藏书).
    """
    said = f"{_told(passage)} {called.replace(' ', '')}"
    names = unknown_names(query)
    text = index.report(passage.report).text if names else ""
    for named in names:
        name = named.name
        core = core_name(name) if named.kind == "organisation" else name
        alone = len(index.manifest.reports) == 1 or len(text) <= SHORT_REPORT or named.kind == "person"
        long = named.kind != "place" or len(name) > SHORT_NAME
        whole = not core or core in said or name in said or (alone and name in text)
        if not (whole or _in_two(name, said) or (long and abbreviates(name, said))):
            return named
    return None


def _in_two(name: str, text: str) -> bool:
    """Tell whether a text has both halves of a long name apart (宁波舟山…国际航运中心)."""
    cuts = range(SHORT_NAME, len(name) - SHORT_NAME)
    return any(name[:cut] in text and name[cut:] in text for cut in cuts)


def core_name(organisation: str) -> str:
    """Return what tells an organisation from others: its name without what sort of one it is, and where.

    Empty for a sort of organisations alone: 上市股份有限公司.
    """
    for word in SORTS_OF_ORGANISATIONS:
        organisation = organisation.replace(word, "")
    return organisation


def unheard_year(index: Index, reports: Reports, query: Query, passage: Passage) -> str | None:
    """Return a year that the query names, of which neither the report nor the passage speaks."""
    entry = index.entry(passage.report)
    heard = {year_of(entry), results_year(entry.identity.day)}
    said = _told(passage)
    years = (
        f"{year}年"
        for year in query.years
        if year not in heard and str(year) not in said and not reports.speaks_of(passage.report, year)
    )
    return next(years, None)


def _told(passage: Passage) -> str:
    """Return what a passage says, with what stands over it."""
    return f"{passage.text} {' '.join(passage.headings)} {passage.title} {passage.report}"
