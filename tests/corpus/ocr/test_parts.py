"""The parts of recognition that need no model: marks, turns, seals, drawn lines, columns."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageDraw

from corpus.document import Box, Rectangle
from corpus.layout.lines import PrintedPage
from corpus.ocr.engine import Pixels, Reading, crop
from corpus.ocr.lean import leaning
from corpus.ocr.page import RecognisedPage
from corpus.ocr.rulings import find_rulings
from corpus.ocr.seal import find_seals, without_red
from corpus.ocr.tidy import tidy
from corpus.ocr.upright import is_tall, lean, straighten
from corpus.ocr.vertical import in_a_row, places_in_column
from tests.corpus.ocr.pages import INK, RED, blank, column_page, font, report_page, stamped

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "cases" / "corpus" / "recognised.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def pixels_of(page: object) -> Pixels:
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])


def line_box(left: float, top: float, length: float, height: float, angle: float) -> np.ndarray:
    """Return the corners of a box that sinks to the right by ``angle`` degrees."""
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    down = np.array([-along[1], along[0]])
    start = np.array([left, top])
    corners = [start, start + length * along, start + length * along + height * down, start + height * down]
    return np.array(corners, np.float32)


@pytest.mark.parametrize("case", CASES, ids=[case["read"] for case in CASES])
def test_marks_take_the_form_that_their_neighbours_call_for(case: dict[str, str]) -> None:
    assert tidy(case["read"]) == case["tidied"]
    assert tidy(case["tidied"]) == case["tidied"]


@given(st.text(alphabet="年万亿（）()〔〕,，.。:;0123456789OoIlAbc一—%《》 ", max_size=40))
def test_each_character_keeps_its_place(text: str) -> None:
    assert len(tidy(text)) == len(text)


@pytest.mark.parametrize("angle", [-6.0, -0.5, 0.0, 0.05, 1.5, 8.0])
def test_how_far_lines_lean_and_where_they_would_stand(angle: float) -> None:
    boxes = np.array([line_box(100, 100 + row * 60, 900, 40, angle) for row in range(5)])
    found = lean(boxes)
    assert found == pytest.approx(angle if abs(angle) >= 0.1 else 0.0, abs=0.01)
    straight = straighten(boxes, found, (1754, 1240, 3))
    if found:
        assert np.ptp(straight[:, :2, 1], axis=1) == pytest.approx(0, abs=0.1)


def test_marks_of_a_leaning_page_lean() -> None:
    shape = (2000, 1000, 3)
    box = line_box(600, 300, 300, 40, 3.0)
    straight = straighten(box, 3.0, shape)
    area = Rectangle(
        1, straight[:, 0].min() / 1000, straight[:, 1].min() / 2000, straight[:, 0].max() / 1000,
        straight[:, 1].max() / 2000,
    )  # fmt: skip
    page = RecognisedPage(PrintedPage(1, 1000, 2000, ()), 3.0, 0, 1.0, (), ())
    (found,) = leaning([Box(0, 5, area)], [page])
    middle = box.mean(axis=0)
    assert (found.area.left + found.area.right) / 2 == pytest.approx(middle[0] / 1000, abs=0.003)
    assert (found.area.top + found.area.bottom) / 2 == pytest.approx(middle[1] / 2000, abs=0.003)
    assert found.area.bottom - found.area.top == pytest.approx(np.ptp(box[:, 1]) / 2000, abs=0.003)


def test_a_page_that_does_not_lean_is_marked_as_it_is() -> None:
    page = RecognisedPage(PrintedPage(1, 1000, 2000, ()), 0.0, 0, 1.0, (), ())
    box = Box(0, 5, Rectangle(1, 0.1, 0.2, 0.5, 0.3))
    assert leaning([box], [page]) == (box,)


def test_a_seal_is_found_and_the_red_taken_away() -> None:
    page = stamped(report_page(), 450, 200)
    (seal,) = find_seals(pixels_of(page))
    assert (seal.left, seal.top) == (pytest.approx(450, abs=12), pytest.approx(200, abs=12))
    assert (seal.right, seal.bottom) == (pytest.approx(710, abs=12), pytest.approx(460, abs=12))
    clean = without_red(pixels_of(page))
    red = np.asarray(page)[:, :, 0].astype(int) - np.asarray(page)[:, :, 1]
    ring = (red > 100) & (np.asarray(report_page())[:, :, 1] > 200)  # paper under the ring
    assert ring.sum() > 1000
    assert clean[ring].mean() > 200


def test_red_titles_rules_and_areas_are_no_seals() -> None:
    page = blank(1240, 1000)
    draw = ImageDraw.Draw(page)
    draw.text((150, 100), "海阳镇人民政府文件", font=font(90), fill=RED)
    draw.rectangle((100, 260, 1100, 268), fill=RED)
    draw.rectangle((200, 400, 500, 680), fill=RED)
    assert find_seals(pixels_of(page)) == []


def test_drawn_lines_are_found_and_text_is_none() -> None:
    page = blank(1240, 1754)
    page.paste(report_page(), (100, 100))
    draw = ImageDraw.Draw(page)
    for row in range(5):
        draw.line((170, 900 + row * 80, 1070, 900 + row * 80), fill=INK, width=2)
    for column in range(4):
        draw.line((170 + column * 300, 900, 170 + column * 300, 1220), fill=INK, width=2)
    found = find_rulings(pixels_of(page))
    across = [ends for ends in found if abs(ends[1, 0] - ends[0, 0]) > abs(ends[1, 1] - ends[0, 1])]
    assert (len(across), len(found) - len(across)) == (5, 4)
    assert sorted(round(float(ends[0, 1]), -1) for ends in across) == [900, 980, 1060, 1140, 1220]


def test_a_box_that_leans_is_cut_out_straight() -> None:
    page = blank(800, 600)
    ImageDraw.Draw(page).polygon([(200, 200), (600, 270), (593, 310), (193, 240)], fill=INK)
    quad = np.array([[200, 200], [600, 270], [593, 310], [193, 240]], np.float32)
    assert not is_tall(quad)
    assert crop(pixels_of(page), quad)[2:-2, 2:-2].max() < 60


def test_a_column_is_laid_in_a_row_and_its_characters_keep_their_places() -> None:
    text = "一二三国土整治"
    page = column_page(text)
    column = pixels_of(page)[202 : 202 + 62 * len(text), 692:764]
    row = in_a_row(column)
    assert row.shape[0] == column.shape[1]
    assert len(text) - 1 <= row.shape[1] / row.shape[0] <= len(text) + 1
    centres = tuple((place + 0.5) / len(text) for place in range(len(text)))
    places = places_in_column(column, Reading(text, (1.0,) * len(text), centres))
    assert places == pytest.approx(centres, abs=0.05)
