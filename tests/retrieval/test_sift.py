"""The ledger in columns: what half-typed words find, how rows are ordered, and how fast."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures.figure import Figure
from index import Index
from index.ledger import CommonTerms, LedgerEntry
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.filter import COLUMNS, Choice, Order, Sieve, chosen_rows
from retrieval.words.labels import labels_of
from tests.retrieval.ledgers import index_of

REPORTS = {
    "仙居县政府工作报告.txt": """仙居县政府工作报告
2024年2月6日

去年，全县GDP达到312.5亿元，增长6.8%；粮食产量5万吨，居全省第三位，渔业产值下降2.5%。
2023年上半年，新建公路86公里。
今年，力争新建公路120公里以上，社零总额90亿元。
""",
    "巴南区统计公报.txt": """巴南区统计公报
2023年3月20日

2022年，地区生产总值突破900亿元，人均地区生产总值11.8万元。去年末，公路里程达到2300公里。
""",
    "随笔.txt": "山里有一座老桥，长约35米。去年，来看桥的游客有2万人次。\n",
}
MANY = 20_000
LIMIT = 0.1  # seconds of computing for a choice and its order among so many


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("账"), REPORTS)


@pytest.fixture(scope="module")
def sieve(index: Index) -> Sieve:
    return sieve_of(index)


def sieve_of(index: Index) -> Sieve:
    terms = [entry.terms for entry in index.ledger]
    days = [(one.first_day, one.last_day) if one.first_day and one.last_day else None for one in terms]
    return Sieve(index, days, labels_of(index.manifest.reports))


def quotes(index: Index, rows: Any) -> list[str]:
    return [index.ledger[row].figure.quote for row in rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"indicator": "GDP", "kind": "level"}, ["312.5亿元", "900亿元", "11.8万元"]),
        ({"indicator": "gd", "kind": "level"}, ["312.5亿元", "900亿元", "11.8万元"]),
        ({"indicator": "国内生", "kind": "level"}, ["312.5亿元", "900亿元", "11.8万元"]),
        ({"indicator": "社零"}, ["90亿元"]),
        ({"indicator": "社会消费品"}, ["90亿元"]),
        ({"indicator": " 公路 "}, ["86公里", "120公里", "2300公里"]),
        ({"indicator": "  "}, None),
        ({"report": "巴南", "unit": "万元"}, ["900亿元", "11.8万元"]),
        ({"report": "随笔.TXT"}, ["35米", "2万人次"]),
        ({"place": "仙"}, ["312.5亿元", "6.8%", "5万吨", "第三位", "2.5%", "86公里", "120公里", "90亿元"]),
        ({"place": "巴南"}, ["900亿元", "11.8万元", "2300公里"]),
        ({"unit": "米"}, ["86公里", "120公里", "35米", "2300公里"]),
        ({"unit": "万"}, ["5万吨", "2万人次", "11.8万元"]),
        ({"period": "2022"}, ["900亿元", "11.8万元", "2300公里"]),
        ({"period": "去"}, ["312.5亿元", "6.8%", "5万吨", "第三位", "2.5%", "2万人次", "2300公里"]),
        ({"period": "很久"}, []),
        ({"kind": "rank"}, ["第三位"]),
        ({"kind": "nonsense"}, []),
        ({"status": "target"}, ["120公里", "90亿元"]),
        ({"unit": "斗"}, []),
    ],
)
def test_a_word_finds_its_figures_before_it_is_finished(
    index: Index, sieve: Sieve, typed: dict[str, str], found: list[str] | None
) -> None:
    chosen = quotes(index, sieve.rows(Choice(**typed)))
    everything = quotes(index, range(len(index.ledger)))
    assert sorted(chosen) == sorted(everything if found is None else found)


@pytest.mark.parametrize(
    "choice",
    [
        Choice(indicator="GDP"),
        Choice(place="仙居", unit="米"),
        Choice(period="2023年", kind="level"),
        Choice(period="去年", unit="亿元"),
        Choice(report="随笔.txt"),
    ],
)
def test_finished_words_choose_what_the_ledger_does(index: Index, sieve: Sieve, choice: Choice) -> None:
    assert sorted(sieve.rows(choice)) == chosen_rows(index, choice)


def test_the_very_indicator_stands_before_those_that_have_it_as_a_part(tmp_path: Path) -> None:
    text = "仙居县工作报告\n2024年2月6日\n\n去年，人均GDP为9.8万元，全县GDP达到312.5亿元。\n"
    index = index_of(tmp_path, {"甲.txt": text})
    assert quotes(index, sieve_of(index).rows(Choice(indicator="生产总值"))) == ["312.5亿元", "9.8万元"]
    assert quotes(index, sieve_of(index).rows(Choice())) == ["9.8万元", "312.5亿元"]


def test_a_report_is_found_by_its_title_and_by_its_file(index: Index, sieve: Sieve) -> None:
    by_title, by_file = (
        sieve.rows(Choice(report=typed)) for typed in ("2024年·仙居", "仙居县政府工作报告.t")
    )
    assert by_title.tolist() == by_file.tolist()
    assert len(by_file) > 0


def test_a_time_that_is_not_printed_is_found_where_it_is_known(index: Index) -> None:
    days = [(date(2020, 1, 1), date(2020, 12, 31))] * len(index.ledger)
    sieve = Sieve(index, days, labels_of(index.manifest.reports))
    assert len(sieve.rows(Choice(period="2020"))) == len(index.ledger)
    assert sieve.years == (2020,)


def test_amounts_are_ordered_within_their_unit_and_falls_are_below_nothing(
    index: Index, sieve: Sieve
) -> None:
    money = Choice(unit="元")
    assert quotes(index, sieve.rows(money, Order("value"))) == ["11.8万元", "90亿元", "312.5亿元", "900亿元"]
    assert quotes(index, sieve.rows(money, Order("value", True))) == [
        "900亿元",
        "312.5亿元",
        "90亿元",
        "11.8万元",
    ]
    assert quotes(index, sieve.rows(Choice(unit="%"), Order("value"))) == ["2.5%", "6.8%"]
    units = [index.ledger[row].terms.base_unit for row in sieve.rows(Choice(), Order("value"))]
    assert len([unit for unit, before in zip(units, [None, *units], strict=False) if unit != before]) == len(
        set(units)
    )


def test_words_are_in_reading_order_and_what_is_missing_comes_last(index: Index, sieve: Sieve) -> None:
    names = ["巴南区", "仙居县"]  # bā, xiān
    for descending in (False, True):
        rows = sieve.rows(Choice(), Order("place", descending))
        places = list(dict.fromkeys(index.ledger[row].terms.place for row in rows))
        assert places == [*(reversed(names) if descending else names), None]
        days = [index.ledger[row].terms.last_day for row in sieve.rows(Choice(), Order("period", descending))]
        dated = [day for day in days if day]
        assert dated == sorted(dated, reverse=descending)
        assert days[len(dated) :] == [None] * (len(days) - len(dated))


def test_rows_among_others(sieve: Sieve) -> None:
    assert sieve.rows(Choice(), among=()).tolist() == []
    assert sieve.rows(Choice(), Order("value"), among=[3, 1]).size == 2
    assert sieve.rows(Choice(kind="rank"), among=[0]).tolist() == []


def test_what_can_be_chosen_from(sieve: Sieve) -> None:
    assert sieve.places == ("巴南区", "仙居县")
    assert sieve.units[0] == "元"
    assert "" not in sieve.units
    assert sieve.years == (2024, 2023, 2022)
    assert sieve.indicators("gdp", 9) == ("地区生产总值", "人均地区生产总值")
    assert len(sieve.indicators("", 2)) == 2


@given(st.text(max_size=8), st.sampled_from(COLUMNS), st.booleans())
def test_any_typed_text_finds_some_rows_once(sieve: Sieve, text: str, column: Any, descending: bool) -> None:
    for field in ("indicator", "report", "place", "period", "unit"):
        rows = sieve.rows(Choice(**{field: text}), Order(column, descending)).tolist()
        assert len(set(rows)) == len(rows)
        assert set(rows) == set(sieve.rows(Choice(**{field: text})).tolist())


def many(index: Index) -> Index:
    """An index whose ledger has 20,000 figures of 5,000 indicators."""
    entries = []
    for number in range(MANY):
        name, unit = f"第{number % 5000}类产品产量", ("亿元", "%", "万吨", "家")[number % 4]
        figure = Figure(
            name, Decimal(number * 7919 % 10_007) / 10, unit, "", number, number + 1, period="去年"
        )
        report = index.manifest.reports[number * 3 // MANY]
        entries.append(LedgerEntry(report.name, None, figure, CommonTerms.of(figure, report.identity)))
    return replace(index, ledger=tuple(entries))


def test_twenty_thousand_figures_are_chosen_and_ordered_in_time(index: Index) -> None:
    large = many(index)
    sieve = sieve_of(large)
    for choice in (Choice(), Choice(indicator="产", unit="万元", period="去年", report="报")):
        for column in COLUMNS:
            started = time.thread_time()
            rows = sieve.rows(choice, Order(column, descending=True))
            assert time.thread_time() - started < LIMIT
            assert rows.size > 1000
    rows = sieve.rows(Choice(unit="亿元"), Order("value"))
    amounts = [amount_of(large.ledger[row].figure)[0] for row in rows]
    assert amounts == sorted(amounts)


def test_an_empty_ledger(tmp_path: Path) -> None:
    sieve = sieve_of(index_of(tmp_path, {"甲.txt": "没有数字的报告。\n"}))
    assert sieve.rows(Choice(indicator="甲"), Order("value")).tolist() == []
    assert (sieve.places, sieve.units, sieve.years, sieve.indicators("", 5)) == ((), (), (), ())
