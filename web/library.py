"""The reports that the page asks (placeholder)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from retrieval.results import Answer
from web.render import Overview


class Library(Protocol):
    examples: tuple[str, ...]
    overview: Overview

    def ask(self, question: str, history: Sequence[str]) -> Answer: ...
