"""The passages of an answer: why each was found, where it is printed, what it was before repair."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Box, Rectangle, Report
from retrieval.answer import Answer, Hit
from tests.web.samples import TEXT, answer, passage, report, whole
from web.i18n import words
from web.sheets import Area, sheets_of

ENTRIES = (report("外省公报.txt", "外省公报"), report("样例公报.txt", "样例公报"))
ZH = words("zh-CN")


def printed(name: str) -> Report:
    """A report of one page: its text stands on one line in the middle of the page."""
    line = Rectangle(2, 0.1, 0.4, 0.9, 0.45)
    boxes = (Box(0, len(TEXT), line),)
    return Report(name, Path(name), "", "样例公报", TEXT, TEXT, range(len(TEXT)), boxes=boxes)


def on_paper() -> Answer:
    """An answer whose first passage is printed on a page."""
    source = passage(page=2, areas=(Rectangle(2, 0.1, 0.4, 0.9, 0.45), Rectangle(3, 0.1, 0.05, 0.9, 0.1)))
    told = answer()
    figures = tuple(
        type(one)(
            **{name: getattr(one, name) for name in one.__dataclass_fields__ if name != "passage"},
            passage=source,
        )
        for one in told.figures[:1]
    )
    return answer(hits=(Hit(source, 0.9, {"dense": 1}),), figures=figures)


def test_it_says_why_each_was_found_best_ranking_first() -> None:
    first = answer().hits[0].passage
    hits = (
        Hit(first, 1.0, {"dense": 4, "keyword": 1}),
        Hit(first, 1.0, {"ledger": 2}),
        Hit(first, 1.0, {"new": 3}),
    )
    sheets = sheets_of(answer(hits=hits), ENTRIES, whole, "000001", ZH)
    assert [sheet.why for sheet in sheets] == [
        ("字词相符，排第 1", "意思相近，排第 4"),
        ("数字账本里的第 2 条",),
        ("new，排第 3",),
    ]


def test_the_reader_is_opened_by_number_not_by_name() -> None:
    first, _ = sheets_of(answer(), ENTRIES, lambda name: whole(name, TEXT), "000001", ZH)
    assert first.reader == f"source/000001/1?start=0&end={len(TEXT)}#here"


def test_what_was_repaired_is_shown_as_it_was() -> None:
    first, _ = sheets_of(answer(), ENTRIES, whole, "000001", ZH)
    assert first.raw is not None
    assert first.raw.replace("\n", "") == TEXT
    assert [step.name for step in first.steps] == ["lines"]


def test_what_was_not_repaired_is_not_shown_twice() -> None:
    (sheet,) = sheets_of(on_paper(), ENTRIES, printed, "000001", ZH)
    assert sheet.raw is None


def test_a_report_that_is_gone_is_still_quoted() -> None:
    def gone(name: str) -> Report:
        raise KeyError(name)

    first, _ = sheets_of(answer(), ENTRIES, gone, "000001", ZH)
    assert first.hit.passage.text == TEXT
    assert (first.reader, first.raw, first.picture) == ("", None, None)


def test_a_figure_is_marked_where_it_is_printed() -> None:
    (sheet,) = sheets_of(on_paper(), ENTRIES, printed, "000001", ZH)
    picture = sheet.picture
    assert picture is not None
    assert picture.address == "source/000001/1/page/2.webp"
    assert picture.areas[0] == Area(10, 40, 80, 5, "printed")  # the other page's is not drawn on this one
    (asked,) = [area for area in picture.areas if area.style == "asked"]
    assert asked.top == 40 and 10 < asked.left < 60 and 0 < asked.width < 20
    assert picture.top == pytest.approx(0.4)


def test_a_text_has_no_picture() -> None:
    assert all(sheet.picture is None for sheet in sheets_of(answer(), ENTRIES, whole, "000001", ZH))
