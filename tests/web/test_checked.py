"""Numbers of an answer that are vouched for."""

from __future__ import annotations

import pytest

from retrieval.results import Computation, Hit
from tests.web.samples import answer, figure, passage
from web.checked import numbers_checked

SOURCE = passage(
    "2024年全区粮食总产量达到1,042.5万吨，同比增长3.1%，居全省第四位。", headings=("2030年展望",)
)


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        ("粮食总产量1,042.5万吨，增长3.1%。", (2, 2)),
        ("粮食总产量１０４２.5万吨。", (0, 1)),
        ("粮食总产量042.5万吨。", (0, 1)),
        ("增长3%。", (0, 1)),
        ("增长３.1%。", (1, 1)),
        ("居全省第四位。", (1, 1)),
        ("居全省第五位。", (0, 1)),
        ("2024年增长3.1%，2023年增长2.9%。", (2, 4)),
        ("2030年的打算。", (1, 1)),
        ("农业局统一负责。", (0, 0)),
    ],
)
def test_a_number_counts_where_a_source_prints_it_whole(text: str, checked: tuple[int, int]) -> None:
    told = answer(text=text, hits=(Hit(SOURCE, 1.0, {}),), figures=())
    assert numbers_checked(told) == checked


def test_a_result_is_vouched_for_by_its_formula() -> None:
    told = answer(text="相差38.5万吨（推算）。", hits=(), figures=())
    assert numbers_checked(told) == (0, 1)
    formula = Computation("42.5万吨 − 4万吨 = 38.5万吨", "38.5万吨", ())
    assert numbers_checked(answer(text=told.text, hits=(), figures=(), computations=(formula,))) == (1, 1)


def test_a_figure_vouches_for_its_passage() -> None:
    cited = figure("7个", passage("公园7个。"), unit="个")
    assert numbers_checked(answer(text="公园7个。", hits=(), figures=(cited,))) == (1, 1)
