"""Rows as lines: what is written is read back, whatever stands in the cells."""

from __future__ import annotations

import doctest

from hypothesis import given
from hypothesis import strategies as st

from corpus import row_lines
from corpus.cells import Cell
from corpus.row_lines import RowLine, as_caption, as_head, as_name, as_value, read_row, read_rows
from corpus.statements import say
from corpus.tables import Row, Section, Table, Value

# Marks of the line form, words that change how they are read, and what cells hold.
WORDS = st.lists(
    st.sampled_from(
        [
            "：",
            "｜",
            "【",
            "】",
            "·",
            ":",
            "其中",
            "其他",
            "加",
            "减",
            "甲",
            "区",
            "12.5",
            "-",
            "（%）",
            "a b",
        ]
    ),
    min_size=1,
    max_size=5,
).map("".join)
HEADS = st.lists(WORDS, min_size=1, max_size=2)
ROWS = st.tuples(
    st.lists(WORDS, min_size=1, max_size=3), st.lists(st.tuples(HEADS, WORDS), min_size=2, max_size=4)
)


def table(caption: str, names: list[str], values: list[tuple[list[str], str]]) -> Table:
    labels = tuple(Cell(name, 1, at) for at, name in enumerate(names))
    said = tuple(
        Value(tuple(Cell(head, 0, 90 + at) for head in heads), Cell(text, 1, 10 + at))
        for at, (heads, text) in enumerate(values)
    )
    row = Row(1, labels[:-1], labels[-1:], said)
    return Table((), (Cell(caption, 0, 0),) if caption else (), (Section((), 0, (row,)),))


def read_back(written: Table) -> RowLine:
    [statement] = say(written)
    row = read_row(statement.text)
    assert row is not None
    return row


def test_doctests() -> None:
    assert doctest.testmod(row_lines) == doctest.TestResults(0, doctest.testmod(row_lines).attempted)


@given(st.one_of(st.just(""), WORDS), ROWS)
def test_what_is_said_of_a_row_is_read_back(
    caption: str, row: tuple[list[str], list[tuple[list[str], str]]]
) -> None:
    names, values = row
    read = read_back(table(caption, names, values))
    assert read.caption == as_caption(caption)
    assert [part.text for part in read.names] == [as_name(name) for name in names]
    assert [part.text for part in read.values] == [as_value(text) for _heads, text in values]
    for part, (heads, _text) in zip(read.values, values, strict=True):
        # What stands under 其中 alone would be read as its name: its head is closed once more.
        assert all(as_head(head) in part.head for head in heads)


@given(st.lists(ROWS, min_size=1, max_size=4), st.integers(0, 9))
def test_parts_stand_where_they_say(
    rows: list[tuple[list[str], list[tuple[list[str], str]]]], before: int
) -> None:
    lines = ["字" * before, *(say(table("表1", *row))[0].text for row in rows)]
    text = "\n".join(lines)
    read = list(read_rows(text))
    assert [text[row.start : row.end] for row in read] == lines[1:]
    for row in read:
        assert text[row.caption_start :].startswith(row.caption)
        for part in row.parts:
            assert text[part.start :].startswith(part.head)
            assert text[part.text_start : part.end] == part.text


def test_a_part_of_a_whole_is_a_name_and_a_group_is_one() -> None:
    row = read_row("流动资产：｜其中：存货｜2023年：1,204｜其中：1,100")
    assert row is not None
    assert [part.text for part in row.names] == ["流动资产：", "其中：存货"]
    assert [(part.head, part.text) for part in row.values] == [("2023年", "1,204"), ("其中", "1,100")]


def test_prose_is_no_row() -> None:
    assert read_row("全年完成投资12亿元。") is None
    assert read_row("") is None
