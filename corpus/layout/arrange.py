"""The lines of a table without uprights: which cell of which column each is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.cells import is_blank, is_value
from corpus.layout.lines import PrintedLine
from corpus.layout.rowwise import middle

# In type sizes.
ALIGNED = 0.7  # by which the edges or middles of a column's cells differ
CENTRED = 1.2
HALF_LINE = 1.3  # between lines of heads, where one stands in the middle of two others
FARTHEST_LINE = 1.8  # type sizes between the lines of one cell

COVERED = 0.5  # of a column that a line stands over
WRAPPED_PITCH = 0.92  # times the distance of two rows: lines of one cell are closer


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of a table without uprights: its first column, how many it covers, and its lines."""

    column: int
    columns: int
    lines: tuple[PrintedLine, ...]


Rows = list[list[Entry]]
Lines = list[list[PrintedLine]]


def arrange(region: Lines, size: float) -> Rows:
    """Give the lines of a table's rows their columns, and unite the lines of one cell."""
    heads = head_count(region)
    while heads > 1 and len(region[heads - 1]) == 1 and _is_nearer_below(region, heads - 1):
        heads -= 1  # the first line of a cell of the first row
    columns = _columns(region[heads:], region[:heads], size)
    placed: list[list[Entry]] = []
    for number, row in enumerate(region):
        entries: dict[tuple[int, int], list[PrintedLine]] = {}
        for line in row:
            entries.setdefault(_place(line, columns, number < heads - 1, size), []).append(line)
        placed.append([Entry(*place, tuple(found)) for place, found in sorted(entries.items())])
    return _united_heads(placed[:heads], size) + _united(placed[heads:], columns, size)


def _is_nearer_below(region: Lines, number: int) -> bool:
    """Whether a row stands nearer to the one below it than to the one above."""
    above, row, below = (middle(region[at][0]) for at in (number - 1, number, number + 1))
    return below - row < row - above


def _united_heads(heads: Rows, size: float) -> Rows:
    """Unite a line of heads with those half a line above it: heads in the middle of two lines."""
    found: Rows = []
    for row in heads:
        if found and _height(row) - _height(found[-1]) < HALF_LINE * size and not _share(found[-1], row):
            found[-1] = sorted([*found[-1], *row], key=lambda entry: entry.column)
        else:
            found.append(row)
    return found


def _height(row: Sequence[Entry]) -> float:
    return min(middle(line) for entry in row for line in entry.lines)


def _share(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """Whether two rows have cells over the same column."""
    taken = {entry.column + at for entry in one for at in range(entry.columns)}
    return any(entry.column + at in taken for entry in other for at in range(entry.columns))


def head_count(region: Lines) -> int:
    """Return how many rows stand above the first with data."""
    data = (number for number, row in enumerate(region) if any(is_value(line.text) for line in row[1:]))
    return next(data, min(1, len(region)))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: how far its cells reach, and whether they hold data."""

    left: float
    right: float
    data: bool


def _columns(body: Lines, heads: Lines, size: float) -> list[_Column]:
    """Return the columns from left to right: of data first, then of words beside them."""
    rows = [row for row in body if len(row) > 1] or body
    values = [line for row in rows for line in row if is_value(line.text) or is_blank(line.text)]
    data = [_Column(left, right, True) for left, right in covered(values)]
    words = [line for row in rows for line in row if not is_value(line.text) and not is_blank(line.text)]
    beside = [line for line in words if not any(_overlap(line, column) > 0 for column in data)]
    columns = data + [_Column(left, right, False) for left, right in covered(beside)]
    for line in heads[-1] if heads else []:
        if not any(_overlap(line, column) > -size / 2 for column in columns):
            columns.append(_Column(line.left, line.right, False))
    return sorted(columns, key=lambda column: column.left)


def covered(lines: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.left):
        if united and line.left < united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], line.right))
        else:
            united.append((line.left, line.right))
    return united


def _overlap(line: PrintedLine, column: _Column) -> float:
    return min(line.right, column.right) - max(line.left, column.left)


def _place(line: PrintedLine, columns: Sequence[_Column], upper: bool, size: float) -> tuple[int, int]:
    """Return the first column that a line stands over, and how many it covers."""
    over = [
        number
        for number, column in enumerate(columns)
        if _overlap(line, column) > COVERED * (column.right - column.left)
    ]
    if len(over) > 1:
        return over[0], over[-1] - over[0] + 1
    nearest = max(range(len(columns)), key=lambda number: _overlap(line, columns[number]))
    if not upper or _is_on(line, columns[nearest], size):
        return nearest, 1
    return _centred(line, columns, size) or (nearest, 1)


def _is_on(line: PrintedLine, column: _Column, size: float) -> bool:
    centre = (line.left + line.right - column.left - column.right) / 2
    gaps = (line.left - column.left, line.right - column.right, centre)
    return min(abs(gap) for gap in gaps) <= ALIGNED * size


def _centred(line: PrintedLine, columns: Sequence[_Column], size: float) -> tuple[int, int] | None:
    """Return the fewest columns of data over whose middle a head stands."""
    centre = (line.left + line.right) / 2
    spans = [
        (last - first + 1, abs((columns[first].left + columns[last].right) / 2 - centre), first)
        for first in range(len(columns))
        for last in range(first + 1, len(columns))
        if columns[first].data
    ]
    fitting = [span for span in spans if span[1] <= CENTRED * size]
    return (min(fitting)[2], min(fitting)[0]) if fitting else None


def _united(rows: Rows, columns: Sequence[_Column], size: float) -> Rows:
    """Unite rows that are the lines of one: words that stand closer to a row than rows do to each other."""
    heights = [_height(row) for row in rows]
    full = [height for row, height in zip(rows, heights, strict=True) if not _is_name(row, columns)]
    pitch = median(later - one for one, later in pairwise(full)) if len(full) > 1 else 0.0
    reach = min(WRAPPED_PITCH * pitch, FARTHEST_LINE * size)
    gaps = [later - one for one, later in pairwise(heights)]
    joined = [False] * len(rows)  # to the row above
    for number, row in enumerate(rows):
        if not _is_name(row, columns):
            continue
        above = gaps[number - 1] if number else reach
        below = gaps[number] if number + 1 < len(rows) else reach
        if above < reach and above <= below:
            joined[number] = True
        elif below < reach:
            joined[number + 1] = True
    found: Rows = []
    for row, to_above in zip(rows, joined, strict=True):
        if to_above and found:
            found[-1] = _joined(found[-1], row)
        else:
            found.append(row)
    return found


def _is_name(row: Sequence[Entry], columns: Sequence[_Column]) -> bool:
    return all(not columns[entry.column].data for entry in row)


def _joined(upper: Sequence[Entry], lower: Sequence[Entry]) -> list[Entry]:
    joined = {entry.column: entry for entry in upper}
    for entry in lower:
        above = joined.get(entry.column)
        joined[entry.column] = replace(entry, lines=(above.lines if above else ()) + entry.lines)
    return [joined[column] for column in sorted(joined)]
