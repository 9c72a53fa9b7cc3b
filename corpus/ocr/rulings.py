"""Drawn lines of a picture: the frames of tables, the rules between a newspaper's columns."""

from __future__ import annotations

import cv2
import numpy as np

from corpus.ocr.engine import Pixels

LOOK_AT = 1600  # pixels of the longer side: thin lines are still there
SHORTEST = 0.04  # of the longer side
THICKEST = 0.004  # of the longer side; thicker is an area
NEIGHBOURHOOD = 15  # pixels around one, which is dark if it is darker than these on the whole
DARKER = 12  # levels of 255


def find_rulings(pixels: Pixels) -> np.ndarray:
    """Return the straight lines of an upright page as (n, 2, 2): both ends in pixels, thickness left out."""
    longest = max(pixels.shape[:2])
    scale = min(1.0, LOOK_AT / longest)
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = cv2.adaptiveThreshold(
        grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, NEIGHBOURHOOD, DARKER
    )
    length = max(8, round(SHORTEST * longest * scale))
    thickest = max(3.0, THICKEST * longest * scale)
    ends = [
        end
        for across in (True, False)
        for end in _runs(np.asarray(dark), (length, 1) if across else (1, length), thickest, across)
    ]
    return np.array(ends, np.float32).reshape(-1, 2, 2) / np.float32(scale)


def _runs(
    dark: np.ndarray, kernel: tuple[int, int], thickest: float, across: bool
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return the ends of the dark runs that are as long as the kernel and no thicker than a line."""
    element = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, element)
    # A line that leans goes on one pixel higher or lower.
    joined = cv2.dilate(opened, cv2.getStructuringElement(cv2.MORPH_RECT, (5, 3) if across else (3, 5)))
    _, _, found, _ = cv2.connectedComponentsWithStats(joined)
    ends = []
    for left, top, width, height, area in found[1:]:
        run, thickness = (width, area / width) if across else (height, area / height)
        if thickness > thickest + 4 or run < max(kernel):
            continue
        middle = top + height / 2 if across else left + width / 2
        ends.append(
            ((left, middle), (left + width, middle)) if across else ((middle, top), (middle, top + height))
        )
    return ends
