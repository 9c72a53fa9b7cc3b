"""Breakdown: parts that are named without what is measured (其中城镇居民…) take it from their whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.figures.amount import normalise
from corpus.figures.column_heads import CLASS_NAME, HOLDER
from corpus.figures.indicator import Reading
from corpus.figures.mention import Mention
from corpus.figures.phrases import flow_of, join
from corpus.figures.rows import metric_at_end

_WORDS = r"(?:其中(?![之的]|一[个家项名位条些部])|(?:[分按从][^，。；、\d]{1,8}看|按[^，。；、\d]{1,8}分)(?=[，,：:]))"
_OPENS = re.compile(rf"(?:^|[，,；;、（(：:\s]){_WORDS}")
_OPENS_SENTENCE = re.compile(rf"\s*{_WORDS}")
# A part is a short name; longer ones are clauses with a deed of their own.
_LONGEST_PART = 12
_SHORT_PART = 6  # behind a comma; 工业用电量 and 旅游收入 have a metric of their own
_SHORT_METRIC = 3
_METRIC_OF_PEOPLE = re.compile(r"居民(?=人均)")


def opens_breakdown(sentence: str) -> bool:
    """True for a sentence that parts what the one before spoke of: 其中，…, 分产业看，…."""
    return _OPENS_SENTENCE.match(sentence) is not None


def with_wholes(
    text: str, start: int, readings: Sequence[Reading], earlier: Sequence[Reading]
) -> list[Reading]:
    """Readings of the sentence that begins at ``start``, its parts named with the metric of their whole.

    earlier  the readings of the sentence before, for a sentence that opens with 其中
    """
    said = text[start : readings[-1].mention.start]
    if ("其中" not in said and "看" not in said and "分" not in said) or _OPENS.search(said) is None:
        return list(readings)
    alone = opens_breakdown(said)
    told: list[Reading] = []
    wholes: list[Reading] = list(earlier)
    part, end, inside = "", start, False
    for index, reading in enumerate(readings):
        between = text[end : reading.mention.start]
        end = reading.mention.end
        if _OPENS.search(between):
            wholes = list(readings[:index]) or wholes
            inside, part = True, ""
        elif index and reading.indicator == readings[index - 1].indicator:
            told.append(replace(reading, indicator=told[-1].indicator, subject=told[-1].subject))
            continue
        name = _bare(reading.indicator)
        inside = inside and (not part or _goes_on(between, part, name, alone))
        if not inside:
            told.append(reading)
            continue
        whole = next((one for one in reversed(wholes) if _same_sort(one, reading)), None)
        told.append(_named(reading, whole) if whole else reading)
        part = name
        if name != reading.indicator and not reading.counted:  # 国有企业增加值增长5%，股份制企业增长6%
            wholes.append(replace(reading, indicator=reading.indicator[len(name) :].strip()))
    return told


def _goes_on(between: str, part: str, name: str, whole_sentence: bool) -> bool:
    """True where the next name stands in one list with the part before: 夏粮…，秋粮…."""
    alike = name[-1:] == part[-1:] or (CLASS_NAME.fullmatch(part) and CLASS_NAME.fullmatch(name))
    return bool(
        alike or "、" in between or whole_sentence or ("；" not in between and len(name) <= _SHORT_PART)
    )


def _bare(indicator: str) -> str:
    """The name without its metric: 税收收入 -> 税收."""
    metric = metric_at_end(indicator)
    if metric is None or not metric.start() or HOLDER.search(indicator):
        return indicator
    return indicator[: metric.end() - len(_measured(metric))].strip()


def _measured(metric: re.Match[str]) -> str:
    """The metric's own words: 第二产业增加值 is of 第二产业."""
    return metric[0].removeprefix("的").removeprefix("产业")


def _same_sort(whole: Reading, part: Reading) -> bool:
    """True where a part can be of that whole: both a growth or both an amount, in one unit."""
    changes = (_is_change(whole), _is_change(part))
    return bool(whole.indicator) and changes[0] == changes[1] and _base(whole.mention) == _base(part.mention)


def _is_change(reading: Reading) -> bool:
    return reading.lead.direction is not None


def _base(mention: Mention) -> str:
    return normalise(Decimal(1), mention.unit)[1]


def _named(reading: Reading, whole: Reading) -> Reading:
    """The part with the metric of its whole: 城镇居民 -> 城镇居民 人均可支配收入."""
    part = reading.indicator
    if not part or " " in part or reading.counted or len(part) > _LONGEST_PART or part in whole.indicator:
        return reading
    metric = metric_at_end(whole.indicator)
    flow = flow_of(whole.indicator)
    if metric_at_end(part) and not HOLDER.search(part):
        return reading
    if flow and (metric is None or HOLDER.search(whole.indicator)) and not flow_of(part):
        return replace(reading, indicator=f"{flow} {part}")
    if metric is None or _says_it(part, metric[0]):
        return reading
    if HOLDER.search(whole.indicator) and not CLASS_NAME.fullmatch(part):
        return reading  # 企业1200家，其中民营980家
    in_word = metric.start() == 1  # 城镇化率 is one word
    measured = whole.indicator if in_word or CLASS_NAME.fullmatch(part) else _measured(metric)
    if part.endswith("居民"):
        measured = _METRIC_OF_PEOPLE.sub("", measured)
    name = join(part, measured)
    return replace(reading, indicator=name, subject=name)


def _says_it(part: str, metric: str) -> bool:
    """True for a name that says what is measured: 增值税 of 税收."""
    return len(metric) <= _SHORT_METRIC and part[-1] in metric
