"""Which picked figures stand in one chart, what names them, and how they can be drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from corpus.figures.figure import Figure
from corpus.identity import Identity
from index.ledger import CommonTerms, LedgerEntry
from retrieval.facts.statements import Statement, days_spoken_of
from tests.web.samples import passage
from web.figures.drawing import COLOURS, WIDE_NAME, begins_at_zero, in_order, places_of, spec_of
from web.figures.notes import notes_of, sources_of
from web.figures.picks import MOST_DRAWN, Drawing, Pick, drawing_of
from web.figures.times import time_name, time_words
from web.i18n import words

ZH = words("zh-CN")


def pick(
    value: str, unit: str = "万吨", place: str | None = "甲省", year: int | None = 2024, **fields: Any
) -> Pick:
    indicator = fields.pop("indicator", "粮食产量")
    fields_days = fields.pop("days", None)
    report = fields.pop("report", f"{place}{year}.txt")
    figure = Figure(indicator, Decimal(value), unit, f"{value}{unit}", 0, 4, **fields)
    identity = Identity(place=place, day=date(year + 1, 1, 20) if year else None)
    entry = LedgerEntry(report, 0, figure, CommonTerms.of(figure, identity))
    days = (date(year, 1, 1), date(year, 12, 31)) if year else None
    statement = Statement(entry, passage(report=report), "", "", fields_days or days)
    return Pick(statement, days_spoken_of(statement, identity.day), report.removesuffix(".txt"))


def drawn(*picks: Pick) -> Drawing:
    drawing = drawing_of(picks, ZH)
    assert drawing is not None
    return drawing


def names(drawing: Drawing) -> list[str]:
    return [dot.name for dot in drawing.dots]


def test_places_of_one_year_are_bars_in_one_unit() -> None:
    drawing = drawn(pick("42.5"), pick("380000", "吨", place="乙省"))
    assert (drawing.title, drawing.unit, names(drawing)) == ("粮食产量 2024", "万吨", ["甲省", "乙省"])
    assert [dot.amount for dot in drawing.dots] == [Decimal("42.5"), Decimal(38)]
    assert [dot.printed for dot in drawing.dots] == ["42.5万吨", "380000吨"]
    assert drawing.shapes == ("bars", "ranking")


def test_one_place_over_years_is_a_line() -> None:
    drawing = drawn(pick("40", year=2023), pick("42.5"), pick("36", year=2019))
    assert drawing.shapes == ("line", "bars", "ranking")
    assert (drawing.title, names(drawing)) == ("甲省 粮食产量", ["2023", "2024", "2019"])
    assert len({dot.line for dot in drawing.dots}) == 1


def test_places_over_years_are_lines_of_their_own() -> None:
    drawing = drawn(
        *(pick("40", place=place, year=year) for place in ("甲省", "乙省") for year in (2023, 2024))
    )
    assert drawing.shapes[0] == "line"
    assert {dot.line for dot in drawing.dots} == {"甲省", "乙省"}
    spec = spec_of(drawing, "line", ZH)
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert scale == {"domain": ["甲省", "乙省"], "range": list(COLOURS[:2])}


def test_lines_are_told_apart_without_colours_and_hidden_ones_are_told_of() -> None:
    values = {"甲省": ("40", "42"), "乙省": ("40", "42.0"), "丙省": ("40", "43")}
    drawing = drawn(
        *(
            pick(value, place=place, year=2023 + at)
            for place, both in values.items()
            for at, value in enumerate(both)
        )
    )
    encoding = spec_of(drawing, "line", ZH)["layer"][0]["encoding"]
    assert len(set(encoding["shape"]["scale"]["range"])) == 3
    assert ZH("figures.covered", one="甲省", other="乙省") in list(notes_of(drawing, "line", ZH))
    assert not [note for note in notes_of(drawing, "line", ZH) if "丙省" in note]


def test_a_target_is_no_part_of_the_line_of_what_came_about() -> None:
    drawing = drawn(pick("40", year=2023), pick("41"), pick("45", year=2025, status="target"))
    assert names(drawing) == ["2023", "2024", "2025 目标"]
    assert [dot.line for dot in drawing.dots] == ["", "", "目标"]


def test_names_leave_out_how_all_of_them_end() -> None:
    drawing = drawn(pick("42"), pick("3", indicator="油料产量"))
    assert (drawing.title, names(drawing)) == ("甲省 2024 产量", ["粮食", "油料"])


def test_the_same_twice_is_told_apart_by_the_report_or_the_quantity() -> None:
    drawing = drawn(pick("42", report="公报.txt"), pick("43", report="报告.txt"))
    assert names(drawing) == ["公报", "报告"]
    assert drawing.shapes == ("bars", "ranking")
    assert names(drawn(pick("42"), pick("43"))) == ["42万吨", "43万吨"]
    others = drawn(pick("42"), pick("43"), pick("40", year=2022))
    assert names(others) == ["2024 42万吨", "2024 43万吨", "2022"]


@pytest.mark.parametrize(
    ("others", "left_out"),
    [
        ([pick("3", "亿元")], 1),
        ([pick("3", "%", kind="change", direction="+")], 1),
        ([pick("3", "位", kind="rank"), pick("4", "位", kind="rank", place="乙省")], 2),
        ([pick("0.3", indicator="人均粮食产量")], 1),
        ([pick("9", indicator="货物吞吐量")], 1),
        ([], 0),
    ],
    ids=["unit", "kind", "ranks", "manner", "another sort", "none"],
)
def test_what_cannot_be_compared_is_left_out_and_counted(others: list[Pick], left_out: int) -> None:
    drawing = drawn(*others, pick("42.5"), pick("40", place="乙省"))
    assert drawing.left_out == left_out
    assert len(drawing.dots) == 2


def test_growths_of_different_things_stand_side_by_side_unless_measured_otherwise() -> None:
    grown = [pick(value, "%", indicator=name, kind="change", direction="+", basis=basis) for value, name, basis in (
        ("6.1", "财政收入", "同比"), ("5.2", "社会消费品零售总额", "比上年"), ("4", "固定资产投资", None), ("9", "工业投资", "年均"))]  # fmt: skip
    drawing = drawn(*grown)
    assert (drawing.title, drawing.left_out) == ("甲省 2024 变化", 1)
    assert names(drawing) == ["财政收入", "社会消费品零售总额", "固定资产投资"]
    assert [dot.printed for dot in drawing.dots] == ["+6.1%", "+5.2%", "+4%"]


@pytest.mark.parametrize(
    "picks", [[], [pick("4")], [pick("4"), pick("4", "亿元")]], ids=["none", "one", "units"]
)
def test_fewer_than_two_are_not_drawn(picks: list[Pick]) -> None:
    assert drawing_of(picks, ZH) is None


def test_no_more_are_drawn_than_can_be_told_apart() -> None:
    drawing = drawn(
        *(pick(str(number), place=None, report=f"报告{number}.txt") for number in range(MOST_DRAWN + 5))
    )
    assert len(drawing.dots) == MOST_DRAWN
    assert (drawing.left_out, drawing.beyond) == (0, 5)
    assert list(notes_of(drawing, "bars", ZH)) == [ZH("figures.beyond", number=MOST_DRAWN, more=5)]
    assert sources_of(drawing, "bars", ZH) == f"来源：报告0、报告1、报告2等 {MOST_DRAWN} 份报告"


def test_a_ranking_has_the_largest_first_and_says_the_place() -> None:
    drawing = drawn(pick("38"), pick("42.5", place="乙省"), pick("40", place="丙省"))
    assert [dot.name for dot in in_order(drawing, "ranking")] == ["乙省", "丙省", "甲省"]
    values = spec_of(drawing, "ranking", ZH)["data"]["values"]
    assert [value["name"] for value in values] == ["1. 乙省", "2. 丙省", "3. 甲省"]


def test_bars_begin_at_nothing_and_a_fall_goes_below() -> None:
    drawing = drawn(
        pick("3", "%", kind="change", direction="+"),
        pick("2", "%", place="乙省", kind="change", direction="-"),
    )
    assert [dot.amount for dot in drawing.dots] == [3, -2]
    spec = spec_of(drawing, "bars", ZH)
    axis = spec["layer"][0]["encoding"]["x"]
    assert axis["scale"]["zero"] is True
    assert axis["scale"]["domainMax"] > 3  # what is printed at its end has room
    assert axis["axis"]["title"] == "%"


@pytest.mark.parametrize(
    ("values", "zero"), [(("40", "42"), False), (("4", "42"), True), (("0", "42"), True)]
)
def test_a_line_is_drawn_from_nothing_unless_that_makes_it_flat(values: tuple[str, ...], zero: bool) -> None:
    drawing = drawn(*(pick(value, year=2020 + number) for number, value in enumerate(values)))
    assert begins_at_zero(drawing) is zero
    assert spec_of(drawing, "line", ZH)["encoding"]["y"]["scale"]["zero"] is zero


def test_times_stand_at_their_true_distances() -> None:
    drawing = drawn(pick("40", year=2019), pick("42.5", year=2024), pick("41", year=2023))
    times = spec_of(drawing, "line", ZH)["encoding"]["x"]
    assert times["type"] == "temporal"
    assert [value["year"] for value in times["axis"]["values"]] == [2019, 2023, 2024]


def test_a_chart_is_described_in_words() -> None:
    spec = spec_of(drawn(pick("42.5"), pick("38", place="乙省")), "bars", ZH)
    assert spec["description"] == "粮食产量 2024（万吨）：甲省 42.5万吨，乙省 38万吨"


def test_bars_of_one_name_stay_apart() -> None:
    values = spec_of(drawn(pick("42", place="甲省"), pick("42", place="甲省")), "bars", ZH)["data"]["values"]
    assert len({value["name"] for value in values}) == 2
    assert len({value["name"].rstrip("\u200b") for value in values}) == 1


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2024, 12, 31), date(2024, 12, 31), "2024"),
        (date(2021, 1, 1), date(2025, 12, 31), "2021–2025"),
        (date(2024, 6, 30), date(2024, 6, 30), "2024-06-30"),
        (date(2024, 1, 1), date(2024, 6, 30), "2024-01–2024-06"),
    ],
)
def test_times_are_named_in_figures(first: date, last: date, name: str) -> None:
    assert time_name((first, last)) == name


@pytest.mark.parametrize(
    ("first", "last", "chinese", "english"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024年", "2024"),
        (date(2024, 12, 31), date(2024, 12, 31), "2024年末", "end of 2024"),
        (date(2021, 1, 1), date(2025, 12, 31), "2021–2025年", "2021–2025"),
        (date(2024, 3, 1), date(2024, 3, 31), "2024年3月", "2024-3"),
        (date(2024, 1, 1), date(2024, 6, 30), "2024年1–6月", "2024, months 1–6"),
        (date(2024, 6, 30), date(2024, 6, 30), "2024年6月末", "end of 2024-6"),
        (date(2024, 6, 3), date(2024, 6, 3), "2024年6月3日", "2024-6-3"),
        (date(2021, 1, 1), date(2021, 12, 1), "2021年1月1日–12月1日", "2021-1-1 – 12-1"),
        (date(2023, 7, 1), date(2024, 6, 30), "2023年7月–2024年6月", "2023-7 – 2024-6"),
    ],
)
def test_times_are_told_in_words(first: date, last: date, chinese: str, english: str) -> None:
    assert time_words((first, last), ZH) == chinese
    assert time_words((first, last), words("en")) == english


LONG = "全省文化体育和娱乐业固定资产更新改造支出在总支出里所占份额"


def test_names_that_are_cut_stay_apart_and_are_told_whole() -> None:
    picks = [pick("3", "%", indicator=f"{end}{LONG}{end}水平") for end in ("东部", "西部")]
    for narrow in (False, True):
        values = spec_of(drawn(*picks), "bars", ZH, narrow)["data"]["values"]
        shown = [value["name"] for value in values]
        assert len(set(shown)) == 2
        assert all("…" in name for name in shown)
        assert [end in name for end, name in zip(("东部", "西部"), shown, strict=True)] == [True, True]
        assert [value["told"] for value in values] == [
            f"甲省 {end}{LONG}{end}水平 2024 甲省2024 3%" for end in ("东部", "西部")
        ]


def test_no_name_is_cut_by_the_axis() -> None:
    axis = spec_of(drawn(pick("3"), pick("4", place="乙省")), "bars", ZH)["encoding"]["y"]["axis"]
    assert axis["labelLimit"] >= WIDE_NAME / 2 * 13


def test_on_a_narrow_page_names_stand_over_their_bars() -> None:
    spec = spec_of(drawn(pick("3"), pick("4", place="乙省")), "bars", ZH, narrow=True)
    assert spec["encoding"]["y"]["axis"] is None
    assert spec["layer"][-1]["encoding"]["text"] == {"field": "name"}


@pytest.mark.parametrize(
    "other",
    [
        pick("2", days=(date(2024, 1, 1), date(2024, 6, 30))),
        pick("90", days=(date(2021, 1, 1), date(2025, 12, 31))),
    ],
    ids=["half a year", "five years"],
)
def test_times_of_other_lengths_are_not_drawn_together(other: Pick) -> None:
    drawing = drawn(pick("40", year=2023), pick("42.5"), other)
    assert (names(drawing), drawing.left_out) == (["2023", "2024"], 1)


def test_the_end_of_a_year_stands_beside_a_year() -> None:
    end = pick("42.5", days=(date(2024, 12, 31), date(2024, 12, 31)))
    assert drawn(pick("40", year=2023), end).left_out == 0


def test_only_results_of_one_time_are_ranked_and_not_the_nation() -> None:
    drawing = drawn(
        pick("40"),
        pick("42", place="乙省"),
        pick("90", place="丙省", status="target"),
        pick("80", place="丁省", year=2023),
        pick("700", place="全国"),
        pick("41", place="戊省", indicator="早稻产量"),
    )
    assert drawing.shapes == ("bars", "ranking")
    assert [dot.place for dot in in_order(drawing, "ranking")] == ["乙省", "甲省"]
    assert ZH("figures.unranked", number=4) in list(notes_of(drawing, "ranking", ZH))
    told = list(notes_of(drawing, "bars", ZH))
    assert told == [ZH("figures.times_differ"), ZH("figures.nation"), ZH("figures.planned")]


def test_an_unknown_time_among_years_is_said_to_be_unknown() -> None:
    assert names(drawn(pick("40", year=2023), pick("42"), pick("39", year=None))) == [
        "2023",
        "2024",
        "时间不详",
    ]


def test_years_of_one_place_are_ranked() -> None:
    drawing = drawn(pick("40", year=2023), pick("42"), pick("41", year=2022))
    assert [dot.time for dot in in_order(drawing, "ranking")] == ["2024", "2022", "2023"]


def test_no_ranking_of_one() -> None:
    assert drawn(pick("40"), pick("42", place="乙省", year=2023)).shapes == ("bars",)


def test_a_rank_by_what_is_not_exact_is_told_of() -> None:
    drawing = drawn(pick("40"), pick("42", place="乙省", bound=">="))
    assert list(notes_of(drawing, "ranking", ZH)) == [ZH("figures.inexact")]
    assert list(notes_of(drawing, "bars", ZH)) == []


def test_equals_share_a_place() -> None:
    drawing = drawn(
        *(pick(value, place=place) for value, place in (("4", "甲"), ("5", "乙"), ("4", "丙"), ("3", "丁")))
    )
    assert places_of(in_order(drawing, "ranking")) == [1, 2, 2, 4]


def test_what_is_planned_is_faint() -> None:
    spec = spec_of(drawn(pick("40", year=2023), pick("45", year=2025, status="target")), "bars", ZH)
    assert [value["planned"] for value in spec["data"]["values"]] == [False, True]
    assert spec["layer"][0]["encoding"]["fillOpacity"]["condition"]["test"] == "datum.planned"
