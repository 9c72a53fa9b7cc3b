"""Build an index: read reports, split, embed what is new, check, and switch to it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Literal

import numpy as np

from corpus import Passage
from index.context import context
from index.digests import FileRecord, file_sha256, flush_file, write_durably
from index.encode import Encoder, load_encoder
from index.errors import NothingToIndexError, StoreError
from index.gather import Failure, GatheredReport, gather
from index.generation import (
    FIGURES,
    KEYWORDS,
    MANIFEST,
    PASSAGES,
    REPORTS,
    TOKENS,
    VECTORS,
    Generation,
    damaged,
    read_generation,
)
from index.interaction import Encoding, TokenStore
from index.keywords import KeywordIndex
from index.ledger import write_ledger
from index.manifest import IndexManifest, ReportEntry
from index.opened import open_generation, recipe_of
from index.records import write_passages, write_reports
from index.settings import DEFAULT_REPORTS, IndexSettings, from_environment
from index.store import PARTIAL, GenerationStore
from index.tokens import tokenize
from index.vectors import BACKENDS, DEFAULT_BACKEND

# How far the inner product of a vector of unit length with itself may be from 1, in float32.
VECTOR_TOLERANCE = 1e-3

Stage = Literal["准备", "读取", "嵌入", "检查", "切换"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuild is: ``done`` of ``total`` files or passages in ``stage``."""

    stage: Stage
    done: int
    total: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a rebuild did; ``reused`` counts the passages whose vectors were already there."""

    generation: str
    reports: int
    passages: int
    figures: int
    reused: int
    seconds: float
    failures: tuple[Failure, ...]


OnProgress = Callable[[Progress], None]


def rebuild(
    paths: Sequence[str | Path] | None = None,
    index_dir: str | Path | None = None,
    on_progress: OnProgress | None = None,
    *,
    settings: IndexSettings | None = None,
    encoder: Encoder | None = None,
) -> BuildSummary:
    """Build an index of the reports in ``paths`` (files and folders) and put it in use.

    Without ``paths``, of ``corpus/reports/``. A file that cannot be read is in ``failures`` and
    does not stop the others. Until the new index is complete and checked the old one stays in
    use, also when this raises: NothingToIndexError, IndexLockedError, IndexWriteError and
    EncoderError are all StoreErrors.
    """
    started = time.monotonic()
    settings = settings or from_environment()
    report_progress = on_progress or (lambda _progress: None)
    store = GenerationStore(Path(index_dir) if index_dir else settings.index_dir)
    with store.locked():
        encoder = encoder or load_encoder(
            settings, lambda message: report_progress(Progress("准备", 0, 1, message))
        )
        named = [DEFAULT_REPORTS] if paths is None else [Path(path) for path in paths]
        gathered, failures = _read(named, report_progress)
        passages = [passage for report in gathered for passage in report.passages]
        encodings, reused = _encodings(passages, encoder, _previous(store), report_progress)
        with store.writing():
            store.clean()
            with store.new_generation(datetime.now(UTC)) as folder:
                manifest = _write(folder, gathered, encodings, encoder)
                report_progress(Progress("检查", 0, 1))
                _self_test(folder, encoder)
                report_progress(Progress("切换", 0, 1))
            store.clean()
        report_progress(Progress("切换", 1, 1))
    return BuildSummary(
        generation=manifest.generation,
        reports=len(gathered),
        passages=manifest.passages,
        figures=manifest.figures,
        reused=reused,
        seconds=time.monotonic() - started,
        failures=failures,
    )


def _read(
    paths: Sequence[Path], report_progress: OnProgress
) -> tuple[list[GatheredReport], tuple[Failure, ...]]:
    """Read all reports; raise NothingToIndexError, with the reasons, if there is not one."""
    gathered, failures = gather(
        paths,
        lambda done, total, name: report_progress(Progress("读取", done, total, name)),
    )
    if not any(report.passages for report in gathered):
        named = "、".join(f"“{path}”" for path in paths)
        reasons = "".join(f"\n  {failure.path}：{failure.reason}" for failure in failures)
        raise NothingToIndexError(f"在{named}中没有读到任何报告，索引没有改动。{reasons}")
    return gathered, failures


def _previous(store: GenerationStore) -> Generation | None:
    """Return the generation in use if it is sound; a damaged one is simply not reused."""
    try:
        return read_generation(store.folder(store.current()))
    except StoreError:
        return None


def _encodings(
    passages: Sequence[Passage],
    encoder: Encoder,
    previous: Generation | None,
    report_progress: OnProgress,
) -> tuple[list[Encoding], int]:
    """Return the encodings of passages, and how many came from the previous generation.

    The vector is that of the passage in its context, the tokens are the passage's own.
    """
    texts = [context(passage) for passage in passages]
    keys = [vector_key(encoder.fingerprint, text) for text in texts]
    known = _known_encodings(previous)
    fresh = {
        key: (text, len(text) - len(passage.text))
        for key, text, passage in zip(keys, texts, passages, strict=True)
        if key not in known
    }
    reused = sum(key in known for key in keys)

    def advance(done: int) -> None:
        report_progress(Progress("嵌入", reused + done, reused + len(fresh)))

    advance(0)
    encoded = encoder.encode_passages([text for text, _ in fresh.values()], advance)
    for (key, (_, start)), encoding in zip(fresh.items(), encoded, strict=True):
        known[key] = Encoding(encoding.vector, encoding.tokens.after(start))
    return [known[key] for key in keys], reused


def vector_key(fingerprint: str, text: str) -> str:
    """Return what a vector hangs on: the encoder and the embedded text."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode()).hexdigest()


def _known_encodings(previous: Generation | None) -> dict[str, Encoding]:
    if previous is None:
        return {}
    fingerprint = previous.manifest.recipe.fingerprint
    keys = (vector_key(fingerprint, context(passage)) for passage in previous.passages)
    return {
        key: Encoding(vector, previous.tokens.passage(row))
        for row, (key, vector) in enumerate(zip(keys, previous.vectors.vectors(), strict=True))
    }


def _write(
    folder: Path,
    gathered: Sequence[GatheredReport],
    encodings: Sequence[Encoding],
    encoder: Encoder,
) -> IndexManifest:
    """Write all files of a generation, the manifest last, each flushed to the disk."""
    passages = [passage for report in gathered for passage in report.passages]
    ledger = [entry for report in gathered for entry in report.ledger]
    contents = {
        REPORTS: write_reports(report.report for report in gathered),
        PASSAGES: write_passages(passages),
        FIGURES: write_ledger(ledger),
        VECTORS: BACKENDS[DEFAULT_BACKEND]
        .build(np.array([encoding.vector for encoding in encodings]))
        .to_bytes(),
    }
    files = {file: write_durably(folder / file, data) for file, data in contents.items()}
    KeywordIndex.build([context(passage) for passage in passages]).save(folder / KEYWORDS)
    TokenStore.of([encoding.tokens for encoding in encodings], encoder.dimension).save(folder / TOKENS)
    files |= dict(chain(_flushed(folder, KEYWORDS), _flushed(folder, TOKENS)))
    manifest = IndexManifest(
        generation=folder.name.removesuffix(PARTIAL),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        recipe=recipe_of(encoder),
        dimension=encoder.dimension,
        passages=len(passages),
        figures=len(ledger),
        reports=tuple(_entry(report) for report in gathered),
        files=files,
    )
    write_durably(folder / MANIFEST, manifest.to_bytes())
    return manifest


def _flushed(folder: Path, part: str) -> Iterator[tuple[str, FileRecord]]:
    """Flush the files that a library wrote under ``folder/part``, and return their records."""
    for path in sorted((folder / part).iterdir()):
        flush_file(path)
        record = FileRecord(file_sha256(path), path.stat().st_size)
        yield path.relative_to(folder).as_posix(), record


def _entry(gathered: GatheredReport) -> ReportEntry:
    report = gathered.report
    return ReportEntry(
        name=report.name,
        title=report.title,
        digest=report.digest,
        characters=len(report.text),
        passages=len(gathered.passages),
        figures=len(gathered.ledger),
        repairs=report.repairs,
        identity=report.identity,
    )


def _self_test(folder: Path, encoder: Encoder) -> None:
    """Open a written generation as a reader would and ask it for its first passage."""
    index = open_generation(folder, encoder)
    question = context(index.passages[0])
    own = index.vectors.vectors()[0]
    for vector, least in ((own, 1 - VECTOR_TOLERANCE), (encoder.encode_queries([question])[0].vector, -1.0)):
        scores, rows = index.vectors.search(vector[None], k=1)
        if rows.shape != (1, 1) or not scores[0, 0] >= least:
            raise damaged(folder, "试问一个问题，向量检索没有找到原文")
    matches = index.keywords.scores(question)
    if tokenize(question) and not matches[0] > 0:
        raise damaged(folder, "试问一个问题，关键词检索没有找到原文")
