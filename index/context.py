"""The text of a passage as it is searched: with its report's title and its headings in front."""

from __future__ import annotations

from pathlib import PurePath

from corpus.document import Passage

# Raised when the same passage gives another text; an index made by another version is refused.
CONTEXT_VERSION = 1


def context(passage: Passage) -> str:
    """Return what is embedded and indexed for a passage; it is not shown to anyone.

    Among many reports, a passage alone rarely says whose it is. Its report's title, the file's
    name (which often carries the place and the year) and the headings that it stands under more
    than double the share of questions whose passage comes first.
    """
    stem = PurePath(passage.report).stem
    title = stem if passage.title in stem else f"{stem} {passage.title}"
    # A heading at the passage's own beginning is already there.
    headings = [heading for heading in passage.headings if not passage.text.startswith(heading)]
    return "\n".join([" ".join([title, *headings]), passage.text])
