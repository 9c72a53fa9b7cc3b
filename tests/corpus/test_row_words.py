"""Rows of tables in words: verbatim, and no mark of a machine left."""

from __future__ import annotations

import doctest

from hypothesis import given
from hypothesis import strategies as st

from corpus import row_words
from corpus.row_lines import read_rows
from corpus.row_words import in_words, row_at, word_row

LINE = "【表1 产值（单位：亿元）】流动资产：｜其中：工业｜2023年·总量：97.2｜增速：-1.5%"
NAMES = st.lists(st.sampled_from(["东区", "其中：工业", "存货", "甲 乙"]), min_size=1, max_size=3)
CELLS = st.lists(
    st.tuples(st.sampled_from(["总量", "2023年·增速", "备注"]), st.sampled_from(["5.5%", "-", "见注，略"])),
    min_size=1,
    max_size=3,
)


def test_doctests() -> None:
    failed, tried = doctest.testmod(row_words)
    assert tried and not failed


def test_a_row_in_words() -> None:
    [row] = read_rows(LINE)
    said = word_row(row, row.values)
    assert said.text == "表1 产值（单位：亿元） — 流动资产：，其中：工业：2023年·总量 97.2；增速 -1.5%"
    at = LINE.index("97.2")
    [(start, end)] = said.spans([(at, at + 4), (0, 3)])
    assert said.text[start:end] == "97.2"


def test_a_pair_in_words() -> None:
    [row] = read_rows("评级：买入｜目标价：12.5元")
    assert word_row(row, row.values).text == "评级：买入；目标价：12.5元"


def test_tables_in_words_have_their_caption_once() -> None:
    said = in_words(f"工业平稳。\n{LINE.replace('97.2', '88.1')}\n{LINE}\n农业平稳。")
    assert said.count("表1 产值（单位：亿元）") == 1
    assert said.startswith("工业平稳。\n") and said.endswith("\n农业平稳。")
    assert not set("【】｜") & set(said)


def test_prose_is_no_row() -> None:
    text = f"要闻｜工业平稳\n{LINE}"
    assert row_at(text, 0) is None
    row = row_at(text, text.index("97.2"))
    assert row is not None and row.start == text.index("【")


@given(st.sampled_from(["", "【表1】"]), NAMES, CELLS)
def test_every_run_is_verbatim(caption: str, names: list[str], cells: list[tuple[str, str]]) -> None:
    line = caption + "｜".join([*names, *(f"{head}：{text}" for head, text in cells)])
    for row in read_rows(line):
        said = word_row(row, row.values)
        assert all(
            said.text[here : here + size] == line[there : there + size] for here, there, size in said.runs
        )
        assert all(part.text in said.text for part in row.values)
