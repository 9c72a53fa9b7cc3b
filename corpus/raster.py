"""Pages as pictures: of a PDF, of a photograph or scan, of a TIFF with several pages.

Every picture shows its page as a viewer shows it: a PDF's own turn and a camera's orientation mark
are carried out.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

from corpus.errors import EncryptedReportError, NoPictureError, TooLargeReportError
from corpus.formats import damaged, find_format
from corpus.limits import Limits
from corpus.messages import says

PAGED = (".pdf", ".png", ".jpg", ".webp", ".tiff")
POINTS_PER_INCH = 72
LEAST_SCAN_DPI = 150  # below, small print of an A4 page is too low to be told apart
MOST_SCAN_DPI = 400  # above, scanners add noise and no print
MOST_READ = 16_000_000  # pixels of a page that is recognised: A4 at 400 dpi, a newspaper's page at 220
MOST_SHOWN = 25_000_000  # pixels of a picture to look at: a page may be a mile high
LONGEST_SHOWN = 16_000  # pixels of its longer side; WEBP has 16,383
QUALITY = 80  # of WEBP: print stays sharp, in a tenth of a PNG's bytes
PAPER = (255, 255, 255)


class Sheets(Protocol):
    """The pages of an open file; page numbers count from 1."""

    @property
    def count(self) -> int:
        """How many pages there are."""

    def size(self, number: int) -> tuple[float, float]:
        """Return a page's width and height in its own unit: points of a PDF, pixels of a picture."""

    def draw(self, number: int, scale: float) -> Image.Image:
        """Return a page in RGB with ``scale`` pixels for each of its units, as far as its pixels reach.

        Raises TooLargeReportError.
        """


@contextmanager
def open_sheets(data: bytes, name: str, limits: Limits | None = None) -> Iterator[Sheets]:
    """Open a PDF's or picture's pages.

    Raises DamagedReportError, EncryptedReportError or TooLargeReportError.
    """
    limits = limits or Limits()
    if b"%PDF-" in data[:1024]:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pdfium.FPDF_ERR_PASSWORD:
                raise EncryptedReportError(
                    says(
                        "file.password.pdf.remove",
                        "“{name}”设有打开密码。请用 PDF 阅读器打开，去掉密码后另存再试。",
                        name=name,
                    )
                ) from error
            raise damaged(name) from error
        with document:
            yield PdfSheets(document, name, limits)
        return
    try:
        with warnings.catch_warnings():
            # The product's own limit decides; the library's warning would reach the screen.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise damaged(name) from error
    with picture:
        yield PictureSheets(picture, name, limits)


class PdfSheets:
    """The pages of a PDF; its unit is the point."""

    def __init__(self, document: pypdfium2.PdfDocument, name: str, limits: Limits) -> None:
        self._document = document
        self._name = name
        self._limits = limits

    @property
    def count(self) -> int:
        return len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        width, height = self._page(number).get_size()
        return width, height

    def draw(self, number: int, scale: float) -> Image.Image:
        return draw_page(self._page(number), scale, self._name, self._limits)

    def _page(self, number: int) -> pypdfium2.PdfPage:
        try:
            return self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise damaged(self._name) from error


class PictureSheets:
    """The frames of a picture file, one for most kinds; its unit is the pixel."""

    def __init__(self, picture: Image.Image, name: str, limits: Limits) -> None:
        self._picture = picture
        self._name = name
        self._limits = limits

    @property
    def count(self) -> int:
        # Frames of a GIF, WEBP or PNG move; only those of a TIFF are pages.
        return int(getattr(self._picture, "n_frames", 1)) if self._picture.format == "TIFF" else 1

    def size(self, number: int) -> tuple[float, float]:
        self._seek(number)
        width, height = self._picture.size
        # Orientations 5 to 8 stand on their side (EXIF 2.3, tag 0x0112).
        turned = self._picture.getexif().get(0x0112, 1) >= 5
        return (height, width) if turned else (width, height)

    def draw(self, number: int, scale: float) -> Image.Image:
        width, height = self.size(number)
        if width * height > self._limits.page_pixels:
            raise _too_many_pixels(self._name)
        wanted = max(1, round(width * scale)), max(1, round(height * scale))
        try:
            picture = _on_paper(ImageOps.exif_transpose(self._picture))
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise damaged(self._name) from error
        return picture.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=2.0) if scale < 1 else picture

    def _seek(self, number: int) -> None:
        try:
            self._picture.seek(number - 1)
        except (EOFError, OSError, SyntaxError, ValueError) as error:
            raise damaged(self._name) from error


def draw_page(
    page: pypdfium2.PdfPage, scale: float, name: str = "PDF", limits: Limits | None = None
) -> Image.Image:
    """Return a PDF's page in RGB, ``scale`` pixels a point; raise TooLargeReportError over the limit."""
    width, height = page.get_size()
    if width * scale * height * scale > (limits or Limits()).page_pixels:
        raise _too_many_pixels(name)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    return picture


def draw_sheet(
    data: bytes, name: str, number: int, width: int, limits: Limits | None = None
) -> tuple[bytes, int, int]:
    """Return a page of the bytes of a file as WEBP, ``width`` pixels wide, with its width and height.

    Raises NoPictureError or another CorpusError.
    """
    if find_format(data, name) not in PAGED:
        raise NoPictureError(
            says("picture.none", "“{name}”这种文件没有固定的页面，不能显示页面图片。", name=name)
        )
    with open_sheets(data, name, limits) as sheets:
        if not 1 <= number <= sheets.count:
            raise NoPictureError(
                says(
                    "picture.page",
                    "“{name}”没有第 {number} 页，它一共 {count} 页。",
                    name=name,
                    number=number,
                    count=sheets.count,
                )
            )
        across, down = sheets.size(number)
        scale = min(
            width / max(across, 1),
            LONGEST_SHOWN / max(across, down, 1),
            (MOST_SHOWN / max(across * down, 1)) ** 0.5,
        )
        picture = sheets.draw(number, scale)
    output = io.BytesIO()
    picture.save(output, "WEBP", quality=QUALITY, method=2)
    return output.getvalue(), picture.width, picture.height


def scan_scale(page: pypdfium2.PdfPage) -> float:
    """Return at how many pixels a point a scanned page is recognised: as fine as it was scanned."""
    finest = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        across, down = right - left, top - bottom
        if across > page.get_width() / 2 and down > 0:
            pixels = picture.get_px_size()
            finest = max(finest, max(pixels) / max(across, down))
    wanted = min(max(finest, LEAST_SCAN_DPI / POINTS_PER_INCH), MOST_SCAN_DPI / POINTS_PER_INCH)
    return min(wanted, reading_scale(page.get_width(), page.get_height()))


def reading_scale(width: float, height: float) -> float:
    """Return at how many pixels a unit a page of so many units has as many as recognition can use."""
    return float((MOST_READ / max(width * height, 1.0)) ** 0.5)


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return a picture in RGB; what is transparent shows white paper, sixteen bits become eight."""
    if picture.mode.startswith("I") or picture.mode == "F":
        low, high = picture.getextrema()
        spread = max(float(high) - float(low), 1.0)  # type: ignore[arg-type]
        picture = picture.convert("F").point(lambda value: value * (255 / spread) - float(low) * 255 / spread)  # type: ignore[arg-type]
        return picture.convert("L").convert("RGB")
    if picture.has_transparency_data:
        ground = Image.new("RGBA", picture.size, (*PAPER, 255))
        ground.alpha_composite(picture.convert("RGBA"))
        return ground.convert("RGB")
    return picture.convert("RGB")


def _too_many_pixels(name: str) -> TooLargeReportError:
    return TooLargeReportError(
        says(
            "file.pixels",
            "“{name}”的页面太大，像素超过了上限。请缩小后再试，例如以 300 dpi 另存。",
            name=name,
        )
    )
