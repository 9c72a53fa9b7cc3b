"""Fusion of what is known of a passage and of a sentence into one score; pure.

All signals are absolute (0 to 1, or a cosine), not ranks or deviations within one result
list, so that a score means the same for every question and can be held against a bar.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from math import log

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence as the answer; all but the first and the last are its passage's."""

    sentence: float  # MaxSim of the question's tokens and the sentence's, a cosine
    passage: float  # MaxSim of the question's tokens and the passage's, a cosine
    dense: float  # cosine of the question's vector and that of the passage among its neighbours
    keyword: float  # the coverage, by how far the question's words are trusted, 0 to 1 + LONG
    coverage: float  # share of the question's words that the passage holds, by weight, 0 to 1, squared
    characters: float  # share of the question's single characters that the passage holds, 0 to 1, squared
    fits: float  # how far the sentence holds the sort of thing that is asked for, 0 to 2


# Chosen by the share of questions whose sentence and passage come first; the optimum is flat.  The
# cosines of this encoder lie between 0.75 and 0.95, so they decide although the weights of all three
# together are 1.  Coverage counts as far as it is trusted, and so in what the words tell.
WEIGHTS = {
    "sentence": 0.23,
    "passage": 0.34,
    "dense": 0.43,
    "keyword": 0.05,
    "characters": 0.01,
    "fits": 0.01,
}

# Words are trusted from this many rare ones that a passage shares with the question, and wholly from
# this many more.  That no other passage shares nearly as many speaks for them, too.
FEW, MANY = 0.7, 3.0
ALONE = 3.0
# Who asks at length asks in the words of the text: from so many characters on words count more, and
# from so many by this much more.
BEGINS_LONG, IS_LONG = 18, 22
LONG = 4.0
# Among few passages words count so much, however common they are, for few passages share them by
# chance; among this many they count half of that.
NEAR = 3.0
CROWD = 200


def weighted(signals: object, weights: Mapping[str, float]) -> float:
    """Return the weighted sum of signals; higher is better."""
    return sum(weight * float(getattr(signals, name)) for name, weight in weights.items())


def trust(best: float, second: float, searched: int, count: int, length: int) -> float:
    """Return how far the words of a question tell its passage, 0 to 1 + LONG.

    ``best`` and ``second`` are the two highest scores of BM25 among the passages ``searched`` of ``count``
    that are indexed; ``length`` is the question's, in characters.  A score is a sum of idf, and that of a
    word in one passage only is about ``ln(count)``.  Where few rare words are shared among many passages,
    the question is worded in another way than the reports, and a few common words would decide.
    """
    if best <= 0 or count < 2:
        return 0.0
    rare = (best / log(count) + ALONE * (1 - second / best) - FEW) / MANY
    long = (length - BEGINS_LONG) / (IS_LONG - BEGINS_LONG)
    return max(_share(rare) * (1 + LONG * _share(long)), NEAR * CROWD / (CROWD + searched))


def best_rows(scores: NDArray[np.float32], count: int) -> list[int]:
    """Return the rows of the highest scores, best first, ties in order; scores of 0 are left out."""
    return [row for row in np.argsort(-scores, kind="stable")[:count].tolist() if scores[row] > 0]


def merge(rankings: Iterable[Sequence[int]]) -> list[int]:
    """Return the rows of several rankings, each once, in turn from the top of each."""
    turns = chain.from_iterable(zip_longest(*rankings))
    return [row for row in dict.fromkeys(turns) if row is not None]


def weighted_share(held: Container[str], weights: Mapping[str, float]) -> float:
    """Return the share of some words that are held, by weight, 0 to 1."""
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in held) / total if total else 0.0


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
