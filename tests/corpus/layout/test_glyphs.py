"""Characters drawn one by one make the lines that a person sees."""

from __future__ import annotations

import doctest
import importlib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.layout import PrintedPage
from corpus.layout.glyphs import Glyph, draw_lines
from corpus.layout.lines import character_width
from corpus.layout.vertical import join_vertical

SIZE = 10.0


def drawn(
    text: str, left: float = 0.0, base: float = 100.0, size: float = SIZE, gap: float = 0.0
) -> list[Glyph]:
    """Return the glyphs of a text on a line, ``gap`` apart; a space leaves room and draws nothing."""
    glyphs = []
    for character in text:
        width = character_width(character) * size
        if character != " ":
            glyphs.append(
                Glyph(character, left, base - 0.88 * size, left + width, base + 0.12 * size, base, size)
            )
        left += width + gap
    return glyphs


def texts(glyphs: list[Glyph]) -> list[str]:
    return [line.text for line in draw_lines(glyphs).lines]


def test_doctests() -> None:
    for name in ("corpus.layout.characters", "corpus.layout.lines"):
        failures, tried = doctest.testmod(importlib.import_module(name))
        assert tried and not failures


@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.4, 0.0), (0.5, 0.5), (-0.3, 0.2)])
def test_a_character_that_is_drawn_again_counts_once(shift: tuple[float, float]) -> None:
    title = drawn("增长11.8%")
    again = [glyph._replace(left=glyph.left + shift[0], base=glyph.base + shift[1]) for glyph in title]
    # Each after its own, and all after all.
    paired = [glyph for pair in zip(title, again, strict=True) for glyph in pair]
    for glyphs in (paired, title + again):
        found = draw_lines(glyphs)
        assert [line.text for line in found.lines] == ["增长11.8%"]
        assert len(found.again) == len(title)


def test_equal_characters_beside_each_other_stay() -> None:
    assert texts(drawn("1111亿元……llll")) == ["1111亿元……llll"]


def test_a_line_whose_parts_are_drawn_in_another_order() -> None:
    parts = [drawn("全年完成"), drawn("3715", 40), drawn("家", 60)]
    assert texts(parts[2] + parts[0] + parts[1]) == ["全年完成3715家"]


def test_wide_gaps_part_cells_and_narrow_ones_do_not() -> None:
    assert texts(drawn("地区") + drawn("合计", 50)) == ["地区", "合计"]
    assert texts(drawn("完成") + drawn("投资", 24)) == ["完成投资"]
    assert texts(drawn("前") + drawn("言", 20)) == ["前 言"]


def test_latin_words_are_parted_by_small_gaps() -> None:
    assert texts(drawn("gross output")) == ["gross output"]


def test_marks_off_the_line_are_no_digits_of_the_number() -> None:
    assert texts(drawn("120m") + drawn("2", 20, base=96, size=6)) == ["120m²"]
    assert texts(drawn("增长120") + drawn("1", 35, base=96, size=6)) == ["增长120¹"]
    assert texts(drawn("CO") + drawn("2", 10, base=102, size=6)) == ["CO₂"]


def test_digits_that_a_page_sets_apart_are_one_number() -> None:
    glyphs = drawn("2001", gap=4.3) + drawn("年", 37) + drawn("8.6", 50, gap=4.3)
    assert texts(glyphs) == ["2001年8.6"]


def test_digits_of_two_cells_stay_apart() -> None:
    assert texts(drawn("1234 5678 9012", base=50)) == ["1234 5678 9012"]


def upright_column(text: str, left: float, top: float) -> list[Glyph]:
    glyphs = []
    for character in text:
        base = top + 0.88 * SIZE
        glyphs.append(Glyph(character, left, top, left + SIZE, top + SIZE, base, SIZE))
        top += SIZE
    return glyphs


def test_characters_under_each_other_are_a_vertical_line() -> None:
    found = draw_lines(upright_column("财政支出保障民生", 100, 50)).lines
    assert [(line.text, line.vertical) for line in found] == [("财政支出保障民生", True)]
    assert found[0].reach(2, 4) == (70.0, 90.0)


def test_a_number_on_its_side_belongs_to_the_vertical_line() -> None:
    above, below = upright_column("全年完成投资", 100, 50), upright_column("亿元比上年增长", 100, 130)
    # 12.6 lies between them, turned once: its frame's x runs down the page.
    number = drawn("12.6", left=110, base=500 - 101.2)
    sheets = [
        PrintedPage(1, 500, 800, tuple(draw_lines(above + below).lines)),
        PrintedPage(1, 800, 500, tuple(draw_lines(number).lines), turn=1),
    ]
    (sheet,) = join_vertical(sheets)
    assert [line.text for line in sheet.lines] == ["全年完成投资12.6亿元比上年增长"]


glyphs = st.builds(
    lambda text, column, row, size: Glyph(
        text, column * 6.0, row * 8.0, column * 6.0 + size, row * 8.0 + size, row * 8.0 + 0.88 * size, size
    ),
    st.sampled_from("甲乙丙12%a，（"),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from([5.0, 10.0, 20.0]),
)


@given(st.lists(glyphs, max_size=60))
@settings(max_examples=80, deadline=None)
def test_every_character_is_in_one_line_or_drawn_again(found: list[Glyph]) -> None:
    lines = draw_lines(found)
    written = "".join(line.text for line in lines.lines) + "".join(glyph.text for glyph in lines.again)
    plain = written.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789"))
    assert Counter(plain.replace(" ", "")) == Counter(glyph.text for glyph in found)
    for line in lines.lines:
        assert len(line.spans) == len(line.text) and line.text == line.text.strip()
