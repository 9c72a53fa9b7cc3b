"""Answers as HTML."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.results import Answer, Hit
from tests.web.pages import Page
from tests.web.samples import TEXT, answer, figure, passage, report
from web.markup import cleaned
from web.render import Turn, conversation, duration, evidence, shortened

REPORTS = (report("样例公报.txt", "样例公报"),)
CASES = Path(__file__).parents[1] / "cases" / "web" / "hostile_texts.jsonl"
HOSTILE = {case["name"]: case["text"] for case in map(json.loads, CASES.read_text("utf-8").splitlines())}

TAGS = {
    *("div", "section", "article", "header", "h2", "h3", "p", "ul", "ol", "li", "span", "button"),
    *("table", "thead", "tbody", "tr", "th", "td", "mark", "blockquote", "abbr"),
}
ATTRIBUTES = {"class", "id", "role", "type", "title", "tabindex", "scope", "start"}


def talk(*turns: Turn, shown: int | None = None) -> Page:
    return Page(conversation(turns, (), shown))


def hostile_answer(text: str) -> Answer:
    """An answer in which every text that is shown is ``text``."""
    source = passage(text, report=f"{text}.txt", title=text, headings=(text, text), paragraph=1)
    cited = figure(text, source, indicator=text, unit=text, period=text, basis=text, kind="change")
    return answer(
        question=f"问{text}",
        understood=text,
        text=text,
        hits=(Hit(source, 1.0, {}, ((0, 3), (2, 5))),),
        figures=(cited,),
        quote=(0, 4),
        marks=((1, 3),),
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text: str) -> None:
    told = hostile_answer(text)
    reports = (report(text, text),)
    pages = [
        Page(conversation((Turn(text, told), Turn(text)), (), shown=0)),
        Page(conversation((), (text, text))),
        Page(evidence(told, reports)),
        Page(evidence(None, reports)),
    ]
    for page in pages:
        assert {tag for tag, _ in page.tags} <= TAGS
        names = {name for _, attributes in page.tags for name in attributes}
        assert {name for name in names if not name.startswith(("aria-", "data-"))} <= ATTRIBUTES
        assert cleaned(text) in page.text
    assert pages[1].attributes("data-question") == [cleaned(text)] * 2


def test_the_answer_comes_with_the_asked_figure_marked() -> None:
    page = talk(Turn("粮食总产量是多少？", answer()), shown=0)
    assert page.styled("asked") == ["42.5万吨"]
    assert "出处：第2段（第3–5行）" in page.text
    assert "用时 38 毫秒" in page.text
    assert page.styled("understood") == []


def test_in_a_long_quotation_the_clause_of_the_asked_figure_stands_out() -> None:
    before = "在打好丰收仗方面，各镇街全面落实责任，水利设施全部检修完毕，"
    text = f"{before}粮食总产量达到42.5万吨；新建公园7个，图书馆藏书30万册。"
    start = text.index("42.5万吨")
    told = answer(text=text, marks=((start, start + 6),), quote=None)
    page = talk(Turn("粮食总产量是多少？", told))
    assert page.styled("clause") == ["粮食总产量达到", "42.5万吨", "；"]
    assert page.styled("asked") == ["42.5万吨"]


def test_a_short_quotation_is_one() -> None:
    assert talk(Turn("粮食总产量是多少？", answer())).styled("clause") == []


def test_how_the_question_was_understood_is_shown_when_it_differs() -> None:
    page = talk(Turn("去年呢？", answer(question="去年呢？", understood="去年粮食总产量是多少？")))
    assert page.styled("understood") == ["按这个问题查找：去年粮食总产量是多少？"]


def test_a_refusal_names_the_nearest_passage_and_marks_nothing() -> None:
    refusal = answer(found=False, text="报告没有提到棉花产量。", quote=None, marks=(), reason="indicator")
    page = talk(Turn("棉花产量是多少？", refusal), shown=0)
    assert "reply refused" in page.attributes("class")
    assert "最接近的段落：第2段" in page.text
    proof = Page(evidence(refusal, REPORTS))
    assert "最接近的原文" in proof.text
    assert proof.styled("asked") == []


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("  ", "（没有输入问题）"),
        ("产" * 600, f"{'产' * 120}……（共 600 个字符）"),
        ("第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_odd_questions_are_shown(question: str, shown: str) -> None:
    told = Answer(question, "", False, "请先输入问题。", reason="empty")
    assert shown in talk(Turn(question, told)).text


def test_a_question_that_waits_says_so() -> None:
    assert talk(Turn("粮食总产量是多少？")).styled("pending") == ["正在查阅报告……"]


def test_only_the_answer_whose_evidence_is_shown_is_marked_so() -> None:
    page = talk(Turn("一", answer()), Turn("二", answer()), shown=1)
    assert page.attributes("aria-pressed") == ["false", "true"]
    assert page.attributes("data-turn") == ["0", "1"]


def test_examples_are_offered_until_the_first_question() -> None:
    assert Page(conversation((), ("甲是多少？",))).attributes("data-question") == ["甲是多少？"]
    assert Page(conversation((Turn("乙"),), ("甲是多少？",))).attributes("data-question") == []
    assert "可以这样问" not in Page(conversation((), ())).text


def test_the_table_has_a_row_for_each_figure_in_order() -> None:
    page = Page(evidence(answer(), REPORTS))
    assert page.styled("indicator") == ["粮食总产量", "粮食总产量", "粮食总产量", "公园"]
    assert page.styled("value") == ["42.5", "+3.1", "第四位", "7"]
    assert page.styled("unit") == ["万吨", "%", "个"]
    assert page.styled("kind") == ["同比增长", "位次"]
    assert page.attributes("data-passage") == ["1", "1", "1", "2"]
    rows = [attributes.get("class") for tag, attributes in page.tags if tag == "tr"]
    assert rows == [None, "asked", None, None, None]


def test_a_bound_has_its_words() -> None:
    source = passage()
    about = figure("60座", source, indicator="图书馆", unit="座", bound="~")
    page = Page(evidence(answer(figures=(about,)), REPORTS))
    assert page.styled("bound") == ["≈"]
    assert "约" in page.attributes("title")


def test_a_figure_of_a_passage_that_is_not_shown_says_where_it_stands() -> None:
    source = passage("公园7个。", number=9)
    page = Page(evidence(answer(figures=(figure("7个", source),)), REPORTS))
    assert page.attributes("data-passage") == []
    assert "第10段" in page.styled("place")
    assert source.location in page.attributes("title")


def test_the_passage_shows_words_figures_and_quote() -> None:
    page = Page(evidence(answer(), REPORTS))
    assert page.styled("word") == ["粮食总产量"]
    assert page.styled("quoted") == ["全区", "粮食总产量", "达到", "42.5万吨"]
    assert page.styled("asked") == ["42.5万吨"]
    assert page.styled("figure") == ["3.1%", "第四位", "7个"]
    assert TEXT in page.text
    assert page.styled("place") == ["第2段（第3–5行）", "第3段（第6–8行）"]
    assert "样例公报 › 农业" in page.text


def test_the_same_number_elsewhere_in_the_passage_is_not_taken_for_the_asked_one() -> None:
    source = passage("旧馆42座，新馆42座。")
    told = answer(
        text="新馆42座。",
        quote=(6, 11),
        marks=((2, 5),),
        hits=(Hit(source, 1.0, {}),),
        figures=(figure("42座", source), replace(figure("42座", source), start=8, end=11)),
    )
    rows = [attributes.get("class") for tag, attributes in Page(evidence(told, REPORTS)).tags if tag == "tr"]
    assert rows == [None, None, "asked"]


def test_without_hits_the_reports_are_listed() -> None:
    for nothing in (None, answer(found=False, hits=(), figures=(), quote=None, marks=())):
        page = Page(evidence(nothing, REPORTS))
        assert "1 份报告，2 个段落，4 个数字" in page.text
        assert page.styled("file") == ["样例公报.txt"]


def test_without_figures_there_is_no_table() -> None:
    assert "table" not in [tag for tag, _ in Page(evidence(answer(figures=()), REPORTS)).tags]


@pytest.mark.parametrize(("seconds", "shown"), [(0.0384, "38 毫秒"), (1.25, "1.2 秒"), (12, "12.0 秒")])
def test_duration(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


def test_a_short_question_is_shown_whole() -> None:
    assert shortened(" 产值是多少？ ") == "产值是多少？"
