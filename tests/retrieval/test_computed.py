"""Number search, computed answers, rankings: on the shipped report, and on small reports of several places."""

import doctest
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.figures import extract_figures
from retrieval import Answer, Retriever
from retrieval.facts import arithmetic
from retrieval.facts.arithmetic import before, difference, plain, ratio, share, total
from retrieval.grounding import grounded, numbers_in
from retrieval.query.parse import parse
from retrieval.query.reports import Reports
from tests.retrieval.ledgers import CITIES
from tests.retrieval.test_compare import figure_in


def test_doctests() -> None:
    failures, tried = doctest.testmod(arithmetic)
    assert tried
    assert not failures


@pytest.mark.parametrize(
    ("computation", "formula"),
    [
        (
            difference(figure_in("税收80亿元。"), figure_in("收入0.9千亿元。")),
            "0.9千亿元 − 80亿元 ≈ 0.82千亿元",
        ),
        (
            difference(figure_in("产值14.2万亿元。"), figure_in("产值67665亿元。")),
            "14.2万亿元 − 67665亿元 ≈ 7.4万亿元",
        ),
        (
            difference(figure_in("产值67665亿元。"), figure_in("产值6.66万亿元。")),
            "67665亿元 − 6.66万亿元 ≈ 1100亿元",
        ),
        (
            total([figure_in("产值9.86万亿元。"), figure_in("产值5503亿元。")]),
            "9.86万亿元 + 5503亿元 ≈ 10.41万亿元",
        ),
        (total([figure_in("小学12所。"), figure_in("中学30所。")]), "12所 + 30所 = 42所"),
        (ratio(figure_in("存款300亿元。"), figure_in("贷款200亿元。")), "300亿元 ÷ 200亿元 = 1.5倍"),
        (share(figure_in("投资1亿元。"), figure_in("收入3亿元。")), "1亿元 ÷ 3亿元 × 100% ≈ 33.33%"),
        (before(figure_in("产值130亿元。"), figure_in("产值增长30%。")), "130亿元 ÷ (1 + 30%) = 100亿元"),
        (before(figure_in("产值90亿元。"), figure_in("产值下降7.5%。")), "90亿元 ÷ (1 − 7.5%) ≈ 97.3亿元"),
    ],
)
def test_formulas(computation, formula: str) -> None:  # type: ignore[no-untyped-def]
    assert computation.formula == formula
    assert formula.endswith(computation.result)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("47.6%", "47.6%"),
        ("报告里哪里提到了1000亿元？", "1000亿元"),
        ("25个说的是什么", "25个"),
        ("税收1000亿元", None),
        ("3亿元和5亿元", None),
    ],
)
def test_what_is_a_number_search(cities: Retriever, text: str, quote: str | None) -> None:
    found = parse(text, Reports(cities.index)).quantity
    assert (found.quote if found else None) == quote


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("甲类企业比乙类企业多多少家", "difference"),
        ("存款是贷款的几倍", "ratio"),
        ("民间投资占全部投资的比重", "share"),
        ("小学和中学一共多少所", "total"),
        ("小学、中学和大学一共多少所", "total"),
        ("财政收入是多少", None),
        ("同比增长多少", None),
    ],
)
def test_what_is_computed(cities: Retriever, text: str, name: str | None) -> None:
    query = parse(text, Reports(cities.index))
    assert query.operation == name
    assert bool(query.sides) == (name is not None)


def test_a_number_is_found_in_any_unit(retriever: Retriever) -> None:
    answer = retriever.ask("0.1万亿元")
    assert answer.found
    assert {figure.quote for figure in answer.figures} == {"1000亿元"}
    assert len(answer.figures) == 4
    assert not retriever.ask("哪里提到12.34%？").found


def test_a_difference_is_computed_and_marked(retriever: Retriever) -> None:
    answer = retriever.ask("国家高新技术企业比有研发活动的工业企业多多少家？")
    assert answer.found
    assert [computation.formula for computation in answer.computations] == ["159家 − 145家 = 14家"]
    assert "159家 − 145家 = 14家（推算）" in answer.text


def test_a_share_of_the_whole_country_is_not_computed_from_something_else(retriever: Retriever) -> None:
    answer = retriever.ask("科技型企业占全国多少")
    assert not answer.found
    assert [figure.quote for figure in answer.figures] == ["3715家"]


def test_all_that_is_named_is_added_up(retriever: Retriever) -> None:
    answer = retriever.ask("国家高新技术企业、科技型企业和有研发活动的工业企业一共多少家？")
    assert [one.formula for one in answer.computations] == ["159家 + 3715家 + 145家 = 4019家"]
    assert not retriever.ask("国家高新技术企业、科技型企业和火锅店一共多少家？").found


def test_the_year_before_is_estimated_but_not_found(retriever: Retriever) -> None:
    asked = retriever.ask("公路物流基地前年的市场交易额是多少？")
    wanted = retriever.ask("推算一下公路物流基地前年的市场交易额")
    assert (asked.found, wanted.found) == (False, True)
    for answer in (asked, wanted):
        assert "668.45亿元 ÷ (1 + 36%) ≈ 491.51亿元（推算）" in answer.text


def test_places_are_ranked(cities: Retriever) -> None:
    answer = cities.ask("各市2024年GDP增速排名")
    assert [figure.quote for figure in answer.figures] == ["7.2%", "6.1%", "5.4%", "0.8%"]
    assert "1. 台州 +7.2%；2. 杭州 +6.1%；3. 宁波 +5.4%；4. 温州 -0.8%" in answer.text
    second = cities.ask("2024年GDP增速第二的市是哪个")
    assert second.text.startswith(
        "地区生产总值增速排第2的是杭州，+6.1%（报告中给出的4个地方）。从高到低：1. 台州"
    )
    assert second.figures[0].quote == "6.1%"
    first = cities.ask("除台州外，2024年GDP增速最高的两个市是哪些")
    assert first.text.endswith("：1. 杭州 +6.1%；2. 宁波 +5.4%。")
    lowest = cities.ask("哪个市森林覆盖率最低？")
    assert [figure.quote for figure in lowest.figures][:2] == ["49%", "52.3%"]


def test_places_are_compared(cities: Retriever) -> None:
    answer = cities.ask("杭州和宁波2024年GDP谁高？")
    assert answer.found
    assert "杭州更高，相差约200亿元（推算）" in answer.text
    assert {hit.passage.report[5:7] for hit in answer.hits[:2]} == {"杭州", "宁波"}
    lacking = cities.ask("杭州和台州2024年GDP谁高？")
    assert not lacking.found
    assert "台州：报告没有给出" in lacking.text


def test_plans_and_results_are_told_apart(cities: Retriever) -> None:
    assert cities.ask("宁波2025年GDP增长目标是多少？").figures[0].quote == "6.5%"
    assert cities.ask("宁波2024年GDP增长了多少？").figures[0].quote == "5.4%"
    followed = cities.ask("温州呢？", history=["宁波2024年GDP增长了多少？"])
    assert followed.understood == "温州2024年GDP增长了多少？"
    assert (followed.figures[0].quote, followed.figures[0].direction) == ("0.8%", "-")


def place_cases() -> list[dict[str, Any]]:
    lines = (
        (Path(__file__).parents[1] / "cases/retrieval/places.jsonl").read_text(encoding="utf-8").splitlines()
    )
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    "case", place_cases(), ids=lambda case: " ".join([*case.get("history", ()), case["question"]])
)
def test_what_is_asked_of_all_places_is_told_of_all_or_refused(
    cities: Retriever, case: dict[str, Any]
) -> None:
    answer = cities.ask(case["question"], history=case.get("history", ()))
    assert answer.reason == case.get("reason"), answer.text
    for said in case["says"]:
        assert said in answer.text
    right, total = numbers_in(answer)
    assert right == total


TAILS = ("是多少？", "增长了多少", "", "排第几", "明年目标", "前年是多少")
PAIRED = ("{}比{}多多少", "{}占{}的比例是多少", "{}和{}一共多少")


def all_answers(
    retriever: Retriever, cities: Retriever, step: int, near: int, heads: tuple[str, ...]
) -> list[Answer]:
    """Answers to questions made of every ``step``-th indicator, in several wordings, and of all that stand
    at most ``near`` apart; ``heads`` are what the questions begin with."""
    questions = []
    for index, asked in ((retriever.index, retriever), (cities.index, cities)):
        figures = [figure for held in index.figures for figure in held]
        names = list(dict.fromkeys(figure.indicator for figure in figures))
        for name in names[::step]:
            questions += [(asked, f"{head}{name}{tail}") for head in heads for tail in TAILS]
        questions += [(asked, figure.quote) for figure in figures[::step]]
        for place, one in enumerate(names):
            for other in names[place + 1 : place + 1 + near]:
                questions += [(asked, pattern.format(one, other)) for pattern in PAIRED]
    return [asked.ask(question) for asked, question in questions]


@pytest.mark.parametrize(
    ("step", "near", "heads", "least"),
    [
        (4, 1, ("",), 150),
        pytest.param(1, 12, ("", "去年", "2021年", "全市", "请问", "推算一下"), 2000, marks=pytest.mark.slow),
    ],
)
def test_no_number_is_made_up(
    retriever: Retriever, cities: Retriever, step: int, near: int, heads: tuple[str, ...], least: int
) -> None:
    """Every quantity of every answer is printed in a cited passage or is in a shown computation."""
    answers = all_answers(retriever, cities, step, near, heads)
    assert len(answers) > least
    assert sum(bool(answer.computations) for answer in answers) > 10
    assert not [answer for answer in answers if answer.reason == "unproven"]
    # Told here in another way than the product tells it: as quantities, not as digits.
    for answer in answers:
        shown = answer.question + "".join(computation.formula for computation in answer.computations)
        shown += "\n".join(hit.passage.text + hit.passage.location for hit in answer.hits)
        shown += "\n".join(figure.passage.text for figure in answer.figures)
        for figure in extract_figures(answer.text):
            quote = figure.quote.lstrip("+-−")  # a fall is told by its sign, and printed as 下降
            number = quote if quote in shown else plain(abs(figure.value))
            assert number in shown or answer.text.startswith("共"), (
                answer.question,
                answer.text,
                figure.quote,
            )


@pytest.mark.parametrize("made_up", ["74.6%", "47.6%，居全市第88位", "47.6%，居全市第八十八位"])
def test_an_answer_with_a_number_of_its_own_is_withdrawn(retriever: Retriever, made_up: str) -> None:
    answer = retriever.ask("森林覆盖率是多少？")
    assert grounded(answer) is answer
    right, total = numbers_in(answer)
    assert right == total > 0
    pieces = tuple(replace(piece, text=piece.text.replace("47.6%", made_up)) for piece in answer.pieces)
    assert pieces != answer.pieces
    withdrawn = grounded(replace(answer, pieces=pieces))
    assert (withdrawn.found, withdrawn.reason) == (False, "unproven")
    assert made_up not in withdrawn.text


def test_the_index_is_asked_about_itself(retriever: Retriever, cities: Retriever) -> None:
    listed = cities.ask("有哪些报告？")
    assert listed.found
    assert all(name in listed.text for name in CITIES)
    assert cities.ask("列出所有报告").text == listed.text
    outline = retriever.ask("这份报告讲了什么？")
    assert outline.found
    assert outline.text.startswith("《推进“一区五城”建设 努力成为重庆南部新的重要增长极》说：")
    assert "科技型企业3715家，居全市第二位" in outline.text
    assert "宁波" in cities.ask("宁波的报告讲了什么？").text
