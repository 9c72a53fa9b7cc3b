"""Metadata: who gave a report and when it came out, which stand at its head and not in what it says."""

from __future__ import annotations

import re

from corpus import Passage
from index import ReportEntry
from retrieval.answering.context import Context, looked_up
from retrieval.answering.telling import Reply, Telling
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


class Metadata:
    """The person who gave a report, or the day on which it came out."""

    name = "metadata"
    examples = ("这份报告是谁作的？", "政府工作报告是哪天作的？", "这份报告的作者是谁？")

    def propose(self, query: Query) -> float:
        """Return how likely a query asks for what stands at the head of a report."""
        return float(query.purpose == "imprint" and query.asks in ("person", "time"))

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Quote the line that tells it; None where several reports may be meant, or none prints it."""
        entry = _report_meant(context, query)
        if entry is None:
            return None
        for row in context.rows_of[entry.name][:HEAD]:
            passage = context.index.passages[row]
            for line in sentence_spans(passage.text):
                if line[1] - line[0] <= LONGEST_LINE and (found := _told(query, passage.text, line)):
                    return _reply(passage, line, found)
        return None


def _report_meant(context: Context, query: Query) -> ReportEntry | None:
    """Return the one report that a query is about: a year is that in which it came out."""
    scope = context.scope(query)
    years = query.report_years or query.years
    chosen = [entry for entry in context.entries if entry.name in scope.chosen]
    given = [entry for entry in chosen if year_of(entry) in years]
    reports = given or [entry for entry in chosen if entry.name in scope.first]
    return reports[0] if len(reports) == 1 else None


def _told(query: Query, text: str, line: Span) -> Span | None:
    """Return where a line has the day, or a person: who wrote it where that is asked for, else who gave it."""
    if query.asks == "time":
        found = DAY.search(text, *line)
        return found.span() if found else None
    said = text[slice(*line)]
    if getattr(query, "writer", False) != any(word in said for word in WRITERS):
        return None
    person = next(iter(persons_in(said)), None)
    return (person[0] + line[0], person[1] + line[0]) if person else None


def _reply(passage: Passage, line: Span, mark: Span) -> Reply:
    quotation = Quotation(passage.text[slice(*line)], line, ((mark[0] - line[0], mark[1] - line[0]),))
    telling = Telling().quote(quotation, passage)
    return Reply(True, tuple(telling.pieces), (looked_up(passage),), quote=line)


KIND = Metadata()
