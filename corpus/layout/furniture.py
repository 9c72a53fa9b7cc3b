"""Page furniture: running heads, feet and page numbers, told by what repeats from page to page."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.layout.grid import Frame, find_frames
from corpus.layout.lines import PrintedLine, PrintedPage, body_size

HEAD_ZONE, FOOT_ZONE = 0.15, 0.85  # of the page's height; furniture stands outside
MOST_ROWS = 3  # of furniture at either edge of a page
FEW_PAGES = 6  # of a short report
SENTENCE_SHARE = 0.6  # of the pages on which a whole sentence is repeated, to be no text
FEWEST_PAGES = 2  # on which the same words stand at the same height
SAME_HEIGHT = 0.02  # of the page's height
HIGHEST_TABLE = 0.9  # of the page's height
SAME_ROW = 0.5  # of a line's height
STEADY = 0.5  # of the pages' numbers that count up with the pages

RUNNING_HEAD = "页眉：每页重复印的文字"
RUNNING_FOOT = "页脚：每页重复印的文字"
PAGE_NUMBER = "页码"

FEWEST_LETTERS = 2  # figures of tables also repeat, their digits apart
LONE = 1.5  # type sizes between a page number and the text
WORDS = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"[，。；]")
DIGITS = re.compile(r"\d+")
NUMBER = re.compile(
    r"[-—–―·•.*~～\[［(（|/\s]*(?:第|[Pp]age|[Pp]\.?)?\s*(\d{1,4}|[ivxlc]{1,6}|[IVXLC]{1,6})\s*页?"
    r"(?:\s*(?:[/／,，]|of|共)\s*(?:共\s*)?(\d{1,4})\s*页?)?[-—–―·•.*~～\]］)）|/\s]*"
)
# A number that says of itself that it is a page's, even where there is only one page.
MARKED_NUMBER = re.compile(
    r"[-—–―·•~～]\s*\d{1,4}\s*[-—–―·•~～]|第\s*\d{1,4}\s*页.*|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d+.*"
)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the edge of a page: its lines, and the same words with # for every number."""

    page: int
    head: bool
    height: float
    lines: tuple[PrintedLine, ...]
    words: str

    @property
    def number(self) -> int | None:
        """The page number that the row is, None if it is something else."""
        found = NUMBER.fullmatch(self.text)
        return int(found[1]) if found and found[1].isdecimal() else None

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def find_furniture(pages: Sequence[PrintedPage]) -> dict[int, str]:
    """Return, by ``id`` of the line, why lines at the edges of the pages are no text of the report."""
    edges = [_edges(page, position) for position, page in enumerate(pages)]
    rows = [row for page in edges for side in page for row in side]
    repeated = _repeated(rows)
    steady = _steady(rows) | {id(line) for page in pages if (line := _lone_number(page)) is not None}
    found: dict[int, str] = {}
    for page in edges:
        for side in page:
            for row in side:
                # From the edge inwards: what stands inside the text repeats by chance.
                reasons = [_reason(row, line, repeated, steady, len(pages)) for line in row.lines]
                for line, reason in zip(row.lines, reasons, strict=True):
                    if reason:
                        found[id(line)] = reason
                if not all(reasons):
                    break
    return found


def _edges(page: PrintedPage, position: int) -> tuple[list[_Edge], list[_Edge]]:
    """Return the rows at the head and at the foot, each from the edge inwards."""
    frames = [frame for frame in find_frames(page.rulings, body_size(page.lines)) if _is_table(frame, page)]
    outside = [line for line in page.lines if not any(_is_in(line, frame) for frame in frames)]
    heads = [line for line in outside if line.bottom < HEAD_ZONE * page.height]
    feet = [line for line in outside if line.top > FOOT_ZONE * page.height]
    above = [_edge(page, position, True, row) for row in _rows(heads)][:MOST_ROWS]
    below = [_edge(page, position, False, row) for row in reversed(_rows(feet))][:MOST_ROWS]
    return above, below


def _is_table(frame: Frame, page: PrintedPage) -> bool:
    """Tell a table, whose heads repeat on every page, from a frame around the page."""
    return frame.bottom - frame.top < HIGHEST_TABLE * page.height and len(frame.boxes) > 2


def _is_in(line: PrintedLine, frame: Frame) -> bool:
    return (
        frame.left < line.right
        and line.left < frame.right
        and frame.top < line.bottom
        and line.top < frame.bottom
    )


def _edge(page: PrintedPage, position: int, head: bool, row: Sequence[PrintedLine]) -> _Edge:
    words = DIGITS.sub("#", "".join("".join(line.text for line in row).split()))
    return _Edge(position, head, row[0].top / max(page.height, 1e-6), tuple(row), words)


def _rows(lines: Iterable[PrintedLine]) -> list[list[PrintedLine]]:
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        middle = (line.top + line.bottom) / 2
        if rows and middle < rows[-1][0].bottom - (1 - SAME_ROW) * line.size / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _key(line: PrintedLine) -> str:
    """Return a line's words, with # for every number; a sentence must repeat to the digit."""
    words = "".join(line.text.split())
    return words if SENTENCE.search(words) else DIGITS.sub("#", words)


def _repeated(rows: Sequence[_Edge]) -> Counter[tuple[bool, str, int]]:
    """Return on how many pages a line's words stand at a height."""
    places = {
        (row.head, _key(line), step, row.page)
        for row in rows
        for line in row.lines
        for step in (int(row.height / SAME_HEIGHT), int(row.height / SAME_HEIGHT + 0.5))
    }
    return Counter((head, words, step) for head, words, step, _page in places)


def _steady(rows: Sequence[_Edge]) -> set[int]:
    """Return the ids of lines that are page numbers since they count up with the pages."""
    numbers: dict[bool, list[tuple[int, int, PrintedLine]]] = defaultdict(list)
    for row in rows:
        for line in row.lines:
            found = NUMBER.fullmatch(line.text)
            if found and found[1].isdecimal():
                numbers[row.head].append((int(found[1]) - row.page, row.page, line))
    steady: set[int] = set()
    for entries in numbers.values():
        ordered = sorted(entries, key=lambda entry: entry[0])
        groups = [list(group) for _offset, group in groupby(ordered, key=lambda entry: entry[0])]
        pages = {page for _offset, page, _line in entries}
        for group in groups:
            if len({page for _offset, page, _line in group}) >= max(FEWEST_PAGES, STEADY * len(pages)):
                steady |= {id(line) for _offset, _page, line in group}
    return steady


def _lone_number(page: PrintedPage) -> PrintedLine | None:
    """Return a number that stands alone at the very foot of a page, under white space."""
    ordered = sorted(page.lines, key=lambda line: line.bottom)
    if len(ordered) < 2:
        return None
    above, last = ordered[-2:]
    alone = last.top - above.bottom > LONE * last.size and last.top > FOOT_ZONE * page.height
    return last if alone and NUMBER.fullmatch(last.text) and not last.vertical else None


def _reason(
    row: _Edge, line: PrintedLine, repeated: Counter[tuple[bool, str, int]], steady: set[int], pages: int
) -> str:
    if id(line) in steady or MARKED_NUMBER.fullmatch(line.text):
        return PAGE_NUMBER
    words = _key(line)
    steps = {int(row.height / SAME_HEIGHT), int(row.height / SAME_HEIGHT + 0.5)}
    often = max(repeated[row.head, words, step] for step in steps)
    fewest = FEWEST_PAGES if pages < FEW_PAGES else FEWEST_PAGES + 1
    if SENTENCE.search(words):
        fewest = max(FEWEST_PAGES + 1, math.ceil(SENTENCE_SHARE * pages))
    if len(WORDS.findall(words)) >= FEWEST_LETTERS and often >= fewest:
        return RUNNING_HEAD if row.head else RUNNING_FOOT
    # A lone number beside a running head, on a page where the count was not steady.
    beside = any(id(other) in steady for other in row.lines)
    return PAGE_NUMBER if beside and NUMBER.fullmatch(line.text) else ""
