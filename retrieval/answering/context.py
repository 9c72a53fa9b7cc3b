"""Context: one query put to an index, and what the kinds of answers share: search, trial, citations."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, zip_longest
from typing import TypeVar

from corpus import Passage
from index import Index, ReportEntry
from retrieval.answer import CitedFigure, Hit
from retrieval.query.query import Query
from retrieval.query.reports import Reports
from retrieval.query.scope import InScope, reports_in, unknown_names
from retrieval.reader.answerability import Verdict, fitting, judge
from retrieval.reader.figures import Candidate, looks_back, plan_asked, plans, rank_figures
from retrieval.search.highlight import highlights
from retrieval.search.searcher import Evidence, Findings, Searcher, words_of
from retrieval.search.sentences import Span, statement_span

MOST_FIGURES = 8  # beside the asked one; more are no longer about the question
LEAST_SHARED = 0.15  # share of the question's words, by weight, that what is near to it holds
A_WORD = 0.05  # the same for a sentence: one word that is not everywhere
ALIKE = 0.9  # share of words in common from which on two passages say the same
UNNAMED = 0.03  # what a sentence is marked down by whose passage does not name what is asked about
UNTIMELY = 0.04  # what a sentence of plans is marked down by where results are asked for, and the reverse
NEARLY_AS_GOOD = 2.5  # in the score of a figure, which is a logarithm of odds
WORTH_A_WIDER_LOOK = ("indicator", "topic", "year")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trial:
    """A query after search: its evidence, its figures, and whether they answer."""

    query: Query
    findings: Findings
    candidates: list[Candidate]
    verdict: Verdict
    fitting: Evidence | None = None

    @property
    def nearest(self) -> Candidate | None:
        """The figure that answers or comes nearest; None where a figure was not asked for, or none is near."""
        if self.verdict.candidate or not (self.query.wants_figure and self.candidates):
            return self.verdict.candidate
        best = self.candidates[0]
        return best if best.signals.unit and best.signals.words >= LEAST_SHARED else None

    @property
    def sentence(self) -> Evidence | None:
        """The sentence that answers or comes nearest; None where nothing was found."""
        return self.nearest.evidence if self.nearest else self.fitting

    @property
    def is_near(self) -> bool:
        """True where what was found has enough of the question's words: only then is it near."""
        best = self.findings.evidence[:1]
        return bool(self.nearest) or any(one.signals.coverage >= A_WORD**2 for one in best)

    @property
    def rows(self) -> list[int]:
        """The passages, the one that answers or comes nearest first."""
        first = [self.sentence.row] if self.sentence else []
        return list(dict.fromkeys(first + self.findings.rows))

    @property
    def figure(self) -> CitedFigure | None:
        """The figure that answers, if one does."""
        return self.verdict.candidate.figure if self.verdict.candidate else None

    def related(self) -> list[CitedFigure]:
        """Return the figures that bear on the question, best first.

        Where a figure is asked for these are the best, those nearly as good, and those of its statement, else
        those of the sentence that is quoted.
        """
        if not self.candidates:
            return []
        if not self.query.wants_figure:
            return [one.figure for one in self.candidates if one.evidence == self.fitting][:MOST_FIGURES]
        best = self.candidates[0]
        sentence, focus = (best.evidence.start, best.evidence.end), (best.figure.start, best.figure.end)
        start, end = statement_span(best.figure.passage.text, sentence, focus)
        return [
            one.figure
            for one in self.candidates
            if best.score - one.score <= NEARLY_AS_GOOD
            or (one.evidence == best.evidence and start <= one.figure.start < end)
        ][:MOST_FIGURES]


@dataclass(eq=False)
class Context:
    """The index that is asked, the reports that may answer, and how many passages to show.

    ``known`` tells whether the reports use a name.
    """

    index: Index
    searcher: Searcher
    reports: Reports
    k: int
    known: Callable[[str], bool]
    _found: dict[tuple[Query, frozenset[str]], Findings] = field(default_factory=dict)
    _tried: dict[Query, Trial] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[ReportEntry, ...]:
        """The reports that may answer."""
        return self.reports.entries

    @cached_property
    def rows_of(self) -> dict[str, list[int]]:
        """The passages of each report, by their rows."""
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self.index.passages):
            rows.setdefault(passage.report, []).append(row)
        return rows

    def row_at(self, report: str, start: int, end: int) -> int | None:
        """Return the first passage that has ``text[start:end]`` of a report whole; None where it was cut."""
        rows = self.rows_of.get(report, ())
        passages = self.index.passages
        return next((row for row in rows if passages[row].start <= start and end <= passages[row].end), None)

    def scope(self, query: Query) -> InScope:
        """Return the reports in scope of a query."""
        return reports_in(query, self.reports)

    def chosen(self, query: Query) -> list[ReportEntry]:
        """Return the reports that may answer a query, in their order."""
        names = self.scope(query).chosen
        return [entry for entry in self.entries if entry.name in names]

    def find(self, query: Query, scope: InScope | None = None) -> Findings:
        """Search the reports that a query is about, or those in a ``scope``; once for each query."""
        scope = scope or self.scope(query)
        key = query, scope.chosen
        if key not in self._found:
            found = self.searcher.find(query, scope.chosen, scope.first)
            less = {row: self._marked_down(query, self.index.passages[row]) for row in found.rows}
            evidence = [replace(one, score=one.score - less[one.row]) for one in found.evidence]
            evidence.sort(key=lambda one: -one.score)
            self._found[key] = replace(found, evidence=tuple(evidence))
        return self._found[key]

    def _marked_down(self, query: Query, passage: Passage) -> float:
        """Return what a passage is marked down by that does not name what is asked about, or is of another time.

        Of another time is what is planned where words ask for what was done in a year, and the reverse.
        """
        said = f"{passage.text} {' '.join(passage.headings)} {passage.title} {passage.report}"
        less = 0.0 if all(one.name in said for one in unknown_names(query)) else UNNAMED
        if query.wants_figure or not query.years:
            return less
        planned = plan_asked(query, self.index.entry(passage.report).identity.day)
        untimely = looks_back(passage.headings) if planned else plans(passage.headings)
        return less + UNTIMELY * untimely

    def trial(self, query: Query) -> Trial:
        """Search, rank the figures and decide; once for each query.

        Where the reports of the year that is asked for do not say it, those of other years are looked at.
        """
        if query not in self._tried:
            scope = self.scope(query)
            trial = self._trial(query, scope)
            if trial.verdict.reason in WORTH_A_WIDER_LOOK and scope.wider:
                every = scope.chosen | scope.wider
                wider = self._trial(query, replace(scope, chosen=every, first=every))
                trial = wider if wider.verdict.found else trial
            self._tried[query] = trial
        return self._tried[query]

    def _trial(self, query: Query, scope: InScope) -> Trial:
        findings = self.find(query, scope)
        candidates = rank_figures(self.index, self.reports, query, findings)
        verdict = judge(self.index, self.reports, query, findings, candidates)
        if (best := verdict.candidate) is not None:
            candidates = [best, *(one for one in candidates if one is not best)]
        sentence = fitting(self.index, query, findings.evidence) if findings.evidence else None
        return Trial(query, findings, candidates, verdict, sentence)

    # ---- Citations

    def hits(self, findings: Findings, rows: Sequence[int]) -> list[Hit]:
        """Return found passages as hits, those that say the same as one before folded into it."""
        passages = self.index.passages
        best = {piece.row: piece.score for piece in reversed(findings.evidence)}
        folded: dict[int, list[int]] = {}
        for row in rows:
            first = next((one for one in folded if _alike(passages[one], passages[row])), row)
            folded.setdefault(first, []).append(row)
        return [
            Hit(
                passage=passages[row],
                score=best[row],
                ranks={name: places[row] for name, places in findings.ranks.items() if row in places},
                highlights=highlights(passages[row].text, findings.words),
                alike=tuple(passages[other] for other in copies),
            )
            for row, *copies in folded.values()
        ]

    def hits_of(self, trial: Trial) -> tuple[Hit, ...]:
        """Return the best passages of a trial."""
        return tuple(self.hits(trial.findings, trial.rows[: self.k]))

    def hits_in_turn(self, trials: Sequence[Trial], figures: Sequence[CitedFigure]) -> tuple[Hit, ...]:
        """Return the best passages of several trials in turn, each once, those of told figures among them."""
        lists = [
            [hit for row in trial.rows[: self.k] for hit in self.hits(trial.findings, [row])]
            for trial in trials
        ]
        found = in_turn(lists, lambda hit: hit.passage)[: self.k]
        shown = {hit.passage for hit in found}
        return (*self.cited([one for one in figures if one.passage not in shown]), *found)[: self.k]

    def cited(self, figures: Sequence[CitedFigure]) -> tuple[Hit, ...]:
        """Return the passages of figures that were not searched for but looked up, each once."""
        return hits_at((one.passage, (one.start, one.end)) for one in figures)[: self.k]


def _alike(one: Passage, other: Passage) -> bool:
    """Tell whether two passages share nearly all of their words: the Jaccard index of their sets."""
    left, right = words_of(one.text), words_of(other.text)
    return len(left & right) >= ALIKE * len(left | right)


def looked_up(passage: Passage, spans: Iterable[Span] = ()) -> Hit:
    """Return a passage that was looked up and not searched for as a hit."""
    return Hit(passage, 1.0, {}, tuple(sorted(spans)))


def hits_at(places: Iterable[tuple[Passage, Span]]) -> tuple[Hit, ...]:
    """Return passages that were looked up, each once, with what is cited of it; of two spans that meet the first."""
    cited: dict[Passage, list[Span]] = {}
    for passage, (start, end) in places:
        known = cited.setdefault(passage, [])
        if not any(start < other[1] and other[0] < end for other in known):
            known.append((start, end))
    return tuple(looked_up(passage, spans) for passage, spans in cited.items())


def in_turn(lists: Iterable[Sequence[T]], key: Callable[[T], Hashable]) -> list[T]:
    """Return the first of each list, then the second of each, and so on; of those with one key the first."""
    first: dict[Hashable, T] = {}
    for one in chain.from_iterable(zip_longest(*lists)):
        if one is not None:
            first.setdefault(key(one), one)
    return list(first.values())
