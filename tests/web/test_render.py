"""Answers as HTML."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retrieval.answer import Answer, Computation, Hit
from tests.web.pages import Page
from tests.web.samples import TEXT, answer, figure, passage, quoted, report, whole
from web.cited import shortened
from web.i18n import words
from web.markup import cleaned
from web.render import Evidence, composer, duration, evidence, turn, welcome
from web.told import Told, from_json, tell, to_json

REPORTS = (report("样例公报.txt", "样例公报"),)
CASES = Path(__file__).parents[1] / "cases" / "web" / "hostile_texts.jsonl"
HOSTILE = {case["name"]: case["text"] for case in map(json.loads, CASES.read_text("utf-8").splitlines())}

TAGS = {
    *("div", "section", "h2", "h3", "p", "ul", "ol", "li", "span", "button", "input", "details", "summary"),
    *("a", "dl", "dt", "dd", "svg", "path", "dialog", "label", "textarea", "kbd", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td", "mark", "blockquote", "abbr"),
}
ATTRIBUTES = {
    *(
        "class",
        "id",
        "role",
        "type",
        "title",
        "tabindex",
        "scope",
        "start",
        "download",
        "href",
        "hidden",
        "lang",
    ),
    *(
        "viewbox",
        "focusable",
        "d",
        "name",
        "value",
        "maxlength",
        "target",
        "rel",
        "for",
        "rows",
        "placeholder",
    ),
    *("autocomplete", "enterkeyhint"),
}
ZH, EN = words("zh-CN"), words("en")


def talk(*answers: Answer, reports: Any = REPORTS) -> Page:
    return Page("".join(turn(tell(one, reports), ZH) for one in answers))


def shown(told: Answer | None, reports: Any = REPORTS) -> Evidence:
    texts = {hit.passage.report: hit.passage.text for hit in reversed(told.hits)} if told else {}
    longest = max((len(hit.passage.text) for hit in told.hits), default=0) if told else 0
    return evidence(told, reports, lambda name: whole(name, texts[name].ljust(longest)), "000001", ZH)


def proof(told: Answer | None) -> Page:
    """The evidence of an answer, all its HTML."""
    made = shown(told)
    return Page(made.computed + made.passages)


def rows(page: Page) -> list[str | None]:
    return [attributes.get("class") for tag, attributes in page.tags if tag == "tr"]


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
    made = shown(told, reports)
    pages = [
        Page(turn(tell(told, reports), ZH)),
        Page(welcome((text, text), ZH)),
        Page(composer(reports, ZH)),
        Page(made.passages),
        Page(shown(None, reports).passages),
    ]
    for page in pages:
        assert {tag for tag, _ in page.tags} <= TAGS
        names = {name for _, attributes in page.tags for name in attributes}
        assert {name for name in names if not name.startswith(("aria-", "data-"))} <= ATTRIBUTES
        assert cleaned(text) in page.text
        addresses = [address for address in page.attributes("href") if not address.startswith("data:")]
        assert all(
            re.fullmatch(r"source/000001/-?\d+\?start=\d+&end=\d+#here", address) for address in addresses
        )
    assert pages[1].attributes("data-question") == [cleaned(text)] * 2


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_a_browser_sends_back_stays_text(text: str) -> None:
    told = from_json({"question": text[:2000], "found": True, "text": text, "sources": [text[:2000]]})
    if any("\ud800" <= character <= "\udfff" for character in text):
        assert told is None  # no text at all
        return
    assert told is not None
    assert {tag for tag, _ in Page(turn(told, ZH)).tags} <= TAGS


def test_the_answer_comes_with_the_asked_figure_marked() -> None:
    page = talk(answer())
    assert page.styled("asked") == ["42.5万吨"]
    assert page.styled("amount") == ["42.5"]
    assert "出处：第2段（第3–5行）" in page.text
    assert "用时 38 毫秒" in page.text
    assert page.styled("understood") == []


def test_in_a_long_quotation_the_clause_of_the_asked_figure_stands_out() -> None:
    before = "在打好丰收仗方面，各镇街全面落实责任，水利设施全部检修完毕，"
    text = f"{before}粮食总产量达到42.5万吨；新建公园7个，图书馆藏书30万册。"
    start = text.index("42.5万吨")
    told = answer(text=text, marks=((start, start + 6),), quote=None)
    page = talk(told)
    assert page.styled("clause") == ["粮食总产量达到", "42.5万吨", "；"]
    assert page.styled("asked") == ["42.5万吨"]


def test_a_short_quotation_is_one() -> None:
    assert talk(answer()).styled("clause") == []


def test_how_the_question_was_understood_is_shown_when_it_differs() -> None:
    page = talk(answer(question="去年呢？", understood="去年粮食总产量是多少？"))
    assert page.styled("understood") == ["按这个问题查找：去年粮食总产量是多少？"]


def test_a_refusal_names_the_nearest_passage_and_marks_nothing() -> None:
    refusal = answer(found=False, text="报告没有提到棉花产量。", quote=None, marks=(), reason="indicator")
    page = talk(refusal)
    assert "reply refused" in page.attributes("class")
    assert "最接近的段落：第2段" in page.text
    page = proof(refusal)
    assert "最接近的原文" in page.text
    assert page.styled("asked") == []
    # What may have nothing to do with the question comes last, and says so.
    assert page.text.index("也许相关的数字") > page.text.index("公园7个")


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
    assert shown in talk(told).text


def test_examples_are_offered() -> None:
    assert Page(welcome(("甲是多少？",), ZH)).attributes("data-question") == ["甲是多少？"]
    assert "可以这样问" not in Page(welcome((), ZH)).text


def test_the_page_speaks_english_too() -> None:
    page = Page(turn(tell(answer(), REPORTS), EN))
    assert "Numbers verified 1/1" in page.text
    assert "42.5万吨" in page.text  # what a report says is quoted as it is
    assert Page(composer(REPORTS, EN)).styled("scope") == ["All reports"]


def told_again(told: Told) -> Told | None:
    return from_json(json.loads(json.dumps(to_json(told))))


def test_a_turn_survives_the_browser() -> None:
    told = tell(answer(question="去年呢？"), REPORTS, ("样例公报.txt",))
    assert told_again(told) == told
    assert told_again(tell(Answer("", "", False, "请先输入问题。"), ())) is not None


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        "x",
        {"question": "甲"},
        {"question": 1, "found": True, "text": "甲"},
        {"question": "甲", "found": True, "text": "甲" * 20_001},
        {"question": "甲", "found": True, "text": "甲", "spans": [[0, 1, "onclick"]]},
        {"question": "甲", "found": True, "text": "甲", "card": {"indicator": "甲"}},
    ],
)
def test_what_is_no_turn_is_refused(content: object) -> None:
    assert from_json(content) is None


def test_the_table_has_a_row_for_each_figure_in_order() -> None:
    page = proof(answer())
    assert page.styled("indicator") == ["粮食总产量"] * 3 + ["公园"]
    assert page.styled("value") == ["42.5", "+3.1", "第四位", "7"]
    assert page.styled("unit") == ["万吨", "%", "个"]
    assert page.attributes("data-amount") == ["425000.0", "3.1", "4", "7"]
    assert page.styled("kind") == ["数量", "同比增长", "位次", "数量"]
    assert page.attributes("data-passage") == ["1", "1", "1", "2"]
    assert rows(page) == [None, "asked", None, None, None]


def test_a_bound_has_its_words() -> None:
    source = passage()
    about = figure("60座", source, indicator="图书馆", unit="座", bound="~")
    page = proof(answer(figures=(about,)))
    assert page.styled("bound") == ["≈"]
    assert "约" in page.attributes("title")


def test_a_figure_of_a_passage_that_is_not_shown_says_where_it_stands() -> None:
    source = passage("公园7个。", number=9)
    page = proof(answer(figures=(figure("7个", source),)))
    assert page.attributes("data-passage") == []
    assert "第10段" in page.styled("place")
    assert source.location in page.attributes("title")


def test_the_passage_shows_words_figures_and_quote() -> None:
    page = proof(answer())
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
    assert rows(proof(told)) == [None, None, "asked"]


def test_without_hits_the_reports_are_listed() -> None:
    for nothing in (None, answer(found=False, hits=(), figures=(), quote=None, marks=())):
        page = proof(nothing)
        assert "1 份报告，2 个段落，4 个数据" in page.text
        assert page.styled("file") == []  # named like the report
    [opened] = [attributes for tag, attributes in page.tags if tag == "a"]
    assert opened["href"] == "source/000001/0?start=0&end=0#here" and opened["data-do"] == "read"
    assert Page(shown(None, (report("样例.txt", "样例公报"),)).passages).styled("file") == ["样例.txt"]


def test_reports_of_one_title_are_told_apart_where_they_are_listed_and_chosen() -> None:
    same = (report("2024_甲省.txt", "政府工作报告"), report("2025_乙省.txt", "政府工作报告"))
    for page in (Page(composer(same, ZH)), Page(shown(None, same).passages)):
        for title in ("政府工作报告（2024_甲省）", "政府工作报告（2025_乙省）"):
            assert title in page.text


def test_without_figures_there_is_no_table() -> None:
    assert "table" not in [tag for tag, _ in proof(answer(figures=())).tags]


@pytest.mark.parametrize(("seconds", "shown"), [(0.0384, "38 毫秒"), (1.25, "1.2 秒"), (12, "12.0 秒")])
def test_duration(seconds: float, shown: str) -> None:
    assert duration(seconds, ZH) == shown


def test_a_time_that_cannot_be_measured_is_not_told() -> None:
    assert talk(answer(seconds=0.0004)).styled("took") == []


def test_a_short_question_is_shown_whole() -> None:
    assert shortened(" 产值是多少？ ") == "产值是多少？"


def test_the_asked_figure_has_a_card_with_what_changed() -> None:
    card = talk(answer())
    assert card.styled("indicator") == ["粮食总产量"]
    assert card.styled("amount") == ["42.5"]
    assert card.styled("unit") == ["万吨"]
    assert card.styled("beside") == ["同比 +3.1%", "第四位"]
    assert "样例公报" not in card.text  # the only report need not be named
    among_others = talk(answer(), reports=(*REPORTS, report("外省公报.txt", "外省公报")))
    assert "样例公报 第2段（第3–5行）" in among_others.text


def test_the_card_says_what_a_unit_means() -> None:
    source = passage("参保率提高3.2个百分点。")
    points = figure(
        "3.2个百分点",
        source,
        indicator="参保率",
        value=Decimal("3.2"),
        unit="个百分点",
        kind="change",
        direction="+",
    )
    told = answer(
        text=source.text, quote=(0, 12), marks=((5, 12),), hits=(Hit(source, 1.0, {}),), figures=(points,)
    )
    card = talk(told)
    assert card.styled("explained") == ["比例本身增加了3.2个百分点，不是增长3.2%"]
    assert card.styled("beside") == []


def test_a_bound_is_read_out() -> None:
    source = passage("产值超过80亿元。")
    more = figure("80亿元", source, indicator="产值", value=Decimal(80), unit="亿元", bound=">")
    told = answer(
        text=source.text, quote=(0, 9), marks=((4, 8),), hits=(Hit(source, 1.0, {}),), figures=(more,)
    )
    card = talk(told)
    assert card.styled("bound") == [">"]
    assert "超过80亿元" in card.text.replace(">", "")


@pytest.mark.parametrize("changed", [{"found": False}, {"marks": (), "quote": None}])
def test_without_an_asked_figure_there_is_no_card(changed: dict[str, Any]) -> None:
    assert talk(answer(**changed)).styled("amount") == []


def computed(formula: str) -> Answer:
    """An answer that was computed from two figures of two passages."""
    first, second = passage("甲地产量40万吨。"), passage("乙地产量4万吨，比上年增长10%。", number=2)
    figures = (
        figure("40万吨", first, value=Decimal(40)),
        figure("4万吨", second, value=Decimal(4)),
        figure("10%", second, value=Decimal(10), unit="%", kind="change", direction="+"),
    )
    return answer(
        text="甲更高，相差36万吨（推算）。",
        quote=None,
        marks=(),
        hits=(Hit(first, 0.9, {}), Hit(second, 0.8, {})),
        figures=figures,
        computations=(Computation(formula, "36万吨", figures),),
    )


@pytest.mark.parametrize(
    ("formula", "cited"),
    [
        ("40万吨 − 4万吨 = 36万吨", ["40万吨", "1", " − 4万吨", "2", " = 36万吨"]),
        ("40万吨 ÷ (1 + 10%) ≈ 36.36万吨", ["40万吨", "1", " ÷ (1 + 10%", "2", ") ≈ 36.36万吨"]),
        ("1040万吨 + 4万吨", ["1040万吨 + 4万吨", "2"]),
    ],
)
def test_each_number_of_a_formula_leads_to_its_passage(formula: str, cited: list[str]) -> None:
    page = Page(shown(computed(formula)).computed)
    parts = [part.strip() for part in page.styled("formula") + page.styled("cite")]
    assert sorted(parts) == sorted(part.strip() for part in cited)
    assert page.styled("estimated") == ["（推算）"]


def test_a_formula_is_said_once() -> None:
    formula = "40万吨 − 4万吨 = 36万吨"
    assert talk(computed(formula)).styled("formula") == [formula]
    assert talk(replace(computed(formula), text=f"相差：{formula}（推算）。")).styled("formula") == []


def test_what_is_computed_with_stands_out_where_it_stands() -> None:
    page = proof(computed("40万吨 − 4万吨 = 36万吨"))
    assert page.styled("asked") == ["40万吨", "4万吨", "10%"]
    assert rows(page) == [None, "asked", "asked", "asked"]
    assert talk(computed("40万吨 − 4万吨 = 36万吨")).styled("amount") == []  # what is shown large is stated


def test_an_answer_that_computes_names_all_its_sources() -> None:
    page = talk(computed("40万吨 − 4万吨 = 36万吨"))
    assert "出处：样例公报 第2段（第3–5行）；样例公报 第3段（第6–8行）" in page.text


def test_an_answer_from_many_passages_points_to_its_table() -> None:
    sources = [passage(f"产量{number}万吨。", number=number) for number in range(5)]
    figures = tuple(figure(f"{number}万吨", source) for number, source in enumerate(sources))
    told = answer(text="共5处。", quote=None, marks=(), figures=figures)
    assert "出处：5 个段落，见“相关的数字”" in talk(told).text


def test_an_answer_about_the_reports_has_no_source_of_its_own() -> None:
    told = answer(text="可以提问的报告：《2024年公报》。", quote=None, marks=(), figures=())
    page = talk(told)
    assert page.styled("source") == page.styled("checked") == []


def test_the_numbers_of_an_answer_are_counted_and_those_of_a_refusal_are_not() -> None:
    assert talk(answer()).styled("checked") == ["数字核验 1/1"]
    told = "全区粮食总产量达到42.6万吨"
    invented = answer(text=f"{told}。", pieces=quoted(told, passage()), quote=None, marks=())
    assert talk(invented).styled("checked") == ["数字核验 0/1"]
    assert talk(answer(found=False)).styled("checked") == []
    assert (
        talk(answer(text="农业局。", pieces=quoted("农业局", passage("农业局。")), marks=())).styled(
            "checked"
        )
        == []
    )


def test_a_refusal_says_only_once_where_the_nearest_passage_stands() -> None:
    location = passage().location
    refusal = answer(
        found=False, text=f"报告没有提到棉花；最接近的是：“粮食”（{location}）", quote=None, marks=()
    )
    page = talk(refusal)
    assert page.text.count("第2段") == 1


def test_figures_of_several_reports_say_whose_they_are() -> None:
    other = passage("粮食总产量38万吨。", report="外省公报.txt", title="外省公报")
    both = (*answer().figures[:1], figure("38万吨", other, value=Decimal(38)))
    page = proof(answer(figures=both))
    assert page.styled("whose") == ["样例公报", "外省公报"]
    # The indicator stands on the line of its number.
    assert [text for style, text in page.pieces if style in ("indicator", "whose") and text.strip()][:2] == [
        "粮食总产量",
        "样例公报",
    ]
    assert proof(answer()).styled("whose") == []


def test_the_table_can_be_taken_away() -> None:
    page = proof(answer())
    assert page.attributes("download") == ["问报数据.csv", "问报数据.xlsx"]
    assert sum(address.startswith("data:") for address in page.attributes("href")) == 2
