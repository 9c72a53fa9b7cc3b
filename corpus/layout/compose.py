"""Pages of printed lines to the text that is read: the one way from print to Extracted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.document import Box, Omission, Page, Rectangle
from corpus.extracted import Extracted, Span
from corpus.layout.flow import Placed, Unit, flow
from corpus.layout.furniture import find_furniture
from corpus.layout.levels import find_levels
from corpus.layout.lines import PrintedLine, PrintedPage
from corpus.layout.rowwise import rows_of
from corpus.layout.tables import PrintedTable
from corpus.statements import TableText, say, write
from corpus.tables import Table, read_table

WORD_GAP = 0.9  # type sizes between parts of a row that a space is written for
LINES_ABOVE = 4  # of a table, in which its title stands


@dataclass(slots=True)
class _Text:
    """The text so far: its lines, and what is known of their characters."""

    lines: list[str] = field(default_factory=list)
    length: int = 0
    boxes: list[Box] = field(default_factory=list)
    repeated: list[Span] = field(default_factory=list)

    def add(self, text: str) -> int:
        """Add a line; return where it begins."""
        start = self.length
        self.lines.append(text)
        self.length += len(text) + 1
        return start


def compose(pages: Sequence[PrintedPage]) -> Extracted:
    """Return the text of pages in reading order; pages of one number follow each other.

    Page furniture is left out and listed; every other printed character is in the text once, but for
    the hyphens of divided words.
    """
    furniture = find_furniture(pages)
    bare = [
        replace(page, lines=tuple(line for line in page.lines if id(line) not in furniture)) for page in pages
    ]
    units = flow(bare)
    joined = [_join(unit.lines, unit.cells) if unit.table is None else [] for unit in units]
    texts = ["".join(before + text for _placed, before, text in parts) for parts in joined]
    levels = find_levels(units, texts)
    text = _Text()
    headings: dict[int, int] = {}
    before: Table | None = None
    for place, unit in enumerate(units):
        if unit.table is not None:
            before = _add_table(text, unit, texts[max(0, place - LINES_ABOVE) : place], before)
            continue
        before = None
        if place in levels:
            headings[len(text.lines)] = levels[place]
        _add_lines(text, texts[place], joined[place])
    whole = "\n".join(text.lines)
    return Extracted(
        whole,
        headings,
        tuple(_page_spans(pages, text.boxes, len(whole))),
        tuple(text.boxes),
        tuple(text.repeated),
        tuple(
            Omission(page.number, line.text, furniture[id(line)])
            for page in pages
            for line in page.lines
            if id(line) in furniture
        ),
        whole=True,
    )


def _join(lines: Sequence[Placed], cells: bool) -> list[tuple[Placed, str, str]]:
    """Return each line with what is written before it, and its text without a dividing hyphen."""
    parts: list[tuple[Placed, str, str]] = []
    for placed in lines:
        text = placed.line.text
        between = ""
        if parts:
            before, _, last = parts[-1]
            if _is_divided(last, text):
                parts[-1] = (before, parts[-1][1], last[:-1])
            elif cells or _is_apart(before.line, placed.line) or _are_words(last, text):
                between = " "
        parts.append((placed, between, text))
    return parts


def _is_divided(first: str, second: str) -> bool:
    """Tell a Latin word that a hyphen divides at a line's end."""
    return first[-1:] == "-" and first[-3:-1].isascii() and first[-3:-1].isalpha() and second[:1].islower()


def _are_words(first: str, second: str) -> bool:
    """Tell two Latin words, or a number after one in Latin text; two halves of a number are not."""
    before, after = first[-1:], second[:1]
    if not (before.isascii() and after.isascii()) or before in "-/([" or after in ",.;:!?)]%/-":
        return False
    if before.isdigit() and after.isdigit():
        return first.isascii() and second.isascii()
    return True


def _is_apart(first: PrintedLine, second: PrintedLine) -> bool:
    """Tell parts of one row with a gap between them that is wider than type leaves."""
    if first.vertical or second.vertical or second.left < first.right:
        return False
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared > first.size / 2 and second.left - first.right > WORD_GAP * first.size


def _add_lines(text: _Text, written: str, parts: Sequence[tuple[Placed, str, str]]) -> None:
    position = text.add(written)
    for placed, before, piece in parts:
        position += len(before)
        area = _area(placed.line.cut(0, len(piece)), placed.page)
        text.boxes += [Box(position, position + len(piece), area)] if area is not None else []
        position += len(piece)


def _add_table(text: _Text, unit: Unit, above: Sequence[str], before: Table | None) -> Table | None:
    """Add a table row by row; a grid that is no table of rows is added as it is printed."""
    printed = unit.table
    assert printed is not None
    page = unit.lines[0].page
    table = read_table([cell.cell for cell in printed.cells], above, before)
    if table is None:
        for row in rows_of([placed.line for placed in unit.lines]):
            parts = _join([Placed(line, page) for line in row], cells=True)
            _add_lines(text, "".join(gap + piece for _placed, gap, piece in parts), parts)
        return None
    said = write(say(table), text.length)
    text.lines += said.text.split("\n")
    text.length += len(said.text) + 1
    text.repeated += said.repeated
    text.boxes += _table_boxes(printed, said, page)
    return table


def _table_boxes(printed: PrintedTable, said: TableText, page: PrintedPage) -> Iterator[Box]:
    of = {(cell.cell.row, cell.cell.column): cell for cell in printed.cells}
    for run in said.runs:
        cell = of.get((run.cell.row, run.cell.column))
        position = run.start
        while cell is not None and position < run.end:
            begin = run.cell_start + position - run.start
            found = cell.printed(begin, run.cell_start + run.end - run.start)
            if found is None:
                position += 1
                continue
            line, start, end = found
            area = _area(line.cut(start, end), page)
            if area is not None:
                yield Box(position, position + end - start, area)
            position += max(end - start, 1)


def _area(line: PrintedLine | None, page: PrintedPage) -> Rectangle | None:
    """Return where a line stands on the page as it is shown, in fractions of that."""
    if line is None:
        return None
    across, down = max(page.width, 1e-6), max(page.height, 1e-6)
    left, right = (min(max(x / across, 0.0), 1.0) for x in (line.left, line.right))
    top, bottom = (min(max(y / down, 0.0), 1.0) for y in (line.top, line.bottom))
    if page.turn == 1:
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    elif page.turn == 2:
        left, top, right, bottom = 1 - right, 1 - bottom, 1 - left, 1 - top
    elif page.turn == 3:
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return Rectangle(page.number, left, top, right, bottom)


def _page_spans(pages: Sequence[PrintedPage], boxes: Sequence[Box], length: int) -> Iterator[Page]:
    """Return each page's span, from its first character to the next page's."""
    numbers = list(dict.fromkeys(page.number for page in pages))
    first: dict[int, int] = {}
    for box in boxes:
        first.setdefault(box.area.page, box.start)
    starts = [length]
    for number in reversed(numbers):
        starts.append(min(first.get(number, starts[-1]), starts[-1]))
    starts[-1] = 0
    for number, (start, end) in zip(numbers, pairwise(reversed(starts)), strict=True):
        yield Page(number, start, end)
