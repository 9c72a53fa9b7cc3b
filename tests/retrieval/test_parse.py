"""Understanding questions, as cases: one by one, after others, and several in one."""

from __future__ import annotations

import doctest
import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from retrieval.query.dialogue import merged
from retrieval.query.parse import parse
from retrieval.query.query import Query
from retrieval.query.reports import Reports
from retrieval.query.scope import unknown_names
from retrieval.query.segment import segment
from tests.retrieval.ledgers import index_of

CASES = Path(__file__).parents[1] / "cases/retrieval"
# By what the reports are on, their names and texts.
SHELVES = {
    "county": {
        "云和县政府工作报告_2025.txt": "云和县政府工作报告\n2025年1月12日\n\n2024年，全县粮食产量4.5万吨。\n"
    },
    "cities": {
        f"{year}年{place}政府工作报告.txt": f"{year}年{place}政府工作报告\n{year}年1月15日\n\n"
        f"{year - 1}年，全市地区生产总值{amount}亿元。\n"
        for place, year, amount in (
            ("杭州市", 2024, 1700),
            ("杭州市", 2025, 1800),
            ("宁波市", 2025, 1600),
            ("绍兴市", 2025, 800),
        )
    },
    "nineties": {
        "临海市政府工作报告_1998.txt": "临海市政府工作报告\n1998年3月2日\n\n1997年，全市工业总产值86亿元。\n"
    },
    "company": {
        "宏远科技集团2024年年度报告.txt": "宏远科技集团股份有限公司2024年年度报告\n2025年4月20日\n\n营业收入32.5亿元。\n"
    },
}


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


def title(case: dict[str, Any]) -> str:
    return " ".join([*case.get("history", ()), case["question"]])


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reports]:
    return {
        name: Reports(index_of(tmp_path_factory.mktemp(name), reports)) for name, reports in SHELVES.items()
    }


def understand(reports: Reports, question: str, history: Sequence[str] = ()) -> Query:
    """Return the likeliest meaning of a question after others."""
    turns: list[Query] = []
    for before in history:
        turns.append(merged(parse(before, reports), turns, lambda name: False)[0])
    return merged(parse(question, reports), turns, lambda name: False)[0]


@pytest.mark.parametrize("case", read("questions.jsonl"), ids=title)
def test_a_question_is_understood(shelves: dict[str, Reports], case: dict[str, Any]) -> None:
    query = understand(shelves["county"], case["question"], case.get("history", ()))
    assert query.asks == case["asks"]
    assert set(case.get("units", ())) <= query.units.printed
    assert not (case.get("no_units") and query.units.printed)
    assert query.target == case.get("target", query.target)
    assert query.kind == case.get("kind")
    assert query.units.scale == case.get("scale", "")
    if "understood" in case:
        assert query.text == case["understood"]


def described(query: Query) -> dict[str, Any]:
    """Return what a query asks as a case describes it."""
    order = query.order
    return {
        "asks": query.asks,
        "purpose": query.purpose,
        "chat": query.chat,
        "topic": query.topic,
        "places": list(query.places),
        "organisations": [one.name for one in query.named if one.kind == "organisation"],
        "unknown": [one.name for one in unknown_names(query)],
        "region": query.region,
        "years": list(query.years),
        "offsets": list(query.offsets),
        "report_years": list(query.report_years),
        "kind": query.kind,
        "target": query.target,
        "operation": query.operation,
        "sides": [side.text for side in query.sides],
        "parts": [part.text for part in query.parts],
        "conditions": [f"{one.subject} {one.sign} {one.said}".strip() for one in query.conditions],
        "order": None if order is None else [order.descending, order.first, order.last],
        "without": list(order.without) if order else [],
        "level": query.level,
        "items": query.items,
        "leans": query.leans,
        "today": query.today,
        "quantity": query.quantity.quote if query.quantity else None,
    }


@pytest.mark.parametrize("case", read("parsed.jsonl"), ids=title)
def test_every_slot_is_filled(shelves: dict[str, Reports], case: dict[str, Any]) -> None:
    """A case has the slots that matter to it; those that are left out are not looked at."""
    found = described(
        understand(shelves[case.get("shelf", "cities")], case["question"], case.get("history", ()))
    )
    wanted = {name: value for name, value in case.items() if name in found}
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.parametrize("case", read("parsed.jsonl"), ids=title)
def test_spans_are_the_whole_question(shelves: dict[str, Reports], case: dict[str, Any]) -> None:
    text = case["question"]
    spans = segment(text, shelves[case.get("shelf", "cities")])
    assert "".join(span.text for span in spans) == text
    assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]


@pytest.mark.parametrize("name", ["dialogue", "reports", "sides", "spelling", "tagger"])
def test_the_examples_in_the_documentation_hold(name: str) -> None:
    tried = doctest.testmod(importlib.import_module(f"retrieval.query.{name}"))
    assert tried.attempted
    assert not tried.failed


@pytest.mark.parametrize("text", ["前三2025年GDP排名", "  前三9·5", "第一2024是多少", "前十二三2025"])
def test_digits_of_two_scripts_side_by_side_are_two_numbers(shelves: dict[str, Reports], text: str) -> None:
    assert parse(text, shelves["cities"]).text == text.strip()
