"""Confidence: what tells how likely what was found answers the query.

Fitted on questions with known answers and on the same questions with the passages that answer them taken
away: what is nearest then answers nothing, however alike it sounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from retrieval.query.query import Query
from retrieval.reader.figures import Candidate
from retrieval.search.searcher import Evidence, Findings

# Below these the reports are held not to say.
LEAST_FIGURE = 0.11
LEAST_SENTENCE = 0.046
SURE, FAIR = 0.85, 0.5
MOST_LEAD = 6.0  # in the score of a figure; more says no more
MOST_TOPIC = 20  # characters
LONGEST = 200  # characters of a sentence

Level = Literal["sure", "fair", "unsure"]


def figure_values(query: Query, candidates: Sequence[Candidate], findings: Findings) -> dict[str, float]:
    """Return what tells how likely the best of some figures is the one that was asked for, by name."""
    best = candidates[0]
    others = [one.score for one in candidates if one.signals.unit and one.figure.value != best.figure.value]
    return {
        **asdict(best.evidence.signals),
        **asdict(best.signals),
        "gap": findings.evidence[0].score - best.evidence.score,
        "lead": min(best.score - max(others), MOST_LEAD) if others else MOST_LEAD,
        "has_unit": float(bool(query.units.printed)),
        "named": float(bool(query.named)),
        "topic_length": _topic_length(query),
        "money": float(query.money or query.amount),
    }


def sentence_values(query: Query, best: Evidence, findings: Findings) -> dict[str, float]:
    """Return what tells how likely a sentence answers a query that asks for no figure, by name."""
    others = [one.score for one in findings.evidence if one.row != best.row]
    return {
        **asdict(best.signals),
        "said": findings.looks[best.row].said(best.start, best.end),
        "score": best.score,
        "length": (best.end - best.start) / (LONGEST / 2),
        "lead": best.score - max(others) if others else 0.0,
        query.asks: 1.0,
        "topic_length": _topic_length(query),
    }


def _topic_length(query: Query) -> float:
    return float(min(len("".join(query.topic.split())), MOST_TOPIC))


def level(confidence: float) -> Level:
    """Return how sure an answer is, on a scale of three."""
    return "sure" if confidence >= SURE else "fair" if confidence >= FAIR else "unsure"
