"""Change what the index in use holds: add reports, remove them, put newer versions in their place.

What is in the index stays in it, whether or not its file is still there; only the change is read.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.messages import Message, says
from corpus.names import shown
from corpus.reasons import reason_of
from index.build import BuildSummary, prepared, publish
from index.digests import file_sha256
from index.encode import Encoder
from index.errors import Failure, LibraryError, NoSuchReportError, NothingToIndexError, StoreError
from index.gather import Wanted, gather
from index.generation import Generation, read_generation, read_manifest
from index.holdings import FileLibrary, source_file
from index.manifest import ReportEntry
from index.reading import KnownReadings
from index.safe_names import safe_name
from index.settings import IndexSettings, from_environment
from index.sources import Sources, anchored, located
from index.store import GenerationStore
from index.watch import OnFile, OnProgress, ShouldStop, Watch


@dataclass(frozen=True, slots=True)
class Change:
    """What to change: files to ``add``, names of reports to ``remove``, and to ``replace`` with a file each.

    Where ``newer``, a file to add that is called as a report is takes that report's place.
    """

    add: Sequence[Path] = ()
    remove: Sequence[str] = ()
    replace: Mapping[str, Path] = field(default_factory=dict)
    newer: bool = False


def update(
    change: Change,
    index_dir: str | Path | None = None,
    on_progress: OnProgress | None = None,
    *,
    on_file: OnFile | None = None,
    settings: IndexSettings | None = None,
    encoder: Encoder | None = None,
    should_stop: ShouldStop | None = None,
    wait: float = 0,
) -> BuildSummary:
    """Put a generation in use that has the change, and keep copies of the files that came.

    A file that cannot be read is in ``failures``; a report that it should replace stays. Errors are
    those of ``index.rebuild``, NoSuchReportError, and LibraryError where nothing is left to change;
    after any of them all is as it was.
    """
    settings = settings or from_environment()
    started = time.monotonic()
    watch = Watch(on_progress, should_stop, on_file)
    store = GenerationStore(Path(index_dir) if index_dir else settings.index_dir)
    library = FileLibrary(settings.holdings_dir(store.index_dir))
    with store.locked(watch, wait), store.writing():
        previous = read_generation(store.folder(store.current()))
        library.settle(held(store))
        before = library.files()
        try:
            plan = _plan(change, previous, library, settings, watch)
            encoder = encoder or prepared(settings, watch)
            gathered = gather(plan.wanted, KnownReadings.of(previous), watch, settings.limits)
            gathered = replace(gathered, failures=(*plan.failures, *gathered.failures))
            sources = plan.sources({report.report.path for report in gathered.reports}, previous, settings)
            if sources == previous.manifest.sources:
                raise LibraryError(
                    says("update.nothing", "没有可以更新的内容，索引没有改动。"), gathered.failures
                )
            summary = publish(store, sources, gathered, previous, settings, encoder, watch, started)
        except BaseException:
            with suppress(OSError):  # on a full disk; the next change does it
                library.restore(before)
            raise
        with suppress(OSError):  # it is in use; the next change notes what came and went
            library.settle(held(store), {plan.entries[name].digest for name in change.remove})
        return summary


def held(store: GenerationStore) -> set[str]:
    """Return the digests of all files that the kept generations were made of."""
    digests: set[str] = set()
    for name in store.names():
        try:
            digests |= {entry.digest for entry in read_manifest(store.folder(name)).reports}
        except StoreError:
            continue  # of another version, or damaged: nobody can go back to it
    return digests


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to read; which reports leave, by name; which files come, by the report that they replace."""

    entries: Mapping[str, ReportEntry]
    wanted: Sequence[Wanted]
    removed: Sequence[str]
    added: Sequence[Path]
    replaced: Mapping[str, Path]
    failures: tuple[Failure, ...]

    def sources(self, read: set[Path], previous: Generation, settings: IndexSettings) -> Sources:
        """Return the sources of the new generation: files that could not be read change nothing."""
        came = [path for path in (*self.added, *self.replaced.values()) if path in read]
        gone = [*self.removed, *(name for name, path in self.replaced.items() if path in read)]
        return previous.manifest.sources.changed(
            [self.entries[name].source for name in gone], [anchored(path, settings) for path in came]
        )


def _plan(
    change: Change, previous: Generation, library: FileLibrary, settings: IndexSettings, watch: Watch
) -> Plan:
    """Take the files that come into the library, and list what the new generation is made of."""
    entries = {entry.name: entry for entry in previous.manifest.reports}
    for name in (*change.remove, *change.replace):
        if name not in entries:
            raise NoSuchReportError(
                says(
                    "report.none",
                    "索引里没有名为“{name}”的报告。现有：{known}。",
                    name=shown(name),
                    known=tuple(entries),
                )
            )
    newer = {name: file for file in change.add if change.newer and (name := safe_name(file.name)) in entries}
    intake = _Intake(library, entries, watch)
    replacing = {**newer, **change.replace}
    replaced = {name: path for name, file in replacing.items() if (path := intake.take(file, name))}
    for name in replaced:
        _keep_version(entries[name], library, settings)
    others = [file for file in change.add if file not in newer.values()]
    added = {path: file for file in others if (path := intake.take(file))}
    wanted = [
        Wanted(
            replaced.get(name, own),
            kept=name,
            kept_path=own,
            given=replacing[name] if name in replaced else None,
        )
        for name, entry in entries.items()
        for own in [located(entry.source, settings)]
        if name not in change.remove
    ]
    wanted += [Wanted(path, given=file) for path, file in added.items()]
    if not wanted:
        raise NothingToIndexError(
            says("report.last", "索引里至少要留一份报告。请先添加别的报告，再移除这一份。")
        )
    return Plan(entries, wanted, change.remove, tuple(added), replaced, tuple(intake.failures))


class _Intake:
    """Takes files into the library, under names that no other report has."""

    def __init__(self, library: FileLibrary, entries: Mapping[str, ReportEntry], watch: Watch) -> None:
        self.failures: list[Failure] = []
        self._library = library
        self._watch = watch
        self._titles = {entry.digest: entry.name for entry in entries.values()}
        self._taken = [name.rsplit("/", 1)[-1] for name in entries]
        self._replaced = {name: entry.digest for name, entry in entries.items()}

    def take(self, file: Path, replaces: str | None = None) -> Path | None:
        """Return where a file now is in the library, None after noting why it is not.

        Raises OSError where the library cannot be written.
        """
        try:
            digest = file_sha256(file)
        except OSError as error:
            self._refuse(
                file,
                says(
                    "file.closed",
                    "打不开“{name}”：{reason}。",
                    name=shown(file.name),
                    reason=reason_of(error),
                ),
            )
            return None
        if digest in self._titles:
            same = shown(self._titles[digest])
            self._refuse(file, says("file.same", "内容与已收录的“{same}”完全相同，不必再添加。", same=same))
            return None
        taken = [other for other in self._taken if other != replaces]
        stored = self._library.add(file, taken, self._replaced.get(replaces or ""))
        self._titles[digest] = stored.name
        self._taken.append(stored.name)
        return self._library.path(stored)

    def _refuse(self, file: Path, reason: Message) -> None:
        self.failures.append(Failure(file, reason))
        self._watch.tell_file(file, "refused", reason)


def _keep_version(entry: ReportEntry, library: FileLibrary, settings: IndexSettings) -> None:
    """Let the library keep a file that is about to be replaced, if it is not there yet."""
    path = source_file(entry, library, settings)
    if path and not path.is_relative_to(library.folder):
        library.add(path)
