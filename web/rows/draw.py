"""A text with the rows of tables in it as HTML: paragraphs, and tables with their caption and heads once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from corpus.captions import LINES_ABOVE
from corpus.cells import is_blank, is_value
from corpus.marks import LEVEL_MARK
from corpus.row_tables import Prose, Said, ShownRow, ShownTable, blocks
from web.i18n import Words
from web.markup import Span, cleaned, marked, templates

# Marks of whole statements: a row shows them as a row, its words stay as they are.
OF_ROWS = ("quoted", "here")
# What begins the name of a part of the row above it.
PART = ("其中", "#", "＃")
LOOKED_AT = 400  # characters before a table, among which its title may stand as a line
SAMPLE = 200  # rows that tell whether a column holds numbers
# The unit that closes a caption.
_UNIT = re.compile(r"（[^（）]*[:：][^（）]*）$")


@dataclass(frozen=True, slots=True)
class Head:
    """A head over ``columns`` columns, ``rows`` rows high."""

    html: Markup
    columns: int = 1
    rows: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A cell with a value; ``asked`` where it carries the figure that was asked for."""

    html: Markup
    number: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is drawn; ``group`` heads it where its group begins with it, ``page`` where a page does."""

    names: tuple[Markup, ...]
    fields: tuple[Field, ...]
    style: str
    group: Markup | None = None
    anchor: bool = False
    page: int | None = None


def drawn(text: str, spans: Iterable[Span], words: Words) -> Markup:
    """Return a text with its marks as HTML; rows of tables that stand next to each other are one table."""
    marks = list(spans)
    return Markup("").join(
        marked(text[block.start : block.end], _moved(marks, block.start))
        if isinstance(block, Prose)
        else draw_table(block, text, marks, words)
        for block in blocks(text)
    )


def draw_table(
    table: ShownTable,
    text: str,
    marks: Sequence[Span],
    words: Words,
    pages: Mapping[int, int] | None = None,
    anchored: bool = False,
) -> Markup:
    """Return a table of ``text`` as HTML.

    ``pages`` are the numbers of the pages that begin inside it, by where they do; ``anchored`` makes the
    first row that is ``here`` the place at which a reader opens.
    """
    drawing = _Drawing(table, marks)
    caption = cleaned(table.caption.text)
    return Markup(
        _ROWS.render(
            caption=None if table.goes_on else drawing.said(table.caption),
            above=_is_above(caption, text[max(0, table.start - LOOKED_AT) : table.start]),
            label=words("rows.named", caption=caption) if caption else words("rows.table"),
            heads=drawing.heads(),
            lines=list(drawing.lines(pages or {}, anchored)),
            width=max(len(table.corner), drawing.named) + drawing.width,
            words=words,
        )
    )


def _is_above(caption: str, before: str) -> bool:
    """Tell a caption whose title and unit are the lines right before the table."""
    lines = {_bare(line) for line in before.rstrip("\n").rsplit("\n", LINES_ABOVE)[-LINES_ABOVE:]}
    title, unit = caption.strip(), ""
    if noted := _UNIT.search(title):
        title, unit = title[: noted.start()].strip(), noted[0]
    return title in lines and (not unit or _bare(unit) in lines)


def _bare(line: str) -> str:
    return line.strip(" （）()【】[]")


def _moved(marks: Iterable[Span], by: int) -> list[Span]:
    return [Span(start - by, end - by, style) for start, end, style in marks]


class _Drawing:
    """Draws one table with the marks of the text that it is said in."""

    def __init__(self, table: ShownTable, marks: Sequence[Span]) -> None:
        self.table = table
        inside = [mark for mark in marks if mark.start < table.end and table.start < mark.end]
        self.words = [mark for mark in inside if mark.style not in OF_ROWS]
        self.whole = [mark for mark in inside if mark.style in OF_ROWS]
        columns = [at for row in table.rows for at in row.values]
        self.width = max([len(table.heads), *(at + 1 for at in columns)])
        self.named = max((len(row.names) for row in table.rows), default=0)
        self.numbers = [self._is_number_column(at) for at in range(self.width)]

    def said(self, said: Said) -> Markup:
        """Return words with the marks of every place that says them."""
        found: set[Span] = set()
        for start, end in said.spans:
            if end - start == len(said.text):
                found.update(_moved([m for m in self.words if m.start < end and start < m.end], start))
        return marked(said.text, sorted(found))

    def heads(self) -> list[list[Head]]:
        """Return the rows of heads: two where heads stand over others."""
        table = self.table
        if not any(head.text for head in (*table.corner, *table.heads)):
            return []
        numbered = list(zip(table.heads, self.numbers, strict=False))
        groups = [list(group) for _name, group in groupby(numbered, key=lambda one: _upper(one[0]))]
        depth = 2 if any(len(group) > 1 and _upper(group[0][0]) for group in groups) else 1
        corner = [Head(self.said(head), rows=depth) for head in table.corner]
        upper, lower = [*corner, *[Head(Markup(""), rows=depth)] * (self.named - len(corner))], []
        for group in groups:
            if len(group) == 1 or not _upper(group[0][0]):
                upper += [Head(self.said(head), rows=depth, number=number) for head, number in group]
                continue
            size = len(_upper(group[0][0]))
            upper.append(Head(self.said(_part([head for head, _number in group], 0, size)), len(group)))
            lower += [
                Head(self.said(_part([head], size + 1, len(head.text))), number=number)
                for head, number in group
            ]
        upper += [Head(Markup(""), rows=depth)] * (self.width - len(table.heads))
        return [upper, lower] if lower else [upper]

    def lines(self, pages: Mapping[int, int], anchored: bool) -> Iterator[Line]:
        """Yield the rows; a group is said over the first of those that stand in it."""
        group: tuple[str, ...] = ()
        known: set[str] = set()
        waiting = sorted(pages)
        for row in self.table.rows:
            own = tuple(one.text for one in row.groups)
            part = bool(own) and own[-1] in known
            begins = own != group and own and not part
            turned = [pages[at] for at in waiting if at <= row.spans[0][0]]
            waiting = [at for at in waiting if at > row.spans[0][0]]
            style = self._style(row)
            here = anchored and "here" in style.split()
            yield Line(
                names=self._names(row),
                fields=tuple(self._field(row, at) for at in range(self.width)),
                style=style,
                group=Markup(" › ").join(map(self.said, row.groups)) if begins else None,
                anchor=here,
                page=turned[-1] if turned else None,
            )
            anchored = anchored and not here
            if not part:
                group = own
            known.update(name.text for name in row.names[-1:])

    def _names(self, row: ShownRow) -> tuple[Markup, ...]:
        names = tuple(map(self.said, row.names))
        return names + (Markup(""),) * (max(len(self.table.corner), self.named) - len(names))

    def _field(self, row: ShownRow, at: int) -> Field:
        values = row.values.get(at, ())
        spans = [span for value in values for span in value.spans]
        asked = any(
            mark.style == "asked" and mark.start < end and start < mark.end
            for mark in self.words
            for start, end in spans
        )
        number = bool(values) and all(map(_is_number, values))
        return Field(Markup("<br>").join(map(self.said, values)), number, asked)

    def _style(self, row: ShownRow) -> str:
        marks = [
            mark.style
            for mark in (*self.whole, *self.words)
            for start, end in row.spans
            if mark.style in (*OF_ROWS, "asked") and mark.start < end and start < mark.end
        ]
        named = row.names[-1].text.strip() if row.names else ""
        part = named.startswith(PART)
        return " ".join(sorted({*marks, *(["part"] if part else [])}))

    def _is_number_column(self, at: int) -> bool:
        values = [value for row in self.table.rows[:SAMPLE] for value in row.values.get(at, ())]
        return 2 * sum(map(_is_number, values)) > len(values)


def _is_number(value: Said) -> bool:
    return is_blank(value.text) or is_value(value.text)


def _upper(head: Said) -> str:
    """Return what stands over a head, "" where it stands alone."""
    upper, mark, below = head.text.partition(LEVEL_MARK)
    return upper if mark and below else ""


def _part(heads: Sequence[Said], start: int, end: int) -> Said:
    """Return a part of the words of heads, and where each of them says it."""
    spans = [
        (left + start, left + end)
        for head in heads
        for left, right in head.spans
        if right - left == len(head.text)
    ]
    return Said(heads[0].text[start:end], tuple(spans))


_ROWS = templates.get_template("rows.html")
