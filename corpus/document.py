"""The nouns of a corpus: Report, its Headings, Pages and repair steps, and Passage.

All offsets are characters, half-open, into ``Report.text`` (the repaired text) unless a
field says that they are into ``Report.source`` (the text as it was extracted).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from pathlib import Path
from unicodedata import east_asian_width

from corpus.identity import Identity

# What is shown page by page and counted in slides.
SLIDE_SUFFIXES = (".pptx", ".pptm", ".ppsx", ".ppt", ".dps")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a report: its place in the text and its depth (1 is the outermost)."""

    text: str
    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source: its number, counted from 1, and its span in ``Report.text``."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of a table's text that begins at ``start``: its row in the file, counted from 1, and its sheet.

    ``sheet`` is empty for a file that is one table (CSV).
    """

    start: int
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Rectangle:
    """An area of a page, in fractions of the upright page's width and height from its top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Box:
    """Where a run of characters of ``Report.source``, all on one line, is printed."""

    start: int
    end: int
    area: Rectangle


@dataclass(frozen=True, slots=True)
class Omission:
    """Print of a page that is left out of the text on purpose, and why (page number, running head)."""

    page: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A numeral that is not as it is printed once on its page and nowhere else.

    ``kind`` is a key of ``corpus.audit.KINDS``; ``page`` is None for a format without pages;
    ``context`` is what stands around it, where it is printed or, of what is not printed, in the text.
    """

    kind: str
    page: int | None
    text: str
    context: str


@dataclass(frozen=True, slots=True)
class AuditCounts:
    """How much of what the pages print reached the passages.

    numerals    that are printed; each is kept, omitted on purpose, lost, split or glued
    doubled     numerals that passages say more often than print; unprinted: that no page prints
    characters  Chinese ones that are printed; kept in passages, or omitted on purpose
    recognised  pages that were pictures; confidence: of their recognition, the mean over characters
    """

    numerals: int
    kept: int
    omitted: int
    lost: int
    split: int
    glued: int
    doubled: int
    unprinted: int
    characters: int
    characters_kept: int
    characters_omitted: int
    recognised: int = 0
    confidence: float | None = None

    @property
    def faults(self) -> int:
        """How many numerals are not as they are printed."""
        return self.lost + self.split + self.glued + self.doubled + self.unprinted

    @property
    def character_share(self) -> float:
        """The share of the Chinese characters that is kept or omitted on purpose, 1 of none."""
        accounted = self.characters_kept + self.characters_omitted
        return accounted / self.characters if self.characters else 1.0


@dataclass(frozen=True, slots=True)
class Audit:
    """The comparison of a report's passages with what its pages print: counts, and the first faults."""

    counts: AuditCounts
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairStep:
    """One kind of repair that was made: the table's name and reason, and how often."""

    name: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is read: repaired text, what it was before, and how to get back.

    ``origins[i]`` is the offset in ``source`` of the character ``text[i]``; it rises with
    ``i`` and never falls.
    """

    name: str
    path: Path
    digest: str
    title: str
    text: str
    source: str
    origins: Sequence[int] = field(repr=False)
    headings: tuple[Heading, ...] = ()
    pages: tuple[Page, ...] = ()
    repairs: tuple[RepairStep, ...] = ()
    identity: Identity = field(default_factory=Identity)
    boxes: tuple[Box, ...] = field(default=(), repr=False)
    omissions: tuple[Omission, ...] = ()
    audit: Audit | None = field(default=None, repr=False)
    rows: tuple[SheetRow, ...] = field(default=(), repr=False)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of ``source`` that ``text[start:end]`` (not empty) came from."""
        return self.origins[start], self.origins[end - 1] + 1

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last line of the file, counted from 1, of ``text[start:end]``."""
        first, last = self.source_span(start, end)
        return self.source.count("\n", 0, first) + 1, self.source.count("\n", 0, last) + 1

    def sheet_rows(self, start: int, end: int) -> tuple[SheetRow | None, ...]:
        """Return for each line of ``text[start:end]`` the row of a sheet that it says; none without sheets."""
        if not self.rows:
            return ()
        found: list[SheetRow | None] = []
        at = start
        for line in self.text[start:end].split("\n"):
            before = bisect_right(self.rows, at, key=lambda row: row.start) - 1
            row = self.rows[before] if before >= 0 else None
            found.append(row if row and self.text.find("\n", row.start, at) < 0 else None)
            at += len(line) + 1
        return tuple(found)

    def rectangles(self, start: int, end: int) -> tuple[Rectangle, ...]:
        """Return where ``text[start:end]`` is printed, one area a line, in reading order; none for a format without pages.

        Of a line that is only partly in the span the area is cut, by the widths that its characters
        have in a Chinese font: full or half.
        """
        if start >= end or not self.boxes:
            return ()
        # Repairs may leave source text out: what lies between is not marked.
        first, last = self.source_span(start, end)
        begin = bisect_right(self.boxes, first, key=lambda box: box.end)
        touched = takewhile(lambda box: box.start < last, self.boxes[begin:])
        return tuple(self._cut(box, max(box.start, first), min(box.end, last)) for box in touched)

    def _cut(self, box: Box, start: int, end: int) -> Rectangle:
        before, inside, after = (
            _print_width(self.source[left:right])
            for left, right in pairwise((box.start, start, end, box.end))
        )
        area = box.area
        unit = (area.right - area.left) / max(before + inside + after, 1)
        return replace(area, left=area.left + before * unit, right=area.right - after * unit)


def _print_width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a report that is searched and shown as one: ``report.text[start:end] == text``.

    ``sheet`` and ``rows`` say where it stands in a workbook: the row of each of its lines, 0 for one that
    is none.  ``headings`` are the headings that the passage stands under, outermost first; ``lines``
    are its first and last line in the file, counted from 1; ``page`` is the number of the
    page that it starts on, None for a format without pages.
    """

    report: str
    number: int
    text: str
    start: int
    end: int
    title: str
    headings: tuple[str, ...]
    paragraph: int
    lines: tuple[int, int]
    page: int | None = None
    areas: tuple[Rectangle, ...] = ()
    sheet: str = ""
    rows: tuple[int, ...] = ()

    @property
    def is_slide(self) -> bool:
        """Whether its page is a slide."""
        return self.page is not None and self.report.lower().endswith(SLIDE_SUFFIXES)

    def rows_between(self, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """Return the first and the last row of the sheet that ``text[start:end]`` says; None without one."""
        end = len(self.text) if end is None else end
        first, last = self.text.count("\n", 0, start), self.text.count("\n", 0, end)
        rows = [row for row in self.rows[first : last + 1] if row]
        return (min(rows), max(rows)) if rows else None

    @property
    def location(self) -> str:
        """Where the passage stands, as a person would look it up: file, page, paragraph, lines."""
        return self.location_of()

    def location_of(self, start: int = 0, end: int | None = None) -> str:
        """Return where ``text[start:end]`` stands, as a person would look it up: that of its passage.

        In a spreadsheet that is the sheet and its own rows, in a presentation the slide.
        """
        if rows := self.rows_between(start, end):
            sheet = f"工作表“{self.sheet}”" if self.sheet else ""
            return f"{self.report} {sheet}第{rows[0]}{f'–{rows[1]}' if rows[1] > rows[0] else ''}行"
        if self.is_slide:
            return f"{self.report} 第{self.page}张幻灯片"
        page = f"第{self.page}页 " if self.page is not None else ""
        first, last = self.lines
        lines = f"第{first}行" if first == last else f"第{first}–{last}行"
        return f"{self.report} {page}第{self.paragraph}段（{lines}）"
