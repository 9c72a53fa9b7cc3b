"""Extracted: what a reader of one format found in a file, before anything is repaired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.document import Box, Omission, Page, RepairStep, SheetRow

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reader found, in reading order, with what the markup or the print says about it.

    All spans are characters, half-open, into ``text``; ``pages``, ``boxes`` and ``repeated`` rise.

    text       one paragraph, heading or table row a line; lines may also be cut as they are
               printed, ``repair`` joins those
    headings   the level of the lines, counted from 0, that the markup or the print names as headings
    pages      where each page stands; none for a format without pages
    boxes      where runs of characters are printed; a run does not leave its line
    repeated   what says again what is printed once: the heads of a table on each of its rows
    omissions  what is printed and left out on purpose
    printed    what each page prints, in any order, as the file or the recognition gave it before the
               reader chose and ordered; the digit audit compares with it.  Empty: ``text`` is all there is
    notes      how it was read, for the report's list of steps
    recognised  the mean confidence, from 0 to 1, of each page that was a picture
    rows       where lines say rows of a sheet, and which
    whole      every line is a whole paragraph already: ``repair`` joins none
    """

    text: str
    headings: Mapping[int, int] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    boxes: tuple[Box, ...] = ()
    repeated: tuple[Span, ...] = ()
    omissions: tuple[Omission, ...] = ()
    printed: tuple[str, ...] = ()
    notes: tuple[RepairStep, ...] = ()
    recognised: Mapping[int, float] = field(default_factory=dict)
    whole: bool = False
    rows: tuple[SheetRow, ...] = ()
