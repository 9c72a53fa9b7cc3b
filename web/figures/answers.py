"""Figures: what the tab 数据 answers to what a visitor does there. Knows no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from retrieval.facts.matrix import Matrix, chosen_reports, matrix_of
from web.current import Library
from web.figures import render
from web.figures.asked import Asked, asked_of
from web.figures.book import Book, Books
from web.figures.drawing import spec_of
from web.figures.files import ledger_file, matrix_file
from web.figures.names import matrix_name, table_name
from web.figures.page import page_of, rows_of
from web.figures.picks import Pick, drawing_of
from web.i18n import Words

MOST_NAMES = 12  # indicators that are offered while one types


class Figures:
    """The figures of the reports of ``library``; what is sent by a page is checked before it is used.

    Methods raise ValueError for a request that no page of ours makes.
    """

    def __init__(self, library: Library) -> None:
        self._books = Books(library)

    def frame(self, words: Words) -> tuple[str, str]:
        """Return what stays while one works: what stands over the chart, and below it."""
        return render.frame(self._books.current(), words), render.ledger(words)

    def look(self, sent: Any, words: Words) -> dict[str, Any]:
        """Return the page of the table that is asked for, and the indicators that one may mean.

        ``frame`` is what stays while one works, where the reports are others than the page shows.
        """
        book, asked = self._books.current(), asked_of(sent)
        rows = rows_of(book, asked)
        page = page_of(book, asked, rows, words)
        return {
            "html": render.table(page, words),
            "said": render.said(page, words),
            "names": book.sieve.indicators(asked.indicator, MOST_NAMES),
            "generation": book.generation,
            "frame": render.frame(book, words) if asked.generation not in ("", book.generation) else "",
        }

    def compare(self, sent: Any, words: Words) -> dict[str, Any]:
        """Return the chosen reports side by side; ``outdated`` where one of them is gone since."""
        book, asked = self._books.current(), asked_of(sent)
        if not _has_all(book, asked.reports):
            return {"outdated": words("figures.outdated")}
        matrix = _matrix(book, asked)
        said = "figures.matrix.rows" if matrix.rows else "figures.matrix.empty"
        return {"html": render.matrix(book, matrix, words), "said": words(said, number=len(matrix.rows))}

    def check(self, words: Words) -> dict[str, Any]:
        """Return what the reports say that cannot be true together."""
        book = self._books.current()
        return {"html": render.check(book, words), "number": len(book.check().contradictions)}

    def file(self, sent: Any, words: Words) -> dict[str, Any]:
        """Return the table that is shown, all its pages, or the comparison, as a file.

        ``outdated`` where the rows or the reports that it is to hold are those of an earlier generation.
        """
        book, asked = self._books.current(), asked_of(sent)
        if (asked.picked and asked.generation != book.generation) or not _has_all(book, asked.reports):
            return {"outdated": words("figures.outdated")}
        if asked.reports:
            matrix = _matrix(book, asked)
            return matrix_file(matrix, matrix_name(matrix, words), asked.file, words).as_json()
        name = table_name(asked, words)
        return ledger_file(book, rows_of(book, asked), name, asked.file, words).as_json()

    def draw(self, sent: Any, words: Words) -> tuple[str, dict[str, Any] | None]:
        """Return what stands over the chart of the picked rows, and its specification, None where none is drawn."""
        book, asked = self._books.current(), asked_of(sent)
        outdated = asked.generation != book.generation
        drawing = None if outdated else drawing_of(_picks(book, asked), words)
        if drawing is None:
            return render.drawn(None, "bars", outdated, words), None
        shape = asked.drawn if asked.drawn in drawing.shapes else drawing.shapes[0]
        return render.drawn(drawing, shape, outdated, words), spec_of(drawing, shape, words, asked.narrow)


def _picks(book: Book, asked: Asked) -> list[Pick]:
    rows = (row for row in dict.fromkeys(asked.rows) if row < len(book.ledger))
    return [
        Pick(book.stated[row], book.days[row], book.labels[book.ledger[row].report].short) for row in rows
    ]


def _has_all(book: Book, reports: Sequence[str]) -> bool:
    return all(name in book.labels for name in reports)


def _matrix(book: Book, asked: Asked) -> Matrix:
    return matrix_of(book.stated, chosen_reports(book.index.manifest.reports, asked.reports))
