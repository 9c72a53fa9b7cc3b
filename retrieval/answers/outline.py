"""Outline: which reports there are, what a report is about, and what reports say on a topic, in their own words."""

from __future__ import annotations

from collections import Counter
from weakref import WeakKeyDictionary

from corpus.places import short_name
from index import ReportEntry
from retrieval.answer import CitedFigure
from retrieval.answering.context import Context, looked_up
from retrieval.answering.extracts import extract_of_report, hits_of, on_topic, quote_all, title_of
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.query.reports import Reports, newest
from retrieval.reader.summary import KeyFigure, common_series, summarise

MOST_NAMED = 30  # reports; the rest is counted
MOST_HEADINGS = 16
LONGEST_SUMMARY = 450  # characters of its sentences
SHORTEST_TOPIC = 2  # characters

_common: WeakKeyDictionary[Reports, Counter[str]] = WeakKeyDictionary()

examples = ("有哪些报告？", "这份报告讲了什么？", "总结一下2026年的工作报告", "总结一下教育")


def propose(query: Query) -> float:
    """Return 1 where reports are asked for as such."""
    return float(query.purpose in ("reports", "summary"))


def answer(context: Context, query: Query) -> Reply | None:
    """List the reports, or sum up what is asked for; None where it is open which report that is."""
    if query.purpose == "reports":
        return _reports(context, query)
    if len(query.topic) >= SHORTEST_TOPIC:
        return on_topic(context, query)
    entry = _report_meant(context, query)
    return None if entry is None else _summary(context, entry)


def _reports(context: Context, query: Query) -> Reply:
    """Return the names of the reports, each with the passage that it begins with."""
    entries = context.chosen(query)
    telling = Telling().words("reports.list", "可以提问的报告共{number}份：", number=len(entries))
    for number, entry in enumerate(entries[:MOST_NAMED]):
        telling.mark("；" if number else "").item()
        telling.words("reports.one", "《{title}》（{name}）", title=entry.title, name=entry.name)
    telling.end()
    if len(entries) > MOST_NAMED:
        telling.words("reports.more", "，另有{number}份", number=len(entries) - MOST_NAMED)
    first = [row for entry in entries[:MOST_NAMED] for row in context.rows_of.get(entry.name, ())[:1]]
    hits = tuple(looked_up(context.index.passages[row]) for row in first)
    return Reply(True, tuple(telling.mark("。").pieces), hits)


def _report_meant(context: Context, query: Query) -> ReportEntry | None:
    """Return the report that is asked for: of several of one place, or that one name stands for, the newest."""
    entries = context.chosen(query)
    places = {short_name(entry.identity.place or "") for entry in entries}
    one_name = context.scope(query).named and len({one.name for one in query.named}) == 1
    if len(entries) == 1 or one_name or (len(places) == 1 and "" not in places):
        return next(iter(newest(entries)), None)
    return None


def _summary(context: Context, entry: ReportEntry) -> Reply:
    """Return sentences of a report in their order, then its key figures; its headings where it has neither."""
    ledger = [one for one in context.index.ledger if one.report == entry.name]
    summary = summarise(context.index.report(entry.name), ledger, _common_series(context))
    found = [extract_of_report(context, entry.name, one.start, one.end) for one in summary.sentences]
    told = [one for one in found if one is not None]
    while sum(len(one.quotation.text) for one in told) > LONGEST_SUMMARY:
        told.pop()
    figures = [group for key in summary.figures if (group := _cited(context, key))]
    if not told and not figures:
        return _headings(context, entry)
    telling = Telling().words("summary.title", "《{title}》", title=title_of(context, entry))
    if told:
        telling.words("summary.says", "说：")
        quote_all(telling, told)
    for number, (figure, *beside) in enumerate(figures):
        telling.mark("；") if number else telling.words("summary.figures", "主要数据：")
        telling.item().said(figure.indicator).mark(" ").figure(figure, marked=True)
        for at, other in enumerate(beside):
            telling.mark("，" if at else "（").figure(other)
        telling.mark("）" if beside else "")
    telling.mark("。" if figures else "")
    cited = tuple(figure for group in figures for figure in group)
    return Reply(True, tuple(telling.pieces), hits_of(told, cited), cited)


def _cited(context: Context, key: KeyFigure) -> list[CitedFigure]:
    """Return a key figure and the changes and ranks beside it; nothing where it was cut."""
    figures = [entry.figure for entry in (key.entry, *key.beside)]
    found = [extract_of_report(context, key.entry.report, one.start, one.end) for one in figures]
    first = [one.figures[:1] if one else () for one in found]
    return [figure for figures in first for figure in figures] if first[0] else []


def _headings(context: Context, entry: ReportEntry) -> Reply:
    """Return a report's title and headings, with all passages that these begin, for they are quoted."""
    body = [heading for heading in context.index.report(entry.name).headings if heading.start > 0]
    outermost = min((heading.level for heading in body), default=1)
    shown = [heading for heading in body if heading.level <= outermost + 1][:MOST_HEADINGS]
    telling = Telling().words("summary.title", "《{title}》", title=title_of(context, entry))
    if not shown:
        telling.words("outline.none", "没有分标题，下面是它的开头。")
    for number, heading in enumerate(shown):
        telling.mark("；") if number else telling.words("outline.parts", "分为：")
        telling.said(heading.text.rstrip("。"))
    telling.mark("。" if shown else "")
    passages = [context.index.passages[row] for row in context.rows_of.get(entry.name, ())]
    first = [one for one in passages if any(one.start <= heading.start < one.end for heading in shown)]
    return Reply(True, tuple(telling.pieces), tuple(map(looked_up, first or passages[: context.k])))


def _common_series(context: Context) -> Counter[str]:
    if context.reports not in _common:
        _common[context.reports] = common_series(context.index.ledger)
    return _common[context.reports]
