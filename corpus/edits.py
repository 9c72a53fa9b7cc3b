"""Edits: how a text was changed, so that every character can be traced to its origin.

A repair does not return a new text but the edits that make it.  Applying them keeps, for
each character of the result, the offset that it came from; applying several lots one
after the other composes these maps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``text[start:end]`` by ``replacement``; an insertion has ``start == end``."""

    start: int
    end: int
    replacement: str


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, list[int]]:
    """Return the edited text and, for each of its characters, its offset in ``text``.

    Edits must be in order and must not overlap (ValueError).  The characters of a
    replacement come from the characters that they replace, one to one as far as these go.

    >>> apply_edits("近4 年", [Edit(2, 3, "")])
    ('近4年', [0, 1, 3])
    """
    pieces: list[str] = []
    origins: list[int] = []
    position = 0
    for edit in edits:
        if edit.start < position:
            raise ValueError(f"edits overlap or are out of order at offset {edit.start}")
        pieces += [text[position : edit.start], edit.replacement]
        origins += range(position, edit.start)
        last = max(edit.start, edit.end - 1)
        origins += (min(edit.start + i, last) for i in range(len(edit.replacement)))
        position = edit.end
    pieces.append(text[position:])
    origins += range(position, len(text))
    # An insertion at the very end would point behind the text.
    limit = max(len(text) - 1, 0)
    return "".join(pieces), [min(origin, limit) for origin in origins]


def compose(outer: Sequence[int], inner: Sequence[int]) -> list[int]:
    """Return the map of an edit that followed another: through ``inner`` back to the first text."""
    return [inner[offset] for offset in outer]
