"""Vector search behind one protocol, so that another engine can take FAISS's place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, Self

import faiss
import numpy as np
from numpy.typing import NDArray

Rows = Sequence[int] | NDArray[np.int64]


class VectorBackend(Protocol):
    """An index of vectors of unit length; scores are inner products, higher is nearer."""

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Index the rows of ``vectors``, (n, d) float32."""
        ...

    @property
    def count(self) -> int:
        """The number of vectors."""
        ...

    def search(
        self, queries: NDArray[np.float32], k: int, rows: Rows | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the scores and row numbers of the ``k`` nearest, best first, both (q, m).

        With ``rows`` only those are looked at. ``m`` is ``k``, or the number of vectors that
        were looked at where that is smaller: there is no padding.
        """
        ...

    def vectors(self) -> NDArray[np.float32]:
        """Return a copy of the (n, d) vectors as they were given."""
        ...

    def to_bytes(self) -> bytes: ...

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` gave; raise ValueError if it is something else."""
        ...


class FaissBackend:
    """A flat FAISS index: exact, and quick enough for 50,000 passages on two cores."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> FaissBackend:
        """Index the rows of ``vectors``, (n, d) float32."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @property
    def count(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    def search(
        self, queries: NDArray[np.float32], k: int, rows: Rows | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return scores and rows of the nearest, best first, (q, min(k, vectors looked at))."""
        selected = None if rows is None else np.unique(np.asarray(rows, np.int64))
        available = self.count if selected is None else int(np.isin(selected, np.arange(self.count)).sum())
        found = min(k, available)
        if found <= 0:
            return np.empty((len(queries), 0), np.float32), np.empty((len(queries), 0), np.int64)
        parameters = None
        if selected is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(selected))  # type: ignore[call-arg]
        scores, found_rows = self._index.search(
            np.ascontiguousarray(queries, np.float32), found, params=parameters
        )
        return scores, found_rows

    def vectors(self) -> NDArray[np.float32]:
        """Return a copy of the (n, d) vectors as they were given."""
        return np.asarray(self._index.reconstruct_n(0, self.count), np.float32)

    def to_bytes(self) -> bytes:
        """Return the index as bytes; FAISS itself would fail on some Chinese paths."""
        return bytes(faiss.serialize_index(self._index))

    @classmethod
    def from_bytes(cls, data: bytes) -> FaissBackend:
        """Read what ``to_bytes`` gave; raise ValueError if it is something else."""
        try:
            index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
        except RuntimeError as error:
            raise ValueError(f"not a FAISS index: {error}") from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise ValueError(f"a flat inner-product index was expected, found {type(index).__name__}")
        return cls(index)


BACKENDS: dict[str, type[VectorBackend]] = {"faiss-flat": FaissBackend}
DEFAULT_BACKEND = "faiss-flat"
