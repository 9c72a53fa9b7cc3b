"""Weights of what speaks for a figure or a sentence, fitted on questions with known answers.

``weights.json`` is written by ``benchmarks/fit.py``: a linear score by which figures are ranked, and boosted
trees (Friedman, "Greedy function approximation: a gradient boosting machine", 2001) for the probability that
the best figure, or sentence, is the right one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

LEAF = -1


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over named signals, and a bias; higher is likelier.

    A node is (signal, threshold, left, right): left where the signal is at most the threshold.  A leaf is
    (-1, value, -1, -1).
    """

    signals: tuple[str, ...]
    bias: float
    trees: tuple[tuple[tuple[int, float, int, int], ...], ...]

    def probability(self, values: Mapping[str, float]) -> float:
        """Return the logistic of the sum, 0 to 1, given the value of each signal."""
        row = [values[name] for name in self.signals]
        return 1 / (1 + exp(-self.bias - sum(_leaf(tree, row) for tree in self.trees)))


def _leaf(tree: Sequence[tuple[int, float, int, int]], row: Sequence[float]) -> float:
    at = 0
    while tree[at][0] != LEAF:
        signal, threshold, left, right = tree[at]
        at = left if row[signal] <= threshold else right
    return tree[at][1]


@cache
def _weights() -> dict[str, Any]:
    text = files("retrieval.reader").joinpath("weights.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def linear(name: str) -> Mapping[str, float]:
    """Return the weights of a linear score, by signal."""
    weights: dict[str, float] = _weights()[name]
    return weights


@cache
def trees(name: str) -> Trees:
    """Return boosted trees by their name."""
    read = _weights()[name]
    nodes = tuple(tuple((int(s), float(t), int(a), int(b)) for s, t, a, b in tree) for tree in read["trees"])
    return Trees(tuple(read["signals"]), float(read["bias"]), nodes)
