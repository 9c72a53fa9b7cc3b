"""Encode passages; those that the generation in use holds already keep their vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from corpus import Passage
from index.context import context
from index.encode import Encoder
from index.generation import Generation
from index.interaction import Encoding
from index.watch import Watch


def encode_new(
    passages: Sequence[Passage], encoder: Encoder, previous: Generation | None, watch: Watch
) -> tuple[list[Encoding], int]:
    """Return the encodings of passages, and how many came from the previous generation.

    The vector is that of the passage in its context, the tokens are the passage's own.
    """
    texts = [context(passage) for passage in passages]
    keys = [vector_key(encoder.fingerprint, text) for text in texts]
    known = _known_encodings(previous)
    fresh = {
        key: (text, len(text) - len(passage.text))
        for key, text, passage in zip(keys, texts, passages, strict=True)
        if key not in known
    }
    reused = sum(key in known for key in keys)

    def advance(done: int) -> None:
        watch.tell("嵌入", reused + done, reused + len(fresh))

    advance(0)
    encoded = encoder.encode_passages([text for text, _ in fresh.values()], advance)
    for (key, (_, start)), encoding in zip(fresh.items(), encoded, strict=True):
        known[key] = Encoding(encoding.vector, encoding.tokens.after(start))
    return [known[key] for key in keys], reused


def vector_key(fingerprint: str, text: str) -> str:
    """Return what a vector hangs on: the encoder and the embedded text."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode()).hexdigest()


def _known_encodings(previous: Generation | None) -> dict[str, Encoding]:
    if previous is None:
        return {}
    fingerprint = previous.manifest.recipe.fingerprint
    keys = (vector_key(fingerprint, context(passage)) for passage in previous.passages)
    return {
        key: Encoding(vector, previous.tokens.passage(row))
        for row, (key, vector) in enumerate(zip(keys, previous.vectors.vectors(), strict=True))
    }
