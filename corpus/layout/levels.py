"""Headings by how they are printed: larger or heavier than the text, alone, without a sentence's end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.headings import CHINESE, is_numbered_heading, numbered_level
from corpus.layout.flow import Unit

LARGER = 1.12  # times the text's type
LONGEST = 60  # characters
MOST_LINES = 4
DEEPEST = 4
SAME_SIZE = 0.04  # share by which the type of headings of one level differs
LIST_LENGTH = 3  # numbered lines right after each other make a list, not headings

NO_HEADING = re.compile(
    r"[。；，、;,：:…]$"  # goes on, or ends as sentences do
    r"|[.．·…]{3,}|\s\d{1,3}$"  # a line of a table of contents
    r"|^[\d\s.,%％/\-—年月日时分:：()（）第期号总版页星期一二三四五六七天农历]*$"  # a date, a number
    r"|^[（(\[【].*[）)\]】]$"  # an aside
    r"|^(?:图表|[图表])\s*\d|^(?:本报|新华社|记者|来源|作者|责编|编辑)"
)


def find_levels(units: Sequence[Unit], texts: Sequence[str]) -> dict[int, int]:
    """Return the level of the units that are headings, 1 the outermost; ``texts`` are the units' lines."""
    body, bold_text = _body(units, texts)
    printed = [
        place
        for place, (unit, text) in enumerate(zip(units, texts, strict=True))
        if _may_head(unit, text) and (unit.size >= LARGER * body or (unit.bold and not bold_text))
    ]
    numbered = [
        place
        for place, (unit, text) in enumerate(zip(units, texts, strict=True))
        if _may_head(unit, text) and is_numbered_heading(text)
    ]
    numbered = _without_lists(numbered, set(printed))
    sizes = _ranks([units[place].size for place in printed if numbered_level(texts[place]) is None])
    levels = {place: numbered_level(texts[place]) or DEEPEST for place in numbered}
    for place in printed:
        level = numbered_level(texts[place])
        levels[place] = level or min(_rank(sizes, units[place].size), DEEPEST)
    return dict(sorted(levels.items()))


def _body(units: Sequence[Unit], texts: Sequence[str]) -> tuple[float, bool]:
    """Return the type size of the running text, and whether most of it is bold."""
    sizes: dict[float, int] = {}
    bold = total = 0
    for unit, text in zip(units, texts, strict=True):
        if unit.table is None:
            sizes[round(unit.size, 1)] = sizes.get(round(unit.size, 1), 0) + len(text)
            bold += len(text) if unit.bold else 0
            total += len(text)
    return max(sizes, key=lambda size: sizes[size], default=0.0), 2 * bold > total


def _may_head(unit: Unit, text: str) -> bool:
    if unit.table is not None or unit.cells or unit.note or len(unit.lines) > MOST_LINES:
        return False
    letters = len(CHINESE.findall(text)) or sum(map(str.isalpha, text)) // 3
    return letters >= 2 and len(text) <= LONGEST and not NO_HEADING.search(text)


def _without_lists(numbered: Sequence[int], printed: set[int]) -> list[int]:
    """Leave out runs of numbered lines with no text between that look as the text does."""
    kept: list[int] = []
    run: list[int] = []
    for place in [*numbered, -1]:
        if run and place != run[-1] + 1:
            kept += [at for at in run if len(run) < LIST_LENGTH or at in printed]
            run = []
        run.append(place)
    return kept


def _ranks(sizes: Sequence[float]) -> list[float]:
    """Return the distinct sizes, largest first."""
    found: list[float] = []
    for size in sorted(sizes, reverse=True):
        if not found or size < (1 - SAME_SIZE) * found[-1]:
            found.append(size)
    return found


def _rank(sizes: Sequence[float], size: float) -> int:
    return next((rank for rank, other in enumerate(sizes, 1) if size >= (1 - SAME_SIZE) * other), DEEPEST)
