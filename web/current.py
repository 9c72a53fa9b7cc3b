"""Library: the open index, exchanged for a newer one as soon as that is in use."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from corpus.document import Report
from corpus.errors import WenBaoError
from index.encode import Encoder
from index.manifest import IndexManifest, ReportEntry
from index.opened import open_index
from index.store import GenerationStore
from retrieval.answer import Answer, Hit
from retrieval.retriever import Retriever
from retrieval.suggestions import Subject, Suggestion, elsewhere, follow_ups, subject_of
from web.cited import asked_figure
from web.examples import choose_examples

_log = logging.getLogger(__name__)


# Whole reports that are kept read: those of the passages that are being looked at.
REPORTS_READ = 32


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """One generation of the index, open: what it holds, and questions to begin with."""

    generation: str
    retriever: Retriever
    reports: tuple[ReportEntry, ...]
    examples: tuple[str, ...]

    def report(self, name: str) -> Report:
        """Return a whole report as it was indexed; KeyError if there is none of that name."""
        return _read_report(self, name)


@lru_cache(maxsize=REPORTS_READ)
def _read_report(shelf: Shelf, name: str) -> Report:
    return shelf.retriever.index.report(name)


def open_shelf(index_dir: Path, encoder: Encoder) -> Shelf:
    """Open the generation in use; asking it for examples also warms it up."""
    index = open_index(index_dir, encoder=encoder)
    retriever = Retriever(index)
    examples = choose_examples(index, retriever.ask)
    return Shelf(index.manifest.generation, retriever, index.manifest.reports, examples)


class Library:
    """Answers from the generation in use; several threads may ask.

    When another process has put a new generation in use, the next question opens it. One that
    cannot be opened is reported once and passed over: the old one keeps answering.
    """

    def __init__(self, index_dir: Path, encoder: Encoder) -> None:
        self._store = GenerationStore(index_dir)
        self._encoder = encoder
        self._opening = Lock()
        self._shelf = open_shelf(index_dir, encoder)
        self._refused: str | None = None
        self._complaint = ""

    @property
    def shelf(self) -> Shelf:
        """The generation in use, open: take it once where several things must belong together."""
        self._exchange()
        return self._shelf

    @property
    def manifest(self) -> IndexManifest:
        """What the index in use holds and how it was made."""
        return self.shelf.retriever.index.manifest

    @property
    def reports(self) -> tuple[ReportEntry, ...]:
        """The reports that can be asked about."""
        return self._shelf.reports

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with."""
        return self._shelf.examples

    @property
    def generation(self) -> str:
        """The name of the generation in use."""
        return self.shelf.generation

    @property
    def opening(self) -> bool:
        """Tell whether a newer generation is being opened while this one still answers."""
        return self._opening.locked()

    def ask(self, question: str, history: Sequence[str], reports: Sequence[str] = ()) -> Answer:
        """Answer ``question``, which may follow up on those of ``history``, from ``reports`` or from all."""
        return self.shelf.retriever.ask(question, history=history, reports=reports or None)

    def search(self, question: str, k: int, reports: Sequence[str] = ()) -> list[Hit]:
        """Return the ``k`` best passages."""
        return self.shelf.retriever.search(question, k, reports or None)

    def report(self, name: str) -> Report:
        """Return a whole report as it was indexed; KeyError if there is none of that name."""
        return self._shelf.report(name)

    def suggest(self, answer: Answer) -> tuple[Subject | None, Sequence[Suggestion]]:
        """Return what an answer's question is about, and what may be asked next."""
        index, figure = self._shelf.retriever.index, asked_figure(answer)
        if figure is None:
            return None, elsewhere(index, answer)
        return subject_of(index, answer, figure), follow_ups(index, answer, figure)

    def _exchange(self) -> None:
        """Open the generation in use if it is another; while one thread does, others do not wait."""
        if not self._opening.acquire(blocking=False):
            return
        named = None
        try:
            named = self._store.current()
            if named not in (self._shelf.generation, self._refused):
                self._shelf = open_shelf(self._store.index_dir, self._encoder)
        except WenBaoError as error:
            self._refused = named
            if str(error) != self._complaint:
                self._complaint = str(error)
                _log.warning("新的索引无法使用，继续使用原有的索引。%s", error)
        finally:
            self._opening.release()
