"""Desk: what the parts of the page work with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.encode import Encoder
from index.settings import IndexSettings
from web.current import Library


@dataclass(frozen=True, slots=True)
class Desk:
    """The open library, where it comes from, and what visitors may do.

    ``read_only`` forbids whatever changes the index.
    """

    library: Library
    settings: IndexSettings
    index_dir: Path
    encoder: Encoder
    read_only: bool = False
