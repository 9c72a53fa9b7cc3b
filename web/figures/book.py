"""Book: the figures of one generation of the index, ready to be shown; what takes long is made once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from index import Index
from index.ledger import LedgerEntry
from retrieval.facts.contradictions import Contradiction, contradictions, miscalculations
from retrieval.facts.duplicates import Folds
from retrieval.facts.filter import Sieve
from retrieval.facts.statements import Days, Statement, all_days, statements
from retrieval.words.labels import labels_of
from web.current import Library
from web.sheets import reader_address


@dataclass(frozen=True, slots=True)
class Checked:
    """What cannot be true together, and the rows of the figures that are part of it."""

    contradictions: tuple[Contradiction, ...] = ()
    rows: frozenset[int] = frozenset()


class Book:
    """The ledger of an index; several visitors may read it at once. Rows are places in ``ledger``.

    ``stated`` has each figure in its sentence, ``days`` those that it speaks of, ``folds`` which rows
    state one figure, ``labels`` what the reports are called.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.generation = index.manifest.generation
        reports = index.manifest.reports
        self.labels = labels_of(reports)
        self.stated: tuple[Statement, ...] = tuple(statements(index))
        self.days: tuple[Days | None, ...] = tuple(all_days(self.stated, reports))
        self.sieve = Sieve(index, self.days, self.labels)
        self.folds = Folds(self.stated, self.days)
        self._numbers = {entry.name: number for number, entry in enumerate(reports)}
        self._making = Lock()
        self._checked: Checked | None = None

    @property
    def ledger(self) -> Sequence[LedgerEntry]:
        """The figures, in the order of the reports."""
        return self.index.ledger

    def address(self, report: str, start: int, end: int) -> str:
        """Return where a report is read, opened at a span of its text: see ``web.source``."""
        return reader_address(self.generation, self._numbers[report], start, end)

    def check(self) -> Checked:
        """Return what cannot be true together; the first who asks waits a second or two."""
        with self._making:
            if self._checked is None:
                found = (*contradictions(self.stated), *miscalculations(self.stated))
                row_of = {id(statement): row for row, statement in enumerate(self.stated)}
                said = (statement for contradiction in found for statement in contradiction.statements)
                self._checked = Checked(found, frozenset(row_of[id(statement)] for statement in said))
            return self._checked

    @property
    def flagged(self) -> frozenset[int]:
        """The rows that are known to be part of a contradiction: none before ``check``."""
        return self._checked.rows if self._checked else frozenset()


class Books:
    """The book of the generation in use."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._opening = Lock()
        self._book: Book | None = None

    def current(self) -> Book:
        """Return the book of the generation in use; made anew where that has changed."""
        shelf = self._library.shelf
        with self._opening:
            if self._book is None or self._book.generation != shelf.generation:
                self._book = Book(shelf.retriever.index)
            return self._book
