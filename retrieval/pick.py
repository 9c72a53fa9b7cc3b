"""Pick the figure that was asked for among those of the best passages."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from corpus import Passage
from corpus.figures.figure import Figure
from corpus.figures.period import find_periods
from index import Index
from retrieval.fuse import weighted_share
from retrieval.question import Question
from retrieval.results import CitedFigure
from retrieval.search import Evidence, Findings, words_of
from retrieval.sentences import Span, clause_spans

# Passages whose figures are weighed; the asked one is among the first three of these nearly always.
PASSAGES = 6
MULTIPLIER = re.compile(r"^[十百千万亿]+")
NO_COUNT = frozenset({"%", "‰", "成", "个百分点", "元", "倍", "番"})


@dataclass(frozen=True, slots=True)
class FigureSignals:
    """What speaks for a figure as the one that was asked for.

    evidence   the score of its sentence
    clause     MaxSim of the question's tokens and the figure's clause, a cosine
    words      share of the question's words that its clause and indicator hold, by weight
    indicator  share of its indicator's words that the question holds, by weight
    unit       1 where its unit answers the question, less where it may, 0 where it does not
    kind       1 where it is of the kind that was asked for, else 0
    period     1 where it speaks of the time that was asked for, -1 where of another, else 0
    """

    evidence: float
    clause: float
    words: float
    indicator: float
    unit: float
    kind: float
    period: float


# Chosen on a grid like the weights of ``retrieval.fuse``; the optimum is flat here too.
WEIGHTS = FigureSignals(evidence=1.0, clause=2.0, words=0.4, indicator=0.05, unit=0.2, kind=0.2, period=0.1)
SIGNAL_NAMES = tuple(field.name for field in fields(FigureSignals))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure, the sentence that it stands in, and what speaks for it; a higher score is better."""

    figure: CitedFigure
    evidence: Evidence
    score: float
    signals: FigureSignals


def pick(index: Index, question: Question, findings: Findings) -> list[Candidate]:
    """Return the figures of the best passages, the one that was asked for first."""
    rows = set(findings.rows[:PASSAGES])
    found = [
        _candidate(index, question, findings, evidence, figure)
        for evidence in findings.evidence
        if evidence.row in rows
        for figure in index.figures[evidence.row]
        if evidence.start <= figure.start < evidence.end
    ]
    return sorted(found, key=_order)


def _candidate(
    index: Index, question: Question, findings: Findings, evidence: Evidence, figure: Figure
) -> Candidate:
    passage = index.passages[evidence.row]
    start, end = clause_of(passage.text, evidence, figure)
    # The carried subject and period belong to what the figure says, wherever they stand.
    held = words_of(f"{figure.indicator}\n{figure.period or ''}\n{passage.text[start:end]}")
    own = index.keywords.weights(words_of(figure.indicator))
    signals = FigureSignals(
        evidence=evidence.score,
        clause=findings.looks[evidence.row].similarity(start, end),
        words=weighted_share(findings.words.keys(), held, findings.words),
        indicator=weighted_share(own.keys(), findings.words.keys(), own),
        unit=unit_fit(question, figure),
        kind=float(question.kind is None or figure.kind == question.kind),
        period=period_fit(question, figure),
    )
    score = sum(getattr(WEIGHTS, name) * getattr(signals, name) for name in SIGNAL_NAMES)
    return Candidate(cite(figure, passage), evidence, score, signals)


def _order(one: Candidate) -> tuple[bool, float, int, int]:
    """Order candidates: a figure in another unit than was asked for cannot be the answer."""
    return one.signals.unit == 0, -one.score, one.evidence.row, one.figure.start


def clause_of(text: str, evidence: Evidence, figure: Figure) -> Span:
    """Return the span of the clause that a figure stands in."""
    clauses = clause_spans(text, evidence.start, evidence.end)
    return next(
        ((start, end) for start, end in clauses if start <= figure.start < end), (evidence.start, evidence.end)
    )


def unit_fit(question: Question, figure: Figure) -> float:
    """Return how well a figure's unit answers a question, 0 to 1."""
    if question.asks == "rank":
        return float(figure.kind == "rank")
    unit = MULTIPLIER.sub("", figure.unit)
    if question.scale and question.scale[-1] not in figure.unit:
        return 0.0
    if figure.kind == "rank":
        return 0.2 if not question.units else 0.0
    if not question.units or not unit:
        return 0.5
    if unit in question.units or any(unit.startswith(asked) for asked in question.units if len(asked) > 1):
        return 1.0
    return 0.7 if question.loose and unit not in NO_COUNT else 0.0


def period_fit(question: Question, figure: Figure) -> float:
    """Return 1 where a figure is of the time that was asked for, -1 where of another, else 0."""
    wanted = [period.text for period in find_periods(question.text)]
    if not wanted or not figure.period:
        return 0.0
    return 1.0 if any(time in figure.period or figure.period in time for time in wanted) else -1.0


def cite(figure: Figure, passage: Passage) -> CitedFigure:
    """Return a figure together with the passage that it stands in."""
    return CitedFigure(**{name: getattr(figure, name) for name in FIGURE_FIELDS}, passage=passage)


FIGURE_FIELDS = tuple(field.name for field in fields(Figure))
