"""Which lines of a grid are heads: over the first row, or between rows where others begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cells import (
    Cell,
    is_amount,
    is_blank,
    is_dated_head,
    is_head,
    is_time,
    is_unit,
    is_value,
    noted_unit,
)
from corpus.grids import Line

Path = tuple[Cell, ...]

MOST_HEADS = 5  # lines of heads over each other

_FIRST_HEAD = re.compile(
    r"(?:指标|名称|项目|地区|年份|年度|产品|类别|分类|行业|区域|品种|科目|时间|月份|季度|城市|区县|县区|市县|单位|部门|内容|序号)"
    r"|.{1,8}(?:名称|指标|项目|类别|分类|名单|地区)"
)
_VALUE_HEAD = re.compile(
    r".*(?:数值|数量|金额|余额|总额|[数量额率值价]|内容|说明|情况|占比|比重|合计|面积|人口|收入|支出|产值|同比|增速|[±%])"
)


def head_depth(lines: Sequence[Line], numeric: bool) -> int:
    """Return how many lines from the first on are heads; ``numeric`` where the table holds data."""
    first = lines[0]
    if len(lines) < 2 or len(first.filled) < 2 or not (_may_head(first, numeric) or _dates_columns(lines)):
        return 0
    if len(first.places) == 2 and not _heads_a_pair(lines):
        return 0
    depth = 1
    while depth < min(len(lines) - 1, MOST_HEADS) and _goes_on(lines[depth - 1], lines[depth], numeric):
        depth += 1
    return depth


def head_paths(block: Sequence[Line]) -> tuple[Path, ...]:
    """Return the heads over each column, outermost first."""
    return tuple(_path(block, column) for column in range(len(block[0].places)))


def opens_section(lines: Sequence[Line], index: int, numeric: bool) -> bool:
    """Tell a line of new heads inside a table: words where data stands, and data below."""
    line = lines[index]
    if not numeric or len(line.filled) < 2 or not _may_head(line, numeric):
        return False
    first = line.places[0]
    if any(is_blank(cell.text) for cell in line.filled) or (first is not None and not line.starts(first)):
        return False
    below = next((later for later in lines[index + 1 : index + 1 + MOST_HEADS] if later.has_values), None)
    if below is None:
        return False
    data = [
        column
        for column, cell in enumerate(below.places)
        if column and cell is not None and is_value(cell.text)
    ]
    words = [column for column in data if line.text(column)]
    named = not line.text(0) or _FIRST_HEAD.fullmatch("".join(line.text(0).split()))
    after_group = len(lines[index - 1].filled) == 1
    times = all(is_time(line.text(column)) for column in data)
    return len(words) == len(data) > 0 and bool(named or after_group or times)


def _path(block: Sequence[Line], column: int) -> Path:
    path: list[Cell] = []
    for depth, line in enumerate(block):
        cell = line.places[column]
        if not line.text(column) and any(below.text(column) for below in block[depth + 1 :]):
            # Where cells were not merged, a head stands over the first of its columns only.
            cell = next((line.places[at] for at in range(column - 1, 0, -1) if line.text(at)), None)
        if cell and cell.text.strip() and line.covered(cell) < len(line.places):
            path += [cell] * (not any(cell is head for head in path))
    return tuple(path)


def _may_head(line: Line, numeric: bool) -> bool:
    return all(is_head(cell.text) for cell in line.filled) and not (numeric and line.has_values)


def _dates_columns(lines: Sequence[Line]) -> bool:
    """Tell a first line that heads columns by days (2023年12月31日 over balances): below are amounts, no days."""
    first = lines[0]
    dated = [column for column, cell in enumerate(first.places) if cell and is_dated_head(cell.text)]
    words = [cell for cell in first.filled if not is_dated_head(cell.text)]
    if not dated or not words or 0 in dated or not all(is_head(cell.text) for cell in words):
        return False
    below = [
        text for line in lines[1:] for column in dated if (text := line.text(column)) and not is_unit(text)
    ]
    return any(map(is_amount, below)) and all(is_amount(text) or is_blank(text) for text in below)


def _heads_a_pair(lines: Sequence[Line]) -> bool:
    """Tell a head over two columns from the first of rows that are a name and a value each."""
    name, value = lines[0].text(0), lines[0].text(1)
    if not name or is_time(value) or is_unit(value) or _FIRST_HEAD.fullmatch("".join(name.split())):
        return True
    heading = _VALUE_HEAD.fullmatch(value) or noted_unit(value)
    return bool(heading) and all(is_value(line.text(1)) for line in lines[1:])


def _goes_on(above: Line, line: Line, numeric: bool) -> bool:
    """Tell a further line of heads: it parts those over it, or the first head reaches down into it."""
    fresh = [cell for cell in line.filled if line.starts(cell)]
    if not fresh or any(not is_head(cell.text) for cell in fresh):
        return False
    first = line.places[0]
    if first is not None and line.text(0) and not line.starts(first):
        return True
    if not line.text(0) and all(is_unit(cell.text) for cell in fresh):
        return True
    times = sum(is_time(cell.text) for cell in fresh)
    if numeric and not line.has_values and 2 * times >= len(fresh) > 1:
        return True
    if line.text(0) or len(line.filled) < 2:
        return False
    parts = any(above.covered(cell) > 1 for cell in above.filled)
    names = all(is_time(cell.text) or is_unit(cell.text) for cell in fresh)
    return parts or names or not line.has_values
