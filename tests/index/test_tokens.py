"""The keyword tokenizer: cases, and what holds for every text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import is_han, tokenize

CASES = Path(__file__).parent.parent / "cases" / "index" / "tokens.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:12] for row in ROWS])
def test_case(row: dict[str, object]) -> None:
    assert tokenize(str(row["text"])) == row["tokens"]


@given(st.text(alphabet="年产量增长，。%.,0123456789０９abＡ -"))
def test_full_width_and_half_width_are_one(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert tokenize(wide) == tokenize(text.translate({0xFF0C: ","}))


@given(st.text())
def test_every_chinese_character_is_a_token_in_its_order(text: str) -> None:
    tokens = tokenize(text)
    singles = [token for token in tokens if len(token) == 1 and is_han(token)]
    assert singles == [character for character in text if is_han(character)]
    assert all(token and not token.isspace() for token in tokens)


@given(st.text(), st.text())
def test_tokens_do_not_cross_punctuation(left: str, right: str) -> None:
    assert tokenize(left + "。" + right) == tokenize(left) + tokenize(right)
