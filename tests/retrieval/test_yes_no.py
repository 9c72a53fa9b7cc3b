"""Yes or no: a figure held against what the question says, and which way it went."""

from __future__ import annotations

import doctest

import pytest

from retrieval.answering.context import Context
from retrieval.answering.telling import Reply
from retrieval.answers import yes_no
from retrieval.facts import bounds
from retrieval.query.parse import parse
from retrieval.query.reports import Reports
from retrieval.reader import answerability
from retrieval.search.searcher import Searcher
from tests.retrieval.ledgers import index_of

REPORT = """长河市2024年政府工作报告

一、2023年工作回顾

全市地区生产总值1318.6亿元，增长4.4%。

辖区税收突破100亿元，粮食产量60.8万吨，比上年下降1.2%。

新建中小学校27所，人均地区生产总值8.6万元。

高新技术企业159家，森林覆盖率47.6%。
"""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    index = index_of(tmp_path_factory.mktemp("yes_no"), {"长河市2024年政府工作报告.txt": REPORT})
    return Context(index, Searcher(index), Reports(index), 5, lambda name: False)


@pytest.fixture(autouse=True)
def no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the nearest figure for found: how sure it is cannot be told without a language model."""
    monkeypatch.setattr(answerability, "LEAST_FIGURE", 0.0)


def ask(context: Context, question: str) -> Reply | None:
    query = parse(question, context.reports)
    return yes_no.answer(context, query) if yes_no.propose(query) else None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("高新技术企业有没有超过100家？", "是的，超过了100家（159家 > 100家）"),
        ("高新技术企业达到200家了吗？", "没有达到200家（159家 < 200家）"),
        ("高新技术企业159家对吗？", "是的，是159家（159家 = 159家）"),
        ("高新技术企业是不是160家？", "不是（159家 < 160家）"),
        ("森林覆盖率低于50%吗？", "是的，低于50%（47.6% < 50%）"),
        ("地区生产总值过千亿了吗？", "是的，超过了千亿（1318.6亿元 > 千亿）"),
        ("GDP超过1万亿元了吗？", "没有超过1万亿元（1318.6亿元 < 1万亿元）"),
        ("税收超过80亿元了吗？", "是的，超过了80亿元（报告说≥100亿元）"),
        ("税收有没有超过200亿元？", "报告没有说明是否超过200亿元，只说≥100亿元"),
        ("粮食产量是不是下降了？", "是的，下降了（比上年 -1.2%）"),
        ("粮食产量是不是增长了？", "不是，是下降的（比上年 -1.2%）"),
    ],
)
def test_the_figure_decides(context: Context, question: str, said: str) -> None:
    reply = ask(context, question)
    assert reply is not None
    assert reply.found
    assert reply.text.startswith(f"{said}：")


@pytest.mark.parametrize(
    "question",
    ["中小学超过30所了吗？", "火锅店超过100家了吗？", "税收超过200吨了吗？", "常住人口超过1亿元吗？"],
)
def test_a_figure_of_something_else_denies_nothing(context: Context, question: str) -> None:
    reply = ask(context, question)
    assert reply is not None
    assert (reply.found, reply.reason) == (False, "indicator")


@pytest.mark.parametrize(
    "question", ["税收是多少？", "2023年有没有建成医院", "去年增长5%的是什么", "哪些市税收超过200亿元"]
)
def test_other_questions_claim_nothing(context: Context, question: str) -> None:
    assert not yes_no.propose(parse(question, context.reports)) or ask(context, question) is None


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(bounds).failed == 0
