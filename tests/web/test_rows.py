"""Rows of tables as HTML tables: heads, marks, and nothing lost."""

from __future__ import annotations

import re

import pytest
from lxml import html
from lxml.html import HtmlElement

from web.i18n import words
from web.markup import Span
from web.rows.draw import drawn

SAID = words("zh-CN")
TEXT = (
    "各县平稳。\n"
    "【表2 各县产值（单位：亿元）】县｜2023年·总量｜2023年·增速｜备注\n"
    "【表2 各县产值（单位：亿元）】松岭｜2023年·总量：1,318.6｜2023年·增速：4.4%｜备注：含<b>园区\n"
    "【表2 各县产值（单位：亿元）】松岭｜其中：工业｜2023年·总量：97.2｜2023年·增速：-｜备注：按期\n"
    "说明如下。"
)


def page(text: str, *spans: Span) -> HtmlElement:
    return html.fragment_fromstring(str(drawn(text, spans, SAID)), create_parent="div")


def span_of(quote: str, style: str, text: str = TEXT) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote), style)


def texts(found: list[HtmlElement]) -> list[str]:
    return [element.text_content() for element in found]


def test_caption_and_heads_are_said_once() -> None:
    shown = page(TEXT)
    [table] = shown.xpath(".//table")
    assert texts(table.xpath("caption")) == ["表2 各县产值（单位：亿元）"]
    assert texts(table.xpath("thead/tr[1]/th")) == ["县", "2023年", "备注"]
    assert [
        (head.get("scope"), head.get("colspan"), head.get("rowspan"))
        for head in table.xpath("thead/tr[1]/th")
    ] == [
        ("col", None, "2"),
        ("colgroup", "2", None),
        ("col", None, "2"),
    ]
    assert texts(table.xpath("thead/tr[2]/th[@scope='col']")) == ["总量", "增速"]
    assert texts(table.xpath("tbody/tr/th[@scope='row']")) == ["松岭", "其中：工业"]
    assert [texts(row.xpath("td")) for row in table.xpath("tbody/tr")] == [
        ["1,318.6", "4.4%", "含<b>园区"],
        ["97.2", "-", "按期"],
    ]
    assert shown.text_content().startswith("各县平稳。") and shown.text_content().endswith("说明如下。")


def test_numbers_stand_to_the_right_and_a_part_behind_its_whole() -> None:
    [table] = page(TEXT).xpath(".//table")
    assert texts(table.xpath("tbody//td[@class='number']")) == ["1,318.6", "4.4%", "97.2", "-"]
    assert texts(table.xpath("thead//th[@class='number']")) == ["总量", "增速"]
    assert texts(table.xpath("tbody/tr[@class='part']/th")) == ["其中：工业"]


def test_the_figure_is_marked_in_its_cell_and_its_row() -> None:
    quoted = span_of("【表2 各县产值（单位：亿元）】松岭｜2023年·总量：1,318.6", "quoted")
    shown = page(TEXT, quoted, span_of("1,318.6", "asked"), span_of("各县产值", "word"))
    assert texts(shown.xpath(".//tr[@class='asked quoted']/th")) == ["松岭"]
    assert texts(shown.xpath(".//td[@class='number asked']/mark[@class='asked']")) == ["1,318.6"]
    assert texts(shown.xpath(".//caption/span/mark[@class='word']")) == ["各县产值"]
    assert not shown.xpath(".//mark[contains(@class, 'quoted')]")


def test_the_table_can_be_reached_and_has_a_name() -> None:
    [region] = page(TEXT).xpath(".//div[@class='rows']")
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert region.get("aria-label") == "表格：表2 各县产值（单位：亿元）"


def test_each_row_is_as_wide_as_the_table() -> None:
    text = (
        TEXT.replace("｜备注：按期", "")
        + "\n指标｜本期\n收入｜一季度｜本期：8\n收入｜二季度｜本期：9\n成本｜本期：3"
    )
    for table in page(text).xpath(".//table"):
        widths: list[int] = []
        down: dict[int, int] = {}
        for number, row in enumerate(table.xpath(".//tr")):
            cells = row.xpath("th|td")
            widths.append(sum(int(cell.get("colspan", 1)) for cell in cells) + down.get(number, 0))
            for cell in cells:
                for below in range(number + 1, number + int(cell.get("rowspan", 1))):
                    down[below] = down.get(below, 0) + int(cell.get("colspan", 1))
        assert len(set(widths)) == 1


def test_text_without_rows_stays_as_it_is() -> None:
    assert (
        drawn("全年投资12亿元。\n增长5%", [Span(4, 8, "asked")], SAID)
        == '全年投资<mark class="asked">12亿元</mark>。\n增长5%'
    )


@pytest.mark.parametrize(
    ("before", "caption", "above"),
    [
        ("表1 产值\n单位：亿元\n", "表1 产值（单位：亿元）", True),
        ("表1 产值\n（单位：亿元）\n", "表1 产值（单位：亿元）", True),
        ("各县平稳。\n表1 产值\n", "表1 产值", True),
        ("表1 产值\n", "表1 产值（单位：亿元）", False),
        ("表1 产值平稳。\n", "表1 产值", False),
        ("", "表1 产值", False),
    ],
)
def test_a_title_that_stands_over_the_table_is_not_shown_twice(
    before: str, caption: str, above: bool
) -> None:
    [shown] = page(f"{before}【{caption}】松岭｜产值：5").xpath(".//caption")
    assert shown.text_content() == caption
    assert (shown.get("class") == "above") is above


def test_copied_text_has_no_machine_marks() -> None:
    assert not re.search("[【】｜]", page(TEXT).text_content())
