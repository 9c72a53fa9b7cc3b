"""Encode passages; those that the generation in use holds already keep their vectors.

The tokens of a passage are encoded alone.  Its vector is the mean of its tokens as they are in the
window of passages that it stands in: what it leaves unsaid, its neighbours say.  Cutting a text after
it was encoded is "late chunking" (Günther et al., 2024, arXiv:2409.04701).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Passage
from index.context import Window, context, windows
from index.encode import Encoder
from index.generation import Generation
from index.interaction import Encoding, TokenVectors
from index.watch import Watch


@dataclass(frozen=True, slots=True)
class Source:
    """What a passage's encoding is made from: its text in context, and its place in its window."""

    text: str
    length: int
    window: Window
    start: int

    def key(self, fingerprint: str) -> str:
        """Return what the encoding hangs on: the encoder and the two texts."""
        parts = (fingerprint, self.text, self.window.text, str(self.start))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def encoding(self, alone: Encoding, window: Encoding) -> Encoding:
        """Return the encoding of the passage from that of its text and that of its window."""
        own = alone.tokens.between(len(self.text) - self.length, len(self.text))
        within = window.tokens.between(self.start, self.start + self.length)
        # An encoder reads a text to a certain length; what a window has beyond that it does not see.
        seen = 0 < _end(own) <= _end(within)
        return Encoding(within.pooled() if seen else alone.vector, own)


def sources(passages: Sequence[Passage]) -> list[Source]:
    """Return what each passage is encoded from, in their order."""
    places = [(window, start) for window in windows(passages) for start in window.starts]
    return [
        Source(context(passage), len(passage.text), window, start)
        for passage, (window, start) in zip(passages, places, strict=True)
    ]


def encode_new(
    passages: Sequence[Passage], encoder: Encoder, previous: Generation | None, watch: Watch
) -> tuple[list[Encoding], int]:
    """Return the encodings of passages, and how many came from the previous generation."""
    wanted = sources(passages)
    keys = [source.key(encoder.fingerprint) for source in wanted]
    known = _known_encodings(previous)
    fresh = {key: source for key, source in zip(keys, wanted, strict=True) if key not in known}
    reused = sum(key in known for key in keys)
    texts = list(dict.fromkeys(text for one in fresh.values() for text in (one.text, one.window.text)))

    def advance(done: int) -> None:
        # A passage is done with its texts, and its window is one of several passages.
        watch.tell("嵌入", reused + done * len(fresh) // max(len(texts), 1), reused + len(fresh))

    advance(0)
    encoded = dict(zip(texts, encoder.encode_passages(texts, advance), strict=True))
    for key, source in fresh.items():
        known[key] = source.encoding(encoded[source.text], encoded[source.window.text])
    return [known[key] for key in keys], reused


def _end(tokens: TokenVectors) -> int:
    return int(tokens.spans[-1, 1]) if len(tokens.spans) else 0


def _known_encodings(previous: Generation | None) -> dict[str, Encoding]:
    if previous is None:
        return {}
    fingerprint = previous.manifest.recipe.fingerprint
    keys = (source.key(fingerprint) for source in sources(previous.passages))
    return {
        key: Encoding(vector, previous.tokens.passage(row))
        for row, (key, vector) in enumerate(zip(keys, previous.vectors.vectors(), strict=True))
    }
