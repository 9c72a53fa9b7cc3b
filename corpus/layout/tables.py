"""Tables on a page: ruled ones from their lines, others from how their cells stand over each other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.captions import is_table_title
from corpus.cells import Cell, is_unit_note, is_value
from corpus.layout.aligned import find_aligned
from corpus.layout.grid import Frame, find_frames
from corpus.layout.lines import PrintedLine, Ruling, body_size
from corpus.layout.rowwise import middle, rows_of

FEWEST_FILLED = 4  # cells with text; the frames of charts and boxes have fewer
MOST_CHARACTERS = 250  # in a cell, on average; more is text in columns
INSIDE = 0.3  # type sizes that a line must reach over a ruling to be cut there
FEWEST_OPEN_ROWS = 2
FARTHEST_TITLE = 2.5  # type sizes between a table, the note of its unit and its title


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell and the lines that print it; the cell's text is theirs, parted by line ends."""

    cell: Cell
    lines: tuple[PrintedLine, ...]

    def printed(self, start: int, end: int) -> tuple[PrintedLine, int, int] | None:
        """Return the line that prints ``cell.text[start:end]``, and where in it; None for a line end."""
        for line in self.lines:
            if start < len(line.text):
                return line, start, min(end, len(line.text))
            start, end = start - len(line.text) - 1, end - len(line.text) - 1
            if start < 0:
                return None
        return None


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table on a page: its area, and its cells, which ``corpus.tables.read_table`` reads."""

    left: float
    top: float
    right: float
    bottom: float
    cells: tuple[PrintedCell, ...]


def find_tables(
    lines: Sequence[PrintedLine], rulings: Sequence[Ruling] = ()
) -> tuple[list[PrintedTable], list[PrintedLine]]:
    """Return the tables of a page, top to bottom, and the lines that are in none, in their order."""
    size = body_size(lines)
    upright = [line for line in lines if not line.vertical]
    tables: list[PrintedTable] = []
    taken: set[int] = set()
    frames = _without_stripes(find_frames(rulings, size), size) if size else []
    for frame in frames:
        inside = [line for line in upright if id(line) not in taken and _is_inside(line, frame)]
        if (table := _ruled(frame, inside, size)) is not None:
            tables.append(table)
            taken |= {id(line) for line in inside}
    rest = [line for line in upright if id(line) not in taken]
    free = [ruling for ruling in rulings if not any(_frames(frame, ruling, size) for frame in frames)]
    for rows in find_aligned(rest, free, size) if size else []:
        slots = [
            _Slot(number, entry.column, 1, entry.columns, list(entry.lines))
            for number, row in enumerate(rows)
            for entry in row
        ]
        tables.append(_table(slots))
        taken |= {id(line) for slot in slots for line in slot.lines}
    left = [line for line in lines if id(line) not in taken]
    tables = [_with_title(table, left, size) for table in sorted(tables, key=lambda table: -table.top)]
    taken |= {id(line) for table in tables for cell in table.cells for line in cell.lines}
    tables.sort(key=lambda table: (table.top, table.left))
    return tables, [line for line in left if id(line) not in taken]


def _with_title(table: PrintedTable, lines: Sequence[PrintedLine], size: float) -> PrintedTable:
    """Return a table with the title and the note of its unit that stand right over it, as its first rows.

    The note may stand at the edge of the page, beyond the table.
    """
    found: list[PrintedLine] = []
    top = table.top
    over = [line for line in lines if not line.vertical and line.bottom <= top + size / 2]
    for row in reversed(rows_of([line for line in over if line.right > table.left])):
        notes = [line for line in row if is_unit_note(line.text)]
        titles = [line for line in row if is_table_title(line.text) and line.left < table.right]
        if not (notes or titles) or top - row[0].bottom > FARTHEST_TITLE * size:
            break
        found = [*titles, *notes, *found]
        top = row[0].top
        if titles:
            break
    if not found:
        return table
    width = max(cell.cell.column + cell.cell.columns for cell in table.cells)
    slots = [_Slot(row, 0, 1, width, [line]) for row, line in enumerate(found)]
    below = [replace(cell, cell=replace(cell.cell, row=cell.cell.row + len(found))) for cell in table.cells]
    return replace(table, top=top, cells=(*_table(slots).cells, *below))


def _is_inside(line: PrintedLine, frame: Frame) -> bool:
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return frame.left <= x <= frame.right and frame.top <= y <= frame.bottom


def _without_stripes(frames: list[Frame], size: float) -> list[Frame]:
    """Drop the frames of shaded rows: every second row of a table without lines."""

    def alike(one: Frame, other: Frame) -> bool:
        return len(one.xs) == len(other.xs) and all(
            abs(x - y) <= size for x, y in zip(one.xs, other.xs, strict=True)
        )

    single = [frame for frame in frames if len(frame.ys) == 2]
    return [
        frame for frame in frames if sum(alike(frame, other) for other in single if other is not frame) < 2
    ]


def _frames(frame: Frame, ruling: Ruling, size: float) -> bool:
    """Tell a line of a frame: it bounds nothing else."""
    return (
        frame.left - size <= ruling.left
        and ruling.right <= frame.right + size
        and frame.top - size <= ruling.top
        and ruling.bottom <= frame.bottom + size
    )


@dataclass(slots=True)
class _Slot:
    """A cell that is being filled."""

    row: int
    column: int
    rows: int
    columns: int
    lines: list[PrintedLine]


def _ruled(frame: Frame, lines: Sequence[PrintedLine], size: float) -> PrintedTable | None:
    """Return the table in a frame; None for a box around a chart or around columns of text."""
    slots = {box: _Slot(box.row, box.column, box.rows, box.columns, []) for box in frame.boxes}
    for line in lines:
        for piece in _cut(line, frame, size):
            box = frame.box_at((piece.left + piece.right) / 2, middle(piece))
            if box is not None:
                slots[box].lines.append(piece)
    filled = [slot for slot in slots.values() if slot.lines]
    if len(filled) < FEWEST_FILLED or len({slot.column for slot in filled}) < 2:
        return None
    characters = sum(len(line.text) for slot in filled for line in slot.lines)
    if characters > MOST_CHARACTERS * len(filled):
        return None
    return _table(_open_rows(list(slots.values())))


def _cut(line: PrintedLine, frame: Frame, size: float) -> list[PrintedLine]:
    """Cut a line where the edge of a cell runs through it: characters of two cells drawn in one go."""
    inside = [x for x in frame.xs[1:-1] if line.left + INSIDE * size < x < line.right - INSIDE * size]
    places = [0]
    for x in inside:
        left = frame.box_at(x - INSIDE * size, middle(line))
        if left is not None and left != frame.box_at(x + INSIDE * size, middle(line)):
            places.append(_place_at(line, x))
    places = sorted({*places, len(line.text)})
    return [piece for start, end in pairwise(places) if (piece := line.cut(start, end)) is not None]


def _place_at(line: PrintedLine, x: float) -> int:
    """Return the first character whose middle is right of a place."""
    return next((at for at in range(len(line.text)) if sum(line.reach(at, at + 1)) / 2 > x), len(line.text))


def _open_rows(slots: Sequence[_Slot]) -> list[_Slot]:
    """Part the rows of a frame that are not ruled: where data stands under each other in one cell."""
    found: list[_Slot] = []
    added = 0
    reaching: list[tuple[_Slot, int]] = []
    for number in range(max(slot.row + slot.rows for slot in slots)):
        row = [slot for slot in slots if slot.row == number]
        anchors = _anchors([slot for slot in row if slot.rows == 1])
        for slot in row:
            slot.row += added
            if slot.rows > 1:
                reaching.append((slot, number + slot.rows))
                found.append(slot)
            else:
                found += _parted(slot, anchors)
        for slot, end in reaching:
            if number < end:
                slot.rows += max(0, len(anchors) - 1)
        added += max(0, len(anchors) - 1)
    return found


def _anchors(row: Sequence[_Slot]) -> list[float]:
    """Return the heights of the values that stand under each other in the cells of one ruled row."""
    counts = Counter(len(rows_of(slot.lines)) for slot in row if slot.lines)
    columns = [
        slot.lines
        for slot in row
        if len(slot.lines) >= FEWEST_OPEN_ROWS and all(is_value(line.text) for line in slot.lines)
    ]
    most = max(columns, key=len, default=[])
    if not most or counts[len(most)] < 2:
        return []
    return sorted(middle(line) for line in most)


def _parted(slot: _Slot, anchors: Sequence[float]) -> list[_Slot]:
    if len(anchors) < 2:
        return [slot]
    bounds = [(one + other) / 2 for one, other in pairwise(anchors)]
    parts = [_Slot(slot.row + place, slot.column, 1, slot.columns, []) for place in range(len(anchors))]
    for line in slot.lines:
        parts[bisect_right(bounds, middle(line))].lines.append(line)
    return parts


def _table(slots: Sequence[_Slot]) -> PrintedTable:
    lines = [line for slot in slots for line in slot.lines]
    cells: list[PrintedCell] = []
    for slot in sorted(slots, key=lambda slot: (slot.row, slot.column)):
        ordered = [line for row in rows_of(slot.lines) for line in row]
        text = "\n".join(line.text for line in ordered)
        cells.append(PrintedCell(Cell(text, slot.row, slot.column, slot.rows, slot.columns), tuple(ordered)))
    return PrintedTable(
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
        tuple(cells),
    )
