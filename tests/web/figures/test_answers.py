"""What the tab answers: pages of the table, the comparison, contradictions, files, charts; and how time grows."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic import ValidationError

from corpus.figures.figure import Kind, Status
from index import Index
from retrieval import RetrievalError
from retrieval.facts.filter import COLUMNS
from retrieval.render.export import HEADS
from retrieval.words.phrases import KIND_SAID, STATUS_SAID
from tests.growth import TIMES, assert_grows
from tests.retrieval.ledgers import index_of
from tests.web.figures.shelves import HOSTILE, REPORTS, ALibrary, large_index
from tests.web.pages import CHINESE, Page, Unmarked
from web.figures.answers import Figures
from web.figures.asked import asked_of
from web.figures.names import table_name
from web.figures.page import ROWS
from web.i18n import LANGUAGES, words

ZH, EN = words("zh-CN"), words("en")
MANY = 20_000  # figures
NAMES = list(REPORTS)
ANYTHING = re.compile(".+")  # what is heard besides the text has names of figures in it


def rows(page: Page) -> list[int]:
    return [int(row) for row in page.attributes("data-row")]


def quotes(figures: Figures, index: Index, **asked: Any) -> list[str]:
    page = Page(figures.look(asked, ZH)["html"])
    return [index.ledger[row].figure.quote for row in rows(page)]


def test_all_figures_are_listed_with_their_source(figures: Figures, index: Index) -> None:
    page = Page(figures.look({}, ZH)["html"])
    assert rows(page) == list(range(len(index.ledger)))
    assert page.styled("found")[0].strip() == f"{len(index.ledger)} 个数据"
    assert page.styled("asked") == [entry.figure.quote for entry in index.ledger]
    assert page.attributes("aria-rowindex") == [str(place) for place in range(1, len(index.ledger) + 2)]
    addresses = page.attributes("href")
    for row, address in zip(rows(page), addresses, strict=True):
        entry = index.ledger[row]
        number = [report.name for report in index.manifest.reports].index(entry.report)
        place = f"start={entry.figure.start}&end={entry.figure.end}#here"
        assert address == f"source/{index.manifest.generation}/{number}?{place}"
        assert f"figures-source-{row}" in page.attributes("id")


def test_what_is_typed_filters_and_orders(figures: Figures, index: Index) -> None:
    asked = {"indicator": "gdp", "kind": "level", "column": "value", "descending": True}
    assert quotes(figures, index, **asked) == ["1.2万亿元", "340亿元", "330亿元", "312.5亿元", "290亿元"]
    page = Page(figures.look(asked, ZH)["html"])
    assert page.styled("found")[0].strip() == f"5 个数据，全部 {len(index.ledger)} 个"
    assert page.attributes("aria-sort") == ["descending"]
    assert figures.look(asked, ZH)["names"] == ("地区生产总值",)
    mixed = figures.look({"column": "value"}, ZH)["html"]
    assert ZH("figures.sorted.value") in mixed
    assert ZH("figures.sorted.value") not in figures.look(asked, ZH)["html"]


def test_nothing_found_says_what_to_do(figures: Figures) -> None:
    answer = figures.look({"indicator": "珠穆朗玛峰"}, ZH)
    assert rows(Page(answer["html"])) == []
    assert ZH("figures.none.hint") in Page(answer["html"]).text
    assert answer["said"] == "没有符合条件的数据"


def test_reports_without_figures(tmp_path: Any) -> None:
    empty = Figures(ALibrary(index_of(tmp_path, {"随笔.txt": "山里有一座老桥。\n"})))  # type: ignore[arg-type]
    assert ZH("figures.empty") in empty.look({}, ZH)["html"]
    assert ZH("figures.matrix.single") in empty.frame(ZH)[0]
    assert ZH("figures.check.none") in empty.check(ZH)["html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_report_says_stays_text(figures: Figures, language: Any) -> None:
    told = words(language)
    reports = {"reports": NAMES}
    parts = [
        *figures.frame(told),
        figures.look({}, told)["html"],
        figures.look({"indicator": HOSTILE}, told)["html"],
        figures.compare(reports, told)["html"],
        figures.check(told)["html"],
    ]
    for part in parts:
        page = Page(part)
        assert not {tag for tag, _ in page.tags} & {"img", "script", "iframe", "svg"}
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        assert all(address.startswith("source/") for address in page.attributes("href"))
    assert any(HOSTILE in Page(part).text for part in parts)


def test_pages_follow_one_another_without_gap(index: Index) -> None:
    large = Figures(ALibrary(large_index(index, 2 * ROWS + 7)))  # type: ignore[arg-type]
    shown = [rows(Page(large.look({"page": number}, ZH)["html"])) for number in (1, 2, 3)]
    assert [len(page) for page in shown] == [ROWS, ROWS, 7]
    assert [row for page in shown for row in page] == list(range(2 * ROWS + 7))
    assert rows(Page(large.look({"page": 99}, ZH)["html"])) == shown[2]
    assert rows(Page(large.look({"page": -1}, ZH)["html"])) == shown[0]
    last = large.look({"page": 3}, ZH)["html"]
    assert f"第 101–107 行，共 {2 * ROWS + 7} 行" in last
    assert re.search(r'data-page="4"[^>]* disabled', last)


@pytest.fixture(scope="module")
def few_and_many(index: Index) -> list[Figures]:
    found = [Figures(ALibrary(large_index(index, number))) for number in (MANY // TIMES, MANY)]  # type: ignore[arg-type]
    for figures in found:
        figures.look({}, ZH)  # what is made once a generation
    return found


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("typed", [{}, {"indicator": "类产品", "period": "去年", "unit": "万元", "page": 40}])
def test_twenty_thousand_figures_are_filtered_ordered_and_shown_in_line_with_their_number(
    few_and_many: list[Figures], column: str, typed: dict[str, Any]
) -> None:
    asked = {**typed, "column": column, "descending": True}
    assert_grows(lambda figures: figures.look(asked, ZH), *few_and_many)
    assert len(rows(Page(few_and_many[1].look(asked, ZH)["html"]))) == ROWS


def test_reports_side_by_side_with_differences_and_quotes(figures: Figures) -> None:
    answer = figures.compare({"reports": [NAMES[0], NAMES[2]]}, ZH)
    page = Page(answer["html"])
    assert "地区生产总值" in page.text
    assert "+11687.5" in page.text
    assert "−1.6" in page.text
    assert "312.5亿元" in page.styled("asked")
    assert answer["said"] == ZH("figures.matrix.rows", number=len(page.attributes("aria-controls")))
    assert ZH("figures.matrix.years") not in page.text
    mixed = figures.compare({"reports": [NAMES[1], NAMES[2]]}, ZH)
    assert ZH("figures.matrix.years") in Page(mixed["html"]).text
    nothing = figures.compare({"reports": NAMES[:2]}, EN)
    assert "English" not in nothing["html"]
    assert "Amount" in nothing["html"]


def test_reports_that_cannot_be_compared(figures: Figures) -> None:
    with pytest.raises(RetrievalError):
        figures.compare({"reports": NAMES[:1]}, ZH)
    gone = {"reports": [NAMES[0], "没有.txt"]}
    assert figures.compare(gone, ZH) == figures.file(gone, ZH) == {"outdated": ZH("figures.outdated")}


CONTRADICTING = {
    "甲.txt": "仙居县工作报告\n2024年2月6日\n\n去年，粮食总产量5.2万吨。油料产量3万吨。\n",
    "乙.txt": "仙居县工作报告\n2024年2月6日\n\n2023年，粮食总产量5.8万吨。\n",
}


def test_contradictions_are_listed_with_both_quotes_and_marked(tmp_path: Any) -> None:
    index = index_of(tmp_path, CONTRADICTING)
    figures = Figures(ALibrary(index))  # type: ignore[arg-type]
    assert not Page(figures.look({}, ZH)["html"]).styled("flag")
    answer = figures.check(ZH)
    assert answer["number"] == 1
    assert sorted(Page(answer["html"]).styled("asked")) == ["5.2万吨", "5.8万吨"]
    assert len(Page(figures.look({}, ZH)["html"]).styled("flag")) == 2
    only = Page(figures.look({"contradicting": True}, ZH)["html"])
    assert [index.ledger[row].figure.quote for row in rows(only)] == ["5.8万吨", "5.2万吨"]


def test_each_figure_of_a_contradiction_is_marked_in_its_one_sentence(tmp_path: Any) -> None:
    grown = "仙居县工作报告\n2024年2月6日\n\n去年，经营主体从3.2万户增加到4.1万户，增长58%。\n"
    figures = Figures(ALibrary(index_of(tmp_path, {"甲.txt": grown})))  # type: ignore[arg-type]
    assert Page(figures.check(ZH)["html"]).styled("asked") == ["3.2万户", "4.1万户", "58%"]
    assert 'says "up 58%".' in Page(figures.check(EN)["html"]).text


def test_no_contradictions_say_what_was_checked(figures: Figures, index: Index) -> None:
    answer = figures.check(ZH)
    assert answer["number"] == 0
    assert f"已核对 3 份报告的 {len(index.ledger)} 个数据" in Page(answer["html"]).text


def test_the_filtered_table_is_taken_away(figures: Figures) -> None:
    asked = {"indicator": "GDP", "kind": "level", "column": "value"}
    expected = ["290", "312.5", "330", "340", "1.2"]
    made = figures.file({**asked, "file": "csv"}, ZH)
    lines = list(csv.DictReader(b64decode(made["content"]).decode("utf-8-sig").splitlines()))
    assert made["name"] == "问报数据_GDP_数量.csv"
    assert [line["数值"] for line in lines] == expected
    made = figures.file({**asked, "file": "xlsx"}, EN)
    sheet = load_workbook(BytesIO(b64decode(made["content"]))).active
    assert made["name"] == "wenbao-figures_GDP_amount.xlsx"
    assert sheet.max_row == 6
    assert sheet.freeze_panes == "C2"
    amounts = [sheet.cell(row, 4) for row in range(2, 7)]
    assert {cell.data_type for cell in amounts} == {"n"}
    heads = [cell.value for cell in sheet[1]]
    assert heads[:7] == ["No.", "Indicator", "Bound", "Value", "Value to", "Unit", "Direction"]
    assert not CHINESE.search("".join(heads)) and sheet.title == "Figures"
    told = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert {(line["Kind"], line["Status"]) for line in told} == {("amount", "actual"), ("amount", "target")}
    assert told[0]["Location"] == "仙居县工作报告2024.txt para. 1 (lines 1–6)"
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_comparison_is_taken_away(figures: Figures) -> None:
    made = figures.file({"reports": NAMES[:2], "file": "csv"}, ZH)
    lines = list(csv.reader(b64decode(made["content"]).decode("utf-8-sig").splitlines()))
    assert made["name"] == "问报对照_2024年·仙居县工作报告_2025年·仙居县工作报告.csv"
    head = "2024年·仙居县工作报告（2023年数据）"
    assert lines[0][5:8] == [f"{head} 数量", f"{head} 变化", f"{head} 出处"]
    assert "17.5" in next(line for line in lines if line[0] == "地区生产总值")
    made = figures.file({"reports": NAMES[:2], "file": "csv"}, EN)
    lines = list(csv.reader(b64decode(made["content"]).decode("utf-8-sig").splitlines()))
    head = "2025年·仙居县工作报告 (data of 2024)"
    assert lines[0][:2] == ["Indicator", "Unit"]
    assert lines[0][8:11] == [f"{head} amount", f"{head} change", f"{head} difference"]
    grain = next(line for line in lines if line[0] == "粮食产量")
    assert grain[-1] == "仙居县工作报告2025.txt para. 1 (lines 1–4): ≥6万吨"


def test_the_english_page_has_no_chinese_but_what_reports_hold(tmp_path: Any) -> None:
    figures = Figures(ALibrary(index_of(tmp_path, REPORTS | CONTRADICTING)))  # type: ignore[arg-type]
    names = [*REPORTS, *CONTRADICTING]
    grown = figures.look({"indicator": "GDP", "kind": "level"}, EN)
    picked = {"rows": rows(Page(grown["html"])), "generation": grown["generation"]}
    parts = {
        "table": figures.look({}, EN)["html"],
        "comparison": figures.compare({"reports": names}, EN)["html"],
        "contradictions": figures.check(EN)["html"],
        "frame": "".join(figures.frame(EN)),
        "chart": figures.draw(picked, EN)[0],
    }
    for name, part in parts.items():
        assert Unmarked(part, ANYTHING).found == [], name
    assert "is given in two reports as" in Page(parts["contradictions"]).text
    assert 'class="value"' in parts["comparison"]
    assert 'class="sources"' in parts["chart"]


def test_reports_are_called_by_their_titles_and_not_by_their_files(figures: Figures) -> None:
    frame, _ = figures.frame(ZH)
    shown = [frame, figures.look({}, ZH)["html"], figures.compare({"reports": NAMES[:2]}, ZH)["html"]]
    for part in shown:
        assert "2024年·仙居县工作报告" in Page(part).text
        assert not [name for name in NAMES if name.removesuffix(".txt") in Page(part).text]
    table = Page(shown[1])
    assert "2024年·仙居县工作报告" in table.attributes("title")


TWICE = {
    "公报.txt": """青田县统计公报
2024年2月6日

去年，粮食产量5.2万吨。

|指标|单位|2023年|
|---|---|---|
|粮食产量|万吨|5.20|
|油料产量|万吨|0.7|
"""
}


def test_what_a_report_says_twice_is_one_line_with_both_sources(tmp_path: Any) -> None:
    index = index_of(tmp_path, TWICE)
    assert [entry.figure.quote for entry in index.ledger] == ["5.2万吨", "5.20", "0.7"]
    figures = Figures(ALibrary(index))  # type: ignore[arg-type]
    page = Page(figures.look({}, ZH)["html"])
    assert rows(page) == [0, 2]
    assert page.styled("times") == ["2 处"]
    assert page.styled("asked") == ["5.2万吨", "5.20", "0.7"]
    quotes = re.findall(r"<blockquote.*?>(.*?)</blockquote>", figures.look({}, ZH)["html"], re.DOTALL)
    assert quotes[1] == '|粮食产量|万吨|<mark class="asked">5.20</mark>|'
    assert len(page.attributes("href")) == 3
    assert page.styled("found")[0].split() == ["3", "个数据"]
    assert ZH("figures.folded", number=2) in page.text
    made = figures.file({"indicator": "粮食", "file": "csv"}, ZH)
    [line] = csv.DictReader(b64decode(made["content"]).decode("utf-8-sig").splitlines())
    assert (line["处数"], line["报告"], line["文件"]) == ("2", "青田县统计公报", "公报.txt")
    assert line["位置"].startswith("公报.txt 第") and line["其他位置"].startswith("公报.txt 第")
    assert (line["时间"], line["原文时间"], line["起始日"]) == ("2023年", "去年", "2023-01-01")


def test_a_time_that_is_not_printed_is_told_as_such(tmp_path: Any) -> None:
    text = "青田县工作报告\n2024年2月6日\n\n全县粮食产量5.2万吨。\n2023年，油料产量3万吨。\n"
    figures = Figures(ALibrary(index_of(tmp_path, {"甲.txt": text})))  # type: ignore[arg-type]
    page = Page(figures.look({"period": "2023"}, ZH)["html"])
    assert len(rows(page)) == 2
    assert page.styled("inferred") == ["2023年"]


def test_a_line_is_marked_where_any_place_of_it_contradicts(tmp_path: Any) -> None:
    said = "仙居县工作报告\n2024年2月6日\n\n去年，粮食总产量5.2万吨。2023年，粮食总产量52000吨。\n2023年，粮食总产量5.8万吨。\n"
    figures = Figures(ALibrary(index_of(tmp_path, {"甲.txt": said})))  # type: ignore[arg-type]
    assert figures.check(ZH)["number"]
    page = Page(figures.look({}, ZH)["html"])
    assert (len(page.styled("times")), len(page.styled("flag")), len(rows(page))) == (1, 2, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_boxes_and_files_have_one_word_for_one_thing(figures: Figures, language: Any) -> None:
    told = words(language)
    heads = Page(figures.look({}, told)["html"]).text
    boxes = figures.frame(told)[0]
    for name in COLUMNS:
        assert told(f"column.{name}") in heads
        assert name == "value" or f"<span>{told(f'column.{name}')}</span>" in boxes
        assert ZH(f"column.{name}") == HEADS[name].text
    for kind in get_args(Kind):
        assert ZH(f"figures.kind.{kind}") == KIND_SAID[kind].text
    for status in get_args(Status):
        assert ZH(f"figures.status.{status}") == ZH(f"status.{status}") == STATUS_SAID[status].text


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "问报数据_全部"),
        ({"indicator": "GDP", "place": "仙居", "period": "2024"}, "问报数据_GDP_仙居_2024"),
        ({"kind": "rank", "status": "actual"}, "问报数据_位次_实际"),
        ({"indicator": "../a:b*?<c>", "unit": "元/人"}, "问报数据_.._a_b_c_元_人"),
        ({"indicator": "长" * 200}, "问报数据_" + "长" * 75),
    ],
)
def test_a_file_is_named_for_what_is_in_it(asked: dict[str, str], name: str) -> None:
    assert table_name(asked_of(asked), ZH) == name


def test_the_picked_rows_alone_are_shown_and_taken_away(figures: Figures, index: Index) -> None:
    asked = {"rows": [5, 0, 10**6], "picked": True, "generation": index.manifest.generation}
    assert rows(Page(figures.look(asked, ZH)["html"])) == [0, 5]
    assert rows(Page(figures.look({**asked, "kind": "change"}, ZH)["html"])) == []
    made = figures.file({**asked, "file": "csv"}, ZH)
    assert made["name"] == "问报数据_所选.csv"
    assert len(b64decode(made["content"]).decode("utf-8-sig").splitlines()) == 3
    outdated = figures.look({**asked, "generation": "000000-x"}, ZH)["html"]
    assert len(rows(Page(outdated))) == len(index.ledger)
    stale = figures.file({**asked, "generation": "000000-x"}, ZH)
    assert stale == {"outdated": ZH("figures.outdated")}  # and not all of the ledger as what was picked


def test_picked_rows_are_drawn(figures: Figures, index: Index) -> None:
    generation = index.manifest.generation
    picked = [row for row, entry in enumerate(index.ledger) if entry.terms.series == "地区生产总值"]
    told, spec = figures.draw({"rows": picked, "generation": generation}, ZH)
    assert spec is not None
    assert len(spec["data"]["values"]) == 5
    assert "另有 3 个" in told
    assert Page(told).attributes("data-shape") == ["bars", "line", "ranking"]
    _, ranking = figures.draw({"rows": picked, "generation": generation, "drawn": "ranking"}, ZH)
    assert ranking is not None
    assert ranking["data"]["values"][0]["printed"] == "1.2万亿元"
    assert "http" not in json.dumps(ranking)


def test_what_cannot_be_drawn_says_why(figures: Figures, index: Index) -> None:
    for sent in ({"rows": [0]}, {"rows": []}, {"rows": [10**6]}):
        told, spec = figures.draw({**sent, "generation": index.manifest.generation}, ZH)
        assert spec is None
        assert ZH("figures.too_few") in told


def test_rows_of_an_earlier_generation_are_not_drawn(
    figures: Figures, library: ALibrary, index: Index
) -> None:
    before = figures.look({}, ZH)["generation"]
    newer = replace(index, manifest=replace(index.manifest, generation="000002-x"))
    library.use(newer)
    told, spec = figures.draw({"rows": [0, 5], "generation": before}, ZH)
    assert spec is None
    assert ZH("figures.outdated") in told
    assert figures.look({}, ZH)["generation"] == "000002-x"
    assert figures.look({"generation": before}, ZH)["frame"] == figures.frame(ZH)[0]
    assert not figures.look({"generation": "000002-x"}, ZH)["frame"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "x",
        {"page": "one"},
        {"column": "__class__"},
        {"rows": [-1]},
        {"rows": list(range(501))},
        {"indicator": "x" * 201},
        {"reports": ["a"] * 13},
        {"drawn": "pie"},
        {"unknown": 1},
        {"indicator": {"a": 1}},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(figures: Figures, sent: Any) -> None:
    for ask in (figures.look, figures.compare, figures.draw):
        with pytest.raises(ValidationError):
            ask(sent, ZH)


def test_files_of_other_kinds_are_refused(figures: Figures) -> None:
    for sent in ({"file": "../../etc/passwd"}, {"file": None}, None):
        with pytest.raises(ValidationError):
            figures.file(sent, ZH)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.text(max_size=12)
            for name in ("indicator", "place", "period", "unit", "report", "kind", "status")
        },
    )
)
def test_any_typed_words_are_answered(index: Index, sent: dict[str, str]) -> None:
    figures = Figures(ALibrary(index))  # type: ignore[arg-type]
    answer = figures.look(sent, ZH)
    assert Page(answer["html"]).text
    assert asked_of(sent).page == 1
