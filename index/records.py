"""Passages and whole reports as JSON lines: what a person can read beside the vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.document import Audit, Box, Heading, Omission, Page, Passage, RepairStep, Report, SheetRow
from corpus.identity import Identity

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A Report as it is kept: ``origins`` as runs (offset in text, offset in source) that both
    count up by one until the next run begins."""

    name: str
    path: str
    digest: str
    title: str
    text: str
    source: str
    origins: tuple[Run, ...]
    headings: tuple[Heading, ...]
    pages: tuple[Page, ...]
    repairs: tuple[RepairStep, ...]
    identity: Identity
    boxes: tuple[Box, ...]
    omissions: tuple[Omission, ...]
    audit: Audit | None
    rows: tuple[SheetRow, ...] = ()


_REPORT = TypeAdapter(ReportRecord)
_PASSAGE = TypeAdapter(Passage)


def write_reports(reports: Iterable[Report]) -> bytes:
    """Return one line of JSON for each report."""
    return b"".join(_REPORT.dump_json(_record(report)) + b"\n" for report in reports)


def read_report(line: bytes) -> Report:
    """Read one line of ``write_reports``; raise ValueError if it is something else."""
    try:
        record = _REPORT.validate_json(line, strict=True, extra="forbid")
    except ValidationError as error:
        raise ValueError(f"not a report: {error}") from error
    return Report(
        name=record.name,
        path=Path(record.path),
        digest=record.digest,
        title=record.title,
        text=record.text,
        source=record.source,
        origins=unpack_origins(record.origins, len(record.text)),
        headings=record.headings,
        pages=record.pages,
        repairs=record.repairs,
        identity=record.identity,
        boxes=record.boxes,
        omissions=record.omissions,
        audit=record.audit,
        rows=record.rows,
    )


def write_passages(passages: Iterable[Passage]) -> bytes:
    """Return one line of JSON for each passage; line ``i`` is row ``i`` of the vectors."""
    return b"".join(_PASSAGE.dump_json(passage) + b"\n" for passage in passages)


def read_passages(data: bytes) -> tuple[Passage, ...]:
    """Read what ``write_passages`` gave; raise ValueError if it is something else."""
    try:
        return tuple(_PASSAGE.validate_json(line, strict=True, extra="forbid") for line in data.splitlines())
    except ValidationError as error:
        raise ValueError(f"not passages: {error}") from error


def pack_origins(origins: Sequence[int]) -> tuple[Run, ...]:
    """Return the runs of ``origins`` in which each offset is one more than that before it."""
    breaks = (offset for offset, (left, right) in enumerate(pairwise(origins), 1) if right != left + 1)
    starts = chain([0] if origins else [], breaks)
    return tuple((offset, origins[offset]) for offset in starts)


def unpack_origins(runs: Sequence[Run], length: int) -> list[int]:
    """Return the ``length`` origins that ``pack_origins`` packed."""
    ends = [offset for offset, _ in runs[1:]] + [length]
    spans = zip(runs, ends, strict=bool(runs))
    return [*chain.from_iterable(range(origin, origin + end - start) for (start, origin), end in spans)]


def _record(report: Report) -> ReportRecord:
    return ReportRecord(
        name=report.name,
        path=str(report.path),
        digest=report.digest,
        title=report.title,
        text=report.text,
        source=report.source,
        origins=pack_origins(report.origins),
        headings=report.headings,
        pages=report.pages,
        repairs=report.repairs,
        identity=report.identity,
        boxes=report.boxes,
        omissions=report.omissions,
        audit=report.audit,
        rows=report.rows,
    )
