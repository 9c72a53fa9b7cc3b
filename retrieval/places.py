"""Places that a question names.

``places.txt`` holds the names of China's provinces, cities, districts and counties (GB/T 2260),
whole and, where that is no everyday word, without the 区 or 县 at their end.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

LONGEST_NAME = 15  # characters
SHORTEST_NAME = 2


@cache
def known_places() -> frozenset[str]:
    """Return the names, whole and short."""
    return frozenset(files("retrieval").joinpath("places.txt").read_text(encoding="utf-8").split())


def find_places(text: str) -> list[tuple[int, int]]:
    """Return the spans of the places that a text names, the longest name at each point.

    >>> [text[start:end] for text in ["请问江津区的财政收入"] for start, end in find_places(text)]
    ['江津区']
    """
    names = known_places()
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        longest = min(len(text), position + LONGEST_NAME)
        ends = range(longest, position + SHORTEST_NAME - 1, -1)
        end = next((end for end in ends if text[position:end] in names), None)
        if end is not None:
            found.append((position, end))
        position = end or position + 1
    return found
