"""Understanding questions, as cases."""

import json
from pathlib import Path

import pytest

from retrieval.question import understand

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "retrieval" / "questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"])
def test_case(case: dict) -> None:
    question = understand(case["question"], case.get("history", ()))
    assert question.asks == case["asks"]
    assert set(case.get("units", ())) <= question.units
    assert not (case.get("no_units") and question.units)
    assert question.scope.target == case.get("target", question.scope.target)
    assert question.kind == case.get("kind")
    assert question.scale == case.get("scale", "")
    if "understood" in case:
        assert question.text == case["understood"]
