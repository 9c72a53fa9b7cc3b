"""A grid of cells, line by line, without the columns and lines that hold nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.cells import Cell, is_head, is_value

Place = Cell | None
FEWEST_TWIN_ROWS = 2


@dataclass(slots=True)
class Line:
    """A line of the grid.

    number      of the row of the grid
    places      the cell over each column
    filled      the cells with text, each once, in order
    has_values  whether a cell beside the first holds data, or the first is a plain number
    """

    number: int
    places: Sequence[Place]
    filled: list[Cell] = field(init=False)
    has_values: bool = field(init=False)

    def __post_init__(self) -> None:
        distinct = {id(cell): cell for cell in self.places if cell}
        self.filled = [cell for cell in distinct.values() if cell.text.strip()]
        self.has_values = any(
            is_value(cell.text)
            for cell in self.filled
            if cell is not self.places[0] or cell.text.strip().isdecimal()
        )

    def starts(self, cell: Cell) -> bool:
        """Whether a cell begins on this line, and is not one that reaches down into it."""
        return cell.row == self.number

    def covered(self, cell: Cell) -> int:
        """Return how many columns a cell covers."""
        return sum(place is cell for place in self.places)

    def text(self, column: int) -> str:
        """Return the text over a column, without white space at its ends; empty where there is none."""
        cell = self.places[column]
        return cell.text.strip() if cell else ""


def read_grid(cells: Sequence[Cell]) -> list[list[Line]]:
    """Return the lines with text of each table in a grid: two that stand side by side are two."""
    numbers, grid = _grid(cells)
    sides = [
        [Line(number, places) for number, places in zip(numbers, side, strict=True)] for side in _sides(grid)
    ]
    return [[line for line in side if line.filled] for side in sides]


def _grid(cells: Sequence[Cell]) -> tuple[list[int], list[list[Place]]]:
    """Return the numbers of the rows in which a cell with text begins, and the cell over each place.

    Columns in which none begins are left out as well: pages are drawn with them to leave space, and a
    file may claim a million.  Of cells that lie over each other the first counts.
    """
    printed = [cell for cell in cells if cell.text.strip()]
    numbers = sorted({cell.row for cell in printed})
    columns = sorted({cell.column for cell in printed})
    grid: list[list[Place]] = [[None] * len(columns) for _ in numbers]
    for cell in cells:
        first, last = bisect_left(columns, cell.column), bisect_left(columns, cell.column + cell.columns)
        rows = range(bisect_left(numbers, cell.row), bisect_left(numbers, cell.row + cell.rows))
        for row in rows:
            for column in range(first, last):
                grid[row][column] = grid[row][column] or cell
    return numbers, grid


def _sides(grid: list[list[Place]]) -> list[list[list[Place]]]:
    """Part a grid in which a table goes on beside itself: the same heads again over further rows."""
    width = len(grid[0]) if grid else 0
    for row in grid[:3]:
        texts = [" ".join(cell.text.split()) if cell else "" for cell in row]
        for parts in (2, 3, 4):
            size = width // parts
            if (
                size >= 2
                and size * parts == width
                and _repeats(texts, size)
                and _are_names(grid, size, parts)
            ):
                return [[line[start : start + size] for line in grid] for start in range(0, width, size)]
    return [grid]


def _repeats(texts: Sequence[str], size: int) -> bool:
    first = texts[1:size]
    later = [texts[start + 1 : start + size] for start in range(size, len(texts), size)]
    heads = [texts[start] for start in range(0, len(texts), size)]
    return all(map(is_head, [*first, *heads])) and all(part == first for part in later)


def _are_names(grid: Sequence[Sequence[Place]], size: int, parts: int) -> bool:
    """Whether each part begins with a column of words."""
    for start in range(0, size * parts, size):
        column = [row[start] for row in grid]
        cells = [cell for cell in column if cell and cell.text.strip()]
        if len(cells) <= FEWEST_TWIN_ROWS or 2 * sum(is_value(cell.text) for cell in cells) > len(cells):
            return False
    return True
