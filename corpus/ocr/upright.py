"""A picture of a page as its text stands upright: quarter turns, and how far it leans."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from corpus.ocr.engine import Engine, Pixels, Quads, crop

FIND_LONGEST = 1280  # pixels of a page's longer side: lines of A4 print are found as well as at 2,400
FIND_MOST = 2000  # the memory of finding grows with the area: 0.9 GB here
BLANK = 5.0  # levels of 255 by which the pixels of an empty page differ, on the whole
MOST_ENLARGED = 2.0  # a screenshot's small print
LEAST_LINE = (
    18  # pixels of the height of a box as it is found: below, words of one or two characters are missed
)
TALL = 1.5  # height to width of a box whose text runs down the page
LONG = 4.0  # width to height of a line that shows how the page stands
WITNESSES = 12  # of the longest lines, asked which way up they are
SURE = 0.5  # of standing on the head
MOSTLY_TALL = 0.6  # share of all text length in tall boxes on a page that lies on its side
LEGIBLE = 0.75  # mean confidence of lines that are read the right way; sideways characters have 0.3 to 0.6
LEAST_LEAN = 0.1  # degrees; less does not move a line's end by half a line
MOST_LEAN = 15.0  # degrees; more is a slanting ornament


def find_lines(models: Engine, pixels: Pixels) -> Quads:
    """Return where lines stand, found on a smaller picture, on a finer one where print is small."""
    longest = max(pixels.shape[:2])
    scale = min(1.0, FIND_LONGEST / longest)
    quads = _find_at(models, pixels, scale)
    if not len(quads) and pixels.std() > BLANK:
        # Dots that a printer or a fax sets for grey hide the lines.
        pixels = np.asarray(cv2.medianBlur(pixels, 3), np.uint8)
        quads = _find_at(models, pixels, scale)
    if len(quads):
        height = float(np.median(np.minimum(*_sides(quads)))) * scale
        finer = min(MOST_ENLARGED, FIND_MOST / longest, scale * LEAST_LINE / max(height, 1.0))
        if finer > scale * 1.1:
            quads = _find_at(models, pixels, finer)
    return quads


def stand_upright(models: Engine, pixels: Pixels) -> tuple[Pixels, int, Quads]:
    """Return the picture turned upright, by how many quarter turns anticlockwise, and its lines."""
    quads = find_lines(models, pixels)
    turns = 0
    if len(quads) and _tall_share(quads) > MOSTLY_TALL:
        turned = np.ascontiguousarray(np.rot90(pixels))
        found = find_lines(models, turned)
        witnesses = _witnesses(turned, found)
        if _is_legible(models, witnesses):
            pixels, turns, quads = turned, 1, found
    witnesses = _witnesses(pixels, quads)
    if models.upside_down(witnesses) > SURE:
        pixels, turns = np.ascontiguousarray(np.rot90(pixels, 2)), turns + 2
        quads = find_lines(models, pixels)
    return pixels, turns, quads


def lean(quads: Quads) -> float:
    """Return by how many degrees the lines sink to the right, 0 where that is too little to matter."""
    width, height = _sides(quads)
    long = quads[width > LONG * height]
    if not len(long):
        return 0.0
    along = (long[:, 1] - long[:, 0]) + (long[:, 2] - long[:, 3])
    angle = float(np.degrees(np.median(np.arctan2(along[:, 1], along[:, 0]))))
    return angle if LEAST_LEAN <= abs(angle) <= MOST_LEAN else 0.0


def straighten(points: Quads, angle: float, shape: Sequence[int]) -> Quads:
    """Return points (…, 2) of a picture of ``shape`` as they stand when it no longer leans by ``angle``."""
    if not angle:
        return points
    centre = np.array([shape[1] / 2, shape[0] / 2], np.float32)
    turn = np.radians(-angle)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]], np.float32)
    return np.asarray((points - centre) @ matrix + centre, np.float32)


def is_tall(quad: Quads) -> bool:
    """Tell a box whose text runs down the page."""
    width, height = _sides(quad[np.newaxis])
    return bool(height[0] >= TALL * width[0])


def _find_at(models: Engine, pixels: Pixels, scale: float) -> Quads:
    if scale == 1:
        return models.find(pixels)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    scaled = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=method)
    return models.find(np.asarray(scaled, np.uint8)) / np.float32(scale)


def _sides(quads: Quads) -> tuple[np.ndarray, np.ndarray]:
    """Return the widths and heights of boxes."""
    return (
        np.linalg.norm(quads[:, 0] - quads[:, 1], axis=1),
        np.linalg.norm(quads[:, 0] - quads[:, 3], axis=1),
    )


def _tall_share(quads: Quads) -> float:
    width, height = _sides(quads)
    length = np.maximum(width, height)
    return float(length[height >= TALL * width].sum() / length.sum())


def _witnesses(pixels: Pixels, quads: Quads) -> list[Pixels]:
    width, height = _sides(quads)
    long = [place for place in np.argsort(-width) if width[place] > LONG * height[place]]
    return [crop(pixels, quads[place]) for place in long[:WITNESSES]]


def _is_legible(models: Engine, witnesses: Sequence[Pixels]) -> bool:
    """Tell a page that lay on its side from one that is set in columns from top to bottom."""
    if not witnesses:
        return False
    both = [*witnesses, *(np.ascontiguousarray(np.rot90(line, 2)) for line in witnesses)]
    readings = models.read(both)
    half = len(witnesses)
    best = [
        max(one.confidence, other.confidence)
        for one, other in zip(readings[:half], readings[half:], strict=True)
    ]
    return float(np.median(best)) > LEGIBLE
