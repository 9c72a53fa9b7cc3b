"""Repairs as cases, and what holds for every text."""

import doctest
import importlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import REPAIRS, load_report, repair
from corpus.edits import Edit, apply_edits, compose
from corpus.headings import find_headings
from corpus.repair import Repair
from tests.growth import TIMES, assert_grows

CASES = Path(__file__).parents[1] / "cases" / "corpus"
BANAN = Path(__file__).parents[2] / "corpus" / "reports" / "聚焦区县党代会·巴南_2021-12.txt"


def cases(name: str) -> list:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", cases("repairs.jsonl"), ids=lambda case: case["name"])
def test_case(case: dict) -> None:
    assert repair(case["before"]).text == case["after"]


def test_doctests() -> None:
    for name in ("corpus.edits", "corpus.reasons", "corpus.repair"):
        failures, tried = doctest.testmod(importlib.import_module(name))
        assert tried and not failures


pieces = st.sampled_from(
    [
        "全市",
        "生产总值",
        "增长",
        "８．５％",
        "100 亿元",
        "，",
        "。",
        "\n",
        "\n\n",
        "　　",
        " ",
        "R&D",
        "（一）",
        "“",
        "”",
        "\u200b",
        "1,234",
        "1 9 9 7 年",
        "4 9 2 5 0 ",
        "1 5 ．3 ％",
    ]
)
texts = st.lists(pieces, max_size=60).map("".join)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_every_character_keeps_its_place(text: str) -> None:
    repaired = repair(text)
    assert len(repaired.origins) == len(repaired.text)
    assert repaired.origins == sorted(repaired.origins)
    for character, origin in zip(repaired.text, repaired.origins, strict=True):
        source = text[origin]
        narrowed = chr(ord(source) - 0xFEE0) if "！" <= source <= "～" else source
        assert character in (source, narrowed) or (character in "\n " and source.isspace())


@given(texts)
@settings(max_examples=300, deadline=None)
def test_only_white_space_and_invisible_characters_go(text: str) -> None:
    def visible(value: str) -> str:
        return "".join(value.replace("\u200b", "").split())

    wide = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF05, 0xFF0E)}
    assert visible(repair(text).text) == visible(text.translate(wide))


@given(texts)
@settings(max_examples=200, deadline=None)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair(text).text
    twice = repair(once)
    assert "".join(twice.text.split()) == "".join(once.split())


@given(st.text(alphabet="甲乙 \n", max_size=30), st.data())
def test_edits_compose(text: str, data: st.DataObject) -> None:
    spans = sorted(data.draw(st.sets(st.integers(0, max(len(text) - 1, 0)), max_size=5)))
    changed, origins = apply_edits(text, [Edit(at, at + 1, "") for at in spans if text])
    assert changed == "".join(text[origin] for origin in origins)
    again, moved = apply_edits(changed, [Edit(0, 1, "")] if changed else [])
    assert again == "".join(text[origin] for origin in compose(moved, origins))


def test_edits_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("甲乙丙", [Edit(1, 3, ""), Edit(2, 3, "")])


@pytest.mark.parametrize(
    ("before", "again", "after"),
    [
        ("甲。", "\n", ""),
        ("甲。", "\n", "乙。"),
        ("甲。", " ", "乙"),
        ("甲。", " \n　\t", ""),
        ("", "甲 \n\n", ""),
        ("", "甲 ", ""),
        ("", "全市新建公园十五个，绿地面\n积增加了二百公\n\n", ""),
        ("", "稳步发展工业 全面振兴乡村\n", ""),
        ("", "一", ""),
        ("", "1.11", ""),
        ("1 9 9 1 年" * 9, "1 9 9 7 年", ""),
        ("1 9 9 1 年" * 9, "1 ", ""),
        ("1 9 9 1 年" * 9, "1 . 1 ", ""),
        ("", "报告（", ""),
    ],
)
def test_no_text_takes_the_square_of_its_length(before: str, again: str, after: str) -> None:
    number = 200_000 // (TIMES * len(again))
    small, large = (before + again * times + after for times in (number, number * TIMES))
    for row in REPAIRS:

        def mend(text: str, row: Repair = row) -> str:
            return apply_edits(text, [*row.edits(text)])[0]

        assert_grows(mend, small, large)
        small, large = mend(small), mend(large)
    assert_grows(lambda text: find_headings(text, {}), small, large)


def test_every_repair_says_why() -> None:
    assert all(row.name and len(row.reason) > 8 for row in REPAIRS)


def test_the_shipped_report_is_whole_again() -> None:
    report = load_report(BANAN)
    assert report.title == "推进“一区五城”建设 努力成为重庆南部新的重要增长极"
    for sentence in (
        "辖区税收近4年均超过100亿元，成为全市税收超百亿的8个区县之一",
        "以创新驱动为引领，埋头苦干实干，推动了生物医药",
        "去年，巴南全社会研发投入总量达25.6亿元，近4年研究与试验发展(R&D)经费为76.17亿元，研发投入强度达2.96%",
        "国家高新技术企业达159家",
        "新建城市体育公园25个，巴滨路滨江风景带",
        "获评2020年全国村庄清洁行动先进区。\n在城市品质提升方面",
    ):
        assert sentence in report.text
    assert [heading.text for heading in report.headings] == [
        "全域联动统筹发展 城乡面貌焕然一新",
        "以创新驱动为引领 产业能级全面跃升",
        "提高对外开放水平 协同发展迈出新步伐",
    ]
    assert "".join(report.text.split()) == "".join(report.source.split())
    # Every paragraph but the title block and the headings is made of whole sentences.
    body = report.text.split("\n")[5:]
    headings = {heading.text for heading in report.headings}
    assert all(line in headings or line.endswith(("。", "……", "。”")) for line in body)
