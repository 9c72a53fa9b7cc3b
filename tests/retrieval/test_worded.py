"""Ways of asking: several questions at once, yes or no, ordinals, other characters; on the shipped report."""

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval import Retriever
from retrieval.query.parse import parse
from retrieval.query.reports import Reports
from retrieval.query.spelling import Names, reworded

CASES = Path(__file__).parents[1] / "cases/retrieval/worded.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def reports(retriever: Retriever) -> Reports:
    return Reports(retriever.index)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"])
def test_a_question_is_answered_as_it_is_worded(retriever: Retriever, row: dict[str, Any]) -> None:
    answer = retriever.ask(row["question"])
    assert answer.found, answer.text
    assert [said for said in row["says"] if said not in answer.text] == []
    if "marks" in row:
        assert {answer.text[start:end] for start, end in answer.marks} == set(row["marks"])


def test_of_several_questions_each_asked_figure_comes_before_the_others(retriever: Retriever) -> None:
    answer = retriever.ask("科技型企业有多少家，工业总产值是多少？")
    assert [figure.quote for figure in answer.figures[:2]] == ["3715家", "1000亿元"]


def test_where_no_part_is_answered_it_is_refused(retriever: Retriever) -> None:
    assert not retriever.ask("火锅店有几家，网吧有几家？").found


@pytest.mark.parametrize(
    "text",
    [
        "去年税收是多少，前年又是多少？",
        "多少家企业拿了奖，其中民营的多少家？",
        "巴南另外几个区都过了百亿，合起来几个？",
        "云湖水面有多大，多少平方公里？",
    ],
)
def test_what_leans_on_the_part_before_is_not_taken_apart(reports: Reports, text: str) -> None:
    assert not parse(text, reports).parts


def test_a_part_takes_the_place_and_time_of_the_one_before(reports: Reports) -> None:
    parts = parse("江门去年产值多少，医院有几家？", reports).parts
    assert [part.text for part in parts] == ["江门去年产值多少", "江门去年医院有几家"]


@pytest.mark.parametrize("text", ["税收是多少？", "2025年有没有建成医院", "去年增长5%的是什么"])
def test_other_questions_claim_nothing(reports: Reports, text: str) -> None:
    query = parse(text, reports)
    assert not (query.asks == "yes_no" and query.conditions)


@pytest.mark.parametrize("text", ["出口总额是多少", "原煤产量多少吨", "城镇居民人均可支配收入多少"])
def test_the_words_of_reports_stay_as_they_are(reports: Reports, text: str) -> None:
    assert not list(reworded(parse(text, reports)))


def test_everyday_names_become_those_of_reports(reports: Reports) -> None:
    (other,) = reworded(parse("2025年城里人收入是多少", reports))
    assert other.topic == "城镇居民人均可支配收入"
    assert other.years == (2025,)


def test_what_the_reports_print_is_not_taken_for_a_slip() -> None:
    names = Names(
        ["权利清单", "进出口总额"], knows=lambda pair: pair in ("权力", "力清", "出口", "口总", "总额")
    )
    assert list(names.respelled("权力清单有几项，出口总额多少")) == []
