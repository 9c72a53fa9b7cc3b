"""Tables against grids with every statement and figure written out, and what must hold for any grid."""

from __future__ import annotations

import doctest
import importlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.captions import find_caption
from corpus.cells import Cell
from corpus.figures import extract_figures
from corpus.statements import LONGEST_STATEMENT, Statement, say, write
from corpus.tables import Table, read_table

CASES = Path(__file__).parents[1] / "cases" / "tables"


def cases(group: str) -> list[Any]:
    rows = map(json.loads, (CASES / f"{group}.jsonl").read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["name"]) for row in rows]


def cells_of(grid: list[str]) -> list[Cell]:
    """Cells as the cases draw them: parted by bars, ``<`` goes on from the left and ``^`` from above."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    texts: dict[tuple[int, int], str] = {}
    for row, line in enumerate(grid):
        for column, text in enumerate(line.split("|")):
            came = {"<": (row, column - 1), "^": (row - 1, column)}.get(text)
            owner[row, column] = owner[came] if came else (row, column)
            if came is None:
                texts[row, column] = text
    cells = []
    for (row, column), text in texts.items():
        places = [place for place, first in owner.items() if first == (row, column)]
        rows = max(place[0] for place in places) - row + 1
        columns = max(place[1] for place in places) - column + 1
        cells.append(Cell(text, row, column, rows, columns))
    return cells


def table_of(grid: list[str], above: tuple[str, ...] = (), before: Table | None = None) -> Table:
    table = read_table(cells_of(grid), above, before)
    assert table is not None
    return table


def lines_of(table: Table) -> list[str]:
    return [statement.text for statement in say(table)]


@pytest.mark.parametrize(
    "name",
    ["corpus.cells", "corpus.captions", "corpus.parts", "corpus.figures.period", "corpus.figures.standing"],
)
def test_doctests(name: str) -> None:
    failures, tried = doctest.testmod(importlib.import_module(name))
    assert tried
    assert not failures


@pytest.mark.parametrize("case", cases("rows"))
def test_each_row_is_said(case: dict[str, Any]) -> None:
    assert lines_of(table_of(case["grid"], case["above"])) == case["statements"]


@pytest.mark.parametrize("case", cases("rows"))
def test_each_row_gives_its_figures(case: dict[str, Any]) -> None:
    text = "\n".join(case["statements"])
    figures = extract_figures(text)
    names = ("indicator", "value", "unit", "kind", "period", "status")
    assert [[str(getattr(figure, name) or "") for name in names] for figure in figures] == case["figures"]
    assert [text[figure.start : figure.end] for figure in figures] == [figure.quote for figure in figures]


@pytest.mark.parametrize("case", cases("rows"))
def test_each_row_gives_its_figures_alone(case: dict[str, Any]) -> None:
    """A passage may hold any of the rows: none needs another to be read."""
    alone = [
        [figure.indicator, figure.quote] for line in case["statements"] for figure in extract_figures(line)
    ]
    together = extract_figures("\n".join(case["statements"]))
    assert alone == [[figure.indicator, figure.quote] for figure in together]


@pytest.mark.parametrize("case", cases("captions"))
def test_captions(case: dict[str, Any]) -> None:
    assert list(find_caption(case["above"])) == case["caption"]


@pytest.mark.parametrize(
    "grid", [["只有一列", "的版面"], ["一行|两格"], ["", ""], []], ids=["column", "row", "empty", "nothing"]
)
def test_a_layout_is_no_table(grid: list[str]) -> None:
    assert read_table(cells_of(grid)) is None


def test_a_table_goes_on_under_the_heads_of_the_page_before() -> None:
    before = table_of(["县|户数（户）|人口（人）", "松岭|120|433", "白沙|98|350"], ("表1 各县户数",))
    table = table_of(["石桥|77|291", "双溪|64|205"], ("第3页",), before)
    assert lines_of(table) == [
        "【表1 各县户数】石桥｜户数（户）：77｜人口（人）：291",
        "【表1 各县户数】双溪｜户数（户）：64｜人口（人）：205",
    ]
    # Its heads are printed on the page before: here they are said again, from no cell of this page.
    said = write(say(table))
    assert {run.cell.text for run in said.runs} == {"石桥", "77", "291", "双溪", "64", "205"}
    assert "".join(said.text[start:end] for start, end in said.repeated).count("户数（户）") == 2


def test_a_name_over_the_end_of_a_page_holds_on() -> None:
    before = table_of(["工程|节点|投资（万元）", "环湖路|开工|300", "古渡桥|开工|520"])
    table = table_of(["|合龙|880", "新站房|开工|160"], (), before)
    assert lines_of(table)[0] == "古渡桥｜节点：合龙｜投资（万元）：880"


def test_repeated_heads_on_the_next_page_are_heads() -> None:
    before = table_of(["县|户数（户）", "松岭|120", "白沙|98"], ("表1 各县户数",))
    table = table_of(["县|户数（户）", "石桥|77", "双溪|64"], ("续表1",), before)
    assert lines_of(table) == [
        "【续表1】县｜户数（户）",
        "【续表1】石桥｜户数（户）：77",
        "【续表1】双溪｜户数（户）：64",
    ]


def test_a_wide_row_is_said_in_parts_that_each_name_it() -> None:
    months = [f"{month}月份用电量（万千瓦时）" for month in range(1, 19)]
    table = table_of(["|".join(["县", *months]), "|".join(["松岭", *(str(1000 + at) for at in range(18))])])
    said = [statement for statement in say(table) if statement.row == 1]
    assert len(said) > 1
    assert all(statement.text.startswith("松岭｜") for statement in said)
    assert all(len(statement.text) <= LONGEST_STATEMENT for statement in said)
    values = [figure.quote for statement in said for figure in extract_figures(statement.text)]
    assert values == [str(1000 + at) for at in range(18)]


def test_spaces_that_only_spread_characters_go() -> None:
    table = table_of(["指     标|数  值", "粮  食\n产量|12.5 万吨", "GDP per head|3 元"])
    assert lines_of(table) == ["指标｜数值", "粮食产量｜数值：12.5万吨", "GDP per head｜数值：3元"]


def test_a_claim_of_a_million_columns_takes_no_room() -> None:
    cells = [
        Cell("县", 0, 0, 10**6, 10**9),
        Cell("面积", 0, 10**9),
        Cell("白沙", 10**6, 0),
        Cell("8", 10**6, 10**9),
    ]
    table = read_table(cells)
    assert table is not None
    assert lines_of(table) == ["县｜面积", "白沙｜面积：8"]


TEXTS = st.sampled_from(
    [
        "",
        "12.5",
        "3%",
        "2023年",
        "粮食",
        "其中：稻谷",
        "合计",
        "-",
        "亿元",
        "一、综合：",
        "增速",
        "1,024",
        "说 明",
        "注：略",
    ]
)
GRIDS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=2, max_size=7)
)


def narrowed(text: str) -> str:
    """A text with the marks of a row's line as their narrow twins, which names and values are given."""
    return text.translate(str.maketrans("：｜【】", ":|[]"))


@given(GRIDS)
def test_every_printed_character_is_said_once(grid: list[list[str]]) -> None:
    """However heads and groups are taken, no cell is lost and none counts twice."""
    cells = [Cell(text, row, column) for row, line in enumerate(grid) for column, text in enumerate(line)]
    table = read_table(cells)
    if table is None:
        return
    own = [
        piece for statement in say(table) for piece in statement.pieces if piece.cell and not piece.repeated
    ]
    assert all(
        piece.cell and narrowed(piece.cell.text[piece.start :]).startswith(narrowed(piece.text))
        for piece in own
    )
    printed = Counter(character for cell in cells for character in narrowed("".join(cell.text.split())))
    assert Counter(character for piece in own for character in narrowed(piece.text)) == printed


@given(GRIDS, st.integers(0, 9))
def test_spans_of_a_written_table_are_those_of_its_text(grid: list[list[str]], offset: int) -> None:
    cells = [Cell(text, row, column) for row, line in enumerate(grid) for column, text in enumerate(line)]
    table = read_table(cells, ("表1 概况",))
    statements: list[Statement] = say(table) if table else []
    written = write(statements, offset)
    text = "字" * offset + written.text
    assert written.text == "\n".join(statement.text for statement in statements)
    assert all(
        narrowed(text[run.start : run.end])
        == narrowed(run.cell.text[run.cell_start :][: run.end - run.start])
        for run in written.runs
    )
    bounds = [place for span in written.repeated for place in span]
    assert bounds == sorted(bounds)
    assert all("\n" not in text[start:end] for start, end in written.repeated)
