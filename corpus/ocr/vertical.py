"""Text that runs down the page, laid in a row so that it can be read."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from corpus.ocr.engine import Pixels, Reading

LEAST_CELL, MOST_CELL = 0.55, 1.35  # heights of a character, in widths of the column


def in_a_row(column: Pixels) -> Pixels:
    """Return the characters of a column side by side, each as high as the column is wide."""
    side = column.shape[1]
    cells = [column[start:end] for start, end in _cells(column)]
    squares = [_square(cell, side) for cell in cells if cell.shape[0]]
    return np.ascontiguousarray(np.hstack(squares)) if squares else column


def places_in_column(column: Pixels, reading: Reading) -> tuple[float, ...]:
    """Return the ``centres`` of a reading of ``in_a_row`` as fractions of the column's height."""
    cells = _cells(column)
    height = column.shape[0]
    return tuple(
        sum(cells[min(int(centre * len(cells)), len(cells) - 1)]) / 2 / height for centre in reading.centres
    )


def _cells(column: Pixels) -> list[tuple[int, int]]:
    """Return the rows that each character takes: cut at gaps about a column's width apart."""
    side = column.shape[1]
    gaps = _gaps(column)
    cells: list[tuple[int, int]] = []
    start = 0
    while start < column.shape[0]:
        ahead = [gap for gap in gaps if LEAST_CELL * side <= gap - start <= MOST_CELL * side]
        # The characters of a column are set solid: the next cut is where the next em ends.
        end = min(ahead, key=lambda gap: abs(gap - start - side / 1.12)) if ahead else start + side
        end = min(end, column.shape[0])
        cells.append((start, end))
        start = end
    if len(cells) > 1 and cells[-1][1] - cells[-1][0] < LEAST_CELL * side / 2:
        cells[-2:] = [(cells[-2][0], cells[-1][1])]
    return cells


def _gaps(column: Pixels) -> Sequence[int]:
    """Return the middles of the empty rows between the characters, and the end."""
    grey = cv2.cvtColor(column, cv2.COLOR_BGR2GRAY)
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = grey < level
    ink = dark if dark.mean() < 0.5 else ~dark  # light print on a dark ground
    empty = ink.mean(axis=1) < 0.02
    edges = np.flatnonzero(np.diff(np.concatenate([[False], empty, [False]]).astype(np.int8)))
    return [*((int(begin) + int(end)) // 2 for begin, end in edges.reshape(-1, 2)), column.shape[0]]


def _square(cell: Pixels, side: int) -> Pixels:
    """Put a cell into the middle of a square of its ground's colour; a higher one is made lower."""
    if cell.shape[0] > side:
        cell = np.asarray(cv2.resize(cell, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
    missing = side - cell.shape[0]
    return np.asarray(
        cv2.copyMakeBorder(cell, missing // 2, missing - missing // 2, 0, 0, cv2.BORDER_REPLICATE), np.uint8
    )
