"""The heads of a table's columns, the names of its rows and its title: what each says of the figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.figures.figure import Status
from corpus.figures.period import Period, find_periods
from corpus.figures.standing import standing_of
from corpus.figures.units import match_unit
from corpus.marks import LEVEL_MARK

# Classes of things that statistics part everything by: alone they do not say what is counted.
CLASS_NAME = re.compile(
    r"第?[一二三]次?产业|[男女]性?|城镇|农村|城市|乡村|县域|[轻重]工业|[大中小微]{1,2}型(?:企业)?"
    r"|(?:国有|集体|民营|民间|私营|股份|外商|港澳台|个体|联营)[^：:]{0,12}(?:企业|经济|投资企业|单位|公司)"
)
# Names of things that have the amount, not of an amount: 其中：民营企业 needs the whole it is a part of.
HOLDER = re.compile(r"(?:企业|单位|公司|项目|产业|行业|人口|居民|用户)$")
# What a name must end with to be a growth: 工业增加值 and 新增就业 are amounts.
_GROWS = re.compile(r"(?:增[长速幅]|增长率|涨幅|降幅|同比|环比)(?:[(（].*)?$")
_CHANGE = re.compile(
    r"增长|增速|±|比上年|比年初|同比|环比|增减|涨幅|增幅|降幅|增加(?!值)|减少|下降|涨跌|上年＝100|[+]\s?[/／]?\s?-|YoY|yoy"
    r"|(?:提高|提升|上升|降低|回落)(?:幅度)?\s?(?:[(（±%％]|$)"
)
_BASIS = re.compile(r"同比|环比|比[^（(增减±重例率]{1,8}")
# A growth is a share: the money of the table's title is not its unit.
_RATE = re.compile(r"率|占比|比[重例]|增速|增幅|涨幅|降幅|同比|环比|增长(?![额量数])|[+]\s?[/／]?\s?-")
_PLAIN = re.compile(
    r"指标值?|数[值量据额]?|绝对[数值量额]|实际(?:完成)?(?:[数值量])?|完成(?:[数值量]|情况)?|本期|总[量数]|合计|全年|累计(?:[数值量])?|金额|"
    r"(?:年末|期末|期初|年初)?(?:数|余额|金额)|总额|实绩|本年|当年|发生额|[期年]间|当[月期季]|本月|(?:决算|执行|实际执行|预算执行|完成)数?"
    r"|(?:年度|全年|年初|本年)?(?:目标|计划|预算|预期|任务|规划)[数值]?|预计(?:完成)?[数值]?"
)
# Times that accounts name without a date.
_TERM = re.compile(
    r"上年同期|去年同期|上年度?末|年初至报告期(?:期?末)?|本?报告期末?|[期年][初末]|上[期年](?!增|涨|±)|本[期年]"
)
# 本期增加, 本年计提: the time of a flow; 本期比上年同期增减 sets two beside each other.
_TERM_OF_FLOW = re.compile(r"(?:本[期年]|报告期)(?=增加|减少)")
# The plan as it was first made: no time.
_FIRST_PLAN = re.compile(r"(?:年度|年初)(?:目标|计划|预算|预期|任务)[数值]?")
_RANK = re.compile(r"排[名位序行]|位次|名次|座次")
# 完成预算%, 完成率, 为上年%: how one column stands to another of the row.
_RATIO = re.compile(
    r"(?:完成|执行)[^·]{0,8}(?:率|进度|[%％]|比[例重])|完成(?:全?年度?)?(?:目标|计划|预算|任务)|.*(?:为|占(?!比|[^·]*比[例重]))[^·]{0,12}[（(]?[%％][）)]?$"
)
_YEARS = re.compile(r"(?:FY)?(?P<year>(?:19|20)\d{2})\s?年?\s?(?P<mark>[AEFP])?")
_UNIT_NOTE = re.compile(r"\s*[（(](?P<inside>[^（）()]{1,12})[）)]$|(?P<beside>[%‰])$")
_TABLE_UNIT = re.compile(r"单位\s*[:：]\s*(?P<units>[^）)｜|]+)")
_UNIT_GAP = re.compile(r"[，、；,;/\s]+|币种.*")
MARKS = re.compile(
    r"(?:[#*＃]|其中[:：]?|[加减][:：]|\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])+"
)
_TABLE_NUMBER = re.compile(
    r"^[附续]?[图表]\s*[\d一二三四五六七八九十]*(?:[-—.．－][\d一二三四五六七八九十]+)*\s*[:：、.]?\s*"
)
_OF_EACH = re.compile(
    r"^(?:全[省市区县国]|我[省市区县])?(?:主要|部分)?各?(?:[省市区县州镇]+(?:区)?|地区?|街道|单位|企业|公司)(?=.)"
)
_TITLE_END = re.compile(r"(?:及其?)?(?:[基本总体]*情况|统计|汇总|明细|一览|对比|比较|排[名序])*表?$")
_LONGEST_SUBJECT = 16
# （1-3月份） behind 第一季度 says the time again.
_TIME_AGAIN = re.compile(r"[（(][\d\s\-—–~～至到]+月份?[）)]")
_ASIDE = re.compile(r"[（(](?:损失|亏损|净?[亏损]|如有|包括)[^（）()]*[）)]|[\[［〔][^\[\]［］〔〕]*[\]］〕]")


@dataclass(frozen=True, slots=True)
class Head:
    """What a head, or a name, says: ``words`` are those of an indicator, empty where it has none.

    ratio   it sets one column of the row against another: 完成预算%
    status  None where it does not say whether it gives plans or results
    """

    words: str
    unit: str
    period: str | None
    change: bool
    rate: bool
    rank: bool
    basis: str | None
    status: Status | None
    ratio: bool = False


@lru_cache(maxsize=4096)
def read_head(printed: str, heads: bool = True) -> Head:
    """Part a head, its levels joined, into time, unit, growth and the words that are left.

    合计 over a column is no indicator; as the name of a row it is one (``heads`` is False).
    """
    rest = close(_ASIDE.sub("", MARKS.sub("", printed.strip(), count=1)))
    unit, period = "", None
    change = bool(_CHANGE.search(rest)) and (heads or bool(_GROWS.search(rest)) or _is_growth(rest))
    rank = bool(_RANK.search(rest))
    rate = bool(_RATE.search(rest))
    basis = _BASIS.search(rest) if change else None
    ratio = heads and not change and _RATIO.match(rest.rpartition(LEVEL_MARK)[2]) is not None
    words = []
    for level in rest.split(LEVEL_MARK) if _levels(rest) else [rest]:
        level, noted = _without_unit(level.strip())
        unit = noted or unit
        if flow := _TERM_OF_FLOW.match(level):
            period = flow[0]
        if _is_growth(level) or (heads and _FIRST_PLAN.fullmatch(level)):
            continue
        if not ratio:
            level, time = _without_time(level)
            period = time or period
        if level and not (_PLAIN.fullmatch(level) and heads) and not _is_growth(level):
            words.append(level)
    status = standing_of(printed, not heads)
    return Head(" ".join(words), unit, period, change, rate, rank, basis[0] if basis else None, status, ratio)


def _levels(rest: str) -> bool:
    """True where the mark parts levels: it also stands inside 人·次 and names."""
    return LEVEL_MARK in re.sub(r"[（(][^（）()]*[）)]", "", rest)


def _without_unit(level: str) -> tuple[str, str]:
    note = _UNIT_NOTE.search(level)
    if note is None:
        alone = match_unit(level, 0)
        whole = (
            alone is not None and alone.end == len(level) and alone.family in ("money", "measure", "share")
        )
        return ("", level) if whole else (level, "")
    inside = note["inside"] or note["beside"]
    unit = inside.strip().removeprefix("人民币").lstrip("±+-/ ")
    found = match_unit(unit, 0)
    if found is None or found.end != len(unit):
        # （±）, （+/-%）: the sign of a growth.
        return (level[: note.start()], "") if not inside.strip("±+-/%％ ") else (level, "")
    return level[: note.start()], unit


def _without_time(level: str) -> tuple[str, str | None]:
    """Words and the time among them: 2024年产量 -> 产量, 2024年."""
    if year := _YEARS.fullmatch(level):
        return "", year["year"] + ("年" if "年" in level else "")
    spans = [(period.start, period.end) for period in find_periods(level) if _is_time_of(period, level)]
    if not _CHANGE.search(level):
        spans += [term.span() for term in _TERM.finditer(level)]
    if not spans:
        return level, None
    span = min(spans, key=lambda span: (span[0], -span[1]))
    rest = (level[: span[0]] + _TIME_AGAIN.sub("", level[span[1] :])).strip(" 的" + LEVEL_MARK)
    return re.sub(r"^(?:截至|截止|至)$", "", rest), level[slice(*span)]


def _is_time_of(period: Period, level: str) -> bool:
    """True for the time of a column or a row: 2024年预算数, but not 1年以内, nor 三年行动."""
    rest = level[: period.start] + level[period.end :]
    if period.aside:
        return period.start == 0 and _PLAIN.fullmatch(rest) is not None
    return not (period.is_duration and rest)


def _is_growth(level: str) -> bool:
    """True for words that say only that something grew: 同比增长, 比上年增减, (+/-%)."""
    left = re.sub(
        r"同比|环比|比(?:上|去|前)?[^增减涨降±]{0,8}(?=增|减|涨|降|±)|增长[率额量]?|增速|增[减幅加][额量数率]?|涨[跌幅]|降幅|减少额?|名义|实际|累计|幅度|[±+\-/／%％()（）\s]|YoY|yoy",
        "",
        re.sub(r"^(?:本?报告期末?|本[期年]末?|[期年]末)", "", level),
    )
    return not left and bool(_CHANGE.search(level))


@lru_cache(maxsize=512)
def table_units(caption: str) -> list[str]:
    """The units of a title's note: 单位：亿元、% -> 亿元, %."""
    found = _TABLE_UNIT.search(caption)
    if found is None:
        return []
    pieces = _UNIT_GAP.split(found["units"].strip())
    return [piece.removeprefix("人民币") or "元" for piece in pieces if piece]


@lru_cache(maxsize=512)
def titled(caption: str) -> str | None:
    """The time that a title names last."""
    times = [period.text for period in find_periods(caption) if not period.aside]
    return times[-1] if times else None


@lru_cache(maxsize=512)
def subject(caption: str) -> str:
    """What a title says that its table measures: 表3 2023年各区县常住人口（单位：万人） -> 常住人口."""
    title = re.sub(r"[（(【]?(?:计量|金额)?单位\s*[:：].*", "", caption.strip())
    title = _TABLE_NUMBER.sub("", title).strip()
    for period in reversed(find_periods(title)):
        title = title[: period.start] + title[period.end :]
    title = _OF_EACH.sub("", title)
    title = _TITLE_END.sub("", title).strip(" 的：:（）()")
    return title if len(title) <= _LONGEST_SUBJECT and "\n" not in title else ""


def close(words: str) -> str:
    """指     标 -> 指标: spaces that only spread a cell's characters."""
    return re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", words).strip()
