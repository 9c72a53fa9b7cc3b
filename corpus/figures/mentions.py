"""Mentions: where a text prints a quantity, and what of the digits in it is no quantity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from corpus.figures.mention import Mention
from corpus.figures.numerals import ARABIC, CHINESE, NUMERAL, is_chinese, read_numeral
from corpus.figures.period import Period
from corpus.figures.proportions import PROPORTION, read_proportion
from corpus.figures.rejects import is_no_quantity
from corpus.figures.units import Family, Unit, match_unit

# Words that speak of an order before a bare 第一; 质量第一 and its like are mottoes.
_ORDERED_BEFORE = re.compile(
    r"(?:[居列排名位]|全[国省市区球州县盟旗]|世界|国内|[东西中]部|[东西]北|西南|华[东北南中]|亚洲|同类|沿海|考[评核]|评[价比]|增速|总量|规模|产量|数量|升至|保持|[省市]内)[^，。；]{0,10}$"
    r"(?<!质量)(?<!安全)(?<!效益)(?<!保护)(?<!生态)(?<!人民)(?<!生命)(?<!民生)(?<!健康)(?<!服务)"
)
_FRACTION_DIGITS = Decimal("0.0001")
# Characters before a place in an order that may speak of it.
_RANK_REACH = 14
_RANK_PLACE = re.compile(r"[居列位排名全省市国球界东西中南北部州区县同类第首升至持跃获夺据]$")
_PUT_FIRST = re.compile(r"(?:放在|摆在|作为|置于)[^，。；]{0,4}$")
_WITHIN_BEFORE = re.compile(r"[居列入身进位排名稳]|全[国省市球]|世界")
_RANK_ENDS = re.compile(r"$|[，。；、！：（()）\s和及与]")
_SCANNER = re.compile(
    rf"""
    (?=[\d翻首榜一半第前百千万零〇○二两三四五六七八九十亿+-])(?:
    (?P<double>翻(?:了)?(?:超过|将近|[近超约])?(?P<times>{CHINESE}|\d+)?番)
  | (?P<top>首位(?!度)|榜首)
  | (?P<half>一半|半数|(?<=[过超])半(?=[，。；、的]))
  | (?P<rank>第\s?(?P<place>{NUMERAL})\s?(?P<place_unit>[位名](?!单|称|义|额))?)
  | (?P<before>前(?P<within>{NUMERAL})(?P<within_unit>[位名](?!单|称|义|额))?)
  | (?P<per>百分之|千分之|万分之)(?P<share>{NUMERAL})(?P<share_more>多|余)?
  | (?P<parts>{NUMERAL})分之(?P<part>{NUMERAL})
  | (?<![\d/.])(?P<part_digits>\d{{1,2}})/(?P<parts_digits>\d{{1,2}})(?![\d/.万亿%])
  | (?P<proportion>{PROPORTION})
  | (?P<number>(?P<sign>(?<![\d%A-Za-z）)元人吨度年月日—–~～-])-|(?<![\dA-Za-z“”+])\+)?(?P<arabic>{ARABIC}))
  | (?P<chinese>{CHINESE}))
    """,
    re.VERBOSE,
)
_RANGE = re.compile(rf"\s?(?:——|[-—–~～至到])\s?(?P<upper>百分之)?(?P<number>{NUMERAL})")
# What a sign of growth or fall stands behind.
_SIGN_BEFORE = re.compile(r"(?:[同环]比|分别|净|/)$")
_PER = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_JOIN = re.compile(r"\s?(?:、|/[+-]?|和|与|及|以及|，)\s?")


def find_mentions(text: str, periods: list[Period]) -> list[Mention]:
    """Every quantity of a text whose widths are narrowed, in reading order, none overlapping."""
    found = _lend_units(text, list(_scan(text, periods)))
    return [mention for mention in found if not is_no_quantity(text, mention)]


def _lend_units(text: str, mentions: list[Mention]) -> list[Mention]:
    """Give a number without a unit that of the number it is joined to: 16.9和13个百分点."""
    lent = list(mentions)
    for index in range(len(lent) - 2, -1, -1):
        mention, following = lent[index], lent[index + 1]
        between = text[mention.end : following.start] if following.start - mention.end <= 3 else "…"
        if not _JOIN.fullmatch(between) or following.family == "rank":
            continue
        if mention.family == "none" or (mention.unit == "个" and following.unit == "个百分点"):
            lent[index] = replace(mention, unit=following.unit, family=following.family)
    return lent


def _scan(text: str, periods: list[Period]) -> Iterator[Mention]:
    """Walk the text once; times are stepped over."""
    position, index = 0, 0
    while match := _SCANNER.search(text, position):
        while index < len(periods) and periods[index].end <= match.start():
            index += 1
        if index < len(periods) and periods[index].start < match.end():
            position = max(periods[index].end, match.start() + 1)
            continue
        position = match.end()
        if match["proportion"]:
            yield from read_proportion(text, match)
            continue
        mention = _read(text, match)
        if mention is not None:
            position = max(position, mention.end)
            yield mention


def _read(text: str, match: re.Match[str]) -> Mention | None:
    if match["arabic"] or match["chinese"]:
        return _read_amount(text, match)
    if match["double"]:
        times = read_numeral(match["times"]) if match["times"] else None
        value = times.value if times else Decimal(1)
        return Mention(match.start(), match.end(), value, "番", "multiple")
    if match["top"]:
        return _read_top(text, match)
    if match["half"]:
        return Mention(match.start(), match.end(), Decimal("0.5"), "", "share")
    if match["per"]:
        return _read_per(text, match)
    if match["parts"]:
        return _read_fraction(match, match["parts"], match["part"])
    if match["parts_digits"]:
        return _read_fraction(match, match["parts_digits"], match["part_digits"])
    return _read_rank(text, match)


def _read_top(text: str, match: re.Match[str]) -> Mention | None:
    before = text[max(0, match.start() - _RANK_REACH) : match.start()]
    if _PUT_FIRST.search(before) or (match["top"] == "首位" and not _RANK_PLACE.search(before)):
        return None
    unit = "位" if match["top"] == "首位" else ""
    return Mention(match.start(), match.end(), Decimal(1), unit, "rank")


def _read_rank(text: str, match: re.Match[str]) -> Mention | None:
    """第二位, 第9, 前三: only where the words around speak of an order."""
    within = match["place"] is None
    numeral = read_numeral(match["within"] if within else match["place"])
    unit = (match["within_unit"] if within else match["place_unit"]) or ""
    before = text[max(0, match.start() - _RANK_REACH) : match.start()]
    after = text[match.end() : match.end() + 2]
    if numeral is None or numeral.multiplier or numeral.value % 1 or _PUT_FIRST.search(before):
        return None
    if within:
        ends = _RANK_ENDS.match(after) or after[:1] in "之行的水方阵"
        ordered = bool(ends and _WITHIN_BEFORE.search(before))
    else:
        listed = re.match(r"、[一二三四]", after)  # 第一、二、三产业
        told = _ORDERED_BEFORE.search(before) and _RANK_ENDS.match(after)
        ordered = bool(unit or (told and not listed))
    family: Family = "within" if within else "rank"
    return Mention(match.start(), match.end(), numeral.value, unit, family) if ordered else None


def _read_per(text: str, match: re.Match[str]) -> Mention | None:
    numeral = read_numeral(match["share"])
    if numeral is None:
        return None
    value_to, end = None, match.end()
    further = _RANGE.match(text, end)
    if further and further["upper"]:
        upper = read_numeral(further["number"])
        value_to, end = (upper.value, further.end()) if upper else (None, end)
    value = Decimal(100) if match["share"] == "百" else numeral.value
    more, unit = bool(match["share_more"]), _PER[match["per"]]
    return Mention(match.start(), end, value, unit, "share", value_to, more, chinese=True)


def _read_fraction(match: re.Match[str], whole: str, part: str) -> Mention | None:
    """三分之二, 1/3."""
    parts, counted = read_numeral(whole), read_numeral(part)
    if parts is None or counted is None or not parts.value or counted.value > parts.value:
        return None
    value = (counted.value / parts.value).quantize(_FRACTION_DIGITS).normalize()
    return Mention(match.start(), match.end(), value, "", "share", chinese=True)


def _read_amount(text: str, match: re.Match[str]) -> Mention | None:
    """A number with its unit; without one the family is ``none``, and a neighbour may lend its own."""
    printed = match["chinese"] or match["arabic"]
    numeral = read_numeral(printed)
    if numeral is None:
        return None
    chinese = bool(match["chinese"])
    unit = match_unit(text, match.end(), numeral.multiplier)
    value = -numeral.value if match["sign"] == "-" else numeral.value
    value_to, end = numeral.value_to, unit.end if unit else match.end()
    upper = _read_upper(text, end, numeral.value, unit.printed if unit else "", chinese)
    if upper is not None and not (match["sign"] and text[end] in "至到"):  # 同比+71天至346天
        value_to, end, unit = upper
    if unit is None:
        plus = match["sign"] == "+" and _SIGN_BEFORE.search(text[max(0, match.start() - 2) : match.start()])
        start = match.start() + (match["sign"] == "+" and not plus)
        signed = match["sign"] == "-" or bool(plus)
        return Mention(start, end, value, "", "none", chinese=chinese, signed=signed)
    start, signed = match.start(), bool(match["sign"])
    if match["sign"] == "+" and not _is_plus(text, start, unit):
        start, signed = start + 1, False
    return Mention(start, end, value, unit.printed, unit.family, value_to, unit.more, chinese, signed)


def _is_plus(text: str, position: int, unit: Unit) -> bool:
    """同比+5% grew; 保税+5家 is a name."""
    before = text[max(0, position - 2) : position]
    return unit.family in ("share", "points") or _SIGN_BEFORE.search(before) is not None


def _read_upper(
    text: str, position: int, low: Decimal, unit: str, chinese: bool
) -> tuple[Decimal, int, Unit] | None:
    """The upper end of a range (5%—6%, 2至3个) with the unit that closes it."""
    further = _RANGE.match(text, position)
    if further is None or further["upper"] or is_chinese(further["number"]) != chinese:
        return None
    upper = read_numeral(further["number"])
    closing = match_unit(text, further.end(), upper.multiplier if upper else "")
    if upper is None or closing is None or upper.value <= low or (unit and unit != closing.printed):
        return None
    return upper.value, closing.end, closing
