"""A report file to a Report: read, repair, find its headings and its title."""

from __future__ import annotations

import hashlib
import re
import stat
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.audit import audit
from corpus.document import Page, Report
from corpus.errors import EmptyReportError, MissingReportError, TooLargeReportError
from corpus.extracted import Extracted
from corpus.headings import find_headings
from corpus.identity import identify
from corpus.limits import MEGABYTE, Limits
from corpus.messages import says
from corpus.names import printable, shown
from corpus.progress import OnPage
from corpus.reasons import reason_of
from corpus.repair import repair
from corpus.sandbox import read_safely
from corpus.split import passage_spans
from corpus.title import find_title

# Bytes of a name that are no text: no index could write down where the file is.
UNWRITABLE = re.compile("[\udc80-\udcff]")


def load_report(
    path: str | Path,
    limits: Limits | None = None,
    should_stop: Callable[[], bool] | None = None,
    on_page: OnPage | None = None,
) -> Report:
    """Read a report file, whatever its kind, in a process that no file can take the program down with.

    ``should_stop`` is asked ten times a second while the file is read; ``on_page`` hears (done,
    total) of pages that must be recognised.  Raises a CorpusError with what to do next, or
    ReadingStoppedError when ``should_stop`` said so.
    """
    path = Path(path)
    limits = limits or Limits()
    data = _read_bytes(path, limits)
    if not data:
        raise _empty(path)
    extracted = read_safely(data, path.name, limits, should_stop, on_page)
    repaired = repair(extracted.text, extracted.whole)
    if not repaired.text:
        raise _empty(path)
    marked = _carry_lines(extracted, repaired.text, repaired.origins)
    headings = find_headings(repaired.text, marked)
    stem = printable(path.stem)
    title = find_title(repaired.text, headings) or stem
    report = Report(
        name=printable(path.name),
        path=path,
        digest=hashlib.sha256(data).hexdigest(),
        title=title,
        text=repaired.text,
        source=extracted.text,
        origins=repaired.origins,
        headings=headings,
        pages=tuple(_carry_page(page, repaired.origins) for page in extracted.pages),
        repairs=extracted.notes + repaired.steps,
        identity=identify(stem, title, repaired.text),
        boxes=extracted.boxes,
        omissions=extracted.omissions,
        rows=tuple(replace(row, start=bisect_left(repaired.origins, row.start)) for row in extracted.rows),
    )
    return replace(report, audit=audit(extracted, report, passage_spans(report)))


def _read_bytes(path: Path, limits: Limits) -> bytes:
    """Return what an ordinary file holds; a pipe or a device would be waited for without end."""
    if UNWRITABLE.search(str(path)):
        raise MissingReportError(
            says(
                "file.name",
                "“{path}”的名字不是这台电脑的编码，多半是从别处解压来的。请把文件（或它所在的文件夹）改个名字再试。",
                path=shown(str(path)),
            )
        )
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise MissingReportError(
                says(
                    "file.special",
                    "“{path}”不是普通文件（是管道或设备），不能作为报告。",
                    path=shown(str(path)),
                )
            )
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        odd = says("system.characters", "路径里有不能用的字符")
        reason = reason_of(error) if isinstance(error, OSError) else odd
        raise MissingReportError(
            says(
                "file.unreadable",
                "打不开“{path}”：{reason}。请检查路径和读取权限。",
                path=shown(str(path)),
                reason=reason,
            )
        ) from error
    if len(data) > limits.file_bytes:
        raise TooLargeReportError(
            says(
                "file.large",
                "“{name}”超过 {megabytes} MB，没有读取。请拆成几份再试，或在 WENBAO_FILE_MB 里把上限调高。",
                name=shown(path.name),
                megabytes=limits.file_bytes // MEGABYTE,
            )
        )
    return data


def _empty(path: Path) -> EmptyReportError:
    return EmptyReportError(
        says(
            "file.empty",
            "“{name}”里没有文字，不能作为报告使用。请换一份有内容的文件。",
            name=shown(path.name),
        )
    )


def _carry_page(page: Page, origins: Sequence[int]) -> Page:
    """Return a page whose span was of the extracted text with its span of the repaired text."""
    return Page(page.number, bisect_left(origins, page.start), bisect_left(origins, page.end))


def _carry_lines(extracted: Extracted, text: str, origins: list[int]) -> dict[int, int]:
    """Return the marked heading lines as lines of the repaired text."""
    carried: dict[int, int] = {}
    start = counted = source_line = 0
    for number, line in enumerate(text.split("\n")):
        if line:
            source_line += extracted.text.count("\n", counted, origins[start])
            counted = origins[start]
            if source_line in extracted.headings:
                carried[number] = extracted.headings[source_line]
        start += len(line) + 1
    return carried
