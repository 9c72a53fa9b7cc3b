"""Gather reports: read each file, tell duplicates and namesakes apart, split and take out the figures."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from corpus import CorpusError, Limits, Passage, Report, load_report, split_report
from corpus.errors import ReadingStoppedError
from corpus.figures import extract_figures
from corpus.messages import Message, says
from corpus.progress import OnPage
from index.digests import file_sha256
from index.errors import Failure, RebuildCancelledError
from index.ledger import LedgerEntry, assign
from index.reading import KnownReadings, Reading
from index.watch import CANCELLED, Watch

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read.

    Where that fails, the report in use of the name ``kept`` stays, said to be from ``kept_path``.
    ``given`` is the file that it is a copy of, where that has just come.
    """

    path: Path
    kept: str | None = None
    kept_path: Path | None = None
    given: Path | None = None


@dataclass(frozen=True, slots=True)
class GatheredReport:
    """A report with its passages and figures."""

    report: Report
    passages: tuple[Passage, ...]
    ledger: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The reports, the files that are none, and how many files were ``read``: the others were known."""

    reports: tuple[GatheredReport, ...]
    failures: tuple[Failure, ...]
    read: int


def gather(files: Sequence[Wanted], known: KnownReadings, watch: Watch, limits: Limits) -> Gathered:
    """Read the reports of files, or take their known readings.

    A file that cannot be read, or that repeats another, is a failure and stops nothing.
    """
    readings: dict[str, Reading] = {}
    failures: list[Failure] = []
    read = 0
    for done, file in enumerate(files):
        name, failure, reading = (file.given or file.path).name, None, None
        watch.tell("读取", done, len(files), name)
        if file.given:
            watch.tell_file(file.given, "reading")
        try:
            digest = file_sha256(file.path) if file.path.is_file() else ""
            if digest in readings:
                failure = _repeated(file.path, readings[digest])
            elif (reading := known.find(digest, file.path)) is None:
                reading = _fresh(file.path, limits, watch, partial(_tell_page, watch, done, len(files), name))
                read += 1
        except RebuildCancelledError:
            raise
        except Exception as error:
            reading = known.kept(file.kept, file.kept_path) if file.kept and file.kept_path else None
            failure = Failure(file.path, _reason(error, file.path), kept=reading is not None)
        if failure:
            failures.append(failure)
        if reading is not None:
            readings[reading.report.digest] = reading
        if file.given:
            watch.tell_file(file.given, "refused" if failure else "read", failure.reason if failure else None)
    watch.tell("读取", len(files), len(files))
    return Gathered(tuple(_cleaned([*readings.values()], watch)), tuple(failures), read)


def _repeated(path: Path, first: Reading) -> Failure:
    """Return why a file that has the content of another is not taken."""
    told = says("file.twice", "内容与“{first}”完全相同，只收录一份。", first=first.report.path.name)
    return Failure(path, told)


def _reason(error: Exception, path: Path) -> Message:
    """Return why a file was not read; whatever one strange file sets off, the others are read."""
    if isinstance(error, CorpusError):
        return error.message
    logger.error("reading %s failed", path, exc_info=error)
    return says("file.unforeseen", "读取时出现意外错误（{kind}），已跳过。", kind=type(error).__name__)


def _fresh(path: Path, limits: Limits, watch: Watch, on_page: OnPage) -> Reading:
    try:
        report = load_report(path, limits, should_stop=watch.should_stop, on_page=on_page)
    except ReadingStoppedError as error:
        watch.check()
        raise RebuildCancelledError(CANCELLED) from error
    return Reading(report, tuple(extract_figures(report.text)))


def _tell_page(watch: Watch, done: int, files: int, name: str, page: int, pages: int) -> None:
    watch.tell(
        "读取",
        done,
        files,
        says("progress.page", "{name}（识别第 {page}/{pages} 页）", name=name, page=page, pages=pages),
    )


def _cleaned(readings: Sequence[Reading], watch: Watch) -> Iterator[GatheredReport]:
    """Split each report under its own name, and tell which passage each figure stands in."""
    reports = with_distinct_names([reading.report for reading in readings])
    for done, (report, reading) in enumerate(zip(reports, readings, strict=True)):
        watch.tell("清理", done, len(reports), report.name)
        passages = tuple(split_report(report))
        ledger = tuple(assign(report.name, report.identity, reading.figures, passages))
        yield GatheredReport(report, passages, ledger)
    watch.tell("清理", len(reports), len(reports))


def with_distinct_names(reports: Sequence[Report]) -> list[Report]:
    """Return the reports, those of one file name named with as many of their folders as tells them apart."""
    names = [report.name for report in reports]
    depth = 1
    while len(set(names)) < len(names):
        depth += 1
        shared = {name for name, count in Counter(names).items() if count > 1}
        names = [
            "/".join(report.path.resolve().parts[-depth:]) if name in shared else name
            for name, report in zip(names, reports, strict=True)
        ]
    return [replace(report, name=name) for report, name in zip(reports, names, strict=True)]
