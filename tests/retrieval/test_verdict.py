"""Verdicts: what a passage has to name before its figures answer a question."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import Passage
from retrieval.question import understand
from retrieval.verdict import other_organisation

CASES = Path(__file__).parents[1] / "cases/retrieval/organisations.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def passage(row: dict[str, Any]) -> Passage:
    title, headings = row.get("title", "年度报告"), tuple(row.get("headings", ()))
    return Passage(
        row.get("report", "a.txt"), 0, row["text"], 0, len(row["text"]), title, headings, 1, (1, 1)
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['question']} {row['text']}")
def test_an_organisation_s_figures_are_only_given_from_what_names_it(row: dict[str, Any]) -> None:
    assert other_organisation(understand(row["question"]), passage(row)) == row.get("missing")


def test_a_follow_up_may_leave_the_organisation_to_the_question_before() -> None:
    asked = understand("那利润呢", ["宏远集团营收多少？"])
    row = {"text": "利润2.5亿元。"}
    assert asked.focus
    assert other_organisation(asked, passage(row)) is None
