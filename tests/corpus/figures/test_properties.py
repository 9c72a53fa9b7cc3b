"""What holds for every text: offsets, order, determinism, context, and growth of time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.figures import extract_figures
from tests.growth import TIMES, assert_grows

PIECES = st.sampled_from(
    [
        *"0123456789一二两三百千万亿点半成，。；、（）“”%％‰元家个年月日第前近超约余多至到—-由从比增降为达的和", "\n", "\t", "|", "  ",
        "分别", "增长", "下降", "达到", "亿元", "百分之", "分之", "个百分点", "翻番", "首位", "同比", "以上", "左右", "力争",
        "工业产值", "企业", "占全市", "其中", "指标", "单位：亿元", "2023年", "“十四五”", "新增",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join)
SENTENCES = st.sampled_from(
    [
        "全年完成投资86.4亿元，增长12.5%。",
        "新建学校12所、改造管网80公里。",
        "城镇化率由51.2%提高到58.7%。",
        "产量居全省第二位。",
    ]
)
NEUTRAL = st.sampled_from(["", "天气很好。", "大家都来参加会议。", "道路干净整洁。\n"])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_quotes_slice_back_in_order_without_overlap(text: str) -> None:
    figures = extract_figures(text)
    assert all(text[figure.start : figure.end] == figure.quote and figure.quote for figure in figures)
    assert all(before.end <= after.start for before, after in pairwise(figures))
    assert figures == extract_figures(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_fields_agree_with_each_other(text: str) -> None:
    for figure in extract_figures(text):
        assert (figure.direction is not None) == (figure.kind == "change")
        assert figure.basis is None or figure.kind == "change"
        assert figure.value_to is None or figure.value_to > figure.value


@settings(max_examples=100, deadline=None)
@given(NEUTRAL, SENTENCES, NEUTRAL)
def test_a_sentence_keeps_its_figures_in_other_text(before: str, sentence: str, after: str) -> None:
    alone = [(f.quote, f.value, f.unit, f.indicator, f.kind, f.start) for f in extract_figures(sentence)]
    within = [
        (f.quote, f.value, f.unit, f.indicator, f.kind, f.start - len(before))
        for f in extract_figures(before + sentence + after)
    ]
    assert alone and within == alone


LONG = 64_000  # characters; work that grows with the square of them takes many times the rest


@pytest.mark.parametrize(
    "again",
    [
        *"1一千，（“、.:占比|第前",
        "\t",
        "增长",
        "1,111",
        "5%、",
        "3家",
        "a|1\n",
        "指标\n1\n",
        "从2019年的",
        "一、",
        "1/2",
        "1:1",
        "分之一",
    ],
)
def test_no_text_takes_the_square_of_its_length(again: str) -> None:
    number = LONG // (TIMES * len(again))
    assert_grows(extract_figures, again * number, again * number * TIMES)


def test_a_long_report_takes_time_in_line_with_its_length() -> None:
    sentence = "全市规模以上工业增加值同比增长7.5%，高于全省1.2个百分点，实现利润总额36.8亿元，新增高新技术企业120家。\n"
    assert_grows(extract_figures, sentence * 125, sentence * 125 * TIMES)
    assert len(extract_figures(sentence * 1000)) == 4 * 1000
