"""Page: the lines of the table that are shown at once, each as it is printed and as it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from corpus.document import Passage
from corpus.marks import is_table_row
from corpus.places import short_name
from index.ledger import LedgerEntry
from retrieval.facts.arithmetic import amount_of, plain
from retrieval.facts.filter import Rows
from web.figures.asked import Asked
from web.figures.book import Book
from web.figures.times import time_words
from web.i18n import Words
from web.markup import Span
from web.quantity import bound_words, kind_words, number_and_unit
from web.rows.draw import drawn
from web.spoken import place_of

ROWS = 50  # on a page: as many as one skims, and small enough to be sent while one types
AROUND = 120  # characters of a passage before and after a figure
SENTENCE_ENDS = "。！？；\n"
CUT = "……"
LONGEST_ROW = 600  # characters of a table's row that is shown whole


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a figure is stated: where it is read, and ``context``, the figure in its passage."""

    location: Markup
    address: str
    context: Markup


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in the table; ``row`` is its place in the ledger, ``sources`` all places that state it.

    ``period`` is the time that it speaks of; ``printed`` how its first source says that, "" where a
    heading or the report as a whole does. ``report`` is short, ``title`` whole.
    """

    row: int
    name: str
    sign: str
    bound: str
    number: str
    unit: str
    amount: str
    period: str
    printed: str
    kind: Markup
    status: str
    place: str
    report: str
    title: str
    sources: tuple[Source, ...]
    common: str
    converted: str
    contradicted: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the lines that were found, of which ``first`` stand before it.

    ``found`` of ``all`` figures are stated in ``folded`` lines; ``grouped``: see ``Sieve.rows``.
    """

    lines: tuple[Line, ...]
    number: int
    pages: int
    first: int
    folded: int
    found: int
    all: int
    column: str | None
    descending: bool
    grouped: bool

    @property
    def last(self) -> int:
        """The number of the page's last line, counted from 1."""
        return self.first + len(self.lines)


def rows_of(book: Book, asked: Asked) -> Rows:
    """Return the rows that are asked for, in their order."""
    among = book.check().rows if asked.contradicting else None
    if asked.picked and asked.generation == book.generation:
        known = (book.folds.members(row) for row in asked.rows if row < len(book.ledger))
        picked = frozenset(member for members in known for member in members)
        among = picked if among is None else among & picked
    return book.sieve.rows(asked.choice, asked.order, among)


def page_of(book: Book, asked: Asked, rows: Rows, words: Words) -> Page:
    """Return the page that is asked for, or the nearest that there is; contradictions are marked."""
    folded = book.folds.of(rows)
    pages = max(1, -(-len(folded) // ROWS))
    number = min(max(asked.page, 1), pages)
    first = (number - 1) * ROWS
    lines = tuple(_line(book, int(row), words) for row in folded[first : first + ROWS])
    return Page(
        lines=lines,
        number=number,
        pages=pages,
        first=first,
        folded=len(folded),
        found=len(rows),
        all=len(book.ledger),
        column=asked.column,
        descending=asked.descending,
        grouped=asked.column == "value" and book.sieve.has_several_units(rows),
    )


def _line(book: Book, row: int, words: Words) -> Line:
    entry, days = book.ledger[row], book.days[row]
    figure, terms = entry.figure, entry.terms
    number, unit = number_and_unit(figure)
    sign, bound = bound_words(figure, words)
    name = figure.indicator or terms.series or "—"
    members, label = book.folds.members(row), book.labels[entry.report]
    return Line(
        row=row,
        name=name,
        sign=sign,
        bound=bound,
        number=number,
        unit=unit,
        amount=f"{amount_of(figure)[0]:f}",
        period=time_words(days, words) if days else figure.period or "",
        printed=figure.period or "",
        kind=kind_words(figure, words),
        status=figure.status,
        place=short_name(terms.place) if terms.place else "",
        report=label.short,
        title=label.full,
        sources=tuple(_source(book, member, words) for member in members),
        common=terms.series if terms.series != name else "",
        converted=_converted(entry),
        contradicted=not book.flagged.isdisjoint(members),
    )


def _source(book: Book, row: int, words: Words) -> Source:
    statement = book.stated[row]
    entry, passage = statement.entry, statement.passage
    address = book.address(entry.report, entry.figure.start, entry.figure.end)
    start, end = entry.figure.start - passage.start, entry.figure.end - passage.start
    location = words.html(place_of(passage, start, end))
    return Source(location, address, context(passage, entry, words))


def context(passage: Passage, entry: LedgerEntry, words: Words) -> Markup:
    """Return a figure in the sentences around it or in its row, marked."""
    start, end = entry.figure.start - passage.start, entry.figure.end - passage.start
    row = _row_around(passage.text, start)
    left, right = row or _sentences_around(passage.text, start, min(end, len(passage.text)))
    text = drawn(passage.text[left:right], [Span(start - left, end - left, "asked")], words)
    before = CUT if left and not row else ""
    after = CUT if right < len(passage.text) and not row else ""
    return Markup("{}{}{}").format(before, text, after)


def _row_around(text: str, start: int) -> tuple[int, int] | None:
    """Return the span of the table's row that text[start] stands in: a row says all of itself."""
    left = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    right = len(text) if end < 0 else end
    line = text[left:right]
    is_row = is_table_row(line) or line.startswith("|")
    return (left, right) if is_row and right - left <= LONGEST_ROW else None


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
