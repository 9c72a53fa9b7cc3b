"""The tab 数据 as HTML. Pure functions over templates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from markupsafe import Markup

from retrieval.facts.arithmetic import plain
from retrieval.facts.filter import COLUMNS
from retrieval.facts.matrix import MOST, Matrix
from retrieval.facts.statements import Statement
from retrieval.render.matrix_table import sign_of, signed
from web.figures.book import Book
from web.figures.drawing import in_order, places_of
from web.figures.names import file_name
from web.figures.notes import notes_of, sources_of
from web.figures.page import Page
from web.figures.picks import Drawing, Shape
from web.i18n import Words
from web.markup import Span, templates
from web.quantity import unit_said
from web.rows.draw import drawn as drawn_rows
from web.spoken import place_of

MOST_UNITS = 60  # that are offered to choose from; the rest are rare


def frame(book: Book, words: Words) -> str:
    """Return what stays while one filters: the views, the boxes, and the empty regions."""
    sieve = book.sieve
    reports = book.index.manifest.reports
    lists = (
        ("report", [book.labels[report.name].full for report in reports]),
        ("place", sieve.places),
        ("period", [words("figures.time.year", year=year) for year in sieve.years]),
        ("unit", sieve.units[:MOST_UNITS]),
    )
    return _FRAME.render(words=words, reports=reports, labels=book.labels, lists=lists, most=MOST)


def ledger(words: Words) -> str:
    """Return the place of the table, and of what is done with picked rows."""
    return _LEDGER.render(words=words)


def table(page: Page, words: Words) -> str:
    """Return a page of the table."""
    return _TABLE.render(page=page, words=words, columns=COLUMNS)


def said(page: Page, words: Words) -> str:
    """Return what somebody is told who listens: how many figures were found, their order, and which page."""
    if not page.found:
        return words("figures.none")
    parts = [words("figures.found", number=f"{page.found:,}")]
    if page.column:
        way = words("figures.descending" if page.descending else "figures.ascending")
        parts.append(words("figures.ordered", column=words(f"column.{page.column}"), way=way))
    if page.pages > 1:
        parts.append(words("figures.page", page=page.number, pages=page.pages))
    return words("figures.comma").join(parts)


def drawn(drawing: Drawing | None, shape: Shape, outdated: bool, words: Words) -> str:
    """Return what stands over a chart: its shapes, what one should know, and its numbers as a table."""
    dots = in_order(drawing, shape) if drawing else ()
    ranks = places_of(dots) if shape == "ranking" else ()
    notes = notes_of(drawing, shape, words) if drawing else ()
    name = file_name(words("figures.file.chart"), drawing.title) if drawing else ""
    return _DRAWN.render(
        drawing=drawing,
        shape=shape,
        dots=dots,
        ranks=ranks,
        notes=list(notes),
        sources=sources_of(drawing, shape, words) if drawing else "",
        name=name,
        outdated=outdated,
        words=words,
    )


def matrix(book: Book, compared: Matrix, words: Words) -> str:
    """Return reports side by side."""
    return _MATRIX.render(
        matrix=compared,
        labels=book.labels,
        words=words,
        place=partial(_place, words),
        quoted=partial(_quoted, words),
        address=partial(_address, book),
    )


def check(book: Book, words: Words) -> str:
    """Return the contradictions, each with the sentences that it is between."""
    reports, figures = len(book.index.manifest.reports), len(book.ledger)
    found = book.check().contradictions
    return _CHECK.render(
        found=found,
        reports=reports,
        figures=figures,
        labels=book.labels,
        words=words,
        place=partial(_place, words),
        quoted=partial(_quoted, words),
        address=partial(_address, book),
    )


def _address(book: Book, statement: Statement) -> str:
    figure = statement.entry.figure
    return book.address(statement.entry.report, figure.start, figure.end)


def _place(words: Words, statement: Statement) -> Markup:
    figure, passage = statement.entry.figure, statement.passage
    return words.html(place_of(passage, figure.start - passage.start, figure.end - passage.start))


def _quoted(words: Words, statement: Statement, among: Sequence[Statement]) -> Markup:
    """Return a statement's sentence or row with its figure marked, and those of ``among`` in the same one."""
    marks = [_marked(one) for one in among if _where(one) == _where(statement)]
    return drawn_rows(statement.sentence, sorted(set(marks)), words)


def _where(statement: Statement) -> tuple[str, int]:
    """Return where a statement's sentence begins."""
    return statement.entry.report, statement.entry.figure.start - len(statement.before)


def _marked(statement: Statement) -> Span:
    blank = len(statement.before) - len(statement.before.lstrip())
    start = len(statement.before) - blank
    return Span(start, start + len(statement.entry.figure.quote), "asked")


def _shown(number: Decimal | None) -> str | None:
    return None if number is None else _neat(plain(number))


def _difference(number: Decimal | None) -> str | None:
    return None if number is None else _neat(signed(number))


def _percent(number: Decimal | None) -> str:
    return "" if number is None else f"{_neat(signed(number))}%"


def _neat(number: str) -> str:
    return number.replace("-", "−")


templates.filters.update(
    unit_said=unit_said,
    shown=_shown,
    difference=_difference,
    percent=_percent,
    sign=sign_of,
)
_FRAME = templates.get_template("figures/frame.html")
_LEDGER = templates.get_template("figures/ledger.html")
_TABLE = templates.get_template("figures/table.html")
_DRAWN = templates.get_template("figures/drawn.html")
_MATRIX = templates.get_template("figures/matrix.html")
_CHECK = templates.get_template("figures/check.html")
