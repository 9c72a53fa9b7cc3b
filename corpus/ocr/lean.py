"""Areas of a page that leans: lines are ordered as if it stood straight, and shown where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import cos, radians, sin
from typing import TYPE_CHECKING

from corpus.document import Box, Rectangle

if TYPE_CHECKING:  # its libraries are not for who reads no picture
    from corpus.ocr.page import RecognisedPage


def leaning(boxes: Iterable[Box], pages: Sequence[RecognisedPage]) -> tuple[Box, ...]:
    """Return boxes of straightened pages where they stand on the pages as they are shown."""
    leans = {page.printed.number: page for page in pages if page.lean}
    return tuple(
        replace(box, area=_turned(box.area, leans[box.area.page])) if box.area.page in leans else box
        for box in boxes
    )


def _turned(area: Rectangle, page: RecognisedPage) -> Rectangle:
    """Return an area moved with its middle around the middle of the page."""
    width, height = page.printed.width, page.printed.height
    if page.printed.turn % 2:
        width, height = height, width
    across = ((area.left + area.right) / 2 - 0.5) * width
    down = ((area.top + area.bottom) / 2 - 0.5) * height
    angle = radians(page.lean)
    shift_across = (across * cos(angle) - down * sin(angle) - across) / width
    shift_down = (across * sin(angle) + down * cos(angle) - down) / height
    # A line that leans is higher than a straight one by what its end sinks.
    sink = abs((area.right - area.left) * width * sin(angle)) / height / 2
    return replace(
        area,
        left=max(0.0, area.left + shift_across),
        right=min(1.0, area.right + shift_across),
        top=max(0.0, area.top + shift_down - sink),
        bottom=min(1.0, area.bottom + shift_down + sink),
    )
