"""Rows: a list of things that a row of quantities is shared out over (A、B和C分别增长1%、2%和3%)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.heads import clean_head
from corpus.figures.lead import Lead
from corpus.figures.lexicon import ANY_METRIC, GENERIC_HEADS, METRIC
from corpus.figures.phrases import join

GENERIC = re.compile(f"(?:{GENERIC_HEADS})")
_LISTED_METRIC = re.compile(METRIC)
_ANY_METRIC = re.compile(ANY_METRIC)
_SPLITTERS = tuple(
    re.compile(words)
    for words in (r"[、，/]|以及|和|与|及", r"[、，/]|以及|和|与", r"[、，]|以及|和", r"、|，", "/")
)
_ORDINAL = re.compile(r"第?[一二三四]")
_PLAIN_METRIC = re.compile(r"(?:总?产量|产值|面积|单产|数量|规模|销量|人数|户数|总量|总产)$")
# Measures of measures: whatever is listed before has them, too.
_PACE = re.compile(r"(?:增速|增幅|涨幅|降幅|占比|比重|份额|排名|位次)$")
# 高新技术产业产值占工业比重: all of it is shared.
_PART_OF = re.compile(
    r"(?:增加值|产值|零售额|销售额|收入|投资|面积|利润|产量)?占[^，。；、]{1,10}(?:比重|份额)$"
)
_RATE_OR_PACE = re.compile(rf"{_PACE.pattern}|率$")
_BARE = re.compile(
    r"[总净]?(?:收入|支出|利润|税收|产值|产量|销量|面积|数量|人数|花费|金额|余额|营收|市值|资产|产能)"
)
_OF_METRIC = re.compile(r"(?:总|播种|种植|养殖|销售|生产|的)+$")  # 粮食播种面积 and 产量
_PROPORTION = re.compile(r"(?:之比|比例|结构比?例?|构成比?例?)$")
_SECTORS = re.compile(r"(?:三次|一二三|第?一、二、三)产业(?P<of>.{0,4}(?:比重|比例|结构|构成)(?:之?比例?)?)$")
_EACH_SECTOR = ("第一产业", "第二产业", "第三产业")
_PAIR = re.compile(r"(?P<owner>[^、和与及]{0,6}?)(?P<pair>城乡|牛羊|存贷|客货|男女|进出(?=口))(?P<rest>.+)")
_SAME_AGAIN = re.compile(r"^(?:[和及与、]|以及)?(?P<whole>[^，。；、]{1,6})的$")


def metric_at_end(words: str) -> re.Match[str] | None:
    """The metric that closes a name: a listed one, or two characters and what they are counted in."""
    return _LISTED_METRIC.search(words) or _ANY_METRIC.search(words)


def of_owner(subject: str, metric: str) -> str:
    """A bare metric of whom the one before was: 公司营业收入 and 净利润 -> 公司 净利润."""
    named = metric_at_end(subject)
    if named is None or not _BARE.fullmatch(metric) or not _BARE.search(named[0]):
        return join(subject, metric)
    return join(_OF_METRIC.sub("", subject[: named.start()].strip()), metric)


def share_out(
    lead: Lead, words: str, size: int, indicators: Sequence[str], subject: str, before: str
) -> list[str]:
    """One indicator for each of ``size`` quantities; empty where the words name no such list.

    words       what stands before the first of the quantities in its clause
    indicators  those of the quantities before, oldest first
    subject     what the last of them was about
    before      the sentence up to the row, for a list that an earlier clause names
    """
    source, suffix = lead.head, ""
    if lead.each and "分别占" in words:
        source, suffix = (
            clean_head(words[: words.index("分别")]),
            words[words.index("占") :].rstrip("的约近超过"),
        )
    elif lead.each and "分别" in source:
        source, _, deed = source.partition("分别")
        suffix = clean_head(deed)
    again = _SAME_AGAIN.match(words)
    if again and len(indicators) >= size and re.search(" .*占", indicators[-1]):
        return [f"{indicator.rpartition(' ')[0]} 占 {again['whole']}" for indicator in indicators[-size:]]
    if set_against := _set_against(source, size):
        return set_against
    pieces = _split_into(source, size) or _split_before_class(source, size)
    if pieces:
        return [join(piece, suffix) for piece in _share_metric(pieces, subject)]
    if not source or GENERIC.fullmatch(source):
        return _earlier_list(source, size, indicators, before)
    pair = _PAIR.match(source) if size == 2 and (lead.each or source.startswith("城乡")) else None
    if pair:  # 城乡居民收入, 外贸进出口
        owner, both, rest = pair["owner"], pair["pair"], pair["rest"]
        return [f"{owner}{both[0]} {rest}", join(owner, both[1] + rest)]
    return []


def _set_against(source: str, size: int) -> list[str]:
    """The parts of a proportion: 三次产业结构, 粮经饲比例, 优、良比例."""
    sectors = _SECTORS.search(source)
    if sectors and size == len(_EACH_SECTOR):
        return [f"{source[: sectors.start()]}{sector} {sectors['of']}" for sector in _EACH_SECTOR]
    named = _PROPORTION.search(source)
    if named is None:
        return []
    whole = source[: named.start()]
    pieces = _split_into(whole, size) or (list(whole) if len(whole) == size > 1 else [])
    if not pieces:
        return []
    lengths = {len(piece) for piece in pieces[:-1]}
    shared = pieces[-1][min(lengths) :] if size > len(lengths) + 1 == 2 else ""  # 公路、铁路、水路货运量之比
    return [join(piece, shared + named[0]) for piece in pieces[:-1]] + [pieces[-1] + named[0]]


def _earlier_list(head: str, size: int, indicators: Sequence[str], before: str) -> list[str]:
    """A list named before: by the last quantities, or by a clause before without figures."""
    distinct = list(dict.fromkeys(indicators))
    if len(distinct) >= size:
        return [of_owner(indicator, head) for indicator in distinct[-size:]]
    for clause in reversed(re.split(r"[，；。：,]", before)[:-1]):
        if re.search(r"\d", clause):
            break
        pieces = _split_into(clean_head(clause), size)
        if pieces:
            return [join(piece, head) for piece in pieces]
    return []


def _split_into(source: str, size: int) -> list[str]:
    """A list of exactly ``size`` items; 和 and 与 part items only where that makes the number right."""
    for splitter in _SPLITTERS:
        pieces = [piece.strip(" 的") for piece in splitter.split(source)]
        if len(pieces) == size and all(pieces):
            return pieces
    return []


def _split_before_class(source: str, size: int) -> list[str]:
    """A、B和C等新产品产量: the members, the metric of their class moved to the last of them."""
    members, separator, named = source.rpartition("等")
    metric = metric_at_end(named) if separator else None
    pieces = _split_into(members, size) if separator else []
    return [*pieces[:-1], f"{pieces[-1]} {metric[0]}"] if pieces and metric else pieces


def _share_metric(pieces: list[str], subject: str) -> list[str]:
    """Give the metric that closes a list to each of its items: 家电、汽车零售额 -> 家电 零售额."""
    *others, last = pieces
    if not others:
        return pieces
    pace = _PACE.search(last)
    if pace and pace.start() and not any(map(_RATE_OR_PACE.search, others)):
        part = _PART_OF.search(last)
        shared = part[0] if part and part.start() else pace[0]
        return [f"{piece} {shared}" for piece in others] + [last]  # 投资、消费增速
    named = _PLAIN_METRIC.search(others[0])
    if named and named.start() and _PLAIN_METRIC.fullmatch(last) and len(others) == 1:
        return [others[0], join(others[0][: named.start()], last)]  # 水稻面积和产量
    if _ORDINAL.match(pieces[0]) and _ORDINAL.match(last):
        shared = _ORDINAL.sub("", last, count=1)
    elif all(len(piece) == 1 for piece in others) and len(last) > 2:
        shared = last[1:]  # 大、中、小型企业
    elif GENERIC.fullmatch(pieces[0]) and subject:
        return [join(subject, piece) for piece in pieces]
    else:
        metric = metric_at_end(last)
        if metric is None or metric.start() == 0 or any(metric_at_end(piece) for piece in others):
            return _share_owner(pieces)
        shared = metric[0].removeprefix("的").strip()
    return [f"{piece} {shared}" for piece in others] + [last]


def _share_owner(pieces: list[str]) -> list[str]:
    """Give the owner of the first metric to those that stand bare: 国企营业收入、利润 -> 国企 利润."""
    metric = metric_at_end(pieces[0])
    if metric is None or not metric.start():
        return pieces
    owner = pieces[0][: metric.start()]
    return [pieces[0]] + [join(owner, piece) if _BARE.fullmatch(piece) else piece for piece in pieces[1:]]
