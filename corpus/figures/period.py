"""Periods: the times that figures speak of, as printed and as dates."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_CN = "零〇○一二三四五六七八九"
_SMALL = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_TO = r"\s?(?:[-—–~～至到]|——)\s?"
_YEAR = rf"(?:(?<!\d)(?:1[89]|20|21)\d{{2}}|[一二][{_CN}]{{3}})"
_QUARTER = r"(?:第?[一二三四1-4]季度|前[一二两三四1-4]个?季度|上半年|下半年)"
_MONTH = rf"{_SMALL}月份?"
_IN_YEAR = (
    rf"(?:度?{_QUARTER}|前?{_SMALL}(?:{_TO}{_SMALL})?个?月份?(?:{_SMALL}日|末|底|初)?|[末底初]|以来|期间|度)"
)
_PLAN_NUMBERS = "[一二三四五六七八九十]{3}"
_PLAN = rf"[“\"]{_PLAN_NUMBERS}[”\"](?:期间|时期|以来|规划期|期?末|前[一二两三四]年)?"
_PLAN += rf"|(?<![一二三四五六七八九十]){_PLAN_NUMBERS}(?=期间|时期|以来|规划)(?:期间|时期|以来)?"
_RELATIVE = r"(?:去年|今年|上年|前年|明年|本年度?|当年|本届)"
# 上年同期为5万元 states the amount of that time; 同期 elsewhere names a base.
_FORMER = rf"(?:{_YEAR}\s?年|{_RELATIVE}|上月|上季度?)"
_COUNT_OF_YEARS = rf"(?:(?:近|过去|未来|今后|最近|(?<![学提])前|后|连续|短短|接下来的?)\s?)?(?<![\dA-Za-z.]){_SMALL}\s?(?:多|余)?年"

PERIOD_PATTERN = "|".join(
    (
        rf"从{_YEAR}\s?年到[^，。；]{{1,8}}的?{_SMALL}年",
        rf"第{_SMALL}个五年计划(?:期间|期内|时期)?",
        rf"自{_YEAR}\s?年[^，。；]{{0,12}}?(?:以来|至今)",
        rf"{_YEAR}\s?年?{_TO}{_YEAR}\s?年(?:期间|间)?",
        rf"{_FORMER}同期(?=[为是仅达])",
        rf"{_YEAR}\s?年{_IN_YEAR}?(?:{_TO}{_SMALL}月(?:份|末|底)?)?",
        _PLAN,
        r"截至目前|截止目前|截至今年|目前|当前|(?<![表体实呈展出发])现在|如今|此前|过去(?![\d一二三四五六七八九十])|近年来|近几年来?|本世纪(?:末|中叶|初|头)?",
        rf"{_RELATIVE}{_IN_YEAR}?(?:{_TO}{_SMALL}月(?:份|末|底)?)?",
        rf"连续\s?{_SMALL}个?\s?(?:年|月|季度|个?榨季|年度|届|个交易日|周)",
        rf"{_COUNT_OF_YEARS}(?:以来|来|间|期间|内)?(?!期|级|制|度|末|底|龄|轻|义务|一贯)",
        rf"{_SMALL}{_TO}{_SMALL}月份?",
        rf"{_MONTH}{_SMALL}日(?:{_TO}(?:{_MONTH})?{_SMALL}日)?|(?<!个){_MONTH}(?:末|底|初)?",
        rf"(?<!提)前{_SMALL}个?月|{_QUARTER}|全年|年末|年底|年初|年内|期末|月末|每年|每月|当季|[本上]季度|上月|当月|本月",
    )
)
# The characters that a time begins and ends with: most places of a text need no closer look.
_FIRST = '[\\d零〇○一二两三四五六七八九十“"从第自截目当现如此过近本去今上前明未最后连短接同下全年期月每]'
_PERIOD = re.compile(rf"(?={_FIRST})(?:{PERIOD_PATTERN})")
PERIOD_ENDS = frozenset('年月日末底初来间内期度今前在去纪叶头季届周份当后”"')
# 同比 and 比上年 name a base, not the time of the figure.
_BASIS_BEFORE = re.compile(
    r"(?:比|较|与|同|[高低快慢优好多少大小]于|超过|相对|相比|历时|为期|提前|历经|时隔|延长|[已期]满|学前|第|平均)$"
)
_BASIS_AFTER = re.compile(r"相比|(?:同期)?为(?:基[期数年]|100)|同期|水平|持平|的?基础上")
# 五年以上工龄: a span that is a threshold.
_THRESHOLD_AFTER = re.compile(r"及?以[上下]")
# 三年行动, 2035年远景目标: a time inside the name of a plan.
_NAME_AFTER = re.compile(
    r"远景|愿景|目标任务|行动|计划|规划|方案|纲要|攻坚|工程|活动|专项|预算|滚动|高?低?基数|结[转余]|无休"
)
_QUOTED_NAME = 10
_DURATION = re.compile(
    rf"(?:近|过去|最近|短短|未来|今后|接下来的?)?\s?{_SMALL}\s?[多余]?年(?:以来|来|间|期间|内)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A time as printed, with its place; ``aside`` where it is a base of comparison or part of a name."""

    text: str
    start: int
    end: int
    aside: bool = False

    @property
    def is_duration(self) -> bool:
        """True for a number of years (近4年) or a rhythm (每年): it seldom holds beyond its own clause."""
        return self.text.startswith(("连续", "每")) or _DURATION.fullmatch(self.text) is not None


def find_periods(text: str) -> list[Period]:
    """Every time printed in a text, in reading order."""
    periods = []
    for match in _PERIOD.finditer(text):
        before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 4]
        named = _NAME_AFTER.match(after) or _in_quoted_name(text, match)
        span = match[0].endswith("年") and _THRESHOLD_AFTER.match(after)
        aside = any((_BASIS_BEFORE.search(before), _BASIS_AFTER.match(after), named, span))
        periods.append(Period(match[0], match.start(), match.end(), aside))
    return periods


def _in_quoted_name(text: str, match: re.Match[str]) -> bool:
    """“新十二月市”: a time inside a short name in quotation marks; “十四五” is one itself."""
    before = text[max(0, match.start() - _QUOTED_NAME) : match.start()]
    opening, closing = before.rfind("“"), text.find("”", match.end(), match.end() + _QUOTED_NAME)
    return opening >= 0 and closing >= 0 and not set(before[opening:]) & set("”，。；")


_NUMBER = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
# 十五 began in 2001 (the tenth plan); each plan has five years.
_FIRST_PLAN_YEAR = 1953
_GAP_BEFORE_THIRD = 3  # 1963 to 1965 lie between the second and the third plan


def is_former(period: str | None) -> bool:
    """True for the time that another stands beside as its base: 上年同期 beside 本期, 期初 beside 期末.

    >>> is_former("上年同期"), is_former("期末"), is_former(None)
    (True, False, False)
    """
    return period is not None and re.fullmatch(r"上[期年].*|去年同期|[期年]初", period) is not None


def resolve_period(period: str, report_date: date) -> tuple[date, date] | None:
    """First and last day of a printed period, seen from the report's date; None where it names none.

    >>> resolve_period("去年", date(2021, 12, 20))
    (datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    """
    text = re.sub(r"\s|份", "", period).strip('“”"')
    plan = re.match(r"([一二三四五六七八九十]{2}五)(?!年)", text)
    if plan:
        return _plan_years(plan[1])
    durations = re.fullmatch(
        rf"(近|过去|最近|短短|未来|今后|接下来的?|连续|前|后)?({_SMALL})[多余]?年(以来|来|间|期间|内)?", text
    )
    if durations:
        count = _small(durations[2])
        return _duration_years(durations[1] or "", count, report_date) if count else None
    if re.fullmatch(_YEAR, text):  # the head of a table's column
        return date(_year(text), 1, 1), date(_year(text), 12, 31)
    years = re.match(rf"({_YEAR})年?[-—–~～至到]+({_YEAR})年", text)
    if years:
        first, last = _year(years[1]), _year(years[2])
        return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None
    year, rest = _named_year(text, report_date)
    return None if year is None else _within(year, rest, report_date)


def _named_year(text: str, report_date: date) -> tuple[int | None, str]:
    """The year a period lies in and what it says beside that."""
    printed = re.match(rf"({_YEAR})年(.*)", text)
    if printed:
        return _year(printed[1]), printed[2]
    offsets = {
        "去年": -1,
        "上年": -1,
        "前年": -2,
        "明年": 1,
        "今年": 0,
        "当年": 0,
        "本年度": 0,
        "本年": 0,
        "截至今年": 0,
    }
    for word, offset in offsets.items():
        if text.startswith(word):
            return report_date.year + offset, text[len(word) :]
    if re.match(r"目前|当前|截至目前|截止目前|现在|如今", text):
        return report_date.year, "至今"
    return _year_of_bare(text, report_date), text


def _year_of_bare(text: str, report_date: date) -> int | None:
    """The year meant by 全年, 年末 or 1—11月 without a year: the last one that was over or running.

    A report of the first quarter speaks of the year before.
    """
    if not re.match(rf"全年|年末|年底|年初|期末|{_QUARTER}|前?{_SMALL}[-—–~～至到]*{_SMALL}?个?月", text):
        return None
    months = _months(text)
    if months is None:
        return report_date.year - 1 if report_date.month <= 3 else report_date.year
    return report_date.year - 1 if months[1] > report_date.month else report_date.year


def _within(year: int, rest: str, report_date: date) -> tuple[date, date] | None:
    months = _months(rest)
    if months is None and "月" in rest:
        return None
    if rest == "至今":
        return date(year, 1, 1), report_date
    day = re.match(rf"({_SMALL})月({_SMALL})日", rest)
    if day and 1 <= _small(day[1]) <= 12 and 1 <= _small(day[2]) <= monthrange(year, _small(day[1]))[1]:
        one = date(year, _small(day[1]), _small(day[2]))
        return one, one
    if rest.endswith(("末", "底")):
        month = months[1] if months else 12
        last = date(year, month, monthrange(year, month)[1])
        return last, last
    if rest.endswith("初"):
        first = date(year, months[0] if months else 1, 1)
        return first, first
    if rest.endswith("以来"):
        return date(year, 1, 1), max(report_date, date(year, 1, 1))
    first_month, last_month = months or (1, 12)
    return date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])


def _months(text: str) -> tuple[int, int] | None:
    """First and last month that a part of a year covers."""
    if "上半年" in text:
        return 1, 6
    if "下半年" in text:
        return 7, 12
    quarter = re.search(r"(前)?第?([一二两三四1-4])个?季度", text)
    if quarter:
        last = 3 * _small(quarter[2])
        return (1 if quarter[1] else last - 2), last
    span = re.search(rf"({_SMALL})[-—–~～至到]+({_SMALL})月", text)
    first_of = re.search(rf"(前)?({_SMALL})个?月", text)
    if span:
        first, last = _small(span[1]), _small(span[2])
    elif first_of:
        last = _small(first_of[2])
        first = 1 if first_of[1] else last
    else:
        return None
    return (first, last) if 1 <= first <= last <= 12 else None


def _duration_years(word: str, count: int, report_date: date) -> tuple[date, date]:
    year = report_date.year
    if word.startswith(("未来", "今后", "接下来", "后")):
        return date(year + 1, 1, 1), date(year + count, 12, 31)
    last = year - 1 if report_date.month <= 3 else year
    return date(last - count + 1, 1, 1), date(last, 12, 31)


def _plan_years(name: str) -> tuple[date, date] | None:
    """The years of a five-year plan by its name: 十四五 is the fourteenth, 2021 to 2025."""
    if not name.endswith("五"):
        return None
    number = _small(name[:-1])
    first = _FIRST_PLAN_YEAR + 5 * (number - 1) + (_GAP_BEFORE_THIRD if number >= 3 else 0)
    return date(first, 1, 1), date(first + 4, 12, 31)


def _year(text: str) -> int:
    return int("".join(str(_NUMBER.get(character, character)) for character in text))


def _small(text: str) -> int:
    """A number below 100 in digits or characters: 十二, 二十, 12."""
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_NUMBER[tens[-1]] if tens else 1) + (_NUMBER[ones[-1]] if ones else 0)
    return _NUMBER[text[-1]]
