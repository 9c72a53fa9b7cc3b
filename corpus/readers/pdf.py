"""Read a PDF: what its pages print, in the order in which a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from corpus.decode import CJK, plausibility
from corpus.document import Omission, RepairStep
from corpus.errors import EncryptedReportError
from corpus.extracted import Extracted
from corpus.formats import damaged
from corpus.layout import PrintedPage, compose
from corpus.messages import says
from corpus.ocr.lean import leaning
from corpus.progress import tell_alive
from corpus.raster import draw_page, scan_scale
from corpus.readers.print import Print, read_print

if TYPE_CHECKING:  # its libraries are not for who reads no picture
    from corpus.ocr.page import RecognisedPage

MOST_UNREADABLE = 0.3  # share of a page's characters without meaning; its font keeps that to itself
FEWEST_JUDGED = 200  # Chinese characters by which a page is judged to be no Chinese
NONSENSE = 0.06  # share of the commonest characters among them; any Chinese text has over 0.2
SCAN_SHARE = 0.7  # of the page's area that its pictures cover, where it is a scan
STAMPED = 80  # characters; scanning programs print no more on a scan (their name, a number)
OUTLINED = 60  # drawn paths on a page without text, where its characters may be drawn as shapes
FEWEST_DRAWN = 10  # characters; a page of shapes with more of them has text of its own


def read_pdf(data: bytes, name: str) -> Extracted:
    """Return the text of a PDF, its pages, and where its characters are printed.

    Pages that are pictures are recognised.  Raises EncryptedReportError, DamagedReportError or
    TooLargeReportError.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedReportError(
                says(
                    "file.password.pdf",
                    "“{name}”设有打开密码。请用 PDF 阅读器输入密码打开，“打印”成一份新的 PDF 再试。",
                    name=name,
                )
            ) from error
        raise damaged(name) from error
    with document:
        return _read(document, name)


def _read(document: pypdfium2.PdfDocument, name: str) -> Extracted:
    prints = [_read_page(document, number, name) for number in range(1, len(document) + 1)]
    pictured = [number for number, page in enumerate(prints, 1) if needs_recognition(page)]
    seen = _recognise(document, pictured, name)
    # Where nothing is seen, what the file says is all there is.
    kept = {page.printed.number: page for page in seen if page.printed.lines}
    sheets: list[PrintedPage] = []
    raw: list[str] = []
    omissions: list[Omission] = []
    for number, page in enumerate(prints, 1):
        picture = kept.get(number)
        sheets += (picture.printed,) if picture else _sheets(page.pages, number)
        raw.append(picture.text if picture else page.raw)
        omissions += picture.omissions if picture else (Omission(number, *out) for out in page.left_out)
    extracted = compose(sheets)
    return replace(
        extracted,
        boxes=leaning(extracted.boxes, seen),
        omissions=(*extracted.omissions, *omissions),
        printed=tuple(raw),
        notes=tuple(_notes(prints, seen)),
        recognised={number: page.confidence for number, page in kept.items()},
    )


def _recognise(document: pypdfium2.PdfDocument, numbers: Sequence[int], name: str) -> list[RecognisedPage]:
    if not numbers:
        return []
    from corpus.ocr.recognise import recognise

    return list(recognise(_pictures(document, numbers, name), len(numbers)))


def _read_page(document: pypdfium2.PdfDocument, number: int, name: str) -> Print:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise damaged(name) from error
    tell_alive()
    try:
        return read_print(page, number)
    except pypdfium2.PdfiumError as error:
        raise damaged(name) from error
    finally:
        page.close()


def _sheets(pages: Sequence[PrintedPage], number: int) -> Sequence[PrintedPage]:
    """Return a page's sheets, an empty one for a blank page: it is counted, too."""
    return pages or (PrintedPage(number, 1.0, 1.0, ()),)


def needs_recognition(page: Print) -> bool:
    """Tell a page that a machine cannot read as text: a scan, shapes, or characters without meaning."""
    if page.characters < STAMPED and page.pictures >= SCAN_SHARE:
        return True
    if page.characters < FEWEST_DRAWN:
        return (page.pictures > 0 and page.pictures >= SCAN_SHARE / 2) or page.drawings >= OUTLINED
    if page.unreadable > MOST_UNREADABLE * page.characters:
        return True
    return len(CJK.findall(page.raw)) >= FEWEST_JUDGED and plausibility(page.raw) < NONSENSE


def _pictures(
    document: pypdfium2.PdfDocument, numbers: Sequence[int], name: str
) -> Iterator[tuple[int, Image.Image]]:
    for number in numbers:
        page = document[number - 1]
        try:
            yield number, draw_page(page, scan_scale(page), name)
        finally:
            page.close()


def _notes(prints: Sequence[Print], seen: Sequence[RecognisedPage]) -> Iterator[RepairStep]:
    doubled = sum(page.doubled for page in prints)
    if doubled:
        yield RepairStep("去除重影字", "有的字在同一处描画两遍，看上去像粗体，读出来却成了双份", doubled)
    if seen:
        from corpus.ocr.recognise import recognition_note

        yield recognition_note(seen)
