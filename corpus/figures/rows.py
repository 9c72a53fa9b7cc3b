"""Rows: a list of things that a row of quantities is shared out over (A、B和C分别增长1%、2%和3%)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.heads import clean_head
from corpus.figures.lead import Lead
from corpus.figures.lexicon import GENERIC_HEADS, METRIC
from corpus.figures.phrases import join

GENERIC = re.compile(f"(?:{GENERIC_HEADS})")
METRIC_END = re.compile(METRIC)
_SPLITTERS = tuple(
    re.compile(words)
    for words in (r"[、，]|以及|和|与|及", r"[、，]|以及|和|与", r"[、，]|以及|和", r"、|，")
)
_ORDINAL = re.compile(r"第?[一二三四]")
_PLAIN_METRIC = re.compile(r"(?:总?产量|产值|面积|单产|数量|规模|销量|人数|户数|总量|总产)$")
_SAME_AGAIN = re.compile(r"^(?:[和及与、]|以及)?(?P<whole>[^，。；、]{1,6})的$")


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
    pieces = _split_into(source, size) or _split_before_class(source, size)
    if pieces:
        return [join(piece, suffix) for piece in _share_metric(pieces, subject)]
    if not source or GENERIC.fullmatch(source):
        return _earlier_list(source, size, indicators, before)
    if source.startswith("城乡") and size == 2:
        return [f"{source[0]} {source[2:]}", source[1:]]
    return []


def _earlier_list(head: str, size: int, indicators: Sequence[str], before: str) -> list[str]:
    """A list named before: by the last quantities, or by a clause before without figures."""
    distinct = list(dict.fromkeys(indicators))
    if len(distinct) >= size:
        return [join(indicator, head) for indicator in distinct[-size:]]
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
    metric = METRIC_END.search(named) if separator else None
    pieces = _split_into(members, size) if separator else []
    return [*pieces[:-1], f"{pieces[-1]} {metric[0]}"] if pieces and metric else pieces


def _share_metric(pieces: list[str], subject: str) -> list[str]:
    """Give the metric that closes a list to each of its items: 家电、汽车零售额 -> 家电 零售额."""
    *others, last = pieces
    if not others:
        return pieces
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
        metric = METRIC_END.search(last)
        if metric is None or metric.start() == 0 or any(METRIC_END.search(piece) for piece in others):
            return pieces
        shared = metric[0].removeprefix("的").strip()
    return [f"{piece} {shared}" for piece in others] + [last]
