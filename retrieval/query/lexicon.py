"""The words of questions, read from ``corpus/lexicon/questions.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: what it does, and what its row says beside."""

    said: str
    role: str
    fields: dict[str, Any] = field(hash=False)

    def get(self, name: str, default: Any = None) -> Any:
        """Return a field of the word's row."""
        return self.fields.get(name, default)


@dataclass(frozen=True, slots=True)
class Measure:
    """What the last characters of a measure's name tell of its unit."""

    ends: tuple[str, ...]
    units: frozenset[str]
    amount: bool
    money: bool
    figure: bool


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    text = files("corpus").joinpath("lexicon/questions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def words() -> dict[str, Word]:
    """Return the words of questions by what is said; where two rows have a word, the first counts."""
    found: dict[str, Word] = {}
    for row in _tables()["word"]:
        for said in row["said"].split():
            found.setdefault(said, Word(said, row["role"], row))
    return found


@cache
def longest_word() -> int:
    """Return the length of the longest word."""
    return max(map(len, words()))


@cache
def spoken_units() -> dict[str, tuple[frozenset[str], bool]]:
    """Return for a unit as people say it the units that reports print, and whether it is meant loosely."""
    return {
        said: (frozenset(row["printed"].split()) or frozenset({said}), row.get("loose", False))
        for row in _tables()["unit"]
        for said in row["said"].split()
    }


@cache
def measures() -> tuple[Measure, ...]:
    """Return what the ends of measures' names tell."""
    return tuple(
        Measure(
            tuple(row["ends"].split()),
            frozenset(row.get("units", "").split()),
            row.get("amount", False),
            row.get("money", False),
            row.get("figure", True),
        )
        for row in _tables()["measure"]
    )


def units_of(name: str) -> frozenset[str]:
    """Return the units that the end of a measure's name tells; none where it tells none."""
    return next((one.units for one in measures() if one.units and name.endswith(one.ends)), frozenset())


def is_measure(name: str, *traits: Literal["amount", "money", "figure"]) -> bool:
    """Tell whether a name ends as that of a measure that has all of some traits."""
    return any(name.endswith(one.ends) and all(getattr(one, trait) for trait in traits) for one in measures())


@cache
def offices() -> tuple[str, ...]:
    """Return what the names of offices end with."""
    return tuple(end for row in _tables()["office"] for end in row["ends"].split())
