"""Which figures make a chart, and what it shows."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from corpus.identity import Identity
from retrieval.answer import Answer, CitedFigure, Computation
from tests.web.samples import answer, figure, passage
from web.chart import Chart, chart_of, vega_lite
from web.i18n import words

ZH = words("zh-CN")

IDENTITIES = {
    "甲2025.txt": Identity(place="甲省", day=date(2025, 1, 20)),
    "甲2024.txt": Identity(place="甲省", day=date(2024, 1, 22)),
    "乙2025.txt": Identity(place="乙省", day=date(2025, 1, 18)),
    "丙.txt": Identity(),
}


def stated(report: str, quote: str, value: str, unit: str = "万吨", **fields: Any) -> CitedFigure:
    source = passage(f"粮食总产量{quote}。", report=report, title=report.removesuffix(".txt"))
    return figure(quote, source, value=Decimal(value), unit=unit, **fields)


def chart(*figures: CitedFigure, **changed: Any) -> Chart | None:
    return chart_of(answer(figures=figures, **changed), IDENTITIES, ZH)


HERE, THERE = stated("甲2025.txt", "42.5万吨", "42.5"), stated("乙2025.txt", "380000吨", "380000", "吨")
BEFORE = stated("甲2024.txt", "40万吨", "40")


def shown(made: Chart | None) -> list[tuple[str, Decimal, str]]:
    assert made is not None
    return [(point.name, point.amount, point.printed) for point in made.points]


def test_places_stand_side_by_side_in_the_unit_of_the_first() -> None:
    made = chart(HERE, THERE)
    assert shown(made) == [("甲省", Decimal("42.5"), "42.5万吨"), ("乙省", Decimal(38), "380000吨")]
    assert made is not None
    assert (made.title, made.over_time) == ("粮食总产量（万吨）", False)


def test_reports_of_no_place_have_their_titles() -> None:
    assert [name for name, *_ in shown(chart(HERE, stated("丙.txt", "9万吨", "9")))] == ["甲省", "丙"]


def test_one_place_at_several_times_is_a_line_in_order() -> None:
    older = stated("甲2025.txt", "36万吨", "36", period="2019年")
    made = chart(HERE, BEFORE, older)
    assert [name for name, *_ in shown(made)] == ["2019年", "2023年", "2024年"]
    assert made is not None
    assert made.over_time


def test_a_place_has_one_bar_its_first_figure() -> None:
    assert len(shown(chart(HERE, THERE, BEFORE, stated("乙2025.txt", "7万吨", "7")))) == 2


def test_a_fall_goes_below_nothing() -> None:
    rises = stated("甲2025.txt", "3%", "3", "%", kind="change", direction="+")
    falls = stated("乙2025.txt", "2%", "2", "%", kind="change", direction="-")
    assert [amount for _, amount, _ in shown(chart(rises, falls))] == [3, -2]


@pytest.mark.parametrize(
    "figures",
    [
        (),
        (HERE,),
        (HERE, stated("甲2025.txt", "41万吨", "41")),
        (HERE, stated("乙2025.txt", "42.5万吨", "42.5")),
        (HERE, stated("乙2025.txt", "3%", "3", "%")),
        (HERE, stated("乙2025.txt", "3万吨", "3", kind="change", direction="+")),
        (HERE, stated("乙2025.txt", "50万吨", "50", status="target")),
        (HERE, stated("乙2025.txt", "50万吨", "50", indicator="棉花总产量")),
        (
            stated("甲2025.txt", "第三位", "3", "位", kind="rank"),
            stated("乙2025.txt", "第四位", "4", "位", kind="rank"),
        ),
    ],
    ids=["none", "one", "same place and time", "same amount", "unit", "kind", "status", "indicator", "ranks"],
)
def test_what_cannot_be_compared_makes_no_chart(figures: tuple[CitedFigure, ...]) -> None:
    assert chart(*figures) is None


def test_a_refusal_has_no_chart() -> None:
    assert chart(HERE, THERE, found=False) is None


def test_what_was_computed_together_is_compared_under_any_name() -> None:
    other = stated("乙2025.txt", "38万吨", "38", indicator="粮食产量共计")
    assert chart(HERE, other) is None
    assert len(shown(chart(HERE, other, computations=(Computation("", "", (HERE, other)),)))) == 2


def test_a_part_and_its_whole_are_no_change_over_time() -> None:
    part = stated("甲2025.txt", "4万吨", "4", indicator="早稻产量", period="2023年")
    assert chart(HERE, part, computations=(Computation("", "", (part, HERE)),)) is None


@pytest.mark.parametrize("told", [(HERE, THERE), (HERE, BEFORE)], ids=["bars", "line"])
def test_a_chart_is_plain_data_that_fetches_nothing(told: tuple[CitedFigure, ...]) -> None:
    made = chart(*told)
    assert made is not None
    drawn = vega_lite(made, ZH)
    assert "http" not in json.dumps(drawn)
    assert [row["printed"] for row in drawn["data"]["values"]] == [point.printed for point in made.points]
    marks = [layer["mark"]["type"] for layer in drawn["layer"]]
    assert marks == ["line" if made.over_time else "bar", "text"]
    assert drawn["config"]["aria"] is False


def test_invisible_characters_do_not_reach_the_chart() -> None:
    made = chart_of(
        Answer("", "", True, "", figures=(HERE, stated("丙\u202e.txt", "9万吨", "9"))), IDENTITIES, ZH
    )
    assert [name for name, *_ in shown(made)] == ["甲省", "丙"]


def test_what_the_page_says_in_a_chart_is_english_in_english() -> None:
    english = words("en")
    grew = [
        stated(one.passage.report, quote, quote[:-1], "%", kind="change", direction="+", period=period)
        for one, quote, period in ((HERE, "3%", "2023年"), (HERE, "5%", "2024年"))
    ]
    made = chart_of(answer(figures=tuple(grew)), IDENTITIES, english)
    assert made is not None
    assert made.title == "粮食总产量 change (%)"
    assert [point.name for point in made.points] == ["2023", "2024"]
    assert vega_lite(made, english)["description"] == "粮食总产量 change (%): 2023 +3%, 2024 +5%"
    assert chart_of(answer(figures=tuple(grew)), IDENTITIES, ZH).title == "粮食总产量 变化（%）"  # type: ignore[union-attr]
