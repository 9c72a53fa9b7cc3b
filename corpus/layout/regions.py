"""Boxes on a page, and the white space between them: what the reading order is found from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from corpus.layout.lines import PrintedLine

# The boxes of neighbours may overlap a little: fonts claim more height than their characters take,
# recognised lines more width.  In type sizes, from each side.
SLACK_ACROSS = 0.15
SLACK_ALONG = 0.1
NEAR = 0.9  # type sizes between two lines of one block
SAME_SIZE = 0.15  # by which the type of one block may differ
SAME_EDGE = 0.6  # type sizes by which the ends of full lines may differ
LONG_LINE = 7.0  # type sizes; shorter ones may be cells of a table
SAME_ROW = 0.5  # of the lower box's height that two boxes of one row share

Interval = tuple[float, float]


class Area(Protocol):
    """Anything with a place on a page that is read as one: a table."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is read as one, with its box in the frame of the reading.

    In that frame lines run from left to right and follow from top to bottom; a page of vertical
    text is turned into it.
    """

    left: float
    top: float
    right: float
    bottom: float
    size: float
    lines: tuple[PrintedLine, ...]
    table: Area | None = None
    foreign: bool = False

    @property
    def solid(self) -> bool:
        """Whether it is no line of this frame: a table, or lines that run the other way."""
        return self.table is not None or self.foreign

    @property
    def width(self) -> float:
        """Extent along the line."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Middle across the line."""
        return (self.top + self.bottom) / 2


def unite(items: Sequence[Item]) -> Item:
    """Return one item that holds several (at least one), in their order."""
    return Item(
        min(item.left for item in items),
        min(item.top for item in items),
        max(item.right for item in items),
        max(item.bottom for item in items),
        median(item.size for item in items),
        tuple(line for item in items for line in item.lines),
    )


def across(item: Item) -> Interval:
    """Return the item's extent across the lines, without slack."""
    slack = min(SLACK_ACROSS * item.size, (item.bottom - item.top) / 4)
    return item.top + slack, item.bottom - slack


def along(item: Item) -> Interval:
    """Return the item's extent along the lines, without slack."""
    slack = min(SLACK_ALONG * item.size, item.width / 4)
    return item.left + slack, item.right - slack


def covered(items: Iterable[Item], extent: Callable[[Item], Interval]) -> list[Interval]:
    """Return the intervals that items cover, united where they touch, in order."""
    united: list[Interval] = []
    for start, end in sorted(extent(item) for item in items):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((start, end))
    return united


def strips(items: Sequence[Item], hold: bool = True) -> list[list[Item]]:
    """Return the items by the white lines that run across all of them, top to bottom.

    Unless ``hold`` is false, the space between two lines of one column of text is no such white line.
    """
    reach = held(items) if hold else {}
    found: list[list[Item]] = []
    reached = float("-inf")
    for item in sorted(items, key=lambda item: across(item)[0]):
        start, end = across(item)
        if start > reached or not found:
            found.append([])
        found[-1].append(item)
        reached = max(reached, end, reach.get(id(item), end))
    return found


def held(items: Sequence[Item]) -> dict[int, float]:
    """Return, for lines with another as long close under them, where that one begins."""
    found: dict[int, float] = {}
    last: dict[int, Item] = {}
    for item in sorted(items, key=lambda item: item.top):
        if item.solid:
            continue
        place = round(item.left / max(2 * item.size, 1e-6))
        near = (last.get(place + step) for step in (-1, 0, 1))
        above = [other for other in near if other is not None and _is_next_line(other, item)]
        for other in above:
            found[id(other)] = across(item)[0]
        last[place] = item
    return found


def _is_next_line(upper: Item, lower: Item) -> bool:
    """Tell two lines of the same type, begin and end, with no more than a line's space between them."""
    size = min(upper.size, lower.size)
    return (
        abs(upper.left - lower.left) < SAME_EDGE * size
        and abs(upper.right - lower.right) < SAME_EDGE * size
        and max(upper.size, lower.size) < (1 + SAME_SIZE) * size
        and upper.middle < lower.top < upper.bottom + NEAR * size
        and upper.width > LONG_LINE * size
    )


def rows(items: Sequence[Item]) -> list[list[Item]]:
    """Return the items of a block by rows, top to bottom, each row from left to right."""
    found: list[list[Item]] = []
    for item in sorted(items, key=lambda item: (item.middle, item.left)):
        row = next((row for row in reversed(found[-3:]) if _in_row(item, row)), None)
        if row is None:
            found.append([item])
        else:
            row.append(item)
    return [sorted(row, key=lambda item: item.left) for row in found]


def _in_row(item: Item, row: Sequence[Item]) -> bool:
    """Tell whether an item stands on the row's line and beside, not over, what stands there."""
    for other in row:
        shared = min(item.bottom, other.bottom) - max(item.top, other.top)
        if shared < SAME_ROW * min(item.bottom - item.top, other.bottom - other.top):
            return False
        if min(item.right, other.right) - max(item.left, other.left) > SAME_ROW * min(
            item.width, other.width
        ):
            return False
    return True


def overlap(first: Interval, second: Interval) -> float:
    """Return how far two intervals overlap; negative is the gap between them."""
    return min(first[1], second[1]) - max(first[0], second[0])
