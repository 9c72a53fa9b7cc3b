"""Sentences and clauses of a passage, as spans."""

from __future__ import annotations

import re
from functools import lru_cache

# A sentence runs to its full stop with the quotes and brackets that close it, or to the line's end.
SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?…]+[”’）)】』」]*)?")
# 9，732 is one number.  The cells of a table's row stand as clauses do.
CLAUSE = re.compile(r"(?:[^，；。！？;!?\n｜]|(?<=\d)，(?=\d{3}))+[，；。！？;!?｜]*[”’）)】』」]*")

Span = tuple[int, int]


@lru_cache(maxsize=4096)
def sentence_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of a passage's sentences; together they hold all but line ends."""
    return tuple(match.span() for match in SENTENCE.finditer(text) if match[0].strip())


def clause_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the spans of the clauses of ``text[start:end]``."""
    return tuple(match.span() for match in CLAUSE.finditer(text, start, end))


def statement_span(text: str, sentence: Span, focus: Span) -> Span:
    """Return the part of a sentence between semicolons that holds ``focus``; each such part stands alone."""
    start = max(text.rfind(mark, sentence[0], focus[0]) for mark in "；;") + 1
    ends = [end for mark in "；;" if (end := text.find(mark, focus[1], sentence[1])) >= 0]
    return max(start, sentence[0]), min(ends, default=sentence[1])
