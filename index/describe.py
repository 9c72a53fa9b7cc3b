"""An index in words for the terminal: what it holds, what it is made of, what changed in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.document import AuditCounts
from index.build import BuildSummary
from index.changes import Changes, FigureChange, FigureState, printed
from index.errors import StoreError, command
from index.exams import kept_exam
from index.generation import read_manifest
from index.ledger import LedgerEntry
from index.manifest import IndexManifest, ReportEntry
from index.settings import IndexSettings
from index.sources import located
from index.store import GenerationStore

# New and vanished figures that are listed one by one; all changed ones are.
MOST_LISTED = 20


def describe_summary(summary: BuildSummary, index_dir: Path) -> Iterator[str]:
    """Yield what a rebuild of the index in that folder did: its numbers, its changes in one line, and each file that is not in it."""
    failures = f"，{len(summary.failures)} 个文件未收录" if summary.failures else ""
    yield (
        f"索引 {summary.generation} 已建好：{summary.reports} 份报告，{summary.passages} 段"
        f"（其中 {summary.reused} 段沿用原有向量），{summary.figures} 个数据{failures}，"
        f"用时 {summary.seconds:.1f} 秒。"
    )
    if summary.changes:
        yield f"与上一份相比：{change_counts(summary.changes)}。详见 {command('changes', index_dir)}"
    for failure in summary.failures:
        yield f"  {'沿用旧内容' if failure.kept else '未收录'} {failure.path}：{failure.reason}"


def change_counts(changes: Changes) -> str:
    """Return how many reports and figures changed, in one line."""
    counted = (
        ("新增", len(changes.added), "份报告"),
        ("移除", len(changes.removed), "份报告"),
        ("更新", len(changes.revised), "份报告"),
        ("新增", changes.count("new"), "个数据"),
        ("消失", changes.count("gone"), "个数据"),
        ("改变", changes.count("changed"), "个数据"),
    )
    return "，".join(f"{what} {count} {of}" for what, count, of in counted if count) or "没有变化"


def describe_changes(changes: Changes) -> Iterator[str]:
    """Yield what changed between two generations, line by line."""
    yield f"{changes.older} → {changes.newer}：{change_counts(changes)}。"
    for what, entries in (("新增", changes.added), ("移除", changes.removed), ("更新", changes.revised)):
        yield from (f"  {what}报告 {entry.name}  《{entry.title}》" for entry in entries)
    states: tuple[tuple[FigureState, str], ...] = (("changed", "改变"), ("gone", "消失"), ("new", "新增"))
    for state, what in states:
        listed = [change for change in changes.figures if change.state == state]
        most = len(listed) if state == "changed" else MOST_LISTED
        yield from (f"  {what} {_figure(change)}" for change in listed[:most])
        if len(listed) > most:
            yield f"  ……另有 {len(listed) - most} 个{what}的数据（用 --json 查看全部）"


def _figure(change: FigureChange) -> str:
    both = [entry for entry in (change.before, change.after) if entry]
    period = both[-1].figure.period
    values = " → ".join(printed(entry) for entry in both)
    return f"{_indicator(both[-1])}{f'（{period}）' if period else ''} {values}  《{change.title}》"


def _indicator(entry: LedgerEntry) -> str:
    return entry.figure.indicator or entry.terms.series or "（未写明指标）"


def describe_index(store: GenerationStore, settings: IndexSettings) -> Iterator[str]:
    """Yield the generations of an index, and the reports, sources and exam of the one in use."""
    current = store.current()
    yield f"索引文件夹：{store.index_dir}"
    for name in store.names():
        mark = "*" if name == current else " "
        try:
            yield f"{mark} {name}  {_generation(read_manifest(store.folder(name)))}"
        except StoreError as error:
            yield f"{mark} {name}  {error}"
    manifest = read_manifest(store.folder(current))
    yield from (f"    {_report(entry)}" for entry in manifest.reports)
    yield "来源：" + "、".join(str(located(path, settings)) for path in manifest.sources.named)
    if manifest.sources.left_out:
        yield "不收录：" + "、".join(str(located(path, settings)) for path in manifest.sources.left_out)
    exam = kept_exam(store.index_dir, current)
    if exam and not exam.passed:
        yield f"注意：正在使用的索引没有通过自测（{'，'.join(exam.lines)}），回答可能不可靠。"
        yield f"可以恢复上一份索引：{command('rollback', store.index_dir)}"


def _generation(manifest: IndexManifest) -> str:
    return (
        f"{len(manifest.reports)} 份报告，{manifest.passages} 段，{manifest.figures} 个数据，"
        f"模型 {manifest.recipe.encoder}，建于 {manifest.created}"
    )


def _report(entry: ReportEntry) -> str:
    pages = f"{entry.pages} 页，" if entry.pages else ""
    audited = f"，{_audit(entry.audit)}" if entry.audit else ""
    return f"{entry.name}  《{entry.title}》  {pages}{entry.passages} 段，{entry.figures} 个数据{audited}"


def _audit(counts: AuditCounts) -> str:
    if counts.faults:
        return f"{counts.numerals} 个数字中有 {counts.faults} 处与原件不符"
    return f"{counts.numerals} 个数字全部对上"
