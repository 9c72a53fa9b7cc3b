"""Tables put together from rows that are said as lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cells import Cell
from corpus.row_lines import read_rows
from corpus.row_tables import Prose, Said, ShownTable, blocks, table_lines
from corpus.statements import say, write
from corpus.tables import read_table

CASES = Path(__file__).parents[1] / "cases" / "tables"


def cases() -> list[Any]:
    rows = map(json.loads, (CASES / "shown.jsonl").read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["name"]) for row in rows]


def drawn(table: ShownTable) -> dict[str, Any]:
    """A table as the cases write it: rows as groups, names and values by the number of their column."""
    return {
        "caption": table.caption.text,
        "corner": [head.text for head in table.corner],
        "heads": [head.text for head in table.heads],
        "rows": [
            [
                [group.text for group in row.groups],
                [name.text for name in row.names],
                {str(at): " ".join(value.text for value in values) for at, values in row.values.items()},
            ]
            for row in table.rows
        ],
    }


@pytest.mark.parametrize("case", cases())
def test_rows_become_tables(case: dict[str, Any]) -> None:
    text = "\n".join(case["lines"])
    found = blocks(text)
    assert [drawn(block) for block in found if isinstance(block, ShownTable)] == case["tables"]
    assert [text[block.start : block.end] for block in found if isinstance(block, Prose)] == case["prose"]


TEXTS = st.sampled_from(
    ["", "12.5", "3%", "2023年", "粮食", "其中：稻谷", "合计", "-", "亿元", "一、综合：", "增速", "注：略"]
)
GRIDS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=2, max_size=7)
)


def all_said(table: ShownTable) -> list[Said]:
    found = [table.caption, *table.corner, *table.heads]
    for row in table.rows:
        found += [*row.groups, *row.names, *(value for values in row.values.values() for value in values)]
    return found


@given(GRIDS, st.sampled_from(["", "表1 概况"]))
def test_nothing_is_lost_and_all_stands_where_it_is_said(grid: list[list[str]], caption: str) -> None:
    cells = [Cell(text, row, column) for row, line in enumerate(grid) for column, text in enumerate(line)]
    table = read_table(cells, (caption,) if caption else ())
    text = "\n".join(["开头的话。", write(say(table)).text if table else "", "结尾的话。"])
    found = blocks(text)
    covered = sorted((block.start, block.end) for block in found)
    assert "".join(text[start:end] for start, end in covered).replace("\n", "") == text.replace("\n", "")
    said = {
        span
        for block in found
        if isinstance(block, ShownTable)
        for one in all_said(block)
        for span in one.spans
    }
    rows = {
        span for block in found if isinstance(block, ShownTable) for row in block.rows for span in row.spans
    }
    for row in read_rows(text):
        if (row.start, row.end) in rows:
            assert all((part.text_start, part.end) in said for part in row.values)
    for block in found:
        if isinstance(block, ShownTable):
            assert all(row.text in text for row in all_said(block) for _span in row.spans[:1])


def test_the_lines_of_tables_are_known() -> None:
    text = "各区平稳。\n【表1】东区｜产值：5\n【表1】西区｜产值：7\n要闻｜各区平稳"
    assert [text[start:end] for start, end in table_lines(text)] == [
        "【表1】东区｜产值：5",
        "【表1】西区｜产值：7",
    ]
