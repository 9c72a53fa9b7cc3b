"""Attributes: kind and bound of a figure, from the words around it."""

from __future__ import annotations

import re

from corpus.figures.figure import Bound, Kind
from corpus.figures.lead import Lead
from corpus.figures.mention import Mention

_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (">=", re.compile(r"(?:及以上|以上|之上|大关|关口|新?台阶)")),
    ("<=", re.compile(r"(?:及以下|以下|以内|之内|内)")),
    ("~", re.compile(r"(?:左右|上下)")),
)


def bound_of(text: str, mention: Mention, lead: Lead) -> Bound:
    """How exactly a quantity is meant: 超过 >, 突破 and 以上 >=, 以内 <=, 不足 <, 约 and 左右 ~."""
    if mention.family == "within":
        return "<="
    behind = bound_behind(text, mention)
    if behind is not None:
        return behind
    if lead.bound is not None:
        return lead.bound
    inner = text[mention.start : mention.end]
    if mention.family == "multiple" and re.search(r"[近约]", inner):
        return "~"
    return ">=" if mention.more else "="


_PLACES = ("位", "名")
_MOVED = re.compile(
    r"[^，。；、\d]{0,6}(?:上升|跃升|提升|提高|前移|攀升|升|进|下降|下滑|退|降|跌|后移|回落)[到至为]第?"
)
_ORDERED = re.compile(r"(?:排名|位次|位居|名列|位列|排在)[^，。；、]{0,12}$")


def bound_behind(text: str, mention: Mention) -> Bound | None:
    """The bound that the words right behind a quantity set: 以上, 以内, 左右."""
    return next((bound for bound, pattern in _AFTER if pattern.match(text, mention.end)), None)


def is_second_place(text: str, before: Mention, mention: Mention) -> bool:
    """排名由58位上升到41位: the place that another rose or fell to."""
    units = before.unit == mention.unit and mention.unit in _PLACES
    return units and _MOVED.fullmatch(text, before.end, mention.start) is not None


def kind_of(mention: Mention, lead: Lead, words: str) -> Kind:
    """level, change or rank."""
    if mention.family in ("rank", "within"):
        return "rank"
    if mention.unit in _PLACES and lead.direction is None and _ORDERED.search(words):
        return "rank"
    if mention.family in ("points", "multiple") or lead.direction is not None:
        return "change"
    return "level"
