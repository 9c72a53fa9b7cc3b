"""The numbers that Word prints before paragraphs and does not keep in their text: 一、 （一） 1.1."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from corpus.readers.ooxml import Element, W

DIGITS = "〇一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
LEVELS = 9  # of one list, ECMA-376 17.9.6
SILENT = {"bullet", "none", "pictureBullet"}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: its first number, how numbers are written, and the words around them.

    ``words`` is as in the file: ``第%1章`` for level 1, ``%1.%2`` for level 2.
    """

    start: int = 1
    style: str = "decimal"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, Level]]]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next_label(self, list_id: str, depth: int) -> str:
        """Count one paragraph of a list and return what Word prints before it; "" for a bullet."""
        counter, levels = self.lists.get(list_id, ("", {}))
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts[counter]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [deeper for deeper in counts if deeper > depth]:
            del counts[deeper]
        if level.style in SILENT:
            return ""

        def number(match: re.Match[str]) -> str:
            wanted = int(match[1]) - 1
            shown = levels.get(wanted, Level())
            return write_number(counts.get(wanted, shown.start), shown.style)

        return re.sub(r"%([1-9])", number, level.words)


def read_numbering(root: Element | None) -> Numbering:
    """Return the lists of ``word/numbering.xml``."""
    if root is None:
        return Numbering({})
    abstract = {
        item.get(f"{W}abstractNumId", ""): _levels(item) for item in root.iterchildren(f"{W}abstractNum")
    }
    lists: dict[str, tuple[str, dict[int, Level]]] = {}
    for item in root.iterchildren(f"{W}num"):
        chosen = _value(item, "abstractNumId")
        levels = dict(abstract.get(chosen, {}))
        counter = chosen
        for override in item.iterchildren(f"{W}lvlOverride"):
            depth = _whole(override.get(f"{W}ilvl"), 0)
            levels |= _levels(override)
            start = _value(override, "startOverride")
            if start:
                # A list that begins anew counts for itself.
                counter = f"{chosen}/{item.get(f'{W}numId')}"
                old = levels.get(depth, Level())
                levels[depth] = Level(_whole(start, 1), old.style, old.words)
        lists[item.get(f"{W}numId", "")] = (counter, levels)
    return Numbering(lists)


def _levels(item: Element) -> dict[int, Level]:
    return {
        _whole(level.get(f"{W}ilvl"), 0): Level(
            _whole(_value(level, "start"), 1), _value(level, "numFmt") or "decimal", _value(level, "lvlText")
        )
        for level in item.iterchildren(f"{W}lvl")
    }


def _value(item: Element, name: str) -> str:
    found = item.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else otherwise


def write_number(number: int, style: str) -> str:
    """Write a number as a list's style does (ECMA-376 17.18.59).

    >>> [write_number(21, style) for style in ("decimal", "chineseCounting", "lowerLetter", "upperRoman")]
    ['21', '二十一', 'uu', 'XXI']
    """
    if number < 1:
        return str(number)
    if style in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "chineseLegalSimplified",
    ):
        return chinese(number)
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman"):
        return roman(number) if style == "upperRoman" else roman(number).lower()
    if style in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and number <= 20:
        return chr(ord("①") + number - 1)
    if style == "ideographTraditional":
        return STEMS[(number - 1) % len(STEMS)]
    if style == "ideographZodiac":
        return BRANCHES[(number - 1) % len(BRANCHES)]
    return f"{number:02d}" if style == "decimalZero" else str(number)


def chinese(number: int) -> str:
    """Write a number up to 9999 in Chinese numerals.

    >>> [chinese(number) for number in (3, 10, 12, 105, 320)]
    ['三', '十', '十二', '一百零五', '三百二十']
    """
    if number > 9999:
        return str(number)
    text = ""
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += DIGITS[digit] + word
        elif text and number % unit and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def roman(number: int) -> str:
    """Write a number in Roman numerals."""
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text
