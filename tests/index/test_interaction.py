"""Late interaction: the store of tokens, and MaxSim against a loop."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Index, TokenStore, TokenVectors, max_similarity, open_index, rebuild
from index.interaction import quantise
from tests.fakes import FakeEncoder

DIMENSION = 16


def tokens_of(count: int, seed: int) -> TokenVectors:
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    spans = np.array([(2 * place, 2 * place + 2) for place in range(count)], np.int32).reshape(-1, 2)
    return TokenVectors(quantise(rows), spans)


@given(st.integers(1, 6), st.integers(0, 9), st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_maxsim_is_what_the_paper_says(asked: int, held: int, seed: int) -> None:
    question, passage = tokens_of(asked, seed), tokens_of(held, seed + 1)

    def cosine(one: np.ndarray, other: np.ndarray) -> float:
        one, other = one.astype(float), other.astype(float)
        return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))

    best = [max((cosine(one, other) for other in passage.vectors), default=0) for one in question.vectors]
    assert max_similarity(passage.cosines_to(question)) == pytest.approx(np.mean(best), abs=1e-5)


def test_eight_bits_keep_the_direction() -> None:
    rows = np.random.default_rng(1).normal(size=(200, 384)).astype(np.float32)
    kept = quantise(rows).astype(np.float32)
    cosines = np.sum(rows * kept, axis=1) / np.linalg.norm(rows, axis=1) / np.linalg.norm(kept, axis=1)
    assert cosines.min() > 0.999


def test_a_span_selects_the_tokens_that_touch_it() -> None:
    tokens = tokens_of(5, 3)
    assert tokens.within(0, 10) == slice(0, 5)
    assert tokens.within(3, 5) == slice(1, 3)
    assert tokens.within(4, 6) == slice(2, 3)
    assert tokens.within(20, 30) == slice(5, 5)


def test_a_part_of_a_text_keeps_its_tokens() -> None:
    tokens = tokens_of(5, 3)
    part = tokens.between(4, 9)
    np.testing.assert_array_equal(part.vectors, tokens.vectors[2:])
    assert part.spans.tolist() == [[0, 2], [2, 4], [4, 5]]
    assert len(tokens.between(20, 30).spans) == 0


def test_the_mean_direction_of_tokens() -> None:
    tokens = tokens_of(5, 3)
    unit = tokens.vectors / np.linalg.norm(tokens.vectors.astype(float), axis=1, keepdims=True)
    mean = unit.mean(axis=0)
    np.testing.assert_allclose(tokens.pooled(), mean / np.linalg.norm(mean), atol=1e-6)
    assert not tokens_of(0, 3).pooled().any()


def test_a_store_keeps_passages_apart(tmp_path: Path) -> None:
    passages = [tokens_of(3, 1), tokens_of(0, 2), tokens_of(5, 3)]
    store = TokenStore.of(passages, DIMENSION)
    store.save(tmp_path / "tokens")
    for found in (store, TokenStore.load(tmp_path / "tokens")):
        assert len(found) == 3
        for row, passage in enumerate(passages):
            np.testing.assert_array_equal(found.passage(row).vectors, passage.vectors)
            np.testing.assert_array_equal(found.passage(row).spans, passage.spans)


def test_an_index_holds_the_tokens_of_its_passages(
    reports: Path, index_dir: Path, encoder: FakeEncoder
) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    index: Index = open_index(index_dir, encoder=encoder)
    for row, passage in enumerate(index.passages):
        own = encoder.encode_queries([passage.text])[0].tokens
        np.testing.assert_array_equal(index.tokens.passage(row).vectors, own.vectors)
        np.testing.assert_array_equal(index.tokens.passage(row).spans, own.spans)
