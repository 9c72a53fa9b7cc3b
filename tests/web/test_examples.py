"""Questions to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Index
from retrieval import Retriever
from retrieval.answer import Answer
from tests.retrieval.ledgers import index_of
from web.examples import EXAMPLES, KINDS, TRIALS, choose_examples

PLACES = {"青河县": 118, "绿山区": 380, "云和县": 127, "璧山区": 133, "仙居县": 146, "忠县": 151}
TEXT = """{year}年{place}政府工作报告
{year}年1月20日
{place}县长 李明

一、去年工作回顾

{last}年，全县粮食总产量{amount}万吨，同比增长2.{at}%。规模以上企业{amount}家。
滨江大桥于6月18日通车。建成东门站、西门站、南门站等3座车站，服务业增加值{amount}.5亿元，下降1.{at}%。
{last}年，全县森林覆盖率4{at}.5%。{last}年，全县公路总里程{amount}0公里，常住人口总数2{at}.6万人。
全县旅游总收入{at}8.4亿元，增长6.{at}%。专利授权总量{amount}2件。
"""
REPORTS = {
    f"{2025 + at % 2}年{place}政府工作报告.txt": TEXT.format(
        year=2025 + at % 2, last=2024 + at % 2, place=place, amount=amount, at=at
    )
    for at, (place, amount) in enumerate(PLACES.items())
}


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("几份"), REPORTS)


def answered(index: Index) -> dict[str, Answer]:
    """The examples of an index, each with its answer."""
    retriever = Retriever(index)
    return {question: retriever.ask(question) for question in choose_examples(index, retriever.ask)}


def test_they_are_of_many_reports_and_all_answered(several: Index) -> None:
    answers = answered(several)
    assert len(answers) == EXAMPLES
    assert all(answer.found for answer in answers.values())
    places = {place for place in PLACES for question in answers if place[:2] in question}
    assert len(places) >= 4


@pytest.mark.parametrize(
    "form", ["是多少？|有多少", "哪个高？", "增长了多少？|下降了多少？", "最多？|最高？"]
)
def test_they_are_of_several_kinds(several: Index, form: str) -> None:
    questions = list(answered(several))
    assert [one for one in questions if any(part in one for part in form.split("|"))], questions


def test_the_only_report_needs_no_place(tmp_path: Path) -> None:
    questions = answered(index_of(tmp_path, dict([next(iter(REPORTS.items()))])))
    assert len(questions) >= 3
    assert not [one for one in questions if "青河" in one and "谁" not in one]
    assert not [one for one in questions if "哪个高" in one or "哪些地方" in one]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("规模以上企业412家。", "规模以上企业有多少家？"),
        ("公共图书馆藏书30万册。", "公共图书馆藏书有多少万册？"),
        ("粮食总产量42万吨。", "粮食总产量是多少？"),
    ],
)
def test_the_question_fits_the_unit(retriever: Retriever, tmp_path: Path, said: str, question: str) -> None:
    index = index_of(tmp_path, {"公报.txt": f"公报\n\n{said}\n"}, retriever.index.encoder)
    assert list(answered(index)) == [question]


@pytest.mark.parametrize("poor", ["企业412家。", "R&D经费支出4亿元。", "力争粮食总产量达到50万吨。"])
def test_what_would_read_badly_is_not_asked(tmp_path: Path, poor: str) -> None:
    assert answered(index_of(tmp_path, {"公报.txt": f"公报\n\n{poor}\n"})) == {}


def test_only_questions_that_are_answered_are_offered_and_the_start_is_not_delayed(several: Index) -> None:
    asked: list[str] = []

    def refuse(question: str) -> Answer:
        asked.append(question)
        return Answer(question, question, False, "没有提到。")

    assert choose_examples(several, refuse) == ()
    assert len(asked) <= (KINDS + EXAMPLES) * TRIALS


def test_an_answer_with_another_figure_does_not_count(several: Index) -> None:
    def wrong(question: str) -> Answer:
        return Answer(question, question, True, "是7.77个。", confidence=1.0)

    assert not [one for one in choose_examples(several, wrong) if "谁" not in one]
