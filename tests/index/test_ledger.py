"""The ledger of figures: to SQLite and back, exactly, and which passage holds a figure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Passage
from corpus.figures.figure import Figure
from index.ledger import LedgerEntry, assign, read_figures, write_ledger

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3)
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
figures = st.builds(
    Figure,
    indicator=texts,
    value=numbers,
    unit=texts,
    quote=texts,
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    kind=st.sampled_from(["level", "change", "rank"]),
    bound=st.sampled_from(["=", ">=", ">", "<=", "<", "~"]),
    value_to=st.none() | numbers,
    direction=st.sampled_from([None, "+", "-"]),
    basis=st.none() | texts,
    period=st.none() | texts,
    status=st.sampled_from(["actual", "target", "forecast"]),
)
entries = st.lists(st.builds(LedgerEntry, texts, st.none() | st.integers(1, 999), figures), max_size=5)


@given(entries)
def test_entries_come_back_as_they_were(written: list[LedgerEntry]) -> None:
    assert list(read_figures(write_ledger(written))) == written


def test_numbers_are_kept_as_printed(tmp_path: Path) -> None:
    figure = Figure("粮食产量", Decimal("36.50"), "万吨", "36.50万吨", 4, 10)
    path = tmp_path / "数据.sqlite"
    path.write_bytes(write_ledger([LedgerEntry("某县.txt", 2, figure)]))
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT row, report, passage, value, value_to, unit FROM figures").fetchone()
    assert row == (1, "某县.txt", 2, "36.50", None, "万吨")


def test_the_same_entries_give_the_same_bytes() -> None:
    entry = LedgerEntry("a", 1, Figure("人口", Decimal(8), "万人", "8万人", 0, 3))
    assert write_ledger([entry]) == write_ledger([entry])


@pytest.mark.parametrize("data", [b"", b"not a database at all" * 50])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="ledger"):
        read_figures(data)


def passage(number: int, start: int, end: int) -> Passage:
    return Passage("甲.txt", number, "字" * (end - start), start, end, "甲", (), 1, (1, 1))


@pytest.mark.parametrize(
    ("start", "end", "holder"),
    [
        (0, 5, 1),
        (5, 10, 1),
        (8, 12, None),
        (10, 11, None),
        (12, 15, 2),
        (19, 20, 2),
        (19, 21, None),
        (30, 33, None),
    ],
)
def test_a_figure_belongs_to_the_passage_that_holds_it_whole(
    start: int, end: int, holder: int | None
) -> None:
    figure = Figure("产量", Decimal(1), "吨", "1吨", start, end)
    [entry] = assign("甲.txt", [figure], [passage(1, 0, 10), passage(2, 12, 20)])
    assert entry.passage == holder
