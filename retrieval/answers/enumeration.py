"""Enumeration: a list whose parts are numbered, over sentences and paragraphs: 有以下几点：第一，…。第二，…。"""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answering.context import Context, looked_up
from retrieval.answering.extracts import Extract, extract_of_report, quote_all
from retrieval.answering.quoting import quotation_of
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.reader.quotation import LONGEST_LIST
from retrieval.search.sentences import sentence_spans

NUMBERS = "一二三四五六七八九十"
# 一是, 第二，, （三）, 4.: what begins a part, at the beginning of a sentence or clause.
PART = re.compile(
    rf"(?:(?<=[\n。；：:])|^)\s*(?:第?([{NUMBERS}])(?:是|，|、|要)|[（(]([{NUMBERS}])[）)]|([1-9])[.、．)）](?!\d))"
)
FEWEST = 2  # parts
LONGEST_PART = 90  # characters of a part that are told
SEARCHED = 4_000  # characters behind the sentence that introduces a list

examples = ("困难主要是哪三个方面？", "报告总结了哪几条体会？")


def propose(query: Query) -> float:
    """Return how likely a query asks for a list."""
    return 0.56 if query.asks == "list" and not (query.level or query.items) else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Answer with the parts that the best sentence introduces or is one of; None where it has none."""
    trial = context.trial(query)
    if not trial.verdict.found or (sentence := trial.sentence) is None:
        return None
    passage = context.index.passages[sentence.row]
    begin, end = passage.start + sentence.start, passage.start + sentence.end
    own = PART.search(passage.text, sentence.start, sentence.end)
    if own is None and not passage.text[: sentence.end].rstrip().endswith(("：", ":")):
        return None
    parts = _parts(context, passage.report, begin if own else end)
    if len(parts) < FEWEST:
        return None
    telling = Telling()
    if own is None:
        telling.quote(replace(quotation_of(context, trial), marks=()), passage)
    elif lead := extract_of_report(context, passage.report, begin, passage.start + own.start()):
        telling.quote(lead.quotation, passage)
    quote_all(telling, parts)
    found = context.hits_of(trial)
    known = {hit.passage: hit for hit in found}
    listed = {part.passage: known.get(part.passage) or looked_up(part.passage) for part in parts}
    # That of the sentence before them first, then those of the parts, then what else was found.
    hits = list({found[0].passage: found[0], **listed, **known}.values())[: max(context.k, 1 + len(listed))]
    return Reply(True, tuple(telling.pieces), tuple(hits), confidence=trial.verdict.confidence)


def _parts(context: Context, report: str, begin: int) -> list[Extract]:
    """Return the numbered parts of a list that begins at a place of a report's text, in their order."""
    text = context.index.report(report).text[begin : begin + SEARCHED]
    found: list[Extract] = []
    for match in PART.finditer(text):
        number = next(filter(None, match.groups()))
        if (NUMBERS.find(number) + 1 or int(number)) != len(found) + 1:
            if found:
                break
            continue
        start = begin + match.end() - len(match[0].lstrip())
        if (row := context.row_at(report, start, start + 1)) is None:
            break
        passage = context.index.passages[row]
        at = start - passage.start
        end = next((span[1] for span in sentence_spans(passage.text) if span[0] <= at < span[1]), at)
        following = PART.search(passage.text, at + len(match[0]), end)
        end = min(following.start() if following else end, at + LONGEST_PART)
        part = extract_of_report(context, report, start, passage.start + end)
        if part is None or sum(len(one.quotation.text) for one in (*found, part)) > LONGEST_LIST:
            break
        found.append(part)
    return found
