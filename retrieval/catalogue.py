"""Questions about the index itself: which reports there are, and what a report is about."""

from __future__ import annotations

import re
from datetime import date

from corpus import Passage
from corpus.places import short_name
from index import ReportEntry
from retrieval.answer import Hit
from retrieval.inquiry import Inquiry, Reply
from retrieval.question import Question
from retrieval.render.labels import labels_of
from retrieval.scope import reports_in

WHICH_REPORTS = re.compile(
    r"^(?:现在|目前|这里|索引里?|库里|系统里?|你)*(?:一共|都)?(?:有|收录了?|包含|能查|可以[问查])?(?:了)?(?:哪些|什么|多少[份篇个]?|几[份篇个])"
    r"(?:报告|文件|资料|文档)(?:可以|能|可)?(?:问|查|看|用)?[？?]?$|^报告(?:列表|清单|目录)$|"
    r"^(?:请|帮我)?(?:列出|列一下|列举|显示|看看|看一下)(?:所有|全部|有)?(?:的|哪些)?报告(?:列表|清单|目录|名称)?[。]?$"
)
WHAT_ABOUT = re.compile(
    r"(?:报告|报道|文章|这篇|这份|文件)(?:都|主要)?(?:讲|说|写|谈|介绍)了?(?:些)?(?:什么|啥|哪些内容)(?:内容|东西)?[？?]?$|(?:报告|报道|文章)的?(?:主要内容|大意|概要|提纲|目录)|"
    r"(?:概括|总结|介绍|归纳)(?:一下|下)?(?:这[份篇])?[^，,。？?]{0,18}?(?:报告|公报|报道|文章)(?:的?(?:内容|要点|重点))?[。]?$|"
    r"(?:报告|公报|报道|文章)的?(?:要点|重点内容|中心思想)"
)
MOST_NAMED = 30
MOST_HEADINGS = 16


def answer_catalogue(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer a question about the index itself; None where it asks what reports say."""
    if WHICH_REPORTS.search(question.text):
        return _reports(inquiry)
    if WHAT_ABOUT.search(question.text):
        chosen, _ = reports_in(question.scope, inquiry.entries)
        # Of several reports of one place the newest is meant.
        newest = max(chosen, key=lambda entry: entry.identity.day or date.min)
        places = {short_name(entry.identity.place) if entry.identity.place else None for entry in chosen}
        one = len(chosen) == 1 or (len(places) == 1 and None not in places)
        return _outline(inquiry, newest) if one else None
    return None


def _reports(inquiry: Inquiry) -> Reply:
    """Return the names of the reports, each with the passage that it begins with."""
    entries = inquiry.entries
    named = "；".join(f"《{entry.title}》（{entry.name}）" for entry in entries[:MOST_NAMED])
    more = " 等" if len(entries) > MOST_NAMED else ""
    first = {passage.report: passage for passage in reversed(inquiry.index.passages)}
    hits = tuple(hit_of(first[entry.name]) for entry in entries[:MOST_NAMED] if entry.name in first)
    return Reply(True, f"可以提问的报告：{named}{more}。", hits)


def _outline(inquiry: Inquiry, entry: ReportEntry) -> Reply:
    """Return a report's title and headings, with the passages that these begin."""
    report = inquiry.index.report(entry.name)
    body = [heading for heading in report.headings if heading.start > 0]
    outermost = min((heading.level for heading in body), default=1)
    shown = [heading for heading in body if heading.level <= outermost + 1][:MOST_HEADINGS]
    parts = "；".join(heading.text.rstrip("。") for heading in shown)
    title = labels_of(inquiry.index.manifest.reports)[entry.name].full
    text = f"《{title}》" + (f"分为：{parts}。" if shown else "没有分标题，下面是它的开头。")
    passages = [passage for passage in inquiry.index.passages if passage.report == entry.name]
    first = [
        passage for passage in passages if any(passage.start <= one.start < passage.end for one in shown)
    ]
    return Reply(True, text, tuple(hit_of(passage) for passage in (first or passages)[: max(inquiry.k, 1)]))


def hit_of(passage: Passage) -> Hit:
    """Return a passage that was looked up and not searched for as a hit."""
    return Hit(passage, 1.0, {"outline": passage.number})
