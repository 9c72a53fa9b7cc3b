"""Gather reports: find the files, read each, and tell duplicates and namesakes apart."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import CorpusError, Passage, Report, load_report, split_report
from corpus.figures import extract_figures
from corpus.figures.figure import Figure
from index.ledger import LedgerEntry, assign

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that is not in the index, and why, for the user."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class GatheredReport:
    """A report with its passages and figures."""

    report: Report
    passages: tuple[Passage, ...]
    ledger: tuple[LedgerEntry, ...]


def gather(
    paths: Sequence[Path], on_file: Callable[[int, int, str], None]
) -> tuple[list[GatheredReport], tuple[Failure, ...]]:
    """Read the reports of files and folders; ``on_file`` hears done, total and the file's name.

    A file that cannot be read, or that repeats another, is a failure and stops nothing.
    """
    loaded, failures = _load(find_files(paths), on_file)
    reports = with_distinct_names([report for report, _figures in loaded])
    gathered = []
    for report, (_report, figures) in zip(reports, loaded, strict=True):
        passages = tuple(split_report(report))
        ledger = tuple(assign(report.name, report.identity, figures, passages))
        gathered.append(GatheredReport(report, passages, ledger))
    return gathered, tuple(failures)


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named and those in the folders named, in order, none twice.

    Files in folders whose names begin with ``.`` or ``~$`` are not meant for people.
    """
    found = (file for path in paths for file in (_inside(path) if path.is_dir() else [path]))
    return list({file.resolve(): file for file in reversed([*found])}.values())[::-1]


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _load(
    files: Sequence[Path], on_file: Callable[[int, int, str], None]
) -> tuple[list[tuple[Report, list[Figure]]], list[Failure]]:
    """Read the files and their figures; of several with the same content the first counts."""
    loaded: dict[str, tuple[Report, list[Figure]]] = {}
    failures = []
    for done, file in enumerate(files):
        on_file(done, len(files), file.name)
        try:
            report = load_report(file)
            if report.digest in loaded:
                first = loaded[report.digest][0].path
                failures.append(Failure(file, f"内容与“{first}”完全相同，只收录一份。"))
            else:
                loaded[report.digest] = report, extract_figures(report.text)
        except CorpusError as error:
            failures.append(Failure(file, str(error)))
        except Exception as error:
            # Whatever one strange file sets off, the others are read; the log tells a developer.
            logger.exception("reading %s failed", file)
            failures.append(Failure(file, f"读取时出现意外错误（{type(error).__name__}），已跳过。"))
    on_file(len(files), len(files), "")
    return list(loaded.values()), failures


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
