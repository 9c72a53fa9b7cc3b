"""Write a generation's files, and test it as a reader would before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.messages import says
from index.context import context
from index.digests import FileRecord, file_sha256, flush_file, write_durably
from index.encode import Encoder
from index.gather import GatheredReport
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
)
from index.interaction import Encoding, TokenStore
from index.keywords import KeywordIndex
from index.ledger import write_ledger
from index.manifest import IndexManifest, ReportEntry
from index.opened import open_generation, recipe_of
from index.reading import reading_fingerprint
from index.records import write_passages, write_reports
from index.settings import IndexSettings
from index.sources import Sources, anchored
from index.store import PARTIAL
from index.tokens import tokenize
from index.vectors import BACKENDS, DEFAULT_BACKEND

# How far the inner product of a vector of unit length with itself may be from 1, in float32.
VECTOR_TOLERANCE = 1e-3


def write_generation(
    folder: Path,
    gathered: Sequence[GatheredReport],
    encodings: Sequence[Encoding],
    encoder: Encoder,
    sources: Sources,
    settings: IndexSettings,
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
        reports=tuple(_entry(report, settings) for report in gathered),
        files=files,
        sources=sources,
        reading=reading_fingerprint(),
    )
    write_durably(folder / MANIFEST, manifest.to_bytes())
    return manifest


def self_test(folder: Path, encoder: Encoder) -> Generation:
    """Open a written generation as a reader would, ask it for its first passage, and return it."""
    index = open_generation(folder, encoder)
    question = context(index.passages[0])
    own = index.vectors.vectors()[0]
    for vector, least in ((own, 1 - VECTOR_TOLERANCE), (encoder.encode_queries([question])[0].vector, -1.0)):
        scores, rows = index.vectors.search(vector[None], k=1)
        if rows.shape != (1, 1) or not scores[0, 0] >= least:
            raise damaged(folder, says("damage.dense", "试问一个问题，向量检索没有找到原文"))
    matches = index.keywords.scores(question)
    if tokenize(question) and not matches[0] > 0:
        raise damaged(folder, says("damage.keyword", "试问一个问题，关键词检索没有找到原文"))
    return index


def _flushed(folder: Path, part: str) -> Iterator[tuple[str, FileRecord]]:
    """Flush the files that a library wrote under ``folder/part``, and return their records."""
    for path in sorted((folder / part).iterdir()):
        flush_file(path)
        record = FileRecord(file_sha256(path), path.stat().st_size)
        yield path.relative_to(folder).as_posix(), record


def _entry(gathered: GatheredReport, settings: IndexSettings) -> ReportEntry:
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
        pages=len(report.pages),
        source=anchored(report.path, settings),
        audit=report.audit.counts if report.audit else None,
    )
