"""Confidence: how likely what was found answers the query, as a probability and in words.

Fitted on questions with known answers and on the same questions with the passages that answer them taken
away: what is nearest then answers nothing, however alike it sounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from retrieval.query.query import Query
from retrieval.reader.figures import Candidate
from retrieval.reader.weights import trees
from retrieval.search.searcher import Evidence, Findings

# Below these the reports are held not to say.
LEAST_FIGURE = 0.11
LEAST_SENTENCE = 0.046
SURE, FAIR = 0.85, 0.5
MOST_LEAD = 6.0  # in the score of a figure; more says no more
MOST_TOPIC = 20  # characters
LONGEST = 200  # characters of a sentence

Level = Literal["sure", "fair", "unsure"]
WORDS: dict[Level, str] = {"sure": "把握大", "fair": "把握较大", "unsure": "把握不大，请核对原文"}


def figure_confidence(query: Query, candidates: Sequence[Candidate], findings: Findings) -> float:
    """Return the probability that the best of some figures is the one that was asked for, 0 to 1."""
    best = candidates[0]
    others = [one.score for one in candidates if one.signals.unit and one.figure.value != best.figure.value]
    values = {
        **asdict(best.evidence.signals),
        **asdict(best.signals),
        "gap": findings.evidence[0].score - best.evidence.score,
        "lead": min(best.score - max(others), MOST_LEAD) if others else MOST_LEAD,
        "has_unit": float(bool(query.units.printed)),
        "has_year": float(bool(query.years)),
        "change": float(query.kind == "change"),
        "rank": float(query.kind == "rank"),
        "named": float(bool(query.named)),
        "topic_length": _topic_length(query),
        "money": float(query.money or query.amount),
    }
    return trees("figure_confidence").probability(values)


def sentence_confidence(query: Query, best: Evidence, findings: Findings) -> float:
    """Return the probability that a sentence answers a query that asks for no figure, 0 to 1."""
    others = [one.score for one in findings.evidence if one.row != best.row]
    model = trees("sentence_confidence")
    values = {
        **dict.fromkeys(model.signals, 0.0),
        **asdict(best.signals),
        "said": findings.looks[best.row].said(best.start, best.end),
        "score": best.score,
        "length": (best.end - best.start) / (LONGEST / 2),
        "lead": best.score - max(others) if others else 0.0,
        query.asks: 1.0,
        "topic_length": _topic_length(query),
    }
    return model.probability(values)


def _topic_length(query: Query) -> float:
    return float(min(len("".join(query.topic.split())), MOST_TOPIC))


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
