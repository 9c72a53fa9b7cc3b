"""Weights of what speaks for a figure or a sentence, fitted on questions with known answers.

``weights.json`` is written by ``benchmarks/fit.py``: a linear score by which figures are ranked, and boosted
trees (Friedman, "Greedy function approximation: a gradient boosting machine", 2001) for the probability that
the best figure, or sentence, is the right one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

LEAF = -1
# (signal, threshold, left, right): left where the signal is at most the threshold.  A leaf is (-1, value, -1, -1).
Node = tuple[int, float, int, int]


@cache
def weights(name: str) -> Any:
    """Return what was fitted under a name: the weights of signals, or trees with their signals and bias."""
    text = files("retrieval.reader").joinpath("weights.json").read_text(encoding="utf-8")
    return json.loads(text)[name]


def probability(name: str, values: Mapping[str, float]) -> float:
    """Return the logistic of the sum of some trees, 0 to 1, given the values of the signals that are not 0."""
    model = weights(name)
    row = [values.get(signal, 0.0) for signal in model["signals"]]
    return 1 / (1 + exp(-model["bias"] - sum(_leaf(tree, row) for tree in model["trees"])))


def _leaf(tree: Sequence[Node], row: Sequence[float]) -> float:
    at = 0
    while tree[at][0] != LEAF:
        signal, threshold, left, right = tree[at]
        at = left if row[signal] <= threshold else right
    return tree[at][1]
