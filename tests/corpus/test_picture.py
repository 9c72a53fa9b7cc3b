"""Pages of files as pictures: what they show, how large they are, what is refused."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from corpus.errors import (
    CorpusError,
    DamagedReportError,
    MissingReportError,
    NoPictureError,
    TooLargeReportError,
)
from corpus.limits import Limits
from corpus.picture import PagePicture, page_picture
from corpus.raster import LONGEST_SHOWN, MOST_SHOWN, draw_sheet, open_sheets, scan_scale

RED, BLUE = (200, 30, 30), (30, 30, 200)


def halves(width: int = 300, height: int = 200) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width // 2, height))
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    output = io.BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def pdf(*sizes: tuple[float, float], turn: int = 0) -> bytes:
    """Return a PDF with pages of the given sizes in points, each with a red left half."""
    document = pypdfium2.PdfDocument.new()
    for width, height in sizes:
        page = document.new_page(width, height)
        area = pdfium.FPDFPageObj_CreateNewRect(0, 0, width / 2, height)
        pdfium.FPDFPageObj_SetFillColor(area, *RED, 255)
        pdfium.FPDFPath_SetDrawMode(area, pdfium.FPDF_FILLMODE_ALTERNATE, False)
        pdfium.FPDFPage_InsertObject(page, area)
        page.set_rotation(turn)
        page.gen_content()
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def shown(picture: PagePicture) -> np.ndarray:
    image = Image.open(io.BytesIO(picture.data))
    assert image.format == "WEBP"
    assert image.size == (picture.width, picture.height)
    return np.asarray(image.convert("RGB"), int)


def is_red(pixel: np.ndarray) -> bool:
    return bool(abs(pixel - np.array(RED)).max() < 40)


def test_a_page_of_a_pdf_and_its_proportions(tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    path.write_bytes(pdf((600, 300), (300, 600)))
    first, second = (page_picture(path, page, width=400) for page in (1, 2))
    assert first.width == pytest.approx(400, abs=1)
    assert first.height == pytest.approx(200, abs=1)
    assert second.height == pytest.approx(800, abs=1)
    pixels = shown(first)
    assert is_red(pixels[100, 50])
    assert pixels[100, 350].min() > 240  # paper
    assert page_picture(path, 1, width=400) is first


def test_a_pdfs_page_is_shown_as_it_is_turned() -> None:
    picture = PagePicture(*draw_sheet(pdf((600, 300), turn=90), "报告.pdf", 1, 150))
    assert picture.height == pytest.approx(300, abs=1)
    pixels = shown(picture)
    assert is_red(pixels[50, 75])
    assert pixels[250, 75].min() > 240


def test_a_changed_file_is_drawn_anew(tmp_path: Path) -> None:
    path = tmp_path / "扫描.png"
    path.write_bytes(encoded(halves()))
    assert is_red(shown(page_picture(path, 1))[100, 50])
    path.write_bytes(encoded(halves().transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize((301, 200))))
    assert not is_red(shown(page_picture(path, 1))[100, 50])


def test_a_small_picture_is_not_widened_and_a_large_one_is_narrowed(tmp_path: Path) -> None:
    path = tmp_path / "扫描.jpg"
    path.write_bytes(encoded(halves(), "JPEG"))
    assert (page_picture(path, 1, 1000).width, page_picture(path, 1, 120).width) == (300, 120)


@pytest.mark.parametrize(("mark", "red"), [(1, (100, 50)), (3, (100, 250)), (6, (50, 100)), (8, (250, 100))])
def test_a_cameras_mark_is_obeyed(mark: int, red: tuple[int, int]) -> None:
    marks = Image.Exif()
    marks[0x0112] = mark
    picture = PagePicture(*draw_sheet(encoded(halves(), "JPEG", exif=marks), "照片.jpg", 1, 1000))
    assert (picture.width < picture.height) == (mark in (6, 8))
    assert is_red(shown(picture)[red])


def test_frames_of_a_tiff_are_pages_those_of_a_moving_picture_are_not() -> None:
    frames = [halves(), halves(100, 50)]
    with open_sheets(
        encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:]), "扫描.tif"
    ) as sheets:
        assert [sheets.size(number) for number in (1, 2)] == [(300, 200), (100, 50)]
        assert sheets.draw(2, 1).size == (100, 50)
    with open_sheets(
        encoded(frames[0], "WEBP", save_all=True, append_images=frames[:1]), "动图.webp"
    ) as sheets:
        assert sheets.count == 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
def test_pictures_of_every_kind_are_drawn_in_colour(mode: str) -> None:
    if mode == "RGBA":
        picture = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    elif mode == "I;16":
        picture = Image.fromarray(np.linspace(0, 65535, 1200).reshape(30, 40).astype(np.uint16))
    else:
        picture = halves(40, 30).convert(mode)
    kind = "TIFF" if mode in ("CMYK", "F", "I;16") else "PNG"
    with open_sheets(encoded(picture, kind), "扫描") as sheets:
        drawn = sheets.draw(1, 1)
    assert (drawn.mode, drawn.size) == ("RGB", (40, 30))
    if mode == "RGBA":
        assert drawn.getpixel((5, 5)) == (255, 255, 255)
    if mode == "I;16":
        assert drawn.getpixel((0, 0)) == (0, 0, 0)
        assert drawn.getpixel((39, 29)) == (255, 255, 255)


def test_a_page_a_mile_high_is_made_narrow() -> None:
    _, width, height = draw_sheet(pdf((20, 14000)), "长图.pdf", 1, 1000)
    assert width * height <= MOST_SHOWN * 1.1
    assert height <= LONGEST_SHOWN + 1
    assert height > 100 * width


def test_too_many_pixels_are_refused_before_they_are_drawn() -> None:
    few = replace(Limits(), page_pixels=10_000)
    for data in (encoded(halves()), pdf((600, 300))):
        with open_sheets(data, "大图", few) as sheets, pytest.raises(TooLargeReportError, match="大图"):
            sheets.draw(1, 1)


@pytest.mark.parametrize(
    ("name", "data", "page", "error", "words"),
    [
        ("报告.pdf", pdf((100, 100)), 2, NoPictureError, "没有第 2 页"),
        ("报告.pdf", pdf((100, 100)), 0, NoPictureError, "没有第 0 页"),
        ("报告.txt", "全年增长5%".encode(), 1, NoPictureError, "没有固定的页面"),
        ("报告.png", encoded(halves())[:60], 1, CorpusError, "报告.png"),
        ("报告.pdf", b"%PDF-1.7\nnothing", 1, DamagedReportError, "报告.pdf"),
    ],
)
def test_what_cannot_be_shown_is_said(
    tmp_path: Path, name: str, data: bytes, page: int, error: type[CorpusError], words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error, match=words):
        page_picture(path, page)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingReportError, match=r"没有\.pdf"):
        page_picture(tmp_path / "没有.pdf", 1)


def test_a_scan_is_recognised_as_finely_as_it_was_scanned() -> None:
    document = pypdfium2.PdfDocument.new()
    for pixels, dots in ((600, 150), (1200, 200), (4800, 400)):
        page = document.new_page(432, 288)  # 6 × 4 inches
        picture = pypdfium2.PdfImage.new(document)
        picture.set_bitmap(pypdfium2.PdfBitmap.from_pil(halves(pixels, pixels * 2 // 3)))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(432, 288))
        page.insert_obj(picture)
        page.gen_content()
        assert scan_scale(page) == pytest.approx(dots / 72, rel=0.01)
