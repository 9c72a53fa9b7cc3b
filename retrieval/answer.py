"""Retriever: the door to the reports.  Open an index, search it, ask it."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd

from corpus import Passage
from index import Index, IndexMissingError, IndexSettings, from_environment, open_index, rebuild
from retrieval.compare import Side, compare
from retrieval.compose import (
    LONGEST_FIGURE,
    LONGEST_LIST,
    LONGEST_TEXT,
    Quotation,
    cell,
    in_table,
    quote,
)
from retrieval.errors import UnknownReportError
from retrieval.fits import sort_spans
from retrieval.fuse import merge
from retrieval.highlight import highlights
from retrieval.ledger import Choice, figure_table
from retrieval.pick import Candidate, pick
from retrieval.question import Question, understand
from retrieval.results import Answer, CitedFigure, Hit, Refusal
from retrieval.scope import parts_of, reports_in
from retrieval.search import Evidence, Findings, Searcher
from retrieval.sentences import Span, clause_spans, statement_span
from retrieval.verdict import LONGEST_QUESTION, Verdict, judge

AS_GOOD = 0.02  # scores this near do not tell which of two sentences answers
MOST_FIGURES = 8  # in an answer; more are no longer about the question
NEARLY_AS_GOOD = 0.3  # in the score of a figure


class Retriever:
    """Answers questions from an index; several threads may share one."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._searcher = Searcher(index)

    @classmethod
    def open(cls, index_dir: str | Path | None = None, settings: IndexSettings | None = None) -> Retriever:
        """Open an index; the default one is built first if there is none.

        ``settings`` are those of the environment where none are given.  Raises
        IndexMissingError for another folder without an index, IndexDamagedError or
        IndexOutdatedError, each with what is wrong and the command that mends it.
        """
        settings = settings or from_environment()
        try:
            return cls(open_index(Path(index_dir) if index_dir else None, settings))
        except IndexMissingError:
            if index_dir:
                raise
            rebuild(settings=settings)
            return cls(open_index(settings=settings))

    def search(self, query: str, k: int = 10, reports: Collection[str] | None = None) -> list[Hit]:
        """Return the ``k`` best passages for a query, best first.

        ``reports`` limits the search to reports of these names; UnknownReportError names one
        that the index does not hold.
        """
        if not query.strip():
            return []
        findings = self._find(understand(query), self._known(reports))
        return self._hits(findings, findings.rows[:k])

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
        reports = self._known(reports)
        if refusal := unaskable(question):
            return Answer(question, question, False, REFUSALS[refusal], reason=refusal)
        understood = understand(question, history)
        parts = parts_of(understood.text, self.index.manifest.reports)
        if parts and understood.asks != "list":
            return self._compare(question, understood, parts, reports, k, started)
        findings = self._find(understood, reports)
        candidates = pick(self.index, understood, findings)
        verdict = judge(self.index, understood, findings, candidates)
        rows = _rows(findings, verdict, k)
        quotation = self._quotation(understood, findings, verdict)
        text, marks = quotation.text, quotation.marks
        if verdict.reason == "chit_chat":
            return Answer(question, understood.text, False, REFUSALS["chit_chat"], reason="chit_chat")
        if not verdict.found:
            passage = self.index.passages[rows[0]] if rows else None
            text, marks = refuse(verdict, quotation, passage), ()
        return Answer(
            question=question,
            understood=understood.text,
            found=verdict.found,
            text=text,
            hits=tuple(self._hits(findings, rows)),
            figures=tuple(_related(candidates)),
            quote=quotation.span if verdict.found else None,
            marks=marks,
            reason=verdict.reason,
            seconds=time.perf_counter() - started,
        )

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

    def _compare(
        self,
        question: str,
        understood: Question,
        parts: Mapping[str, str],
        reports: Collection[str] | None,
        k: int,
        started: float,
    ) -> Answer:
        """Answer a question that compares places or years: each part is a question of its own."""
        sides: list[Side] = []
        others: list[CitedFigure] = []
        rankings: list[list[int]] = []
        hits: dict[int, Hit] = {}
        for name, text in parts.items():
            part = understand(text, asks="rank" if understood.asks == "rank" else "figure")
            findings = self._find(part, reports)
            candidates = pick(self.index, part, findings)
            verdict = judge(self.index, part, findings, candidates)
            sides.append(Side(name, verdict.candidate.figure if verdict.candidate else None))
            rankings.append(_rows(findings, verdict, k))
            hits = dict(zip(rankings[-1], self._hits(findings, rankings[-1]), strict=True)) | hits
            others += _related(candidates)[1:]
        text, computations = compare(understood.text, sides)
        figures = [side.figure for side in sides if side.figure]
        return Answer(
            question=question,
            understood=understood.text,
            found=len(figures) == len(sides),
            text=text,
            hits=tuple(hits[row] for row in merge(rankings)[:k]),
            figures=tuple(figures + others)[:MOST_FIGURES],
            computations=computations,
            reason=None if len(figures) == len(sides) else "indicator",
            seconds=time.perf_counter() - started,
        )

    def _find(self, question: Question, reports: Collection[str] | None) -> Findings:
        """Search the reports that a question is about."""
        entries = [entry for entry in self.index.manifest.reports if reports is None or entry.name in reports]
        chosen, first = reports_in(question.scope, entries)
        return self._searcher.find(
            question, {entry.name for entry in chosen}, {entry.name for entry in first}
        )

    def _known(self, reports: Collection[str] | None) -> Collection[str] | None:
        names = {entry.name for entry in self.index.manifest.reports}
        for name in reports or ():
            if name not in names:
                raise UnknownReportError(f"索引里没有名为“{name}”的报告。现有：{'、'.join(sorted(names))}。")
        return reports

    def _hits(self, findings: Findings, rows: Sequence[int]) -> list[Hit]:
        best = {piece.row: piece.score for piece in reversed(findings.evidence)}
        return [
            Hit(
                passage=self.index.passages[row],
                score=best[row],
                ranks={name: places[row] for name, places in findings.ranks.items() if row in places},
                highlights=highlights(self.index.passages[row].text, findings.words),
            )
            for row in rows
        ]

    def _quotation(self, question: Question, findings: Findings, verdict: Verdict) -> Quotation:
        if not findings.evidence:
            return Quotation("", (0, 0))
        candidate = verdict.candidate
        evidence = candidate.evidence if candidate else findings.evidence[0]
        text, sentence = self.index.passages[evidence.row].text, (evidence.start, evidence.end)
        if candidate:
            focus = candidate.figure.start, candidate.figure.end
            if in_table(candidate.figure):
                return cell(candidate.figure)
            return quote(text, statement_span(text, sentence, focus), focus, [focus], LONGEST_FIGURE)
        limit = LONGEST_LIST if question.asks == "list" else LONGEST_TEXT
        focus = self._best_clause(evidence, findings)
        sentence = _with_equal(evidence, findings, limit)
        return quote(text, sentence, focus, sort_spans(question, text, *sentence), limit)

    def _best_clause(self, evidence: Evidence, findings: Findings) -> Span:
        """Return the clause of a sentence that is nearest to the question."""
        text, look = self.index.passages[evidence.row].text, findings.looks[evidence.row]
        clauses = clause_spans(text, evidence.start, evidence.end)
        return max(clauses, key=lambda clause: look.similarity(*clause))


REFUSALS: dict[Refusal, str] = {
    "empty": "请输入一个问题，例如“科技型企业有多少家？”。",
    "too_long": f"问题太长了（超过 {LONGEST_QUESTION} 字）。请把问题缩短成一两句话。",
    "chit_chat": "我只回答与报告内容有关的问题。请换一个关于报告的问题。",
}


def unaskable(question: str) -> Refusal | None:
    """Return why a text cannot be put to the reports at all, None where it can."""
    if not any(character.isalnum() for character in question):
        return "empty"
    return "too_long" if len(question) > LONGEST_QUESTION else None


def refuse(verdict: Verdict, nearest: Quotation, passage: Passage | None) -> str:
    """Say what is missing, and the nearest thing that the reports do say."""
    if verdict.reason in REFUSALS:
        return REFUSALS[verdict.reason]
    said = {
        "place": f"报告没有提到“{verdict.missing}”",
        "year": f"报告没有给出{verdict.missing}的情况",
        "indicator": f"报告没有给出{verdict.missing or '所问'}的数据",
    }.get(verdict.reason or "", "报告没有提到所问的内容")
    if passage is None or not nearest.text:
        return f"{said}。"
    return f"{said}；最接近的是：“{nearest.text}”（{passage.location}）"


def _rows(findings: Findings, verdict: Verdict, k: int) -> list[int]:
    """Return the rows of the ``k`` best passages, the one that answers first."""
    first = [verdict.candidate.evidence.row] if verdict.candidate else []
    return list(dict.fromkeys(first + findings.rows))[:k]


def _with_equal(evidence: Evidence, findings: Findings, limit: int) -> Span:
    """Return the span of a sentence and of the one next to it, where that is as good and fits in."""
    for other in findings.evidence[1:]:
        if other.row != evidence.row or evidence.score - other.score > AS_GOOD:
            continue
        start, end = min(evidence.start, other.start), max(evidence.end, other.end)
        together = other.start == evidence.end or other.end == evidence.start
        if together and end - start <= limit:
            return start, end
    return evidence.start, evidence.end


def _related(candidates: Sequence[Candidate]) -> list[CitedFigure]:
    """Return the best figure, those nearly as good, and those of its sentence, in their order."""
    if not candidates:
        return []
    best = candidates[0]
    related = [
        candidate.figure
        for candidate in candidates
        if best.score - candidate.score <= NEARLY_AS_GOOD or candidate.evidence == best.evidence
    ]
    return related[:MOST_FIGURES]
