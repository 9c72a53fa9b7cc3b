"""The self-check: what cannot be true is found, and what can be is left alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures import Figure
from corpus.figures.amount import normalise
from retrieval.facts.contradictions import Contradiction, check, contradiction_to_json
from retrieval.facts.interval import INFINITY, Interval, interval_of
from tests.retrieval.ledgers import index_of

HEAD = "仙居县国民经济和社会发展情况\n2024年2月6日\n\n"


def found(folder: Path, *texts: str) -> list[Contradiction]:
    """Check reports of one county and day that say these things."""
    return check(index_of(folder, {f"第{number}份.txt": HEAD + text for number, text in enumerate(texts, 1)}))


CONTRADICTORY = {
    "in two reports": ("2023年，全县地区生产总值312.5亿元。\n", "去年，GDP达到321.5亿元。\n"),
    "in one report": ("2023年，社会消费品零售总额86.3亿元。\n\n去年，社零总额68.3亿元。\n",),
    "in other units": ("2023年，一般公共预算收入9.8亿元。\n", "2023年，一般公共预算收入88000万元。\n"),
    "below what was passed": ("2023年，全县地区生产总值突破400亿元。\n", "2023年，地区生产总值385亿元。\n"),
    "growth": ("2023年，固定资产投资增长6.5%。\n", "2023年，固定资产投资同比增长5.6%。\n"),
    "growth and fall": ("2023年，固定资产投资增长6.5%。\n", "2023年，固定资产投资比上年下降6.5%。\n"),
    "counted in another word": ("2023年末，全县经营主体5.2万户。\n", "2023年末，全县市场主体4.5万家。\n"),
    "time from the heading": (
        "一、2023年工作回顾\n\n全县地区生产总值312.5亿元，各项事业全面进步。\n",
        "2023年，地区生产总值321.5亿元。\n",
    ),
}
COMPATIBLE = {
    "rounded": ("2023年，全县地区生产总值312.5亿元。\n", "2023年，地区生产总值313亿元。\n"),
    "cut off": ("2023年，全县地区生产总值312.96亿元。\n", "2023年，地区生产总值312.9亿元。\n"),
    "a round number": ("2023年，全县地区生产总值300亿元。\n", "2023年，地区生产总值312.5亿元。\n"),
    "more than": ("2023年，全县地区生产总值突破300亿元。\n", "2023年，地区生产总值312.5亿元。\n"),
    "about": ("2023年，全县地区生产总值近320亿元。\n", "2023年，地区生产总值305.5亿元。\n"),
    "another year": ("2022年，全县地区生产总值280.5亿元。\n", "2023年，地区生产总值312.5亿元。\n"),
    "part of a year": ("2023年上半年，全县地区生产总值150.5亿元。\n", "2023年，地区生产总值312.5亿元。\n"),
    "no year": ("全县地区生产总值280.5亿元。\n", "全县地区生产总值312.5亿元。\n"),
    "a target": ("2023年，力争地区生产总值达到350.5亿元。\n", "2023年，地区生产总值312.5亿元。\n"),
    "another indicator": (
        "2023年，农村居民人均可支配收入2.1万元。\n",
        "2023年，居民人均可支配收入3.4万元。\n",
    ),
    "fiscal revenue is more": ("2023年，一般公共预算收入9.8亿元。\n", "2023年，地方财政收入16.2亿元。\n"),
    "a part": ("2023年，固定资产投资120.5亿元。\n", "2023年，其中开发区固定资产投资35.2亿元。\n"),
    "another place": ("2023年，固定资产投资120.5亿元。\n", "2023年，临海市固定资产投资350.2亿元。\n"),
    "of something": ("2023年，30个交通项目完成固定资产投资20.5亿元。\n", "2023年，固定资产投资120.5亿元。\n"),
    "of what was counted before": (
        "2023年，初中招生9130人，在校生27800人。\n高中招生5200人，在校生15100人。\n",
        "2023年，小学招生8230人，在校生49800人。\n",
    ),
    "a list": ("2023年，固定资产投资120.5亿元、固定资产投资130.5亿元。\n",),
    "a mean": ("2023年，粮食总产量年均8.4万吨。\n", "2023年，粮食总产量累计42.6万吨。\n"),
    "another basis": ("2023年，固定资产投资比2019年增长36.5%。\n", "2023年，固定资产投资增长5.6%。\n"),
    "ranks": ("2023年，固定资产投资居全省第三位。\n", "2023年，固定资产投资居全市第一位。\n"),
    "a table and a table": (
        "2023年\n\n| 指标 | 单位 | 数量 |\n| 大牲畜 | 万头 | 3.2 |\n\n2023年\n\n| 指标 | 单位 | 数量 |\n| 大牲畜 | 万头 | 5.6 |\n",
    ),
}


@pytest.mark.parametrize("texts", CONTRADICTORY.values(), ids=CONTRADICTORY)
def test_what_cannot_both_be_true_is_found(texts: tuple[str, ...], tmp_path: Path) -> None:
    [contradiction] = found(tmp_path, *texts)
    assert contradiction.text.startswith("仙居县2023")
    for statement in contradiction.statements:
        assert statement.says in contradiction.text
        assert statement.says in statement.sentence
    where = "同一份报告里" if len(texts) == 1 else "两份报告里"
    assert where in contradiction.text


@pytest.mark.parametrize("texts", COMPATIBLE.values(), ids=COMPATIBLE)
def test_what_can_both_be_true_is_left_alone(texts: tuple[str, ...], tmp_path: Path) -> None:
    assert found(tmp_path, *texts) == []


def test_what_is_said_twice_is_found_once(tmp_path: Path) -> None:
    said = "2023年，全县地区生产总值312.5亿元。\n"
    [contradiction] = found(tmp_path, said, "去年，GDP达到321.5亿元。\n", f"{said}全面完成任务。\n")
    assert [statement.entry.report for statement in contradiction.statements] == ["第1份.txt", "第2份.txt"]


MISCALCULATED = {
    "per cent": ("高速公路里程从80公里增加到120公里，增长30%。", "增长50.00%"),
    "per cent, less": ("行政审批事项由200项减少到150项，减少35%。", "下降25.00%"),
    "times": ("快递业务量从210万件增加到930万件，增长5.6倍。", "增长342.86%"),
    "doubled": ("粮食产能由50.5万吨提高到75.5万吨，翻两番。", "增长49.50%"),
    "difference": ("床位数从320张增加到450张，增加150张。", "相差130张"),
    "points": ("森林覆盖率从41.2%提高到43.5%，提高3.2个百分点。", "相差2.3%"),
    "with years": ("公园数量从2020年的40个增加到2023年的70个，增长85%。", "增长75.00%"),
    "from year to year": (
        "2022年，专利授权量1250件。2023年，专利授权量1500件。2023年，专利授权量同比增长30.5%。",
        "增长20.00%",
    ),
}
CALCULATED = {
    "per cent": "高速公路里程从80公里增加到120公里，增长50%。",
    "rounded end points": "外贸货运量从1.2万吨增加到1.7万吨，增长38.4%。",
    "nearly": "高速公路里程从80公里增加到120公里，增长近55%。",
    "more than": "高速公路里程从80公里增加到120公里，增长超过45%。",
    "times as much": "快递业务量从200万件增加到900万件，增长4.5倍。",
    "times more": "快递业务量从200万件增加到900万件，增长3.5倍。",
    "difference": "床位数从320张增加到450张，增加130张。",
    "points": "森林覆盖率从41.2%提高到43.5%，提高2.3个百分点。",
    "rate of a share": "森林覆盖率从40%提高到44%，提高10%。",
    "constant prices": "地区生产总值从300.5亿元增加到400.5亿元，增长28%。",
    "comparable prices, told with the growth": (
        "2022年，工业投资额125.2亿元。2023年，工业投资额150.3亿元。2023年，按可比口径计算，工业投资额同比增长10.5%。"
    ),
    "yearly": "高速公路里程从80公里增加到120公里，年均增长8.4%。",
    "another thing": "高速公路里程从80公里增加到120公里，客运量增长8.4%。",
    "from nothing": "智能工厂从0家增加到12家，增长120%。",
    "from year to year": "2022年，专利授权量1250件。2023年，专利授权量1500件。2023年，专利授权量同比增长20%。",
}


@pytest.mark.parametrize(("text", "real"), MISCALCULATED.values(), ids=MISCALCULATED)
def test_growth_that_does_not_follow_is_found(text: str, real: str, tmp_path: Path) -> None:
    [contradiction] = found(tmp_path, text + "\n")
    assert real in contradiction.text
    assert len(contradiction.statements) == 3
    assert all(statement.says in contradiction.text for statement in contradiction.statements)


@pytest.mark.parametrize("text", CALCULATED.values(), ids=CALCULATED)
def test_growth_that_follows_is_left_alone(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, text + "\n") == []


def test_a_contradiction_as_json(tmp_path: Path) -> None:
    [contradiction] = found(tmp_path, *CONTRADICTORY["in two reports"])
    said = contradiction_to_json(contradiction)
    assert said["text"] == "仙居县2023年的“地区生产总值”，两份报告里说法不一：“312.5亿元”与“321.5亿元”。"
    assert [source["report"] for source in said["statements"]] == ["第1份.txt", "第2份.txt"]
    assert said["statements"][1]["sentence"] == "去年，GDP达到321.5亿元。"


values = st.decimals(Decimal("0.1"), 10**6, places=1)


@given(values, st.sampled_from(["亿元", "家", "%"]), st.sampled_from(["=", ">=", ">", "<=", "<", "~"]))
def test_a_quantity_may_be_what_is_printed(value: Decimal, unit: str, bound: str) -> None:
    plain = interval_of(Figure("产值", value, unit, "", 0, 0))
    loose = interval_of(Figure("产值", value, unit, "", 0, 0, bound=bound))
    assert plain.low < plain.high < INFINITY
    assert loose.meets(plain)
    assert loose.low <= normalise(value, unit)[0] <= loose.high


@given(values, values)
def test_growth_is_that_of_the_quantities(first: Decimal, last: Decimal) -> None:
    one, other = (interval_of(Figure("产值", value, "家", "", 0, 0)) for value in (first, last))
    growth = other.growth_from(one)
    real = 100 * (last / first - 1)
    assert growth is None or growth.low <= real <= growth.high
    assert (growth is None) == (one.low <= 0)
    assert -one == Interval(-one.high, -one.low)
    assert (other - one).meets(Interval(last - first, last - first))
