"""A rebuild as lines of JSON, for a program that runs it in a process of its own.

Each line is ``{"progress": …}`` or ``{"file": …}``, and the last ``{"summary": …}`` or ``{"error": …}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from corpus.errors import WenBaoError
from corpus.messages import Message
from index.build import BuildSummary
from index.changes import Changes
from index.errors import Failure, StoreError
from index.manifest import ReportEntry
from index.watch import FileStep, Progress


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """Names of reports that came, went and were revised; how many figures are new, gone, changed."""

    older: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    revised: tuple[str, ...]
    new: int
    gone: int
    changed: int

    @classmethod
    def of(cls, changes: Changes) -> ChangeCounts:
        """Return the counts of some changes."""
        return cls(
            changes.older,
            _names(changes.added),
            _names(changes.removed),
            _names(changes.revised),
            changes.count("new"),
            changes.count("gone"),
            changes.count("changed"),
        )


def _names(entries: Sequence[ReportEntry]) -> tuple[str, ...]:
    return tuple(entry.name for entry in entries)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rebuild did: ``BuildSummary`` in numbers."""

    generation: str
    reports: int
    passages: int
    figures: int
    reused: int
    read: int
    seconds: float
    failures: tuple[Failure, ...]
    changes: ChangeCounts | None = None

    @classmethod
    def of(cls, summary: BuildSummary) -> Outcome:
        """Return the outcome that a summary tells."""
        return cls(
            summary.generation,
            summary.reports,
            summary.passages,
            summary.figures,
            summary.reused,
            summary.read,
            summary.seconds,
            summary.failures,
            ChangeCounts.of(summary.changes) if summary.changes else None,
        )


@dataclass(frozen=True, slots=True)
class Event:
    """One line: exactly one of the first four is set.

    ``kind`` is the name of the error's class, ``failures`` are the files that are why.
    """

    progress: Progress | None = None
    file: FileStep | None = None
    summary: Outcome | None = None
    error: Message | None = None
    kind: str | None = None
    failures: tuple[Failure, ...] | None = None


_EVENT = TypeAdapter(Event)


def event_line(event: Event) -> str:
    """Return an event as a line of JSON without its line end."""
    return _EVENT.dump_json(event, exclude_none=True).decode()


def error_event(error: WenBaoError) -> Event:
    """Return the event that tells an error."""
    failures = error.failures or None if isinstance(error, StoreError) else None
    return Event(error=error.message, kind=type(error).__name__, failures=failures)


def read_event(line: str) -> Event | None:
    """Read what ``event_line`` gave; None for a line that is something else."""
    try:
        return _EVENT.validate_json(line, extra="forbid")
    except ValidationError:
        return None
