"""Drawn pages are read as people read them, and nothing is lost or said twice."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.layout import PrintedLine, PrintedPage, Ruling, compose, order
from tests.corpus.layout.drawing import HEIGHT, WIDTH, draw, paragraph
from tests.growth import TIMES, assert_grows

CASES = Path(__file__).parents[2] / "cases" / "corpus" / "layouts.jsonl"


def cases() -> list[Any]:
    rows = map(json.loads, CASES.read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["name"]) for row in rows]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    assert compose([draw(case)]).text.split("\n") == [paragraph(spec) for spec in case["reads"]]


@pytest.mark.parametrize("case", cases())
def test_the_order_in_which_a_file_draws_does_not_matter(case: dict[str, Any]) -> None:
    page = draw(case)
    assert compose([replace(page, lines=page.lines[::-1])]).text == compose([page]).text


@pytest.mark.parametrize("factor", [0.1, 4.2])
@pytest.mark.parametrize("case", cases())
def test_points_and_pixels_read_alike(case: dict[str, Any], factor: float) -> None:
    page = draw(case)
    scaled = PrintedPage(
        1,
        page.width * factor,
        page.height * factor,
        tuple(
            replace(
                line,
                left=line.left * factor,
                top=line.top * factor,
                right=line.right * factor,
                bottom=line.bottom * factor,
                size=line.size * factor,
            )
            for line in page.lines
        ),
        tuple(Ruling(*(side * factor for side in (r.left, r.top, r.right, r.bottom))) for r in page.rulings),
    )
    assert compose([scaled]).text == compose([page]).text


places = st.integers(0, 60).map(lambda step: step * 7.0)
lines = st.builds(
    lambda number, left, top, width, size, vertical: PrintedLine(
        f"第{number}行",
        left,
        top,
        left + (size if vertical else width),
        top + (width if vertical else size),
        size,
        vertical=vertical,
    ),
    st.integers(1, 9999),
    places,
    places,
    st.sampled_from([8.0, 30.0, 90.0, 200.0, 400.0]),
    st.sampled_from([8.0, 10.0, 24.0]),
    st.sampled_from([False, False, False, True]),
)
rulings = st.builds(
    lambda left, top, length, down: Ruling(left, top, left + (0 if down else length), top + length * down),
    places,
    places,
    st.sampled_from([20.0, 150.0, 500.0]),
    st.booleans(),
)


@given(st.lists(lines, max_size=40), st.lists(rulings, max_size=4))
@settings(max_examples=80, deadline=None)
def test_every_line_is_in_the_order_once(found: list[PrintedLine], drawn: list[Ruling]) -> None:
    ordered = [line for block in order(found, drawn) for line in block.lines]
    assert Counter(map(id, ordered)) == Counter(map(id, found))


@given(st.lists(lines, max_size=25), st.lists(rulings, max_size=3))
@settings(max_examples=60, deadline=None)
def test_every_character_is_in_the_text_or_left_out_once(
    found: list[PrintedLine], drawn: list[Ruling]
) -> None:
    extracted = compose([PrintedPage(1, 900.0, 900.0, tuple(found), tuple(drawn))])
    said = extracted.text
    for start, end in reversed(extracted.repeated):
        said = said[:start] + said[end:]
    left_out = "".join(omission.text for omission in extracted.omissions)
    printed = Counter("".join(line.text for line in found))
    counted = Counter(said + left_out)
    assert not printed - counted
    # Marks between the cells of what is read as a table are of its statements.
    assert not set(counted - printed) - set("【】｜：·（） \n")
    for box in extracted.boxes:
        assert 0 <= box.area.left <= box.area.right <= 1
        assert 0 <= box.area.top <= box.area.bottom <= 1
        assert "\n" not in extracted.text[box.start : box.end]
    starts = [box.start for box in extracted.boxes]
    assert starts == sorted(starts)


def full_page(rows: int, scattered: bool) -> PrintedPage:
    """Return a page of 18 pieces a row, in columns or anywhere."""
    places = Random(5)
    found = []
    for row in range(rows):
        for column in range(18):
            left, top = column * 30.0, row * 11.0
            if scattered:
                left, top = places.uniform(0, 540), places.uniform(0, 770)
            found.append(PrintedLine(f"{row},{column}", left, top, left + 22, top + 9, 9.0))
    return PrintedPage(1, WIDTH, HEIGHT, tuple(found))


@pytest.mark.parametrize("scattered", [False, True])
def test_a_page_of_very_many_pieces_takes_at_most_the_square_of_their_number(scattered: bool) -> None:
    # Ten times as full as print is.  Pieces are compared with each other; more than that took minutes once.
    small, large = (full_page(rows, scattered) for rows in (9, 9 * TIMES))
    assert_grows(lambda page: compose([page]), small, large, power=2)
    assert len(compose([large]).boxes) >= len(large.lines)
