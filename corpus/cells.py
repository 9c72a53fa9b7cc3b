"""Cells of tables, and what their text is: a value, nothing, a time, a unit, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.figures.numerals import narrow
from corpus.figures.period import PERIOD_PATTERN
from corpus.figures.units import match_unit

# What stands in a cell that has no value, or none but that nothing changed.
_BLANK = re.compile(r"[-—–−―/／…·.*×\s]*|(?:无|不适用|不详|缺|持平|n/?a)", re.IGNORECASE)
CHANGE_WORD = re.compile(
    r"(?P<up>上升|增加|增长|提高|上涨|提升|扩大|↑|▲)|(?P<down>下降|减少|降低|下跌|缩小|回落|↓|▼)"
)
# 2023, 2023年, 2023年1-3月, 2024E, 23Q3, 2023A, FY2024: a time that heads a column or names a row.
_SHORT_YEAR = re.compile(r"(?:FY|Q[1-4]|[12]H|H[12])?\s?'?(?:19|20)?\d{2}\s?(?:[AEFPB]|Q[1-4]|H[12]|FY)")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:[./-](?:0?[1-9]|1[0-2])|[-–—~～至/](?:19|20)\d{2}年?)?")
_PERIOD = re.compile(rf"(?:{PERIOD_PATTERN})(?:\s?[(（][^()（）]{{1,6}}[)）])?")
_PRINTED_TIME = re.compile(PERIOD_PATTERN)
_DAY = re.compile(r"(?:19|20)\d{2}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?")
_NUMBER = re.compile(
    r"[+±﹣-]?[(（]?\s?(?:[￥¥$]\s?)?\d(?:[\d, ]|，(?=\d{3}))*(?:\.\d+)?\s?(?P<unit>[^\d\s]{0,8}?)[)）]?"
)
# A cell whose characters are digits to this share holds data even where it is no single number:
# 6.50-7.00元, 20/298天, 600000.SH.
_DATA_SHARE = 0.4
# 截至 2023 年 3 月末: words around a time that heads a column.
_LONGEST_HEAD = 40
_UNIT_NOTE = re.compile(
    r"[（(【\[]?\s*(?:(?:计量|金额|数量|货币)?单位|币种)\s*[:：]\s*[^，。；]{1,30}?[）)】\]]?"
)
_NOTED = re.compile(r"[（(](?P<inside>[^（）()]{1,12})[）)]$|(?P<beside>[%‰])$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file or the page has it.

    text           as printed; it may hold line ends
    row, column    of its upper left corner, from 0; together they name the cell
    rows, columns  that it covers
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def is_blank(text: str) -> bool:
    """Tell a cell without a value: empty, or a mark that says so.

    >>> is_blank("—"), is_blank("0")
    (True, False)
    """
    return _BLANK.fullmatch(text.strip()) is not None


def is_time(text: str) -> bool:
    """Tell a cell that is a year, a quarter or another time, but not a day.

    >>> [is_time(text) for text in ("2023年1-3月", "2024E", "2023", "2023年5月8日", "2,023")]
    [True, True, True, False, False]
    """
    bare = re.sub(r"\s", "", narrow(text))
    if _DAY.fullmatch(bare):
        return False
    return any(pattern.fullmatch(bare) for pattern in (_YEAR, _SHORT_YEAR, _PERIOD))


def is_amount(text: str) -> bool:
    """Tell a cell that is one number, with its unit or without.

    >>> [is_amount(text) for text in ("1,200.5", "-3.2%", "(18.4)", "12个", "AA+", "2023年")]
    [True, True, True, True, False, False]
    """
    bare = narrow(text.strip())
    if change := CHANGE_WORD.match(bare):
        bare = bare[change.end() :].lstrip()
    number = _NUMBER.fullmatch(bare)
    if number is None or (is_time(bare) and _YEAR.fullmatch(bare) is None):
        return False
    unit = number["unit"]
    found = match_unit(unit, 0) if unit else None
    return not unit or (found is not None and found.end == len(unit))


def amount_of(text: str) -> Decimal | None:
    """Return the number of a cell that is one, without its unit; None for other cells.

    >>> amount_of("1,200.5万元"), amount_of("(18)"), amount_of("稻谷")
    (Decimal('1200.5'), Decimal('-18'), None)
    """
    digits = re.search(r"\d[\d, ，]*(?:\.\d+)?", narrow(text)) if is_amount(text) else None
    if digits is None:
        return None
    value = Decimal(re.sub(r"[, ，]", "", digits[0]))
    return -value if narrow(text.strip())[:1] in ("-", "﹣", "(", "（") else value


def is_value(text: str) -> bool:
    """Tell a cell that holds data in digits: an amount, a day, a range, a code; not a time.

    >>> [is_value(text) for text in ("29.43%", "6.50 - 7.00 元", "2017年6月5日", "2024E", "2023年末户数", "第一产业")]
    [True, True, True, False, False, False]
    """
    if is_blank(text) or is_time(text):
        return False
    characters = [character for character in _PRINTED_TIME.sub("", text) if not character.isspace()]
    digits = sum(character.isdigit() for character in characters)
    return is_amount(text) or _DAY.search(text) is not None or digits > _DATA_SHARE * len(characters)


def is_head(text: str) -> bool:
    """Tell a cell that may head a column or name a row: short words or a time."""
    return 0 < len(text) <= _LONGEST_HEAD and not is_blank(text) and not is_value(text)


def is_dated_head(text: str) -> bool:
    """Tell a cell that is a day, with at most a few words beside it, as it heads a column of balances.

    >>> [is_dated_head(text) for text in ("2023年12月31日", "期末余额（2023年12月31日）", "2023年5月8日开工3座")]
    [True, True, False]
    """
    bare = re.sub(r"\s", "", narrow(text))
    rest = _DAY.sub("", bare, count=1)
    return rest != bare and len(bare) <= _LONGEST_HEAD and not any(map(str.isdigit, rest))


def is_unit(text: str) -> bool:
    """Tell a cell that names a unit and nothing else.

    >>> is_unit("亿元"), is_unit("（%）"), is_unit("产量")
    (True, True, False)
    """
    bare = narrow(text).strip(" （）()")
    found = match_unit(bare, 0)
    return found is not None and found.end == len(bare)


def is_unit_note(text: str) -> bool:
    """Tell the line over a table that gives its unit.

    >>> is_unit_note("（单位：亿元、%）"), is_unit_note("单位名称")
    (True, False)
    """
    return _UNIT_NOTE.fullmatch(text.strip()) is not None


def noted_unit(head: str) -> str:
    """Return the unit that closes a head or a name; empty where there is none.

    >>> noted_unit("产量（万吨）"), noted_unit("同比增长（±%）"), noted_unit("增减%"), noted_unit("市盈率（PE）")
    ('万吨', '%', '%', '')
    """
    note = _NOTED.search(narrow(head).strip())
    if note is None:
        return ""
    unit = (note["inside"] or note["beside"]).strip("±+-/ ")
    found = match_unit(unit, 0)
    return unit if found and found.end == len(unit) else ""
