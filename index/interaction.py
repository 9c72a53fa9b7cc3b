"""Late interaction: the vectors of single tokens, for a second look at the best passages.

One vector a passage says what it is about; which of its sentences answers is told by the
vectors of its tokens.  The encoder makes them on the way to the passage's vector, so they
cost no time, only space: 8 bits a component.  A piece of text is scored by MaxSim of
ColBERT (Khattab and Zaharia, SIGIR 2020): for each token of the question the best cosine to
a token of the piece, averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGEST = 127  # of a signed byte


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The tokens of one text.

    ``vectors`` is (t, d) int8, each row a direction whose length means nothing; ``spans`` is
    (t, 2) int32, the characters, half-open, that each token stands for in the text.
    """

    vectors: NDArray[np.int8]
    spans: NDArray[np.int32]

    def cosines_to(self, question: TokenVectors) -> NDArray[np.float32]:
        """Return (q, t) float32, the cosine of each of the question's tokens to each of these."""
        cosines: NDArray[np.float32] = question._unit() @ self._unit().T
        return cosines

    def pooled(self) -> NDArray[np.float32]:
        """Return (d,) float32 of unit length, the mean direction of the tokens; zeros without tokens."""
        mean = self._unit().sum(axis=0)
        pooled: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1.0)
        return pooled

    def _unit(self) -> NDArray[np.float32]:
        rows = self.vectors.astype(np.float32)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1.0)
        return rows

    def within(self, start: int, end: int) -> slice:
        """Return the slice of tokens that touch ``text[start:end]``."""
        first = int(np.searchsorted(self.spans[:, 1], start, side="right"))
        last = int(np.searchsorted(self.spans[:, 0], end, side="left"))
        return slice(first, max(first, last))

    def between(self, start: int, end: int) -> TokenVectors:
        """Return the tokens that touch ``text[start:end]``, their spans into that."""
        kept = self.within(start, end)
        return TokenVectors(self.vectors[kept], np.clip(self.spans[kept] - start, 0, end - start))


@dataclass(frozen=True, slots=True)
class Encoding:
    """What an encoder makes of a text: ``vector`` (d,) float32 of unit length, and its tokens."""

    vector: NDArray[np.float32]
    tokens: TokenVectors


def quantise(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return (t, d) int8 rows that point where the (t, d) float32 rows point, as nearly as 8 bits can.

    The cosine of a row to its source is 0.9995 and more for the bundled encoder.
    """
    scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), np.finfo(np.float32).tiny)
    rounded: NDArray[np.int8] = np.rint(vectors / scale * LARGEST).astype(np.int8)
    return rounded


def max_similarity(cosines: NDArray[np.float32]) -> float:
    """Return MaxSim of a (q, t) matrix of cosines: the mean of each row's best; 0 without tokens."""
    return float(cosines.max(axis=1).mean()) if cosines.size else 0.0


@dataclass(frozen=True, slots=True)
class TokenStore:
    """The tokens of all passages, one after the other, read from disk as they are needed.

    ``starts`` is (n + 1,) int64: passage ``row`` holds the tokens from ``starts[row]`` to
    ``starts[row + 1]``.
    """

    vectors: NDArray[np.int8]
    spans: NDArray[np.int32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, passages: Sequence[TokenVectors], dimension: int) -> TokenStore:
        """Return the store of passages in their order."""
        starts = np.cumsum([0, *(len(passage.spans) for passage in passages)], dtype=np.int64)
        empty_vectors, empty_spans = np.empty((0, dimension), np.int8), np.empty((0, 2), np.int32)
        return cls(
            np.concatenate([empty_vectors, *(passage.vectors for passage in passages)]),
            np.concatenate([empty_spans, *(passage.spans for passage in passages)]),
            starts,
        )

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.starts) - 1

    def passage(self, row: int) -> TokenVectors:
        """Return the tokens of one passage."""
        start, end = self.starts[row], self.starts[row + 1]
        return TokenVectors(self.vectors[start:end], self.spans[start:end])

    def save(self, folder: Path) -> None:
        """Write the store's three arrays into ``folder``, which is made."""
        folder.mkdir()
        arrays: tuple[NDArray[Any], ...] = (self.vectors, self.spans, self.starts)
        for name, array in zip(FILES, arrays, strict=True):
            np.save(folder / name, array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> TokenStore:
        """Map the arrays of ``folder`` into memory; ValueError or OSError where they are damaged."""
        arrays = [np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in FILES]
        return cls(*arrays)


FILES = ("vectors.npy", "spans.npy", "starts.npy")
