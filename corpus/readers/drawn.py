"""The characters of a PDF's page, each with the way it is drawn."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

Bounds = tuple[float, float, float, float]

SMALLEST = 1.0  # points; nobody reads smaller print, it is there to be found by programs
WHITE = 250  # of 255, each of the three colours
OPAQUE = 10  # of 255; below, nothing is seen
BOLD_WEIGHT = 600
BOLD_NAMES = ("bold", "black", "heavy", "simhei", "demi")
STROKED = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
UNSEEN = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text object is drawn; angle in degrees, anticlockwise, on the page as it is shown."""

    size: float
    bold: bool
    angle: float
    seen: bool
    white: bool


class Character(NamedTuple):
    """A character in the page's own space: its box over the advance, and where its line's foot is.

    A tuple since a page has thousands.  ``owner`` names the text object that draws it.  What the library adds, spaces and line ends, has
    no owner, no style and no place.
    """

    text: str
    owner: int | None = None
    style: Style | None = None
    box: Bounds = (0.0, 0.0, 0.0, 0.0)
    origin: tuple[float, float] = (0.0, 0.0)


def read_characters(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> Iterator[Character]:
    """Return the characters of a page in the order of the file."""
    raw = text_page.raw
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_pointer, x_pointer, y_pointer = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    styles = _Styles(raw, page.get_rotation())
    high = 0
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        drawing = pdfium.FPDFText_GetTextObject(raw, index)
        owner = ctypes.cast(drawing, ctypes.c_void_p).value
        if owner is None:
            yield Character(chr(code))
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box_pointer)
        pdfium.FPDFText_GetCharOrigin(raw, index, x_pointer, y_pointer)
        bounds = (box.left, box.bottom, box.right, box.top)
        yield Character(chr(code), owner, styles.of(owner, drawing, index), bounds, (x.value, y.value))


class _Styles:
    """The styles of a page's text objects; a file may draw every character as one of its own."""

    def __init__(self, text_page: object, rotation: int) -> None:
        self._text_page = text_page
        self._rotation = rotation
        self._known: dict[int, Style] = {}
        self._bold: dict[int | None, bool] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._colours = [ctypes.c_uint() for _ in range(4)]
        self._pointers = [ctypes.byref(colour) for colour in self._colours]

    def of(self, owner: int, drawing: object, index: int) -> Style:
        """Return the style of a text object that draws the character at an index."""
        style = self._known.get(owner)
        if style is None:
            style = self._known[owner] = self._read(drawing, index)
        return style

    def _read(self, drawing: object, index: int) -> Style:
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text_page, index, ctypes.byref(matrix))
        along = math.hypot(matrix.a, matrix.b)
        across = abs(matrix.a * matrix.d - matrix.b * matrix.c) / along if along else 0.0
        size = abs(pdfium.FPDFText_GetFontSize(self._text_page, index)) * across
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawing)
        pdfium.FPDFText_GetFillColor(self._text_page, index, *self._pointers)
        red, green, blue, alpha = (colour.value for colour in self._colours)
        filled = mode not in STROKED
        seen = mode not in UNSEEN and size >= SMALLEST and (alpha >= OPAQUE or not filled)
        bold = mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE or self._is_bold(drawing)
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - self._rotation
        return Style(size, bold, angle, seen, filled and min(red, green, blue) >= WHITE)

    def _is_bold(self, drawing: object) -> bool:
        font = pdfium.FPDFTextObj_GetFont(drawing)
        address = ctypes.cast(font, ctypes.c_void_p).value
        if address not in self._bold:
            self._bold[address] = bool(font) and _is_bold_font(font)
        return self._bold[address]


def _is_bold_font(font: object) -> bool:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace").lower()
    return any(bold in name for bold in BOLD_NAMES) or pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT
