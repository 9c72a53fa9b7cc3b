"""A report at a glance: sentences of its own, figures that it leads with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Heading, Report, load_report, split_report
from corpus.figures import extract_figures
from index.ledger import LedgerEntry, assign
from retrieval.reader.summary import (
    MOST_FIGURES,
    MOST_SENTENCES,
    SHORTEST_NAME,
    common_series,
    sections,
    summarise,
)

TEXT = """临江市统计公报

一、综合
初步核算，全年地区生产总值2368.4亿元，比上年增长6.2%。其中，第一产业增加值118.5亿元。
全市财政收入稳步增长，一般公共预算收入176.3亿元，增长4.1%，居全省第三位。

二、农业
全年粮食总产量达到64.2万吨，比上年增长1.8%，粮食播种面积基本稳定。
这一成绩来之不易，凝聚着广大农民的汗水和心血。

三、交通
全年完成公路客运量1830万人次，公路货运量稳步增长，综合交通体系更加完善。
年末公路总里程9642公里，其中高速公路385公里，公路密度继续位居全省前列。
"""


def made(folder: Path, text: str) -> tuple[Report, Sequence[LedgerEntry]]:
    path = folder / "临江市_2024.txt"
    path.write_text(text, encoding="utf-8")
    report = load_report(path)
    figures = extract_figures(report.text)
    return report, assign(report.name, report.identity, figures, split_report(report))


def test_sentences_are_the_reports_own_in_order_from_every_section(tmp_path: Path) -> None:
    report, ledger = made(tmp_path, TEXT)
    summary = summarise(report, ledger, common_series(ledger))
    assert 3 <= len(summary.sentences) <= MOST_SENTENCES
    for sentence in summary.sentences:
        assert report.text[sentence.start : sentence.end].strip() == sentence.text
    assert [s.start for s in summary.sentences] == sorted(s.start for s in summary.sentences)
    assert {sentence.section for sentence in summary.sentences} == {"一、综合", "二、农业", "三、交通"}
    assert not any(sentence.text.startswith(("其中", "这一")) for sentence in summary.sentences)


def test_figures_come_once_a_series_with_what_is_said_of_them(tmp_path: Path) -> None:
    report, ledger = made(tmp_path, TEXT)
    summary = summarise(report, ledger, common_series(ledger))
    told = {key.entry.terms.series: [other.figure.quote for other in key.beside] for key in summary.figures}
    assert len(told) == len(summary.figures) <= MOST_FIGURES
    assert told["地区生产总值"] == ["6.2%"]
    assert all(len(series) >= SHORTEST_NAME for series in told)


def test_what_many_reports_state_comes_first(tmp_path: Path) -> None:
    report, ledger = made(tmp_path, TEXT)
    [wanted] = [e.terms.series for e in ledger if e.figure.quote == "9642公里"]
    summary = summarise(report, ledger, {wanted: 500})
    assert summary.figures[0].entry.terms.series == wanted


def test_series_are_counted_once_a_report(tmp_path: Path) -> None:
    _, ledger = made(tmp_path, TEXT + "\n全年地区生产总值2368.4亿元。\n")
    again = [replace(entry, report="另一份.txt") for entry in ledger]
    assert common_series([*ledger, *again])["地区生产总值"] == 2


@pytest.mark.parametrize("text", ["", "短。", "一、综合\n\n二、农业\n", "数据 | 2023 | 2024\n粮食 | 12 | 13"])
def test_what_says_nothing_has_no_summary(text: str) -> None:
    report = Report("空.txt", Path("空.txt"), "", "空", text, text, range(len(text)))
    summary = summarise(report, (), {})
    assert summary.sentences == summary.figures == ()


@given(st.text(alphabet="一二甲乙丙丁产值增长，。；！\n（）“”12.5%亿元", max_size=400), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_any_text_has_a_summary_and_always_the_same(text: str, headings: int) -> None:
    cuts = [len(text) * number // 4 for number in range(headings)]
    heads = tuple(Heading(text[cut : cut + 3], cut, min(cut + 3, len(text)), 2) for cut in cuts)
    report = Report("某.txt", Path("某.txt"), "", "某", text, text, range(len(text)), headings=heads)
    summary = summarise(report, (), {})
    assert summary == summarise(report, (), {})
    assert len(summary.sentences) <= MOST_SENTENCES
    assert all(text[s.start : s.end].strip() == s.text for s in summary.sentences)


def test_a_title_alone_divides_nothing() -> None:
    title, first, second = Heading("总", 0, 1, 1), Heading("一", 5, 6, 2), Heading("二", 9, 10, 2)
    assert sections([title, first, second]) == [title, first, second]
    assert sections([title, replace(first, level=1), second]) == [title, replace(first, level=1)]
    assert sections([]) == []


ROWS = """各县主要指标

全市各县经济运行总体平稳，主要指标增长较快。
□适用√不适用本报告期内没有需要说明的其他重要事项。
填报单位：统计站负责人：周某填报日期：二月三日
【各县主要指标（单位：亿元）】指标｜2023年｜2024年
【各县主要指标（单位：亿元）】工业增加值｜2023年：318.6｜2024年：341.2
【各县主要指标（单位：亿元）】财政收入｜2023年：27.4｜2024年：27.9｜说明：各县财政收入增长较快，主要指标总体平稳。
【各县主要指标（单位：亿元）】税收收入｜2023年：26.1｜2024年：27.9
"""


def test_rows_of_tables_are_no_sentences_and_give_their_latest_figures(tmp_path: Path) -> None:
    report, ledger = made(tmp_path, ROWS)
    summary = summarise(report, ledger, common_series(ledger))
    assert [sentence.text for sentence in summary.sentences] == [
        "全市各县经济运行总体平稳，主要指标增长较快。"
    ]
    told = [(key.entry.figure.indicator, key.entry.figure.quote) for key in summary.figures]
    assert told == [("工业增加值", "341.2"), ("财政收入", "27.9")]
