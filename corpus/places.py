"""Places that a text names, and what is above and below each.

``lexicon/places.tsv`` has a row for each province, city and county of China: its whole name, the
names that may be used alone (none where that is an everyday word, or several places have it), its
level, the whole name of what is above it, and for a former place the last year that lists it.  A
name that several places have (鼓楼区) has a row for each.  ``lexicon/regions.toml`` names places
that are spoken of together, and the other names of places.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, NamedTuple, cast

Level = Literal["province", "city", "county"]
LEVELS: tuple[Level, ...] = ("province", "city", "county")  # from the highest

SHORTEST_NAME = 2  # characters
# The peoples after whom autonomous prefectures and counties are named.
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
SUFFIX = re.compile(
    rf"(?:特别行政区|维吾尔自治区|(?:(?:{PEOPLES})族)*自治[区州县旗]|新区|地区|省|市|盟|县|区|旗)$"
)


class Place(NamedTuple):
    """A row of the table; ``shorts`` are the names that may be used alone, ``until`` is 0 while the place is."""

    name: str
    shorts: tuple[str, ...]
    level: Level
    parent: str
    until: int

    @property
    def short(self) -> str:
        """The name that the place is known by: 成都, and 和平 of 和平区, although it is not used alone."""
        return self.shorts[0] if self.shorts else _without_suffix(self.name)


@dataclass(frozen=True, slots=True)
class Regions:
    """The members of each region, and the other names of places."""

    members: Mapping[str, tuple[str, ...]]
    other_names: Mapping[str, str]
    letters: Mapping[str, str]


@cache
def known_places() -> frozenset[str]:
    """Return the names that a text may use, whole and short."""
    return frozenset(name for place in _table() for name in (place.name, *place.shorts))


def find_places(text: str) -> list[tuple[int, int]]:
    """Return the spans of the places that a text names, the longest name at each point.

    >>> [text[start:end] for text in ["请问江津区的财政收入"] for start, end in find_places(text)]
    ['江津区']
    """
    names, lengths = known_places(), _lengths()
    found: list[tuple[int, int]] = []
    position = 0
    for start in range(len(text) - 1):
        if start < position or (some := lengths.get(text[start : start + SHORTEST_NAME])) is None:
            continue
        for length in some:
            if text[start : start + length] in names:
                position = min(start + length, len(text))
                found.append((start, position))
                break
    return found


def short_name(place: str) -> str:
    """Return a place's name without what kind of place it is, where two characters are left.

    >>> short_name("内蒙古自治区"), short_name("浙江省"), short_name("忠县")
    ('内蒙古', '浙江', '忠县')
    """
    return _short_names().get(place) or _without_suffix(place)


def parents_of(place: str) -> tuple[str, ...]:
    """Return the short names of what is above a place, the nearest first.

    Of a name that several places have, those of all, the highest place first; the name itself
    is never among them.  There are none above a province, of which its short name always speaks.

    >>> parents_of("金堂"), parents_of("金堂县"), parents_of("长寿区"), parents_of("四川")
    (('成都', '四川'), ('成都', '四川'), ('重庆',), ())
    >>> parents_of("鼓楼区")
    ('南京', '江苏', '徐州', '福州', '福建', '开封', '河南')
    """
    own = _named(place)
    if not own or own[0].level == "province":
        return ()
    above = (parent.short for one in own for parent in _above(one))
    return tuple(dict.fromkeys(name for name in above if name != place))


def level_of(place: str) -> Level | None:
    """Return the level of a place, of several of this name the highest; None where it is unknown.

    >>> level_of("吉林"), level_of("吉林市"), level_of("金堂"), level_of("申城")
    ('province', 'city', 'county', None)
    """
    own = _named(place)
    return own[0].level if own else None


def members_of(region: str) -> tuple[str, ...]:
    """Return the short names of the members of a region, else of the places right below a place.

    Former places are left out.  Of a name that several places have, the highest is meant.

    >>> members_of("京津冀"), members_of("宁夏")
    (('北京', '天津', '河北'), ('银川', '石嘴山', '吴忠', '固原', '中卫'))
    """
    if region in _regions().members:
        return _regions().members[region]
    own = _named(region)
    below = _below().get(own[0].name, ()) if own else ()
    return tuple(dict.fromkeys(place.short for place in below if not place.until))


def regions() -> frozenset[str]:
    """Return the names of the regions.

    >>> {"京津冀", "东三省", "直辖市"} <= regions()
    True
    """
    return frozenset(_regions().members)


def other_names() -> Mapping[str, str]:
    """Return the short names of places by what people call them beside their names.

    >>> other_names()["申城"]
    '上海'
    """
    return _regions().other_names


def province_letters() -> Mapping[str, str]:
    """Return the short names of provinces by the one character that stands for each.

    >>> province_letters()["冀"]
    '河北'
    """
    return _regions().letters


def _without_suffix(place: str) -> str:
    short = SUFFIX.sub("", place)
    return short if len(short) >= SHORTEST_NAME else place


def _lexicon(name: str) -> str:
    return files("corpus").joinpath("lexicon", name).read_text(encoding="utf-8")


@cache
def _table() -> tuple[Place, ...]:
    rows = (line.split("\t") for line in _lexicon("places.tsv").splitlines()[1:])
    return tuple(
        Place(name, tuple(shorts.split()), cast(Level, level), parent, int(until or 0))
        for name, shorts, level, parent, until in rows
    )


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Return the lengths of the names that begin with two characters, the longest first."""
    lengths: dict[str, tuple[int, ...]] = {}
    for name in sorted(known_places(), key=len, reverse=True):
        others = lengths.get(name[:SHORTEST_NAME], ())
        if len(name) not in others:
            lengths[name[:SHORTEST_NAME]] = (*others, len(name))
    return lengths


@cache
def _short_names() -> Mapping[str, str]:
    """Return the short name that the table gives for each name that has one."""
    return {name: place.short for place in _table() if place.shorts for name in (place.name, *place.shorts)}


@cache
def _by_name() -> Mapping[str, tuple[Place, ...]]:
    """Return the places by whole and short name, the highest first."""
    return _grouped(
        (name, place)
        for level in LEVELS
        for place in _table()
        if place.level == level
        for name in dict.fromkeys((place.name, place.short, *place.shorts))
    )


@cache
def _below() -> Mapping[str, tuple[Place, ...]]:
    """Return the places by the whole name of what is right above them."""
    return _grouped((place.parent, place) for place in _table())


def _grouped(pairs: Iterable[tuple[str, Place]]) -> Mapping[str, tuple[Place, ...]]:
    groups: dict[str, list[Place]] = {}
    for name, place in pairs:
        groups.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in groups.items()}


def _named(name: str) -> tuple[Place, ...]:
    """Return the places of a name, the highest first; former ones only where there is no other."""
    places = _by_name().get(name, ())
    return tuple(place for place in places if not place.until) or places


def _above(place: Place) -> Iterable[Place]:
    """Yield what is above a place, the nearest first."""
    while place.parent:
        place = _by_name()[place.parent][0]
        yield place


@cache
def _regions() -> Regions:
    tables = tomllib.loads(_lexicon("regions.toml"))
    members = {name: tuple(one["members"]) for one in tables["region"] for name in one["names"]}
    return Regions(*map(MappingProxyType, (members, tables["other_names"], tables["letters"])))
