"""Characters that look alike in a picture, told apart by what stands beside them.

One character becomes one character, so that each keeps its place on the page.
"""

from __future__ import annotations

import re

CJK = "\u3400-\u9fff"
# Recognition takes the width of a mark from its neighbours' spacing; Chinese type sets it wide.
WIDE = str.maketrans(",;:?!()", "，；：？！（）")
CHINESE = re.compile(f"[{CJK}]")
BRACKET = re.compile(rf"(?<=[{CJK}》）”〕])[()]|[()](?=[{CJK}《（“])")
# Not 1,234 nor 10:30 nor the parts of an address.
MARK = re.compile(r"(?<![A-Za-z0-9])[,;:?!]|[,;:?!](?![A-Za-z0-9/,;:?!])")
LEAST_CHINESE = 0.3  # share of a line's characters by which its marks are Chinese ones
# Round, tortoise-shell, square and lenticular brackets are taken for each other; titles' 《》 are not.
OPENING, CLOSING = "（〔［【([", "）〕］】)]"
# A number with letters for digits: 2O25, 1l0; not the formula H2O.
LETTER_IN_NUMBER = re.compile(r"(?<![A-Za-z0-9.])\d[\d.]*[OolI][\d.OolI]*(?![A-Za-z])")
DIGITS = str.maketrans("OolI", "0011")
# 一 between digits joins them: 2020—2024.
DASHES = re.compile(r"(?<=\d)一(?=\d)")


def tidy(text: str) -> str:
    """Return a recognised line with each mark in the form that its neighbours call for.

    >>> tidy("中基字〔2025）3O号,增长5.2%(以下简称办法）")
    '中基字〔2025〕30号，增长5.2%（以下简称办法）'
    """
    text = LETTER_IN_NUMBER.sub(lambda match: match[0].translate(DIGITS), text)
    text = DASHES.sub("—", text)
    if len(CHINESE.findall(text)) >= LEAST_CHINESE * len(text):
        text = MARK.sub(lambda match: match[0].translate(WIDE), text)
    text = BRACKET.sub(lambda match: match[0].translate(WIDE), text)
    return _pair_brackets(text)


def _pair_brackets(text: str) -> str:
    """Let each bracket close as it opened."""
    characters = list(text)
    opened: list[int] = []
    for place, character in enumerate(characters):
        if character in OPENING:
            opened.append(place)
        elif character in CLOSING and opened:
            start = opened.pop()
            # Where one of the two was seen to stand beside Chinese, it is wide; else as it opened.
            kind = OPENING.index(characters[start])
            if characters[start] == "(" and character == "）":
                characters[start] = "（"
            else:
                characters[place] = CLOSING[kind]
    return "".join(characters)
