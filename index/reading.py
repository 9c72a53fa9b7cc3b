"""What a report's reading hangs on beside its file, so that an unchanged file need not be read again.

Recognising the print of a scanned report takes minutes. The report that the generation in use
holds serves as well, if its file is the same and nothing that reads files has changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import corpus
from corpus import Report
from corpus.figures.figure import Figure
from index.digests import file_sha256
from index.generation import Generation

# What turns files into text, beside our own code: the packages that ``corpus`` imports.
READING_PACKAGES = ("charset-normalizer", "markdown-it-py")


@cache
def reading_fingerprint() -> str:
    """Return what changes whenever the same file might give another report.

    It is made of the source of ``corpus`` and the versions of the packages that it reads with:
    a number to be raised by hand would be forgotten.
    """
    folder = Path(corpus.__file__).parent
    code = [
        path for path in folder.rglob("*") if path.suffix in (".py", ".txt") and path.parent.name != "reports"
    ]
    parts = [f"{path.relative_to(folder).as_posix()} {file_sha256(path)}" for path in sorted(code)]
    parts += [f"{name} {_version(name)}" for name in READING_PACKAGES]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as it was read and its figures, with offsets into its text."""

    report: Report
    figures: tuple[Figure, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownReadings:
    """The readings that a generation holds; ``names`` are its reports' by the digest of their files."""

    generation: Generation | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, generation: Generation | None) -> KnownReadings:
        """Return the readings of a generation."""
        reports = generation.manifest.reports if generation else ()
        return cls(generation, {entry.digest: entry.name for entry in reports})

    def find(self, digest: str, path: Path) -> Reading | None:
        """Return the reading of the file at ``path`` if reading it would give the same again."""
        if self.generation is None or digest not in self.names:
            return None
        if self.generation.manifest.reading != reading_fingerprint():
            return None
        kept = self.kept(self.names[digest])
        if kept.report.path.name != path.name:
            return None  # a report's title and place are also read from the file's name
        return replace(kept, report=replace(kept.report, name=path.name, path=path))

    def kept(self, name: str) -> Reading:
        """Return the reading of the generation's report of that name, however it was read."""
        if self.generation is None:
            raise KeyError(name)
        figures = (entry.figure for entry in self.generation.ledger if entry.report == name)
        return Reading(self.generation.report(name), tuple(figures))
