"""Comparing figures, and which reports a question is about: pure functions, as cases."""

import doctest
import importlib
from datetime import date
from decimal import Decimal

import pytest

from corpus import Identity, Passage
from corpus.figures import extract_figures
from index import ReportEntry
from retrieval.answer import CitedFigure
from retrieval.compare import Side, compare
from retrieval.pick import cite
from retrieval.scope import parts_of, reports_in, scope_of


def entry(name: str, place: str | None, day: date | None) -> ReportEntry:
    return ReportEntry(name, name, "", 0, 0, 0, (), Identity(place, day, None))


ENTRIES = [
    entry("东江市2024年报告", "江门市", date(2024, 1, 9)),
    entry("东江市2025年报告", "江门市", date(2025, 1, 8)),
    entry("西山2025年报告", "珠海市", date(2025, 1, 12)),
    entry("公报2023", "佛山市", date(2024, 3, 1)),
]


def figure_in(sentence: str) -> CitedFigure:
    passage = Passage("报.txt", 1, sentence, 0, len(sentence), "报", (), 1, (1, 1))
    return cite(extract_figures(sentence)[0], passage)


@pytest.mark.parametrize(
    "name",
    [
        "retrieval.scope",
        "retrieval.followup",
        "retrieval.across",
        "retrieval.render.wording",
        "corpus.places",
    ],
)
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
        (
            "哪个多",
            ["新增就业40.5万人。", "新增就业89.9万人。"],
            "乙更高，相差49.4万人（推算）",
            "89.9万人 − 40.5万人 = 49.4万人",
        ),
        ("哪个多", ["粮食产量30万吨。", "粮食产量30万吨。"], "甲与乙相同", None),
        ("哪个多", ["粮食产量30万吨。", "公路里程90公里。"], "公路里程 90公里。", None),
    ],
)
def test_two_figures(question: str, sentences: list[str], said: str, formula: str | None) -> None:
    sides = [Side(name, figure_in(sentence)) for name, sentence in zip("甲乙", sentences, strict=True)]
    text, computations = compare(question, sides)
    assert said in text
    assert all(side.figure and side.figure.quote in text for side in sides)
    if formula:
        assert [computation.formula for computation in computations] == [formula]
        assert computations[0].result in text


def test_a_missing_side_is_said() -> None:
    text, computations = compare("谁高", [Side("甲", figure_in("税收80亿元。")), Side("乙", None)])
    assert text == "甲：税收 80亿元；乙：报告没有给出。"
    assert computations == ()


def test_decimals_are_exact() -> None:
    _, (computation,) = compare(
        "差多少", [Side("甲", figure_in("占比0.3%。")), Side("乙", figure_in("占比0.1%。"))]
    )
    assert computation.result == "0.2个百分点"
    assert [figure.value for figure in computation.figures] == [Decimal("0.3"), Decimal("0.1")]


@pytest.mark.parametrize(
    ("question", "chosen", "first"),
    [
        ("江门2024年财政收入", [1, 0], [1]),
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
    found = reports_in(scope_of(question), ENTRIES)
    assert found == ([ENTRIES[row] for row in chosen], [ENTRIES[row] for row in first])


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("2024年江门和珠海谁的税收高", {"江门": "江门2024年 谁的税收高", "珠海": "珠海2024年 谁的税收高"}),
        (
            "珠海2023年和2024年税收各多少",
            {"2023年": "珠海2023年 税收各多少", "2024年": "珠海2024年 税收各多少"},
        ),
        ("珠海2024年税收多少", {}),
        ("汕头和湛江的税收", {}),
    ],
)
def test_what_a_question_compares(question: str, parts: dict[str, str]) -> None:
    squeezed = {name: " ".join(text.split()) for name, text in parts_of(question, ENTRIES).items()}
    assert squeezed == {name: " ".join(text.split()) for name, text in parts.items()}
