"""Imprint: who gave a report and when it came out, which stand at its head and not in what it says."""

from __future__ import annotations

import re

from corpus import Passage
from index import ReportEntry
from retrieval.catalogue import hit_of
from retrieval.fits import SORTS
from retrieval.inquiry import Inquiry, Reply
from retrieval.question import Question
from retrieval.scope import reports_in, year_of
from retrieval.search.sentences import Span, sentence_spans

REPORT = r"(?:报告|公报|讲话|文件|文章|通讯|稿件?)"
DELIVERS = r"(?:作的?|做的?|念的?|宣读的?|代表|写的?|发表的?|撰写的?|报告的?|作者|报告人)"
WHO = re.compile(
    rf"{REPORT}[^，。]{{0,6}}(?:谁|哪位|什么人){DELIVERS}?|(?:谁|哪位).{{0,6}}{DELIVERS}.{{0,8}}{REPORT}|"
    rf"(?:作|做|念|宣读|代表).{{0,12}}{REPORT}.{{0,8}}(?:谁|哪位|叫(?:什么|啥)|名字)|{REPORT}(?:的)?(?:报告人|作者|记者)"
)
WHEN = re.compile(
    rf"{REPORT}(?:是)?(?:在)?(?:什么时候|何时|哪[一]?[天年]|几月|啥时候|几号)(?:[^，。]{{0,4}})(?:发布|公布|发表|作|做|出|印发|刊发|登)的?|"
    rf"{REPORT}(?:的)?(?:发布|公布|发表|刊发)(?:日期|时间)"
)
DAY = re.compile(r"[12]\d{3}[年./-]\d{1,2}[月./-]\d{1,2}日?|二[〇○零]\w{2}年\w{1,2}月\w{1,3}日")
WRITER = re.compile(r"记者|作者|撰写|写的?|稿")
HEAD = 6  # passages of a report in which its imprint may stand
LONGEST_LINE = 60  # characters; what is longer is text


def answer_imprint(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer who gave a report, or when it came out; None for another question or where it is not printed."""
    wanted = SORTS["person"] if WHO.search(question.text) else DAY if WHEN.search(question.text) else None
    if wanted is None:
        return None
    entry = _report_meant(inquiry, question)
    if entry is None:
        return None
    writer = WRITER.search(question.text) is not None
    for passage in _head(inquiry, entry):
        for start, end in sentence_spans(passage.text):
            found = wanted.search(passage.text, start, end)
            if found is None or end - start > LONGEST_LINE:
                continue
            if wanted is DAY or ("记者" in found[0]) == writer:
                return _reply(passage, (start, end), found.span())
    return None


def _report_meant(inquiry: Inquiry, question: Question) -> ReportEntry | None:
    """Return the one report that a question is about: a year is that in which it came out."""
    chosen, first = reports_in(question.scope, inquiry.entries)
    given = [entry for entry in chosen if year_of(entry) in question.scope.years]
    reports = given or first
    return reports[0] if len(reports) == 1 else None


def _head(inquiry: Inquiry, entry: ReportEntry) -> list[Passage]:
    passages = [passage for passage in inquiry.index.passages if passage.report == entry.name]
    return passages[:HEAD]


def _reply(passage: Passage, line: Span, mark: Span) -> Reply:
    text = passage.text[slice(*line)]
    return Reply(True, text, (hit_of(passage),), (), line, ((mark[0] - line[0], mark[1] - line[0]),))
