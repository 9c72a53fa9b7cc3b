"""Questions to begin with, made from the figures that the reports hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, zip_longest

from corpus.figures.figure import Figure
from corpus.figures.units import match_unit
from retrieval.results import Answer

# As many as are taken in at a glance.
EXAMPLES = 6
# Candidates that are tried before giving up, so that a start stays quick.
TRIALS = 24
# A name that reads well in a question: Chinese, not too short to be clear, not a half sentence,
# and not begun by a word that belongs to what stood before it in its sentence.
_NAME = re.compile(r"(?![和及与或并其该各已共了的])[一-鿿]{4,10}(?<!之一)")


def choose_examples(figures: Iterable[Figure], ask: Callable[[str], Answer]) -> tuple[str, ...]:
    """Return questions that ``ask`` answers with the very figure that they were made from."""
    chosen: list[str] = []
    tried = chain.from_iterable(zip_longest(*_by_unit(figures)))
    for figure in [figure for figure in tried if figure is not None][:TRIALS]:
        question = _question(figure)
        if question not in chosen and _answers(ask(question), figure):
            chosen.append(question)
        if len(chosen) == EXAMPLES:
            break
    return tuple(chosen)


def _by_unit(figures: Iterable[Figure]) -> Sequence[list[Figure]]:
    """Group the figures that make a good question by unit: examples of one kind are dull."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        plain = figure.kind == "level" and figure.status == "actual" and figure.unit
        if plain and _NAME.fullmatch(figure.indicator):
            groups[figure.unit].append(figure)
    return list(groups.values())


def _question(figure: Figure) -> str:
    unit = match_unit(figure.unit, 0)
    if unit is not None and unit.family == "count":
        return f"{figure.indicator}有多少{figure.unit}？"
    return f"{figure.indicator}是多少？"


def _answers(answer: Answer, figure: Figure) -> bool:
    marked = (answer.text[start:end] for start, end in answer.marks)
    return answer.found and any(figure.quote in text for text in marked)
