"""Pages drawn for tests, with a Chinese font of the machine."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSansCJK-Regular.ttc",
    "wqy-microhei.ttc",
    "simsun.ttc",
    "msyh.ttc",
    "PingFang.ttc",
    "STHeiti Light.ttc",
)
PAPER, INK, RED = (250, 248, 244), (30, 30, 30), (215, 40, 45)
WIDTH, HEIGHT = 827, 585  # half of A4 at 100 dpi
SIZE = 24
LEFT, TOP, STEP = 110, 150, 44  # of the paragraph

TITLE = "海阳镇工作简报"
LINES = (
    "全镇完成财政收入2.86亿元，同比增长7.4%，",
    "新建农村公路31.5公里，改造危房204户，",
    "截至12月底，共有企业1357家，比上年多63家，",
    "其中规模以上工业企业48家，从业人员9120人。",
)


def font(size: int) -> ImageFont.FreeTypeFont:
    """Return a Chinese font of the machine; a machine without one skips the test."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    pytest.skip("no Chinese font on this machine")


def blank(width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Return an empty page."""
    return Image.new("RGB", (width, height), PAPER)


def report_page() -> Image.Image:
    """Return a page with a title and a paragraph of four lines."""
    page = blank()
    draw = ImageDraw.Draw(page)
    heading = font(SIZE * 3 // 2)
    draw.text(((WIDTH - draw.textlength(TITLE, font=heading)) / 2, 50), TITLE, font=heading, fill=INK)
    for row, line in enumerate(LINES):
        # The first line of a paragraph is indented by two characters.
        draw.text((LEFT + (0 if row else 2 * SIZE), TOP + row * STEP), line, font=font(SIZE), fill=INK)
    return page


def column_page(text: str) -> Image.Image:
    """Return a page with a horizontal line and ``text`` from top to bottom."""
    page = blank(900, 900)
    draw = ImageDraw.Draw(page)
    draw.text((100, 100), LINES[1], font=font(SIZE), fill=INK)
    for row, character in enumerate(text):
        draw.text((700, 200 + row * 62), character, font=font(56), fill=INK)
    return page


def stamped(page: Image.Image, left: int, top: int, size: int = 260) -> Image.Image:
    """Return a page with a red ring and a star over its text."""
    ink = Image.new("RGBA", page.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(ink)
    draw.ellipse((left, top, left + size, top + size), outline=(*RED, 200), width=9)
    draw.regular_polygon((left + size / 2, top + size / 2, size / 5), 5, fill=(*RED, 200))
    return Image.alpha_composite(page.convert("RGBA"), ink).convert("RGB")


def encoded(page: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return a picture as the bytes of a file."""
    output = io.BytesIO()
    page.save(output, kind, **options)
    return output.getvalue()
