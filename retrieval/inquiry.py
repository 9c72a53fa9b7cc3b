"""An inquiry: one question put to an index, and what the ways of answering it share."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from corpus import Passage
from index import Index, ReportEntry
from retrieval.answer import CitedFigure, Computation, Hit, Refusal
from retrieval.pick import Candidate, looks_back, pick, plan_asked, plans
from retrieval.question import Question
from retrieval.scope import reports_in
from retrieval.search.fusion import merge
from retrieval.search.highlight import highlights
from retrieval.search.searcher import Evidence, Findings, Searcher, words_of
from retrieval.search.sentences import Span
from retrieval.verdict import Verdict, fitting, judge

MOST_FIGURES = 8  # beside the asked one; more are no longer about the question
LEAST_SHARED = 0.15  # share of the question's words, by weight, that what is near to it holds
A_WORD = 0.05  # the same for a sentence: one word that is not everywhere
ALIKE = 0.9  # share of words in common from which on two passages say the same
UNTIMELY = 0.04  # what a sentence of plans is marked down by where results are asked for, and the reverse
NEARLY_AS_GOOD = 0.3  # in the score of a figure


@dataclass(frozen=True, slots=True)
class Reply:
    """What one way of answering found; the fields are those of ``Answer``."""

    found: bool
    text: str
    hits: tuple[Hit, ...] = ()
    figures: tuple[CitedFigure, ...] = ()
    quote: Span | None = None
    marks: tuple[Span, ...] = ()
    computations: tuple[Computation, ...] = ()
    reason: Refusal | None = None
    # Read off the ledger or the headings, an answer leaves no doubt.
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Trial:
    """A question after search: its evidence, its figures, and whether they answer."""

    question: Question
    findings: Findings
    candidates: list[Candidate]
    verdict: Verdict
    fitting: Evidence | None = None

    @property
    def nearest(self) -> Candidate | None:
        """The figure that answers or comes nearest; None where a figure was not asked for, or none is near."""
        if self.verdict.candidate or not (self.question.wants_figure and self.candidates):
            return self.verdict.candidate
        best = self.candidates[0]
        return best if best.signals.unit and best.signals.words >= LEAST_SHARED else None

    @property
    def sentence(self) -> Evidence | None:
        """The sentence that answers or comes nearest; None where nothing was found."""
        return self.nearest.evidence if self.nearest else self.fitting

    @property
    def shares_words(self) -> bool:
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
        """Return the best figure, those nearly as good, and those of its sentence, in their order."""
        if not self.candidates:
            return []
        best = self.candidates[0]
        return [
            one.figure
            for one in self.candidates
            if best.score - one.score <= NEARLY_AS_GOOD or one.evidence == best.evidence
        ][:MOST_FIGURES]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The index that is asked, the names of the reports that may answer, and how many passages to show."""

    index: Index
    searcher: Searcher
    reports: Set[str]
    k: int

    @property
    def entries(self) -> list[ReportEntry]:
        """The reports that may answer."""
        return [entry for entry in self.index.manifest.reports if entry.name in self.reports]

    def find(self, question: Question) -> Findings:
        """Search the reports that a question is about."""
        chosen, first = reports_in(question.scope, self.entries)
        findings = self.searcher.find(
            question, {entry.name for entry in chosen}, {entry.name for entry in first}
        )
        return self._timely(question, findings)

    def _timely(self, question: Question, findings: Findings) -> Findings:
        """Return findings with what is planned behind what was done, or before it, as is asked in words."""
        if question.wants_figure or not question.scope.years:
            return findings
        evidence = [
            replace(one, score=one.score - UNTIMELY) if self._is_untimely(question, one.row) else one
            for one in findings.evidence
        ]
        return replace(findings, evidence=tuple(sorted(evidence, key=lambda one: -one.score)))

    def _is_untimely(self, question: Question, row: int) -> bool:
        passage = self.index.passages[row]
        if plan_asked(question, self.index.entry(passage.report).identity.day):
            return looks_back(passage.headings)
        return plans(passage.headings)

    def try_out(self, question: Question) -> Trial:
        """Search, pick the figure and decide."""
        findings = self.find(question)
        candidates = pick(self.index, question, findings)
        verdict = judge(self.index, question, findings, candidates)
        best = fitting(self.index, question, findings.evidence) if findings.evidence else None
        return Trial(question, findings, candidates, verdict, best)

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

    def hits_of(self, trials: Sequence[Trial]) -> tuple[Hit, ...]:
        """Return the best passages of several trials in turn, each once."""
        rankings = [trial.rows[: self.k] for trial in trials]
        known: dict[int, Hit] = {}
        for trial, rows in zip(trials, rankings, strict=True):
            known = {row: hit for row in rows for hit in self.hits(trial.findings, [row])} | known
        return tuple(known[row] for row in merge(rankings)[: self.k])

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
