"""What changed from one generation to the next: reports that came and went, numbers that are other now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.identity import Identity
from index.generation import Generation
from index.ledger import LedgerEntry
from index.manifest import ReportEntry

FigureState = Literal["new", "gone", "changed"]
# What two figures must share to be about the same: see ``_subject``.
Subject = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is stated now and was not (``new``), the other way round (``gone``), or with another value.

    ``title`` is the title of its report; ``before`` and ``after`` are the figures, offsets into
    their reports' texts.
    """

    state: FigureState
    title: str
    before: LedgerEntry | None
    after: LedgerEntry | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a later generation has that an earlier one had not, and the other way round.

    A report is ``revised`` where one of its name, or else of its title, was there with other content.
    """

    older: str
    newer: str
    added: tuple[ReportEntry, ...]
    removed: tuple[ReportEntry, ...]
    revised: tuple[ReportEntry, ...]
    figures: tuple[FigureChange, ...]

    def count(self, state: FigureState) -> int:
        """Return how many figures are new, gone or changed."""
        return sum(change.state == state for change in self.figures)

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.added or self.removed or self.revised or self.figures)


def printed(entry: LedgerEntry) -> str:
    """Return a figure's quantity as printed, a change with its direction."""
    figure = entry.figure
    signed = figure.quote.startswith(("+", "-", "−"))
    return figure.quote if signed else f"{figure.direction or ''}{figure.quote}"


def compare(older: Generation, newer: Generation) -> Changes:
    """Return what changed between two generations.

    Figures are about the same where place, indicator, kind, period and status are; where the
    place or the days of the period are not known, the title and the period as printed stand in.
    What is printed twice counts twice, as in the list of reports: there are as many figures more as
    are new, less those that are gone.
    """
    before, after = older.manifest, newer.manifest
    same = {entry.digest for entry in before.reports} & {entry.digest for entry in after.reports}
    came = [entry for entry in after.reports if entry.digest not in same]
    went = [entry for entry in before.reports if entry.digest not in same]
    revised = [entry for entry in came if any(_succeeds(entry, old) for old in went)]
    return Changes(
        older=before.generation,
        newer=after.generation,
        added=tuple(entry for entry in came if entry not in revised),
        removed=tuple(old for old in went if not any(_succeeds(entry, old) for entry in revised)),
        revised=tuple(revised),
        figures=tuple(_figure_changes(older, newer)),
    )


def _succeeds(entry: ReportEntry, old: ReportEntry) -> bool:
    return entry.name == old.name or entry.title == old.title


def _figure_changes(older: Generation, newer: Generation) -> Iterable[FigureChange]:
    """Yield the changes in the order of the newer ledger, those that are gone at the end."""
    before, after = _by_subject(older), _by_subject(newer)
    for subject, entries in after.items():
        known = before.get(subject, [])
        fresh, gone = _unmatched(entries, known), _unmatched(known, entries)
        for number, entry in enumerate(fresh):
            old = gone[number] if number < len(gone) else None
            yield FigureChange("changed" if old else "new", _title(newer, entry), old, entry)
    for subject, entries in before.items():
        gone = _unmatched(entries, after.get(subject, []))
        # As many as are new in the same subject have been told as changed.
        for entry in gone[len(_unmatched(after.get(subject, []), entries)) :]:
            yield FigureChange("gone", _title(older, entry), entry, None)


def _by_subject(generation: Generation) -> dict[Subject, list[LedgerEntry]]:
    known = {entry.name: entry for entry in generation.manifest.reports}
    found: dict[Subject, list[LedgerEntry]] = {}
    for entry in generation.ledger:
        report = known[entry.report]
        found.setdefault(_subject(entry, report.title, report.identity), []).append(entry)
    return found


def _subject(entry: LedgerEntry, title: str, identity: Identity) -> Subject:
    figure, terms = entry.figure, entry.terms
    if identity.place and terms.first_day:
        where_and_when: Subject = (identity.place, terms.first_day, terms.last_day)
    else:
        where_and_when = (title, figure.period)
    measured = (terms.series, figure.kind, figure.basis, figure.status, terms.base_unit)
    return (*where_and_when, *measured)


def _unmatched(entries: Sequence[LedgerEntry], others: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Return the entries for which none of the others is left with the same value."""
    left = Counter(map(_value, others))
    unmatched = []
    for entry in entries:
        value = _value(entry)
        if left[value]:
            left[value] -= 1
        else:
            unmatched.append(entry)
    return unmatched


def _value(entry: LedgerEntry) -> tuple[object, ...]:
    return entry.terms.amount, entry.terms.amount_to, entry.figure.direction


def _title(generation: Generation, entry: LedgerEntry) -> str:
    return generation.entry(entry.report).title
