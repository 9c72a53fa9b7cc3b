"""Verdicts: what a passage has to name before its figures answer a question."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus import Passage
from retrieval import Retriever
from retrieval.fits import fits
from retrieval.inquiry import UNTIMELY, Inquiry
from retrieval.pick import pick
from retrieval.question import understand
from retrieval.search.fusion import Signals
from retrieval.search.searcher import Evidence
from retrieval.search.sentences import sentence_spans
from retrieval.verdict import fitting, other_indicator, other_organisation, shares_no_word, unshared_measure
from tests.retrieval.ledgers import index_of

CASES = Path(__file__).parents[1] / "cases/retrieval/organisations.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def passage(row: dict[str, Any]) -> Passage:
    title, headings = row.get("title", "年度报告"), tuple(row.get("headings", ()))
    return Passage(
        row.get("report", "a.txt"), 0, row["text"], 0, len(row["text"]), title, headings, 1, (1, 1)
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['question']} {row['text']}")
def test_an_organisation_s_figures_are_only_given_from_what_names_it(row: dict[str, Any]) -> None:
    assert other_organisation(understand(row["question"]), passage(row)) == row.get("missing")


def test_a_follow_up_may_leave_the_organisation_to_the_question_before() -> None:
    asked = understand("那利润呢", ["宏远集团营收多少？"])
    row = {"text": "利润2.5亿元。"}
    assert asked.focus
    assert other_organisation(asked, passage(row)) is None


REPORT = """云和县政府工作报告
2026年1月12日

一、2025年工作回顾

建成东岭、西桥、南湖公路，常住人口城镇化率达到68.2%。

二、2026年工作安排

建成北山、古城、新街公路，城镇化率达到69%左右。
"""


@pytest.fixture(scope="module")
def inquiry(tmp_path_factory: pytest.TempPathFactory) -> Inquiry:
    return Retriever(index_of(tmp_path_factory.mktemp("判断"), {"报告.txt": REPORT}))._inquiry(None, 5)


def test_what_is_planned_stands_behind_what_was_done_where_that_is_asked_for(inquiry: Inquiry) -> None:
    asked = understand("2025年建成了哪些公路")
    names = {entry.name for entry in inquiry.entries}
    plain = {(one.row, one.start): one.score for one in inquiry.searcher.find(asked, names, names).evidence}
    lost = {}
    for one in inquiry.find(asked).evidence:
        heading = inquiry.index.passages[one.row].headings[:1]
        lost.setdefault(heading, plain[one.row, one.start] - one.score)
    assert lost[("二、2026年工作安排",)] == pytest.approx(UNTIMELY)
    assert lost[("一、2025年工作回顾",)] == 0
    planned = inquiry.find(understand("2026年计划建成哪些公路")).evidence
    assert "北山" in inquiry.index.passages[planned[0].row].text


ADDED = "云和县工作总结\n\n去年新建社区食堂14家。全县有图书馆3座。\n"


@pytest.mark.parametrize(
    ("asked", "quote"),
    [
        ("云和有多少家食堂？", None),
        ("社区食堂一共有多少家", None),
        ("新建了多少家社区食堂？", "14家"),
        ("有几座图书馆", "3座"),
    ],
)
def test_what_was_added_is_not_how_many_there_are(tmp_path: Path, asked: str, quote: str | None) -> None:
    answer = Retriever(index_of(tmp_path, {"总结.txt": ADDED})).ask(asked)
    assert answer.found is (quote is not None), answer.text
    assert quote is None or answer.figures[0].quote == quote


def test_a_name_that_only_narrows_need_not_be_said(inquiry: Inquiry) -> None:
    asked = understand("2025年县城人口占比（城镇化率）")
    best = pick(inquiry.index, asked, inquiry.find(asked))[0]
    assert best.figure.quote == "68.2%"
    assert other_indicator(asked, best) is None


def test_an_amount_is_told_in_its_own_clause(inquiry: Inquiry) -> None:
    share = understand("公路面积是多少")
    best = pick(inquiry.index, share, inquiry.find(share))[0]
    assert unshared_measure(share, best) == "公路面积"


@pytest.mark.parametrize(("asked", "missing"), [("城镇化率是多少", None), ("航道里程是多少", "航道里程")])
def test_a_measure_alone_is_not_what_is_measured(inquiry: Inquiry, asked: str, missing: str | None) -> None:
    known = understand("城镇化率是多少")
    best = pick(inquiry.index, known, inquiry.find(known))[0]
    said = replace(best, figure=replace(best.figure, indicator="铁路里程"))
    assert unshared_measure(understand(asked), said) == missing


def test_a_sentence_without_one_word_of_the_question_is_told() -> None:
    assert shares_no_word("彩票", "人均生产总值7.6万元")
    assert not shares_no_word("GDP", "地区生产总值7.6亿元")
    assert not shares_no_word("", "任何内容")


@pytest.mark.parametrize(
    ("asked", "text", "best"),
    [
        ("云和县长是谁", "县政府主任王建国出席会议并讲话。\n县长李秀英\n主任周明作报告。", "县长李秀英"),
        (
            "三大主导产业是哪些",
            "支持三大主导产业发展。水电、旅游、木玩三大主导产业增速领先。",
            "水电、旅游、木玩三大主导产业增速领先。",
        ),
        (
            "三大主导产业是哪些",
            "支持三大主导产业发展。全年接待游客、学生、职工三万人。",
            "支持三大主导产业发展。",
        ),
    ],
)
def test_a_sentence_with_what_is_asked_for_may_sound_less_like_the_question(
    tmp_path: Path, asked: str, text: str, best: str
) -> None:
    index = index_of(tmp_path, {"公告.txt": text})
    question = understand(asked)
    passage = index.passages[0].text
    evidence = [
        Evidence(
            0,
            *span,
            1 - place / 100,
            Signals(0.9, 0.9, 0.9, 0.9, 0.9, 0.9, fits(question, passage[slice(*span)])),
        )
        for place, span in enumerate(sentence_spans(passage))
    ]
    chosen = fitting(index, question, evidence)
    assert passage[chosen.start : chosen.end] == best
