"""Tables on drawn pages: ruled in all ways and not at all, and what is none."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corpus.layout.lines import PrintedLine, Ruling, text_width
from corpus.layout.tables import PrintedTable, find_tables
from corpus.statements import say, write
from corpus.tables import read_table

CASES = Path(__file__).parents[2] / "cases" / "tables" / "printed.jsonl"
SIZE, PITCH, TOP = 10.0, 16.0, 100.0
TEXT = "全县经济运行平稳，结构继续优化，各项指标都在合理区间，民生得到改善，"


def cases() -> list[Any]:
    rows = map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["name"]) for row in rows]


def draw(case: dict[str, Any]) -> tuple[list[PrintedLine], list[Ruling]]:
    """Draw a case: its cells in their columns, slashes between the lines of a cell, and its lines.

    ``rules``: all around each cell; inner: none at the sides; heads: none between the rows of the
    body; three: over and under the heads and under the body; outer: a frame; none.
    """
    columns = [tuple(column) for column in case["columns"]]
    grid = [row.split("|") for row in case["rows"]]
    heights = [PITCH * max(1 + text.count("/") for text in row) for row in grid]
    ys = [TOP + sum(heights[:number]) for number in range(len(grid) + 1)]
    lines = []
    for number, row in enumerate(grid):
        for place, text in enumerate(row):
            if text in ("", "<", "^"):
                continue
            left, _, align = columns[place]
            last = place
            while last + 1 < len(row) and row[last + 1] == "<":
                last += 1
            right = columns[last][1]
            align = "centre" if last > place else align
            for at, piece in enumerate(text.split("/")):
                lines.append(line_of(piece, left + 3, right - 3, ys[number] + 3 + at * PITCH, align))
    return lines, rulings(case["rules"], [columns[0][0], *(right for _, right, _ in columns)], ys, grid)


def line_of(text: str, left: float, right: float, top: float, align: str) -> PrintedLine:
    width = text_width(text) * SIZE
    start = {"left": left, "right": right - width, "centre": (left + right - width) / 2}[align]
    return PrintedLine(text, start, top, start + width, top + SIZE, SIZE)


def rulings(kind: str, xs: list[float], ys: list[float], grid: list[list[str]]) -> list[Ruling]:
    across = {
        "three": [ys[0], ys[1 + sum("^" in row for row in grid)], ys[-1]],
        "heads": [ys[0], ys[1], ys[-1]],
        "outer": [ys[0], ys[-1]],
        "none": [],
    }.get(kind, ys)
    down = {"three": [], "none": [], "outer": [xs[0], xs[-1]], "inner": xs[1:-1]}.get(kind, xs)
    found = [
        Ruling(left, y, right, y)
        for y in across
        for place, (left, right) in enumerate(pairwise(xs))
        if not (y in ys[:-1] and grid[ys.index(y)][place] == "^")
    ]
    return found + [
        Ruling(x, top, x, bottom)
        for x in down
        for number, (top, bottom) in enumerate(pairwise(ys))
        if x in (xs[0], xs[-1]) or grid[number][xs.index(x)] != "<"
    ]


def said(table: PrintedTable) -> list[str]:
    read = read_table([cell.cell for cell in table.cells])
    return [statement.text for statement in say(read)] if read else []


@pytest.mark.parametrize("case", cases())
def test_a_drawn_table_is_read(case: dict[str, Any]) -> None:
    lines, drawn = draw(case)
    tables, rest = find_tables(lines, drawn)
    assert [line for table in tables for line in said(table)] == case["statements"]
    assert bool(rest) == (not case["statements"])


@pytest.mark.parametrize("case", cases())
def test_text_around_a_table_stays_text(case: dict[str, Any]) -> None:
    lines, drawn = draw(case)
    width = case["columns"][-1][1] - case["columns"][0][0]
    wide = TEXT[: int(width / SIZE)]
    above = [line_of(wide, case["columns"][0][0], 0, TOP - 60 + at * PITCH, "left") for at in range(2)]
    below = [line_of(wide, case["columns"][0][0], 0, TOP + 160 + at * PITCH, "left") for at in range(3)]
    tables, rest = find_tables([*above, *lines, *below], drawn)
    assert [line for table in tables for line in said(table)] == case["statements"]
    assert {id(line) for line in (*above, *below)} <= {id(line) for line in rest}


@pytest.mark.parametrize("case", cases())
def test_every_line_is_in_one_table_or_left(case: dict[str, Any]) -> None:
    lines, drawn = draw(case)
    tables, rest = find_tables(lines, drawn)
    inside = [line.text for table in tables for cell in table.cells for line in cell.lines]
    assert sorted(inside + [line.text for line in rest]) == sorted(line.text for line in lines)


def test_two_cells_that_were_drawn_in_one_go_are_cut_at_the_line() -> None:
    case = {
        "rules": "all",
        "columns": [[50, 120, "left"], [120, 190, "left"]],
        "rows": ["县|面积", "松岭|182"],
    }
    _, drawn = draw(case)
    heads = PrintedLine(
        "县面积", 100, TOP + 3, 140, TOP + 13, SIZE, spans=((100, 110), (122, 131), (131, 140))
    )
    cells = [line_of("松岭", 53, 0, TOP + 19, "left"), line_of("182", 123, 0, TOP + 19, "left")]
    tables, rest = find_tables([heads, *cells], drawn)
    assert [cell.cell.text for cell in tables[0].cells] == ["县", "面积", "松岭", "182"]
    assert not rest


def test_each_run_of_a_statement_has_its_line() -> None:
    lines, drawn = draw(cases()[2].values[0])
    (table,) = find_tables(lines, drawn)[0]
    of = {(cell.cell.row, cell.cell.column): cell for cell in table.cells}
    read = read_table([cell.cell for cell in table.cells])
    assert read is not None
    written = write(say(read))
    for run in written.runs:
        cell = of[run.cell.row, run.cell.column]
        printed = cell.printed(run.cell_start, run.cell_start + run.end - run.start)
        assert printed is not None
        line, start, end = printed
        assert line.text[start:end] == written.text[run.start : run.end]
    assert of[1, 1].printed(len("主桥合龙，引桥铺装"), len("主桥合龙，引桥铺装") + 1) is None
