"""Tables without uprights: three-line tables, and those whose cells only stand over each other.

Where lines are drawn above and below rows of several cells each, the rows between them are the
table.  Where none are, a table begins from data that stands under each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.cells import is_time, is_value
from corpus.layout.arrange import ALIGNED, HALF_LINE, Lines, Rows, arrange, covered, head_count
from corpus.layout.grid import Span, spans_of
from corpus.layout.lines import PrintedLine, Ruling
from corpus.layout.rowwise import middle, rows_of

# In type sizes.
SAME_END = 1.5  # by which the lines over and under a table may differ in where they begin and end
NARROWEST = 8.0  # a three-line table
FARTHEST_ROW = 5.0  # between the middles of two rows of one table, whose cells may be of several lines
FARTHEST_HEAD = 3.0  # between a line of heads and the line under it
FARTHEST_LABEL = 25.0  # from a name to the first value of its row
LONGEST_CELL = 24.0  # longer lines are text

TABULAR = 0.5  # of the rows between two lines that have several cells
FEWEST_COLUMNS = 3  # where the cells are of several lines
WRAPPED_TABULAR = 0.2
FEWEST_ROWS = 3  # of data under each other, where no lines are drawn


def find_aligned(lines: Sequence[PrintedLine], rulings: Sequence[Ruling], size: float) -> list[Rows]:
    """Return the tables of lines that stand in no ruled frame, each as rows of cells."""
    regions = _between_rules(lines, spans_of(rulings, size, False), size)
    taken = {id(line) for region in regions for row in region for line in row}
    regions += _from_data([line for line in lines if id(line) not in taken], size)
    return [arrange(region, size) for region in regions]


def _between_rules(lines: Sequence[PrintedLine], across: Sequence[Span], size: float) -> list[Lines]:
    """Return the rows between drawn lines of one width, where most have several cells."""
    found: list[Lines] = []
    for rules in _alike([span for span in across if span.end - span.start >= NARROWEST * size], size):
        run: list[Lines] = []
        for over, under in pairwise(rules):
            band = rows_of([line for line in lines if _is_between(line, over, under, size)])
            if _is_tabular(band) or (run and _is_single(band, size)):
                run.append(_one_row(band))
                continue
            found += _region(run, lines, over, size)
            run = []
        found += _region(run, lines, rules[-1], size)
    return found


def _alike(spans: Sequence[Span], size: float) -> list[list[Span]]:
    """Return lines by where they begin and end, each group from top to bottom."""
    groups: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: span.at):
        for group in groups:
            if max(abs(group[0].start - span.start), abs(group[0].end - span.end)) <= SAME_END * size:
                group.append(span)
                break
        else:
            groups.append([span])
    return [group for group in groups if len(group) > 1]


def _is_between(line: PrintedLine, over: Span, under: Span, size: float) -> bool:
    inside = over.start - size <= line.left and line.right <= over.end + size
    return inside and over.at < middle(line) < under.at


def _is_tabular(band: Lines) -> bool:
    """Tell rows of several cells; where cells are of several lines, fewer have."""
    several = sum(len(row) > 1 for row in band)
    wide = len(covered([line for row in band for line in row])) >= FEWEST_COLUMNS
    return several > 0 and several >= (WRAPPED_TABULAR if wide else TABULAR) * len(band)


def _one_row(band: Lines) -> Lines:
    """Return a band with data in which none stands under other as one row: it is ruled off from the next."""
    lines = [line for row in band for line in row]
    values = [line for line in lines if is_value(line.text)]
    if not values or len(covered(values)) < len(values):
        return band
    return [sorted(lines, key=lambda line: line.left)]


def _is_single(band: Lines, size: float) -> bool:
    """Tell nothing, or the one short line of a group's name."""
    return not band or (len(band) == 1 and band[0][0].right - band[0][0].left <= LONGEST_CELL * size)


def _region(run: Sequence[Lines], lines: Sequence[PrintedLine], rule: Span, size: float) -> list[Lines]:
    """Return the rows of a run of bands where they are a table's; the heads may stand over its first line."""
    rows = [row for band in run for row in band]
    several = [row for row in rows if len(row) > 1]
    data = [row for row in several if any(is_value(line.text) for line in row[1:])]
    wide = [row for row in several if len(row) > 2]
    if len(several) < 2 or (3 * len(data) < len(several) and len(wide) < len(several)):
        return []
    heads = [] if head_count(rows) else _heads_over(rows, lines, rule.start, rule.end, size)
    return [[*heads, *rows, *_rows_under(rows, lines, size)]]


def _rows_under(rows: Lines, lines: Sequence[PrintedLine], size: float) -> Lines:
    """Return the rows that go on under a table's last line, where not each row has one."""
    columns = covered([line for row in rows for line in row])
    last = rows[-1][0]
    found: Lines = []
    for row in rows_of([line for line in lines if middle(line) > max(one.bottom for one in rows[-1])]):
        near = [
            line for line in row if columns[0][0] - size <= line.left and line.right <= columns[-1][1] + size
        ]
        places = [sum(left < line.right and line.left < right for left, right in columns) for line in near]
        if middle(row[0]) - middle(last) > FARTHEST_HEAD * size or len(near) < 2 or max(places) > 1:
            break
        found.append(near)
        last = row[0]
    return found


def _from_data(lines: Sequence[PrintedLine], size: float) -> list[Lines]:
    """Return the rows around data that stands under each other and has names on its left."""
    found: list[Lines] = []
    stacks = _stacks([line for line in lines if is_value(line.text)], size)
    taken: set[int] = set()
    for group in _side_by_side(stacks, size):
        free = [line for line in lines if id(line) not in taken]
        if region := _around(group, free, size):
            found.append(region)
            taken |= {id(line) for row in region for line in row}
    return found


def _stacks(values: Sequence[PrintedLine], size: float) -> list[list[PrintedLine]]:
    """Return runs of values under each other, aligned at an edge or in the middle."""
    open_stacks: list[list[PrintedLine]] = []
    done: list[list[PrintedLine]] = []
    for line in sorted(values, key=middle):
        near = [stack for stack in open_stacks if middle(line) - middle(stack[-1]) <= FARTHEST_ROW * size]
        done += [stack for stack in open_stacks if not any(stack is other for other in near)]
        open_stacks = near
        fitting = (stack for stack in open_stacks if _is_aligned(stack[-1], line, size))
        below = next((stack for stack in fitting if middle(line) - middle(stack[-1]) > size / 2), None)
        if below is None:
            open_stacks.append([line])
        else:
            below.append(line)
    return [stack for stack in [*done, *open_stacks] if len(stack) >= FEWEST_ROWS]


def _is_aligned(one: PrintedLine, other: PrintedLine, size: float) -> bool:
    ends = (one.right - other.right, one.left - other.left)
    centre = (one.left + one.right - other.left - other.right) / 2
    return min(abs(gap) for gap in (*ends, centre)) <= ALIGNED * size


def _side_by_side(stacks: Sequence[list[PrintedLine]], size: float) -> list[list[list[PrintedLine]]]:
    """Return stacks whose values stand in the same rows."""
    groups: list[list[list[PrintedLine]]] = []
    for stack in sorted(stacks, key=lambda stack: (stack[0].top, stack[0].left)):
        group = next((group for group in groups if _in_rows(stack, group, size)), None)
        if group is None:
            groups.append([stack])
        else:
            group.append(stack)
    return groups


def _in_rows(stack: Sequence[PrintedLine], group: Sequence[Sequence[PrintedLine]], size: float) -> bool:
    heights = [middle(line) for other in group for line in other]
    shared = sum(any(abs(middle(line) - height) <= size / 2 for height in heights) for line in stack)
    return shared >= TABULAR * len(stack)


def _around(group: Sequence[Sequence[PrintedLine]], lines: Sequence[PrintedLine], size: float) -> Lines:
    """Return the rows of data with their names and with the heads above; none where names are missing."""
    values = [line for stack in group for line in stack]
    data = {id(line) for line in values}
    top, bottom = min(line.top for line in values), max(line.bottom for line in values)
    body = rows_of([line for line in lines if top - size / 4 <= middle(line) <= bottom])
    first = min(line.left for line in values)
    labels = [
        label for row in body if any(id(line) in data for line in row) and (label := _label(row, first, size))
    ]
    data_rows = sum(any(id(line) in data for line in row) for row in body)
    if len(labels) < max(FEWEST_ROWS, 2 * data_rows // 3) or any(".." in label.text for label in labels):
        return []
    left = min(label.left for label in labels) - size / 2
    right = max(line.right for line in values) + size / 2
    body = [inside for row in body if (inside := [line for line in row if _is_within(line, left, right)])]
    return [*_heads_over(body, lines, left, right, size), *body]


def _label(row: Sequence[PrintedLine], first: float, size: float) -> PrintedLine | None:
    """Return the words that name a row: those next on the left of its data."""
    before = [line for line in row if line.right <= first + ALIGNED * size and not is_value(line.text)]
    if not before or before[-1].right - before[-1].left > LONGEST_CELL * size:
        return None
    label = before[-1]
    return label if first - label.right <= FARTHEST_LABEL * size else None


def _is_within(line: PrintedLine, left: float, right: float) -> bool:
    return left <= line.left and line.right <= right


def _heads_over(body: Lines, lines: Sequence[PrintedLine], left: float, right: float, size: float) -> Lines:
    """Return the rows of heads right above the data."""
    heads: Lines = []
    alone: Lines = []  # lines of one cell, heads only where one with more stands right over them
    reached = body[0][0]
    above = rows_of([line for line in lines if middle(line) < min(line.top for line in body[0])])
    for row in reversed(above):
        # A head may be wider than the data under it.
        near = [line for line in row if left <= (line.left + line.right) / 2 <= right]
        if not near:
            continue
        gap = middle(reached) - middle(near[0])
        if gap > FARTHEST_HEAD * size or not all(_may_head(line, size) for line in near):
            break
        reached = near[0]
        close = gap <= HALF_LINE * size
        if len(near) > 1 and (close or not alone):
            heads = [near, *alone, *heads]
            alone = []
        elif is_time(near[0].text) or (close and heads and not alone):
            heads.insert(0, near)
        elif not heads and not alone:
            alone = [near]
        else:
            break
    return heads


def _may_head(line: PrintedLine, size: float) -> bool:
    return line.right - line.left <= LONGEST_CELL * size and not is_value(line.text)
