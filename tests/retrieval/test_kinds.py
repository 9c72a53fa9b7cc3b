"""The kinds of answers: what each offers, and that they know nothing of the order they are found in."""

from __future__ import annotations

import random
from importlib import import_module
from pkgutil import iter_modules

import pytest

import retrieval.answers as room
from retrieval import Retriever
from retrieval.answering import kind as registry
from retrieval.answering.kind import kinds
from retrieval.query.parse import parse
from retrieval.query.reports import Reports

SEEDS = (1, 2, 3)
# A kind that is asked first, and leaves the question to the other where the reports show that it is none of its.
LOOKS_FIRST = {
    ("count", "lookup"),  # a table may list what is counted
    ("define", "locate"),  # 1000亿元是什么: a number may be a name
}
ON_ONE_REPORT = (
    "科技型企业有多少家？",
    "去年工业总产值是多少万元？",
    "森林覆盖率排第几？",
    "科技型企业有多少家，工业总产值是多少？",
    "工业总产值和科技型企业分别是多少？",
    "国家高新技术企业比有研发活动的工业企业多多少家？",
    "国家高新技术企业、科技型企业和有研发活动的工业企业一共多少家？",
    "推算一下公路物流基地前年的市场交易额",
    "科技型企业占全国多少",
    "科技型企业有没有超过3000家？",
    "税收超过200亿元了吗？",
    "研发投入总量25.6亿元对吗？",
    "党代会开的是第几次？",
    "0.1万亿元",
    "2.96%这个数说的是啥？",
    "什么是“三清单”？",
    "“巴南蓝”是什么意思？",
    "这份报告讲了什么？",
    "有哪些报告？",
    "这份报告是谁作的？",
    "为什么财政收入下降？",
    "昆山市有多少家科技型企业？",
    "你好",
    "写一首诗",
)
ON_SEVERAL = (
    "各市2024年GDP增速排名",
    "2024年GDP增速第二的市是哪个",
    "除台州外，2024年GDP增速最高的两个市是哪些",
    "哪个市森林覆盖率最低？",
    "哪些市2024年GDP增速超过6%？",
    "有几个市增速不到6%？",
    "哪些市2024年GDP下降了？",
    "杭州和宁波2024年GDP谁高？",
    "杭州和台州2024年GDP谁高？",
    "宁波2025年GDP增长目标是多少？",
    "宁波2024年GDP增长了多少？",
    "四个市2024年GDP合计多少？",
    "杭州2023年到2025年GDP怎么变化？",
    "各市常住人口排名",
    "列出所有报告",
    "宁波的报告讲了什么？",
    "温州森林覆盖率是多少，杭州呢？",
    "苏州GDP是多少？",
)


def test_each_kind_has_examples_and_says_how_likely_it_is(retriever: Retriever) -> None:
    modules = {
        found.name: import_module(f"{room.__name__}.{found.name}") for found in iter_modules(room.__path__)
    }
    found = {name: kind for name, kind in modules.items() if hasattr(kind, "propose")}
    assert kinds() == found
    assert len(found) > 10
    reports = Reports(retriever.index)
    for kind in found.values():
        assert kind.examples
        for question in (*ON_ONE_REPORT, *ON_SEVERAL, *kind.examples):
            assert 0 <= kind.propose(parse(question, reports)) <= 1


@pytest.mark.parametrize(
    ("name", "example"), [(name, example) for name, kind in kinds().items() for example in kind.examples]
)
def test_the_examples_of_a_kind_are_proposed_most_by_it(
    retriever: Retriever, name: str, example: str
) -> None:
    query = parse(example, Reports(retriever.index))
    proposed = {other: kind.propose(query) for other, kind in kinds().items()}
    own = proposed.pop(name)
    assert own > 0
    assert [
        other for other, score in proposed.items() if score >= own and (other, name) not in LOOKS_FIRST
    ] == []


def test_every_question_is_of_some_kind(retriever: Retriever) -> None:
    reports = Reports(retriever.index)
    for question in ("", "？", "的", "乡村振兴", "asdf", "比", "哪个"):
        assert any(kind.propose(parse(question, reports)) > 0 for kind in kinds().values())


def test_the_order_of_registration_does_not_matter(
    retriever: Retriever, cities: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [(retriever, question) for question in ON_ONE_REPORT]
    asked += [(cities, question) for question in ON_SEVERAL]
    told = [asked_of.ask(question).text for asked_of, question in asked]
    for seed in SEEDS:
        shuffled = list(kinds().items())
        random.Random(seed).shuffle(shuffled)
        monkeypatch.setattr(registry, "kinds", lambda shuffled=shuffled: dict(shuffled))
        for (asked_of, question), text in zip(asked, told, strict=True):
            assert asked_of.ask(question).text == text, question
