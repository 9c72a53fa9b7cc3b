"""Passages: exact offsets, nothing lost, whole sentences, headings and lines."""

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Page, Report, SplitSettings, load_report, split_report
from corpus.headings import find_headings
from corpus.repair import repair
from tests.growth import TIMES, assert_grows

BANAN = Path(__file__).parents[2] / "corpus" / "reports" / "聚焦区县党代会·巴南_2021-12.txt"


def report_of(source: str, pages: tuple[Page, ...] = ()) -> Report:
    repaired = repair(source)
    headings = find_headings(repaired.text, {})
    return Report(
        "试.txt", Path("试.txt"), "", "试", repaired.text, source, repaired.origins, headings, pages
    )


clauses = st.sampled_from(
    [
        "全年实现生产总值820亿元，",
        "增长6.1%；",
        "好于预期。",
        "一、工作回顾\n",
        "（二）民生改善。",
        "“十四五”开局良好。”",
        "\n",
        "……",
        "A",
        "新" * 90,
    ]
)


@given(st.lists(clauses, min_size=1, max_size=80).map("".join))
@settings(max_examples=200, deadline=None)
def test_offsets_are_exact_and_nothing_is_lost(source: str) -> None:
    report = report_of(source)
    passages = split_report(report)
    assert all(report.text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(passage.text == passage.text.strip() != "" for passage in passages)
    assert "".join("".join(passage.text.split()) for passage in passages) == "".join(report.text.split())
    assert [passage.number for passage in passages] == list(range(1, len(passages) + 1))
    longest = SplitSettings().longest + SplitSettings().shortest
    assert all(len(passage.text) <= longest for passage in passages)


def test_passages_end_where_sentences_end() -> None:
    report = load_report(BANAN)
    passages = split_report(report)
    ends = Counter(passage.text[-1] for passage in passages[:-1])
    assert set(ends) <= set("。……”")
    assert sum(100 <= len(passage.text) <= 300 for passage in passages) >= 0.8 * len(passages)


def test_a_passage_knows_its_heading_paragraph_and_lines() -> None:
    report = load_report(BANAN)
    passage = next(passage for passage in split_report(report) if "47.6%" in passage.text)
    assert passage.headings == ("全域联动统筹发展 城乡面貌焕然一新",)
    first, last = passage.lines
    lines = report.source.split("\n")[first - 1 : last]
    assert "".join("".join(lines).split()).startswith("".join(passage.text.split())[:20])
    assert "".join(passage.text.split())[-10:] in "".join("".join(lines).split())
    assert report.text.split("\n")[passage.paragraph - 1] in passage.text
    assert passage.location == f"{report.name} 第{passage.paragraph}段（第{first}–{last}行）"


def test_a_heading_begins_its_passage_and_is_not_crossed() -> None:
    report = report_of("一、工业\n产值增长。\n二、农业\n粮食丰收。\n")
    assert [(passage.text, passage.headings) for passage in split_report(report)] == [
        ("一、工业\n产值增长。", ("一、工业",)),
        ("二、农业\n粮食丰收。", ("二、农业",)),
    ]


def test_headings_nest() -> None:
    report = report_of(
        "一、工业\n（一）钢铁\n产量增长，效益提高。\n（二）化工\n产量持平，价格上涨。\n二、农业\n粮食丰收。\n"
    )
    assert [passage.headings for passage in split_report(report)] == [
        ("一、工业", "（一）钢铁"),
        ("一、工业", "（二）化工"),
        ("二、农业",),
    ]


SECTION = "一、工业经济\n产值增长，效益好。\n"


def test_each_of_many_headings_begins_a_passage() -> None:
    passages = split_report(report_of(SECTION * 8_000))
    assert len(passages) == 8_000
    assert {passage.headings for passage in passages} == {("一、工业经济",)}


def test_many_headings_take_no_square_of_their_number() -> None:
    small, large = (report_of(SECTION * number) for number in (1_000, 1_000 * TIMES))
    assert_grows(split_report, small, large)


def test_a_passage_knows_its_page() -> None:
    report = report_of("甲甲甲。\n乙乙乙。", (Page(1, 0, 5), Page(2, 5, 9)))
    passages = split_report(report, SplitSettings(longest=5, shortest=0))
    assert [(passage.page, passage.location) for passage in passages] == [
        (1, "试.txt 第1页 第1段（第1行）"),
        (2, "试.txt 第2页 第2段（第2行）"),
    ]
