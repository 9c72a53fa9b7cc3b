"""Confidence: how likely what was found answers the question, as a probability and in words; pure.

Two logistic models.  They were fitted on questions with known answers, put to one report and to
65, and on the same questions with the passages that answer them taken away: what is nearest then
answers nothing, however alike it sounds.
"""

from __future__ import annotations

from math import exp
from typing import Literal

from retrieval.search.fusion import Signals

# Below these the reports are held not to say.  Of right answers two in a hundred are refused; of wrong
# ones seven in ten that show a figure, and a third of the others.
LEAST_FIGURE = 0.16
LEAST_SENTENCE = 0.15
SURE, FAIR = 0.85, 0.5

Level = Literal["sure", "fair", "unsure"]
WORDS: dict[Level, str] = {"sure": "把握大", "fair": "把握较大", "unsure": "把握不大，请核对原文"}


def figure_confidence(
    sentence: Signals, gap: float, words: float, indicator: float, unit: float, period: float, status: float
) -> float:
    """Return the probability that a figure is the one that was asked for, 0 to 1.

    ``gap`` is how far the score of its sentence is behind that of the best; the others are signals
    of its sentence and its own: see ``retrieval.pick.FigureSignals``.
    """
    return _logistic(
        -13.7
        + 8.08 * sentence.sentence
        - 0.39 * sentence.coverage
        - 75.5 * gap
        + 3.85 * words
        + 3.56 * indicator
        + 2.34 * unit
        + 2.14 * period
        + 2.16 * status
    )


def sentence_confidence(sentence: Signals) -> float:
    """Return the probability that a sentence answers a question that asks for no figure, 0 to 1."""
    return _logistic(-16.2 + 17.3 * sentence.sentence + 8.05 * sentence.coverage)


def level(confidence: float) -> Level:
    """Return how sure an answer is, on a scale of three."""
    if confidence >= SURE:
        return "sure"
    return "fair" if confidence >= FAIR else "unsure"


def in_words(confidence: float) -> str:
    """Return a confidence in words, for the user.

    >>> in_words(0.97), in_words(0.6), in_words(0.3)
    ('把握大', '把握较大', '把握不大，请核对原文')
    """
    return WORDS[level(confidence)]


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-score))
