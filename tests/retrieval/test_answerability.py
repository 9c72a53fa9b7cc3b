"""Answerability: what a passage has to name before it answers a question."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from retrieval import Retriever
from retrieval.answering import quoting
from retrieval.answering.context import UNTIMELY, Context
from retrieval.answering.quoting import refused
from retrieval.query.parse import parse
from retrieval.query.query import Query
from retrieval.query.reports import Reports
from retrieval.reader.answerability import Verdict, fitting, other_indicator, unmentioned
from retrieval.reader.figures import rank_figures
from retrieval.reader.quotation import Quotation
from retrieval.search.answer_type import fits
from retrieval.search.fusion import Signals
from retrieval.search.searcher import Evidence, Searcher
from retrieval.search.sentences import sentence_spans
from tests.retrieval.ledgers import index_of

CASES = Path(__file__).parents[1] / "cases/retrieval/organisations.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['question']} {row['text']}")
def test_an_organisation_s_figures_are_only_given_from_what_names_it(
    tmp_path: Path, row: dict[str, Any]
) -> None:
    title, headings = row.get("title", "年度报告"), "\n\n".join(row.get("headings", ()))
    name = row.get("report", "a.txt")
    index = index_of(tmp_path, {name: f"{title}\n2025年4月1日\n\n{headings}\n\n{row['text']}\n"})
    passage = next(one for one in index.passages if row["text"] in one.text)
    missing = unmentioned(index, parse(row["question"], Reports(index)), passage)
    assert (missing.name if missing else None) == row.get("missing")


@pytest.mark.parametrize(
    "asked", ["景宁县粮食产量多少？", "青石镇有多少户", "宏远集团粮食产量多少", "昨晚景宁县下雨了吗"]
)
def test_a_place_or_company_that_no_report_names_is_refused(
    retriever: Retriever, tmp_path: Path, asked: str
) -> None:
    text = "云和县统计公报\n2026年3月1日\n\n全县粮食产量4.5万吨，全县共有4.2万户。\n"
    answer = Retriever(index_of(tmp_path, {"公报.txt": text}, retriever.index.encoder)).ask(asked)
    assert not answer.found, answer.text
    assert answer.reason in ("place", "indicator")


REPORT = """云和县政府工作报告
2026年1月12日

一、2025年工作回顾

建成东岭、西桥、南湖公路，常住人口城镇化率达到68.2%。

二、2026年工作安排

建成北山、古城、新街公路，城镇化率达到69%左右。
"""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    index = index_of(tmp_path_factory.mktemp("判断"), {"报告.txt": REPORT})
    return Context(index, Searcher(index), Reports(index), 5, lambda name: False)


def understood(context: Context, text: str) -> Query:
    return parse(text, context.reports)


def test_what_is_planned_stands_behind_what_was_done_where_that_is_asked_for(context: Context) -> None:
    asked = understood(context, "2025年建成了哪些公路")
    names = {entry.name for entry in context.entries}
    found = Searcher(context.index).find(asked, names, names).evidence
    plain = {(one.row, one.start): one.score for one in found}
    lost = {}
    for one in context.find(asked).evidence:
        heading = context.index.passages[one.row].headings[:1]
        lost.setdefault(heading, plain[one.row, one.start] - one.score)
    assert lost[("二、2026年工作安排",)] == pytest.approx(UNTIMELY)
    assert lost[("一、2025年工作回顾",)] == 0
    planned = context.find(understood(context, "2026年计划建成哪些公路")).evidence
    assert "北山" in context.index.passages[planned[0].row].text


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
def test_what_was_added_is_not_how_many_there_are(
    retriever: Retriever, tmp_path: Path, asked: str, quote: str | None
) -> None:
    answer = Retriever(index_of(tmp_path, {"总结.txt": ADDED}, retriever.index.encoder)).ask(asked)
    assert answer.found is (quote is not None), answer.text
    assert quote is None or answer.figures[0].quote == quote


def test_a_name_that_only_narrows_need_not_be_said(context: Context) -> None:
    asked = understood(context, "2025年县城人口占比（城镇化率）")
    best = rank_figures(context.index, context.reports, asked, context.find(asked))[0]
    assert best.figure.quote == "68.2%"
    assert other_indicator(asked, best) is None


def test_an_indicator_that_is_named_has_to_be_said(context: Context) -> None:
    asked = understood(context, "2025年森林覆盖率是多少")
    best = rank_figures(context.index, context.reports, asked, context.find(asked))[0]
    assert other_indicator(asked, best) == "森林覆盖率"


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
    question = parse(asked, Reports(index))
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


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("离婚率是多少", "报告没有给出“离婚率”的数据"),
        ("云和县有多少只熊猫", "报告没有给出“熊猫”的数据"),
        ("2025年天空好的日子占多少", "报告没有给出“天空好的日子”的数据"),
    ],
)
def test_what_is_missing_is_named_as_a_reader_would(context: Context, asked: str, said: str) -> None:
    answer = Retriever(context.index).ask(asked)
    assert (answer.found, answer.reason) == (False, "indicator")
    assert answer.text.startswith(said)


def test_quotes_within_the_nearest_sentence_are_inner_ones(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quoting, "quotation_of", lambda *_: Quotation("“一站式”服务", (0, 7)))
    trial = context.trial(understood(context, "城镇化率是多少"))
    reply = refused(context, replace(trial, verdict=Verdict("topic")))
    assert "“‘一站式’服务”" in reply.text
