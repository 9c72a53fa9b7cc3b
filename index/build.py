"""Build an index: read reports, split, embed what is new, check, and switch to it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.messages import says
from index.changes import Changes, compare
from index.embed import encode_new
from index.encode import Encoder, load_encoder
from index.errors import Failure, NothingToIndexError, StoreError
from index.gather import Gathered, Wanted, gather
from index.generation import MANIFEST, Generation, read_generation
from index.holdings import FileLibrary
from index.reading import KnownReadings
from index.settings import DEFAULT_REPORTS, IndexSettings, from_environment
from index.sources import Sources, located, remembered_sources, sources_of
from index.store import GenerationStore
from index.watch import OnProgress, ShouldStop, Watch
from index.write import self_test, write_generation


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a rebuild did.

    ``reused`` counts the passages whose vectors were already there, ``read`` the files that were
    read anew; ``changes`` is what is other than in the generation that was in use, None where
    there was none.
    """

    generation: str
    reports: int
    passages: int
    figures: int
    reused: int
    seconds: float
    failures: tuple[Failure, ...]
    read: int = 0
    changes: Changes | None = None


def rebuild(
    paths: Sequence[str | Path] | None = None,
    index_dir: str | Path | None = None,
    on_progress: OnProgress | None = None,
    *,
    settings: IndexSettings | None = None,
    encoder: Encoder | None = None,
    should_stop: ShouldStop | None = None,
    wait: float = 0,
) -> BuildSummary:
    """Build an index of the reports in ``paths`` (files and folders) and put it in use.

    Without ``paths``, of what the index was made of before; the first time of ``corpus/reports/``.
    A file that cannot be read is in ``failures`` and does not stop the others. ``wait`` is how many
    seconds to wait for another rebuild in the same place.

    Until the new index is complete and checked the old one stays in use, also when this raises:
    NothingToIndexError, IndexLockedError, IndexWriteError, EncoderError and, where ``should_stop``
    has returned True, RebuildCancelledError are all StoreErrors.
    """
    settings = settings or from_environment()
    started = time.monotonic()
    watch = Watch(on_progress, should_stop)
    store = GenerationStore(Path(index_dir) if index_dir else settings.index_dir)
    with store.locked(watch, wait):
        named = None if paths is None else sources_of([Path(path) for path in paths], settings)
        sources = named or remembered(store) or first_sources(store, settings)
        encoder = encoder or prepared(settings, watch)
        previous = in_use(store)
        files = [Wanted(path) for path in sources.files(settings, store.index_dir)]
        gathered = gather(files, KnownReadings.of(previous), watch, settings.limits)
        if not any(report.passages for report in gathered.reports):
            raise _nothing(sources, gathered, settings)
        return publish(store, sources, gathered, previous, settings, encoder, watch, started)


def remembered(store: GenerationStore) -> Sources | None:
    """Return the sources of the newest generation that says so, the one in use first."""
    names = store.names()[::-1]
    with suppress(StoreError):
        names.insert(0, store.current())
    for name in names:
        try:
            sources = remembered_sources((store.folder(name) / MANIFEST).read_bytes())
        except OSError:
            continue
        if sources:
            return sources
    return None


def first_sources(store: GenerationStore, settings: IndexSettings) -> Sources:
    """Return what a first index is made of: the report that comes with the program, and what the user gave."""
    library = FileLibrary(settings.holdings_dir(store.index_dir))
    given = [library.path(file) for file in library.newest()]
    return sources_of([DEFAULT_REPORTS, *given], settings)


def prepared(settings: IndexSettings, watch: Watch) -> Encoder:
    """Return the encoder of the settings; the watch is told when it must be made ready first."""
    return load_encoder(settings, lambda message: watch.tell("准备", 0, 1, message))


def publish(
    store: GenerationStore,
    sources: Sources,
    gathered: Gathered,
    previous: Generation | None,
    settings: IndexSettings,
    encoder: Encoder,
    watch: Watch,
    started: float,
) -> BuildSummary:
    """Write a generation of what was gathered and put it in use; the caller holds the store's lock."""
    passages = [passage for report in gathered.reports for passage in report.passages]
    encodings, reused = encode_new(passages, encoder, previous, watch)
    with store.writing():
        store.clean()
        with store.new_generation(datetime.now(UTC)) as folder:
            watch.tell("检查", 0, len(passages))
            manifest = write_generation(folder, gathered.reports, encodings, encoder, sources, settings)
            newer = self_test(folder, encoder)
            watch.tell("检查", len(passages), len(passages))
            watch.tell("切换", 0, 1)
        store.clean()
    # It is in use: whoever wants to stop now comes too late.
    Watch(watch.on_progress).tell("切换", 1, 1)
    return BuildSummary(
        generation=manifest.generation,
        reports=len(gathered.reports),
        passages=manifest.passages,
        figures=manifest.figures,
        reused=reused,
        seconds=time.monotonic() - started,
        failures=gathered.failures,
        read=gathered.read,
        changes=compare(previous, newer) if previous else None,
    )


def in_use(store: GenerationStore) -> Generation | None:
    """Return the generation in use if it is sound; a damaged one is simply not reused."""
    try:
        return read_generation(store.folder(store.current()))
    except StoreError:
        return None


def _nothing(sources: Sources, gathered: Gathered, settings: IndexSettings) -> NothingToIndexError:
    """Return the error that says where no report was found, and why each file is none."""
    named = tuple(f"“{located(path, settings)}”" for path in sources.named)
    told = says("build.nothing", "在{places}中没有读到任何报告，索引没有改动。", places=named)
    return NothingToIndexError(told, gathered.failures)
