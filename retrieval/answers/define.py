"""Define: what a report says that a word of it means, in a glossary at its end or where it explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus import Passage
from retrieval.answering.context import Context, looked_up
from retrieval.answering.quoting import quoted, quoting
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query, Units
from retrieval.query.reports import year_of
from retrieval.reader.confidence import FAIR
from retrieval.reader.quotation import LONGEST_TEXT, quote
from retrieval.search.sentences import Span

QUOTES = "“”\"'‘’「」『』《》"
ANY_MARK = f"[{QUOTES}]*"
NUMBER = r"(?:\d{1,3}\s*[.．、]|[（(]\d{1,3}[）)]|[①-⑳]|\*)"
# By which a report's full name for a thing may be longer (…体系, …企业); with a number it is another thing.
MORE_OF_NAME = rf"[^，。；：:？\s\d一二三四五六七八九十]{{0,8}}?{ANY_MARK}"
# What stands between a word and its meaning in running text.
MEANS = r"(?:，|,)?(?:是指|指的是|即指?|就是|是一种|是由|主要指|具体指|指(?=[\u4e00-\u9fff“]))"
SHORTEST_MEANING = 4  # characters
SHORTEST_TERM = 2
WITHOUT_MARKS = str.maketrans("", "", f"{QUOTES} ")

examples = ("什么是“三清单”？", "报告里说的邻里驿站是什么意思？", "解释一下智慧路网")


def propose(query: Query) -> float:
    """Return how likely a query asks for a meaning."""
    if len(_term(query)) < SHORTEST_TERM:
        return 0.0
    if query.purpose == "define":
        return 0.9
    may_ask = query.purpose == "answer" and query.asks == "which" and not (query.focus or query.parts)
    return 0.9 if may_ask and not (query.order or query.sides or query.conditions) else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Quote the meaning; where none is given, what is said with the word, if a meaning was surely asked for."""
    surely = query.purpose == "define"
    found = next(_definitions(context, query, surely), None)
    if found is None:
        return _mentioned(context, query) if surely else None
    passage, span = found
    # As much of it, from the word on, as a reader takes in at a glance.
    quotation = quote(passage.text, span, (span[0], span[0] + 1), [], LONGEST_TEXT)
    return quoting(quotation, (looked_up(passage),))


def _term(query: Query) -> str:
    return query.topic.translate(WITHOUT_MARKS)


def _mentioned(context: Context, query: Query) -> Reply:
    """Say that no report explains a word, and quote what is said with it; refuse where no report has it."""
    term = _term(query)
    plain = replace(query, asks="which", purpose="answer", units=Units())
    reply = quoted(context, context.trial(plain))
    said = term in reply.text.translate(WITHOUT_MARKS)
    if not reply.found or (not said and reply.confidence >= FAIR):
        return reply
    if not said:
        telling = Telling().words("define.not_said", "报告没有提到“").said(term).mark("”。")
        return Reply(False, tuple(telling.pieces), reply.hits, reason="topic")
    telling = Telling().words("define.not_explained", "报告没有解释什么是“").said(term)
    telling.words("define.said_with_it", "”，相关的话是：").all_of(reply.pieces)
    return replace(reply, pieces=tuple(telling.pieces), quote=None)


def _definitions(context: Context, query: Query, surely: bool) -> Iterator[tuple[Passage, Span]]:
    """Yield where the reports that are asked say what a term means, in the surest way first.

    Preferred reports come before others, then newer ones; ``surely`` looks for the less sure ways, too.
    """
    spelled = ANY_MARK.join(map(re.escape, _term(query)))
    meaning = rf"[：:]\s*[^\n]{{{SHORTEST_MEANING},}}"
    shapes = (
        rf"^\s*{NUMBER}?\s*(?P<said>{ANY_MARK}{spelled}{ANY_MARK}{meaning})",
        rf"^\s*{NUMBER}?\s*(?P<said>{ANY_MARK}{spelled}{MORE_OF_NAME}{meaning})",
        rf"^\s*{NUMBER}\s*(?P<said>{MORE_OF_NAME}{spelled}{MORE_OF_NAME}{meaning})",
        rf"(?P<said>{ANY_MARK}{spelled}{ANY_MARK}{MEANS}[^\n]{{{SHORTEST_MEANING},}})",
    )
    scope = context.scope(query)
    worth = {one.name: (one.name in scope.first, year_of(one) or 0) for one in context.chosen(query)}
    passages = [one for one in context.index.passages if one.report in worth and re.search(spelled, one.text)]
    passages.sort(key=lambda passage: worth[passage.report], reverse=True)
    for shape in shapes if surely else shapes[:1]:
        for passage in passages:
            if found := re.search(shape, passage.text, re.MULTILINE):
                yield passage, found.span("said")
