"""Context: one query put to an index, and what the kinds of answers share: search, trial, citations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus import Passage
from index import Index, ReportEntry
from retrieval.answer import CitedFigure, Hit
from retrieval.query.query import Query
from retrieval.query.reports import Reports
from retrieval.query.scope import InScope, reports_in, unknown_names
from retrieval.reader.answerability import Verdict, fitting, judge
from retrieval.reader.figures import Candidate, looks_back, plan_asked, plans, rank_figures
from retrieval.search.fusion import merge
from retrieval.search.highlight import highlights
from retrieval.search.searcher import Evidence, Findings, Searcher, words_of
from retrieval.search.sentences import Span, statement_span

MOST_FIGURES = 8  # beside the asked one; more are no longer about the question
LEAST_SHARED = 0.15  # share of the question's words, by weight, that what is near to it holds
A_WORD = 0.05  # the same for a sentence: one word that is not everywhere
ALIKE = 0.9  # share of words in common from which on two passages say the same
UNNAMED = 0.1  # what a sentence is marked down by whose passage does not name what is asked about
UNTIMELY = 0.04  # what a sentence of plans is marked down by where results are asked for, and the reverse
NEARLY_AS_GOOD = 2.5  # in the score of a figure, which is a logarithm of odds
WORTH_A_WIDER_LOOK = ("indicator", "topic", "year")


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
        if self.nearest:
            return True
        return any(evidence.signals.coverage >= A_WORD**2 for evidence in self.findings.evidence[:1])

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
        best = self.candidates[0]
        if not self.query.wants_figure:
            return [one.figure for one in self.candidates if one.evidence == self.fitting][:MOST_FIGURES]
        evidence, text = best.evidence, best.figure.passage.text
        focus = best.figure.start, best.figure.end
        start, end = statement_span(text, (evidence.start, evidence.end), focus)
        return [
            one.figure
            for one in self.candidates
            if best.score - one.score <= NEARLY_AS_GOOD
            or (one.evidence == evidence and start <= one.figure.start < end)
        ][:MOST_FIGURES]


class Context:
    """The index that is asked, the reports that may answer, and how many passages to show.

    ``known`` tells whether the reports use a name; ``wordings`` gives a question in the spelling of the reports.
    """

    def __init__(
        self, index: Index, searcher: Searcher, reports: Reports, k: int, known: Callable[[str], bool]
    ) -> None:
        self.index = index
        self.reports = reports
        self.k = k
        self.known = known
        self._searcher = searcher
        self._found: dict[tuple[Query, frozenset[str]], Findings] = {}
        self._tried: dict[Query, Trial] = {}

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

    def scope(self, query: Query) -> InScope:
        """Return the reports in scope of a query."""
        return reports_in(query, self.reports)

    def find(self, query: Query) -> Findings:
        """Search the reports that a query is about."""
        scope = self.scope(query)
        return self._find(query, scope.chosen, scope.first)

    def _find(self, query: Query, chosen: frozenset[str], first: frozenset[str]) -> Findings:
        key = query, chosen
        if key not in self._found:
            found = self._with_names(query, self._searcher.find(query, chosen, first))
            self._found[key] = self._timely(query, found)
        return self._found[key]

    def _with_names(self, query: Query, findings: Findings) -> Findings:
        """Return findings with what does not name a place or company that is asked about behind what does."""
        names = [named.name for named in unknown_names(query)]
        if not names:
            return findings

        def has(row: int) -> bool:
            passage = self.index.passages[row]
            said = f"{passage.text} {' '.join(passage.headings)} {passage.title} {passage.report}"
            return all(name in said for name in names)

        evidence = [
            one if has(one.row) else replace(one, score=one.score - UNNAMED) for one in findings.evidence
        ]
        return replace(findings, evidence=tuple(sorted(evidence, key=lambda one: -one.score)))

    def _timely(self, query: Query, findings: Findings) -> Findings:
        """Return findings with what is planned behind what was done, or before it, as is asked in words."""
        if query.wants_figure or not query.years:
            return findings
        evidence = [
            replace(one, score=one.score - UNTIMELY) if self._is_untimely(query, one.row) else one
            for one in findings.evidence
        ]
        return replace(findings, evidence=tuple(sorted(evidence, key=lambda one: -one.score)))

    def _is_untimely(self, query: Query, row: int) -> bool:
        passage = self.index.passages[row]
        if plan_asked(query, self.index.entry(passage.report).identity.day):
            return looks_back(passage.headings)
        return plans(passage.headings)

    def trial(self, query: Query) -> Trial:
        """Search, rank the figures and decide; once for each query.

        Where the reports of the year that is asked for do not say it, those of other years are looked at.
        """
        if query not in self._tried:
            scope = self.scope(query)
            trial = self._trial(query, scope.chosen, scope.first)
            if trial.verdict.reason in WORTH_A_WIDER_LOOK and scope.wider:
                wider = self._trial(query, scope.chosen | scope.wider, scope.chosen | scope.wider)
                trial = wider if wider.verdict.found else trial
            self._tried[query] = trial
        return self._tried[query]

    def _trial(self, query: Query, chosen: frozenset[str], first: frozenset[str]) -> Trial:
        findings = self._find(query, chosen, first)
        candidates = rank_figures(self.index, self.reports, query, findings)
        verdict = judge(self.index, self.reports, query, findings, candidates)
        if (best := verdict.candidate) is not None:
            candidates = [best, *(one for one in candidates if one is not best)]
        sentence = fitting(self.index, query, findings.evidence) if findings.evidence else None
        return Trial(query, findings, candidates, verdict, sentence)

    # ---- Citations

    def hits(self, findings: Findings, rows: Sequence[int]) -> list[Hit]:
        """Return found passages as hits, those that say the same as one before folded into it."""
        best = {piece.row: piece.score for piece in reversed(findings.evidence)}
        return [
            Hit(
                passage=self.index.passages[row],
                score=best[row],
                ranks={name: places[row] for name, places in findings.ranks.items() if row in places},
                highlights=highlights(self.index.passages[row].text, findings.words),
                alike=tuple(self.index.passages[other] for other in copies),
            )
            for row, copies in self._folded(rows).items()
        ]

    def hits_of(self, trial: Trial) -> tuple[Hit, ...]:
        """Return the best passages of a trial."""
        return tuple(self.hits(trial.findings, trial.rows[: self.k]))

    def _folded(self, rows: Sequence[int]) -> dict[int, list[int]]:
        """Return the rows, each with the later ones that nearly repeat it."""
        folded: dict[int, list[int]] = {}
        for row in rows:
            first = next((one for one in folded if self._alike(one, row)), None)
            if first is None:
                folded[row] = []
            else:
                folded[first].append(row)
        return folded

    def _alike(self, one: int, other: int) -> bool:
        """Tell whether two passages share nearly all of their words: the Jaccard index of their sets."""
        left, right = (words_of(self.index.passages[row].text) for row in (one, other))
        return len(left & right) >= ALIKE * len(left | right)

    def hits_in_turn(self, trials: Sequence[Trial], figures: Sequence[CitedFigure] = ()) -> tuple[Hit, ...]:
        """Return the best passages of several trials in turn, each once, those of told figures among them."""
        rankings = [trial.rows[: self.k] for trial in trials]
        known: dict[int, Hit] = {}
        for trial, rows in zip(trials, rankings, strict=True):
            known = {row: hit for row in rows for hit in self.hits(trial.findings, [row])} | known
        found = [known[row] for row in merge(rankings)[: self.k]]
        shown = {(hit.passage.report, hit.passage.number) for hit in found}
        missing = [one for one in figures if (one.passage.report, one.passage.number) not in shown]
        return (*self.cited(missing), *found)[: max(self.k, 1)]

    def cited(self, figures: Sequence[CitedFigure]) -> tuple[Hit, ...]:
        """Return the passages of figures that were not searched for but looked up, each once."""
        passages: dict[tuple[str, int], Passage] = {}
        spans: dict[tuple[str, int], list[Span]] = {}
        for figure in figures:
            key = figure.passage.report, figure.passage.number
            passages[key] = figure.passage
            spans.setdefault(key, []).append((figure.start, figure.end))
        return tuple(
            Hit(passage, 1.0, {"ledger": place}, tuple(sorted(set(spans[key]))))
            for place, (key, passage) in enumerate(passages.items(), start=1)
        )[: self.k]


def looked_up(passage: Passage) -> Hit:
    """Return a passage that was looked up and not searched for as a hit."""
    return Hit(passage, 1.0, {"outline": passage.number})
