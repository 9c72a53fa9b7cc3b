"""Compare a figure of several places or years: each as printed, which is more, and by how much."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.figures.synonyms import canonical_indicator
from retrieval.arithmetic import ESTIMATED, amount_of, comparable, difference
from retrieval.inquiry import MOST_FIGURES, Inquiry, Reply
from retrieval.question import Asks, Question, understand
from retrieval.results import CitedFigure, Computation
from retrieval.wording import statement

# Asked for the smaller one: 谁的失业率低, 哪年少.
LESS = re.compile(r"(?<!多)(?:低|少|小|慢|靠后)(?:[？?。]|$|一些|些|点|的|呢|分别|了?多少)")
# Only asked what each is: 各是多少, 分别有多少.
EACH = re.compile(r"(?:各|分别)[有是为达到]*多少[^，。]{0,3}$")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: its name, and its figure if the reports state it."""

    name: str
    figure: CitedFigure | None


def answer_comparison(inquiry: Inquiry, question: Question, parts: Mapping[str, str]) -> Reply:
    """Answer a question that compares; ``parts`` has what is asked of each side alone."""
    asks: Asks = "rank" if question.asks == "rank" else "figure"
    trials = {name: inquiry.try_out(understand(text, asks=asks)) for name, text in parts.items()}
    sides = _of_one_kind(question, [Side(name, trial.figure) for name, trial in trials.items()])
    text, computations = compare(question.text, sides)
    figures = [side.figure for side in sides if side.figure]
    others = [figure for trial in trials.values() for figure in trial.related()[1:]]
    return Reply(
        found=len(figures) == len(sides),
        text=text,
        hits=inquiry.hits_of(list(trials.values())),
        figures=tuple(figures + others)[: max(MOST_FIGURES, len(figures))],
        computations=computations,
        reason=None if len(figures) == len(sides) else "indicator",
        confidence=min(trial.verdict.confidence for trial in trials.values()),
    )


def _alike(figures: Sequence[CitedFigure]) -> bool:
    """Tell whether figures measure the same thing, so that one can be said to be more."""
    indicators = [canonical_indicator(figure.indicator) for figure in figures]
    shortest = min(indicators, key=len)
    same = all(shortest in indicator for indicator in indicators)
    return comparable(figures) and same and len({figure.status == "target" for figure in figures}) == 1


def _of_one_kind(question: Question, sides: Sequence[Side]) -> list[Side]:
    """Return the sides without figures of another kind than was asked for, where others have it.

    Asked for GDP, a growth of GDP is no answer beside an amount.
    """
    wanted = question.kind or "level"
    if not any(side.figure and side.figure.kind == wanted for side in sides):
        return list(sides)
    return [side if side.figure and side.figure.kind == wanted else Side(side.name, None) for side in sides]


def compare(question: str, sides: Sequence[Side]) -> tuple[str, tuple[Computation, ...]]:
    """Return the comparison in words, and the computation behind it where there is one.

    A difference is given between two figures of one unit; where a side has no figure that is
    said instead.
    """
    words = [
        f"{side.name}：{statement(side.figure)}" if side.figure else f"{side.name}：报告没有给出"
        for side in sides
    ]
    text = "；".join(words) + "。"
    stated = [(side.name, side.figure) for side in sides if side.figure]
    if len(stated) < 2 or not _alike([figure for _, figure in stated]):
        return text, ()
    less = LESS.search(question) is not None
    (first, best), (second, next_best) = sorted(
        stated, key=lambda one: amount_of(one[1])[0], reverse=not less
    )[:2]
    if amount_of(best) == amount_of(next_best):
        return f"{text}{first}与{second}相同。", ()
    verdict = f"{first}{'更' if len(stated) == 2 else '最'}{'低' if less else '高'}"
    if len(sides) > 2:
        return f"{text}{verdict}。", ()
    computation = difference(best, next_best)
    return f"{text}{verdict}，相差{computation.result}{ESTIMATED}。", (computation,)
