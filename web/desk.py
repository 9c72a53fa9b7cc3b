"""Desk: what the parts of the page work with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.encode import Encoder
from index.holdings import FileLibrary, source_file
from index.manifest import ReportEntry
from index.settings import IndexSettings
from web.current import Library


@dataclass(frozen=True, slots=True)
class Desk:
    """The open library, where it comes from, and what visitors may do.

    ``read_only`` forbids whatever changes the index.
    """

    current: Library
    settings: IndexSettings
    index_dir: Path
    encoder: Encoder
    read_only: bool = False

    def file_of(self, entry: ReportEntry) -> Path | None:
        """Return the file that a report was read from, None if it is gone or no longer the same."""
        files = FileLibrary(self.settings.holdings_dir(self.index_dir))
        return source_file(entry, files, self.settings)
