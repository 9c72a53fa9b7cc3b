"""Do the reports answer the question?  If not, why not?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Passage
from corpus.figures.period import find_periods
from corpus.figures.synonyms import indicators_named, names_of
from corpus.places import find_places
from index import Index
from retrieval.pick import Candidate
from retrieval.question import Question
from retrieval.results import Refusal
from retrieval.search import Findings

# Bars between what was answered rightly and what the report does not say, on questions about a
# report that were made for it.  Scores are those of ``pick`` and ``fuse``.
LEAST_FIGURE = 2.95
LEAST_EVIDENCE = 0.83
# A figure in a sentence that speaks of something else is worse than the best sentence by more.
FIGURE_BEHIND = 0.03

LONGEST_QUESTION = 500  # characters; more is a text, not a question
# Greetings, and questions put to the program itself.
CHIT_CHAT = re.compile(
    r"^(?:你好|您好|嗨|哈喽|hello\b|hi\b|在吗|早上好|晚上好|谢谢|多谢|再见|拜拜)|^你(?:是|叫|会|能|喜欢|觉得|几岁)|讲个笑话|下雨没|天气(?:怎|如|好|预)",
    re.IGNORECASE,
)
# Sorts of answers that a pattern tells for certain: without one there is no answer.
TOLD_SORTS = ("time", "ordinal")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年|\b)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision: the figure that answers, if a figure does, or why nothing does."""

    reason: Refusal | None
    candidate: Candidate | None = None
    missing: str = ""

    @property
    def found(self) -> bool:
        """True where the reports answer."""
        return self.reason is None


def judge(index: Index, question: Question, findings: Findings, candidates: Sequence[Candidate]) -> Verdict:
    """Decide whether the best evidence answers the question."""
    if CHIT_CHAT.search(question.text):
        return Verdict("chit_chat")
    if not findings.evidence:
        return Verdict("topic")
    if place := unknown_place(question.text, index.passages):
        return Verdict("place", missing=place)
    best = findings.evidence[0]
    if question.wants_figure:
        return _judge_figure(question, findings, candidates)
    if question.asks in TOLD_SORTS and not any(piece.signals.fits for piece in findings.evidence[:3]):
        return Verdict("indicator")
    if best.score < LEAST_EVIDENCE:
        return Verdict("topic")
    return Verdict(None)


def _judge_figure(question: Question, findings: Findings, candidates: Sequence[Candidate]) -> Verdict:
    if not candidates:
        return Verdict("indicator")
    best = candidates[0]
    if best.signals.unit == 0 or best.score < LEAST_FIGURE:
        return Verdict("indicator")
    if missing := other_indicator(question, best):
        return Verdict("indicator", missing=missing)
    if findings.evidence[0].score - best.evidence.score > FIGURE_BEHIND:
        return Verdict("indicator")
    if year := other_year(question, best):
        return Verdict("year", missing=year)
    return Verdict(None, best)


def other_indicator(question: Question, candidate: Candidate) -> str | None:
    """Return an indicator that the question names, by any of its names, and the sentence does not."""
    passage, evidence = candidate.figure.passage, candidate.evidence
    said = (candidate.figure.indicator + passage.text[evidence.start : evidence.end]).upper()
    for indicator in indicators_named(question.text):
        if not any(name.upper() in said for name in names_of(indicator)):
            return indicator
    return None


def unknown_place(text: str, passages: Sequence[Passage]) -> str | None:
    """Return a place that the question names and no passage or report's name does."""
    for start, end in find_places(text):
        if any(_names(passage, text[start:end]) for passage in passages):
            continue
        # 巴南开会 holds no 南开: a known word that reaches over the edge was cut in two.
        across = text[start - 1 : start + 1] if start else ""
        if not across or not any(_names(passage, across) for passage in passages):
            return text[start:end]
    return None


def _names(passage: Passage, place: str) -> bool:
    return place in passage.text or place in passage.title or place in passage.report


def other_year(question: Question, candidate: Candidate) -> str | None:
    """Return the time that is asked for where the figure plainly speaks of another."""
    wanted = [period.text for period in find_periods(question.text)]
    passage = candidate.figure.passage
    named = [time for time in wanted if YEAR.search(time) or time.startswith(("明年", "前年"))]
    for time in named:
        year = YEAR.search(time)
        printed = year[0] if year else time[:2]
        if printed not in passage.text and printed not in passage.title and printed not in passage.report:
            return time
    return named[0] if named and candidate.signals.period < 0 and not YEAR.search(named[0]) else None
