"""The nouns of print on a page: PrintedLine, Ruling and PrintedPage; format-free, PDF and pictures alike.

Lengths are in the page's own unit (points, pixels), from the top left corner of the page as its
text stands upright; what looks for distances measures them in type sizes, never in units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from unicodedata import east_asian_width

# A character of a Chinese font is an em wide, a Latin one about half of it.
WIDE_CHARACTER = 1.0
NARROW_CHARACTER = 0.5
EVEN_GAPS = 1.2  # times the smallest gap of a line whose words are spread


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Characters printed on one line, without a wide gap: a column's line, or a cell's.

    text      the characters in reading order, without white space at the ends
    left, top, right, bottom   the area that the line takes
    size      of the type, its em
    bold      heavier than the font's book weight
    vertical  the characters run down the page, and lines follow from right to left
    spans     where each character of ``text`` begins and ends along the line (from the left, or from
              the top where vertical); empty where not known
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    vertical: bool = False
    spans: tuple[tuple[float, float], ...] = ()

    def reach(self, start: int, end: int) -> tuple[float, float]:
        """Return where ``text[start:end]`` (not empty) begins and ends along the line; by widths if unknown."""
        if self.spans:
            return self.spans[start][0], self.spans[end - 1][1]
        begin, stop = (self.top, self.bottom) if self.vertical else (self.left, self.right)
        widths = [0.0, *accumulate(character_width(character) for character in self.text)]
        unit = (stop - begin) / max(widths[-1], NARROW_CHARACTER)
        return begin + widths[start] * unit, begin + widths[end] * unit

    def cut(self, start: int, end: int) -> PrintedLine | None:
        """Return ``text[start:end]`` as a line of its own, None where that is only white space.

        >>> line = PrintedLine("收入 12", 0, 0, 35, 10, 10)
        >>> line.cut(2, 5).left
        25.0
        """
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start >= end:
            return None
        begin, stop = self.reach(start, end)
        line = replace(self, text=self.text[start:end], spans=self.spans[start:end])
        return (
            replace(line, top=begin, bottom=stop) if self.vertical else replace(line, left=begin, right=stop)
        )


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn straight line, or a thin or long edge of a drawn rectangle; its area may have no thickness."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def vertical(self) -> bool:
        """Whether it runs down the page."""
        return self.bottom - self.top > self.right - self.left


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What a page prints that stands in one direction.

    number          of the page, from 1; a page with text in two directions makes two of these
    width, height   of the page as this text stands upright
    lines, rulings  in any order
    turn            quarter turns, clockwise, from this to the page as it is shown
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    rulings: tuple[Ruling, ...] = ()
    turn: int = 0


def is_spread(lines: Sequence[PrintedLine], gaps: Sequence[float]) -> bool:
    """Tell Latin words of one line that are spread over a narrow column: the gaps are all the same."""
    words = all(line.text.isascii() and any(map(str.isalpha, line.text)) for line in lines)
    return words and len(gaps) > 1 and max(gaps) < EVEN_GAPS * min(gaps)


def character_width(character: str) -> float:
    """Return how wide Chinese type sets a character, in ems."""
    return WIDE_CHARACTER if east_asian_width(character) in "WFA" else NARROW_CHARACTER


def text_width(text: str) -> float:
    """Return how wide Chinese type sets a text, in ems."""
    return sum(character_width(character) for character in text)


def body_size(lines: Sequence[PrintedLine]) -> float:
    """Return the type size that most characters are set in, 0 for no lines."""
    counts: dict[float, int] = {}
    for line in lines:
        size = round(line.size, 1)
        counts[size] = counts.get(size, 0) + len(line.text)
    return max(counts, key=lambda size: (counts[size], size), default=0.0)
