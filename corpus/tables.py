"""Tables: from a grid of cells to what each row says under which heads.

The grid comes from any format; what its rows are (heads, groups, values, notes) is read from the
cells' spans and from what sort of text they hold, never from fonts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.captions import LINES_ABOVE, find_caption
from corpus.cells import Cell, is_head, is_unit_note, is_value, noted_unit
from corpus.grids import Line, read_grid
from corpus.table_heads import Path, head_depth, head_paths, opens_section
from corpus.table_names import Groups, naming_columns

__all__ = ["ELSEWHERE", "LINES_ABOVE", "Cell", "Row", "Section", "Table", "Value", "read_table"]

LONGEST_NAME = 40  # characters of a group's name; a longer line across a table is text
ELSEWHERE = -1  # the row of a cell that is printed in the table before
# Of all rows; where more have a name and nothing else, these are rows without data and not groups.
NAMED_ONLY = 0.3
MOST_NAMES = 10  # of such rows that are said together

_NOTE = re.compile(r"\s*[（(【]?(?:注|说明|备注|附注|资料来源|数据来源|来源)\s*\d*[:：]?")
_GROUP = re.compile(r".*[:：]\s*", re.DOTALL)


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
    titled = any(not is_unit_note(cell.text) for cell in caption.values())
    over = () if titled else find_caption(above)
    table = Table(over, tuple(caption.values()), sections, tuple(notes.values()))
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
        self.groups = Groups()
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
        columns = naming_columns(heads, body)
        subject = self._subject(heads, columns)
        single = sum(len(line.filled) == 1 for line in body)
        empty = single > NAMED_ONLY * len(body) or (carried and self._had_empty_rows())
        rows: list[Row] = []
        names = self._names_before(columns) if carried else {}
        nested = False
        for line in body:
            cell = line.filled[0]
            named = len(line.filled) == 1 and self._is_name(line, columns)
            group = named and (line.covered(cell) > 1 or _GROUP.fullmatch(cell.text) is not None or not empty)
            ended = self.groups.begin(cell, nested) if group else self.groups.reach(cell)
            rows += [Row(one.row, (), (one,), ()) for one in ended]
            if not group:
                row = self._row(line, heads, columns, names, subject)
                if named:
                    _add_name(rows, row)
                else:
                    rows.append(row)
            nested = group
        if not more:
            rows += [Row(one.row, (), (one,), ()) for one in self.groups.end()]
        return tuple(rows)

    def _had_empty_rows(self) -> bool:
        """Whether the table before has rows of a name and nothing else."""
        rows = self.before.sections[-1].rows if self.before else ()
        return any(row.labels and not row.values for row in rows)

    def _names_before(self, columns: Sequence[int]) -> dict[int, Cell]:
        """Return the name that holds on from the table before, for rows that begin without one."""
        rows = self.before.sections[-1].rows if self.before else ()
        if not rows or not rows[-1].labels or self.lines[0].text(columns[-1]):
            return {}
        return {columns[-1]: replace(rows[-1].labels[-1], row=ELSEWHERE)}

    def _is_name(self, line: Line, columns: Sequence[int]) -> bool:
        """Tell a line that has one name on it and nothing else."""
        cell = line.filled[0]
        if not line.starts(cell) or len(cell.text) > LONGEST_NAME or is_value(cell.text):
            return False
        return (
            line.covered(cell) > 1 or cell is line.places[0] or any(cell is line.places[at] for at in columns)
        )

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
        groups = (*subject, *self.groups.of_row())
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


def _add_name(rows: list[Row], row: Row) -> None:
    """Add a row that has a name and nothing else; a run of these is one."""
    last = rows[-1] if rows else None
    if last and not last.values and last.groups == row.groups and len(last.labels) < MOST_NAMES:
        rows[-1] = replace(last, labels=last.labels + row.labels)
    else:
        rows.append(row)


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
