"""Rows of tables: the figures of their cells, named by the heads over them and the names beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from corpus.figures.figure import Bound, Direction, Figure, Kind, Status
from corpus.figures.numerals import ARABIC
from corpus.figures.period import find_periods, is_former
from corpus.figures.rows import METRIC_END
from corpus.figures.units import match_unit
from corpus.marks import LEVEL_MARK
from corpus.places import find_places

NUMBER = re.compile(
    rf"(?P<bound>[≥≤<>＜＞约])?\s?(?P<word>上升|增加|增长|提高|上涨|提升|扩大|下降|减少|降低|下跌|缩小|回落)?\s?"
    rf"(?P<quote>(?P<sign>[+-])?(?P<open>[(（])?[￥¥$]?\s?(?P<value>{ARABIC})(?P<unit>\s?[^\d\s]{{0,8}}?)(?(open)[)）]))"
)
# What a name must end with to be a growth: 工业增加值 and 新增就业 are amounts.
_GROWS = re.compile(r"(?:增[长速幅]|增长率|涨幅|降幅|同比|环比)(?:[(（].*)?$")
_SINKS = re.compile(r"减少|下降|降幅|降低")
_FALLS = frozenset(("下降", "减少", "降低", "下跌", "缩小", "回落"))
_BOUNDS: dict[str, Bound] = {"≥": ">=", "≤": "<=", "<": "<", ">": ">", "＜": "<", "＞": ">", "约": "~"}

_CHANGE = re.compile(
    r"增长|增速|±|比上年|比年初|同比|环比|增减|涨幅|增幅|降幅|增加(?!值)|减少|下降|涨跌|上年＝100|[+]\s?[/／]?\s?-|YoY|yoy"
)
_BASIS = re.compile(r"同比|环比|比[^（(增减±重例率]{1,8}")
# A growth is a share: the money of the table's title is not its unit.
_RATE = re.compile(r"率|占比|比[重例]|增速|增幅|涨幅|降幅|同比|环比|增长(?![额量数])|[+]\s?[/／]?\s?-")
_PLAIN = re.compile(
    r"指标值?|数[值量据]?|绝对[数值量]|实际(?:完成)?(?:[数值量])?|完成(?:[数值量]|情况)?|本期|总[量数]|合计|全年|累计(?:[数值量])?|金额|"
    r"(?:年末|期末|期初|年初)?(?:数|余额|金额)|总额|实绩|本年|当年|发生额|[期年]间|当[月期季]|本月|(?:目标|计划|预算|预期)[数值]?"
)
# Times that accounts name without a date.
_TERM = re.compile(
    r"上年同期|去年同期|上年度?末|年初至报告期(?:期?末)?|本?报告期末?|[期年][初末]|上[期年](?!增|涨|±)|本[期年]"
)
_NO_AMOUNT = re.compile(
    r"序号?|编号|行次|(?:统一社会信用)?代码|.*(?:编[号码]|代码|电话|邮编|证号|文号|卡号|账号)|No\.?"
)
_TIME_HEAD = re.compile(r"年份|年度|年|时间|日期|月份|季度")
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_RANK = re.compile(r"排[名位序行]|位次|名次|座次")
_GENERIC = re.compile(r"[合小总]计|其[他它]|总[量数额]|[男女]性?|城镇|农村|城市|乡村|.")
_TARGET = re.compile(r"目标(?!价|客户|人群)|计划|预算|任务|预期")
_FORECAST = re.compile(r"预[计测]|(?:19|20)\d{2}\s?[EF]\b")
_YEARS = re.compile(r"(?:FY)?(?P<year>(?:19|20)\d{2})\s?年?\s?(?P<mark>[AEFP])?")
_UNIT_NOTE = re.compile(r"\s*[（(](?P<inside>[^（）()]{1,12})[）)]$|(?P<beside>[%‰])$")
_TABLE_UNIT = re.compile(r"单位\s*[:：]\s*(?P<units>[^）)｜|]+)")
_UNIT_GAP = re.compile(r"[，、；,;/\s]+|币种.*")
_MARKS = re.compile(
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
# Names of those who have something, not of what they have.
_ENTITY = re.compile(
    r"(?:[省市区县州旗盟](?<!城市)|(?<!城)镇|(?<!农|乡)村|乡|街道|公司|集团|[银分支]行|大学|学院|[医法检]院|厂|局|部|中心)$|^(?:总?合计|总计|小计|平均)$"
)
_ASIDE = re.compile(r"[（(](?:损失|亏损|净?[亏损]|如有|包括)[^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of one cell and where it stands in the report: ``report[start:end] == text``."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Character after the cell."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the lines over its table, what names it, outermost first, and its cells with their heads."""

    caption: str
    names: tuple[str, ...]
    cells: tuple[tuple[str, Cell], ...]


def row_figures(text: str, row: TableRow) -> Iterator[Figure]:
    """The figures of a row in order; ``text`` is the report as printed."""
    reader = _RowReader(row)
    for head, cell in row.cells:
        figure = reader.read(text, head, cell)
        if figure is not None:
            yield figure


def is_amount(text: str) -> bool:
    """True for a cell that is a number with its unit or without, and no time."""
    number = NUMBER.fullmatch(text)
    if number is None or find_periods(text):
        return False
    unit = number["unit"].strip()
    found = match_unit(unit, 0) if unit else None
    return not unit or (found is not None and found.end == len(unit))


@dataclass(frozen=True, slots=True)
class _Head:
    """What a head, or a name, says: ``words`` are those of an indicator, empty where it has none."""

    words: str
    unit: str
    period: str | None
    change: bool
    rate: bool
    rank: bool
    basis: str | None
    status: Status


@dataclass(slots=True)
class _RowReader:
    """Reads the cells of one row from left to right."""

    row: TableRow
    units: list[str] = field(init=False)
    unit_cell: str = field(init=False)
    names: list[_Head] = field(init=False)
    titled: str | None = field(init=False)
    subject: str = field(init=False)
    before: str = ""

    def __post_init__(self) -> None:
        self.units = _table_units(self.row.caption)
        own = (cell.text for head, cell in self.row.cells if _UNIT_HEAD.fullmatch(close(head)))
        self.unit_cell = next(own, "")
        self.names = [_read_head(name, False) for name in self.row.names]
        self.titled = _titled(self.row.caption)
        self.subject = _subject(self.row.caption)

    def read(self, text: str, printed: str, cell: Cell) -> Figure | None:
        """The figure of a cell, None where it holds none."""
        number = NUMBER.fullmatch(cell.text)
        head = _read_head(printed)
        label = self.names[-1] if self.names else None
        if number is None or not is_amount(cell.text) or _is_no_amount(printed, cell.text):
            return None
        change = head.change or (label is not None and label.change) or number["word"] is not None
        indicator = self._indicator(head)
        if not indicator:
            return None
        rank = head.rank or (label is not None and label.rank)
        kind: Kind = "rank" if rank else "change" if change else "level"
        value = Decimal(number["value"].replace(",", "").replace(" ", ""))
        falls = number["sign"] == "-" or number["open"] is not None or number["word"] in _FALLS
        sinks = falls or (_SINKS.search(printed) is not None and "增减" not in printed)
        direction: Direction | None = ("-" if sinks else "+") if kind == "change" else None
        start, end = cell.start + number.start("quote"), cell.start + number.end("quote")
        return Figure(
            indicator=indicator,
            value=-value if falls and not number["word"] else value,
            unit=number["unit"].strip() or ("位" if rank else self._unit(head, label, change)),
            kind=kind,
            bound=_BOUNDS.get(number["bound"] or "", "="),
            direction=direction,
            basis=(head.basis or (label.basis if label else None)) if change else None,
            period=self._period(head),
            status=_status([head, *self.names]),
            quote=text[start:end],
            start=start,
            end=end,
        )

    def _indicator(self, head: _Head) -> str:
        """Words of the name and of the head; a bare growth or rank is of the amount before it in the row."""
        spoken = head.words
        if not spoken and (head.change or head.rank):
            spoken = self.before
        elif spoken and not head.change and not head.rank:
            self.before = spoken
        name = self._name(bool(spoken))
        if not spoken and (not name or (" " not in name and _ENTITY.search(name)) or _is_place(name)):
            spoken = self.subject
        if not name or not spoken or spoken == name or (spoken == "产量" and name.endswith("量")):
            return name or spoken
        return f"{spoken} {name}" if _is_place(spoken) and not _is_place(name) else f"{name} {spoken}"

    def _name(self, spoken: bool) -> str:
        """The name of the row, with that before it where it says too little; ``spoken`` where the head
        says what is measured."""
        words = [name.words for name in self.names if name.words]
        name = words[-1] if words else ""
        if len(words) < 2:
            return name
        named = bool(self.names[-1].words)  # not (+/-%), which is of the name before it
        if named and (_GENERIC.fullmatch(name) or (not spoken and self._is_of(words[-2]))):
            name = f"{words[-2]} {name}"
        place = next((word for word in words[:-1] if _is_place(word)), "")
        return f"{place} {name}" if place and place not in name else name

    def _is_of(self, words: str) -> bool:
        """True where the last name is said of the one before it: 东片｜户数（户）, 常住人口｜其中：城镇.

        A group (流动资产：, 一、综合) is no such name, and a part that is an amount itself
        (营业总收入｜其中：营业收入) needs none.
        """
        whole, part = self.row.names[-2].strip(), self.row.names[-1].strip()
        if self.names[-2].words != words or self.names[-1].change or whole.endswith(("：", ":")):
            return False
        if _MARKS.match(part):
            return METRIC_END.search(self.names[-1].words) is None
        return not self.names[-2].unit and _MARKS.match(whole) is None

    def _unit(self, head: _Head, label: _Head | None, change: bool) -> str:
        """The unit that head, name, unit column or title give, in this order."""
        if head.unit:
            return head.unit
        if self.unit_cell and not head.rate:
            return self.unit_cell
        rate = head.rate or (label is not None and label.rate)
        if label is not None and label.unit and (not head.rate or label.rate):
            return label.unit
        if rate:
            return next((unit for unit in self.units if unit in ("%", "‰", "个百分点")), "")
        named = next((name.unit for name in reversed(self.names) if name.unit), "")
        amounts = [unit for unit in self.units if unit not in ("%", "‰")]
        return named or (amounts[0] if len(amounts) == 1 else "")

    def _period(self, head: _Head) -> str | None:
        """The time of the head, the row or the title; a growth without one is up to that of its amounts."""
        own = (name.period for name in reversed(self.names) if name.period)
        return head.period or next(own, None) or (self._latest() if head.change else None) or self.titled

    def _latest(self) -> str | None:
        """The latest time of the amounts that a growth beside them is of."""
        heads = [_read_head(head) for head, _cell in self.row.cells]
        times = [
            head.period
            for head in heads
            if head.period
            and not head.change
            and head.words in ("", self.before)
            and not is_former(head.period)
        ]
        return max(times, key=lambda time: time if time[:2] in ("19", "20") else "", default=None)


@lru_cache(maxsize=4096)
def _read_head(printed: str, heads: bool = True) -> _Head:
    """Part a head, its levels joined, into time, unit, growth and the words that are left.

    合计 over a column is no indicator; as the name of a row it is one (``heads`` is False).
    """
    rest = close(_ASIDE.sub("", _MARKS.sub("", printed.strip(), count=1)))
    unit, period, status = "", None, _status_of(printed)
    change = bool(_CHANGE.search(rest)) and (heads or bool(_GROWS.search(rest)) or _is_growth(rest))
    rank = bool(_RANK.search(rest))
    rate = bool(_RATE.search(rest))
    basis = _BASIS.search(rest) if change else None
    words = []
    for level in rest.split(LEVEL_MARK) if _levels(rest) else [rest]:
        level, noted = _without_unit(level.strip())
        unit = noted or unit
        level, time = _without_time(level)
        period = time or period
        if level and not (_PLAIN.fullmatch(level) and heads) and not _is_growth(level):
            words.append(level)
    return _Head(" ".join(words), unit, period, change, rate, rank, basis[0] if basis else None, status)


def _levels(rest: str) -> bool:
    """True where the mark parts levels: it also stands inside 人·次 and names."""
    return LEVEL_MARK in re.sub(r"[（(][^（）()]*[）)]", "", rest)


def _without_unit(level: str) -> tuple[str, str]:
    note = _UNIT_NOTE.search(level)
    if note is None:
        return level, ""
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
    spans = [(period.start, period.end) for period in find_periods(level) if not period.aside]
    if not _CHANGE.search(level):
        spans += [term.span() for term in _TERM.finditer(level)]
    if not spans:
        return level, None
    span = min(spans, key=lambda span: (span[0], -span[1]))
    rest = (level[: span[0]] + level[span[1] :]).strip(" 的" + LEVEL_MARK)
    return re.sub(r"^(?:截至|截止|至)$", "", rest), level[slice(*span)]


def _is_growth(level: str) -> bool:
    """True for words that say only that something grew: 同比增长, 比上年增减, (+/-%)."""
    left = re.sub(
        r"同比|环比|比(?:上|去|前)?[^增减涨降±]{0,8}(?=增|减|涨|降|±)|增长[率额量]?|增速|增[减幅加][额量数]?|涨[跌幅]|降幅|减少额?|名义|实际|累计|幅度|[±+\-/／%％()（）\s]|YoY|yoy",
        "",
        re.sub(r"^(?:本?报告期末?|本[期年]末?|[期年]末)", "", level),
    )
    return not left and bool(_CHANGE.search(level))


def _status_of(printed: str) -> Status:
    if _FORECAST.search(printed):
        return "forecast"
    return "target" if _TARGET.search(printed) and "完成" not in printed else "actual"


def _status(heads: Sequence[_Head]) -> Status:
    return next((head.status for head in heads if head.status != "actual"), "actual")


def _is_no_amount(head: str, text: str) -> bool:
    """True for list numbers, codes, and years under the head of a time."""
    bare = close(head)
    return bool(_NO_AMOUNT.fullmatch(bare)) or (bool(_TIME_HEAD.fullmatch(bare)) and len(text) == 4)


def _is_place(words: str) -> bool:
    return (0, len(words)) in find_places(words)


@lru_cache(maxsize=512)
def _table_units(caption: str) -> list[str]:
    """The units of a title's note: 单位：亿元、% -> 亿元, %."""
    found = _TABLE_UNIT.search(caption)
    if found is None:
        return []
    pieces = _UNIT_GAP.split(found["units"].strip())
    return [piece.removeprefix("人民币") or "元" for piece in pieces if piece]


@lru_cache(maxsize=512)
def _titled(caption: str) -> str | None:
    """The time that a title names last."""
    times = [period.text for period in find_periods(caption) if not period.aside]
    return times[-1] if times else None


@lru_cache(maxsize=512)
def _subject(caption: str) -> str:
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
