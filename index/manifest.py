"""IndexManifest: what a generation of the index holds and how it was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus import AuditCounts, Identity, RepairStep, SplitSettings
from index.context import CONTEXT_VERSION
from index.digests import FileRecord
from index.sources import Sources
from index.tokens import TOKENIZER_VERSION

# Raised when the files of a generation change in kind or meaning.
SCHEMA_VERSION = 6


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One report of a generation: its source file's SHA-256, how much it gave, and whose it is.

    ``pages`` is 0 for a format without pages; ``source`` is the file's path, see ``index.sources.anchored``;
    ``audit`` is the comparison of its passages with print, see ``corpus.audit``.
    """

    name: str
    title: str
    digest: str
    characters: int
    passages: int
    figures: int
    repairs: tuple[RepairStep, ...]
    identity: Identity
    pages: int = 0
    source: str = ""
    audit: AuditCounts | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an index is made: two indexes of one recipe and the same reports answer alike."""

    encoder: str
    fingerprint: str
    split: SplitSettings
    backend: str
    tokenizer: int = TOKENIZER_VERSION
    context: int = CONTEXT_VERSION
    schema: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """Everything about a generation but its content.

    ``created`` is the UTC time in ISO 8601; ``files`` has every other file of the generation,
    by its path with forward slashes; ``sources`` is what it was made of, ``reading`` what the reading
    of its reports hangs on (``index.reading``).
    """

    generation: str
    created: str
    recipe: Recipe
    dimension: int
    passages: int
    figures: int
    reports: tuple[ReportEntry, ...]
    files: Mapping[str, FileRecord]
    sources: Sources = field(default_factory=lambda: Sources(()))
    reading: str = ""

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON, with a digest of itself."""
        content = json.loads(_MANIFEST.dump_json(self))
        text = json.dumps({**content, "sha256": _digest(content)}, ensure_ascii=False, indent=1)
        return text.encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> IndexManifest:
        """Read a manifest; raise ValueError if one byte of it is not as it was written."""
        content = json.loads(data)
        if not isinstance(content, dict) or content.pop("sha256", None) != _digest(content):
            raise ValueError("the manifest does not agree with its own digest")
        try:
            manifest = _MANIFEST.validate_python(content, strict=False, extra="forbid")
        except ValidationError as error:
            raise ValueError(f"not a manifest: {error}") from error
        if manifest.to_bytes() != data:
            raise ValueError("the manifest is not as it was written")
        return manifest


_MANIFEST = TypeAdapter(IndexManifest)


def schema_of(data: bytes) -> int | None:
    """Return the schema version that a manifest of any version states, if it states one."""
    try:
        version = json.loads(data)["recipe"]["schema"]
    except (ValueError, LookupError, TypeError):
        return None
    return version if isinstance(version, int) else None


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
