"""Pictures of pages that this test draws, read as a user's would be."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from corpus import load_report, split_report
from corpus.extracted import Extracted
from corpus.readers.image import read_image
from tests.corpus.ocr.pages import (
    HEIGHT,
    INK,
    LEFT,
    LINES,
    PAPER,
    SIZE,
    STEP,
    TITLE,
    TOP,
    WIDTH,
    blank,
    column_page,
    encoded,
    font,
    report_page,
    stamped,
)

PARAGRAPH = "".join(LINES)


def words(text: str) -> str:
    return re.sub(r"\s", "", text)


def read(page: Image.Image, kind: str = "PNG", **options: object) -> Extracted:
    return read_image(encoded(page, kind, **options), "扫描件")


def test_a_page_is_read_with_its_title_and_paragraph_and_where_they_stand() -> None:
    extracted = read(report_page())
    assert [words(line) for line in extracted.text.split("\n")] == [TITLE, PARAGRAPH]
    assert list(extracted.headings) == [0]
    assert extracted.recognised[1] > 0.98
    assert [step.name for step in extracted.notes] == ["文字识别"]
    assert [words(extracted.text[box.start : box.end]) for box in extracted.boxes] == [TITLE, *LINES]
    indents = (2 * SIZE, 0, 0, 0)
    for row, (box, indent) in enumerate(zip(extracted.boxes[1:], indents, strict=True)):
        # Half a character: the print's own edges are not the font's.
        assert box.area.left == pytest.approx((LEFT + indent) / WIDTH, abs=SIZE / 2 / WIDTH)
        assert box.area.top == pytest.approx((TOP + row * STEP) / HEIGHT, abs=SIZE / 2 / HEIGHT)
        assert box.area.bottom - box.area.top == pytest.approx(SIZE / HEIGHT, rel=0.4)


HARMED: dict[str, Callable[[Image.Image], Image.Image]] = {
    "turned to the left": lambda page: page.rotate(90, expand=True),
    "on its head": lambda page: page.rotate(180, expand=True),
    "turned to the right": lambda page: page.rotate(270, expand=True),
    "leaning": lambda page: page.rotate(2.5, fillcolor=PAPER, resample=Image.Resampling.BICUBIC),
    "leaning the other way": lambda page: page.rotate(-1, fillcolor=PAPER, resample=Image.Resampling.BICUBIC),
    "small": lambda page: page.resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.LANCZOS),
    "large": lambda page: page.resize((WIDTH * 3, HEIGHT * 3), Image.Resampling.BICUBIC),
    "faint": lambda page: Image.blend(page, Image.new("RGB", page.size, PAPER), 0.85),
    "blurred": lambda page: page.filter(ImageFilter.GaussianBlur(2)),
    "black and white": lambda page: page.convert("L").point(lambda level: 255 * (level > 128)),
    "white on black": lambda page: page.point(lambda value: 255 - value),
    "noisy": lambda page: Image.fromarray(
        (np.asarray(page, float) + np.random.default_rng(7).normal(0, 20, (HEIGHT, WIDTH, 3)))
        .clip(0, 255)
        .astype(np.uint8)
    ),
    "in a shadow": lambda page: Image.fromarray(
        (np.asarray(page) * np.linspace(0.4, 1, WIDTH)[None, :, None]).astype(np.uint8)
    ),
    "under a seal": lambda page: stamped(page, 330, 170),
}


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMED.values(), ids=list(HARMED))
def test_a_harmed_page_is_read_too(harm: Callable[[Image.Image], Image.Image]) -> None:
    extracted = read(harm(report_page()))
    assert [words(line) for line in extracted.text.split("\n")] == [TITLE, PARAGRAPH]


@pytest.mark.slow
def test_paper_that_is_printed_as_dots_hides_at_most_a_mark() -> None:
    found = words(read(report_page().convert("1")).text)
    assert found.rstrip("。") == (TITLE + PARAGRAPH).rstrip("。")


@pytest.mark.slow
@pytest.mark.parametrize("angle", [90, 180, 270, 3])
def test_marks_stand_on_the_page_as_it_is_shown(angle: int) -> None:
    page = report_page().rotate(angle, expand=True, fillcolor=PAPER)
    title = read(page).boxes[0].area
    dark = np.asarray(page.convert("L")) < 128
    height, width = dark.shape
    inside = dark[
        round(title.top * height) : round(title.bottom * height),
        round(title.left * width) : round(title.right * width),
    ]
    drawn = np.asarray(report_page().convert("L"))[40:100] < 128
    assert inside.sum() == pytest.approx(drawn.sum(), rel=0.1)


@pytest.mark.slow
def test_columns_are_read_one_after_the_other() -> None:
    page = blank(1240, 900)
    draw = ImageDraw.Draw(page)
    columns = (
        ("东区今年新增绿地十二公顷", "街道整修八十四条，并且", "为居民安装了充电设施。"),
        ("西区的图书馆在六月开放", "每天接待读者三千余人，", "藏书达到九十万册以上。"),
    )
    for left, lines in zip((100, 660), columns, strict=True):
        for row, line in enumerate(lines):
            draw.text((left, 300 + row * 55), line, font=font(SIZE), fill=INK)
    assert words(read(page).text) == "".join("".join(lines) for lines in columns)


@pytest.mark.slow
def test_a_heading_from_top_to_bottom_is_read() -> None:
    text = "水利建设十年规划纲要"
    lines = [words(line) for line in read(column_page(text)).text.split("\n")]
    assert sorted(lines) == sorted([text, LINES[1]])


@pytest.mark.slow
def test_numbers_of_a_row_stay_apart() -> None:
    page = blank(1240, 900)
    draw = ImageDraw.Draw(page)
    rows = (
        ("指标", "2030年", "2031年"),
        ("学校", "128", "7"),
        ("教师", "2,078,800", "73,700.00"),
        ("学生", "51", "40"),
    )
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            draw.text((170 + column * 300, 400 + row * 70), cell, font=font(SIZE), fill=INK)
    printed = re.findall(r"[\d.,]+", " ".join(read(page).printed))
    assert sorted(printed) == sorted(["2030", "2031", "128", "7", "2,078,800", "73,700.00", "51", "40"])


@pytest.mark.slow
@pytest.mark.parametrize("angle", [0, 1.5])
def test_a_ruled_table_is_read_row_by_row(angle: float) -> None:
    page = blank(1240, 800)
    draw = ImageDraw.Draw(page)
    rows = (
        ("产品", "单位", "产量"),
        ("原盐", "万吨", "38.5"),
        ("纱布", "万米", "6012"),
        ("茶叶", "吨", "749"),
    )
    draw.text((420, 60), "表2 主要产品产量", font=font(32), fill=INK)
    for row in range(len(rows) + 1):
        draw.line((150, 150 + row * 60, 1050, 150 + row * 60), fill=INK, width=2)
    for column in range(4):
        draw.line((150 + column * 300, 150, 150 + column * 300, 150 + len(rows) * 60), fill=INK, width=2)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            draw.text((170 + column * 300, 160 + row * 60), cell, font=font(28), fill=INK)
    text = read(page.rotate(angle, fillcolor=PAPER, resample=Image.Resampling.BICUBIC)).text
    for name, unit, amount in rows[1:]:
        (line,) = (line for line in text.split("\n") if name in line)
        assert f"单位：{unit}" in line
        assert f"产量：{amount}" in line


@pytest.mark.slow
def test_frames_of_a_tiff_are_pages_and_a_camera_mark_is_obeyed(tmp_path: Path) -> None:
    turned = report_page().rotate(90, expand=True)
    marked = Image.Exif()
    marked[0x0112] = 6  # turn to the right to show
    photograph = tmp_path / "照片.jpg"
    photograph.write_bytes(encoded(turned, "JPEG", quality=90, exif=marked))
    scan = tmp_path / "扫描.tif"
    scan.write_bytes(encoded(report_page(), "TIFF", save_all=True, append_images=[column_page("发展改革")]))
    report = load_report(photograph)
    assert words(report.text) == TITLE + PARAGRAPH
    assert report.boxes[0].area.top < 0.2
    report = load_report(scan)
    assert [page.number for page in report.pages] == [1, 2]
    assert report.audit is not None
    assert report.audit.counts.recognised == 2
    assert report.audit.counts.faults == 0
    passages = split_report(report)
    assert passages[0].page == 1
    assert all(left.page <= right.page for left, right in pairwise(passages) if left.page and right.page)
    assert {area.page for passage in passages for area in passage.areas} == {1, 2}


@pytest.mark.slow
def test_an_empty_page_says_nothing() -> None:
    extracted = read(blank())
    assert extracted.text == ""
    assert extracted.recognised == {1: 0.0}
