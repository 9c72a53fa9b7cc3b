"""The paragraphs of all pages in reading order, joined where a column's or page's end cut them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.headings import CLAUSE_MARK
from corpus.layout.lines import PrintedLine, PrintedPage, body_size
from corpus.layout.order import count_full, order
from corpus.layout.paragraphs import OTHER_SIZE, Paragraph, find_paragraphs, is_note
from corpus.layout.tables import PrintedTable, find_tables

INDENTED_SHARE = 0.6  # of the paragraphs of several lines
PROSE_SHARE = 0.4  # of the lines between two rules that have another as long close under them
# A Latin full stop, too; not that of a number.
CLAUSE = re.compile(CLAUSE_MARK.pattern + r"|[A-Za-z%)]\.(?:\s|$)")
CAPTION = re.compile(
    r"(?:图表|专栏|[图表])\s*[\d一二三四五六七八九十]|(?:资料|数据)?来源\s*[:：]|单位\s*[:：]|注\s*[:：]"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed line and the page that it stands on."""

    line: PrintedLine
    page: PrintedPage


@dataclass(frozen=True, slots=True)
class Unit:
    """What becomes a line of the text, or a table: in reading order.

    page       number of the page that it begins on
    note       a note under the text
    opens, closes   it is the first, or the last, text of its column: only there may a sentence be cut
    paragraph  as it was found, of one that is joined its last part; None for a table
    """

    lines: tuple[Placed, ...]
    page: int
    size: float
    bold: bool = False
    note: bool = False
    opens: bool = False
    closes: bool = False
    paragraph: Paragraph | None = None
    table: PrintedTable | None = None

    @property
    def cells(self) -> bool:
        """Whether it is a row with wide gaps."""
        return self.paragraph is not None and self.paragraph.cells

    @property
    def text(self) -> str:
        """All that it prints, line by line."""
        return "\n".join(placed.line.text for placed in self.lines)


def flow(pages: Sequence[PrintedPage]) -> list[Unit]:
    """Return the units of pages whose furniture is taken off, in the order in which they are read.

    A note follows its page's text.  A sentence that goes on over notes, tables and captions is joined;
    those of the page that it begins on then stand before it, the others after.
    """
    body = body_size([line for page in pages for line in page.lines])
    found = list(_units(pages, body))
    indented = _are_indented(found)
    units: list[Unit] = []
    waiting: int | None = None  # the place of a unit that may go on
    for unit in found:
        if waiting is not None and _joins(units[waiting], unit, indented):
            waiting = _join(units, waiting, unit)
            waiting = waiting if _may_go_on(units[waiting]) else None
            continue
        units.append(unit)
        if not _floats(unit, body):
            waiting = len(units) - 1 if _may_go_on(unit) else None
    return units


def _are_indented(units: Sequence[Unit]) -> bool:
    """Tell whether the report's paragraphs begin with an indent."""
    long = [unit.paragraph for unit in units if unit.paragraph and len(unit.paragraph.lines) > 1]
    return sum(paragraph.indented for paragraph in long) > INDENTED_SHARE * len(long)


def _may_go_on(unit: Unit) -> bool:
    """Tell running text whose last line is full."""
    return unit.closes and unit.paragraph is not None and unit.paragraph.full and _is_running(unit)


def _is_running(unit: Unit) -> bool:
    return len(unit.lines) > 1 or bool(CLAUSE.search(unit.text))


def _units(pages: Sequence[PrintedPage], body: float) -> Iterator[Unit]:
    for _number, sheets in groupby(pages, key=lambda page: page.number):
        notes: list[Unit] = []
        for sheet in sheets:
            for unit in _sheet_units(sheet, body):
                if unit.note:
                    notes.append(unit)
                else:
                    yield unit
        yield from notes


def _sheet_units(page: PrintedPage, body: float) -> Iterator[Unit]:
    tables, lines = _tables(page)
    for block in order(lines, page.rulings, tables):
        if isinstance(block.table, PrintedTable):
            printed = tuple(Placed(line, page) for cell in block.table.cells for line in cell.lines)
            yield Unit(printed, page.number, body_size([p.line for p in printed]), table=block.table)
            continue
        yield from _column_units(find_paragraphs(block.rows, block.vertical, body), page, body)


def _column_units(paragraphs: Sequence[Paragraph], page: PrintedPage, body: float) -> Iterator[Unit]:
    units: list[Unit] = []
    in_notes = False
    for paragraph in paragraphs:
        small = paragraph.size < (1 - OTHER_SIZE / 2) * body
        in_notes = is_note(paragraph, body) or (in_notes and small)
        units.append(_unit(paragraph, page, in_notes))
    text = [place for place, unit in enumerate(units) if not _floats(unit, body)]
    for place, unit in enumerate(units):
        yield replace(unit, opens=place in text[:1], closes=place in text[-1:])


def _tables(page: PrintedPage) -> tuple[list[PrintedTable], list[PrintedLine]]:
    """Return the tables of a page and its other lines; columns of text between rules are no table."""
    found, lines = find_tables(page.lines, page.rulings)
    tables: list[PrintedTable] = []
    for table in found:
        inside = [line for cell in table.cells for line in cell.lines]
        if not _has_uprights(table, page) and count_full(inside) > PROSE_SHARE * len(inside):
            lines += inside
        else:
            tables.append(table)
    return tables, lines


def _has_uprights(table: PrintedTable, page: PrintedPage) -> bool:
    return any(
        ruling.vertical
        and table.left < ruling.left < table.right
        and ruling.top < table.bottom
        and ruling.bottom > table.top
        for ruling in page.rulings
    )


def _unit(paragraph: Paragraph, page: PrintedPage, note: bool) -> Unit:
    return Unit(
        tuple(Placed(line, page) for line in paragraph.lines),
        page.number,
        paragraph.size,
        paragraph.bold,
        note,
        paragraph=paragraph,
    )


def _floats(unit: Unit, body: float) -> bool:
    """Tell what may stand between two parts of a sentence."""
    small = unit.size < (1 - OTHER_SIZE / 2) * body
    return unit.table is not None or unit.note or small or bool(CAPTION.match(unit.text))


def _joins(first: Unit, second: Unit, indented: bool) -> bool:
    rest = second.paragraph
    if rest is None or not second.opens or rest.begins or rest.cells or not _is_running(second):
        return False
    if first.bold != second.bold and len(second.lines) < 2:
        return False
    if first.paragraph is not None and first.paragraph.finished and not (indented and rest.measured):
        return False  # a new paragraph may begin without an indent
    return abs(first.size - second.size) <= OTHER_SIZE * first.size


def _join(units: list[Unit], place: int, rest: Unit) -> int:
    """Join the rest to the unit at a place; return the place of the whole."""
    first, between = units[place], units[place + 1 :]
    whole = replace(
        first,
        lines=first.lines + rest.lines,
        bold=first.bold and rest.bold,
        closes=rest.closes,
        paragraph=rest.paragraph,
    )
    before = [unit for unit in between if unit.page == first.page and unit.page != rest.page]
    after = [unit for unit in between if unit not in before]
    units[place:] = [*before, whole, *after]
    return place + len(before)
