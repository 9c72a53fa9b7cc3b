"""Whose an answer is, where there are several reports; and what is told to who asks in another language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corpus.identity import Identity
from index.manifest import ReportEntry
from tests.web.pages import Page
from tests.web.samples import answer, figure, passage, report
from web.i18n import words
from web.render import turn
from web.told import from_json, tell, to_json
from web.whose import Whose, whose_of

ZH, EN = words("zh-CN"), words("en")


def entry(name: str, place: str | None, day: date | None) -> ReportEntry:
    return replace(report(name, name.removesuffix(".txt")), identity=Identity(place, day))


OURS = entry("样例公报.txt", "青河县", date(2025, 3, 1))
OTHER_PLACE = entry("甲.txt", "绿山区", date(2025, 2, 1))
OTHER_YEAR = entry("乙.txt", "青河县", date(2024, 3, 1))
UNKNOWN = entry("丙.txt", None, None)


@pytest.mark.parametrize(
    ("others", "whose"),
    [
        ((), None),
        ((OTHER_PLACE,), Whose("青河县")),
        ((OTHER_YEAR,), Whose("", 2025)),
        ((OTHER_PLACE, OTHER_YEAR), Whose("青河县", 2025)),
        ((UNKNOWN,), Whose("青河县", 2025)),
        ((entry("丁.txt", "青河县", date(2025, 3, 1)),), Whose(title="样例公报")),
    ],
)
def test_what_the_reports_differ_by_is_named(others: tuple[ReportEntry, ...], whose: Whose | None) -> None:
    assert whose_of(answer(), [passage()], (OURS, *others)) == whose


@pytest.mark.parametrize(
    ("period", "year", "dated"), [("去年", 2024, True), ("2021年", 2021, True), (None, 2025, False)]
)
def test_the_year_is_that_of_the_figure_where_its_time_is_printed(
    period: str | None, year: int, dated: bool
) -> None:
    given = answer(figures=(figure("42.5万吨", passage(), period=period),))
    assert whose_of(given, [passage()], (OURS, OTHER_YEAR)) == Whose("", year, dated)


def test_an_answer_of_several_reports_and_a_refusal_name_none() -> None:
    entries = (OURS, OTHER_PLACE)
    assert whose_of(answer(), [passage(), passage(report="甲.txt")], entries) is None
    assert whose_of(answer(found=False, marks=()), [passage()], entries) is None


def test_it_stands_above_the_answer_in_both_languages_and_is_kept() -> None:
    told = tell(answer(), (OURS, OTHER_PLACE, OTHER_YEAR))
    assert from_json(to_json(told)) == told
    assert Page(turn(told, ZH)).text.index("青河县2025年的报告") < Page(turn(told, ZH)).text.index("42.5")
    assert "report of 2025" in Page(turn(told, EN)).text
    assert "出自" not in Page(turn(tell(answer(), (OURS,)), ZH)).text


FOREIGN = {"found": False, "reason": "topic", "quote": None, "marks": ()}


@pytest.mark.parametrize("question", ["How many companies?", "Сколько зерна?", "R&D 2024"])
def test_a_question_in_another_language_is_refused_in_the_language_of_the_page(question: str) -> None:
    told = tell(answer(question=question, understood=question, **FOREIGN), (OURS,))
    assert told.reason == "language" and not told.evidence and not told.sources
    assert "请用中文提问" in told.text
    assert "请用中文提问" in Page(turn(told, ZH)).text
    page = Page(turn(told, EN)).text
    assert "Please ask in Chinese" in page and "请用中文提问" not in page


@pytest.mark.parametrize(
    "changed",
    [
        {**FOREIGN, "question": "GDP是多少？"},
        {**FOREIGN, "question": "123"},
        {**FOREIGN, "question": "hello", "reason": "chit_chat"},
        {"question": "GDP"},
    ],
)
def test_no_other_question_is(changed: dict[str, Any]) -> None:
    assert tell(answer(**changed), (OURS,)).reason != "language"
