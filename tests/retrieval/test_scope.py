"""Which reports a question is about: by place, year and title."""

from __future__ import annotations

import pytest

from retrieval.query.parse import parse
from retrieval.query.reports import Reports
from retrieval.query.scope import InScope, reports_in
from tests.retrieval.ledgers import index_of

BULLETIN, EARLIER, NEWS, OTHER = "杭州公报_2025.txt", "杭州公报_2020.txt", "011_2023.txt", "012_2023.txt"
TEXTS = {
    BULLETIN: "杭州市2025年国民经济和社会发展统计公报\n2026年5月20日\n\n全年地区生产总值2.3万亿元。\n",
    EARLIER: "杭州市2020年国民经济和社会发展统计公报\n2021年3月2日\n\n全年地区生产总值1.6万亿元。\n",
    NEWS: "夜市招工\n\n今年以来，杭州夜市招工吸引了120家企业摆摊。\n",
    OTHER: "夜市招工\n\n今年以来，宁波夜市招工吸引了80家企业摆摊。\n",
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    return Reports(index_of(tmp_path_factory.mktemp("scope"), TEXTS))


def scope(question: str, reports: Reports) -> InScope:
    return reports_in(parse(question, reports), reports)


def test_a_news_item_of_no_place_is_in_scope_of_a_place_that_it_has(reports: Reports) -> None:
    assert reports.by_name[NEWS].identity.place is None
    assert scope("杭州夜市有多少家企业摆摊", reports).chosen == {BULLETIN, EARLIER, NEWS}


def test_a_report_of_the_first_half_of_a_year_is_on_the_year_before(reports: Reports) -> None:
    assert scope("杭州2025年地区生产总值", reports).first == {BULLETIN}


def test_this_year_is_that_of_each_report(reports: Reports) -> None:
    found = scope("杭州今年地区生产总值", reports)
    assert found.chosen == {BULLETIN, EARLIER, NEWS}
    assert found.first == {BULLETIN}


def test_a_common_word_that_a_report_calls_itself_by_is_no_name(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    texts = {
        "甲.txt": "关于收支的报告\n\n现将收支情况（以下简称“预算”）报告如下。\n",
        "乙.txt": "工作报告\n\n国家预算内投资6400亿元。\n",
        "丙.txt": "年度报告\n\n宏达机电股份有限公司（以下简称“宏达机电”）营业收入5亿元。\n",
    }
    reports = Reports(index_of(tmp_path_factory.mktemp("titles"), texts))
    assert scope("国家预算内拿来投资的钱有多少", reports).chosen == set(texts)
    assert scope("宏达机电收入多少", reports).chosen == {"丙.txt"}
