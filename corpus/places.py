"""Places that a text names.

``places.txt`` holds the names of China's provinces, cities, districts and counties (GB/T 2260),
whole and, where that is no everyday word, without the 区 or 县 at their end.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

LONGEST_NAME = 15  # characters
SHORTEST_NAME = 2
SUFFIX = re.compile(
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|(?:[\u4e00-\u9fff]{1,5}族)*自治[区州县旗]|新区|地区|省|市|盟|县|区|旗)$"
)


@cache
def known_places() -> frozenset[str]:
    """Return the names, whole and short."""
    return frozenset(files("corpus").joinpath("places.txt").read_text(encoding="utf-8").split())


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


def short_name(place: str) -> str:
    """Return a place's name without what kind of place it is, where two characters are left.

    >>> short_name("内蒙古自治区"), short_name("浙江省"), short_name("忠县")
    ('内蒙古', '浙江', '忠县')
    """
    short = SUFFIX.sub("", place)
    return short if len(short) >= SHORTEST_NAME else place
