"""A spreadsheet's values as its number formats print them: 0.081 under 0.0% is 8.1%.

Format codes as in ECMA-376 18.8.31, as far as they change what is read: decimals, thousands,
percent, scaling, words around the number, dates and times.  Colours and widths are left out.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

GENERAL_DIGITS = 11  # significant digits that an unformatted cell prints
BRACKETS = re.compile(
    r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE
)  # colour, condition, language; not hours
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skip>[_*].)'
    r"|(?P<digits>[0#?](?:[0#?,]*[0#?])?(?P<point>\.[0#?]*)?(?P<scale>,*)|(?<![0#?])\.[0#?]+)"
    r"|(?P<exponent>E[+-]0+)|(?P<plain>.)",
    re.DOTALL,
)
DATE_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skip>[_*].)|(?P<half>am/pm|a/p|上午/下午)'
    r"|\[(?P<elapsed>h+|m+|s+)\]|(?P<part>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4})|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
SYSTEM_DATE = "mm-dd-yy"  # in the file; printed as the system writes days
WEEKDAYS = "一二三四五六日"


def displayed(value: object, code: str) -> str:
    """Return what a cell prints.

    >>> [displayed(0.081, "0.0%"), displayed(12345.678, "#,##0.00"), displayed(3.0, "General")]
    ['8.1%', '12,345.68', '3']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _moment(value, code)
    if isinstance(value, timedelta):
        return _number(value / timedelta(days=1), "General")
    if isinstance(value, int | float):
        return _number(value, code)
    return str(value)


def _number(value: float, code: str) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return ""
    sections = re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', code or "") or ["General"]
    section = sections[0]
    negative = number < 0
    if negative and len(sections) > 1:
        section, negative = sections[1], False
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    section = BRACKETS.sub(lambda match: _currency(match[0]), section)
    if re.search(r"general|@", section, re.IGNORECASE):
        words = re.split(r"general|@", section.replace('"', ""), maxsplit=1, flags=re.IGNORECASE)
        return f"{words[0]}{'-' if negative else ''}{_general(abs(number))}{words[1]}"
    written = _fill(abs(number), section)
    return f"-{written}" if negative and any(digit in written for digit in "123456789") else written


def _currency(bracket: str) -> str:
    """Return the sign that a bracket such as [$¥-804] prints."""
    sign = re.match(r"\[\$([^\]-]*)", bracket)
    return f'"{sign[1]}"' if sign else ""


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return f"{number:.0f}"
    # Excel prints very large and small numbers as 1.2E+13; written out they are the same.
    return f"{Decimal(f'{float(number):.{GENERAL_DIGITS - 1}g}'):f}"


def _fill(number: Decimal, section: str) -> str:
    """Write a number that is not negative into a section of a format code."""
    tokens = list(TOKEN.finditer(section))
    if any(token["plain"] == "/" for token in tokens) or any(token["exponent"] for token in tokens):
        return _general(number)  # fractions and powers of ten: the plain number says the same
    percents = sum(token["plain"] == "%" for token in tokens)
    pieces = []
    written = False
    for token in tokens:
        if token["digits"]:
            if not written:
                pieces.append(
                    _digits(
                        number * 100**percents, token["digits"], token["point"] or "", token["scale"] or ""
                    )
                )
            written = True
        elif not token["skip"]:
            pieces.append(token["quoted"] or token["escaped"] or token["plain"] or "")
    return "".join(pieces).strip()


def _digits(number: Decimal, digits: str, point: str, scale: str) -> str:
    if digits.startswith("."):
        point = digits
    number /= Decimal(1000) ** len(scale)
    places = len(point) - 1 if point else 0
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if number < 10**20 else number
    whole = digits.split(".")[0]
    text = f"{rounded:,f}" if "," in whole.rstrip(",") else f"{rounded:f}"
    optional = len(point) - len(point.rstrip("#?"))
    for _ in range(optional):
        text = text.removesuffix("0") if "." in text else text
    text = text.removesuffix(".")
    if "," not in whole:
        before, dot, after = text.partition(".")
        text = before.zfill(whole.count("0")) + dot + after
    return text


def _moment(moment: date | time, code: str) -> str:
    """Write a date or a time; where the code is no date's, as ISO does."""
    code = BRACKETS.sub("", (code or "").split(";")[0])
    if code == SYSTEM_DATE:
        code = "yyyy/m/d"
    if not re.search(r"[ymdhs]", re.sub(r'"[^"]*"', "", code), re.IGNORECASE):
        code = "yyyy-mm-dd" if not isinstance(moment, time) else "hh:mm:ss"
    tokens = list(DATE_TOKEN.finditer(code))
    parts = [(token["part"] or token["elapsed"] or "").lower() for token in tokens]
    halved = any(token["half"] for token in tokens)
    pieces = []
    for place, token in enumerate(tokens):
        if part := parts[place]:
            minutes = part.startswith("m") and _is_minutes(parts, place)
            pieces.append(_part(moment, "i" * len(part) if minutes else part, halved))
        elif token["half"]:
            pieces.append("上午" if getattr(moment, "hour", 0) < 12 else "下午")
        elif not token["skip"]:
            pieces.append(token["quoted"] or token["escaped"] or token["plain"] or "")
    return "".join(pieces).strip()


def _is_minutes(parts: list[str], place: int) -> bool:
    """Tell minutes from months: they stand after hours or before seconds."""
    before = next((part for part in reversed(parts[:place]) if part), "")
    after = next((part for part in parts[place + 1 :] if part), "")
    return before.startswith("h") or after.startswith("s")


def _part(moment: date | time, part: str, halved: bool) -> str:
    if isinstance(moment, date):
        if part.startswith("y"):
            return f"{moment.year:04d}" if len(part) > 2 else f"{moment.year % 100:02d}"
        if part.startswith("m"):
            return (
                f"{moment.month:02d}"
                if len(part) == 2
                else f"{moment.month}" + ("月" if len(part) > 2 else "")
            )
        if part.startswith("d") and len(part) <= 2:
            return f"{moment.day:0{len(part)}d}"
        if part.startswith(("d", "a")):
            return ("星期" if len(part) == 4 else "周") + WEEKDAYS[moment.weekday()]
    hour, minute, second = (getattr(moment, name, 0) for name in ("hour", "minute", "second"))
    if part.startswith("h"):
        hour = (hour - 1) % 12 + 1 if halved else hour
    number = {"h": hour, "i": minute, "s": second}.get(part[:1])
    return "" if number is None else f"{number:02d}" if len(part) > 1 else f"{number}"
