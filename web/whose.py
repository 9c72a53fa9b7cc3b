"""Whose: the report that an answer is out of, as it is named above the answer where there are several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from corpus.document import Passage
from index.ledger import resolved
from index.manifest import ReportEntry
from retrieval.answer import Answer
from web.cited import asked_figure

Name = Annotated[str, Field(max_length=2_000)]


@dataclass(frozen=True, slots=True)
class Whose:
    """The place and the year of a report, those of the two by which the reports differ; else its title.

    ``dated`` tells that ``year`` is the one that the asked figure is of, by what is printed with it, and
    not the one that the report speaks in.
    """

    place: Name = ""
    year: int | None = None
    dated: bool = False
    title: Name = ""


def whose_of(answer: Answer, passages: Sequence[Passage], entries: Sequence[ReportEntry]) -> Whose | None:
    """Return whose the ``passages`` are that an answer comes from; None where that needs no word, and
    where they are of several reports, which the answer names itself."""
    named = {passage.report for passage in passages}
    entry = next((entry for entry in entries if named == {entry.name}), None)
    if entry is None or not answer.found or len(entries) == 1:
        return None
    day, figure = entry.identity.day, asked_figure(answer)
    time = resolved(figure.period, day) if figure else None
    known = Whose(
        place=(entry.identity.place or "") if _differ(one.identity.place for one in entries) else "",
        year=(time[1].year if time else _year(entry)) if _differ(_year(one) for one in entries) else None,
        dated=time is not None,
    )
    return known if known.place or known.year else Whose(title=entry.title)


def _year(entry: ReportEntry) -> int | None:
    return entry.identity.day.year if entry.identity.day else None


def _differ(values: Iterable[object]) -> bool:
    return len(set(values)) > 1
