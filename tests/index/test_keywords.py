"""BM25 against the formula worked out by hand, and the way to disk and back."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from index.keywords import K1, B, KeywordIndex
from index.tokens import tokenize

TEXTS = [
    "全年粮食总产量36.5万吨，增长2.1%",
    "粮食播种面积120万亩，粮食单产提高",
    "新建学校3所，新增学位4200个",
    "，。！",
    "完成财政收入86亿元，比上年增长9%，税收占比七成，收入质量持续提高，收入结构更优",
]
QUERIES = ["粮食产量增长多少", "新增学位有多少个", "财政收入收入", "2.1%", "航天火箭", "", "，。"]


def brute_force(query: str) -> list[float]:
    rows = [Counter(tokenize(text)) for text in TEXTS]
    mean = sum(row.total() for row in rows) / len(rows)

    def part(token: str, row: Counter[str]) -> float:
        frequency = sum(token in other for other in rows)
        if not frequency:
            return 0.0
        weight = math.log(1 + (len(rows) - frequency + 0.5) / (frequency + 0.5))
        return weight * row[token] / (row[token] + K1 * (1 - B + B * row.total() / mean))

    return [sum(part(token, row) for token in tokenize(query)) for row in rows]


@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_those_of_the_formula(query: str) -> None:
    scores = KeywordIndex.build(TEXTS).scores(query)
    assert scores.shape == (len(TEXTS),)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, brute_force(query), rtol=1e-5)


def test_texts_without_a_token_are_scored_zero() -> None:
    index = KeywordIndex.build(["，。", "！"])
    assert index.count == 2
    assert index.scores("任何问题").tolist() == [0, 0]


def test_what_is_saved_scores_alike(tmp_path: Path) -> None:
    index = KeywordIndex.build(TEXTS)
    index.save(tmp_path / "关键词")
    loaded = KeywordIndex.load(tmp_path / "关键词")
    assert loaded.count == len(TEXTS)
    for query in QUERIES:
        np.testing.assert_array_equal(loaded.scores(query), index.scores(query))


def test_the_same_texts_give_the_same_files(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        KeywordIndex.build(TEXTS).save(tmp_path / folder)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_nothing_saved_is_a_pickle(tmp_path: Path) -> None:
    KeywordIndex.build(TEXTS).save(tmp_path)
    kinds = {path.suffix for path in tmp_path.iterdir()}
    assert kinds == {".npy", ".json"}
    for path in tmp_path.glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype != object
