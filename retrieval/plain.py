"""The plain way: the sentence that answers, or why none does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import Passage
from retrieval.answer import Hit, Refusal
from retrieval.fits import sort_spans
from retrieval.inquiry import Inquiry, Reply, Trial
from retrieval.operation import estimate_before
from retrieval.question import Question
from retrieval.reader.quotation import (
    LONGEST_FIGURE,
    LONGEST_LIST,
    LONGEST_TEXT,
    Quotation,
    cell,
    in_table,
    quote,
)
from retrieval.search.searcher import Evidence, Findings
from retrieval.search.sentences import Span, clause_spans, statement_span
from retrieval.verdict import LONGEST_QUESTION, Verdict, is_chit_chat, shares_no_word

# What numbers the parts of a list: 一是, (二), 3., 其次.
PARTS = re.compile(
    r"[一二三四五]是|[一二三]要|[（(][一二三四五1-5][）)]|(?<!\d)[1-5][.、．](?=[\u4e00-\u9fff])|[①②③]|其次|再次"
)
# What is left of a question at the end of a name, and what makes it a question still.
ENDS_ASKING = re.compile(r"(?<=\w\w)(?:大概|大约|一共|总共|[占有是为达到共的])$")
ASKS = re.compile(r"多少|几[个只条家位名]|哪|什么|谁|怎")
AS_GOOD = 0.02  # scores this near do not tell which of two sentences answers

REFUSALS: dict[Refusal, str] = {
    "empty": "请输入一个关于报告的问题。",
    "too_long": f"问题太长了（超过 {LONGEST_QUESTION} 字）。请把问题缩短成一两句话。",
    "chit_chat": "我只回答与报告内容有关的问题。请换一个关于报告的问题。",
}


def unaskable(question: str) -> Refusal | None:
    """Return why a text cannot be put to the reports at all, None where it can."""
    if not any(character.isalnum() for character in question):
        return "empty"
    if len(question) > LONGEST_QUESTION:
        return "too_long"
    return "chit_chat" if is_chit_chat(question) else None


def answer_plainly(inquiry: Inquiry, question: Question) -> Reply:
    """Answer with a sentence of the best passage, or say what is missing and what is nearest."""
    trial = inquiry.try_out(question)
    verdict = trial.verdict
    if verdict.reason == "year" and (estimate := estimate_before(inquiry, question, trial)):
        return estimate
    quotation = quotation_of(inquiry, trial)
    hits = tuple(inquiry.hits(trial.findings, trial.rows[: inquiry.k]))
    figures = tuple(trial.related())
    if verdict.found:
        return Reply(
            True,
            quotation.text,
            hits,
            figures,
            quotation.span,
            quotation.marks,
            confidence=verdict.confidence,
        )
    return Reply(
        False,
        refuse(verdict, quotation, passage_near(trial, quotation, hits)),
        hits,
        figures,
        reason=verdict.reason,
    )


def passage_near(trial: Trial, nearest: Quotation, hits: Sequence[Hit]) -> Passage | None:
    """Return the passage of what is nearest; None where that has no word of what was asked about."""
    near = trial.shares_words and not shares_no_word(trial.question.subject, nearest.text)
    return hits[0].passage if hits and near else None


def refuse(verdict: Verdict, nearest: Quotation, passage: Passage | None) -> str:
    """Say what is missing, and the nearest thing that the reports do say."""
    said = {
        "place": f"报告没有提到“{verdict.missing}”",
        "year": f"报告没有给出{verdict.missing}的情况",
        "indicator": f"报告没有给出{_named(verdict.missing)}的数据",
    }.get(verdict.reason or "", "报告没有提到所问的内容")
    if passage is None or not nearest.text:
        return f"{said}。"
    inner = nearest.text.replace("“", "‘").replace("”", "’")
    return f"{said}；最接近的是：“{inner}”（{passage.location}）"


def _named(missing: str) -> str:
    """Return what is missing as a reader can take it for a name; what still asks is none."""
    name = missing.strip("的，, ")
    while ENDS_ASKING.search(name):
        name = ENDS_ASKING.sub("", name)
    return f"“{name}”" if name and not ASKS.search(name) else "所问"


def quotation_of(inquiry: Inquiry, trial: Trial) -> Quotation:
    """Quote the sentence that answers, or is nearest, cut to what was asked."""
    findings, candidate, question = trial.findings, trial.nearest, trial.question
    evidence = trial.sentence
    if evidence is None:
        return Quotation("", (0, 0))
    text, sentence = inquiry.index.passages[evidence.row].text, (evidence.start, evidence.end)
    if candidate:
        if in_table(candidate.figure):
            return cell(candidate.figure)
        focus = candidate.figure.start, candidate.figure.end
        return quote(text, statement_span(text, sentence, focus), focus, [focus], LONGEST_FIGURE)
    limit = LONGEST_LIST if question.asks == "list" else LONGEST_TEXT
    look = findings.looks[evidence.row]
    focus = max(clause_spans(text, *sentence), key=lambda clause: look.similarity(*clause))
    sentence = _with_equal(evidence, findings, limit)
    if question.asks == "list":
        sentence = _list_span(text, sentence, focus)
    return quote(text, sentence, focus, sort_spans(question, text, *sentence), limit)


def _list_span(text: str, sentence: Span, focus: Span) -> Span:
    """Return the part of a sentence between semicolons that holds a list; all of it where the parts are the list."""
    statement = statement_span(text, sentence, focus)
    whole = PARTS.search(text, *sentence) or "、" not in text[slice(*statement)]
    return sentence if whole else statement


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
