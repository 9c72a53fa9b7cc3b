"""Fusion of what is known of a passage and of a sentence into one score; pure.

All signals are absolute (0 to 1, or a cosine), not ranks or deviations within one result
list, so that a score means the same for every question and can be held against a bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence as the answer; all but the first and the last are its passage's.

    sentence   MaxSim of the question's tokens and the sentence's, a cosine
    passage    MaxSim of the question's tokens and the passage's, a cosine
    dense      cosine of the question's vector and that of the passage in its context
    keyword    BM25, as a share of the best passage's, 0 to 1, as far as that is to be trusted
    coverage   share of the question's words that the passage holds, by weight, 0 to 1, squared
    fits       1 where the sentence holds the sort of thing that is asked for, else 0
    """

    sentence: float
    passage: float
    dense: float
    keyword: float
    coverage: float
    fits: float


SIGNAL_NAMES = tuple(field.name for field in fields(Signals))

# Chosen on a grid by the share of questions whose sentence and passage come first; the optimum is
# flat.  The cosines of this encoder lie between 0.75 and 0.95, so they decide although the weights
# of all three together are 1.
WEIGHTS = Signals(sentence=0.5, passage=0.4, dense=0.1, keyword=0.05, coverage=0.11, fits=0.025)


def fuse(signals: Signals) -> float:
    """Return the weighted sum of the signals; higher is better."""
    return float(sum(getattr(WEIGHTS, name) * getattr(signals, name) for name in SIGNAL_NAMES))


def trusted(share: float, coverage: float) -> float:
    """Return a passage's share of the best BM25, 1 where BM25 tells nothing.

    ``coverage`` is the share of the question's words in the passage that BM25 likes best.  Where
    that holds few of them, the question is worded in another way than the reports, and a few common
    words decide: the less is covered, the less the passages are set apart.
    """
    return 1 - coverage**2 * (1 - share)


def best_rows(scores: NDArray[np.float32], count: int) -> list[int]:
    """Return the rows of the highest scores, best first, ties in order; scores of 0 are left out."""
    count = min(count, len(scores))
    top = np.argpartition(-scores, count - 1)[:count] if count else np.empty(0, int)
    ordered = sorted(top.tolist(), key=lambda row: (-float(scores[row]), row))
    return [row for row in ordered if scores[row] > 0]


def merge(rankings: Iterable[list[int]]) -> list[int]:
    """Return the rows of several rankings, each once, in turn from the top of each."""
    rankings = list(rankings)
    longest = max(map(len, rankings), default=0)
    merged = (ranking[place] for place in range(longest) for ranking in rankings if place < len(ranking))
    return list(dict.fromkeys(merged))


def weighted_share(wanted: Set[str], held: Set[str], weights: Mapping[str, float]) -> float:
    """Return the share of the wanted words that are held, by weight, 0 to 1."""
    total = sum(weights[word] for word in wanted)
    return sum(weights[word] for word in wanted & held) / total if total else 0.0
