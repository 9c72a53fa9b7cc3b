"""Outline: which reports there are, what a report is about, and what reports say on a topic, in their own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from corpus.places import short_name
from index import ReportEntry
from retrieval.answer import CitedFigure
from retrieval.answering.context import Context, looked_up
from retrieval.answering.digest import on_topic
from retrieval.answering.extracts import extract_of_report, figure_of_report, hits_of, quote_all, title_of
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.query.reports import Reports, newest
from retrieval.reader.summary import KeyFigure, common_series, summarise

MOST_NAMED = 30  # reports; the rest is counted
MOST_HEADINGS = 16
LONGEST_SUMMARY = 450  # characters of its sentences
SHORTEST_TOPIC = 2  # characters

_common: WeakKeyDictionary[Reports, Counter[str]] = WeakKeyDictionary()


class Outline:
    """A list of the reports, or a summary: sentences of the report, whole, and its key figures."""

    name = "outline"
    examples = ("有哪些报告？", "这份报告讲了什么？", "总结一下2026年的工作报告", "总结一下教育")

    def propose(self, query: Query) -> float:
        """Return 1 where reports are asked for as such."""
        return float(query.purpose in ("reports", "summary"))

    def answer(self, context: Context, query: Query) -> Reply | None:
        """List the reports, or sum up what is asked for; None where it is open which report that is."""
        if query.purpose == "reports":
            return _reports(context, query)
        if len(query.topic) >= SHORTEST_TOPIC:
            return on_topic(context, query)
        entry = _report_meant(context, query)
        return None if entry is None else _summary(context, entry)


def _reports(context: Context, query: Query) -> Reply:
    """Return the names of the reports, each with the passage that it begins with."""
    chosen = context.scope(query).chosen
    entries = [entry for entry in context.entries if entry.name in chosen]
    shown = entries[:MOST_NAMED]
    telling = Telling().words("reports.list", "可以提问的报告共{number}份：", number=len(entries))
    for number, entry in enumerate(shown):
        telling.item().words("reports.one", "《{title}》（{name}）", title=entry.title, name=entry.name)
        telling.mark("；" if number < len(shown) - 1 else "")
    telling.end()
    if len(entries) > len(shown):
        telling.words("reports.more", "，另有{number}份", number=len(entries) - len(shown))
    telling.mark("。")
    first = [context.rows_of[entry.name][0] for entry in shown if entry.name in context.rows_of]
    return Reply(True, tuple(telling.pieces), tuple(looked_up(context.index.passages[row]) for row in first))


def _report_meant(context: Context, query: Query) -> ReportEntry | None:
    """Return the report that is asked for: of several of one place, or that one name stands for, the newest."""
    scope = context.scope(query)
    entries = [entry for entry in context.entries if entry.name in scope.chosen]
    places = {short_name(entry.identity.place) if entry.identity.place else None for entry in entries}
    one_name = scope.named and len({one.name for one in query.named}) == 1
    if len(entries) == 1 or one_name or (len(places) == 1 and None not in places):
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
    figures = [group for key in summary.figures if (group := _cited(context, entry.name, key))]
    if not told and not figures:
        return _headings(context, entry)
    telling = Telling().words("summary.title", "《{title}》", title=title_of(context, entry))
    if told:
        telling.words("summary.says", "说：")
        quote_all(telling, told)
    _tell_figures(telling, figures)
    cited = tuple(figure for group in figures for figure in group)
    return Reply(True, tuple(telling.pieces), hits_of(told, cited), cited)


def _cited(context: Context, name: str, key: KeyFigure) -> list[CitedFigure]:
    """Return a key figure and what stands beside it; nothing where it was cut."""
    found = [figure_of_report(context, name, entry.figure.start) for entry in (key.entry, *key.beside)]
    return [one for one in found if one] if found[0] else []


def _tell_figures(telling: Telling, groups: Sequence[Sequence[CitedFigure]]) -> None:
    """Tell each figure by its name, and behind it the changes and ranks beside it."""
    if groups:
        telling.words("summary.figures", "主要数据：")
    for number, (figure, *beside) in enumerate(groups):
        telling.item().said(figure.indicator).mark(" ").figure(figure, marked=True)
        for at, other in enumerate(beside):
            telling.mark("，" if at else "（").figure(other)
        telling.mark("）" if beside else "").mark("；" if number < len(groups) - 1 else "。")
    telling.end()


def _headings(context: Context, entry: ReportEntry) -> Reply:
    """Return a report's title and headings, with the passages that these begin."""
    body = [heading for heading in context.index.report(entry.name).headings if heading.start > 0]
    outermost = min((heading.level for heading in body), default=1)
    shown = [heading for heading in body if heading.level <= outermost + 1][:MOST_HEADINGS]
    telling = Telling().words("summary.title", "《{title}》", title=title_of(context, entry))
    if shown:
        telling.words("outline.parts", "分为：")
        for number, heading in enumerate(shown):
            telling.mark("；" if number else "").said(heading.text.rstrip("。"))
        telling.mark("。")
    else:
        telling.words("outline.none", "没有分标题，下面是它的开头。")
    passages = [context.index.passages[row] for row in context.rows_of.get(entry.name, ())]
    first = [one for one in passages if any(one.start <= heading.start < one.end for heading in shown)]
    # The headings are quoted, so every passage that one of them begins is shown.
    hits = tuple(map(looked_up, first or passages[: context.k]))
    return Reply(True, tuple(telling.pieces), hits)


def _common_series(context: Context) -> Counter[str]:
    if context.reports not in _common:
        _common[context.reports] = common_series(context.index.ledger)
    return _common[context.reports]


KIND = Outline()
