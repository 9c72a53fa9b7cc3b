"""A generation in memory: read back from its folder after every digest and count is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from corpus import Passage, Report
from corpus.figures.figure import Figure
from corpus.messages import Message, says
from corpus.reasons import reason_of
from index.digests import file_sha256
from index.errors import IndexDamagedError, IndexOutdatedError, command
from index.interaction import TokenStore
from index.keywords import KeywordIndex
from index.ledger import LedgerEntry, read_figures
from index.manifest import SCHEMA_VERSION, IndexManifest, ReportEntry, schema_of
from index.records import read_passages, read_report
from index.vectors import BACKENDS, VectorBackend

MANIFEST = "manifest.json"
REPORTS = "reports.jsonl"
PASSAGES = "passages.jsonl"
VECTORS = "vectors.faiss"
FIGURES = "figures.sqlite"
KEYWORDS = "keywords"
TOKENS = "tokens"

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Generation:
    """All of a generation in memory; its files may be removed meanwhile.

    Row ``i`` of ``vectors``, ``tokens`` and the keyword scores is ``passages[i]``; ``figures[i]`` are
    the figures that stand whole in that passage, their offsets into its text. ``ledger`` has
    every figure, also those that a passage's end cuts, with offsets into the report's text.
    """

    manifest: IndexManifest
    passages: tuple[Passage, ...]
    figures: tuple[tuple[Figure, ...], ...]
    ledger: tuple[LedgerEntry, ...]
    vectors: VectorBackend
    keywords: KeywordIndex
    tokens: TokenStore
    report_lines: Mapping[str, bytes] = field(repr=False)

    def entry(self, name: str) -> ReportEntry:
        """Return what the manifest says of a report; KeyError if there is none of that name."""
        for entry in self.manifest.reports:
            if entry.name == name:
                return entry
        raise KeyError(name)

    def report(self, name: str) -> Report:
        """Return a whole report as it was indexed; KeyError if there is none of that name."""
        return read_report(self.report_lines[name])


def read_generation(folder: Path) -> Generation:
    """Read a generation; raise IndexDamagedError, naming the file, if it is not as it was written."""
    manifest = read_manifest(folder)
    for name in manifest.files:
        _check_file(folder, name, manifest)

    def part(name: str, read: Callable[[Path], Part]) -> Part:
        try:
            return read(folder / name)
        except (ValueError, LookupError, OSError, TypeError) as error:
            raise damaged(folder, says("damage.content", "文件 {file} 的内容无法读取", file=name)) from error

    backend = BACKENDS[manifest.recipe.backend]
    passages = part(PASSAGES, lambda path: read_passages(path.read_bytes()))
    ledger = part(FIGURES, lambda path: read_figures(path.read_bytes()))
    lines = part(REPORTS, lambda path: path.read_bytes().splitlines())
    generation = Generation(
        manifest=manifest,
        passages=passages,
        figures=figures_of(passages, ledger),
        ledger=ledger,
        vectors=part(VECTORS, lambda path: backend.from_bytes(path.read_bytes())),
        keywords=part(KEYWORDS, KeywordIndex.load),
        tokens=part(TOKENS, TokenStore.load),
        report_lines=dict(zip((entry.name for entry in manifest.reports), lines, strict=False)),
    )
    _check_counts(folder, generation)
    return generation


def read_kept_report(folder: Path, number: int) -> Report:
    """Read one report of a generation, by its place in the manifest, without all the rest.

    Raises IndexDamagedError where its file is not as it was written, IndexError for a number that it has not.
    """
    manifest = read_manifest(folder)
    _check_file(folder, REPORTS, manifest)
    return read_report((folder / REPORTS).read_bytes().splitlines()[number])


def read_manifest(folder: Path) -> IndexManifest:
    """Read the manifest of a generation; raise if it is damaged or of another schema."""
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise damaged(
            folder,
            says(
                "damage.unreadable", "读不出文件 {file}（{reason}）", file=MANIFEST, reason=reason_of(error)
            ),
        ) from error
    schema = schema_of(data)
    if schema not in (None, SCHEMA_VERSION):
        raise outdated(folder, says("recipe.schema", "索引格式"), str(schema), str(SCHEMA_VERSION))
    try:
        return IndexManifest.from_bytes(data)
    except ValueError as error:
        raise damaged(
            folder, says("damage.changed", "文件 {file} 的内容与写入时不同", file=MANIFEST)
        ) from error


def figures_of(passages: Sequence[Passage], ledger: Sequence[LedgerEntry]) -> tuple[tuple[Figure, ...], ...]:
    """Return for each passage the figures that it holds, with offsets into its text."""
    held: dict[tuple[str, int], list[Figure]] = {}
    for entry in ledger:
        if entry.passage is not None:
            held.setdefault((entry.report, entry.passage), []).append(entry.figure)

    def moved(passage: Passage) -> tuple[Figure, ...]:
        found = held.get((passage.report, passage.number), ())
        return tuple(replace(f, start=f.start - passage.start, end=f.end - passage.start) for f in found)

    return tuple(moved(passage) for passage in passages)


def damaged(folder: Path, what: Message) -> IndexDamagedError:
    """Return the error that names what is wrong with a generation and how to mend it."""
    place = folder.parent.parent
    return IndexDamagedError(
        says(
            "index.damaged",
            "索引 {name} 已损坏：{what}。请重新建立索引：{rebuild}；或恢复上一份索引：{rollback}",
            name=folder.name,
            what=what,
            rebuild=command("rebuild", place),
            rollback=command("rollback", place),
        )
    )


def outdated(
    folder: Path, what: Message, found: Message | str, expected: Message | str
) -> IndexOutdatedError:
    """Return the error that names what an index was made with and what is expected now."""
    return IndexOutdatedError(
        says(
            "index.outdated",
            "索引 {name} 与当前设置不符：{what}是 {found}，现在需要 {expected}。请重新建立索引：{rebuild}",
            name=folder.name,
            what=what,
            found=found,
            expected=expected,
            rebuild=command("rebuild", folder.parent.parent),
        )
    )


def _check_file(folder: Path, name: str, manifest: IndexManifest) -> None:
    """Raise IndexDamagedError unless a file has the size and the digest that the manifest says."""
    expected = manifest.files[name]
    try:
        size = (folder / name).stat().st_size
        if size != expected.size:
            raise damaged(
                folder,
                says(
                    "damage.size",
                    "文件 {file} 有 {size} 字节，应有 {expected} 字节",
                    file=name,
                    size=size,
                    expected=expected.size,
                ),
            )
        if file_sha256(folder / name) != expected.sha256:
            raise damaged(folder, says("damage.changed", "文件 {file} 的内容与写入时不同", file=name))
    except FileNotFoundError as error:
        raise damaged(folder, says("damage.missing", "缺少文件 {file}", file=name)) from error
    except OSError as error:
        raise damaged(
            folder,
            says("damage.unreadable", "读不出文件 {file}（{reason}）", file=name, reason=reason_of(error)),
        ) from error


def _check_counts(folder: Path, generation: Generation) -> None:
    """Raise IndexDamagedError unless all parts count the same things."""
    manifest = generation.manifest
    counts = {
        REPORTS: (len(generation.report_lines), len(manifest.reports)),
        PASSAGES: (len(generation.passages), manifest.passages),
        VECTORS: (generation.vectors.count, manifest.passages),
        KEYWORDS: (generation.keywords.count, manifest.passages),
        TOKENS: (len(generation.tokens), manifest.passages),
        FIGURES: (len(generation.ledger), manifest.figures),
    }
    for name, (found, expected) in counts.items():
        if found != expected:
            raise damaged(
                folder,
                says(
                    "damage.count",
                    "{file} 有 {found} 条，应有 {expected} 条",
                    file=name,
                    found=found,
                    expected=expected,
                ),
            )
