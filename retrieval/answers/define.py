"""Define: what a report says that a word of it means, in a glossary at its end or where it explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus import Passage
from retrieval.answering.context import Context, looked_up
from retrieval.answering.quoting import quoted
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


class Define:
    """The meaning of a word, quoted; ``邻里驿站是什么`` may ask for it, too."""

    name = "define"
    examples = ("什么是“三清单”？", "报告里说的邻里驿站是什么意思？", "解释一下智慧路网")

    def propose(self, query: Query) -> float:
        """Return how likely a query asks for a meaning."""
        if len(_term(query)) < SHORTEST_TERM:
            return 0.0
        if query.purpose == "define":
            return 0.9
        may_ask = query.purpose == "answer" and query.asks == "which" and not (query.focus or query.parts)
        return 0.9 if may_ask and not (query.order or query.sides or query.conditions) else 0.0

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Quote the meaning; where none is given, what is said with the word, if a meaning was surely asked for."""
        surely = query.purpose == "define"
        found = next(_definitions(context, query, surely), None)
        if found is None:
            return _mentioned(context, query) if surely else None
        passage, span = found
        # As much of it, from the word on, as a reader takes in at a glance.
        quotation = quote(passage.text, span, (span[0], span[0] + 1), [], LONGEST_TEXT)
        telling = Telling().quote(quotation, passage)
        return Reply(True, tuple(telling.pieces), (looked_up(passage),), quote=quotation.span)


def _term(query: Query) -> str:
    return query.topic.translate(WITHOUT_MARKS)


def _mentioned(context: Context, query: Query) -> Reply:
    """Say that no report explains a word, and quote what is said with it; refuse where no report has it."""
    term = _term(query)
    plain = replace(query, asks="which", purpose="answer", units=Units())
    reply = quoted(context, context.trial(plain))
    if not reply.found:
        return reply
    if term not in reply.text.translate(WITHOUT_MARKS):
        if reply.confidence >= FAIR:
            return reply
        telling = Telling().words("define.not_said", "报告没有提到“").said(term).mark("”。")
        return Reply(False, tuple(telling.pieces), reply.hits, reason="topic")
    telling = Telling().words("define.not_explained", "报告没有解释什么是“").said(term)
    telling.words("define.said_with_it", "”，相关的话是：").all_of(reply.pieces)
    return replace(reply, pieces=tuple(telling.pieces), quote=None)


def _definitions(context: Context, query: Query, surely: bool) -> Iterator[tuple[Passage, Span]]:
    """Yield where the reports that are asked say what a term means: glossaries first, the newest report first."""
    spelled = ANY_MARK.join(map(re.escape, _term(query)))
    passages = _passages_with(context, query, re.compile(spelled))
    for shape in _shapes(spelled) if surely else _shapes(spelled)[:1]:
        pattern = re.compile(shape, re.MULTILINE)
        for passage in passages:
            if found := pattern.search(passage.text):
                yield passage, found.span("said")


def _shapes(spelled: str) -> tuple[str, ...]:
    """Return the ways in which a report gives a meaning, the surest first."""
    meaning = rf"[：:]\s*[^\n]{{{SHORTEST_MEANING},}}"
    return (
        rf"^\s*{NUMBER}?\s*(?P<said>{ANY_MARK}{spelled}{ANY_MARK}{meaning})",
        rf"^\s*{NUMBER}?\s*(?P<said>{ANY_MARK}{spelled}{MORE_OF_NAME}{meaning})",
        rf"^\s*{NUMBER}\s*(?P<said>{MORE_OF_NAME}{spelled}{MORE_OF_NAME}{meaning})",
        rf"(?P<said>{ANY_MARK}{spelled}{ANY_MARK}{MEANS}[^\n]{{{SHORTEST_MEANING},}})",
    )


def _passages_with(context: Context, query: Query, held: re.Pattern[str]) -> list[Passage]:
    """Return the passages in scope that have a term: of preferred reports first, then of the newest."""
    scope = context.scope(query)
    worth = {
        entry.name: (entry.name in scope.first, year_of(entry) or 0)
        for entry in context.entries
        if entry.name in scope.chosen
    }
    found = [one for one in context.index.passages if one.report in worth and held.search(one.text)]
    return sorted(found, key=lambda passage: worth[passage.report], reverse=True)


KIND = Define()
