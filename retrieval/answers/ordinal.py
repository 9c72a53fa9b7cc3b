"""Ordinal: the how-manieth something is (第几次, 第几届), which stands within its name: 第十四次党代会."""

from __future__ import annotations

import re

from retrieval.answering.context import Context
from retrieval.answering.quoting import quoting
from retrieval.answering.telling import Reply
from retrieval.query.query import Query
from retrieval.query.tagger import tagged
from retrieval.reader.quotation import LONGEST_TEXT, quote
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import Evidence, words_of
from retrieval.search.sentences import clause_spans

NUMBER = r"[一二三四五六七八九十百〇零\d.]+"
OCCASIONS = frozenset({"次", "届"})  # meetings are counted in both
NAMES = frozenset({"n", "nz", "nw", "vn", "LOC", "ORG", "PER"})  # tags of what a name is made of
SENTENCES = 40  # that are looked through, best first
BESIDE = 14  # characters on both sides of an ordinal that its name may take
LEAST_SHARE = 0.6  # of the thing's words, by weight
MOST_SURE = 0.9

examples = ("这次是第几次党代会？", "第几届人大？")


def propose(query: Query) -> float:
    """Return how likely a query asks for an ordinal."""
    return 0.55 if query.asks == "ordinal" and query.units.printed else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Answer with the sentence that has the ordinal in the name of the thing; None where none does."""
    weights = context.index.keywords.weights(_words(query))
    if not weights:
        return None
    asked = query.units.printed
    units = asked | OCCASIONS if asked & OCCASIONS else asked
    pattern = re.compile(rf"第{NUMBER}(?:{'|'.join(map(re.escape, sorted(units)))})(?!数)")
    findings, passages = context.find(query), context.index.passages
    named = [
        (weighted_share(_beside(evidence, found), weights), evidence, found)
        for evidence in findings.evidence[:SENTENCES]
        for found in pattern.finditer(passages[evidence.row].text, evidence.start, evidence.end)
    ]
    share, evidence, found = max(named, key=lambda one: one[0], default=(0.0, None, None))
    if evidence is None or found is None or share < LEAST_SHARE:
        return None
    sentence, number = (evidence.start, evidence.end), found.span()
    quotation = quote(found.string, sentence, number, [number], LONGEST_TEXT)
    rows = list(dict.fromkeys([evidence.row, *findings.rows]))[: context.k]
    hits = tuple(context.hits(findings, rows))
    return quoting(quotation, hits, confidence=share * MOST_SURE)


def _words(query: Query) -> set[str]:
    """Return the words of the thing that is counted, without what is done with it and the counter (次党代会)."""
    counters = "|".join(map(re.escape, sorted(query.units.printed, key=len, reverse=True)))
    pieces = [re.sub(rf"^(?:{counters})", "", piece) for piece in query.topic.split()]
    names = [token.text for piece in pieces for token in tagged(piece) if token.tag in NAMES]
    return {word for name in names for word in words_of(name) if len(word) > 1}


def _beside(evidence: Evidence, found: re.Match[str]) -> frozenset[str]:
    """Return the words that stand right before and after an ordinal in its clause."""
    text, (start, end) = found.string, found.span()
    clauses = clause_spans(text, evidence.start, evidence.end)
    first, last = next(span for span in clauses if span[0] <= start < span[1])
    return words_of(text[max(first, start - BESIDE) : start]) | words_of(text[end : min(last, end + BESIDE)])
