"""PagePicture: a page of a report as a person sees it, to show where an answer is printed.

What is marked on it comes from the report: ``Passage.areas`` of a passage,
``Report.rectangles(start, end)`` of a figure, both in fractions of the page's width and height.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.errors import MissingReportError
from corpus.limits import Limits
from corpus.messages import says
from corpus.reasons import reason_of
from corpus.sandbox import draw_safely

WIDEST = 4000  # pixels; four times what an evidence panel shows
PICTURES_KEPT = 32  # at 1,000 pixels' width a text page takes 0.1 MB


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a WEBP picture of ``width`` × ``height`` pixels."""

    data: bytes
    width: int
    height: int

    media_type = "image/webp"


def page_picture(path: str | Path, page: int, width: int = 1000) -> PagePicture:
    """Return page ``page``, counted from 1, of a PDF or picture file, ``width`` pixels wide.

    A picture file with fewer pixels is not widened. The last few pictures are kept in memory, for as
    long as their file does not change.  Drawn where a hostile file does no harm.
    Raises NoPictureError, MissingReportError or another CorpusError.
    """
    path = Path(path)
    try:
        state = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    return _cached(path, state.st_mtime_ns, state.st_size, page, max(1, min(width, WIDEST)))


@lru_cache(maxsize=PICTURES_KEPT)
def _cached(path: Path, _changed: int, _bytes: int, page: int, width: int) -> PagePicture:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    return PagePicture(*draw_safely(data, path.name, page, width, Limits()))


def _unreadable(path: Path, error: OSError) -> MissingReportError:
    return MissingReportError(
        says(
            "file.moved",
            "打不开“{path}”：{reason}。原文件可能已被移走。",
            path=str(path),
            reason=reason_of(error),
        )
    )
