"""Folds: figures that a report states more than once, in a text and in a table or in two sentences, as one.

Only what is the same in every respect is one figure: indicator, amount and bound, kind, status, time
and what it is of.  What differs in one stays apart, so that contradictions can be seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.figures.synonyms import SYNONYMS
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.contradictions import MANNERS
from retrieval.facts.days import Days
from retrieval.facts.statements import SHORTEST_NAME, UNIT_END, YEAR_BEFORE, Statement, narrowing

Rows = NDArray[np.intp]
# Statements of a group and of its parent have the same rows.
WHOSE = re.compile(r"合并|母公司|本公司|本部|本级")


class Folds:
    """Which rows of a ledger state one figure; of each figure the first row stands for all."""

    def __init__(self, stated: Sequence[Statement], days: Sequence[Days | None]) -> None:
        self._lead: Rows = np.arange(len(stated))
        self._members: dict[int, tuple[int, ...]] = {}
        for rows in _alike(stated, days):
            self._lead[list(rows)] = rows[0]
            self._members[rows[0]] = rows

    def of(self, rows: Rows) -> Rows:
        """Return the rows that stand for some rows, each once, in their order."""
        leads = self._lead[rows]
        first = np.unique(leads, return_index=True)[1]
        return leads[np.sort(first)]

    def members(self, row: int) -> tuple[int, ...]:
        """Return the rows that state the same figure as ``row``, itself among them, in their order."""
        lead = int(self._lead[row])
        return self._members.get(lead, (lead,))


def _alike(stated: Sequence[Statement], days: Sequence[Days | None]) -> Iterable[tuple[int, ...]]:
    """Yield the rows of figures that are stated more than once."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for row, statement in enumerate(stated):
        groups.setdefault(_figure(statement, days[row]), []).append(row)
    for rows in groups.values():
        if len(rows) < 2:
            continue
        # What something is of takes long to tell and is asked only where all else is the same.
        parts: dict[object, list[int]] = {}
        seen = Counter[tuple[object, int]]()
        for row in rows:
            # 6个项目开工、6个项目投运: the same twice in one sentence are two things.
            whole, sentence = _whole(stated[row]), _sentence_start(stated[row])
            parts.setdefault((whole, seen[whole, sentence]), []).append(row)
            seen[whole, sentence] += 1
        yield from (tuple(part) for part in parts.values() if len(part) > 1)


def _sentence_start(statement: Statement) -> int:
    return statement.entry.figure.start - len(statement.before)


def _figure(statement: Statement, days: Days | None) -> tuple[object, ...]:
    """Return what two rows of one figure share, but for what it is of."""
    entry = statement.entry
    figure, terms = entry.figure, entry.terms
    basis = None if figure.basis in YEAR_BEFORE else figure.basis
    amount = (amount_of(figure), terms.amount_to, figure.bound, figure.direction)
    return entry.report, terms.series, figure.kind, figure.status, basis, days or figure.period, amount


def _whole(statement: Statement) -> object:
    """Return what a figure is of, as far as words tell: a short name (企业) only says it with its sentence."""
    series = statement.entry.terms.series
    if len(series) < SHORTEST_NAME and series not in SYNONYMS:
        return statement.sentence
    headings = " ".join(statement.passage.headings)
    manners = MANNERS.findall(UNIT_END.split(statement.before)[-1])
    return frozenset(manners), frozenset(narrowing(statement)), frozenset(WHOSE.findall(headings))
