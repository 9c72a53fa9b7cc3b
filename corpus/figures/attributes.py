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


def kind_of(mention: Mention, lead: Lead) -> Kind:
    """level, change or rank."""
    if mention.family in ("rank", "within"):
        return "rank"
    if mention.family in ("points", "multiple") or lead.direction is not None:
        return "change"
    return "level"


def period_of(mention: Mention, clause_start: int, sentence_start: int, text: str, periods: list[Period]) -> str | None:
    """The time a figure speaks of: its own, or one that the sentence set before and that still holds.

    periods  those of the sentence that begin before the figure, in reading order
    """
    for period in reversed(periods):
        if period.aside:
            continue
        own = period.start >= clause_start
        after = text[period.end : period.end + 1]
        before = text[max(0, period.start - 1) : period.start]
        if own and (period.end >= mention.start - 1 or after == "的"):
            return period.text
        if after == "的" and not own:
            continue
        if before in ("由", "从") and not own:
            continue
        if period.is_duration and not own and after not in "，,":
            continue
        if period.is_duration and not own and text[max(0, period.start - 1) : period.start] not in "，。；,;：\n" and period.start > sentence_start:
            continue
        return period.text
    return None


_FORECAST_ALL = re.compile(r"初步预计")
_FORECAST = re.compile(r"预计|预测|有望|将达|将突破|将超|将实现|将增|将完成|料将")
_TARGET = re.compile(
    r"力争|确保|目标|努力(?:实现|使|争取)|争取(?:到|实现|达到|使|早日|突破|超过|年)|要(?:实现|达到|突破|超过|力争|确保|完成|控制|保持)|拟(?:按|安排|新|投|建)|我们将|将接续|计划(?:完成|新增|新建|实施|安排|到|用|建|年内|总?投)|规划(?:建设|到|新建|总投)|"
    r"提出[^，。；]{0,16}(?:到|增长|突破|达到)|到(?:20|二)[\d〇○零一二三四五六七八九]{2,3}年[，,]|奋斗目标|今年(?:要|将)|明年(?:要|将)|必须(?:达到|完成)|要把"
)
_TARGET_NEAR = re.compile(r"(?:控制在|不低于|不高于|不超过|不少于|稳定在[^，。；]{0,10}以内|计划投资额?|计划总投资|拟投资)[^，。；、]{0,3}$")
_ALREADY = re.compile(r"已|了|同比|比上年|去年|比去年|较上年|环比|首次|累计|居全|位居|连续|圆满|超额|提前完成")


def status_of(text: str, start: int, end: int, mention: Mention, plan: bool) -> Status:
    """actual, target or forecast, from the sentence text[start:end]."""
    sentence = text[start:end]
    before = text[start : mention.start]
    if _FORECAST_ALL.search(sentence):
        return "forecast"
    clause = re.split(r"[，；,;。]", before)[-1]
    if _TARGET_NEAR.search(before) and not _ALREADY.search(clause):
        return "target"
    if _TARGET.search(before):
        return "target"
    if _FORECAST.search(clause) or re.search(r"(?:^|[，；])预计(?!的)", before):
        return "forecast"
    if _TARGET.search(sentence) and not _ALREADY.search(sentence):
        return "target"
    return "target" if plan and not _ALREADY.search(clause) else "actual"
