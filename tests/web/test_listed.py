"""What an answer counts up stands in lines; no character of it is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.pages import Page
from web.listed import listed
from web.markup import Span, cleaned

CASES = Path(__file__).parents[1] / "cases" / "web" / "listed.jsonl"
LISTED = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
ITEMS = st.lists(st.text(" 甲乙0.9；。：\n", max_size=6), max_size=6)
BEFORE = st.sampled_from(["", "：", "甲：乙 3；丙：丁 4。"])


@pytest.mark.parametrize("case", LISTED, ids=[case["text"] for case in LISTED])
def test_items_are_told_apart(case: dict[str, Any]) -> None:
    page = Page(str(listed(case["text"], [])))
    columns = [[text.strip() for text in page.styled(part)] for part in ("at", "name", "amount")]
    columns[2] += [""] * (len(columns[0]) - len(columns[2]))
    assert [list(item) for item in zip(*columns, strict=True)] == case["items"]
    assert "".join(page.styled("after")) == case["after"]
    assert page.styled("whom") == case.get("whom", [])


@given(BEFORE, ITEMS, st.integers(-2, 40), st.integers(-2, 40))
def test_no_character_is_lost_or_marked_elsewhere(
    before: str, items: list[str], start: int, end: int
) -> None:
    text = before + "；".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    page = Page(str(listed(text, [Span(start, end, "asked")])))
    assert page.text == cleaned(text)
    assert (
        "".join(data for style, data in page.pieces if style == "asked") == text[max(start, 0) : max(end, 0)]
    )
