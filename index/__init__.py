"""Passages to something searchable on disk: encoded, indexed, published, opened."""

from index.build import BuildSummary, Progress, rebuild
from index.encode import Encoder, SentenceTransformerEncoder, load_encoder
from index.errors import (
    EncoderError,
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexWriteError,
    NoEarlierIndexError,
    NothingToIndexError,
    StoreError,
)
from index.gather import Failure
from index.interaction import Encoding, TokenStore, TokenVectors, max_similarity
from index.manifest import IndexManifest, ReportEntry
from index.opened import Index, open_index
from index.settings import IndexSettings, from_environment
from index.store import GenerationStore
from index.tokens import tokenize

__all__ = [
    # Building
    "rebuild",
    "BuildSummary",
    "Progress",
    "Failure",
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
    "EncoderError",
]
