"""Quoting: the sentence that answers, cut to what was asked, and what is said where none does."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answer import CitedFigure, Hit
from retrieval.answering.context import Context, Trial
from retrieval.answering.telling import Reply, Telling
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
    evidence, query = trial.sentence, trial.query
    if evidence is None:
        return Quotation("", (0, 0))
    text, sentence = context.index.passages[evidence.row].text, (evidence.start, evidence.end)
    if trial.nearest:
        figure = trial.nearest.figure
        return cell(figure) if in_table(figure) else quote_figure(figure, sentence, LONGEST_FIGURE)
    limit = LONGEST_LIST if query.asks == "list" else LONGEST_TEXT
    look = trial.findings.looks[evidence.row]
    focus = max(clause_spans(text, *sentence), key=lambda clause: look.similarity(*clause))
    sentence = _with_equal(evidence, trial.findings, limit)
    if query.asks == "list":
        sentence = _list_span(text, sentence, focus, limit)
    return quote(text, sentence, focus, spans_of_type(query, text, *sentence), limit)


def quote_figure(figure: CitedFigure, sentence: Span, limit: int) -> Quotation:
    """Quote a figure in its statement, cut to whole clauses around it."""
    text, focus = figure.passage.text, (figure.start, figure.end)
    return quote(text, statement_span(text, sentence, focus), focus, [focus], limit)


def _list_span(text: str, sentence: Span, focus: Span, limit: int) -> Span:
    """Return the part of a sentence between semicolons that holds a list; all of it where the parts are the list.

    A list of numbered parts goes on over the sentences that carry on its numbers.
    """
    if not PARTS.search(text, *sentence):
        statement = statement_span(text, sentence, focus)
        return statement if "、" in text[slice(*statement)] else sentence
    start, end = sentence
    for following in sentence_spans(text):
        if following[0] >= end and PARTS.search(text, *following) and following[1] - start <= limit:
            end = following[1]
    return start, end


def _with_equal(evidence: Evidence, findings: Findings, limit: int) -> Span:
    """Return the span of a sentence and of the one next to it, where that is as good and fits in."""
    for other in findings.evidence[1:]:
        start, end = min(evidence.start, other.start), max(evidence.end, other.end)
        beside = other.row == evidence.row and (other.start == evidence.end or other.end == evidence.start)
        if beside and evidence.score - other.score <= AS_GOOD and end - start <= limit:
            return start, end
    return evidence.start, evidence.end


def quoted(context: Context, trial: Trial, lead: Telling | None = None) -> Reply:
    """Return the reply that a trial comes to: what was found, quoted, or why the reports do not say it.

    ``lead`` is what is told before the quotation.
    """
    if not trial.verdict.found:
        return refused(context, trial)
    quotation, hits, figures = quotation_of(context, trial), context.hits_of(trial), tuple(trial.related())
    return quoting(quotation, hits, figures, trial.verdict.confidence, lead)


def quoting(
    quotation: Quotation,
    hits: tuple[Hit, ...],
    figures: tuple[CitedFigure, ...] = (),
    confidence: float = 1.0,
    lead: Telling | None = None,
) -> Reply:
    """Return a reply that quotes the first of some passages, after what is told as its ``lead``."""
    pieces = (lead or Telling()).quote(quotation, hits[0].passage).pieces
    return Reply(True, tuple(pieces), hits, figures, quotation.span, confidence)


def refused(context: Context, trial: Trial) -> Reply:
    """Say what is missing, and the nearest thing that the reports do say."""
    verdict, hits, quotation = trial.verdict, context.hits_of(trial), quotation_of(context, trial)
    telling = Telling()
    missing = verdict.missing or trial.query.subject or "".join(trial.query.topic.split())
    if verdict.reason == "place":
        telling.words("refused.place", "报告没有提到“").said(missing).mark("”")
    elif verdict.reason == "year":
        telling.words("refused.year", "报告没有给出").said(missing).words("refused.of_year", "的情况")
    elif verdict.reason == "indicator" and 0 < len(missing) <= LONGEST_NAME:
        telling.words("refused.indicator", "报告没有给出“").said(missing).words("refused.of_it", "”的数据")
    else:
        telling.words("refused.topic", "报告没有提到所问的内容")
    if not (hits and quotation.text and trial.is_near):
        return Reply(False, tuple(telling.mark("。").pieces), hits, reason=verdict.reason)
    inner = quotation.text.replace("“", "‘").replace("”", "’")
    nearest = replace(quotation, text=inner, marks=quotation.marks if trial.nearest else ())
    telling.words("refused.nearest", "；最接近的是：“").quote(nearest, hits[0].passage)
    telling.words("refused.at", "”（{place}）", place=hits[0].passage.location)
    return Reply(False, tuple(telling.pieces), hits, tuple(trial.related()[:1]), reason=verdict.reason)
