"""The text of a passage as it is searched: with its report's title, its headings and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus.document import Passage

# Raised when the same passage gives another text; an index made by another version is refused.
CONTEXT_VERSION = 2

# Characters of a window. The encoder takes 512 tokens, and a token of Chinese text is a character and
# a half, of digits less.
WINDOW = 600


@dataclass(frozen=True, slots=True)
class Window:
    """Passages that follow each other under one heading, as one ``text``.

    ``starts`` has for each of its passages the character of ``text`` that it begins at.
    """

    text: str
    starts: tuple[int, ...]


def context(passage: Passage) -> str:
    """Return what is embedded and indexed for a passage; it is not shown to anyone.

    Among many reports, a passage alone rarely says whose it is. Its report's title, the file's
    name (which often carries the place and the year) and the headings that it stands under more
    than double the share of questions whose passage comes first.
    """
    return f"{_head(passage)}\n{passage.text}"


def windows(passages: Sequence[Passage]) -> Iterator[Window]:
    """Yield the windows that passages, in their order, are read in; each passage stands in one."""
    first = 0
    for row in range(1, len(passages) + 1):
        held = passages[first:row]
        if row == len(passages) or not _goes_on(held, passages[row]):
            yield _window(held)
            first = row


def _goes_on(held: Sequence[Passage], passage: Passage) -> bool:
    """Tell whether a passage has room in the window of those before it, and stands where they stand."""
    first = held[0]
    places = {(one.report, one.title, one.headings) for one in (first, passage)}
    return len(places) == 1 and len(_window([*held, passage]).text) <= WINDOW


def _window(passages: Sequence[Passage]) -> Window:
    text, starts = _head(passages[0]), []
    for passage in passages:
        starts.append(len(text) + 1)
        text = f"{text}\n{passage.text}"
    return Window(text, tuple(starts))


def _head(passage: Passage) -> str:
    """Return the line that stands in front of a passage: file, title and headings."""
    stem = PurePath(passage.report).stem
    title = stem if passage.title in stem else f"{stem} {passage.title}"
    # A heading at the passage's own beginning is already there.
    headings = [heading for heading in passage.headings if not passage.text.startswith(heading)]
    return " ".join([title, *headings])
