"""What to ask next: only what the reports hold, each question standing by itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from index import Index
from retrieval.answer import Answer, CitedFigure, Hit
from retrieval.query.parse import parse
from retrieval.query.query import Query
from retrieval.query.reports import Reports
from retrieval.reader.figures import cite
from retrieval.suggestions import MOST_FOLLOW_UPS, elsewhere, follow_ups, subject_of
from tests.retrieval.ledgers import index_of

REPORTS = {
    "2024年云和县统计公报.txt": """2024年云和县统计公报
2025年3月1日

2024年，全县粮食产量4.5万吨，同比增长2.5%，居全市第三位。年末公路里程860公里。
""",
    "2023年云和县统计公报.txt": """2023年云和县统计公报
2024年3月1日

2023年，全县粮食产量4.4万吨。
""",
    "2022年云和县统计公报.txt": """2022年云和县统计公报
2023年3月1日

2022年，全县粮食产量4.2万吨。
""",
    "2024年璧山区统计公报.txt": """2024年璧山区统计公报
2025年3月20日

2024年，全区粮食产量9.5万吨。2024年，全区新建公园12个。
""",
    "2023年仙居县统计公报.txt": """2023年仙居县统计公报
2024年3月20日

2023年，全县粮食产量力争达到7.5万吨，新建公园3个。
""",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("追问"), REPORTS)


def query(index: Index, question: str) -> Query:
    return parse(question, Reports(index))


def answered(
    index: Index, report: str, quote: str, question: str = "粮食产量是多少？"
) -> tuple[Answer, CitedFigure]:
    """An answer that gives the figure ``quote`` of a report, as the index holds it."""
    entry = next(one for one in index.ledger if one.report == report and one.figure.quote == quote)
    passage = next(one for one in index.passages if one.report == report and one.number == entry.passage)
    start = entry.figure.start - passage.start
    figure = cite(replace(entry.figure, start=start, end=start + len(quote)), passage)
    hit = Hit(passage, 1.0, {})
    asked = query(index, question)
    return Answer(question, question, True, passage.text, (hit,), (figure,), query=asked), figure


def labels(index: Index, report: str, quote: str, place: str = "") -> dict[str, str]:
    asked = answered(index, report, quote, f"{place}粮食产量是多少？")
    return {str(one.label): one.question for one in follow_ups(index, *asked)}


def test_the_change_the_rank_other_years_and_other_places_are_offered(index: Index) -> None:
    offered = labels(index, "2024年云和县统计公报.txt", "4.5万吨", "云和县")
    assert offered == {
        "同比呢？": "云和2024年粮食产量增长多少？",
        "排第几？": "云和2024年粮食产量居第几位？",
        "换成2023年": "云和2023年粮食产量是多少？",
        "换成2022年": "云和2022年粮食产量是多少？",
        "和璧山比": "云和和璧山2024年粮食产量哪个多？",
    }
    assert len(offered) <= MOST_FOLLOW_UPS


def test_what_no_report_states_is_not_offered(index: Index) -> None:
    offered = labels(index, "2024年璧山区统计公报.txt", "9.5万吨", "璧山")
    assert "同比呢？" not in offered
    assert not [label for label in offered if label.startswith("换成")]
    assert "和仙居比" not in offered  # it states a target, of another year


def test_without_a_place_the_other_places_come_first(index: Index) -> None:
    offered = labels(index, "2024年云和县统计公报.txt", "4.5万吨")
    assert next(iter(offered.items())) == ("换成璧山", "璧山2024年粮食产量是多少？")
    assert "和璧山比" not in offered


def test_an_answer_without_a_figure_is_asked_of_the_places_that_come_near(index: Index) -> None:
    first, second = (
        next(one for one in index.passages if place in one.report) for place in ("云和县", "仙居县")
    )
    hits = Hit(first, 1.0, {}), Hit(second, 0.5, {})
    answer = Answer("谁作的？", "谁作的？", True, first.text[:5], hits, quote=(0, 5))
    offered = [(str(one.label), one.question) for one in elsewhere(index, answer)]
    assert offered == [("换成仙居", "仙居谁作的？"), ("换成璧山", "璧山谁作的？")]
    assert elsewhere(index, replace(answer, query=query(index, "云和县谁作的？"))) == ()
    assert elsewhere(index, replace(answer, hits=())) == ()
    assert elsewhere(index, replace(answer, quote=None)) == ()  # it is put together, of several reports
    for question in ("什么是数字乡村？", "数字乡村是什么意思？", "各县粮食产量排名", "哪个县最大？"):
        assert elsewhere(index, replace(answer, query=query(index, question))) == ()


def test_what_is_told_beside_it_is_offered(index: Index) -> None:
    assert (
        labels(index, "2024年璧山区统计公报.txt", "9.5万吨")["新建公园呢？"] == "璧山2024年新建公园是多少？"
    )


def test_the_same_question_is_not_offered_again(index: Index) -> None:
    answer, figure = answered(index, "2024年云和县统计公报.txt", "4.5万吨", "云和2023年粮食产量是多少？")
    assert "云和2023年粮食产量是多少？" not in [one.question for one in follow_ups(index, answer, figure)]


def test_the_subject_says_what_else_is_held(index: Index) -> None:
    subject = subject_of(index, *answered(index, "2024年云和县统计公报.txt", "4.5万吨"))
    assert (subject.place, str(subject.year), subject.indicator) == ("云和", "2024年", "粮食产量")
    assert [str(one.label) for one in subject.years] == ["2023年", "2022年"]
    assert [one.label for one in subject.places] == ["璧山"]
    assert f"{subject.before}公路里程{subject.after}" == "云和2024年公路里程是多少？"


def test_a_year_that_the_question_names_counts(index: Index) -> None:
    asked = answered(index, "2023年云和县统计公报.txt", "4.4万吨", "云和2023年粮食产量是多少？")
    assert str(subject_of(index, *asked).year) == "2023年"


def test_a_single_report_needs_no_place_and_no_year(tmp_path_factory: pytest.TempPathFactory) -> None:
    only = index_of(tmp_path_factory.mktemp("一份"), dict([next(iter(REPORTS.items()))]))
    answer, figure = answered(only, "2024年云和县统计公报.txt", "4.5万吨")
    subject = subject_of(only, answer, figure)
    assert (subject.place, subject.year, subject.places) == ("", "", ())
    offered = [one.question for one in follow_ups(only, answer, figure)]
    assert "粮食产量增长多少？" in offered
    assert not subject.years  # its own year is no other year
    assert not [question for question in offered if "云和" in question]


def test_a_figure_that_the_ledger_does_not_hold_is_no_failure(index: Index) -> None:
    answer, figure = answered(index, "2024年云和县统计公报.txt", "4.5万吨")
    moved = CitedFigure(
        indicator="别的指标", value=Decimal(1), unit="个", quote="1个", start=0, end=2, passage=figure.passage
    )
    assert all(one.question for one in follow_ups(index, answer, moved))
    assert subject_of(index, answer, moved).indicator == "别的指标"


MANY = {
    "2025年浦江县政府工作报告.txt": """2025年浦江县政府工作报告
2025年1月8日

2024年，全县粮食产量3.1万吨，增长4%。更新设备900台，贡献了全县 贸易增量12亿元，公路里程700公里，常住人口41万人。
""",
    "2025年武义县政府工作报告.txt": """2025年武义县政府工作报告
2025年1月9日

2024年，全县粮食产量5.2万吨，增长3%，常住人口46万人。
""",
    "2011年永康市统计公报.txt": """2011年永康市统计公报
2012年3月9日

粮食产量9.9万吨，增长1%。
""",
    "2025年政府工作报告.txt": """2025年国务院政府工作报告
2025年3月5日

2024年，我国粮食产量7亿吨，增长1.6%。
""",
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("各地"), MANY)


def test_an_amount_is_held_against_that_of_another_place_in_the_same_year(many: Index) -> None:
    offered = labels(many, "2025年浦江县政府工作报告.txt", "3.1万吨", "浦江县2024年")
    assert offered["和武义比"] == "浦江和武义2024年粮食产量哪个多？"
    assert not {"和永康比", "和全国比"} & offered.keys()


def test_a_growth_is_compared_as_a_growth(many: Index) -> None:
    answer, figure = answered(many, "2025年浦江县政府工作报告.txt", "4%", "浦江县2024年粮食产量增长多少？")
    offered = {
        str(one.label): one.question for one in follow_ups(many, answer, replace(figure, kind="change"))
    }
    assert offered["和武义比"] == "浦江和武义2024年粮食产量增速哪个高？"


def test_what_is_no_name_is_not_asked_by_and_what_most_state_comes_first(many: Index) -> None:
    offered = labels(many, "2025年浦江县政府工作报告.txt", "3.1万吨", "浦江县2024年")
    assert [label for label in offered if label.endswith("呢？") and label[:2] not in ("增速", "同比")] == [
        "常住人口呢？",
        "公路里程呢？",
    ]
