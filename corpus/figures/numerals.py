"""Numerals: the number words and digits of Chinese text, and their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.figures.units import match_unit

DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
DIGITS |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}

_DIGIT = "零〇○一二两三四五六七八九"
# A group of three digits closes a thousands comma; "2020, 2021年" must not become one number.
ARABIC = r"\d{1,3}(?:, ?\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
CHINESE = rf"[{_DIGIT}十百千万亿]+(?:点[{_DIGIT}]+[万亿]*)?"
NUMERAL = rf"(?:{ARABIC}|{CHINESE})"
# No printed amount is longer; longer runs are codes or noise.
LONGEST_NUMERAL = 24

_ARABIC = re.compile(ARABIC)
_ADJACENT = re.compile(r"([一二两三四五六七八九])([二三四五六七八九])([十百千]?)([万亿]*)")
_WIDE = {0xFF0B: "+", 0xFF0D: "-", 0x2212: "-", 0xFF0E: ".", 0xFF05: "%", 0xFF0F: "/"}
_WIDE |= {0xFF10 + i: chr(ord("0") + i) for i in range(10)}
_WIDE |= {0xFF21 + i: chr(ord("A") + i) for i in range(26)} | {
    0xFF41 + i: chr(ord("a") + i) for i in range(26)
}


# A wide comma parts thousands as it parts clauses: 1，234，567 is one number, 2，3，4 are three.
_WIDE_THOUSANDS = re.compile(
    r"(?<![\d.，A-Za-z+×*/#№])(?<!\d[:：∶、])[1-9]\d{0,2}(?P<groups>(?:，\d{3})+)(?!\d)(?:\.\d+)?"
)
# What is counted in thousands. A share is not, and 12，300年 would be two numbers.
_IN_THOUSANDS = ("money", "measure", "count", "bare", "duration")
# 排名第8，300家…, 指数为102，300家…: a number that needs no unit of its own ends its clause.
_ENDS_CLAUSE = re.compile(
    r"(?:[第前]|[见如附（(][表图]|(?:[排位][名次]|[位名排]列)(?:全[国省市县区州球]|世界)?[居为]?)\s?$"
    r"|(?:指数|系数|得分|评分|分值|倍差|收入比)[^，。；、\d]{0,14}$"
)
_CLAUSE_REACH = 18


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read from text: its value, and the multiplier (``万``, ``亿``) that closes it.

    value       before the multiplier: 28000 of 二万八千亿
    value_to    upper end of an adjacent pair (三四百: 300 to 400), else None
    multiplier  characters at the end that belong to the unit, ``""`` where there are none
    """

    value: Decimal
    multiplier: str = ""
    value_to: Decimal | None = None


def narrow(text: str) -> str:
    """Full-width digits, letters and number signs to ASCII, one character to one.

    The wide commas that part the thousands of an amount are narrowed as well.

    >>> narrow("增长８．５％，")
    '增长8.5%，'
    >>> narrow("支出2，513，403万元，其中8，439万元结转")
    '支出2,513,403万元，其中8,439万元结转'
    """
    narrowed = text.translate(_WIDE)
    return _WIDE_THOUSANDS.sub(_narrow_thousands, narrowed) if "，" in text else narrowed


def _narrow_thousands(found: re.Match[str]) -> str:
    """A number with narrow commas, or as it is where its wide ones may part clauses."""
    text, end = found.string, found.end()
    if found["groups"].count("，") > 1 and not text.startswith("，", end):
        return found[0].replace("，", ",")
    unit = match_unit(text, end)
    if unit is None or unit.family not in _IN_THOUSANDS or unit.printed == "年":
        return found[0]
    before = text[max(0, found.start() - _CLAUSE_REACH) : found.start()]
    return found[0] if _ENDS_CLAUSE.search(before) else found[0].replace("，", ",")


def is_chinese(numeral: str) -> bool:
    """True where a numeral is written in Chinese characters."""
    return not numeral[:1].isascii()


def read_numeral(numeral: str) -> Numeral | None:
    """The value of one numeral, or None where the characters form no number.

    >>> read_numeral("二万八千亿")
    Numeral(value=Decimal('28000'), multiplier='亿', value_to=None)
    """
    if not numeral or len(numeral) > LONGEST_NUMERAL:
        return None
    if not is_chinese(numeral):
        return Numeral(Decimal(numeral.replace(",", "").replace(" ", "")))
    pair = _ADJACENT.fullmatch(numeral)
    if pair and DIGITS[pair[2]] == DIGITS[pair[1]] + 1:
        tens = TENS.get(pair[3], 1)
        low, high = DIGITS[pair[1]] * tens, DIGITS[pair[2]] * tens
        return Numeral(Decimal(low), pair[4], Decimal(high))
    body = numeral.rstrip("万亿")
    multiplier = numeral[len(body) :]
    if "点" in body:
        value = _read_decimal(body)
    elif body:
        value = _read_integer(body, _myriad(multiplier))
    else:
        value = Decimal(1)
    return None if value is None else Numeral(value, multiplier)


def _myriad(multiplier: str) -> int:
    factor = 1
    for character in multiplier:
        factor *= MYRIADS[character]
    return factor


def _read_decimal(body: str) -> Decimal | None:
    """七点二 -> 7.2; the digits after 点 are read one by one."""
    whole, _, digits = body.partition("点")
    integer = _read_integer(whole, 1)
    if integer is None or not digits or not whole:
        return None
    return Decimal(f"{integer}." + "".join(str(DIGITS[digit]) for digit in digits))


def _read_integer(body: str, factor: int) -> Decimal | None:
    """The integer that body names, counted in factor: 十亿四千 before 万 is 104000, 二万八千 before 亿 28000."""
    total = section = digit = 0
    fresh = False
    for character in body:
        if character in DIGITS:
            if fresh and digit:
                return None  # two digits in a row: a year or a code, not a quantity
            digit, fresh = DIGITS[character], True
        elif character in TENS:
            section += (digit if fresh else 1) * TENS[character]
            digit, fresh = 0, False
        else:
            total += (section + digit) * MYRIADS[character]
            section, digit, fresh = 0, 0, False
    section += digit
    if total >= factor > 1 and total % factor == 0:
        total //= factor  # an inner 亿 before a closing 万
    return Decimal(total + section)
