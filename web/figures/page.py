"""Page: the rows of the table that are shown at once, each as it is printed and as it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from markupsafe import Markup

from corpus.document import Passage
from corpus.figures.figure import Figure
from corpus.places import short_name
from index.ledger import LedgerEntry
from retrieval.arithmetic import amount_of, plain
from retrieval.explain import BOUND_WORDS
from retrieval.sift import Rows
from retrieval.wording import BOUND_SIGNS
from web.figures.asked import Asked
from web.figures.book import Book
from web.figures.picks import time_name
from web.i18n import Words
from web.markup import Span, marked
from web.quantity import number_and_unit

ROWS = 50  # on a page: as many as one skims, and small enough to be sent while one types
AROUND = 120  # characters of a passage before and after a figure
SENTENCE_ENDS = "。！？；\n"
CUT = "……"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table; ``row`` is its place in the ledger, ``context`` the figure in its passage."""

    row: int
    name: str
    sign: str
    bound: str
    number: str
    unit: str
    amount: str
    period: str
    kind: str
    status: str
    place: str
    report: str
    location: str
    address: str
    context: Markup
    common: str
    converted: str
    days: str
    contradicted: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the rows that were found; ``first`` of them stand before it. ``grouped``: see ``Sieve.rows``."""

    lines: tuple[Line, ...]
    number: int
    pages: int
    first: int
    found: int
    all: int
    column: str | None
    descending: bool
    grouped: bool


def rows_of(book: Book, asked: Asked) -> Rows:
    """Return the rows that are asked for, in their order."""
    among = book.check().rows if asked.contradicting else None
    return book.sieve.rows(asked.choice, asked.order, among)


def page_of(book: Book, asked: Asked, rows: Rows, contradicting: frozenset[int], words: Words) -> Page:
    """Return the page that is asked for, or the nearest that there is."""
    pages = max(1, -(-len(rows) // ROWS))
    number = min(max(asked.page, 1), pages)
    first = (number - 1) * ROWS
    shown = [int(row) for row in rows[first : first + ROWS]]
    lines = tuple(_line(book, row, row in contradicting, words) for row in shown)
    grouped = asked.column == "value" and book.sieve.has_several_units(rows)
    size = len(book.ledger)
    return Page(lines, number, pages, first, len(rows), size, asked.column, asked.descending, grouped)


def _line(book: Book, row: int, contradicted: bool, words: Words) -> Line:
    entry, passage = book.ledger[row], book.passages[row]
    figure, terms = entry.figure, entry.terms
    number, unit = number_and_unit(figure)
    name = figure.indicator or terms.series or "—"
    days = (terms.first_day, terms.last_day)
    return Line(
        row=row,
        name=name,
        sign=BOUND_SIGNS[figure.bound],
        bound=BOUND_WORDS[figure.bound],
        number=number,
        unit=unit,
        amount=f"{amount_of(figure)[0]:f}",
        period=figure.period or "",
        kind=kind_of(figure, words),
        status=figure.status,
        place=short_name(terms.place) if terms.place else "",
        report=Path(entry.report).stem,
        location=passage.location,
        address=book.address(entry.report, figure.start, figure.end),
        context=context(passage, entry),
        common=terms.series if terms.series != name else "",
        converted=_converted(entry),
        days=time_name((days[0], days[1])) if days[0] and days[1] else "",
        contradicted=contradicted,
    )


def kind_of(figure: Figure, words: Words) -> str:
    """Return the kind of a figure as a reader says it: a change with what it is measured against."""
    if figure.kind != "change":
        return words(f"figures.kind.{figure.kind}")
    way = {"+": "figures.up", "-": "figures.down", None: "figures.kind.change"}[figure.direction]
    return f"{figure.basis or ''} {words(way)}".strip()


def context(passage: Passage, entry: LedgerEntry) -> Markup:
    """Return a figure in the sentences around it, marked."""
    start, end = entry.figure.start - passage.start, entry.figure.end - passage.start
    left, right = _sentences_around(passage.text, start, min(end, len(passage.text)))
    text = marked(passage.text[left:right], [Span(start - left, end - left, "asked")])
    before, after = (CUT if left else ""), (CUT if right < len(passage.text) else "")
    return Markup("{}{}{}").format(before, text, after)


def _sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the whole sentences that lie near text[start:end]."""
    left = max(0, start - AROUND)
    if left:
        breaks = [at + 1 for at in range(left, start) if text[at] in SENTENCE_ENDS]
        left = breaks[0] if breaks else left
    right = min(len(text), end + AROUND)
    if right < len(text):
        breaks = [at + 1 for at in range(end, right) if text[at] in SENTENCE_ENDS]
        right = breaks[-1] if breaks else right
    return left, right


def _converted(entry: LedgerEntry) -> str:
    """Return the amount in its base unit where that is another than the printed one."""
    terms = entry.terms
    if terms.base_unit == entry.figure.unit:
        return ""
    ends: Sequence[Decimal] = [end for end in (terms.amount, terms.amount_to) if end is not None]
    return "–".join(_grouped(end) for end in ends) + f" {terms.base_unit}"


def _grouped(number: Decimal) -> str:
    whole, _, part = plain(number).partition(".")
    return f"{int(whole):,}" + (f".{part}" if part else "")
