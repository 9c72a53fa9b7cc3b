"""Rows of a column to paragraphs: by indents, line ends, distances and type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.headings import CLAUSE_MARK, is_numbered_heading, numbered_level
from corpus.layout.lines import PrintedLine, is_spread, text_width
from corpus.repair import ASIDE_LINE

# In type sizes unless said otherwise.
INDENT = 1.2
NARROWEST = 5.0  # a column of text
DEEPEST_INDENT = 5.0
WIDE_GAP = 2.0  # between lines of a row: cells, or a form's fields
SPARE = 0.7  # by which a full line may end before the column does
USUAL_PITCH, WIDEST_PITCH = 1.5, 2.2  # from line to line
FARTHER = 1.4  # times the usual distance of lines: between paragraphs
FARTHEST_TITLE = 2.6  # type sizes from line to line of a title on a cover
FARTHEST = 2.2  # times it: no sentence goes on over such a distance
OTHER_SIZE = 0.12  # share by which type differs that is not the same
FEWEST_MEASURED = 6  # characters by which a line's type is known
ANCHOR_ROWS = 3  # that end at one place, where the column ends
SAME_END = 1.2  # by which their ends may differ
OTHER_END = 2.5  # by which the ends of two columns differ
CENTRED = 1.0  # by which the middle of a centred line may be off
LATE_END = 0.7  # of the column's width; a line cut in mid-sentence is longer

# A full stop of Latin text too; not that of a number.
FINISHED = re.compile(r"(?:[。！？!?…]|(?<=[A-Za-z)\]%’”])\.)[”’）)】』」]*\s*$")
LIST_END = ("；", "：", ";", ":")
MID_SENTENCE = re.compile(r"[，、,（(《“‘\-—–+/]$|[a-z]$")
NO_START = re.compile(r"[，。、；：！？）》”’】〕」』…%‰℃·,.;:!?)\]]")
WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,%‰-]*|.")
ITEM_MARK = re.compile(r"[•●■◆▪◻➢→✓❖]|[①-⑳⑴-⒇]|[（(]?\d{1,2}[）)]|——|\[\d{1,3}\]")
# A number of things at a line's beginning, and no heading's number: 1.52万人.
AMOUNT = re.compile(r"\d+(?:\.\d+)?[万亿千百%‰元个家人户件项公平立吨米次倍度年月]")
NOTE_MARK = re.compile(
    r"\s*(?:[①-⑳⑴-⒇❶-❿*＊†‡※¹²³⁴⁵⁶⁷⁸⁹⁰]|[\[［〔](?:\d{1,2}|注)[\]］〕]|\d{1,2}\s|注\s*\d*\s*[：:])"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Printed lines that make one paragraph, and whether its ends may be in other blocks.

    cells     a row with wide gaps, as forms and unruled tables have them
    begins    the first line is a paragraph's beginning: indented, or it has an item's mark
    full      the last line reaches the column's end: the paragraph may go on elsewhere
    finished  it ends with a sentence
    indented  the first line is indented against the second
    measured  the block has more lines, by which the column's edges are known
    """

    lines: tuple[PrintedLine, ...]
    cells: bool = False
    begins: bool = True
    full: bool = False
    finished: bool = True
    indented: bool = False
    measured: bool = False

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
    """What is usual in a column: where lines begin and end, how far apart they are; the text's type."""

    left: float
    right: float
    pitch: float
    body: float
    indented: bool

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def find_paragraphs(
    rows: Sequence[Sequence[PrintedLine]], vertical: bool = False, body: float = 0.0
) -> list[Paragraph]:
    """Return the paragraphs of a block's rows, in order; every line is in one of them.

    ``body`` is the type size of the report's text, 0 where it is not known.
    """
    framed = [_row(row, vertical) for row in rows]
    return [paragraph for part in _parts(framed) for paragraph in _in_column(part, body)]


def _in_column(rows: Sequence[_Row], body: float) -> list[Paragraph]:
    column = _column(rows, body)
    groups: list[list[_Row]] = [[rows[0]]]
    for before, after in pairwise(rows):
        if _goes_on(before, after, column):
            groups[-1].append(after)
        else:
            groups.append([after])
    return [_paragraph(group, column) for group in groups]


def _parts(rows: Sequence[_Row]) -> list[Sequence[_Row]]:
    """Part rows where the column becomes wider or narrower: above and beside a picture."""
    starts = [0]
    anchor: tuple[int, float] | None = None  # the last row that shows where the column ends, and where
    for place in range(len(rows) - ANCHOR_ROWS + 1):
        run = rows[place : place + ANCHOR_ROWS]
        if not _is_anchor(run):
            continue
        right, other = max(row.right for row in run), OTHER_END * run[0].size
        wider = [at for at in range(place) if rows[at].right > right + other]
        if anchor is None and wider:
            anchor = (wider[-1], rows[wider[-1]].right)
        if anchor is not None and abs(right - anchor[1]) > other and place > anchor[0]:
            ended = (at + 1 for at in range(anchor[0] + 1, place) if FINISHED.search(rows[at].text))
            starts.append(next(ended, place))
        anchor = (place + ANCHOR_ROWS - 1, right)
    return [rows[start:end] for start, end in pairwise([*starts, len(rows)]) if start < end]


def _is_anchor(run: Sequence[_Row]) -> bool:
    """Tell rows of running text that end at the same place: the column's end."""
    size = run[0].size
    if max(row.right for row in run) - min(row.right for row in run) > SAME_END * size:
        return False
    if any(row.cells or row.right - row.left < NARROWEST * size for row in run):
        return False
    running = any(CLAUSE_MARK.search(row.text) for row in run)
    return running and not any(FINISHED.search(row.text) or _is_marked(row) for row in run)


def _is_marked(row: _Row) -> bool:
    if AMOUNT.match(row.text):
        return False
    return numbered_level(row.text) is not None or bool(ITEM_MARK.match(row.text))


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
        any(gap > WIDE_GAP * size for gap in gaps) and not is_spread(lines, gaps),
    )


def _column(rows: Sequence[_Row], body: float) -> _Column:
    size = median(row.size for row in rows)
    usual = [row for row in rows if abs(row.size - size) <= OTHER_SIZE * size] or list(rows)
    steps = sorted(b.bottom - a.bottom for a, b in pairwise(usual) if b.bottom > a.bottom)
    pitch = min(steps[len(steps) // 3] if steps else USUAL_PITCH * size, WIDEST_PITCH * size)
    left, right = min(row.left for row in usual), max(row.right for row in usual)
    indented = any(INDENT * size < row.left - left < DEEPEST_INDENT * size for row in usual)
    return _Column(left, right, pitch, body or size, indented)


def _goes_on(before: _Row, after: _Row, column: _Column) -> bool:
    """Tell whether a row goes on in the paragraph of the row before."""
    size = max(before.size, after.size)
    # What is recognised is measured less exactly, the more so the fewer characters there are.
    short = min(len(before.text), len(after.text)) < FEWEST_MEASURED
    if before.cells or after.cells or abs(before.size - after.size) > (1 + short) * OTHER_SIZE * size:
        return False
    step = after.bottom - before.bottom
    if NO_START.match(after.text):
        return step < FARTHEST * column.pitch
    finished = bool(FINISHED.search(before.text)) or before.text.endswith(LIST_END)
    marked = _is_marked(after)
    if _is_centred(before, after, column):
        apart = finished or marked or ASIDE_LINE.fullmatch(after.text) or step > FARTHEST_TITLE * size
        return before.bold == after.bold and not apart
    full = _is_full(before, after, column)
    if step > FARTHER * column.pitch and (step > FARTHEST * column.pitch or finished or not full):
        return False
    if marked and (finished or not full):
        return False
    if after.left > before.left + INDENT * size and not _hangs(before, after, column, full, finished):
        return False
    both_indented = before.left > column.left + INDENT * size and _is_level(before, after)
    if both_indented and (finished or marked or is_numbered_heading(before.text)):
        return False  # a paragraph or a heading of one line, and another
    if full:
        return before.bold == after.bold or not finished
    # Among indented paragraphs a line without an indent begins none, however early the one before ends.
    inner = column.indented and not finished and after.left < column.left + INDENT / 2 * size
    return (inner or bool(MID_SENTENCE.search(before.text))) and _is_late(before, column)


def _is_level(before: _Row, after: _Row) -> bool:
    return abs(after.left - before.left) < INDENT / 2 * before.size


def _hangs(before: _Row, after: _Row, column: _Column, full: bool, finished: bool) -> bool:
    """Tell the second line of an item whose mark stands out to the left."""
    deep = after.left - before.left > DEEPEST_INDENT * after.size
    return (
        _is_marked(before) and full and not finished and not deep and before.left < column.left + before.size
    )


def _is_full(before: _Row, after: _Row, column: _Column) -> bool:
    """Tell a row that ends where the next word did not fit; a few characters fill no column."""
    if before.right - before.left < NARROWEST * before.size:
        return False
    word = WORD.match(after.text)
    needed = text_width(word[0]) if word else 0.0
    if NO_START.match(after.text[1:2]):
        needed += 1
    return before.right + (min(needed, 8.0) + SPARE) * before.size > column.right


def _is_late(row: _Row, column: _Column) -> bool:
    return row.right - column.left > LATE_END * (column.right - column.left)


def _is_centred(before: _Row, after: _Row, column: _Column) -> bool:
    """Tell two lines with one middle: of a column, or of each other where they are a headline's."""
    if abs(before.middle - after.middle) > CENTRED * before.size:
        return False
    if abs(before.left - after.left) < CENTRED / 2 * before.size:
        return False  # they begin at one edge
    if min(before.size, after.size) > (1 + OTHER_SIZE / 2) * column.body:
        return True
    asides = (min(row.left - column.left, column.right - row.right) for row in (before, after))
    return min(asides) > INDENT * before.size


def _paragraph(rows: Sequence[_Row], column: _Column) -> Paragraph:
    first, last = rows[0], rows[-1]
    lines = tuple(line for row in rows for line in row.lines)
    cells = len(rows) == 1 and first.cells
    # A block of one row says nothing of its column: the line may be a part of any paragraph.
    indented = first.left > column.left + INDENT * first.size
    begins = indented or _is_marked(first)
    text = last.text.rstrip()
    finished = bool(FINISHED.search(text))
    # A long number that did not fit leaves more room than a character.
    full = last.right + (1 + SPARE) * last.size > column.right or (not finished and _is_late(last, column))
    return Paragraph(
        lines,
        cells,
        begins or cells,
        full and not cells and not text.endswith(("：", ":")),
        finished,
        len(rows) > 1 and first.left > rows[1].left + INDENT * first.size,
        column.right > last.right or column.left < first.left or len(rows) > 1,
    )


def is_note(paragraph: Paragraph, body: float) -> bool:
    """Tell a note under the text: in smaller type, and begun with a mark."""
    return paragraph.size < (1 - OTHER_SIZE / 2) * body and bool(NOTE_MARK.match(paragraph.lines[0].text))
