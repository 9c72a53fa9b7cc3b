"""Passages to something searchable on disk: encoded, indexed, published, opened."""

from index.build import BuildSummary, rebuild
from index.changes import Changes, FigureChange, compare
from index.encode import Encoder, SentenceTransformerEncoder, load_encoder
from index.errors import (
    EncoderError,
    Failure,
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexWriteError,
    LibraryError,
    NoEarlierIndexError,
    NoSuchReportError,
    NothingToIndexError,
    RebuildCancelledError,
    StoreError,
)
from index.holdings import FileLibrary, StoredFile
from index.interaction import Encoding, TokenStore, TokenVectors, max_similarity
from index.manifest import IndexManifest, ReportEntry
from index.opened import Index, open_index
from index.settings import IndexSettings, from_environment
from index.store import GenerationStore
from index.tokens import tokenize
from index.update import Change, update
from index.watch import Progress

__all__ = [
    # Building
    "rebuild",
    "update",
    "Change",
    "BuildSummary",
    "Progress",
    "Failure",
    "Changes",
    "FigureChange",
    "compare",
    # What the user gave
    "FileLibrary",
    "StoredFile",
    # Opening
    "open_index",
    "Index",
    "IndexManifest",
    "ReportEntry",
    "GenerationStore",
    # What it is made with
    "Encoder",
    "SentenceTransformerEncoder",
    "load_encoder",
    "Encoding",
    "TokenVectors",
    "TokenStore",
    "max_similarity",
    "tokenize",
    # Settings
    "IndexSettings",
    "from_environment",
    # Errors
    "StoreError",
    "IndexMissingError",
    "IndexDamagedError",
    "IndexOutdatedError",
    "IndexLockedError",
    "IndexWriteError",
    "NothingToIndexError",
    "NoEarlierIndexError",
    "NoSuchReportError",
    "LibraryError",
    "RebuildCancelledError",
    "EncoderError",
]
