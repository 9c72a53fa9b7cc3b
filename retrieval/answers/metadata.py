"""Metadata: who gave a report and when it came out, which stand at its head and not in what it says."""

from __future__ import annotations

import re

from retrieval.answering.context import Context, looked_up
from retrieval.answering.quoting import quoting
from retrieval.answering.telling import Reply
from retrieval.query.query import Query
from retrieval.query.reports import year_of
from retrieval.reader.quotation import Quotation
from retrieval.search.answer_type import persons_in
from retrieval.search.sentences import Span, sentence_spans

# A whole day, as it is printed below a title: 2026年1月12日, 2026-01-12, 二〇二六年一月十二日.
DAY = re.compile(r"[12]\d{3}[年./-]\d{1,2}[月./-]\d{1,2}日?|二[〇○零]\w{2}年\w{1,2}月\w{1,3}日")
WRITERS = "记者", "通讯员", "作者", "撰稿"  # stand before the name of who wrote a text
HEAD = 6  # passages of a report in which its imprint may stand
LONGEST_LINE = 60  # characters; what is longer is text

examples = ("这份报告是谁作的？", "政府工作报告是哪天作的？", "这份报告的作者是谁？")


def propose(query: Query) -> float:
    """Return how likely a query asks for what stands at the head of a report."""
    return float(query.purpose == "imprint" and query.asks in ("person", "time"))


def answer(context: Context, query: Query) -> Reply | None:
    """Quote the line that tells it; None where several reports may be meant, or none prints it."""
    chosen, first = context.chosen(query), context.scope(query).first
    # A year is that in which a report came out.
    given = [entry for entry in chosen if year_of(entry) in (query.report_years or query.years)]
    reports = given or [entry for entry in chosen if entry.name in first]
    if len(reports) != 1:
        return None
    for row in context.rows_of[reports[0].name][:HEAD]:
        passage = context.index.passages[row]
        for start, end in sentence_spans(passage.text):
            line = passage.text[start:end]
            if len(line) <= LONGEST_LINE and (mark := _told(query, line)):
                return quoting(Quotation(line, (start, end), (mark,)), (looked_up(passage),))
    return None


def _told(query: Query, line: str) -> Span | None:
    """Return where a line has the day, or a person: who wrote it where that is asked for, else who gave it."""
    if query.asks == "time":
        found = DAY.search(line)
        return found.span() if found else None
    if query.writer != any(word in line for word in WRITERS):
        return None
    return next(iter(persons_in(line)), None)
