"""What a page of a PDF draws besides text: lines, coloured grounds, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.layout.lines import Ruling

THIN = 3.0  # points; a filled rectangle no thicker is a drawn line
SHORTEST_RULING = 4.0  # points
STRAIGHT = 1.0  # points that a line may be off the vertical or horizontal
MOST_SEGMENTS = 5_000  # of a page: maps and charts have more, tables do not
MOST_RULINGS = 5_000
DEEPEST_FORM = 4
WHITE = 250  # of 255
GROUND_SIDE = 4.0  # points; smaller coloured areas hold no character

Box = tuple[float, float, float, float]  # left, top, right, bottom on the page as it is shown
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Paths:
    """The drawings of a page as it is shown; ``shown`` turns its own space into that."""

    rulings: tuple[Ruling, ...]
    grounds: tuple[Box, ...]
    picture_share: float
    count: int
    shown: Callable[[float, float], tuple[float, float]]

    def is_on_ground(self, x: float, y: float) -> bool:
        """Tell whether white print would be seen there: on a picture or on a coloured area."""
        return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in self.grounds)

    def rulings_at(self, turn: int, width: float, height: float) -> Iterator[Ruling]:
        """Return the rulings in the frame where text of that turn stands upright."""
        for ruling in self.rulings:
            left, top, right, bottom = ruling.left, ruling.top, ruling.right, ruling.bottom
            if turn == 1:
                yield Ruling(top, width - right, bottom, width - left)
            elif turn == 2:
                yield Ruling(width - right, height - bottom, width - left, height - top)
            elif turn == 3:
                yield Ruling(height - bottom, left, height - top, right)
            else:
                yield ruling


def find_paths(page: pypdfium2.PdfPage) -> Paths:
    """Return what a page draws besides text."""
    shown = show(page)
    width, height = page.get_size()
    rulings: list[Ruling] = []
    grounds: list[Box] = []
    covered = 0.0
    segments = count = 0
    for item, kind, matrix in _objects(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
        box = _box(item, matrix, shown)
        if box is None:
            continue
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            grounds.append(box)
            covered += _area(box, width, height) if kind == pdfium.FPDF_PAGEOBJ_IMAGE else 0.0
            continue
        count += 1
        filled, stroked, white = _drawn(item)
        if filled and not white and min(box[2] - box[0], box[3] - box[1]) > GROUND_SIDE:
            grounds.append(box)
        if len(rulings) < MOST_RULINGS and segments < MOST_SEGMENTS and (stroked or not white):
            segments += max(pdfium.FPDFPath_CountSegments(item), 0)
            rulings += _rulings(item, matrix, box, stroked, shown)
    page_area = max(width * height, 1.0)
    kept = tuple(r for r in rulings if not (r.left > width or r.top > height or r.right < 0 or r.bottom < 0))
    return Paths(kept, tuple(grounds), min(covered / page_area, 1.0), count, shown)


def show(page: pypdfium2.PdfPage) -> Callable[[float, float], tuple[float, float]]:
    """Return what turns a point of the page's own space into one of the page as it is shown."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation() // 90 % 4

    def shown(x: float, y: float) -> tuple[float, float]:
        if turn == 1:
            return y - bottom, x - left
        if turn == 2:
            return right - x, y - bottom
        if turn == 3:
            return top - y, right - x
        return x - left, top - y

    return shown


def _objects(
    holder: object,
    count: Callable[[object], int],
    get: Callable[[object, int], object],
    matrix: Matrix = IDENTITY,
    depth: int = 0,
) -> Iterator[tuple[object, int, Matrix]]:
    """Return paths, pictures and shadings with the matrix of the form that they are in."""
    for index in range(max(count(holder), 0)):
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            inner = _matrix(item)
            yield from _objects(
                item,
                pdfium.FPDFFormObj_CountObjects,
                pdfium.FPDFFormObj_GetObject,
                _times(inner, matrix),
                depth + 1,
            )
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            yield item, kind, matrix


def _matrix(item: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does the first and then the second."""
    a, b, c, d, e, f = first
    return (
        a * second[0] + b * second[2],
        a * second[1] + b * second[3],
        c * second[0] + d * second[2],
        c * second[1] + d * second[3],
        e * second[0] + f * second[2] + second[4],
        e * second[1] + f * second[3] + second[5],
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(item: object, matrix: Matrix, shown: Callable[[float, float], tuple[float, float]]) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    points = [
        shown(*_apply(matrix, x, y)) for x, y in ((left, bottom), (right, top), (left, top), (right, bottom))
    ]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _area(box: Box, width: float, height: float) -> float:
    across = min(box[2], width) - max(box[0], 0.0)
    return max(across, 0.0) * max(min(box[3], height) - max(box[1], 0.0), 0.0)


def _drawn(item: object) -> tuple[bool, bool, bool]:
    """Return whether a path is filled, whether it is stroked, and whether its filling is white."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
    colours = [ctypes.c_uint() for _ in range(4)]
    known = pdfium.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, colours))
    white = bool(known) and (min(c.value for c in colours[:3]) >= WHITE or not colours[3].value)
    return mode.value != 0, bool(stroke.value), white


def _rulings(
    item: object,
    matrix: Matrix,
    box: Box,
    stroked: bool,
    shown: Callable[[float, float], tuple[float, float]],
) -> Iterator[Ruling]:
    across, down = box[2] - box[0], box[3] - box[1]
    if min(across, down) <= THIN:
        if max(across, down) >= SHORTEST_RULING:
            yield Ruling(*box)
        return
    if not stroked and not _is_rectangle(item):
        return
    own = _times(_matrix(item), matrix)
    start = before = (0.0, 0.0)
    for segment in (
        pdfium.FPDFPath_GetPathSegment(item, n) for n in range(pdfium.FPDFPath_CountSegments(item))
    ):
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        at = shown(*_apply(own, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = at
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(before, at)
        before = at
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(at, start)


def _is_rectangle(item: object) -> bool:
    return pdfium.FPDFPath_CountSegments(item) in (4, 5)


def _straight(first: tuple[float, float], second: tuple[float, float]) -> Iterator[Ruling]:
    left, right = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    if min(right - left, bottom - top) <= STRAIGHT and max(right - left, bottom - top) >= SHORTEST_RULING:
        yield Ruling(left, top, right, bottom)
