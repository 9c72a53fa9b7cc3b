"""Columns: which white space that runs down a part of the page parts text beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from corpus.headings import CLAUSE_MARK
from corpus.layout.lines import Ruling, is_spread
from corpus.layout.regions import Interval, Item, across, along, covered, overlap, rows

Rows = list[list[Item]]

GUTTER = 0.8  # type sizes; chance gaps in lines of text do not align over several of them
RULED_GUTTER = 0.2  # type sizes, where a line is drawn between the columns
RULED_SHARE = 0.6  # of the height that such a line has at least
SHORTEST_COLUMN = 2  # rows
SHORTEST_PROSE = 3  # rows; fewer that stand beside each other may be a form's
FULL_SHARE = 0.85  # of the width or height of what a line parts from edge to edge
PROSE_WIDTH = 7.0  # type sizes; the lines of a column of text are rarely shorter, cells are
PROSE_FILL = 0.75  # of the column's width that a line of text has, but for a paragraph's last
LONG_COLUMN = 6  # rows
LIKE_SHARE = 0.6  # of the longer column's rows that the other has at least
RUNNING_SHARE = 0.5  # of the rows of a running text that have a mark between clauses
ALIGNED_SHARE = 0.7  # of the rows of a side that stand at the height of one on the other: a table's
NEAR_ROW = 0.75  # type sizes; lines beside each other may stand half a line off
BESIDE_SHARE = 0.5  # of the lines of the shorter column that have others beside them
LARGER = 1.15  # times the text's size: a vertical headline beside it
HEADLINE = 1.5  # times the text's size: over columns; headings inside of one are smaller
LONGEST_HEADLINE = 3  # lines
FAR = 3.0  # type sizes; white space that parts one story from another


def free_gutters(items: Sequence[Item], bounds: Interval, size: float) -> list[Interval]:
    """Return the white space in the bounds that is as wide as a gutter, from left to right."""
    edges = [(bounds[0], bounds[0]), *covered(items, along), (bounds[1], bounds[1])]
    return [(a[1], b[0]) for a, b in pairwise(edges) if b[0] - a[1] >= RULED_GUTTER * size]


def cut_columns(items: Sequence[Item], rulings: Sequence[Ruling]) -> list[list[Item]]:
    """Return the columns from left to right; the items as they are where there is one column."""
    if len(items) < 2:
        return [list(items)]
    columns: list[list[Item]] = []
    rest = rows(items)
    for gutter in _gutters(items, rulings):
        left = _filled([item for item in row if item.left < gutter] for row in rest)
        right = _filled([item for item in row if item.left >= gutter] for row in rest)
        if left and right and _are_columns(left, right):
            columns.append([item for row in left for item in row])
            rest = right
    return _headlines_first([*columns, [item for row in rest for item in row]])


def _filled(rows: Iterable[list[Item]]) -> Rows:
    return [row for row in rows if row]


def _headlines_first(columns: Sequence[list[Item]]) -> list[list[Item]]:
    """Put vertical headlines beside the text, from right to left, before it."""
    headlines = [
        column
        for column in columns
        if all(item.foreign and all(line.vertical for line in item.lines) for item in column)
    ]
    others = [column for column in columns if not any(column is headline for headline in headlines)]
    sizes = [item.size for column in others for item in column]
    if not sizes or not headlines:
        return list(columns)
    if max(item.size for column in headlines for item in column) < LARGER * median(sizes):
        return list(columns)
    return [*reversed(headlines), *others]


def cut_by_rulings(items: Sequence[Item], rulings: Sequence[Ruling]) -> list[list[Item]]:
    """Return the parts of a page's part that drawn lines part from edge to edge, in reading order."""
    left, right = min(item.left for item in items), max(item.right for item in items)
    top, bottom = min(item.top for item in items), max(item.bottom for item in items)
    for vertical in (False, True):
        begin, end = (top, bottom) if vertical else (left, right)
        places = sorted(
            (ruling.left + ruling.right) / 2 if vertical else (ruling.top + ruling.bottom) / 2
            for ruling in rulings
            if ruling.vertical == vertical
            and overlap((begin, end), _reach(ruling)) >= FULL_SHARE * (end - begin)
        )
        parts = _part_at(items, places, vertical)
        if len(parts) > 1:
            return parts
    return [list(items)]


def _reach(ruling: Ruling) -> Interval:
    return (ruling.top, ruling.bottom) if ruling.vertical else (ruling.left, ruling.right)


def _part_at(items: Sequence[Item], places: Sequence[float], vertical: bool) -> list[list[Item]]:
    """Part items at places that none of them stands on."""
    extent = along if vertical else across
    free = [at for at in places if not any(extent(item)[0] < at < extent(item)[1] for item in items)]
    parts: list[list[Item]] = [[] for _ in range(len(free) + 1)]
    for item in items:
        parts[sum(sum(extent(item)) / 2 > at for at in free)].append(item)
    return [part for part in parts if part]


def _gutters(items: Sequence[Item], rulings: Sequence[Ruling]) -> list[float]:
    """Return the middles of the white space wide enough to be a gutter."""
    size = median(item.size for item in items)
    top, bottom = min(item.top for item in items), max(item.bottom for item in items)
    found: list[float] = []
    for before, after in pairwise(covered(items, along)):
        ruled = any(
            ruling.vertical
            and before[1] - size < ruling.left < after[0] + size
            and min(bottom, ruling.bottom) - max(top, ruling.top) >= RULED_SHARE * (bottom - top)
            for ruling in rulings
        )
        if after[0] - before[1] >= (RULED_GUTTER if ruled else GUTTER) * size:
            found.append((before[1] + after[0]) / 2)
    return found


def _are_columns(left: Rows, right: Rows) -> bool:
    """Tell columns, read one after the other, from cells of rows, read row by row."""
    if any(item.solid for row in (*left, *right) for item in row):
        return True
    if not _is_beside(left, right):
        return False
    fewest, most = sorted((len(left), len(right)))
    # The text may end soon after the last column's beginning; a form has a field in nearly every row.
    long = fewest >= SHORTEST_PROSE or most >= SHORTEST_PROSE * fewest
    if long and _is_prose(left) and _is_prose(right):
        return True
    # A name or a number for every line of a running text is none of that line.
    if fewest >= max(LONG_COLUMN, LIKE_SHARE * most) and (_is_running(left) or _is_running(right)):
        return True
    return fewest >= SHORTEST_COLUMN and not _is_aligned(left, right)


def _is_prose(found: Rows) -> bool:
    """Tell a column of text by lines that are long, or at least as long as the column is wide."""
    widths = [width for row in found for width in _widths(row)]
    if median(widths) >= PROSE_WIDTH:
        return True
    full = sum(width >= PROSE_FILL * max(widths) for width in widths)
    return max(widths) >= PROSE_WIDTH / 2 and full >= PROSE_FILL * len(widths) and len(widths) > 4


def _is_running(found: Rows) -> bool:
    """Tell a column of sentences by their punctuation."""
    marked = sum(any(CLAUSE_MARK.search(line.text) for item in row for line in item.lines) for row in found)
    return _is_prose(found) and marked >= RUNNING_SHARE * len(found)


def _widths(row: Sequence[Item]) -> list[float]:
    """Return the widths, in type sizes, of what stands in a row; of words spread over it that of the row."""
    gaps = [after.left - before.right for before, after in pairwise(row)]
    if is_spread([line for item in row for line in item.lines], gaps):
        return [(row[-1].right - row[0].left) / max(row[0].size, 1e-6)]
    return [item.width / max(item.size, 1e-6) for item in row]


def _is_beside(left: Rows, right: Rows) -> bool:
    """Tell columns that stand beside each other from short lines at both edges of one column."""
    fewer, more = sorted((left, right), key=len)
    extents = [across(row[0]) for row in more]
    met = sum(
        any(overlap(across(row[0]), extent) > -NEAR_ROW * row[0].size for extent in extents) for row in fewer
    )
    return met >= BESIDE_SHARE * len(fewer)


def _is_aligned(left: Rows, right: Rows) -> bool:
    """Tell rows that stand at the same heights on both sides."""
    fewer, more = sorted((left, right), key=len)
    middles = [row[0].middle for row in more]
    met = sum(any(abs(row[0].middle - middle) < 0.4 * row[0].size for middle in middles) for row in fewer)
    return met >= ALIGNED_SHARE * len(fewer)


def is_headline(strip: Sequence[Item], size: float) -> bool:
    """Tell lines in large type with nothing beside them: over columns, however short they are."""
    if len(strip) > LONGEST_HEADLINE or any(item.solid or item.size < HEADLINE * size for item in strip):
        return False
    return all(len(row) == 1 for row in rows(strip))


def is_column_break(
    band: Sequence[Sequence[Item]], strip: Sequence[Item], size: float, rulings: Sequence[Ruling]
) -> bool:
    """Tell whether a strip begins another story than the columns above it."""
    if is_headline(strip, size):
        return True
    upper = max(across(item)[1] for item in band[-1])
    lower = min(across(item)[0] for item in strip)
    left = min(item.left for part in band for item in part)
    right = max(item.right for part in band for item in part)
    if any(
        not ruling.vertical
        and upper - size / 2 < ruling.top < lower + size / 2
        and min(right, ruling.right) - max(left, ruling.left) > 0.7 * (right - left)
        for ruling in rulings
    ):
        return True
    # Of columns that have ended, what follows after white space is no part.
    return len(strip) == 1 and len(band) > 1 and lower - upper > FAR * size
