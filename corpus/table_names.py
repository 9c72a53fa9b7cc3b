"""Which columns of a table name its rows, and the groups that rows stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.cells import Cell, is_value
from corpus.grids import Line
from corpus.table_heads import Path

FEWEST_ORDINALS = 2
MOST_NAMING_COLUMNS = 3
VALUES_OF_A_COLUMN = 0.5  # share of a column's filled cells that hold data, when it is one of data
# Of the cells under each other in a first column this share is empty where they name several rows each.
SPREAD_NAMES = 0.25

_ORDINAL_HEAD = re.compile(r"(?:序号?|编号|行次|顺序号|No\.?)", re.IGNORECASE)
# 一、 stands over （一）, and this over 1.: names without a number stand under any of them.
_LIST_NUMBERS = (
    re.compile(r"\s*[一二三四五六七八九十]+、"),
    re.compile(r"\s*[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"\s*\d{1,2}[.．、](?!\d)"),
)


def naming_columns(heads: Sequence[Path], body: Sequence[Line]) -> list[int]:
    """Return the columns that name the rows: the first with words, and the next where the first
    names several rows at once."""
    columns = [column for column in range(len(heads)) if any(line.text(column) for line in body)]
    while columns and _is_ordinal(heads[columns[0]], body, columns):
        columns.pop(0)
    naming = columns[:1]
    while 0 < len(naming) < min(MOST_NAMING_COLUMNS, len(columns) - 1):
        following = columns[len(naming)]
        if not _spreads(naming[-1], body) or _holds_data(following, body):
            break
        naming.append(following)
    return naming


def _is_ordinal(path: Path, body: Sequence[Line], columns: Sequence[int]) -> bool:
    """Tell a column of list numbers."""
    if len(columns) < 3 and not path:
        return False
    if path and _ORDINAL_HEAD.fullmatch("".join(path[-1].text.split())):
        return True
    texts = [text for line in body if (text := line.text(columns[0]))]
    numbers = [int(text) for text in texts if text.isdecimal()]
    counts = len(numbers) == len(texts) and all(later == one + 1 for one, later in pairwise(numbers))
    return counts and len(numbers) >= FEWEST_ORDINALS and numbers[0] in (0, 1)


def _spreads(column: int, body: Sequence[Line]) -> bool:
    """Whether the cells of a column name several rows each: they reach down, or are left empty below."""
    lines = [line for line in body if len(line.filled) > 1]
    reaching = any((cell := line.places[column]) and not line.starts(cell) for line in lines)
    empty = sum(not line.text(column) for line in lines)
    first = bool(lines) and bool(lines[0].text(column))
    return reaching or (first and empty >= SPREAD_NAMES * len(lines))


def _holds_data(column: int, body: Sequence[Line]) -> bool:
    texts = [text for line in body if (text := line.text(column))]
    return sum(map(is_value, texts)) > VALUES_OF_A_COLUMN * len(texts)


class Groups:
    """The groups that the next row stands in, outermost first; those without a row say only themselves."""

    def __init__(self) -> None:
        self._open: list[Cell] = []
        self._without_row: list[Cell] = []

    def begin(self, cell: Cell, nested: bool) -> list[Cell]:
        """Begin a group, inside those whose numbers stand over its own, or that it follows at once.

        Return the groups that end with it and had no row.
        """
        level = _level(cell)
        ended = self.reach(cell) if level is not None else [] if nested else self.end()
        self._open.append(cell)
        self._without_row.append(cell)
        return ended

    def reach(self, cell: Cell) -> list[Cell]:
        """Come to a row: end the groups that its number does not stand under; return those without a row."""
        level = _level(cell)
        if level is None:
            return []
        levels = [_level(group) for group in self._open]
        keep = [own is not None and own < level for own in levels]
        ended = [group for group, kept in zip(self._open, keep, strict=True) if not kept]
        self._open = [group for group, kept in zip(self._open, keep, strict=True) if kept]
        return self._left(ended)

    def end(self) -> list[Cell]:
        """End all groups; return those without a row."""
        ended, self._open = self._open, []
        return self._left(ended)

    def of_row(self) -> tuple[Cell, ...]:
        """Return the groups of a row that is read now."""
        self._without_row = []
        return tuple(self._open)

    def _left(self, ended: Sequence[Cell]) -> list[Cell]:
        left = [group for group in self._without_row if any(group is one for one in ended)]
        self._without_row = [group for group in self._without_row if not any(group is one for one in left)]
        return left


def _level(cell: Cell) -> int | None:
    """Return how deep the number before a name stands, None for one without."""
    return next((level for level, number in enumerate(_LIST_NUMBERS) if number.match(cell.text)), None)
