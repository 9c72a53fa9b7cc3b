"""Search: from a query to the sentences that answer it, best first.

First the whole index by the passage's vector and by BM25; then a second look at the best of
both, sentence by sentence, with the encoder's own token vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.figures.synonyms import canonical_indicator, indicators_named, names_of
from index import Encoding, Index, TokenVectors, max_similarity, tokenize
from retrieval.query.query import Query
from retrieval.search.answer_type import fits
from retrieval.search.fusion import WEIGHTS, Signals, best_rows, merge, trust, weighted, weighted_share
from retrieval.search.sentences import sentence_spans

# Passages that are looked at a second time.  Among 7,000 passages the right one is in the
# first 20 of one of the two rankings for 95 of 100 questions.
SECOND_LOOK = 24
NOT_FIRST = 0.04  # what a sentence of a report on the year before or after is marked down by
FOCUS = 3.0  # how much more the new words of a follow-up weigh than those it took over


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage, with what speaks for it.

    ``row`` is the passage's row in the index; ``start`` and ``end`` are characters,
    half-open, in the passage; ``score`` is the fused ``signals``, higher is better.
    """

    row: int
    start: int
    end: int
    score: float
    signals: Signals


@dataclass(frozen=True, slots=True)
class Look:
    """A second look at a passage: the (q, t) cosines of the question's tokens to the passage's.

    ``topic`` is (q,) bool: the tokens of what is asked about, without those of place, time and asking.
    """

    tokens: TokenVectors
    cosines: NDArray[np.float32]
    topic: NDArray[np.bool_]

    @property
    def whole(self) -> float:
        """MaxSim of the question and the whole passage."""
        return max_similarity(self.cosines)

    def similarity(self, start: int, end: int) -> float:
        """Return MaxSim of the question and the passage's characters from ``start`` to ``end``."""
        return max_similarity(self.cosines[:, self.tokens.within(start, end)])

    def said(self, start: int, end: int) -> float:
        """Return how well the passage's characters say what is asked about: MaxSim of the topic alone."""
        return max_similarity(self.cosines[self.topic, self.tokens.within(start, end)])

    def meant(self, start: int, end: int) -> float:
        """Return how well the topic accounts for the passage's characters: MaxSim the other way round."""
        return max_similarity(self.cosines[self.topic, self.tokens.within(start, end)].T)


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a search.

    ``evidence`` is best first; ``ranks`` gives, by ranking, the place of each row that it
    found, counted from 1; ``words`` are the question's words with their weights; ``looks``
    has, by row, what the question's tokens saw in a passage; ``first`` are the preferred reports.
    """

    evidence: tuple[Evidence, ...]
    ranks: Mapping[str, Mapping[int, int]]
    words: Mapping[str, float]
    looks: Mapping[int, Look]
    first: Set[str] = frozenset()

    @property
    def rows(self) -> list[int]:
        """The passages in the order of their best sentences."""
        return list(dict.fromkeys(evidence.row for evidence in self.evidence))


class Searcher:
    """Searches one opened index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def find(self, query: Query, reports: Set[str], first: Set[str]) -> Findings:
        """Return the sentences of ``reports`` that may answer; those in ``first`` are preferred."""
        index, text = self._index, as_question(query.text)
        encoding = index.encoder.encode_queries([text])[0]
        topic = _topic_tokens(query, text, encoding)
        searched = np.array([passage.report in reports for passage in index.passages], bool)
        rows = None if searched.all() else np.flatnonzero(searched)
        keyword = np.where(searched, index.keywords.scores(with_synonyms(query.text)), np.float32(0))
        rankings = {
            "dense": list(self._dense(encoding, rows, SECOND_LOOK)),
            "keyword": best_rows(keyword, SECOND_LOOK),
        }
        merged = merge(rankings.values())
        dense = self._dense(encoding, np.array(merged, np.int64), len(merged))
        words = self._weights(query)
        single = {word for word in words if len(word) == 1}
        best, second = np.sort(np.append(keyword, np.zeros(2, np.float32)))[-1:-3:-1].tolist()
        length = sum(map(str.isalnum, query.text))
        trusted = trust(best, second, int(searched.sum()), len(keyword), length)
        looks, evidence = {}, []
        for row in merged:
            passage, tokens = index.passages[row], index.tokens.passage(row)
            looks[row] = look = Look(tokens, tokens.cosines_to(encoding.tokens), topic)
            held = words_of(passage.text) | words_of(passage.title)
            coverage = weighted_share(held, words) ** 2
            characters = (len(single & held) / len(single)) ** 2 if single else 0.0
            about = Signals(0.0, look.whole, dense[row], trusted * coverage, coverage, characters, 0.0)
            for start, end in sentence_spans(passage.text):
                said = fits(query, passage.text[start:end])
                signals = replace(about, sentence=look.similarity(start, end), fits=said)
                score = weighted(signals, WEIGHTS) - (0 if passage.report in first else NOT_FIRST)
                evidence.append(Evidence(row, start, end, score, signals))
        evidence.sort(key=lambda piece: (-piece.score, piece.row, piece.start))
        ranks = {name: {row: place for place, row in enumerate(found, 1)} for name, found in rankings.items()}
        return Findings(tuple(evidence), ranks, words, looks, first)

    def _weights(self, query: Query) -> dict[str, float]:
        """Return the query's words with their weights; what a follow-up asks anew weighs more."""
        words = self._index.keywords.weights(words_of(f"{query.topic} {query.items}".strip() or query.text))
        focus = words_of(query.focus)
        return {word: weight * (FOCUS if word in focus else 1.0) for word, weight in words.items()}

    def _dense(self, encoding: Encoding, rows: NDArray[np.int64] | None, count: int) -> dict[int, float]:
        """Return the ``count`` passages of ``rows`` (None: of all) nearest to the question, with their cosines."""
        scores, found = self._index.vectors.search(encoding.vector[None], count, rows)
        return dict(zip(found[0].tolist(), scores[0].tolist(), strict=True))


def as_question(text: str) -> str:
    """Return a question as the encoder knows questions best, with a question mark.

    >>> as_question("常住人口多少 "), as_question("常住人口是多少？")
    ('常住人口多少？', '常住人口是多少？')
    """
    return f"{text.rstrip(' ？?。')}？"


def _topic_tokens(query: Query, text: str, encoding: Encoding) -> NDArray[np.bool_]:
    """Return which of a question's tokens are of its topic; all of them where it has none."""
    inside = np.zeros(len(text) + 1, bool)
    for word in query.topic.split():
        if (start := text.find(word)) >= 0:
            inside[start : start + len(word)] = True
    spans = encoding.tokens.spans
    mask = np.array([bool(inside[start:end].any()) for start, end in spans], bool)
    return mask if mask.any() else np.ones(len(spans), bool)


def with_synonyms(text: str) -> str:
    """Return a question followed by the other names of the indicators in it (GDP, 生产总值)."""
    return " ".join([text, *(name for indicator in indicators_named(text) for name in names_of(indicator))])


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """Return the distinct tokens of a text, its indicators under one name each."""
    return frozenset(tokenize(canonical_indicator(text)))
