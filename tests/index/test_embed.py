"""What a passage is encoded from: its own text, and the window of passages that it stands in."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus import Passage
from index import open_index, rebuild
from index.context import WINDOW, context, windows
from index.embed import sources
from index.interaction import Encoding, TokenVectors
from tests.fakes import FakeEncoder


def passage(
    text: str, report: str = "某县公报_2024.txt", headings: tuple[str, ...] = ("一、综合",)
) -> Passage:
    return Passage(report, 1, text, 0, len(text), "某县公报", headings, 1, (1, 1))


def test_passages_under_one_heading_share_a_window() -> None:
    first, second = passage("全县有林地三万亩。"), passage("其中竹林一万亩。")
    (window,) = windows([first, second])
    assert window.text == "某县公报_2024 一、综合\n全县有林地三万亩。\n其中竹林一万亩。"
    assert [window.text[start:] for start in window.starts] == [
        "全县有林地三万亩。\n其中竹林一万亩。",
        "其中竹林一万亩。",
    ]


def test_a_window_ends_where_the_report_or_the_heading_does() -> None:
    here = passage("全县有林地三万亩。")
    for there in (replace(here, report="某市公报.txt"), replace(here, headings=("二、农业",))):
        assert [window.text for window in windows([here, there])] == [context(here), context(there)]


@given(st.lists(st.integers(1, 400), max_size=12))
def test_a_window_holds_no_more_than_an_encoder_reads(lengths: list[int]) -> None:
    passages = [passage("林" * length) for length in lengths]
    found = list(windows(passages))
    assert sum(len(window.starts) for window in found) == len(passages)
    assert all(len(window.text) <= WINDOW for window in found)
    for one, after in pairwise(found):  # no window has room for the first passage of the next
        first = after.text[: after.starts[1] - 1] if len(after.starts) > 1 else after.text
        assert len(one.text) + 1 + len(first) - after.starts[0] > WINDOW


def test_the_tokens_are_those_of_the_passage_alone_and_the_vector_is_that_among_its_neighbours() -> None:
    _, source = sources([passage("全县有林地三万亩。"), passage("其中竹林一万亩。")])
    alone, window = (encoding_of(text, seed) for seed, text in enumerate((source.text, source.window.text)))
    found = source.encoding(alone, window)
    np.testing.assert_array_equal(found.tokens.vectors, alone.tokens.vectors[-len("其中竹林一万亩。") :])
    within = window.tokens.vectors[-len("其中竹林一万亩。") :].astype(float)
    mean = (within / np.linalg.norm(within, axis=1, keepdims=True)).sum(axis=0)
    np.testing.assert_allclose(found.vector, mean / np.linalg.norm(mean), atol=1e-6)


def test_a_passage_beyond_what_the_encoder_read_of_its_window_keeps_its_own_vector() -> None:
    _, source = sources([passage("全县有林地三万亩。"), passage("其中竹林一万亩。")])
    alone, window = encoding_of(source.text, 1), encoding_of(source.window.text[:-3], 2)
    np.testing.assert_array_equal(source.encoding(alone, window).vector, alone.vector)


def test_a_passage_without_tokens_keeps_its_own_vector() -> None:
    (source,) = sources([passage(" ")])
    alone = encoding_of("某县公报_2024", 1)  # no token touches the passage itself
    np.testing.assert_array_equal(source.encoding(alone, alone).vector, alone.vector)


def test_a_changed_neighbour_is_a_changed_source(tmp_path: Path, encoder: FakeEncoder) -> None:
    report = tmp_path / "某县公报_2024.txt"
    lines = [
        "某县统计公报",
        "一、综合",
        *(f"第{part}项指标完成{part}万元，同比增长{part}%。" * 6 for part in range(1, 9)),
    ]
    report.write_text("\n".join(lines), encoding="utf-8")
    rebuild([report], tmp_path / "index", encoder=encoder)
    report.write_text("\n".join(lines).replace("第8项", "第九项"), encoding="utf-8")
    summary = rebuild([report], tmp_path / "index", encoder=encoder)
    assert 0 < summary.reused < summary.passages
    index = open_index(tmp_path / "index", encoder=encoder)
    rebuild([report], tmp_path / "anew", encoder=encoder)
    anew = open_index(tmp_path / "anew", encoder=encoder)
    np.testing.assert_array_equal(index.vectors.vectors(), anew.vectors.vectors())
    np.testing.assert_array_equal(index.tokens.vectors, anew.tokens.vectors)


def encoding_of(text: str, seed: int) -> Encoding:
    """Return an encoding whose tokens are the text's characters, with vectors of their own."""
    rows = np.random.default_rng(seed).integers(-127, 128, (len(text), 8)).astype(np.int8)
    spans = np.array([(place, place + 1) for place in range(len(text))], np.int32)
    return Encoding(np.ones(8, np.float32) / np.sqrt(8).astype(np.float32), TokenVectors(rows, spans))
