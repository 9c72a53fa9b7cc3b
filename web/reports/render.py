"""The tab 报告 as HTML. Pure functions; every name and title is escaped by the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.document import AuditCounts, Report
from corpus.formats import BY_SUFFIX
from corpus.identity import MONTH
from index.changes import Changes, printed
from index.manifest import IndexManifest, ReportEntry
from retrieval.reader.summary import Summary, sections
from retrieval.words.labels import Label, labels_of
from retrieval.words.wording import quantity
from web.i18n import Words
from web.markup import templates
from web.reports.jobs import Job, JobFile
from web.sheets import reader_address

# The stages of a change that are shown as steps, in their order.
STEPS = ("读取", "清理", "嵌入", "检查", "切换")
# Figures that are new or gone and listed one by one; all changed ones are.
MOST_LISTED = 60
# So many reports are seen at a glance; more can be searched.
FEW = 8
# Headings of an outline; a report with more is a book, and its reader has its own.
MOST_HEADINGS = 200


def frame(read_only: bool, words: Words) -> str:
    """Return the places that are filled, and the box for files unless nothing may be changed."""
    suffixes = ",".join(sorted(BY_SUFFIX))
    return _FRAME.render(read_only=read_only, words=words, suffixes=suffixes)


def reports(manifest: IndexManifest, versions: Mapping[str, int], read_only: bool, words: Words) -> str:
    """Return the list of the reports; ``versions`` counts those of which there are several."""
    labels = labels_of(manifest.reports)
    return _LIST.render(
        manifest=manifest,
        labels=labels,
        versions=versions,
        read_only=read_only,
        few=FEW,
        words=words,
    )


def job(known: Job, undo: str, words: Words) -> str:
    """Return a change that waits, runs or is over; ``undo`` is the generation that takes it back."""
    failures = known.outcome.failures if known.outcome else ()
    reasons = [file.reason for file in known.files if file.reason]
    others = [failure for failure in failures if failure.reason not in reasons]
    return _JOB.render(job=known, undo=undo, refused=len(reasons), others=others, words=words)


def said(job: Job, words: Words) -> str:
    """Return in one sentence what became of a change that is over, "" of another."""
    if job.state in ("failed", "cancelled", "stopping"):
        what, state = words(f"reports.job.{job.kind}"), words(f"reports.state.{job.state}")
        return words("reports.ended.other", what=what, state=state)
    if job.state != "done":
        return ""
    taken = sum(file.state == "read" for file in job.files)
    refused = sum(file.state == "refused" for file in job.files)
    number = int(job.generation[:6]) if job.generation else 0
    names = "、".join(job.names) if job.names else ""
    key = f"reports.ended.{job.kind}{'.some' if refused else ''}"
    return words(key, taken=taken, refused=refused, number=number, names=names)


def file_state(job: Job, file: JobFile) -> str:
    """Return what a given file is said to be: what was read is in the index only once all is done."""
    if file.state == "refused" or job.active:
        return file.state
    if job.state != "done" or file.state != "read":
        return "left"
    return "replaced" if job.kind == "replace" else "taken"


def generations(found: Sequence[IndexManifest], current: str, read_only: bool, words: Words) -> str:
    """Return the kept generations, the newest first."""
    return _GENERATIONS.render(found=found, current=current, read_only=read_only, words=words)


def report(
    whole: Report, entry: ReportEntry, label: Label, summary: Summary, address: str, words: Words
) -> str:
    """Return the page of one report; ``label`` is what it is called, ``address`` where it can be read as a whole."""
    shown = whole.headings[:MOST_HEADINGS]
    outer = {heading.start for heading in sections(whole.headings)}
    return _REPORT.render(
        whole=whole,
        entry=entry,
        label=label,
        summary=summary,
        address=address,
        headings=shown,
        outer=outer,
        left=len(whole.headings) - len(shown),
        words=words,
    )


def changes(found: Changes, older: IndexManifest, newer: IndexManifest, words: Words) -> str:
    """Return what changed between two generations; each figure leads to where it stands in its own."""
    lists = {
        state: [change for change in found.figures if change.state == state]
        for state in ("changed", "new", "gone")
    }
    return _CHANGES.render(
        found=found, lists=lists, before=_Places(older), after=_Places(newer), most=MOST_LISTED, words=words
    )


class _Places:
    """What the reports of a generation are called, and where they are read."""

    def __init__(self, manifest: IndexManifest) -> None:
        self._generation = manifest.generation
        self._labels = labels_of(manifest.reports)
        self._numbers = {entry.name: number for number, entry in enumerate(manifest.reports)}

    def label(self, report: str) -> str:
        """Return what a report is called."""
        return self._labels[report].full

    def address(self, report: str, start: int = 0, end: int = 0) -> str:
        """Return where a report is read, opened at a span of its text."""
        return reader_address(self._generation, self._numbers[report], start, end)


def badge(counts: AuditCounts | None, words: Words) -> tuple[str, str]:
    """Return the style of a report's audit badge, and what it says."""
    if counts is None:
        return "none", words("reports.audit.none")
    if counts.faults:
        return "bad", words("reports.audit.faults", faults=counts.faults, numerals=counts.numerals)
    return "good", words("reports.audit.sound", numerals=counts.numerals)


def step_state(job: Job, stage: str) -> str:
    """Return ``over``, ``now`` or ``ahead`` for one of ``STEPS`` of a job."""
    if job.state == "done":
        return "over"
    reached = STEPS.index(job.progress.stage) if job.progress and job.progress.stage in STEPS else -1
    place = STEPS.index(stage)
    return "over" if place < reached else "now" if place == reached else "ahead"


def share(job: Job) -> int:
    """Return how much of its stage a job has done, in percent."""
    progress = job.progress
    return round(100 * progress.done / progress.total) if progress and progress.total else 0


def day_shown(entry: ReportEntry) -> str:
    """Return the day of a report as far as it is known: one that only a year or a month names has no more."""
    day = entry.identity.day
    if day is None:
        return ""
    if (day.month, day.day) in ((1, 1), (12, 31)):
        return f"{day.year}"
    named = day.day == 1 and any(MONTH.search(name) for name in (entry.name, entry.title))
    return f"{day:%Y-%m}" if named else day.isoformat()


templates.filters.update(
    audit_badge=badge,
    step_state=step_state,
    file_state=file_state,
    job_said=said,
    job_share=share,
    day_shown=day_shown,
    printed_figure=printed,
    quantity_of=quantity,
)
templates.globals["REPORT_STEPS"] = STEPS
_FRAME = templates.get_template("reports/frame.html")
_LIST = templates.get_template("reports/list.html")
_JOB = templates.get_template("reports/job.html")
_GENERATIONS = templates.get_template("reports/generations.html")
_REPORT = templates.get_template("reports/report.html")
_CHANGES = templates.get_template("reports/changes.html")
