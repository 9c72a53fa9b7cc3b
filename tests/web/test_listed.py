"""An answer is drawn from its pieces: its items in lines, its words in either language; no character is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer import Piece
from retrieval.answering.telling import Telling
from tests.web.pages import Page, Unmarked
from tests.web.samples import figure, passage
from web.i18n import words
from web.listed import Part, listed, parts_of
from web.markup import Span, cleaned

ZH, EN = words("zh-CN"), words("en")
SOURCE = passage("甲县藏书6.9万册，乙县藏书5万册，丙旗藏书4万册。")
BOOKS = {
    name: figure(quote, SOURCE, indicator="藏书")
    for name, quote in (("甲县", "6.9万册"), ("乙县", "5万册"), ("丙旗", "4万册"))
}


def drawn(pieces: Sequence[Piece], english: bool = False, spans: Sequence[Span] = ()) -> str:
    text = "".join(piece.text for piece in pieces)
    return str(listed(text, spans, parts_of(pieces), EN if english else ZH))


def ranked() -> list[Piece]:
    """What ``retrieval.answers.rank`` tells."""
    telling = Telling().said("藏书").words("rank.descending", "从高到低")
    telling.mark("（").words("survey.all", "报告中给出的{asked}个地方", asked=4).mark("）").mark("：")
    for number, (name, one) in enumerate(BOOKS.items(), 1):
        telling.mark("；" if number > 1 else "").item(number).said(f"{name} ").figure(one)
    return telling.end().words("survey.more", "；其余{count}个见表", count=1).mark("。").pieces


def compared() -> list[Piece]:
    """What ``retrieval.answers.compare`` tells."""
    telling = Telling()
    for number, (name, one) in enumerate(BOOKS.items()):
        telling.mark("；" if number else "").item().said(name).mark("：")
        telling.said("藏书").mark(" ").figure(one, marked=True)
    telling.mark("；").item().said("丁县").mark("：").words("sides.none", "报告没有给出").end()
    return telling.mark("。").words("compare.highest", "{name}最高", name="甲县").mark("。").pieces


def test_a_name_and_its_amount_stand_in_columns() -> None:
    page = Page(drawn(ranked()))
    assert page.styled("at") == ["1. ", "2. ", "3. "]
    assert page.styled("name") == list(BOOKS)
    assert page.styled("amount") == [one.quote for one in BOOKS.values()]
    assert page.styled("end") == ["；"] * 3
    assert "".join(page.styled("after")) == "其余1个见表。"


def test_what_is_compared_stands_behind_whose_it_is() -> None:
    page = Page(drawn(compared()))
    assert "".join(page.styled("whom")) == "甲县：乙县：丙旗：丁县："
    assert "".join(page.styled("item")) == "藏书 6.9万册藏书 5万册藏书 4万册报告没有给出"
    assert "".join(page.styled("after")) == "甲县最高。"


def test_one_item_is_no_list() -> None:
    pieces = Telling().words("locate.places", "共{number}处：", number=1).item(1).said("甲").pieces
    assert "item" not in drawn(pieces)


def test_a_quotation_in_an_item_is_no_amount() -> None:
    quoted = Piece("quote", SOURCE.text[:9], passage=SOURCE, span=(0, 9))
    pieces = [replace(quoted, item=1), *Telling().mark("；").pieces, replace(quoted, item=2)]
    page = Page(drawn(pieces))
    assert page.styled("name") == [quoted.text] * 2 and not page.styled("amount")


def test_the_words_are_english_and_the_rest_is_chinese() -> None:
    assert Page(drawn(ranked(), True)).text == (
        "藏书 from high to low (of 4 places in the reports): "
        "1. 甲县 6.9万册; 2. 乙县 5万册; 3. 丙旗 4万册; 1 more in the table. "
    )
    assert Page(drawn(compared(), True)).text == (
        "甲县: 藏书 6.9万册; 乙县: 藏书 5万册; 丙旗: 藏书 4万册; 丁县: not given in the reports. "
        "甲县 is the highest. "
    )
    for pieces in (ranked(), compared()):
        assert Unmarked(drawn(pieces, True)).found == []


def test_marks_are_where_they_were() -> None:
    pieces = compared()
    text = "".join(piece.text for piece in pieces)
    start = text.index("5万册")
    for english in (False, True):
        page = Page(drawn(pieces, english, [Span(start, start + 3, "asked")]))
        assert page.styled("asked") == ["5万册"]


def test_a_sample_question_can_be_pressed() -> None:
    telling = Telling().words("assistant.try", "可以这样问：")
    for question in ("甲是多少？", "<b>乙</b>是多少？"):
        telling.item().words("assistant.sample", "“{question}”", question=question)
    for english in (False, True):
        page = Page(drawn(telling.end().pieces, english))
        assert page.attributes("data-question") == ["甲是多少？", "<b>乙</b>是多少？"]
        assert {tag for tag, _ in page.tags} == {"span", "button"}


@pytest.mark.parametrize("parts", [(), (Part(3, "words"),), (Part(40, "words"),)])
def test_without_its_parts_a_text_is_shown_as_it_is(parts: tuple[Part, ...]) -> None:
    for told_in in (ZH, EN):
        page = Page(str(listed("甲：1；乙：2。", [Span(2, 3, "asked")], parts, told_in)))
        assert page.text == "甲：1；乙：2。" and page.styled("asked") == ["1"]


TEXTS = st.text(" 甲乙0.9；。：\n", max_size=6)
KINDS = st.sampled_from(["words", "figure", "quote", "computation", "asked"])
PIECES = st.lists(st.builds(Piece, KINDS, TEXTS, item=st.integers(0, 3)), max_size=8)


@given(PIECES, st.integers(-2, 40), st.integers(-2, 40))
def test_no_character_is_lost_or_marked_elsewhere(pieces: list[Piece], start: int, end: int) -> None:
    text = "".join(piece.text for piece in pieces)
    page = Page(drawn(pieces, spans=[Span(start, end, "asked")]))
    assert page.text == cleaned(text)
    marked = "".join(data for style, data in page.pieces if style == "asked")
    assert marked == text[max(start, 0) : max(end, 0)]
    drawn(pieces, True)
