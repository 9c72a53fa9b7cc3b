"""Tables: from a grid of cells to what each row says under which heads.

The grid comes from any format; what its rows are (heads, groups, values, notes) is read from the
cells' spans and from what sort of text they hold, never from fonts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.captions import LINES_ABOVE, find_caption
from corpus.cells import Cell, is_head, is_unit_note, is_value, noted_unit
from corpus.grids import Line, read_grid
from corpus.table_heads import Path, head_depth, head_paths, opens_section

__all__ = ["ELSEWHERE", "LINES_ABOVE", "Cell", "Row", "Section", "Table", "Value", "read_table"]

LONGEST_NAME = 40  # characters of a group's name; a longer line across a table is text
FEWEST_ORDINALS = 2
ELSEWHERE = -1  # the row of a cell that is printed in the table before
VALUES_OF_A_COLUMN = 0.5  # share of a column's filled cells that hold data, when it is one of data
# Of the cells under each other in a first column this share is empty where they name several rows each.
SPREAD_NAMES = 0.25
# Of all rows; where more have a name and nothing else, these are rows without data and not groups.
NAMED_ONLY = 0.3
MOST_NAMES = 10  # of such rows that are said together

_NOTE = re.compile(r"\s*[（(【]?(?:注|说明|备注|附注|资料来源|数据来源|来源)\s*\d*[:：]?")
_GROUP = re.compile(
    r".*[:：]\s*$|\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])", re.DOTALL
)
# 一、 stands over （一）, and this over 1.: names without a number stand under any of them.
_LIST_NUMBERS = (
    re.compile(r"\s*[一二三四五六七八九十]+、"),
    re.compile(r"\s*[（(][一二三四五六七八九十]+[）)]"),
    re.compile(r"\s*\d{1,2}[.．、](?!\d)"),
)
_ORDINAL_HEAD = re.compile(r"(?:序号?|编号|行次|顺序号|No\.?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A cell and the heads over it, outermost first."""

    heads: Path
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: the group it stands in, its own name, and its values under their heads.

    A run of rows that have a name and nothing else is one row of several names.
    """

    number: int
    groups: tuple[Cell, ...]
    labels: tuple[Cell, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under the same heads.

    heads    the head cells of each column, outermost first
    number   of the first head row
    carried  True where the heads are printed over an earlier table that this one goes on from
    """

    heads: tuple[Path, ...]
    number: int
    rows: tuple[Row, ...]
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read.

    above    its title, time and unit, from the lines over it
    caption  the same from its own cells
    notes    lines in its cells that are of the table as a whole: remarks, sources
    """

    above: tuple[str, ...]
    caption: tuple[Cell, ...]
    sections: tuple[Section, ...]
    notes: tuple[Cell, ...] = ()


def read_table(cells: Sequence[Cell], above: Sequence[str] = (), before: Table | None = None) -> Table | None:
    """Read a grid of cells; None where it is no table of rows (one column, one row: a layout).

    above   the lines of text over it, the nearest last; its title and unit are found among them
    before  the table that ends where this one begins (at the foot of the page before): where this
            one has no heads and is as wide, it goes on under those
    """
    sides = [side for side in read_grid(cells) if side]
    if not sides or len(sides[0][0].places) < 2 or len(sides[0]) < (1 if before else 2):
        return None
    tables = [_Reader(side, before).read() for side in sides]
    caption = {id(cell): cell for table in tables for cell in table.caption}
    notes = {id(cell): cell for table in tables for cell in table.notes}
    sections = tuple(section for table in tables for section in table.sections)
    table = Table(find_caption(above), tuple(caption.values()), sections, tuple(notes.values()))
    if before and sections and sections[0].carried and not caption:
        return replace(table, above=before.above, caption=before.caption)
    return table


class _Reader:
    """Reads one grid from top to bottom."""

    def __init__(self, lines: Sequence[Line], before: Table | None) -> None:
        self.lines = lines
        self.width = len(lines[0].places)
        self.before = before
        self.numeric = any(line.has_values for line in lines)
        self.groups: list[Cell] = []
        self.caption: list[Cell] = []
        self.notes: list[Cell] = []

    def read(self) -> Table:
        """Return the table; its caption from lines above is not known here."""
        index = self._skip_captions()
        end = self._drop_notes(index)
        sections: list[Section] = []
        while index < end:
            heads, below, carried = self._heads(index, end, bool(sections))
            number = self.lines[index].number
            inside = range(below + 1, end)
            section_end = next((at for at in inside if opens_section(self.lines, at, self.numeric)), end)
            rows = self._rows(heads, self.lines[below:section_end], carried, section_end < end)
            sections.append(Section(heads, number, rows, carried))
            index = section_end
        return Table((), tuple(self.caption), tuple(sections), tuple(self.notes))

    def _skip_captions(self) -> int:
        """Take the lines across the whole table at its top as its title; return the line after them."""
        index = 0
        while index + 2 < len(self.lines) and len(self.lines[index].filled) == 1:
            line, cell = self.lines[index], self.lines[index].filled[0]
            across = line.covered(cell) == self.width or is_unit_note(cell.text)
            if not across and (index or len(self.lines[1].filled) == 1 or self.before is not None):
                break
            self.caption.append(cell)
            index += 1
        return index

    def _drop_notes(self, begin: int) -> int:
        """Take the remarks at the table's foot; return the line after its last row."""
        end = len(self.lines)
        while end > begin + 1 and _NOTE.match(self.lines[end - 1].filled[0].text):
            line = self.lines[end - 1]
            if len(line.filled) > 1 and len(line.filled[0].text) < LONGEST_NAME:
                break
            self.notes = [*line.filled, *self.notes]
            end -= 1
        return end

    def _heads(self, index: int, end: int, later: bool) -> tuple[tuple[Path, ...], int, bool]:
        """Return the heads of each column, the line after them, and whether they are of the table before."""
        depth = head_depth(self.lines[index:end], self.numeric)
        if depth:
            return head_paths(self.lines[index : index + depth]), index + depth, False
        if not later and self.before and self.before.sections:
            # Its cells may be fewer where the table before was wider in another part.
            carried = tuple(dict.fromkeys(self.before.sections[-1].heads))
            if len(carried) == self.width:
                return carried, index, True
            if len(self.before.sections[-1].heads) == self.width and any(carried):
                return self.before.sections[-1].heads, index, True
        return ((),) * self.width, index, False

    def _rows(
        self, heads: tuple[Path, ...], body: Sequence[Line], carried: bool, more: bool
    ) -> tuple[Row, ...]:
        """Read the lines under heads; the name of a group at their end is of the section to come."""
        columns = self._label_columns(heads, body)
        subject = self._subject(heads, columns)
        single = [line for line in body if len(line.filled) == 1]
        empty_rows = len(single) > NAMED_ONLY * len(body)
        rows: list[Row] = []
        names = self._names_before(columns) if carried else {}
        grouping = False
        for line in body:
            cell = line.filled[0]
            if self.groups and (level := _level(cell)) is not None:
                self._close_groups(level)
            if len(line.filled) > 1 or not self._is_name(line, columns):
                rows.append(self._row(line, heads, columns, names, subject))
                grouping = False
            elif line.covered(cell) > 1 or _GROUP.fullmatch(cell.text) or not empty_rows:
                self._open_group(cell, grouping)
                grouping = True
            else:
                _add_name(rows, line, tuple(self.groups))
                grouping = False
        if grouping and not more:
            # A group without rows says only itself.
            rows.append(Row(self.groups[-1].row, tuple(self.groups[:-1]), (self.groups.pop(),), ()))
        return tuple(rows)

    def _names_before(self, columns: Sequence[int]) -> dict[int, Cell]:
        """Return the name that holds on from the table before, for rows that begin without one."""
        rows = self.before.sections[-1].rows if self.before else ()
        if not rows or not rows[-1].labels or self.lines[0].text(columns[-1]):
            return {}
        return {columns[-1]: replace(rows[-1].labels[-1], row=ELSEWHERE)}

    def _open_group(self, cell: Cell, nested: bool) -> None:
        """Let a group begin: inside those whose numbers stand over its own, or that it follows at once."""
        level = _level(cell)
        if level is not None:
            self._close_groups(level)
        elif not nested:
            self.groups = []
        self.groups.append(cell)

    def _close_groups(self, level: int) -> None:
        """Let the groups end that a numbered name of a level does not stand under."""
        levels = [_level(group) for group in self.groups]
        self.groups = [
            group for group, own in zip(self.groups, levels, strict=True) if own is not None and own < level
        ]

    def _is_name(self, line: Line, columns: Sequence[int]) -> bool:
        """Tell a line that has one name on it and nothing else."""
        cell = line.filled[0]
        if not line.starts(cell) or len(cell.text) > LONGEST_NAME or is_value(cell.text):
            return False
        return (
            line.covered(cell) > 1 or cell is line.places[0] or any(cell is line.places[at] for at in columns)
        )

    def _label_columns(self, heads: tuple[Path, ...], body: Sequence[Line]) -> list[int]:
        """Return the columns that name the rows: the first with words, and the next where the first
        names several rows at once."""
        columns = [column for column in range(self.width) if any(line.text(column) for line in body)]
        while columns and self._is_ordinal(heads[columns[0]], body, columns):
            columns.pop(0)
        labels = columns[:1]
        while len(columns) > len(labels) + 1 and labels and len(labels) < 3:
            following = columns[len(labels)]
            if not self._spreads(labels[-1], body) or self._holds_data(following, body):
                break
            labels.append(following)
        return labels

    def _is_ordinal(self, path: Path, body: Sequence[Line], columns: Sequence[int]) -> bool:
        if len(columns) < 3 and not path:
            return False
        if path and _ORDINAL_HEAD.fullmatch("".join(path[-1].text.split())):
            return True
        texts = [text for line in body if (text := line.text(columns[0]))]
        numbers = [int(text) for text in texts if text.isdecimal()]
        counts = len(numbers) == len(texts) and all(later == one + 1 for one, later in pairwise(numbers))
        return counts and len(numbers) >= FEWEST_ORDINALS and numbers[0] in (0, 1)

    def _spreads(self, column: int, body: Sequence[Line]) -> bool:
        """Whether the cells of a column name several rows each: they reach down, or are left empty below."""
        lines = [line for line in body if len(line.filled) > 1]
        reaching = any((cell := line.places[column]) and not line.starts(cell) for line in lines)
        empty = sum(not line.text(column) for line in lines)
        first = bool(lines) and bool(lines[0].text(column))
        return reaching or (first and empty >= SPREAD_NAMES * len(lines))

    def _holds_data(self, column: int, body: Sequence[Line]) -> bool:
        texts = [text for line in body if (text := line.text(column))]
        return sum(map(is_value, texts)) > VALUES_OF_A_COLUMN * len(texts)

    def _subject(self, heads: tuple[Path, ...], columns: Sequence[int]) -> Path:
        """Return the head over the names where it says what the rows are parts of, with their unit."""
        path = heads[columns[-1]] if columns else ()
        return path[-1:] if path and noted_unit(path[-1].text) else ()

    def _row(
        self,
        line: Line,
        heads: tuple[Path, ...],
        columns: Sequence[int],
        names: dict[int, Cell],
        subject: Path,
    ) -> Row:
        """Read a line; ``names`` keeps the names that hold for further rows."""
        groups = (*subject, *self.groups)
        if not any(heads) and (pairs := _pairs(line.filled)):
            return Row(line.number, groups, (), pairs)
        labels: list[Cell] = []
        for column in columns:
            cell = line.places[column]
            if cell and cell.text.strip():
                names[column] = cell
            elif column != columns[-1] or ((held := names.get(column)) and held.row == ELSEWHERE):
                cell = names.get(column)
            if cell and cell.text.strip() and not any(cell is label for label in labels):
                labels.append(cell)
        values = [
            Value(_over(cell, line, heads), cell)
            for cell in line.filled
            if not any(cell is label for label in labels)
        ]
        return Row(line.number, groups, tuple(labels), tuple(values))


def _level(cell: Cell) -> int | None:
    """Return how deep the number before a name stands, None for one without."""
    return next((level for level, number in enumerate(_LIST_NUMBERS) if number.match(cell.text)), None)


def _add_name(rows: list[Row], line: Line, groups: tuple[Cell, ...]) -> None:
    """Add a row that has a name and nothing else; a run of these is one."""
    name = (line.filled[0],)
    if rows and not rows[-1].values and rows[-1].groups == groups and len(rows[-1].labels) < MOST_NAMES:
        rows[-1] = replace(rows[-1], labels=rows[-1].labels + name)
    else:
        rows.append(Row(line.number, groups, name, ()))


def _pairs(filled: Sequence[Cell]) -> tuple[Value, ...]:
    """Read a line of names with a value each: 收盘价 5.65元 总市值 27亿元."""
    if len(filled) % 2 or not all(is_head(cell.text) for cell in filled[::2]):
        return ()
    if len(filled) > 2 and not any(is_value(cell.text) for cell in filled[1::2]):
        return ()
    return tuple(Value((name,), cell) for name, cell in zip(filled[::2], filled[1::2], strict=True))


def _over(cell: Cell, line: Line, heads: tuple[Path, ...]) -> Path:
    """Return the heads that stand over all of a cell."""
    paths = [heads[at] for at, place in enumerate(line.places) if place is cell and heads[at]]
    if not paths:
        return ()
    return tuple(head for head in paths[0] if all(any(head is one for one in path) for path in paths[1:]))
