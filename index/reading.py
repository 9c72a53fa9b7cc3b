"""What a report's reading hangs on beside its file, so that an unchanged file need not be read again.

Recognising the print of a scanned report takes minutes. The report that the generation in use
holds serves as well, if its file is the same and nothing that reads files has changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import corpus
from corpus import Report
from corpus.figures.figure import Figure
from corpus.names import printable
from index.digests import file_sha256
from index.generation import Generation
from index.manifest import ReportEntry

# Our own code, and the lists that it reads.
CODE = (".py", ".toml", ".tsv", ".txt")


@cache
def reading_fingerprint() -> str:
    """Return what changes whenever the same file might give another report.

    It is made of the source of ``corpus`` and the versions of all installed packages: a number to be
    raised by hand, or a list of the packages that readers use, would be forgotten.
    """
    folder = Path(corpus.__file__).parent
    code = (path for path in folder.rglob("*") if path.suffix in CODE and path.parent.name != "reports")
    parts = [f"{path.relative_to(folder).as_posix()} {file_sha256(path)}" for path in sorted(code)]
    parts += sorted(f"{package.name} {package.version}" for package in distributions())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as it was read and its figures, with offsets into its text."""

    report: Report
    figures: tuple[Figure, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownReadings:
    """The readings that a generation holds; ``names`` are its reports' by digest and name of their files."""

    generation: Generation | None = None
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, generation: Generation | None) -> KnownReadings:
        """Return the readings of a generation."""
        reports = generation.manifest.reports if generation else ()
        return cls(generation, {(entry.digest, _file_name(entry)): entry.name for entry in reports})

    def find(self, digest: str, path: Path) -> Reading | None:
        """Return the reading of the file at ``path`` if reading it would give the same again.

        A report's title and place are also read from the file's name, so that must be the same.
        """
        name = self.names.get((digest, path.name))
        if name is None or self.generation is None:
            return None
        same = self.generation.manifest.reading == reading_fingerprint()
        return self.kept(name, path) if same else None

    def kept(self, name: str, path: Path) -> Reading:
        """Return the reading of the generation's report of that name, however it was read."""
        if self.generation is None:
            raise KeyError(name)
        figures = (entry.figure for entry in self.generation.ledger if entry.report == name)
        report = self.generation.report(name)
        return Reading(replace(report, name=printable(path.name), path=path), tuple(figures))


def _file_name(entry: ReportEntry) -> str:
    return entry.source.rsplit("/", 1)[-1]
