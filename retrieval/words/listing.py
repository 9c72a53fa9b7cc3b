"""Text in aligned columns, where a Chinese character is as wide as two Latin ones."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import category, east_asian_width

WIDEST = 40  # columns of a cell, but for the last of a row; the whole text is in the exports
GAP = "  "


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> display_width("GDP增长")
    7
    """
    return sum(_width(character) for character in text)


def first_columns(text: str, room: int) -> str:
    """Return as much of the beginning of a text as some columns hold."""
    while display_width(text) > room:
        text = text[:-1]
    return text


def listing(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows under their heads, one line a row; what is longer than ``WIDEST`` ends in ``…``."""
    table = [[*map(_cut, map(_plain, row[:-1])), _plain(row[-1])] for row in (heads, *rows)]
    widths = [max(map(display_width, column)) for column in zip(*table, strict=True)]
    lines = (
        GAP.join(cell + " " * (width - display_width(cell)) for cell, width in zip(row, widths, strict=True))
        for row in table
    )
    return "\n".join(line.rstrip() for line in lines)


def _width(character: str) -> int:
    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _plain(text: str) -> str:
    """Return a text without what moves a terminal's cursor: line breaks, controls, turns of direction."""
    return "".join(" " if category(one) in ("Cc", "Cf", "Zl", "Zp") else one for one in text)


def _cut(text: str) -> str:
    return text if display_width(text) <= WIDEST else first_columns(text, WIDEST - 1) + "…"
