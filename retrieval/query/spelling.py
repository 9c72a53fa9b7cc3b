"""Spelling: a question in the characters and by the names that reports use, and what a wrong one was meant to be.

Traditional characters and wide letters are the same words and are brought to one form before anything
is read.  A character that was typed for another of the same sound (常驻人口), or left out, is a guess: it
is only made towards a name that the reports use, from what they never print.  What people call a measure
that reports have another name for stands in ``corpus/lexicon/everyday.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

from opencc import OpenCC
from pypinyin import lazy_pinyin

from corpus.figures.numerals import narrow
from retrieval.query.lexicon import rows
from retrieval.query.query import Query

SHORTEST_NAME = 3  # characters; two have too many others of the same sound
SHORTEST_CUT = 5  # characters of a name that is still known with one of them missing
MOST_WRONG = 2  # characters of a name that were typed for others


def spelled(text: str) -> str:
    """Return a question in simplified characters, its letters and digits in half width.

    >>> spelled("全社會研發投入佔ＧＤＰ多少")
    '全社会研发投入占GDP多少'
    """
    simple: str = _simplifier().convert(narrow(text))
    return simple


class Names:
    """The names that reports use, found by their sound and with a character missing.

    ``knows`` tells whether a pair of characters is printed anywhere in the reports.
    """

    def __init__(self, names: Iterable[str], knows: Callable[[str], bool]) -> None:
        self._knows = knows
        self._names = frozenset(names)
        self._by_sound: dict[tuple[str, ...], list[str]] = {}
        self._by_cut: dict[str, str] = {}
        for name in sorted(name for name in self._names if len(name) >= SHORTEST_NAME):
            self._by_sound.setdefault(_sounds(name), []).append(name)
            # Without its first or last character a name may be another one: 出口总额 of 进出口总额.
            for missing in range(1, len(name) - 1) if len(name) >= SHORTEST_CUT else ():
                cut = name[:missing] + name[missing + 1 :]
                if not knows(cut[missing - 1 : missing + 1]):
                    self._by_cut[cut] = name

    def __contains__(self, name: str) -> bool:
        """Tell whether the reports use a name."""
        return name in self._names

    def respelled(self, text: str) -> Iterator[str]:
        """Yield a question with what is nearly one of the names written as that name, the longest first.

        >>> names = Names(["常住人口", "人口密度", "地区生产总值"], knows=lambda pair: False)
        >>> [*names.respelled("常驻人口有多少"), *names.respelled("地区生总值是多少")]
        ['常住人口有多少', '地区生产总值是多少']
        """
        sounds = _sounds(text)
        for length in range(len(text), SHORTEST_NAME - 1, -1):
            for start in range(len(text) - length + 1):
                typed = text[start : start + length]
                meant = self._by_sound.get(sounds[start : start + length], [])
                meant = [name for name in meant if self._is_mistyped(typed, name)]
                meant += [self._by_cut[typed]] if typed in self._by_cut else []
                yield from (text[:start] + name + text[start + length :] for name in meant)

    def _is_mistyped(self, typed: str, name: str) -> bool:
        """Tell whether a text differs from a name in few characters, and makes words with these that no report has."""
        wrong = [place for place, (one, other) in enumerate(zip(typed, name, strict=True)) if one != other]
        pairs = {typed[start : start + 2] for place in wrong for start in (max(place - 1, 0), place)}
        unknown = any(len(pair) == 2 and not self._knows(pair) for pair in pairs)
        return 0 < len(wrong) <= MOST_WRONG and unknown


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _sound(character: str) -> str:
    return str(lazy_pinyin(character)[0])


def _sounds(text: str) -> tuple[str, ...]:
    """Return the sound of each character alone, without its tone."""
    return tuple(map(_sound, text))


# ---- Everyday names


@cache
def _everyday() -> dict[str, str]:
    """Return the names of reports by the everyday ones, the longest first."""
    pairs = {said: row["means"] for row in rows("name", "everyday") for said in row["said"].split()}
    return dict(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def reworded(query: Query) -> Iterator[Query]:
    """Yield a query, its sides and its conditions with the name that reports have for an everyday one."""
    sides = tuple(map(_changed, query.sides))
    changed = _changed(query)
    if sides != query.sides or (not sides and changed != query):
        yield changed.of(sides=sides)


def _changed(query: Query) -> Query:
    topic = _renamed(query.topic)
    if topic == "".join(query.topic.split()):
        return query
    conditions = tuple(replace(one, subject=_renamed(one.subject)) for one in query.conditions)
    return query.of(topic=topic, thing=_renamed(query.thing), conditions=conditions)


def _renamed(text: str) -> str:
    bare = "".join(text.split())
    for said, means in _everyday().items():
        if said in bare and means not in bare:
            return bare.replace(said, means, 1)
    return bare
