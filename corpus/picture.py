"""PagePicture: a page of a report as a person sees it, to show where an answer is printed.

What is marked on it comes from the report: ``Passage.areas`` of a passage,
``Report.rectangles(start, end)`` of a figure, both in fractions of the page's width and height.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.errors import CorpusError, MissingReportError
from corpus.limits import Limits
from corpus.raster import open_sheets
from corpus.reasons import reason_of

WIDEST = 4000  # pixels; four times what an evidence panel shows
MOST_PIXELS = 25_000_000  # of one picture: a page may be a mile high
PICTURES_KEPT = 32  # at 1,000 pixels' width a text page takes 0.1 MB
QUALITY = 80  # of WEBP: print stays sharp, a tenth of a PNG of a scan


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a WEBP picture of ``width`` × ``height`` pixels."""

    data: bytes
    width: int
    height: int

    media_type = "image/webp"


class NoPictureError(CorpusError):
    """There is no such page, or files of this kind have no pages to show."""


def page_picture(path: str | Path, page: int, width: int = 1000) -> PagePicture:
    """Return page ``page``, counted from 1, of a PDF or picture file, ``width`` pixels wide.

    A picture file with fewer pixels is not widened. The last few pictures are kept in memory, for as
    long as their file does not change.
    Raises NoPictureError, MissingReportError or another CorpusError.
    """
    path = Path(path)
    try:
        state = path.stat()
    except OSError as error:
        raise MissingReportError(f"打不开“{path}”：{reason_of(error)}。原文件可能已被移走。") from error
    return _cached(path, state.st_mtime_ns, state.st_size, page, max(1, min(width, WIDEST)))


@lru_cache(maxsize=PICTURES_KEPT)
def _cached(path: Path, _changed: int, _bytes: int, page: int, width: int) -> PagePicture:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingReportError(f"打不开“{path}”：{reason_of(error)}。原文件可能已被移走。") from error
    return draw_picture(data, path.name, page, width)


def draw_picture(data: bytes, name: str, page: int, width: int, limits: Limits | None = None) -> PagePicture:
    """Draw a page of the bytes of a file; to be called where a hostile file does no harm."""
    with open_sheets(data, name, limits) as sheets:
        if not 1 <= page <= sheets.count:
            raise NoPictureError(f"“{name}”没有第 {page} 页，它一共 {sheets.count} 页。")
        across, down = sheets.size(page)
        scale = min(width / max(across, 1), (MOST_PIXELS / max(across * down, 1)) ** 0.5)
        picture = sheets.draw(page, scale)
    output = io.BytesIO()
    picture.save(output, "WEBP", quality=QUALITY, method=2)
    return PagePicture(output.getvalue(), picture.width, picture.height)
