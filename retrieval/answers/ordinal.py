"""Ordinal: the how-manieth something is (第几次, 第几届), which stands within its name: 第十四次党代会."""

from __future__ import annotations

import re

from retrieval.answering.context import Context
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.query.tagger import tagged
from retrieval.reader.quotation import LONGEST_TEXT, quote
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import Evidence, words_of
from retrieval.search.sentences import Span, clause_spans

NUMBER = r"[一二三四五六七八九十百〇零\d.]+"
OCCASIONS = frozenset({"次", "届"})  # meetings are counted in both
NAMES = frozenset({"n", "nz", "nw", "vn", "LOC", "ORG", "PER"})  # tags of what a name is made of
SENTENCES = 40  # that are looked through, best first
BESIDE = 14  # characters on both sides of an ordinal that its name may take
LEAST_SHARE = 0.6  # of the thing's words, by weight
MOST_SURE = 0.9


class Ordinal:
    """The number in the name of a thing."""

    name = "ordinal"
    examples = ("这次是第几次党代会？", "第几届人大？")

    def propose(self, query: Query) -> float:
        """Return how likely a query asks for an ordinal."""
        return 0.55 if query.asks == "ordinal" and query.units.printed else 0.0

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Answer with the sentence that has the ordinal in the name of the thing; None where none does."""
        weights = context.index.keywords.weights(_words(query))
        if not weights:
            return None
        asked = query.units.printed
        units = asked | OCCASIONS if asked & OCCASIONS else asked
        pattern = re.compile(rf"第{NUMBER}(?:{'|'.join(map(re.escape, sorted(units)))})(?!数)")
        findings = context.find(query)
        named = [
            (
                weighted_share(_beside(context, evidence, found), weights),
                -place,
                evidence,
                found,
            )
            for place, evidence in enumerate(findings.evidence[:SENTENCES])
            for found in pattern.finditer(_text(context, evidence), evidence.start, evidence.end)
        ]
        if not named:
            return None
        share, _, evidence, found = max(named, key=lambda one: one[:2])
        if share < LEAST_SHARE:
            return None
        sentence = evidence.start, evidence.end
        quotation = quote(_text(context, evidence), sentence, found.span(), [found.span()], LONGEST_TEXT)
        telling = Telling().quote(quotation, context.index.passages[evidence.row])
        rows = list(dict.fromkeys([evidence.row, *findings.rows]))
        hits = tuple(context.hits(findings, rows[: context.k]))
        return Reply(True, tuple(telling.pieces), hits, quote=quotation.span, confidence=share * MOST_SURE)


def _words(query: Query) -> set[str]:
    """Return the words of the thing that is counted, without what is done with it and the counter."""
    pieces = [_without_counter(piece, query.units.printed) for piece in query.topic.split()]
    names = [token.text for piece in pieces for token in tagged(piece) if token.tag in NAMES]
    return {word for name in names for word in words_of(name) if len(word) > 1}


def _without_counter(piece: str, counters: frozenset[str]) -> str:
    """Return what is counted, without the counter before it: 党代会 of 次党代会."""
    counter = max((one for one in counters if piece.startswith(one)), key=len, default="")
    return piece.removeprefix(counter)


def _text(context: Context, evidence: Evidence) -> str:
    return context.index.passages[evidence.row].text


def _beside(context: Context, evidence: Evidence, found: re.Match[str]) -> frozenset[str]:
    """Return the words that stand right before and after an ordinal in its clause."""
    text = _text(context, evidence)
    clauses = clause_spans(text, evidence.start, evidence.end)
    clause: Span = next(span for span in clauses if span[0] <= found.start() < span[1])
    before = text[max(clause[0], found.start() - BESIDE) : found.start()]
    return words_of(before) | words_of(text[found.end() : min(clause[1], found.end() + BESIDE)])


KIND = Ordinal()
