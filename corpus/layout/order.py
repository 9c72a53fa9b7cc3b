"""The order in which a person reads the blocks of a page.

A recursive cut along white space (Nagy, Seth: Hierarchical Representation of Optically Scanned
Documents, 1984), with two changes: bands of the page that share a gutter are cut into columns
together, so that a headline over columns ends a band and a paragraph's end does not; and what no
cut can part is ordered by Breuel's two rules (High Performance Document Layout Analysis, 2003).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.layout.columns import (
    GUTTER,
    SHORTEST_PROSE,
    cut_by_rulings,
    cut_columns,
    free_gutters,
    is_column_break,
    is_headline,
)
from corpus.layout.lines import PrintedLine, Ruling, body_size
from corpus.layout.regions import (
    LONG_LINE,
    NEAR,
    SAME_SIZE,
    Area,
    Interval,
    Item,
    along,
    held,
    overlap,
    rows,
    strips,
    unite,
)

SHARED = 0.6  # of the shorter line's width that lies over the other
MOST_CLUSTERS = 150  # above, blocks are ordered from top to bottom: the rules take the cube of it


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are read one after the other: a column, a heading, a table.

    ``rows`` are the lines by the rows that they stand in; a row of several lines has wide gaps.
    """

    rows: tuple[tuple[PrintedLine, ...], ...]
    vertical: bool = False
    table: Area | None = None

    @property
    def lines(self) -> tuple[PrintedLine, ...]:
        """The lines in reading order."""
        return tuple(line for row in self.rows for line in row)


def order(
    lines: Sequence[PrintedLine], rulings: Sequence[Ruling] = (), tables: Sequence[Area] = ()
) -> list[Block]:
    """Return the blocks of a page in reading order; every line is in one of them, once.

    ``tables`` are areas that are read as one; their lines are not to be among ``lines``.
    """
    vertical = sum(len(line.text) for line in lines if line.vertical)
    sideways = 2 * vertical > sum(len(line.text) for line in lines)
    items = [_item(line, sideways) for line in lines if line.vertical == sideways]
    others = [line for line in lines if line.vertical != sideways]
    items += _foreign(others, sideways)
    size = body_size(lines)
    items += [_table_item(table, size, sideways) for table in tables]
    frame = [_turned(ruling, sideways) for ruling in rulings]
    return [_block(leaf, sideways) for leaf in _ordered(items, frame)]


def count_full(lines: Sequence[PrintedLine]) -> int:
    """Return how many lines have another of the same begin and end close under them, as columns of text do."""
    return len(held([_item(line, False) for line in lines if not line.vertical]))


def _item(line: PrintedLine, sideways: bool) -> Item:
    if sideways:
        return Item(line.top, -line.right, line.bottom, -line.left, line.size, (line,))
    return Item(line.left, line.top, line.right, line.bottom, line.size, (line,))


def _table_item(table: Area, size: float, sideways: bool) -> Item:
    if sideways:
        return Item(table.top, -table.right, table.bottom, -table.left, size, (), table)
    return Item(table.left, table.top, table.right, table.bottom, size, (), table)


def _turned(ruling: Ruling, sideways: bool) -> Ruling:
    return Ruling(ruling.top, -ruling.right, ruling.bottom, -ruling.left) if sideways else ruling


def _foreign(lines: Sequence[PrintedLine], sideways: bool) -> list[Item]:
    """Return the lines that run the other way than the page's, by clusters, in the page's frame."""
    found: list[Item] = []
    for cluster in clusters([_item(line, not sideways) for line in lines]):
        ordered = [line for row in rows(cluster) for item in row for line in item.lines]
        parts = [_item(line, sideways) for line in ordered]
        found.append(replace(unite(parts), foreign=True))
    return found


def _block(leaf: Sequence[Item], sideways: bool) -> Block:
    if len(leaf) == 1 and leaf[0].table is not None:
        return Block((), sideways, leaf[0].table)
    if len(leaf) == 1 and leaf[0].lines:
        lines = leaf[0].lines
        return Block(tuple((line,) for line in lines), lines[0].vertical)
    return Block(tuple(tuple(line for item in row for line in item.lines) for row in rows(leaf)), sideways)


def _ordered(items: Sequence[Item], rulings: Sequence[Ruling]) -> list[list[Item]]:
    """Return the leaves of the cuts, in reading order."""
    if len(items) < 2:
        return [list(items)] if items else []
    parts = _cut(items, rulings)
    if len(parts) > 1:
        return [leaf for part in parts for leaf in _ordered(part, rulings)]
    return _uncut(items, rulings)


def _cut(items: Sequence[Item], rulings: Sequence[Ruling]) -> list[list[Item]]:
    parts = cut_by_rulings(items, rulings)
    if len(parts) > 1 and not _is_one_column(items):
        return parts
    bands = _bands(items, rulings)
    if len(bands) > 1:
        return bands
    columns = cut_columns(items, rulings)
    return columns if len(columns) > 1 else _part_solid(items)


def _bands(items: Sequence[Item], rulings: Sequence[Ruling]) -> list[list[Item]]:
    """Return runs of strips: those cut into columns together, and those between them."""
    bounds = (min(item.left for item in items), max(item.right for item in items))
    cut: list[list[Item]] = strips(items)
    size = body_size([line for item in items for line in item.lines])
    bands: list[list[Item]] = []
    single: list[Item] = []
    start = 0
    while start < len(cut):
        end = _shared_gutter(cut, start, bounds, size, rulings)
        band = [item for strip in cut[start:end] for item in strip]
        if len(cut_columns(band, rulings)) > 1:
            bands += [single] if single else []
            bands.append(band)
            single, start = [], end
        else:
            # What is no columns as a whole is none in part: a table, a form, short lines.
            single += band
            start = end
    bands += [single] if single else []
    return bands


def _shared_gutter(
    cut: Sequence[Sequence[Item]], start: int, bounds: Interval, size: float, rulings: Sequence[Ruling]
) -> int:
    """Return the end of the run of strips from ``start`` that have a gutter in common."""
    free = free_gutters(cut[start], bounds, size)
    end = start + 1
    if is_headline(cut[start], size):
        return end
    while end < len(cut) and free:
        if is_column_break(cut[start:end], cut[end], size, rulings):
            break
        shared = [
            (max(a[0], b[0]), min(a[1], b[1]))
            for a in free
            for b in free_gutters(cut[end], bounds, size)
            if overlap(a, b) >= GUTTER * size
        ]
        if not shared:
            break
        free, end = shared, end + 1
    return end


def _part_solid(items: Sequence[Item]) -> list[list[Item]]:
    """Part what stands above a table from it and from what stands below, in a single column."""
    parts: list[list[Item]] = [[]]
    for strip in strips(items):
        if any(item.solid for item in strip):
            parts += [list(strip), []]
        else:
            parts[-1] += strip
    return [part for part in parts if part]


def _uncut(items: Sequence[Item], rulings: Sequence[Ruling]) -> list[list[Item]]:
    """Order what white space does not part: one column, or blocks that lock into each other."""
    if not any(item.solid for item in items) and _is_one_column(items):
        return [list(items)]
    blocks = clusters(items)
    if len(blocks) < 2 or len(blocks) == len(items) > MOST_CLUSTERS:
        return [list(items)] if not any(item.solid for item in items) else _by_top(items)
    united = [unite(block) if len(block) > 1 else block[0] for block in blocks]
    of = {id(whole): block for whole, block in zip(united, blocks, strict=True)}
    parts = _cut(united, rulings)
    if len(parts) > 1:
        opened = [[item for whole in part for item in of[id(whole)]] for part in parts]
        return [leaf for part in opened for leaf in _ordered(part, rulings)]
    return [of[id(whole)] for whole in _by_rules(united)]


def _by_top(items: Sequence[Item]) -> list[list[Item]]:
    return [[item] for item in sorted(items, key=lambda item: (item.top, item.left))]


def _is_one_column(items: Sequence[Item]) -> bool:
    """Tell rows of a column, a table or a form from columns side by side.

    Their rows do not interlock, and no long lines stand beside each other.
    """
    found = [rows(strip) for strip in strips(items, hold=False)]
    beside = sum(
        sum(item.width > LONG_LINE * item.size for item in row) > 1 for part in found for row in part
    )
    return beside < SHORTEST_PROSE and all(len(part) == 1 for part in found)


def clusters(items: Sequence[Item]) -> list[list[Item]]:
    """Return the items by blocks: lines of one size, close under each other."""
    found: list[list[Item]] = []
    open_clusters: list[list[Item]] = []
    for item in sorted(items, key=lambda item: (item.top, item.left)):
        reach = item.top - NEAR * item.size
        open_clusters = [c for c in open_clusters if max(other.bottom for other in c[-4:]) >= reach]
        near = [c for c in open_clusters if any(_joined(other, item) for other in c[-4:])]
        if not near:
            found.append([item])
            open_clusters.append(found[-1])
            continue
        near[0].append(item)
        for cluster in near[1:]:
            near[0] += cluster
            found = [other for other in found if other is not cluster]
            open_clusters = [other for other in open_clusters if other is not cluster]
        near[0].sort(key=lambda item: (item.top, item.left))
    return found


def _joined(upper: Item, lower: Item) -> bool:
    if upper.solid or lower.solid:
        return False
    size = max(upper.size, lower.size)
    if abs(upper.size - lower.size) > SAME_SIZE * size or lower.top - upper.bottom > NEAR * size:
        return False
    shared = overlap((upper.left, upper.right), (lower.left, lower.right))
    return shared >= SHARED * min(upper.width, lower.width)


def _by_rules(blocks: Sequence[Item]) -> list[Item]:
    """Order blocks by Breuel's rules; where these go round in a circle, the topmost goes first."""
    left = sorted(blocks, key=lambda block: (block.top, block.left))
    if len(left) > MOST_CLUSTERS:
        return left
    before = {id(block): {id(other) for other in left if _precedes(other, block, left)} for block in left}
    found: list[Item] = []
    while left:
        waiting = {id(block) for block in left}
        block = next((block for block in left if not before[id(block)] & waiting), left[0])
        found.append(block)
        left.remove(block)
    return found


def _precedes(first: Item, second: Item, blocks: Sequence[Item]) -> bool:
    if first is second:
        return False
    if overlap(along(first), along(second)) > 0:
        return first.middle < second.middle
    if first.right > second.left + first.size:
        return False
    low, high = sorted((first.middle, second.middle))
    return not any(
        low < block.middle < high
        and overlap(along(block), along(first)) > 0
        and overlap(along(block), along(second)) > 0
        for block in blocks
        if block is not first and block is not second
    )
