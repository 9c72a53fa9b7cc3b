"""Keyword search: BM25 over the tokens of ``index.tokens``."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.tokens import tokenize

# The library sets its own logger to DEBUG and would tell every user how it builds.
logging.getLogger("bm25s").setLevel(logging.WARNING)

# The usual values: a repeated word soon counts no more, a long passage is held against itself.
K1 = 1.2
B = 0.75


class KeywordIndex:
    """Okapi BM25 in Lucene's variant, every passage scored for every question.

    ``idf(t) = ln(1 + (n - df + 0.5) / (df + 0.5))``; a token's part of a passage's score is
    ``idf * tf / (tf + k1 * (1 - b + b * length / mean length))``.
    """

    def __init__(self, engine: bm25s.BM25) -> None:
        self._engine = engine

    @classmethod
    def build(cls, texts: Sequence[str]) -> KeywordIndex:
        """Index ``texts``; row ``i`` of the scores is ``texts[i]``."""
        # The empty token keeps the vocabulary from being empty. Its order is that of first
        # appearance, so that the same texts give the same files.
        vocabulary = {"": 0}
        rows = [[vocabulary.setdefault(token, len(vocabulary)) for token in tokenize(text)] for text in texts]
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        with np.errstate(invalid="ignore"):  # where not one text has a token, their mean length is 0
            engine.index((rows, vocabulary), show_progress=False)
        return cls(engine)

    @property
    def count(self) -> int:
        """The number of passages."""
        return int(self._engine.scores["num_docs"])

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the (n,) float32 scores of all passages; 0 shares no token, higher is better."""
        tokens = self._engine.get_tokens_ids(tokenize(query))
        if not tokens:
            return np.zeros(self.count, np.float32)
        return np.asarray(self._engine.get_scores_from_ids(tokens), np.float32)

    def knows(self, token: str) -> bool:
        """Tell whether any passage holds a token."""
        return token in self._engine.vocab_dict

    def weights(self, tokens: Iterable[str]) -> dict[str, float]:
        """Return the idf of each distinct token; one that no passage holds weighs most."""
        vocabulary, places = self._engine.vocab_dict, self._engine.scores["indptr"]
        weights = {}
        for token in set(tokens):
            row = vocabulary.get(token)
            frequency = 0 if row is None else int(places[row + 1] - places[row])
            weights[token] = math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))
        return weights

    def save(self, folder: Path) -> None:
        """Write the index into ``folder`` as arrays and JSON."""
        self._engine.save(folder, allow_pickle=False, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """Read an index that ``save`` wrote; raise ValueError or OSError if it is none."""
        return cls(bm25s.BM25.load(folder, mmap=False, allow_pickle=False))
