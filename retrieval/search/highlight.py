"""Which words of a passage to highlight for a question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.search.sentences import Span

# Words that weigh less stand in nearly every passage and show nothing.
LEAST_WEIGHT = 0.7


def highlights(text: str, words: Mapping[str, float]) -> tuple[Span, ...]:
    """Return the spans of ``text`` that hold the question's words, sorted and apart.

    Single Chinese characters are left out: they are found everywhere by chance.
    """
    telling = [
        word for word, weight in words.items() if weight >= LEAST_WEIGHT and (len(word) > 1 or word.isdigit())
    ]
    if not telling:
        return ()
    pattern = re.compile("|".join(map(_whole, sorted(telling, key=len, reverse=True))), re.IGNORECASE)
    # Pairs of characters overlap (全市, 市场), so the search goes on at the next character.
    found: list[Span] = []
    position = 0
    while match := pattern.search(text, position):
        if found and match.start() <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], match.end())
        else:
            found.append(match.span())
        position = match.start() + 1
    return tuple(found)


def _whole(word: str) -> str:
    """Return the pattern of a word; a number is only found whole: 5 is not in 2546."""
    return rf"(?<![\d.,]){re.escape(word)}(?![\d.,]*\d)" if word.isdigit() else re.escape(word)
