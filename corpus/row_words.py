"""Rows of tables in words, for places that show plain text: every value as it is printed, none repeated.

表1 各区主要指标（单位：亿元） — 渝北区：地区生产总值 2410.9；同比增速（%） 6.1
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.marks import VALUE_MARK
from corpus.row_lines import Part, RowLine, read_row
from corpus.row_tables import Prose, Said, ShownRow, ShownTable, blocks, table_lines

Span = tuple[int, int]

CAPTION_ENDS = " — "
NAMES_APART, CELLS_APART = "，", "；"


@dataclass(frozen=True, slots=True)
class Worded:
    """A text made of pieces of another; ``runs`` are (start here, start there, length) of the pieces."""

    text: str
    runs: tuple[tuple[int, int, int], ...]

    def spans(self, marks: Iterable[Span]) -> tuple[Span, ...]:
        """Return where marks of the other text stand here; those that are not in one piece are left out."""
        return tuple(
            (start - there + here, end - there + here)
            for start, end in marks
            for here, there, length in self.runs
            if there <= start and end <= there + length
        )


def row_at(text: str, at: int) -> RowLine | None:
    """Return the row of a table that the line of ``text[at]`` says; None where it says none."""
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].partition("\n")[0]
    return read_row(line, start) if (start, start + len(line)) in table_lines(text) else None


def word_row(row: RowLine, values: Sequence[Part]) -> Worded:
    """Say a row in words: caption, names, and those of its values that are given."""
    pieces: list[tuple[str, int | None]] = []
    if row.caption:
        pieces += [(row.caption, row.caption_start), (CAPTION_ENDS, None)]
    names = row.names
    for number, name in enumerate(names):
        text = name.text if number < len(names) - 1 and len(names) > 1 else name.text.rstrip(f"{VALUE_MARK}:")
        pieces += [(NAMES_APART, None)] * bool(number) + [(text, name.start)]
    for number, value in enumerate(values):
        pieces.append((CELLS_APART if number else VALUE_MARK if names else "", None))
        if value.head:
            pieces += [(value.head, value.start), (" " if names else VALUE_MARK, None)]
        pieces.append((value.text, value.text_start))
    return _joined(pieces)


def in_words(text: str) -> str:
    """Return a text with its tables in words: the caption on a line of its own, then a line for each row.

    >>> print(in_words("情况如下。\\n【表1】县｜产值\\n【表1】松岭｜产值：5｜增速：-\\n【表1】白沙｜产值：7"))
    情况如下。
    表1
      松岭：产值 5；增速 -
      白沙：产值 7
    """
    return "\n".join(
        text[block.start : block.end] if isinstance(block, Prose) else "\n".join(_table_lines(block))
        for block in blocks(text)
    )


def _table_lines(table: ShownTable) -> list[str]:
    lines = [table.caption.text] if table.caption.text and not table.goes_on else []
    indent = "  " if table.caption.text else ""
    if not table.rows:
        return [*lines, indent + CELLS_APART.join(head.text for head in (*table.corner, *table.heads))]
    return lines + [indent + _row_words(row, table.heads) for row in table.rows]


def _row_words(row: ShownRow, heads: Sequence[Said]) -> str:
    names = [name.text for name in (*row.groups, *row.names)]
    said = []
    for at in sorted(row.values):
        values = " ".join(value.text for value in row.values[at])
        head = heads[at].text if at < len(heads) else ""
        said.append(f"{head} {values}" if head else values)
    name = NAMES_APART.join(names).rstrip(f"{VALUE_MARK}:")
    return VALUE_MARK.join(filter(None, (name, CELLS_APART.join(said))))


def _joined(pieces: Iterable[tuple[str, int | None]]) -> Worded:
    text, runs = "", []
    for piece, there in pieces:
        if there is not None and piece:
            runs.append((len(text), there, len(piece)))
        text += piece
    return Worded(text, tuple(runs))
