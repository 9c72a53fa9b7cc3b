"""A fake encoder for fast tests: its vectors depend on the text, so equality can be asserted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.interaction import Encoding, TokenVectors, quantise
from index.tokens import tokenize


class FakeEncoder:
    """Sums a fixed pseudo-random vector for every token: equal texts give equal vectors, and texts
    that share words are near. ``calls`` keeps the passages that were encoded, batch by batch."""

    def __init__(self, name: str = "fake", fingerprint: str = "fake-1", dimension: int = 32) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = dimension
        self.calls: list[list[str]] = []

    def encode_queries(self, texts: Sequence[str]) -> list[Encoding]:
        """Return encodings whose tokens are the text's characters."""
        return [Encoding(self._vector(text), self._characters(text)) for text in texts]

    def encode_passages(
        self, texts: Sequence[str], on_batch: Callable[[int], None] | None = None
    ) -> list[Encoding]:
        """Return the same encodings as for queries, and tell ``on_batch`` once that all are done."""
        self.calls.append(list(texts))
        encodings = self.encode_queries(texts)
        if on_batch:
            on_batch(len(texts))
        return encodings

    def _characters(self, text: str) -> TokenVectors:
        places = [place for place, character in enumerate(text) if not character.isspace()]
        rows = [self._direction(text[place]) for place in places]
        spans = np.array([(place, place + 1) for place in places], np.int32).reshape(-1, 2)
        return TokenVectors(quantise(np.array(rows, np.float32).reshape(-1, self.dimension)), spans)

    def _vector(self, text: str) -> NDArray[np.float32]:
        total = np.sum([self._direction(token) for token in [*tokenize(text), ""]], axis=0)
        return np.asarray(total / np.linalg.norm(total), np.float32)

    def _direction(self, token: str) -> NDArray[np.float64]:
        seed = hashlib.sha256(f"{self.fingerprint} {token}".encode()).digest()
        return np.random.default_rng(list(seed)).normal(size=self.dimension)
