"""Lead: what the words before a quantity say of it - head, change, basis, bound."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.figures.figure import Bound, Direction
from corpus.figures.heads import clean_head
from corpus.figures.mention import Mention
from corpus.figures.peel import (
    acts_on_things,
    cut_adverbs,
    cut_attained,
    cut_basis,
    cut_bound,
    cut_change,
    cut_deed,
    cut_each,
    cut_own_period,
    cut_rank,
    cut_transitive,
    ends_in_change,
)

_COMPARE_TAIL = re.compile(
    r"(?P<verb>高于|快于|好于|优于|高出|领先|领跑|大于|多于|超出|低于|慢于|少于|小于|低出|落后)(?P<base>[^，。；、]{1,16})$"
)
_COMPARE_POINTS_TAIL = re.compile(r"(?P<verb>超过|超|高|低|快|慢)(?P<base>[^，。；、]{1,16})$")
_BELOW = ("低于", "慢于", "少于", "小于", "落后", "低出", "低", "慢")
_BOUND_OF_WHOLE = re.compile(
    r"(?P<verb>超过|超|不足|接近|近|约)(?:了)?(?:全[国省市球区]|世界|总[^，。；、]{1,5})的?$"
)
_GOES_ON = re.compile(r"[一-鿿]{0,4}(?:到|至|为)")
_LATE_CHANGE = re.compile(
    r"(?:以上|左右|以内)?的?(?:年均|平均)?(?:速度)?(?:(?:增长|递增|增速|增幅)|(?P<fall>下降|递减|降幅|跌幅))"
    r"(?!点|极|率|到|至|为|[约近超逾]?\d)"
)
# 同比（下同）增长: an aside about the basis.
_SAME_BELOW = re.compile(r"[（(][^（）()]{0,8}下同[）)]")
_EARLY_BOUND = re.compile(r"(?:(?<!最)至少|(?P<most>至多|最多(?=[只可能])))(?=[^，。；、]{2})")
# 是上个五年的2倍 has lost its time by then.
_TIMES_BASE = re.compile(r"(?:是|为(?!主)|相当于|达到?)(?:[^，。；、是为]{1,14}的|[上前]一?个)$")
_ROUND = (1, 10, 100, 1000, 10000)
_NO_ABOVE = re.compile(r"[以向线网之登迈跃站跨]上$")
_MOVED_TO = re.compile(
    r"(?:提高|提升|上调|下调|降低|缩短|压缩|压减|扩大)(?P<thing>[^，。；、]{2,14}?)[至到]$"
)
_RATE_END = re.compile(r"[率温值]$")
_ALWAYS_CHANGE = ("points", "multiple")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a quantity in its clause.

    head        what remains when predicate, basis and openers are taken away; "" where nothing does
    direction   set where the words before speak of a change
    attained    a verb of reaching (达到, 提高到) leads to the quantity: it is a level
    transitive  the change is a verb before the head: 减少房贷利息支出
    each        分别: the quantities that follow are shared out over a list
    """

    head: str
    direction: Direction | None = None
    attained: bool = False
    basis: str | None = None
    bound: Bound | None = None
    each: bool = False
    transitive: bool = False


def read_lead(words: str, mention: Mention, after: str = "") -> Lead:
    """Take the words before a quantity apart, from the quantity leftwards.

    after  the words behind the quantity: 到, 至 or 为 make it the first of a pair (由A整合为B),
           增长 says that it was a change after all (保持40%以上增长)
    """
    words, early = _without_early_bound(words)
    words = _SAME_BELOW.sub("", words.removesuffix("净") if mention.signed else words)
    rest, bound = cut_bound(cut_each(cut_own_period(words.rstrip(" \u3000\t：:“"))))
    rest, bound = cut_each(rest), bound or early
    if mention.chinese and mention.value in _ROUND and not _NO_ABOVE.search(rest):
        rest = rest.removesuffix("上")  # 吸引队伍上万支
    each = "分别" in rest
    if mention.family in ("rank", "within"):
        return Lead(clean_head(cut_rank(rest)), bound=bound, each=each)
    rest = cut_adverbs(rest)
    if rest in ("至", "到"):  # 同比下降11%至38.9亿元
        return Lead("", attained=True, bound=bound, each=each)
    if acts_on_things(rest, mention, after):
        return Lead(clean_head(cut_deed(rest)), bound=bound, each=each)
    lead = _late_change(rest, after) or _comparison(rest, mention) or _of_base(rest, mention)
    if lead is None:
        lead = _predicate(rest, mention, bool(_GOES_ON.match(after)))
    return replace(lead, bound=lead.bound or bound, each=each)


def _without_early_bound(words: str) -> tuple[str, Bound | None]:
    """每年至少开展: the bound stands before the verb, not before the quantity."""
    early = _EARLY_BOUND.search(words) if "至" in words or "最" in words else None
    if early is None:
        return words, None
    return words[: early.start()] + words[early.end() :], "<=" if early["most"] else ">="


def _late_change(words: str, after: str) -> Lead | None:
    """保持40%以上增长: the change is said behind the quantity."""
    late = _LATE_CHANGE.match(after)
    if late is None:
        return None
    rest, basis = cut_basis(cut_attained(words, False)[0])
    return Lead(clean_head(rest), "-" if late["fall"] else "+", basis=basis)


def _comparison(words: str, mention: Mention) -> Lead | None:
    """高于全国0.7个百分点: how far one thing lies from another."""
    compared = _COMPARE_TAIL.search(words)
    if compared is None and mention.family == "points":
        compared = _COMPARE_POINTS_TAIL.search(words)
    if compared is None or re.fullmatch(r"到|至|为|达到?", compared["base"]):
        return None
    direction: Direction = "-" if compared["verb"] in _BELOW else "+"
    return Lead(clean_head(cut_adverbs(words[: compared.start()])), direction, basis=compared[0])


def _of_base(words: str, mention: Mention) -> Lead | None:
    """A quantity that is told as so much of another: 是农业的2倍, 超过全球一半."""
    base = _TIMES_BASE.search(words) if mention.family == "multiple" and mention.unit == "倍" else None
    if base is None:
        return _part_of_whole(words, mention)
    return Lead(
        clean_head(cut_adverbs(words[: base.start()])), "+", basis=base[0] if base[0].endswith("的") else None
    )


def _part_of_whole(words: str, mention: Mention) -> Lead | None:
    """新增装机超过全球一半: the bound stands before the whole."""
    whole = _BOUND_OF_WHOLE.search(words) if mention.family == "share" and not mention.unit else None
    if whole is None:
        return None
    return Lead(clean_head(words[: whole.start()]), attained=True, bound=cut_bound(whole["verb"])[1])


def _predicate(words: str, mention: Mention, goes_on_to: bool) -> Lead:
    """达到, 增长, 减少: the verb between a noun and its quantity, or before both."""
    moved = _MOVED_TO.search(words)
    if moved:  # 下调目标价至7元
        return Lead(clean_head(moved["thing"]), attained=True)
    rest, attained = words, False
    always = mention.family in _ALWAYS_CHANGE
    if not always or not ends_in_change(rest):
        rest, attained = cut_attained(rest, goes_on_to)
    rest, direction = cut_change(rest, attained)
    rest, basis = cut_basis(rest)
    if direction is None and (always or _is_signed_change(rest, mention, attained, basis)):
        direction = "-" if mention.value < 0 else "+"
    if direction is None and not attained:
        rest, direction = cut_transitive(rest)
        return Lead(clean_head(rest), direction, False, basis, transitive=direction is not None)
    if direction and mention.value < 0:
        direction = "-"
    return Lead(clean_head(rest), direction, attained, basis)


def _is_signed_change(head: str, mention: Mention, attained: bool, basis: str | None) -> bool:
    """同比-11%, 收入分别-2%: a sign before a share says growth or fall; 增长率-1.1‰ is a level."""
    if not mention.signed or attained:
        return False
    share = mention.family == "share" and not _RATE_END.search(head)
    return share or basis is not None or mention.value > 0
