"""Places: what a text names, what is above and below each, and the table that says so."""

import doctest
from collections import Counter
from importlib.resources import files

import pytest

from corpus import places
from corpus.places import (
    find_places,
    known_places,
    level_of,
    members_of,
    other_names,
    parents_of,
    province_letters,
    regions,
    short_name,
)

ROWS = [
    tuple(line.split("\t"))
    for line in files("corpus").joinpath("lexicon/places.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


def test_doctests() -> None:
    failures, tried = doctest.testmod(places)
    assert tried
    assert not failures


def test_every_row_has_its_level_and_what_is_above_it() -> None:
    levels = {name: level for name, _shorts, level, _parent, _until in ROWS}
    above = {"province": {""}, "city": {"province", ""}, "county": {"province", "city"}}
    wrong = [row for row in ROWS if levels.get(row[3], "") not in above[row[2]]]
    assert not wrong
    assert not [row for row, count in Counter((row[0], row[3]) for row in ROWS).items() if count > 1]


def test_the_provinces_are_34() -> None:
    assert sum(row[2] == "province" for row in ROWS) == 34


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("金堂和蒲江的产值", ["金堂", "蒲江"]),
        ("潞州、召陵、镇巴、崇阳", ["潞州", "召陵", "镇巴", "崇阳"]),
        ("潞州区、崇阳县、于洪区、桐城市", ["潞州区", "崇阳县", "于洪区", "桐城市"]),
        ("襄阳与伊犁哈萨克自治州", ["襄阳", "伊犁哈萨克自治州"]),
        ("世界和平，新华书店，解放思想，创新乡村治理", []),
        ("用于洪涝灾害，资源丰富，互助合作", []),
        ("平安福建，富裕安徽，文明山西", ["福建", "安徽", "山西"]),
    ],
)
def test_names_in_a_text(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in find_places(text)] == names


@pytest.mark.parametrize(
    ("place", "above"),
    [
        ("金堂", ("成都", "四川")),
        ("潞州区", ("长治", "山西")),
        ("长寿", ("重庆",)),
        ("济源市", ("河南",)),
        ("潜山县", ("安庆", "安徽")),
        ("长沙县", ("长沙", "湖南")),
        ("长沙", ("湖南",)),
        ("吉林市", ("吉林",)),
        ("河北", ()),
        ("河北区", ("天津",)),
        ("火星", ()),
    ],
)
def test_what_is_above_a_place(place: str, above: tuple[str, ...]) -> None:
    assert parents_of(place) == above


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("四川", "province"),
        ("成都", "city"),
        ("延边朝鲜族自治州", "city"),
        ("仙桃", "county"),
        ("和平", "county"),
        ("京津冀", None),
    ],
)
def test_the_level_of_a_place(place: str, level: str | None) -> None:
    assert level_of(place) == level


def test_members_of_a_place_are_right_below_it() -> None:
    assert members_of("福建")[:2] == ("福州", "厦门")
    assert "金堂" in members_of("成都市")
    assert "莱芜" not in members_of("山东")  # a district since
    assert members_of("火星") == ()


def test_what_regions_name_are_places() -> None:
    members = [place for region in regions() for place in members_of(region)]
    assert all(map(level_of, [*members, *other_names().values()]))
    assert {level_of(place) for place in province_letters().values()} == {"province"}
    assert not regions() & known_places()


def test_a_short_name_is_that_of_all_names_of_a_place() -> None:
    names = ("伊犁哈萨克自治州", "伊犁哈萨克", "伊犁", "顺河回族区", "和平区", "津市市", "某某县")
    assert [short_name(name) for name in names] == ["伊犁", "伊犁", "伊犁", "顺河", "和平", "津市", "某某"]
