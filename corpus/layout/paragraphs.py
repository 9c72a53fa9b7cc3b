"""Rows of a column to paragraphs: by indents, line ends, distances and type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.headings import SENTENCE_END, numbered_level
from corpus.layout.lines import PrintedLine, text_width

# In type sizes unless said otherwise.
INDENT = 1.2
DEEPEST_INDENT = 5.0
WIDE_GAP = 2.0  # between lines of a row: cells, or a form's fields
SPARE = 0.7  # by which a full line may end before the column does
FARTHER = 1.4  # times the usual distance of lines: between paragraphs
FARTHEST = 2.2  # times it: no sentence goes on over such a distance
OTHER_SIZE = 0.12  # share by which type differs that is not the same
CENTRED = 1.0  # by which the middle of a centred line may be off
LATE_END = 0.65  # of the column's width; a line cut in mid-sentence is longer

MID_SENTENCE = re.compile(r"[，、,（(《“‘\-—–+/]$|[a-z]$")
NO_START = re.compile(r"[，。、；：！？）》”’】〕」』…%‰℃·,.;:!?)\]]")
WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,%‰-]*|.")
NOTE_MARK = re.compile(
    r"\s*(?:[①-⑳⑴-⒇❶-❿*＊†‡※¹²³⁴⁵⁶⁷⁸⁹⁰]|[\[［〔](?:\d{1,2}|注)[\]］〕]|\d{1,2}\s|注\s*\d*\s*[：:])"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Printed lines that make one paragraph, and whether its ends may be in other blocks.

    cells   a row with wide gaps, as forms and unruled tables have them
    begins  False where the first line is none of a paragraph's beginning: not indented
    ends    False where the last line is full and its sentence not finished
    """

    lines: tuple[PrintedLine, ...]
    cells: bool = False
    begins: bool = True
    ends: bool = True

    @property
    def size(self) -> float:
        """The type size of most characters."""
        counts = Counter[float]()
        for line in self.lines:
            counts[line.size] += len(line.text)
        return counts.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is set in bold type."""
        return all(line.bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a column in the frame of its reading, where lines run from left to right."""

    lines: tuple[PrintedLine, ...]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    cells: bool

    @property
    def text(self) -> str:
        return self.lines[-1].text if len(self.lines) == 1 else "".join(line.text for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class _Column:
    """What is usual in a column: where lines begin and end, how far apart they are."""

    left: float
    right: float
    pitch: float
    indented: bool

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def find_paragraphs(rows: Sequence[Sequence[PrintedLine]], vertical: bool = False) -> list[Paragraph]:
    """Return the paragraphs of a block's rows, in order; every line is in one of them."""
    framed = [_row(row, vertical) for row in rows]
    if not framed:
        return []
    column = _column(framed)
    groups: list[list[_Row]] = [[framed[0]]]
    for before, after in pairwise(framed):
        if _goes_on(before, after, column, len(groups[-1])):
            groups[-1].append(after)
        else:
            groups.append([after])
    return [_paragraph(group, column, len(framed)) for group in groups]


def _row(lines: Sequence[PrintedLine], vertical: bool) -> _Row:
    if vertical:
        box = [(line.top, line.bottom, -line.right, -line.left) for line in lines]
    else:
        box = [(line.left, line.right, line.top, line.bottom) for line in lines]
    size = max(lines, key=lambda line: len(line.text)).size
    gaps = [after[0] - before[1] for before, after in pairwise(box)]
    return _Row(
        tuple(lines),
        box[0][0],
        max(side[1] for side in box),
        min(side[2] for side in box),
        max(side[3] for side in box),
        size,
        any(gap > WIDE_GAP * size for gap in gaps),
    )


def _column(rows: Sequence[_Row]) -> _Column:
    size = median(row.size for row in rows)
    body = [row for row in rows if abs(row.size - size) <= OTHER_SIZE * size] or list(rows)
    steps = [b.bottom - a.bottom for a, b in pairwise(body) if b.bottom > a.bottom]
    lefts = Counter(round(2 * (row.left - body[0].left) / size) for row in body)
    most = max(lefts.values())
    # Of short blocks as many lines are indented as not: the outer edge is the column's.
    edge = min(place for place, count in lefts.items() if 2 * count >= most)
    left = body[0].left + edge * size / 2
    indents = sum(INDENT * size < row.left - left < DEEPEST_INDENT * size for row in body)
    usual = sorted(steps)[len(steps) // 3] if steps else 1.5 * size
    return _Column(left, max(row.right for row in body), usual, indents > 0)


def _goes_on(before: _Row, after: _Row, column: _Column, lines: int) -> bool:
    """Tell whether a row goes on in the paragraph of the row before."""
    size = max(before.size, after.size)
    if before.cells or after.cells or abs(before.size - after.size) > OTHER_SIZE * size:
        return False
    step = after.bottom - before.bottom
    if NO_START.match(after.text):
        return step < FARTHEST * column.pitch
    if _is_centred(before, column) and _is_centred(after, column):
        return before.bold == after.bold and not SENTENCE_END.search(before.text) and step < 2.5 * size
    if step > FARTHER * column.pitch and (
        step > FARTHEST * column.pitch or not _is_open(before, after, column)
    ):
        return False
    if _begins(after, column):
        return False
    finished = SENTENCE_END.search(before.text) or before.text.endswith(("；", "：", ";", ":"))
    if numbered_level(after.text) is not None and (finished or not _is_full(before, after, column)):
        return False
    if _is_full(before, after, column):
        return before.bold == after.bold or not finished
    return bool(MID_SENTENCE.search(before.text)) and _is_late(before, column)


def _begins(row: _Row, column: _Column) -> bool:
    """Tell a row that begins a paragraph: indented, or out of a hanging indent."""
    shift = (row.left - column.left) / row.size
    return shift > INDENT or shift < -INDENT


def _is_full(before: _Row, after: _Row, column: _Column) -> bool:
    """Tell a row that ends where the next word did not fit."""
    word = WORD.match(after.text)
    needed = text_width(word[0]) if word else 0.0
    if NO_START.match(after.text[1:2]):
        needed += 1
    return before.right + (min(needed, 8.0) + SPARE) * before.size > column.right


def _is_late(row: _Row, column: _Column) -> bool:
    return row.right - column.left > LATE_END * (column.right - column.left)


def _is_open(before: _Row, after: _Row, column: _Column) -> bool:
    return _is_full(before, after, column) and not SENTENCE_END.search(before.text)


def _is_centred(row: _Row, column: _Column) -> bool:
    aside = min(row.left - column.left, column.right - row.right)
    return aside > INDENT * row.size and abs(row.middle - column.middle) < CENTRED * row.size


def _paragraph(rows: Sequence[_Row], column: _Column, height: int) -> Paragraph:
    first, last = rows[0], rows[-1]
    lines = tuple(line for row in rows for line in row.lines)
    cells = len(rows) == 1 and first.cells
    # A block of one row says nothing of its column: the line may be a part of any paragraph.
    begins = _begins(first, column) or numbered_level(first.text) is not None
    full = last.right + (1 + SPARE) * last.size > column.right
    text = last.text.rstrip()
    finished = SENTENCE_END.search(text) or text.endswith(("：", "；", ":", ";"))
    return Paragraph(lines, cells, begins or cells, bool(finished) or not full or cells)


def is_note(paragraph: Paragraph, body: float) -> bool:
    """Tell a note under the text: in smaller type, and begun with a mark."""
    return paragraph.size < (1 - OTHER_SIZE / 2) * body and bool(NOTE_MARK.match(paragraph.lines[0].text))
