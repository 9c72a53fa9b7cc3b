"""Ordinals: the how-manieth something is (第几次, 第几届), which stands within its name: 第十四次党代会."""

from __future__ import annotations

import re

from retrieval.followup import without_scope
from retrieval.inquiry import Inquiry, Reply
from retrieval.question import ASKING, ORDINAL_FORM, Question
from retrieval.reader.quotation import LONGEST_TEXT, quote
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import Evidence, words_of
from retrieval.search.sentences import Span, clause_spans

NUMBER = r"[一二三四五六七八九十百〇零\d]+"
# Meetings are counted in both.
OCCASIONS = frozenset({"次", "届"})
# What is said around the thing that is counted: it has no name.
AROUND = re.compile(r"召开|举行|举办|开|办|这一?|那一?|本|今年|去年|已经?|是|在|属于|列|到|排|叫|算|上|了|的")
SENTENCES = 40  # that are looked through, best first
BESIDE = 14  # characters on both sides of an ordinal that its name may take
LEAST_SHARE = 0.6  # of the thing's words, by weight
MOST_SURE = 0.9


def answer_ordinal(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer with the ordinal that stands in the name of the thing; None where none does."""
    asked = ORDINAL_FORM.search(question.text)
    if question.asks != "ordinal" or asked is None:
        return None
    subject = AROUND.sub(" ", ASKING.sub(" ", without_scope(question.text.replace(asked[0], " "))))
    words = {
        word for piece in subject.replace("第", " ").split() for word in words_of(piece) if len(word) > 1
    }
    weights = inquiry.index.keywords.weights(words)
    if not weights:
        return None
    units = OCCASIONS if asked[1] in OCCASIONS else {asked[1]}
    pattern = re.compile(rf"第?{NUMBER}(?:{'|'.join(map(re.escape, units))})(?!数)")
    findings = inquiry.find(question)
    named = [
        (weighted_share(weights.keys(), _beside(inquiry, evidence, found), weights), -place, evidence, found)
        for place, evidence in enumerate(findings.evidence[:SENTENCES])
        for found in pattern.finditer(inquiry.index.passages[evidence.row].text, evidence.start, evidence.end)
        if found[0].startswith("第")
    ]
    share, _, evidence, found = max(named, key=lambda one: one[:2], default=(0.0, 0, None, None))
    if share < LEAST_SHARE or evidence is None or found is None:
        return None
    text = inquiry.index.passages[evidence.row].text
    quotation = quote(text, (evidence.start, evidence.end), found.span(), [found.span()], LONGEST_TEXT)
    rows = list(dict.fromkeys([evidence.row, *findings.rows]))
    hits = tuple(inquiry.hits(findings, rows[: inquiry.k]))
    return Reply(
        True, quotation.text, hits, (), quotation.span, quotation.marks, confidence=share * MOST_SURE
    )


def _beside(inquiry: Inquiry, evidence: Evidence, found: re.Match[str]) -> frozenset[str]:
    """Return the words that stand right before and after an ordinal in its clause."""
    text = inquiry.index.passages[evidence.row].text
    clause: Span = next(
        span
        for span in clause_spans(text, evidence.start, evidence.end)
        if span[0] <= found.start() < span[1]
    )
    before = text[max(clause[0], found.start() - BESIDE) : found.start()]
    return words_of(before) | words_of(text[found.end() : min(clause[1], found.end() + BESIDE)])
