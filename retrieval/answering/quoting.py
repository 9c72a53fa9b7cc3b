"""Quoting: the sentence that answers, cut to what was asked, and what is said where none does."""

from __future__ import annotations

from corpus import Passage
from retrieval.answer import Hit
from retrieval.answering.context import Context, Trial
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.reader.answerability import Verdict
from retrieval.reader.quotation import (
    LONGEST_FIGURE,
    LONGEST_LIST,
    LONGEST_TEXT,
    Quotation,
    cell,
    in_table,
    quote,
)
from retrieval.search.answer_type import PARTS, spans_of_type
from retrieval.search.searcher import Evidence, Findings
from retrieval.search.sentences import Span, clause_spans, sentence_spans, statement_span

AS_GOOD = 0.02  # scores this near do not tell which of two sentences answers
LONGEST_NAME = 20  # characters of what a refusal names as missing


def quotation_of(context: Context, trial: Trial) -> Quotation:
    """Quote the figure that answers or comes nearest with its clauses, else the best sentence."""
    evidence = trial.sentence
    if evidence is None:
        return Quotation("", (0, 0))
    text = context.index.passages[evidence.row].text
    sentence = evidence.start, evidence.end
    if trial.nearest:
        figure = trial.nearest.figure
        if in_table(figure):
            return cell(figure)
        focus = figure.start, figure.end
        return quote(text, statement_span(text, sentence, focus), focus, [focus], LONGEST_FIGURE)
    query, findings = trial.query, trial.findings
    limit = LONGEST_LIST if query.asks == "list" else LONGEST_TEXT
    look = findings.looks[evidence.row]
    focus = max(clause_spans(text, *sentence), key=lambda clause: look.similarity(*clause))
    sentence = _with_equal(evidence, findings, limit)
    if query.asks == "list":
        sentence = _list_span(text, sentence, focus, limit)
    return quote(text, sentence, focus, spans_of_type(query, text, *sentence), limit)


def _list_span(text: str, sentence: Span, focus: Span, limit: int) -> Span:
    """Return the part of a sentence between semicolons that holds a list; all of it where the parts are the list.

    A list of numbered parts goes on over the sentences that carry on its numbers.
    """
    if PARTS.search(text, *sentence):
        start, end = sentence
        for following in sentence_spans(text):
            if following[0] >= end and PARTS.search(text, *following) and following[1] - start <= limit:
                end = following[1]
        return start, end
    statement = statement_span(text, sentence, focus)
    return sentence if "、" not in text[slice(*statement)] else statement


def _with_equal(evidence: Evidence, findings: Findings, limit: int) -> Span:
    """Return the span of a sentence and of the one next to it, where that is as good and fits in."""
    for other in findings.evidence[1:]:
        if other.row != evidence.row or evidence.score - other.score > AS_GOOD:
            continue
        start, end = min(evidence.start, other.start), max(evidence.end, other.end)
        together = other.start == evidence.end or other.end == evidence.start
        if together and end - start <= limit:
            return start, end
    return evidence.start, evidence.end


def quoted(context: Context, trial: Trial, found: Telling | None = None) -> Reply:
    """Return the reply that a trial comes to: what was found, quoted, or why the reports do not say it."""
    quotation = quotation_of(context, trial)
    hits = context.hits_of(trial)
    figures = tuple(trial.related())
    if not trial.verdict.found:
        return refused(trial.query, trial.verdict, trial, quotation, hits)
    telling = found or Telling()
    telling.quote(quotation, hits[0].passage)
    whole = quotation.span if found is None else None
    return Reply(True, tuple(telling.pieces), hits, figures, whole, confidence=trial.verdict.confidence)


def refused(
    query: Query, verdict: Verdict, trial: Trial, quotation: Quotation, hits: tuple[Hit, ...]
) -> Reply:
    """Say what is missing, and the nearest thing that the reports do say."""
    telling = Telling()
    missing = _short(verdict.missing or _subject(query))
    if verdict.reason == "place":
        telling.words("refused.place", "报告没有提到“").said(verdict.missing).mark("”")
    elif verdict.reason == "year":
        telling.words("refused.year", "报告没有给出").said(verdict.missing).words("refused.of_year", "的情况")
    elif verdict.reason == "indicator" and missing:
        telling.words("refused.indicator", "报告没有给出“").said(missing).words("refused.of_it", "”的数据")
    else:
        telling.words("refused.topic", "报告没有提到所问的内容")
    passage = _passage_near(trial, quotation, hits)
    if passage is not None:
        inner = quotation.text.replace("“", "‘").replace("”", "’")
        nearest = Quotation(inner, quotation.span, quotation.marks if trial.nearest else ())
        telling.words("refused.nearest", "；最接近的是：“").quote(nearest, passage)
        telling.words("refused.at", "”（{place}）", place=passage.location)
    else:
        telling.mark("。")
    figures = tuple(trial.related()[:1]) if passage is not None else ()
    return Reply(False, tuple(telling.pieces), hits, figures, reason=verdict.reason)


def _subject(query: Query) -> str:
    return query.subject or "".join(query.topic.split())


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else ""


def _passage_near(trial: Trial, nearest: Quotation, hits: tuple[Hit, ...]) -> Passage | None:
    """Return the passage of what is nearest; None where that has nothing to do with what was asked about."""
    return hits[0].passage if hits and nearest.text and trial.is_near else None
