"""Ordering: which places of an order a question asks for, from which end, and what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.figures.numerals import read_numeral

NUMBER = r"[\d一二两三四五六七八九十]+"
# 第二 of an order; not of 第二产业, 第二季度, 第一书记.
NTH = rf"第{NUMBER}(?=[\s的名位高低大小多少快慢长]|个(?:是|省|市|县|区)|是|[？?]|$)"
ORDER = (
    r"(?:排名|排行|排序|最[高低大小多少快慢好差长短]|(?:前|后|末)[几\d一二两三四五六七八九十]+(?!个?[年月季天周])|"
    rf"从[高大多低小少]到[高大多低小少]?|倒数|{NTH}|第一(?!产业|书记|批|期|次|所|个|季度|部|届|轮|家|阶段|时间)|名次)"
)
ASCENDING = re.compile(
    r"最[低小少慢短]|从[低小少]到|倒数|(?:后|末)[几\d一二两三四五六七八九十]+(?:名|位|个)?"
)
SUPERLATIVE = re.compile(r"最[高低大小多少快慢好差长短]")
# An order of amounts: what is best or worst is told in words.
QUANTITATIVE = re.compile(
    r"最[高低大小多少快慢长短]|排名|排行|排序|名次|从[高大多低小少]到|倒数|(?:前|后|末)[几\d一二两三四五六七八九十]"
)
FIRST_FEW = re.compile(
    rf"(?:前|后|末)({NUMBER})|最[高低大小多少快慢好差长短]的?({NUMBER})[个位家名种项]|({NUMBER})[个位家名种项]\S{{0,12}}最[高低大小多少快慢好差长短]"
)
ONE = re.compile(NTH)
EXCEPT = re.compile(
    r"除(?:了|去|开)?([^，,？?]{1,30}?)(?:以外|之外|[，,]|外(?!资|贸|汇|商|国|埠))(?:的)?[，,]?"
)
AND = re.compile(r"[、和与跟及]")


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order that is asked for: ``first`` to ``last`` of it, counted from 1; all of it where ``last`` is None.

    ``without`` are the names that are left out; ``text`` is the question without the words that say so.
    """

    ascending: bool
    first: int
    last: int | None
    without: tuple[str, ...]
    text: str

    @property
    def is_one(self) -> bool:
        """True where a single place of the order is asked for."""
        return self.first == self.last

    def leaves_out(self, name: str) -> bool:
        """Tell whether a name is one of those that are left out, whole or in short."""
        return any(other in name or name in other for other in self.without)


def ordering_of(text: str) -> Ordering:
    """Read which places of an order a question asks for.

    >>> ordering_of("除了松岭县，哪三个县产值最低")
    Ordering(ascending=True, first=1, last=3, without=('松岭县',), text='哪三个县产值最低')
    >>> found = ordering_of("产值第二的县")
    >>> found.first, found.last, found.is_one
    (2, 2, True)
    """
    left_out = EXCEPT.search(text)
    without = tuple(name.strip() for name in AND.split(left_out[1])) if left_out else ()
    rest = EXCEPT.sub("", text, count=1)
    ascending = ASCENDING.search(rest) is not None
    if one := ONE.search(rest):
        place = _number(one[0].removeprefix("第"))
        return Ordering(ascending, place, place, without, rest)
    if few := FIRST_FEW.search(rest):
        return Ordering(ascending, 1, _number(next(filter(None, few.groups()))), without, rest)
    return Ordering(ascending, 1, 1 if SUPERLATIVE.search(rest) else None, without, rest)


def nth(ordering: Ordering) -> str:
    """Return in words which place is asked for: 最高, 排第2."""
    if superlative := SUPERLATIVE.search(ordering.text):
        return superlative[0]
    end = "倒数" if ordering.ascending else ""
    return f"排{end}第{ordering.first}"


def listed(ordering: Ordering, items: Sequence[str], most: int) -> str:
    """Return ordered items with their places: those that are asked for, or of all the first ``most``."""
    end = ordering.last if ordering.last and not ordering.is_one else most
    return "；".join(f"{place}. {item}" for place, item in enumerate(items[:end], start=1))


def _number(text: str) -> int:
    numeral = read_numeral(text.replace("两", "二"))
    return max(1, int(numeral.value)) if numeral else 1
