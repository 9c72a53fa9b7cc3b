"""Folds: figures that a report states more than once, in a text and in a table or in two sentences, as one.

Only what is the same in every respect is one figure: indicator, amount and bound, kind, status, time
and what it is of.  What differs in one stays apart, so that contradictions can be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from corpus.figures.synonyms import SYNONYMS
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.filter import Rows
from retrieval.facts.statements import (
    SHORTEST_NAME,
    Days,
    Statement,
    grouped,
    manners,
    narrowing,
    yearly_basis,
)

# Statements of a group and of its parent have the same rows.
WHOSE = "合并", "母公司", "本公司", "本部", "本级"


class Folds:
    """Which rows of a ledger state one figure; of each figure the first row stands for all."""

    def __init__(self, stated: Sequence[Statement], days: Sequence[Days | None]) -> None:
        self._lead: Rows = np.arange(len(stated))
        alike = grouped(range(len(stated)), lambda row: _figure(stated[row], days[row]))
        for rows in alike.values():
            # What something is of takes long to tell and is asked only where all else is the same.
            for part in _of_one_thing(stated, rows) if len(rows) > 1 else ():
                self._lead[part] = part[0]

    def of(self, rows: Rows) -> Rows:
        """Return the rows that stand for some rows, each once, in their order."""
        leads: Rows = pd.unique(self._lead[rows])
        return leads

    def members(self, row: int) -> tuple[int, ...]:
        """Return the rows that state the same figure as ``row``, itself among them, in their order."""
        return tuple(np.flatnonzero(self._lead == self._lead[row]).tolist())


def _figure(statement: Statement, days: Days | None) -> tuple[object, ...]:
    """Return what two rows of one figure share, but for what it is of."""
    entry = statement.entry
    figure, terms = entry.figure, entry.terms
    amount = (amount_of(figure), terms.amount_to, figure.bound, figure.direction)
    thing = entry.report, terms.series, figure.kind, figure.status, yearly_basis(figure)
    return *thing, days or figure.period, amount


def _of_one_thing(stated: Sequence[Statement], rows: Sequence[int]) -> Iterator[list[int]]:
    """Yield those of some rows that are of one thing.

    6个项目开工、6个项目投运: the same twice in one sentence are two things.
    """
    seen = Counter[tuple[object, int]]()

    def thing(row: int) -> tuple[object, int]:
        whole, start = _whole(stated[row]), stated[row].entry.figure.start - len(stated[row].before)
        seen[whole, start] += 1
        return whole, seen[whole, start]

    yield from grouped(rows, thing).values()


def _whole(statement: Statement) -> object:
    """Return what a figure is of, as far as words tell: a short name (企业) only says it with its sentence."""
    series = statement.entry.terms.series
    if len(series) < SHORTEST_NAME and series not in SYNONYMS:
        return statement.sentence
    headings = " ".join(statement.passage.headings)
    whose = frozenset(word for word in WHOSE if word in headings)
    return manners(statement), frozenset(narrowing(statement)), whose
