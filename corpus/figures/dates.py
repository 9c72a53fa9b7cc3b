"""Dates: years or quarters in a list, shared out over the quantities of a row that follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.figures.clauses import row_length
from corpus.figures.mention import Mention
from corpus.figures.period import find_periods

_JOIN = r"\s?(?:、|以及|[和与及])\s?"
_ITEM = r"(?:(?<!\d)(?:19|20)\d{2}年?(?:度|[末底初]|[上下]半年)?|[去今前上明]年|第?[一二三四](?:季度)?|\d{1,2}月份?)"
_LISTED = re.compile(rf"{_ITEM}(?:{_JOIN}{_ITEM})+(?<=[年度月份末底初])")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?年?\s?[-—–~～至到]{1,2}\s?((?:19|20)\d{2})\s?年(?!均|度?平均)")
_OPENS = re.compile(rf"{_LISTED.pattern}的?")
_UNIT = re.compile(r"(?:年(?:度|[末底初]|[上下]半年)?|季度|月份?)$")
_EACH = ("分别", "依次")
# More years than these stand in no list that a person wrote out.
_LONGEST = 12


def shared_out(text: str, start: int, mentions: Sequence[Mention]) -> dict[int, str]:
    """The time of each quantity of such a row, by the place where the quantity starts.

    >>> from corpus.figures.mentions import find_mentions
    >>> said = "2022年和2023年收入分别为5亿元和6亿元"
    >>> shared_out(said, 0, find_mentions(said, [])[-2:])
    {16: '2022年', 20: '2023年'}
    """
    said = text[start : mentions[-1].start]
    if not any(word in said for word in _EACH):
        return {}
    lists = sorted(_lists(text, start, mentions[-1].start))
    told: dict[int, str] = {}
    index = 0
    while lists and index < len(mentions):
        size = row_length(text, mentions, index)
        row = mentions[index : index + size]
        index += size
        end, dates = next(((end, dates) for end, dates in reversed(lists) if end <= row[0].start), (0, ()))
        between = text[end : row[0].start]
        clause = re.split("[，；。]", between)[-1]
        other = len(dates) == size and any(not period.aside for period in find_periods(between))
        if len(dates) == size and not other and (told or any(word in clause for word in _EACH)):
            told |= {mention.start: date for mention, date in zip(row, dates, strict=True)}
    return told


def without_dates(words: str) -> str:
    """Take a list of times off the front: 2022年和2023年收入 -> 收入."""
    opening = _OPENS.match(words)
    return words[opening.end() :] if opening else words


def _with_unit(item: str, unit: str) -> str:
    """2022 and 2023年末: 2022年末."""
    own = _UNIT.search(item)
    return item[: own.start()] + unit if own and unit.startswith(own[0]) else item if own else item + unit


def _lists(text: str, start: int, stop: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lists of times between two places, each with its end."""
    for found in _LISTED.finditer(text, start, stop):
        items = re.split(_JOIN, found[0])
        unit = _UNIT.search(items[-1])
        shared = unit[0] if unit else ""
        yield found.end(), tuple(_with_unit(item, shared) for item in items)
    for span in _SPAN.finditer(text, start, stop):
        first, last = int(span[1]), int(span[2])
        if first < last < first + _LONGEST:
            yield span.end(), tuple(map(str, range(first, last + 1)))
