"""Read a picture: a scan or photograph of a page, each frame of a TIFF a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from corpus.extracted import Extracted
from corpus.layout import compose
from corpus.limits import Limits
from corpus.ocr.lean import leaning
from corpus.ocr.recognise import recognise, recognition_note
from corpus.raster import Sheets, open_sheets, reading_scale


def read_image(data: bytes, name: str) -> Extracted:
    """Return the recognised text of a PNG, JPEG, WEBP or TIFF picture, and where its lines are printed.

    Raises DamagedReportError or TooLargeReportError.
    """
    with open_sheets(data, name, Limits()) as sheets:
        pages = list(recognise(_pictures(sheets), sheets.count))
    extracted = compose([page.printed for page in pages])
    return replace(
        extracted,
        boxes=leaning(extracted.boxes, pages),
        omissions=(*extracted.omissions, *(omission for page in pages for omission in page.omissions)),
        printed=tuple(page.text for page in pages),
        notes=(*extracted.notes, recognition_note(pages)),
        recognised={page.printed.number: page.confidence for page in pages},
    )


def _pictures(sheets: Sheets) -> Iterator[tuple[int, Image.Image]]:
    for number in range(1, sheets.count + 1):
        yield number, sheets.draw(number, min(1.0, reading_scale(*sheets.size(number))))
