"""Where the characters of a report are printed."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Box, Rectangle, Report

# Three printed lines; the repair joined the first two and dropped the page number between.
SOURCE = "全年总产值12\n- 3 -\n34亿元"
TEXT = "全年总产值1234亿元"
REPORT = Report(
    name="报告.pdf",
    path=Path("报告.pdf"),
    digest="",
    title="",
    text=TEXT,
    source=SOURCE,
    origins=[*range(7), *range(14, 18)],
    boxes=(
        Box(0, 7, Rectangle(1, 0.1, 0.8, 0.7, 0.82)),
        Box(14, 18, Rectangle(2, 0.1, 0.1, 0.4, 0.12)),
    ),
)


def test_a_span_over_a_page_break_is_printed_in_two_areas() -> None:
    assert REPORT.rectangles(0, len(TEXT)) == tuple(box.area for box in REPORT.boxes)


def test_an_area_is_cut_by_the_widths_of_the_characters() -> None:
    # Five full and two half widths make twelve halves on 0.6 of the page: 12 is the last two.
    (number, rest) = REPORT.rectangles(5, 9)
    assert (number.page, number.left, number.right) == (1, pytest.approx(0.6), pytest.approx(0.7))
    # 34亿元: two halves and two full ones on 0.3.
    assert (rest.page, rest.left, rest.right) == (2, 0.1, pytest.approx(0.2))


@pytest.mark.parametrize("report", [REPORT, replace(REPORT, boxes=())])
def test_nothing_is_printed_nowhere(report: Report) -> None:
    assert report.rectangles(3, 3) == ()


def test_a_format_without_pages_has_no_areas() -> None:
    assert replace(REPORT, boxes=()).rectangles(0, 4) == ()
