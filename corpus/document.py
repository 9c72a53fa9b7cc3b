"""The nouns of a corpus: Report, its Headings, Pages and repair steps, and Passage.

All offsets are characters, half-open, into ``Report.text`` (the repaired text) unless a
field says that they are into ``Report.source`` (the text as it was extracted).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.identity import Identity


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

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of ``source`` that ``text[start:end]`` (not empty) came from."""
        return self.origins[start], self.origins[end - 1] + 1

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last line of the file, counted from 1, of ``text[start:end]``."""
        first, last = self.source_span(start, end)
        return self.source.count("\n", 0, first) + 1, self.source.count("\n", 0, last) + 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a report that is searched and shown as one: ``report.text[start:end] == text``.

    ``headings`` are the headings that the passage stands under, outermost first; ``lines``
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

    @property
    def location(self) -> str:
        """Where the passage stands, as a person would look it up: file, page, paragraph, lines."""
        page = f"第{self.page}页 " if self.page is not None else ""
        first, last = self.lines
        lines = f"第{first}行" if first == last else f"第{first}–{last}行"
        return f"{self.report} {page}第{self.paragraph}段（{lines}）"
