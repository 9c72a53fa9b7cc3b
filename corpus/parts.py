"""Parts: which rows of a table are parts of a row above them, or say how it grew.

A part is marked (其中：, #), stands deeper on the line, belongs to a class that everything is parted by
(城镇, 第一产业), or completes the amounts of the parts before it to that of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.cells import Cell, amount_of
from corpus.figures.column_heads import CLASS_NAME, HOLDER, MARKS
from corpus.figures.rows import metric_at_end
from corpus.tables import Row

MOST_PARTS = 12  # that are added up
LONGEST_LIST = 30  # rows above, among which the whole of a part is looked for

_PART = re.compile(r"\s*(?:[#＃]|其中)")
# A name that says nothing without that of the row before it: 同比增长（%）, (+/-%).
_GROWTH = re.compile(
    r"\s*(?:[（(]?[+±]?[/／]?[-－]?\s?[%％][）)]?$|[（(]\+/-|(?:YoY|yoy|同比|环比|比上年|较上年|增长|增速|增幅|涨幅|占比|比重))"
)
_CLASSIFIES = re.compile(r"(?:其中[:：]?)?按.{1,16}分(?:组|类|列)?[:：]?|其中[:：]?")
_TOTAL = re.compile(r"[合总小]\s*计|平均|总[量数额]")
_NOTE = re.compile(r"[（(][^（）()]*[）)]$")
_INDENT = re.compile(r"[\s\u3000\xa0]*")
_WIDE = "\u3000"


@dataclass(frozen=True, slots=True)
class _Whole:
    """A row that others are parts of; ``indent`` is how deep its parts stand."""

    row: Row
    indent: int


def is_dependent(name: str) -> bool:
    """Tell a name that says nothing alone: of a part, of a growth.

    >>> [is_dependent(name) for name in ("其中：女性", "#城镇", "同比增长（%）", "女性", "工业增加值")]
    [True, True, True, False, False]
    """
    return _PART.match(name) is not None or _GROWTH.match(name) is not None


def is_classifying(name: str) -> bool:
    """Tell the name of a group that says only how its rows part what stands before: 按产业分, 其中：."""
    return _CLASSIFIES.fullmatch(re.sub(r"\s", "", name)) is not None


def parents(rows: Sequence[Row]) -> Iterator[tuple[Cell, ...]]:
    """Return for each row the names of those that it is a part or a growth of, outermost first."""
    reader = _Reader(rows)
    for index in range(len(rows)):
        yield reader.parents_of(index)


class _Reader:
    """Reads the rows of one section from top to bottom."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.above: list[Row] = []
        self.whole: _Whole | None = None
        self.classes: dict[str, Row] = {}
        self.siblings: set[int] = set()
        self.before: tuple[Cell, ...] = ()

    def parents_of(self, index: int) -> tuple[Cell, ...]:
        """Return the names that a row's own hangs on, and take note of it for those below."""
        row = self.rows[index]
        if not row.values or not row.labels:
            return ()
        name = _name(row)
        if _GROWTH.match(name) and not _PART.match(name):
            return self.before
        whole = self._whole_of(index)
        if whole is None:
            self.whole = None
            self.above = [*self.above[-LONGEST_LIST:], row]
            self.before = (row.labels[-1],)
            return ()
        self.before = (whole.labels[-1], row.labels[-1])
        return (whole.labels[-1],)

    def _whole_of(self, index: int) -> Row | None:
        row = self.rows[index]
        if _classified(row):
            return next((one for one in reversed(self.above) if not _classified(one)), None)
        if _PART.match(_name(row)):
            wholes = (other for other in reversed(self.above) if not _is_less(other, row))
            whole = next(wholes, None)
            if whole is not None:
                self._begin(index, whole, _indent(row) or 1)
            return whole
        if self.whole and self._goes_on(index):
            self.classes[_bare(row)] = self.whole.row
            return self.whole.row
        return self._opened(index)

    def _begin(self, index: int, whole: Row, indent: int) -> None:
        if self.whole is None or self.whole.row is not whole:
            self.siblings = set()
        self.whole = _Whole(whole, indent)
        self.siblings |= _completing(self.rows, index, whole)

    def _goes_on(self, index: int) -> bool:
        """Whether an unmarked row is a further part: by its depth, its sum, or the class it names."""
        row = self.rows[index]
        if self.whole is None or row.groups != self.whole.row.groups:
            return False
        deeper = _indent(row) >= self.whole.indent > _indent(self.whole.row)
        return deeper or index in self.siblings or _is_class(row)

    def _opened(self, index: int) -> Row | None:
        """Return the whole of a first part that no mark tells: 地区生产总值 over 第一产业."""
        row, last = self.rows[index], self.above[-1] if self.above else None
        name = _bare(row)
        if _is_class(row) and name not in self.classes:
            # 第三产业 behind 工业 and 建筑业, which are parts of 第二产业.
            whole = next((one for other, one in self.classes.items() if other[-2:] == name[-2:]), None)
            if whole and whole.groups == row.groups and not _is_less(whole, row):
                self.classes[name] = whole
                return whole
        if last is None or last.groups != row.groups or _is_class(last) or _TOTAL.match(_bare(last)):
            return None
        deeper = _indent(row) > _indent(last)
        if not deeper and (not _is_class(row) or _is_less(last, row)):
            return None
        self._begin(index, last, _indent(row) or 1)
        self.classes = {name: last} if _is_class(row) else {}
        return last


def _name(row: Row) -> str:
    return row.labels[-1].text


def _bare(row: Row) -> str:
    """Return a row's name without marks, units and the spaces that only spread it."""
    return _NOTE.sub("", MARKS.sub("", re.sub(r"\s", "", _name(row)), count=1))


def _is_class(row: Row) -> bool:
    return CLASS_NAME.fullmatch(_bare(row)) is not None


def _classified(row: Row) -> bool:
    return any(is_classifying(group.text) for group in row.groups)


def _indent(row: Row) -> int:
    """Return how deep a name stands, in narrow characters."""
    space = _INDENT.match(_name(row))
    return sum(2 if character == _WIDE else 1 for character in space[0]) if space else 0


def _is_less(whole: Row, part: Row) -> bool:
    """Whether the first amount of a row is less than that of another under the same heads."""
    for value in part.values:
        amount, of_whole = amount_of(value.cell.text), _under(whole, value.heads)
        if amount is not None and of_whole is not None:
            return of_whole < amount
    return False


def _under(row: Row, heads: tuple[Cell, ...]) -> Decimal | None:
    """Return the amount of a row under some heads."""
    return next((amount_of(one.cell.text) for one in row.values if one.heads == heads), None)


def _completing(rows: Sequence[Row], first: int, whole: Row) -> set[int]:
    """Return the rows from a first part on whose amounts, added up, are that of the whole; else none."""
    for value in rows[first].values:
        target, total = _under(whole, value.heads), Decimal(0)
        if target is None or target == 0:
            continue
        for index in range(first, min(len(rows), first + MOST_PARTS)):
            amount = _under(rows[index], value.heads)
            if amount is None or (index > first and _stands_alone(rows[index])):
                return set()
            total += amount
            if abs(total - target) <= _rounding(target) * (index - first + 1):
                return set(range(first + 1, index + 1))
        return set()
    return set()


def _stands_alone(row: Row) -> bool:
    """Tell a row that begins parts of its own, or that names an amount: 进口总额, not 女性 nor 民营企业."""
    name = _bare(row)
    named = metric_at_end(name) is not None and HOLDER.search(name) is None
    return _PART.match(_name(row)) is not None or named


def _rounding(amount: Decimal) -> Decimal:
    """Return half of the last place that an amount is printed with."""
    return Decimal((0, (5,), int(amount.as_tuple().exponent) - 1))
