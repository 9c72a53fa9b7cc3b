"""Retriever: the door to the reports.  Open an index, search it, ask it."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from corpus import Passage
from corpus.messages import says
from index import Index, IndexMissingError, IndexSettings, from_environment, open_index, rebuild
from retrieval.answer import Answer, Hit
from retrieval.answering.context import Context
from retrieval.answering.dialogue import respond_to
from retrieval.answering.telling import Reply, Telling
from retrieval.errors import RetrievalError, unknown_report
from retrieval.facts.filter import Choice
from retrieval.facts.ledger import figure_table
from retrieval.grounding import grounded
from retrieval.note import note_of
from retrieval.query.parse import parse
from retrieval.query.query import Query
from retrieval.query.reports import Reports
from retrieval.query.spelling import Names, spelled
from retrieval.search.searcher import Searcher

LONGEST_QUESTION = 500  # characters; more is a text, not a question


class Retriever:
    """Answers questions from an index; several threads may share one."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._searcher = Searcher(index)
        self._reports = Reports(index)

    @classmethod
    def open(cls, index_dir: str | Path | None = None, settings: IndexSettings | None = None) -> Retriever:
        """Open an index; the default one is built first if there is none.

        ``settings`` are those of the environment where none are given.  Raises
        IndexMissingError for another folder without an index, IndexDamagedError or
        IndexOutdatedError, each with what is wrong and the command that mends it.
        """
        settings = settings or from_environment()
        try:
            index = open_index(Path(index_dir) if index_dir else None, settings)
        except IndexMissingError:
            if index_dir:
                raise
            rebuild(settings=settings)
            index = open_index(settings=settings)
        # The model is loaded here, and not while the first question waits for it.
        index.encoder.encode_queries(["报告"])
        return cls(index)

    def search(self, query: str, k: int = 10, reports: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` best passages for a query, best first.

        ``reports`` limits the search to reports of these names; UnknownReportError names one
        that the index does not hold.
        """
        if not query.strip():
            return []
        context = self._context(reports, k)
        findings = context.find(parse(spelled(_readable(query)), context.reports))
        return context.hits(findings, findings.rows[:k])

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        reports: Collection[str] | None = None,
        k: int = 5,
    ) -> Answer:
        """Answer a question with a sentence of a report, its figures and the ``k`` best passages.

        ``history`` are the questions asked before, oldest first, by which a follow-up
        (``那去年呢？``) is understood.  ``reports`` limits the search as in ``search``.
        """
        started = time.perf_counter()
        context = self._context(reports, k)
        if refusal := _unaskable(question):
            query, reply = Query(question), refusal
        else:
            asked, *before = (spelled(_readable(text)) for text in (question, *history))
            query, reply = respond_to(context, asked, before, lambda: self._names)
        told = {field.name: getattr(reply, field.name) for field in fields(reply)}
        told["confidence"] = reply.confidence if reply.found else 0.0
        told |= {"text": reply.text, "marks": reply.marks, "computations": reply.computations}
        answer = Answer(question, query.text, query=query, **told)
        answer = grounded(answer)
        answer = replace(answer, note=note_of(self.index, answer))
        return replace(answer, seconds=time.perf_counter() - started)

    @cached_property
    def _names(self) -> Names:
        """The names of the indicators that the reports use."""
        series = {entry.terms.series for entry in self.index.ledger}
        return Names(series, self.index.keywords.knows)

    def paragraph(self, passage: Passage) -> str:
        """Return the paragraphs of its report that a passage stands in, whole: what it says in context."""
        text = self.index.report(passage.report).text
        start = text.rfind("\n", 0, passage.start) + 1
        end = text.find("\n", passage.end)
        return text[start:] if end < 0 else text[start:end]

    def figures(
        self,
        indicator: str | None = None,
        report: str | None = None,
        place: str | None = None,
        period: str | None = None,
        kind: str | None = None,
        status: str | None = None,
        unit: str | None = None,
    ) -> pd.DataFrame:
        """Return the figures of the reports as a table, one row a figure, in the reports' order.

        indicator  by any of its names, or a part of one: ``GDP`` finds 地区生产总值 and 人均GDP
        report     the name of a report
        place      the place that the report is about; 浙江 and 浙江省 are one
        period     the figures whose printed time lies in this one: ``2024年``, ``2024``,
                   ``2024-03``, ``2024年上半年``; ``去年`` is the year before each report's own
                   day.  Figures without a printed time lie in none.
        kind       ``level``, ``change`` or ``rank``
        status     ``actual``, ``target`` or ``forecast``
        unit       the figures that can be converted to it: 万元 finds what is printed in 亿元

        ``row`` is the figure's number in the whole ledger.  Numbers are Decimals: ``value`` as
        printed in ``unit``, ``amount`` the same in ``base_unit``.  ``first_day`` and ``last_day``
        are the printed time as days; ``start`` and ``end`` the place of ``quote`` in the report's
        text.  Raises UnknownReportError, or RetrievalError for another word that no figure can
        meet, each with what is allowed.

            retriever.figures("GDP", place="浙江", period="2024", kind="level")
            retriever.figures("森林覆盖率").groupby("report")["amount"].max()
        """
        return figure_table(self.index, Choice(indicator, report, place, period, kind, status, unit))

    def _context(self, names: Collection[str] | None, k: int) -> Context:
        known = {entry.name for entry in self.index.manifest.reports}
        for name in names or ():
            if name not in known:
                raise unknown_report(name, known)
        if k < 1:
            raise RetrievalError(says("ask.count", "要显示的段落数应当是正整数，不能是 {number}。", number=k))
        reports = self._reports if names is None else Reports(self.index, names)
        return Context(self.index, self._searcher, reports, k, lambda name: name in self._names)


def _readable(text: str) -> str:
    """Return a text without half of a pair that stands for one character, which no model can read."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _unaskable(question: str) -> Reply | None:
    """Return why a text cannot be put to the reports at all; None where it can."""
    if not any(character.isalnum() for character in question):
        telling = Telling().words("refused.empty", "请输入一个关于报告的问题。")
        return Reply(False, tuple(telling.pieces), reason="empty")
    if len(question) > LONGEST_QUESTION:
        telling = Telling().words(
            "refused.too_long",
            "问题太长了（超过 {most} 字）。请把问题缩短成一两句话。",
            most=LONGEST_QUESTION,
        )
        return Reply(False, tuple(telling.pieces), reason="too_long")
    return None
