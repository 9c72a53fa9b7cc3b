"""Sentences and clauses of a passage, as spans."""

from __future__ import annotations

import re
from functools import lru_cache

# A sentence runs to its full stop with the quotes and brackets that close it, or to the line's end.
SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?…]+[”’）)】』」]*)?")
CLAUSE = re.compile(r"[^，；。！？;!?\n]+[，；。！？;!?]*[”’）)】』」]*")

Span = tuple[int, int]


@lru_cache(maxsize=4096)
def sentence_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of a passage's sentences; together they hold all but line ends."""
    return tuple(match.span() for match in SENTENCE.finditer(text) if match[0].strip())


def clause_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of the clauses of ``text[start:end]``."""
    return tuple(match.span() for match in CLAUSE.finditer(text, start, end))
