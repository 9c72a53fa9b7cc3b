"""The paragraphs of all pages in reading order, joined where a column's or page's end cut them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.headings import CLAUSE_MARK
from corpus.layout.lines import PrintedLine, PrintedPage, body_size
from corpus.layout.order import order
from corpus.layout.paragraphs import OTHER_SIZE, Paragraph, find_paragraphs, is_note
from corpus.layout.tables import PrintedTable, find_tables

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
    cells      a row with wide gaps
    note       a note under the text
    """

    lines: tuple[Placed, ...]
    page: int
    size: float
    bold: bool = False
    cells: bool = False
    note: bool = False
    begins: bool = True
    ends: bool = True
    table: PrintedTable | None = None

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
    units: list[Unit] = []
    waiting: int | None = None  # the place of a unit whose sentence is not finished
    for unit in _units(pages, body):
        if waiting is not None and _joins(units[waiting], unit):
            waiting = _join(units, waiting, unit)
            waiting = None if units[waiting].ends else waiting
            continue
        units.append(unit)
        if not _floats(unit, body):
            waiting = None if unit.ends or not CLAUSE_MARK.search(unit.text) else len(units) - 1
    return units


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
    tables, lines = find_tables(page.lines, page.rulings)
    for block in order(lines, page.rulings, tables):
        if isinstance(block.table, PrintedTable):
            printed = tuple(Placed(line, page) for cell in block.table.cells for line in cell.lines)
            yield Unit(printed, page.number, body_size([p.line for p in printed]), table=block.table)
            continue
        in_notes = False
        for paragraph in find_paragraphs(block.rows, block.vertical, body):
            in_notes = is_note(paragraph, body) or (in_notes and paragraph.size < (1 - OTHER_SIZE / 2) * body)
            yield _unit(paragraph, page, in_notes)


def _unit(paragraph: Paragraph, page: PrintedPage, note: bool) -> Unit:
    return Unit(
        tuple(Placed(line, page) for line in paragraph.lines),
        page.number,
        paragraph.size,
        paragraph.bold,
        paragraph.cells,
        note,
        paragraph.begins,
        paragraph.ends,
    )


def _floats(unit: Unit, body: float) -> bool:
    """Tell what may stand between two parts of a sentence."""
    small = unit.size < (1 - OTHER_SIZE / 2) * body
    return unit.table is not None or unit.note or small or bool(CAPTION.match(unit.text))


def _joins(first: Unit, second: Unit) -> bool:
    if second.table is not None or second.note or second.begins or second.cells:
        return False
    if not CLAUSE_MARK.search(second.text) or (first.bold != second.bold and len(second.lines) < 2):
        return False
    return abs(first.size - second.size) <= OTHER_SIZE / 2 * first.size


def _join(units: list[Unit], place: int, rest: Unit) -> int:
    """Join the rest to the unit at a place; return the place of the whole."""
    first, between = units[place], units[place + 1 :]
    whole = replace(first, lines=first.lines + rest.lines, bold=first.bold and rest.bold, ends=rest.ends)
    before = [unit for unit in between if unit.page == first.page and unit.page != rest.page]
    after = [unit for unit in between if unit not in before]
    units[place:] = [*before, whole, *after]
    return place + len(before)
