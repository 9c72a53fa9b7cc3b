"""The words of questions, read from ``corpus/lexicon/questions.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

Row = dict[str, Any]


@cache
def rows(table: str, file: str = "questions") -> list[Row]:
    """Return the rows of a table of the lexicon."""
    text = files("corpus").joinpath(f"lexicon/{file}.toml").read_text(encoding="utf-8")
    found: list[Row] = tomllib.loads(text)[table]
    return found


@cache
def words() -> dict[str, Row]:
    """Return the rows of the words of questions by what is said; where two have a word, the first counts."""
    return {said: row for row in reversed(rows("word")) for said in row["said"].split()}


@cache
def word_pattern() -> re.Pattern[str]:
    """Match the longest word of questions that stands at a place."""
    return re.compile("|".join(map(re.escape, sorted(words(), key=len, reverse=True))))


@cache
def spoken_units() -> dict[str, tuple[frozenset[str], bool]]:
    """Return for a unit as people say it the units that reports print, and whether it is meant loosely."""
    return {
        said: (frozenset(row["printed"].split()) or frozenset({said}), row.get("loose", False))
        for row in rows("unit")
        for said in row["said"].split()
    }


@cache
def offices() -> tuple[str, ...]:
    """Return what the names of offices end with."""
    return tuple(end for row in rows("office") for end in row["ends"].split())


def _measures(name: str, trait: str) -> list[Row]:
    return [row for row in rows("measure") if trait in row and name.endswith(tuple(row["ends"].split()))]


def units_of(name: str) -> frozenset[str]:
    """Return the units that the end of a measure's name tells; none where it tells none."""
    return next((frozenset(row["units"].split()) for row in _measures(name, "units")), frozenset())


def is_measure(name: str, trait: str = "ends") -> bool:
    """Tell whether a name ends as that of a measure; of an amount, or of money, where that is the trait."""
    return bool(_measures(name, trait))
