"""Questions to begin with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from corpus.figures.figure import Figure
from retrieval.results import Answer
from web.examples import EXAMPLES, TRIALS, choose_examples


def figure(indicator: str, value: int, unit: str, **fields: Any) -> Figure:
    quote = f"{value}{unit}"
    return Figure(indicator, Decimal(value), unit, quote, 0, len(quote), **fields)


class Answers:
    """Answers every question with the figure that was last written for its indicator."""

    def __init__(self, *figures: Figure) -> None:
        self.known = {figure.indicator: figure.quote for figure in figures}
        self.asked: list[str] = []

    def __call__(self, question: str) -> Answer:
        self.asked.append(question)
        quote = next((quote for name, quote in self.known.items() if question.startswith(name)), None)
        if quote is None:
            return Answer(question, question, False, "没有提到。")
        return Answer(question, question, True, f"是{quote}。", marks=((1, 1 + len(quote)),))


@pytest.mark.parametrize(
    ("shown", "question"),
    [
        (figure("规模以上企业", 412, "家"), "规模以上企业有多少家？"),
        (figure("公共图书馆藏书", 30, "万册"), "公共图书馆藏书有多少万册？"),
        (figure("粮食总产量", 42, "万吨"), "粮食总产量是多少？"),
        (figure("城镇化率提升", 3, "%"), "城镇化率提升是多少？"),
    ],
)
def test_the_question_fits_the_unit(shown: Figure, question: str) -> None:
    assert choose_examples([shown], Answers(shown)) == (question,)


@pytest.mark.parametrize(
    "poor",
    [
        figure("企业", 412, "家"),
        figure("和规模以上企业", 412, "家"),
        figure("R&D经费支出", 4, "亿元"),
        figure("跨境班车 开行", 3, "车次"),
        figure("粮食总产量", 3, "%", kind="change"),
        figure("粮食总产量", 50, "万吨", status="target"),
        figure("全区规模以上工业企业利润总额及税金", 4, "亿元"),
    ],
    ids=lambda poor: poor.indicator,
)
def test_what_would_read_badly_is_not_asked(poor: Figure) -> None:
    answers = Answers(poor)
    assert choose_examples([poor], answers) == ()
    assert answers.asked == []


def test_only_questions_that_are_answered_with_their_figure_are_offered() -> None:
    stale, fresh = figure("规模以上企业", 412, "家"), figure("规模以上企业", 500, "家")
    assert choose_examples([stale], Answers(fresh)) == ()
    assert choose_examples([stale], Answers()) == ()


def test_units_take_turns() -> None:
    houses = [figure(f"第{name}类企业总数", 5, "家") for name in "甲乙丙丁戊己庚"]
    other = [figure("粮食总产量", 42, "万吨"), figure("财政收入总额", 9, "亿元")]
    chosen = choose_examples([*houses, *other], Answers(*houses, *other))
    assert len(chosen) == EXAMPLES
    assert chosen[:3] == ("第甲类企业总数有多少家？", "粮食总产量是多少？", "财政收入总额是多少？")


def test_an_index_full_of_unanswered_figures_does_not_delay_the_start() -> None:
    answers = Answers()
    names = [f"第{chr(0x4E00 + number)}类企业" for number in range(200)]
    assert choose_examples([figure(name, 5, "家") for name in names], answers) == ()
    assert len(answers.asked) == TRIALS
