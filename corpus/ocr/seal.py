"""Red seals: what is printed under them, read once more without the red."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from corpus.ocr.engine import Pixels

LEAST_RED = 40  # by how much red is brighter than green and blue in seal ink, of 255
LEAST_SIZE, MOST_SIZE = 0.08, 0.45  # of a seal, in widths of the page; characters of a red title are smaller
ROUNDEST = 1.35  # longer to shorter side of a seal that is stamped whole
MOST_INK = 0.6  # share of red within the seal: a ring with characters, no red area


@dataclass(frozen=True, slots=True)
class Seal:
    """The area of a stamped seal, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, quad: npt.NDArray[np.float32]) -> bool:
        """Tell whether a box stands within the seal by its centre."""
        across, down = quad[:, 0].mean(), quad[:, 1].mean()
        return bool(self.left <= across <= self.right and self.top <= down <= self.bottom)

    def touches(self, quad: npt.NDArray[np.float32]) -> bool:
        """Tell whether a box has a part within the seal."""
        return bool(
            quad[:, 0].min() < self.right
            and quad[:, 0].max() > self.left
            and quad[:, 1].min() < self.bottom
            and quad[:, 1].max() > self.top
        )


def find_seals(pixels: Pixels) -> list[Seal]:
    """Return the seals on a page: round or square, red, and mostly paper inside."""
    width = pixels.shape[1]
    # Gaps of worn ink close at a hundredth of the page's width, on a small picture.
    scale = min(1.0, 600 / width)
    red = _redness(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    mask = (red > LEAST_RED).astype(np.uint8)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(closed)
    seals = []
    for left, top, across, down, _ in found[1:]:
        size = max(across, down) / mask.shape[1]
        if not LEAST_SIZE <= size <= MOST_SIZE or max(across, down) > ROUNDEST * min(across, down):
            continue
        if mask[top : top + down, left : left + across].mean() < MOST_INK:
            seals.append(Seal(*(round(edge / scale) for edge in (left, top, left + across, top + down))))
    return seals


def without_red(pixels: Pixels) -> Pixels:
    """Return a picture in which red ink is as bright as paper; black print under it stays."""
    # In the red channel red ink is nearly as bright as paper.
    return cv2.cvtColor(np.ascontiguousarray(pixels[:, :, 2]), cv2.COLOR_GRAY2BGR).astype(np.uint8)


def _redness(pixels: npt.NDArray[np.generic]) -> npt.NDArray[np.int16]:
    blue, green, red = (pixels[:, :, channel].astype(np.int16) for channel in range(3))
    return red - np.maximum(blue, green)
