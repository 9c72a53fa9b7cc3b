"""The recognition models: where text stands in a picture, and what it says.

RapidOCR with the PP-OCR models that its package brings. Their files are named to it, so that it looks
for no others; nothing is fetched, sent or logged.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]  # (height, width, 3), blue first, as OpenCV has it
Quads = npt.NDArray[np.float32]  # (n, 4, 2): corners of boxes in pixels, clockwise from the top left

MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says: its text, and for each character its confidence and its place on the line.

    ``centres`` are fractions of the line's length from its beginning and rise.
    """

    text: str
    confidences: tuple[float, ...]
    centres: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The mean over the characters, 0 for none."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


class Engine:
    """The models in memory, one thread a call; calls may come from several threads."""

    def __init__(self) -> None:
        # Both take a second to import: not for who reads no picture.
        from onnxruntime import disable_telemetry_events
        from rapidocr import RapidOCR

        disable_telemetry_events()  # its Windows build would send some
        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        spec = find_spec("rapidocr")
        assert spec is not None and spec.origin is not None
        folder = Path(spec.origin).parent / "models"
        self._models = RapidOCR(
            params={
                **{key: str(folder / name) for key, name in MODELS.items()},
                "Global.log_level": "critical",
                "Global.max_side_len": 100_000,  # scaling is done by who calls
                "Global.return_word_box": True,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        # Finding takes most of the memory: pages wait for each other here.
        self._finding = threading.Lock()

    def find(self, pixels: Pixels) -> Quads:
        """Return where lines of text stand."""
        with self._finding:
            found = self._models(pixels, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        if boxes is None:
            return np.zeros((0, 4, 2), np.float32)
        return np.asarray(boxes, np.float32)

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        """Read pictures of lines; each stands upright, its text from left to right."""
        if not lines:
            return []
        found: Any = self._models.recognize_txt(list(lines))
        return [_reading(text, info) for text, info in zip(found.txts, found.word_results, strict=True)]

    def upside_down(self, lines: Sequence[Pixels]) -> float:
        """Return how surely, from 0 to 1, pictures of lines stand on their head."""
        if not lines:
            return 0.0
        found: Any = self._models.cls_and_rotate(list(lines))[1]
        return float(np.mean([score if label == "180" else 1 - score for label, score in found.cls_res]))


@cache
def engine() -> Engine:
    """Return the engine of this process, made when first asked for."""
    return Engine()


def _reading(text: str, info: Any) -> Reading:
    """Return a reading from the network's columns: ``word_cols`` has one for each character but spaces."""
    columns = [column for word in info.word_cols for column in word]
    length = max(float(info.line_txt_len), 1.0)
    places = iter(columns)
    centres: list[float] = []
    for character in text:
        # A space stands behind the character before it.
        last = centres[-1] if centres else 0.0
        centres.append(last if character.isspace() else (next(places, last * length) + 0.5) / length)
    centres = [min(max(centre, 0.0), 1.0) for centre in centres]
    return Reading(text, tuple(info.confs[: len(text)]), tuple(centres))


def crop(pixels: Pixels, quad: npt.NDArray[np.float32]) -> Pixels:
    """Cut a box out of a picture and lay it straight."""
    across = max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[3] - quad[2]))
    down = max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))
    width, height = max(1, round(float(across))), max(1, round(float(down)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    change = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    straight = cv2.warpPerspective(
        pixels, change, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(straight, np.uint8)
