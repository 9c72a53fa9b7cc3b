"""Comparing figures, and which reports a question is about: pure functions, as cases."""

import doctest
import importlib
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

import pytest

from corpus import Identity, Passage
from corpus.figures import extract_figures
from index import Index, ReportEntry
from retrieval.answer import CitedFigure, Computation
from retrieval.answering.telling import Reply, Telling
from retrieval.answers.compare import tell_comparison
from retrieval.comparison.sides import Side
from retrieval.query.parse import parse
from retrieval.query.query import Query
from retrieval.query.reports import Reports
from retrieval.query.scope import reports_in
from retrieval.reader.figures import cite


def entry(name: str, place: str | None, day: date | None) -> ReportEntry:
    return ReportEntry(name, name, "", 0, 0, 0, (), Identity(place, day, None))


ENTRIES = [
    entry("东江市2024年报告", "江门市", date(2024, 1, 9)),
    entry("东江市2025年报告", "江门市", date(2025, 1, 8)),
    entry("西山2025年报告", "珠海市", date(2025, 1, 12)),
    entry("公报2023", "佛山市", date(2024, 3, 1)),
]
INDEX = SimpleNamespace(
    manifest=SimpleNamespace(reports=ENTRIES), passages=[], report=lambda name: SimpleNamespace(text="")
)
REPORTS = Reports(cast(Index, INDEX))


def figure_in(sentence: str) -> CitedFigure:
    passage = Passage("报.txt", 1, sentence, 0, len(sentence), "报", (), 1, (1, 1))
    return cite(extract_figures(sentence)[0], passage)


def compared(question: str, *sentences: str) -> tuple[str, tuple[Computation, ...]]:
    """What is told of 甲 and 乙, who state these sentences, none where one is empty."""
    query = parse(question, REPORTS)
    sides = [
        Side(name, Query(name), figure_in(sentence) if sentence else None)
        for name, sentence in zip("甲乙丙", sentences, strict=False)
    ]
    telling = Telling()
    tell_comparison(telling, query, sides)
    reply = Reply(True, tuple(telling.pieces))
    return reply.text, reply.computations


@pytest.mark.parametrize("name", ["retrieval.query.reports", "retrieval.words.wording", "corpus.places"])
def test_doctests(name: str) -> None:
    failures, tried = doctest.testmod(importlib.import_module(name))
    assert tried
    assert not failures


@pytest.mark.parametrize(
    ("question", "sentences", "said", "formula"),
    [
        ("谁的收入高", ["财政收入80亿元。", "财政收入0.12千亿元。"], "乙更高，相差0.04千亿元（推算）", None),
        (
            "谁涨得快",
            ["产值增长5.5%。", "产值增长7%。"],
            "乙更高，相差1.5个百分点（推算）",
            "7% − 5.5% = 1.5个百分点",
        ),
        (
            "谁的失业率低",
            ["失业率为5.2%。", "失业率为4.9%。"],
            "乙更低，相差0.3个百分点（推算）",
            "5.2% − 4.9% = 0.3个百分点",
        ),
        ("哪个大", ["产值下降2%。", "产值增长1%。"], "乙更高，相差3个百分点（推算）", "1% − -2% = 3个百分点"),
        ("谁降得多", ["产值下降2%。", "产值下降3%。"], "乙降得更多，相差1个百分点（推算）", None),
        (
            "哪个多",
            ["新增就业40.5万人。", "新增就业89.9万人。"],
            "乙更高，相差49.4万人（推算）",
            "89.9万人 − 40.5万人 = 49.4万人",
        ),
        ("哪个多", ["粮食产量30万吨。", "粮食产量30万吨。"], "甲与乙相同", None),
        (
            "哪个多",
            ["粮食产量30万吨。", "公路里程90公里。"],
            "公路里程 90公里。不能直接相比：单位不同。",
            None,
        ),
        ("哪个多", ["粮食产量30万吨。", "水果产量90万吨。"], "不能直接相比：指标名称不同。", None),
        ("哪个多", ["去年粮食产量30万吨。", "过去五年粮食产量90万吨。"], "说的时间长短不同。", None),
        ("哪个多", ["粮食产量30万吨。", "今年粮食产量要达到90万吨。"], "有的是目标，有的是结果。", None),
        ("哪个多", ["森林面积30亩。", "森林面积90亩。", "森林面积60亩。"], "森林面积 60亩。乙最高。", None),
        (
            "哪个多",
            ["森林面积90亩。", "森林面积90亩。", "森林面积60亩。"],
            "甲与乙相同，排在其余之前。",
            None,
        ),
        ("谁的名次高", ["产值居全省第二位。", "产值居全省第五位。"], "甲更靠前，相差3", None),
    ],
)
def test_two_figures(question: str, sentences: list[str], said: str, formula: str | None) -> None:
    text, computations = compared(question, *sentences)
    assert said in text
    assert all(figure_in(sentence).quote in text for sentence in sentences)
    if formula:
        assert [computation.formula for computation in computations] == [formula]
        assert computations[0].result in text


def test_a_missing_side_is_said() -> None:
    text, computations = compared("谁高", "税收80亿元。", "")
    assert text == "甲：税收 80亿元；乙：报告没有给出。"
    assert computations == ()


def test_decimals_are_exact() -> None:
    _, (computation,) = compared("差多少", "占比0.3%。", "占比0.1%。")
    assert computation.result == "0.2个百分点"
    assert [figure.value for figure in computation.figures] == [Decimal("0.3"), Decimal("0.1")]


@pytest.mark.parametrize(
    ("question", "chosen", "first"),
    [
        ("江门2024年财政收入", [0, 1], [1]),
        ("江门2024年财政收入目标", [0, 1], [0]),
        ("江门2025年打算建几所学校", [1], [1]),
        ("看2024年报告，江门财政收入", [0], [0]),
        ("珠海的财政收入", [2], [2]),
        ("2023年佛山的公报", [3], [3]),
        ("财政收入", [0, 1, 2, 3], [0, 1, 2, 3]),
        ("汕头财政收入", [0, 1, 2, 3], [0, 1, 2, 3]),
        ("珠海1999年财政收入", [2], [2]),
    ],
)
def test_which_reports_a_question_is_about(question: str, chosen: list[int], first: list[int]) -> None:
    scope = reports_in(parse(question, REPORTS), REPORTS)
    assert scope.chosen == {ENTRIES[row].name for row in chosen}
    assert scope.first == {ENTRIES[row].name for row in first}


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("2024年江门和珠海谁的税收高", ["江门2024年税收是多少", "珠海2024年税收是多少"]),
        ("珠海2023年和2024年税收各多少", ["珠海2023年税收多少", "珠海2024年税收多少"]),
        ("珠海2024年税收多少", []),
        ("汕头的税收", []),
    ],
)
def test_what_a_question_compares(question: str, sides: list[str]) -> None:
    assert [side.text for side in parse(question, REPORTS).sides] == sides
