"""One contract for every vector backend, its numbers compared with brute force."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from index.vectors import BACKENDS, VectorBackend


def unit_vectors(count: int, dimension: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


VECTORS = unit_vectors(200, 24, seed=1)
QUERIES = unit_vectors(7, 24, seed=2)

Backend = type[VectorBackend]
every_backend = pytest.mark.parametrize("backend", BACKENDS.values(), ids=BACKENDS.keys())


def brute_force(k: int, rows: list[int]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    scores = QUERIES @ VECTORS[rows].T
    order = np.argsort(-scores, axis=1)[:, :k]
    return np.take_along_axis(scores, order, axis=1), np.array(rows)[order]


@every_backend
@pytest.mark.parametrize("k", [1, 10, 200])
def test_search_is_exact(backend: Backend, k: int) -> None:
    scores, rows = backend.build(VECTORS).search(QUERIES, k)
    expected_scores, expected_rows = brute_force(k, list(range(200)))
    np.testing.assert_allclose(scores, expected_scores, atol=1e-6)
    np.testing.assert_array_equal(rows, expected_rows)


@every_backend
@pytest.mark.parametrize("chosen", [[5], [0, 199], [180, 3, 77, 3], list(range(0, 200, 3))])
def test_search_among_rows_is_exact(backend: Backend, chosen: list[int]) -> None:
    scores, rows = backend.build(VECTORS).search(QUERIES, 4, np.array(chosen))
    expected_scores, expected_rows = brute_force(4, sorted(set(chosen)))
    np.testing.assert_allclose(scores, expected_scores, atol=1e-6)
    np.testing.assert_array_equal(rows, expected_rows)


@every_backend
@pytest.mark.parametrize(
    ("k", "chosen", "width"),
    [(500, None, 200), (0, None, 0), (5, [], 0), (5, [1, 2], 2), (5, [1, 999], 1), (3, [-1], 0)],
)
def test_there_is_no_padding(backend: Backend, k: int, chosen: list[int] | None, width: int) -> None:
    selected = None if chosen is None else np.array(chosen, np.int64)
    scores, rows = backend.build(VECTORS).search(QUERIES, k, selected)
    assert scores.shape == rows.shape == (7, width)
    assert (rows >= 0).all()
    assert (rows < 200).all()


@every_backend
def test_a_vector_is_nearest_to_itself(backend: Backend) -> None:
    scores, rows = backend.build(VECTORS).search(VECTORS, 1)
    np.testing.assert_array_equal(rows[:, 0], np.arange(200))
    np.testing.assert_allclose(scores[:, 0], 1, atol=1e-5)


@every_backend
def test_bytes_come_back_the_same(backend: Backend) -> None:
    built = backend.build(VECTORS)
    loaded = backend.from_bytes(built.to_bytes())
    assert loaded.count == built.count == 200
    np.testing.assert_array_equal(loaded.vectors(), VECTORS)
    for one, other in zip(loaded.search(QUERIES, 9), built.search(QUERIES, 9), strict=True):
        np.testing.assert_array_equal(one, other)


@every_backend
@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:40], lambda data: b"no index " * 9])
def test_other_bytes_are_refused(backend: Backend, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="index"):
        backend.from_bytes(spoil(backend.build(VECTORS).to_bytes()))


def test_another_kind_of_faiss_index_is_refused() -> None:
    import faiss

    other = faiss.IndexFlatL2(24)
    with pytest.raises(ValueError, match="IndexFlatL2"):
        BACKENDS["faiss-flat"].from_bytes(bytes(faiss.serialize_index(other)))
