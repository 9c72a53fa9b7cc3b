"""Whose report it is and of when, as cases."""

import json
from datetime import date
from pathlib import Path

import pytest

from corpus.identity import Identity, identify
from corpus.places import find_places, known_places, short_name

CASES = Path(__file__).parents[1] / "cases" / "corpus" / "identities.jsonl"


@pytest.mark.parametrize(
    "case",
    [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()],
    ids=lambda case: case["stem"],
)
def test_case(case: dict) -> None:
    day = date.fromisoformat(case["day"]) if case["day"] else None
    found = identify(case["stem"], case["lines"][0], "\n".join(case["lines"]))
    assert found == Identity(case["place"], day, case["issuer"])


def test_the_longest_place_at_each_point_is_found() -> None:
    text = "内蒙古自治区和江津区比，浙江省杭州呢"
    assert [text[start:end] for start, end in find_places(text)] == [
        "内蒙古自治区",
        "江津区",
        "浙江省",
        "杭州",
    ]


def test_places_have_short_names() -> None:
    assert [short_name(place) for place in ("广西壮族自治区", "延边朝鲜族自治州", "浦东新区", "忠县")] == [
        "广西",
        "延边",
        "浦东",
        "忠县",
    ]
    assert len(known_places()) > 4000
