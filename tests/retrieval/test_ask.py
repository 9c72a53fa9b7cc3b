"""Asking the shipped report: 150 questions of two imagined readers, and what holds for every answer."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.figures.amount import normalise
from retrieval import Answer, Retriever, UnknownReportError

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "retrieval" / "banan_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
BANAN = "聚焦区县党代会·巴南_2021-12.txt"


@pytest.fixture(scope="module")
def answers(retriever: Retriever) -> list[tuple[dict, Answer]]:
    return [(row, retriever.ask(row["question"], history=row.get("history", ()))) for row in QUESTIONS]


def bare(text: str) -> str:
    return "".join(text.split())


def share(marks: list[bool]) -> float:
    assert len(marks) >= 15
    return sum(marks) / len(marks)


def is_figure(row: dict, answer: Answer, first: int) -> bool:
    wanted = normalise(Decimal(row["value"]), row["unit"])
    return wanted in [normalise(figure.value, figure.unit) for figure in answer.figures[:first]]


def test_the_passage_is_among_the_first_three(answers: list[tuple[dict, Answer]]) -> None:
    asked = [(row, answer) for row, answer in answers if row["kind"] != "none"]
    found = [any(bare(row["evidence"]) in bare(hit.passage.text) for hit in a.hits[:3]) for row, a in asked]
    assert share(found) >= 0.97


def test_the_asked_figure_comes_first(answers: list[tuple[dict, Answer]]) -> None:
    asked = [(row, answer) for row, answer in answers if "value" in row]
    assert share([is_figure(row, answer, first=1) for row, answer in asked]) >= 0.93


def test_the_answer_says_it_briefly(answers: list[tuple[dict, Answer]]) -> None:
    asked = [(row, answer) for row, answer in answers if "accept" in row and row["kind"] != "list"]
    said = [
        any(bare(word) in bare(a.text) for word in row["accept"]) and len(a.text) <= 150 for row, a in asked
    ]
    assert share(said) >= 0.9


def test_lists_are_whole(answers: list[tuple[dict, Answer]]) -> None:
    asked = [(row, answer) for row, answer in answers if row["kind"] == "list"]
    whole = [all(bare(word) in bare(answer.text) for word in row["accept"]) for row, answer in asked]
    assert sum(whole) >= 0.7 * len(whole)


def test_what_the_report_does_not_say_is_refused(answers: list[tuple[dict, Answer]]) -> None:
    refused = [not answer.found for row, answer in answers if row["kind"] == "none"]
    assert share(refused) >= 0.85


def test_what_the_report_says_is_not_refused(answers: list[tuple[dict, Answer]]) -> None:
    refused = [not answer.found for row, answer in answers if row["kind"] != "none"]
    assert share(refused) <= 0.04


def test_every_answer_is_quoted_and_every_number_in_it_is_cited(
    answers: list[tuple[dict, Answer]],
) -> None:
    for _, answer in answers:
        cited = answer.question + "".join(hit.passage.text + hit.passage.location for hit in answer.hits)
        cited += "".join(computation.formula for computation in answer.computations)
        for number in re.findall(r"\d+(?:\.\d+)?", answer.text):
            assert number in cited, answer
        if answer.found:
            assert answer.quote is not None
            start, end = answer.quote
            converted = "".join(f"（即{computation.result}）" for computation in answer.computations)
            quoted = answer.text.removesuffix(converted).removeprefix("…")
            assert quoted == answer.hits[0].passage.text[start:end]


def test_every_figure_stands_where_it_says(answers: list[tuple[dict, Answer]]) -> None:
    for _, answer in answers:
        for figure in answer.figures:
            assert figure.passage.text[figure.start : figure.end] == figure.quote
        for start, end in answer.marks:
            assert answer.text[start:end].strip()


def test_highlights_are_apart_and_inside(answers: list[tuple[dict, Answer]]) -> None:
    for _, answer in answers:
        for hit in answer.hits:
            edges = [edge for span in hit.highlights for edge in span]
            assert edges == sorted(edges)
            assert len(edges) == 2 * len(hit.highlights)
            assert not edges or 0 <= edges[0] <= edges[-1] <= len(hit.passage.text)


def test_the_figure_is_marked_in_the_answer(retriever: Retriever) -> None:
    answer = retriever.ask("有研发活动的工业企业有多少家？")
    assert [answer.text[start:end] for start, end in answer.marks] == ["145家"]
    assert answer.figures[0].indicator == "有研发活动的工业企业"
    assert answer.hits[0].ranks["keyword"] == 1
    assert answer.hits[0].passage.location.startswith(BANAN)


@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        ("", "empty", "请输入"),
        (" \n？！", "empty", "请输入"),
        ("科技型企业有多少家" * 100, "too_long", "太长"),
        ("你好", "chit_chat", "报告"),
        ("你能做什么", "chit_chat", "报告"),
        ("昆山市有多少家科技型企业？", "place", "昆山市"),
        ("巴南有多少张医院床位", "indicator", "最接近的是"),
        ("1998年公路物流基地市场交易额是多少", "year", "1998年"),
        ("今天股市涨了吗", "year", "今天"),
    ],
)
def test_a_refusal_says_why(retriever: Retriever, question: str, reason: str, said: str) -> None:
    answer = retriever.ask(question)
    assert not answer.found
    assert answer.reason == reason
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "😀😀",
        "What is the GDP of Banan?",
        "SELECT * FROM reports; DROP TABLE x",
        "<img src=x onerror=alert(1)>",
        "((((",
        "a" * 500,
        "\x00\ud800",
        "森林\ud800覆盖率",
    ],
)
def test_strange_questions_get_an_answer_object(retriever: Retriever, question: str) -> None:
    answer = retriever.ask(question)
    assert answer.question == question
    assert answer.text


def test_search_is_limited_to_reports(retriever: Retriever) -> None:
    hits = retriever.search("森林覆盖率", k=3, reports=[BANAN])
    assert len(hits) == 3
    assert "47.6%" in hits[0].passage.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    with pytest.raises(UnknownReportError, match=r"没有的\.txt"):
        retriever.ask("森林覆盖率", reports=["没有的.txt"])
    assert retriever.search("  ") == []
