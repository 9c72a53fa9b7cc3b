"""Collect what a reader finds, line by line, with headings and pages where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Omission, Page, RepairStep, SheetRow
from corpus.extracted import Extracted, Span
from corpus.statements import say, write
from corpus.tables import LINES_ABOVE, Cell, read_table

LINE_ENDS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
LONGEST_HEADING = 80  # characters; a longer paragraph in a heading's style is text that was styled wrongly


class Lines:
    """The lines of a report as they are found: a paragraph, a heading or a row of a table each."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._after_table = 0  # the first line that may be the title of a table to come
        self._headings: dict[int, int] = {}
        self._pages: list[tuple[int, int]] = []
        self._repeated: list[Span] = []
        self._omissions: list[Omission] = []
        self._sheet = ""
        self._rows: list[SheetRow] = []

    @property
    def characters(self) -> int:
        """How many characters were added."""
        return self._length

    def add(self, text: str, level: int | None = None, row: int = 0) -> None:
        """Add a paragraph, a line for each line in it; ``level`` makes its first line a heading.

        ``row`` is the row of the sheet that it stands in, 0 where there are no sheets.
        """
        for line in filter(None, map(str.strip, LINE_ENDS.split(text))):
            if level is not None and len(line) <= LONGEST_HEADING:
                self._headings[len(self._lines)] = level
            self._put(line, row)
            level = None

    def add_table(self, cells: Sequence[Cell], rows: Sequence[int] = ()) -> None:
        """Add a table, a statement a row; a grid that only places text on the page gives its text.

        ``rows`` are the rows of the sheet that those of the grid are.
        """
        row_of = dict(enumerate(rows))
        table = read_table(cells, above=self._lines[self._after_table :][-LINES_ABOVE:])
        if table is None:
            for cell in cells:
                self.add(cell.text, row=row_of.get(cell.row, 0))
            return
        statements = say(table)
        said = write(statements, offset=self._length)
        for statement in statements:
            self._put(statement.text, row_of.get(statement.row, 0))
        self._repeated += said.repeated
        self._after_table = len(self._lines)

    def begin_sheet(self, name: str) -> None:
        """Begin a sheet with the next line."""
        self._sheet = name

    def add_page(self, number: int) -> None:
        """Begin a page with the next line."""
        self._pages.append((number, self._length))

    def leave_out(self, omission: Omission) -> None:
        """Keep what is printed and not in the text."""
        self._omissions.append(omission)

    def extracted(self, *notes: RepairStep) -> Extracted:
        """Return all that was found."""
        text = "\n".join(self._lines)
        ends = [*(start for _number, start in self._pages[1:]), len(text)][: len(self._pages)]
        pages = tuple(
            Page(number, min(start, len(text)), min(end, len(text)))
            for (number, start), end in zip(self._pages, ends, strict=True)
        )
        return Extracted(
            text=text,
            headings=self._headings,
            pages=pages,
            repeated=tuple(self._repeated),
            omissions=tuple(self._omissions),
            notes=notes,
            whole=True,
            rows=tuple(self._rows),
        )

    def _put(self, line: str, row: int = 0) -> None:
        if row:
            self._rows.append(SheetRow(self._length, self._sheet, row))
        self._lines.append(line)
        self._length += len(line) + 1
