"""What a unit means, in words."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Passage
from corpus.figures import extract_figures
from retrieval.answer import CitedFigure
from retrieval.render.explain import explain

CASES = Path(__file__).parents[1] / "cases" / "retrieval" / "explained.jsonl"
EXPLAINED = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def cited(text: str) -> CitedFigure:
    """The last figure of a text, in a passage of it."""
    passage = Passage("样例.txt", 0, text, 0, len(text), "样例", (), 1, (1, 1))
    return CitedFigure(**asdict(extract_figures(text)[-1]), passage=passage)


@pytest.mark.parametrize("case", EXPLAINED, ids=lambda case: case["text"])
def test_explain(case: dict[str, str | None]) -> None:
    said = explain(cited(str(case["text"])))
    assert (said and str(said)) == case["explained"]


@given(st.integers(1, 9))
def test_grown_by_n_times_is_what_became_n_plus_one_times(times: int) -> None:
    grown = explain(cited(f"产量增长{times}倍。"))
    assert f"原来的{times + 1}倍" in str(grown)


@given(st.integers(1, 6))
def test_each_doubling_doubles(doublings: int) -> None:
    said = explain(cited(f"产量翻{'一两三四五六'[doublings - 1]}番。"))
    assert str(said) == f"变为原来的{2**doublings}倍"
