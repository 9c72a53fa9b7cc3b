"""Enumeration: a list whose parts are numbered, over sentences and paragraphs: 有以下几点：第一，…。第二，…。"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import Passage
from retrieval.answer import Hit
from retrieval.answering.context import Context, Trial, looked_up
from retrieval.answering.quoting import quotation_of
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.reader.quotation import LONGEST_LIST, Quotation
from retrieval.search.sentences import sentence_spans

NUMBERS = "一二三四五六七八九十"
# 一是, 第二，, （三）, 4.: what begins a part, at the beginning of a sentence or clause.
PART = re.compile(
    rf"(?:(?<=[\n。；：:])|^)\s*(?:第?([{NUMBERS}])(?:是|，|、|要)|[（(]([{NUMBERS}])[）)]|([1-9])[.、．)）](?!\d))"
)
FEWEST = 2  # parts
LONGEST_PART = 90  # characters of a part that are told
SEARCHED = 4_000  # characters behind the sentence that introduces a list


@dataclass(frozen=True, slots=True)
class _Part:
    passage: Passage
    start: int
    end: int


class Enumeration:
    """A list of numbered parts, told by the first sentence of each."""

    name = "enumeration"
    examples = ("困难主要是哪三个方面？", "报告总结了哪几条体会？")

    def propose(self, query: Query) -> float:
        """Return how likely a query asks for a list."""
        return 0.56 if query.asks == "list" and not (query.level or query.items) else 0.0

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Answer with the parts that the best sentence introduces or is one of; None where it has none."""
        trial = context.trial(query)
        if not trial.verdict.found or trial.sentence is None:
            return None
        passage = context.index.passages[trial.sentence.row]
        end = passage.start + trial.sentence.end
        own = PART.search(passage.text, trial.sentence.start, trial.sentence.end)
        introduces = passage.text[: trial.sentence.end].rstrip().endswith(("：", ":"))
        if not introduces and own is None:
            return None
        parts = _parts(context, passage.report, passage.start + trial.sentence.start if own else end)
        if len(parts) < FEWEST:
            return None
        telling = Telling()
        quotation = quotation_of(context, trial)
        if own is None:
            telling.quote(Quotation(quotation.text, quotation.span), passage)
        else:
            lead = passage.text[trial.sentence.start : own.start()].strip()
            if lead:
                span = (trial.sentence.start, own.start())
                telling.quote(Quotation(passage.text[slice(*span)].strip(), span), passage)
        for part in parts:
            text = part.passage.text[part.start : part.end].strip()
            telling.item().quote(Quotation(text, (part.start, part.end)), part.passage)
        telling.end()
        return Reply(
            True, tuple(telling.pieces), _hits(context, trial, parts), (), confidence=trial.verdict.confidence
        )


def _parts(context: Context, report: str, begin: int) -> list[_Part]:
    """Return the numbered parts of a list that begins at a place of a report's text, in their order."""
    text = context.index.report(report).text[begin : begin + SEARCHED]
    found: list[_Part] = []
    length = 0
    for match in PART.finditer(text):
        number = next(group for group in match.groups() if group)
        if (NUMBERS.find(number) + 1 or int(number)) != len(found) + 1:
            if found:
                break
            continue
        start = begin + match.start() + len(match[0]) - len(match[0].lstrip())
        row = next(
            (
                row
                for row in context.rows_of[report]
                if context.index.passages[row].start <= start < context.index.passages[row].end
            ),
            None,
        )
        if row is None:
            break
        passage = context.index.passages[row]
        at = start - passage.start
        sentence = next((span for span in sentence_spans(passage.text) if span[0] <= at < span[1]), (at, at))
        following = PART.search(passage.text, at + len(match[0]), sentence[1])
        stop = min(sentence[1], following.start() if following else sentence[1], at + LONGEST_PART)
        length += stop - at
        if length > LONGEST_LIST:
            break
        found.append(_Part(passage, at, stop))
    return found


def _hits(context: Context, trial: Trial, parts: list[_Part]) -> tuple[Hit, ...]:
    """Return the passages of a list in their order, that of the sentence before them first, then what else was found."""
    found = {(hit.passage.report, hit.passage.number): hit for hit in context.hits_of(trial)}
    listed = {(part.passage.report, part.passage.number): looked_up(part.passage) for part in parts}
    first, *others = found
    told = {first: found[first], **listed, **dict.fromkeys(others)}
    hits = [found.get(key) or hit for key, hit in told.items()]
    return tuple(hit for hit in hits if hit is not None)[: max(context.k, 1 + len(listed))]


KIND = Enumeration()
