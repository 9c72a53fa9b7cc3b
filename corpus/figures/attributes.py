"""Attributes: bound, period and status of a figure, from the words around it."""

from __future__ import annotations

import re

from corpus.figures.figure import Bound, Kind, Status
from corpus.figures.lead import Lead
from corpus.figures.mention import Mention
from corpus.figures.period import Period

_AFTER = (
    (">=", re.compile(r"(?:及以上|以上|之上|大关|新?台阶)")),
    ("<=", re.compile(r"(?:及以下|以下|以内|之内|内)")),
    ("~", re.compile(r"(?:左右|上下)")),
)


def bound_of(text: str, mention: Mention, lead: Lead) -> Bound:
    """How exactly a quantity is meant: 超过 >, 突破 and 以上 >=, 以内 <=, 不足 <, 约 and 左右 ~."""
    if mention.family == "within":
        return "<="
    for bound, pattern in _AFTER:
        if pattern.match(text, mention.end):
            return bound  # type: ignore[return-value]
    if lead.bound is not None:
        return lead.bound
    inner = text[mention.start : mention.end]
    if mention.family == "multiple" and re.search(r"[近约]", inner):
        return "~"
    return ">=" if mention.more else "="


_ORDERED = re.compile(r"(?:排名|位次|位居|名列|位列|排在)[^，。；、]{0,12}$")


def kind_of(mention: Mention, lead: Lead, words: str) -> Kind:
    """level, change or rank."""
    if mention.family in ("rank", "within"):
        return "rank"
    if mention.unit in ("位", "名") and lead.direction is None and _ORDERED.search(words):
        return "rank"
    if mention.family in ("points", "multiple") or lead.direction is not None:
        return "change"
    return "level"


def period_of(mention: Mention, clause_start: int, sentence_start: int, text: str, periods: list[Period]) -> str | None:
    """The time a figure speaks of: its own, or one that the sentence set before and that still holds.

    periods  those of the sentence that begin before the figure, in reading order
    """
    for period in reversed(periods):
        own = period.start >= clause_start
        after = text[period.end : period.end + 1]
        if period.aside:
            if own and after == "的" and period.end == mention.start - 1:
                return period.text
            continue
        before = text[max(0, period.start - 1) : period.start]
        if own and (period.end >= mention.start - 1 or after == "的"):
            return period.text
        if after == "的" and not own:
            continue
        if period.is_duration and not own and after not in "，,":
            continue
        if period.is_duration and not own and text[max(0, period.start - 1) : period.start] not in "，。；,;：\n" and period.start > sentence_start:
            continue
        return period.text
    return None


_FORECAST_ALL = re.compile(r"初步预计")
_FORECAST = re.compile(r"预计|预测|有望|料将|将(?:达|突破|超|实现|增|完成)")
_FORECAST_OPENS = re.compile(r"(?:^|[，；,])(?:初步)?预计(?!的)")
_TARGET = re.compile(
    r"力争|确保(?!了)|(?:预期|奋斗|主要|发展)目标(?!任务)|目标(?:是|为|要|[：:])|努力(?:实现|使|争取|达到)|争取(?:到|实现|达到|使|早日|突破|超过|[^，。；]{0,4}年)"
    r"|(?<![重主需不紧纲摘])要(?:实现|达到|突破|超过|力争|确保|完成|控制|保持|把|在|使|超|奋战|建成|新增)|拟(?:按|安排|新|投|建)|我们[将要]|将接续"
    r"|提出[^，。；]{0,20}(?:到|年均|增长|突破|达到)|到(?:20|二)[\d〇○零一二三四五六七八九]{2,3}年(?:底|末)?[，,实达]|[今明]年要|必须(?:达到|完成)|规划(?:建设|到|新建)|计划(?:完成|新增|新建|实施|安排|到|用|年内)"
)
_TARGET_NEAR = re.compile(
    r"(?:控制在|不低于|不高于|不超过|不少于|计划投资额?|计划总投资|拟投资|目标[^，。；]{0,6})[^，。；、]{0,6}$"
)
_ALREADY = re.compile(r"已|了|同比|比上年|去年|比去年|较上年|环比|首次|累计|居全|位居|连续|圆满|超额|提前完成|实际|获评|荣获")
_PAIR_FROM = re.compile(r"(?:由|从)[^，。；、]{0,14}$")


def status_of(text: str, start: int, end: int, mention: Mention, plan: bool) -> Status:
    """actual, target or forecast, from the sentence text[start:end].

    plan  the paragraph is a plan: its sentences say what shall be, not what is
    """
    before = text[start : mention.start]
    clause = re.split(r"[，；,;。]", before)[-1]
    if _FORECAST_ALL.search(text, start, end):
        return "forecast"
    if _PAIR_FROM.search(clause) and re.match(r"[一-鿿]{0,4}[到至为]", text[mention.end : mention.end + 5]):
        return "actual"
    if _TARGET_NEAR.search(clause) and not _ALREADY.search(clause):
        return "target"
    if _FORECAST.search(clause) or _FORECAST_OPENS.search(before):
        return "forecast"
    if _TARGET.search(before):
        return "target"
    return "target" if plan and not _ALREADY.search(clause) else "actual"


def is_plan(paragraph: str) -> bool:
    """True for a paragraph that says what shall be done: words of aim and no word of the past."""
    return bool(_TARGET.search(paragraph)) and not _ALREADY.search(paragraph)
