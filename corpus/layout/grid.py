"""Grids that drawn lines make: the frames of ruled tables, with merged cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layout.lines import Ruling

# In type sizes.
SAME_LINE = 0.3  # between two drawings of one line, or of the two edges of a thick one
MEETS = 0.5  # from the end of a line to the one that it meets
SHORTEST = 0.8
NARROWEST = 0.8  # column or row
# Charts and maps have thousands of lines; tables do not.
MOST_LINES = 2000
MOST_PLACES = 6000  # of a grid: a page has no room for more cells with text
# Of a cell's side that must be drawn.
DRAWN = 0.6


@dataclass(frozen=True, slots=True)
class Span:
    """A straight line: where it runs, and from where to where."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a frame: its upper left place in the grid, and how many places it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame: where its columns and rows are parted, and the cell over each place, row by row."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[tuple[Box, ...], ...]

    @property
    def boxes(self) -> list[Box]:
        """The cells, each once."""
        return list(dict.fromkeys(box for row in self.places for box in row))

    @property
    def left(self) -> float:
        """Left edge."""
        return self.xs[0]

    @property
    def top(self) -> float:
        """Top edge."""
        return self.ys[0]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.xs[-1]

    @property
    def bottom(self) -> float:
        """Bottom edge."""
        return self.ys[-1]

    def box_at(self, x: float, y: float) -> Box | None:
        """Return the cell over a place of the page."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= row < len(self.places) and 0 <= column < len(self.places[0])
        return self.places[row][column] if inside else None


def spans_of(rulings: Sequence[Ruling], size: float, vertical: bool) -> list[Span]:
    """Return the lines of one direction, those that are drawn in pieces or twice as one."""
    pieces = [
        Span((ruling.left + ruling.right) / 2, ruling.top, ruling.bottom)
        if vertical
        else Span((ruling.top + ruling.bottom) / 2, ruling.left, ruling.right)
        for ruling in rulings
        if ruling.vertical == vertical
    ]
    found: list[Span] = []
    for group in _by_place(pieces, SAME_LINE * size):
        at = sum(piece.at for piece in group) / len(group)
        start, end = group[0].start, group[0].end
        for piece in group[1:]:
            if piece.start <= end + MEETS * size:
                end = max(end, piece.end)
            else:
                found.append(Span(at, start, end))
                start, end = piece.start, piece.end
        found.append(Span(at, start, end))
    return [span for span in found if span.end - span.start >= SHORTEST * size]


def _by_place(pieces: Sequence[Span], reach: float) -> list[list[Span]]:
    groups: list[list[Span]] = []
    for piece in sorted(pieces, key=lambda piece: piece.at):
        if groups and piece.at - groups[-1][0].at <= reach:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [sorted(group, key=lambda piece: piece.start) for group in groups]


def find_frames(rulings: Sequence[Ruling], size: float) -> list[Frame]:
    """Return the frames of at least two columns that lines make which meet, top to bottom."""
    across, down = spans_of(rulings, size, False), spans_of(rulings, size, True)
    if not down or len(across) < 2 or len(across) + len(down) > MOST_LINES:
        return []
    frames = [_frame(*part, size) for part in _connected(across, down, MEETS * size)]
    return sorted((frame for frame in frames if frame), key=lambda frame: (frame.top, frame.left))


def _connected(
    across: Sequence[Span], down: Sequence[Span], reach: float
) -> list[tuple[list[Span], list[Span]]]:
    """Return the sets of lines that meet each other."""
    owner = list(range(len(across) + len(down)))

    def root(place: int) -> int:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    for number, line in enumerate(across):
        for other, upright in enumerate(down, start=len(across)):
            if (
                line.start - reach <= upright.at <= line.end + reach
                and upright.start - reach <= line.at <= upright.end + reach
            ):
                owner[root(other)] = root(number)
    parts: dict[int, tuple[list[Span], list[Span]]] = {}
    for place, span in enumerate([*across, *down]):
        parts.setdefault(root(place), ([], []))[place >= len(across)].append(span)
    return list(parts.values())


def _frame(across: Sequence[Span], down: Sequence[Span], size: float) -> Frame | None:
    if len(across) < 2 or not down:
        return None
    xs = _places([span.at for span in down], size)
    ys = _places([span.at for span in across], size)
    # A table may be open at its sides: its lines run on beyond the outermost uprights.
    xs = _with_ends(xs, min(span.start for span in across), max(span.end for span in across), size)
    ys = _with_ends(ys, min(span.start for span in down), max(span.end for span in down), size)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MOST_PLACES:
        return None
    return Frame(tuple(xs), tuple(ys), _boxes(xs, ys, across, down, size))


def _places(places: Sequence[float], size: float) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NARROWEST * size:
            found.append(place)
    return found


def _with_ends(places: list[float], start: float, end: float, size: float) -> list[float]:
    before = [start] if places[0] - start > NARROWEST * size else []
    after = [end] if end - places[-1] > NARROWEST * size else []
    return [*before, *places, *after]


def _boxes(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Span], down: Sequence[Span], size: float
) -> tuple[tuple[Box, ...], ...]:
    """Return the cell over each place: places between which no line is drawn are one."""
    width, height = len(xs) - 1, len(ys) - 1
    whole: list[list[tuple[int, int, int, int]]] = [
        [(row, column, row + 1, column + 1) for column in range(width)] for row in range(height)
    ]
    reach = NARROWEST * size
    uprights = [[span for span in down if abs(span.at - x) <= reach] for x in xs]
    levels = [[span for span in across if abs(span.at - y) <= reach] for y in ys]
    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            if column + 1 < width and not _is_drawn(uprights[column + 1], top, bottom):
                _merge(whole, (row, column), (row, column + 1))
            if row + 1 < height and not _is_drawn(levels[row + 1], left, right):
                _merge(whole, (row, column), (row + 1, column))
    return tuple(
        tuple(Box(top, left, bottom - top, right - left) for top, left, bottom, right in line)
        for line in whole
    )


def _is_drawn(spans: Sequence[Span], start: float, end: float) -> bool:
    drawn = sum(max(0.0, min(span.end, end) - max(span.start, start)) for span in spans)
    return drawn >= DRAWN * (end - start)


def _merge(
    whole: list[list[tuple[int, int, int, int]]], first: tuple[int, int], second: tuple[int, int]
) -> None:
    """Unite the cells over two places, and all that their rectangle reaches into."""
    a, b = whole[first[0]][first[1]], whole[second[0]][second[1]]
    box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
    while True:
        inside = [whole[row][column] for row in range(box[0], box[2]) for column in range(box[1], box[3])]
        grown = (
            min(one[0] for one in inside),
            min(one[1] for one in inside),
            max(one[2] for one in inside),
            max(one[3] for one in inside),
        )
        if grown == box:
            break
        box = grown
    for row in range(box[0], box[2]):
        for column in range(box[1], box[3]):
            whole[row][column] = box
