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
# The peoples after whom autonomous prefectures and counties are named.
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
SUFFIX = re.compile(
    rf"(?:特别行政区|维吾尔自治区|(?:(?:{PEOPLES})族)*自治[区州县旗]|新区|地区|省|市|盟|县|区|旗)$"
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
