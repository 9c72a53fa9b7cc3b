"""Rows of tables: the figures of their cells, named by the heads over them and the names beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.figures.cell_numbers import NUMBER, SEPARATORS, is_amount
from corpus.figures.column_heads import (
    CLASS_NAME,
    HOLDER,
    MARKS,
    Head,
    close,
    read_head,
    subject,
    table_units,
    titled,
)
from corpus.figures.columns import NOTHING, Amount, Neighbours
from corpus.figures.figure import Bound, Direction, Figure, Kind, Status
from corpus.figures.period import is_former
from corpus.figures.rows import metric_at_end
from corpus.figures.standing import is_nature, is_plan_table
from corpus.places import find_places

POINTS = "个百分点"
_SINKS = re.compile(r"减少|下降|降幅|降低")
_FALLS = frozenset(("下降", "减少", "降低", "下跌", "缩小", "回落", "↓", "▼"))
_BOUNDS: dict[str, Bound] = {"≥": ">=", "≤": "<=", "<": "<", ">": ">", "＜": "<", "＞": ">", "约": "~"}

_NO_AMOUNT = re.compile(
    r"序号?|编号|行次|附注|注释|页[码次]|(?:统一社会信用)?代码|.*(?:编[号码]|代码|电话|邮编|证号|文号|卡号|账号)|No\.?"
)
_TIME_HEAD = re.compile(r"年份|年度|年|时间|日期|月份|季度")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_ANY_YEAR = re.compile(r"(?:19|20)\d{2}(?=年|$|\D)")
_PART_OF_YEAR = re.compile(
    r"(?:第?[一二三四1-4]季度|前[一二三四1-4]个?季度|前?\d{1,2}(?:\s?[-—–~～至]\s?\d{1,2})?个?月|[上下]半年)"
)
# What stands in a cell that has no value: its column is passed all the same.
_BLANK = re.compile(r"[-—–―…/.·*×\s]*|持平|无|不适用")
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_GENERIC = re.compile(rf"[合小总]计|其[他它]|总[量数额]|{CLASS_NAME.pattern}|.")
# 按产业分 says how its rows part what stands before it; it is no name of theirs.
_CLASSIFIES = re.compile(r"(?:其中[:：]?)?按.{1,16}分(?:组|类|列)?[:：]?|其中[:：]?")
_STATEMENT_OF = re.compile(
    r"(?:^|[^于属])(?P<whose>合并|母公司)(?:[^，。；]{0,6})?(?:资产负债|利润|损益|现金流量|权益变动|财务)"
)
# Names of those who have something, not of what they have.
_ENTITY = re.compile(
    r"(?:[省市区县州旗盟](?<!城市)|(?<!城)镇|(?<!农|乡)村|乡|街道|公司|集团|[银分支]行|大学|学院|[医法检]院|厂|局|部|中心)$|^(?:总?合计|总计|小计|平均)$"
)


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


@dataclass(slots=True)
class _RowReader:
    """Reads the cells of one row from left to right."""

    row: TableRow
    units: list[str] = field(init=False)
    unit_cell: str = field(init=False)
    printed: list[str] = field(init=False)
    names: list[Head] = field(init=False)
    titled: str | None = field(init=False)
    dated: str | None = field(init=False)
    subject: str = field(init=False)
    whose: str = field(init=False)
    plan_from: str | None = field(init=False)
    before: Neighbours = field(default_factory=Neighbours)

    def __post_init__(self) -> None:
        self.units = table_units(self.row.caption)
        own = (cell.text for head, cell in self.row.cells if _UNIT_HEAD.fullmatch(close(head)))
        self.unit_cell = next(own, "")
        self.printed = [name for name in self.row.names if not _CLASSIFIES.fullmatch(close(name))]
        self.names = [read_head(name, False) for name in self.printed]
        self.titled = titled(self.row.caption)
        years = (cell.text for head, cell in self.row.cells if _TIME_HEAD.fullmatch(close(head)))
        self.dated = next((year for year in years if _YEAR.fullmatch(year)), None)
        self.subject = subject(self.row.caption)
        statement = _STATEMENT_OF.search(self.row.caption)
        self.whose = statement["whose"] if statement else ""
        self.plan_from = _plan_from(self.row, self.titled)

    def read(self, text: str, printed: str, cell: Cell) -> Figure | None:
        """The figure of a cell, None where it holds none."""
        number = NUMBER.fullmatch(cell.text)
        head = read_head(printed)
        if _is_no_amount(printed, cell.text) or not (is_amount(cell.text) or _BLANK.fullmatch(cell.text)):
            return None
        if not (head.change or head.rank or head.ratio):
            self.before.pass_amount(head)
        owner = self.before.owner(head) if head.change or head.ratio else NOTHING
        indicator = self._indicator(head)
        if number is None or not indicator:
            return None
        return self._figure(text, cell, number, printed, head, owner, indicator)

    def _figure(
        self,
        text: str,
        cell: Cell,
        number: re.Match[str],
        printed: str,
        head: Head,
        owner: Amount,
        indicator: str,
    ) -> Figure:
        """The figure of a number under a head; ``owner`` are the amounts that a growth or a ratio is of."""
        label = self.names[-1] if self.names else None
        change = head.change or (label is not None and label.change) or number["word"] is not None
        rank = head.rank or (label is not None and label.rank)
        kind: Kind = "rank" if rank else "change" if change else "level"
        value = Decimal(SEPARATORS.sub("", number["value"]))
        falls = (number["sign"] or "+") not in "+﹢" or number["open"] is not None or number["word"] in _FALLS
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
            period=self._period(head, owner),
            status=self._status(head, owner),
            quote=text[start:end],
            start=start,
            end=end,
        )

    def _indicator(self, head: Head) -> str:
        """Words of the name and of the head; a bare growth or rank is of the amount before it in the row."""
        spoken = self.before.spoken_of(head)
        name = self._name(bool(spoken))
        if not spoken and (not name or (" " not in name and _ENTITY.search(name)) or _is_place(name)):
            spoken = self.subject
        if not name or not spoken or spoken == name or (spoken == "产量" and name.endswith("量")):
            told = name or spoken
        elif _is_place(spoken) and not _is_place(name):
            told = f"{spoken} {name}"
        else:
            told = f"{name} {spoken}"
        return f"{told} {self.whose}" if told and self.whose and self.whose not in told.split() else told

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
        whole, part = self.printed[-2].strip(), self.printed[-1].strip()
        if self.names[-2].words != words or self.names[-1].change or whole.endswith(("：", ":")):
            return False
        if MARKS.match(part):
            words = self.names[-1].words
            return metric_at_end(words) is None or HOLDER.search(words) is not None
        return not self.names[-2].unit and MARKS.match(whole) is None

    def _unit(self, head: Head, label: Head | None, change: bool) -> str:
        """The unit that head, name, unit column or title give, in this order."""
        if head.unit:
            return head.unit
        if self.unit_cell and not head.rate:
            return self.unit_cell
        rate = head.rate or (label is not None and label.rate)
        if label is not None and label.unit and (not head.rate or label.rate):
            # What a share grew by, not how fast it grew.
            return POINTS if label.unit == "%" and head.change and not head.rate else label.unit
        if rate:
            return next((unit for unit in self.units if unit in ("%", "‰", "个百分点")), "")
        named = next((name.unit for name in reversed(self.names) if name.unit), "")
        amounts = [unit for unit in self.units if unit not in ("%", "‰")]
        return named or (amounts[0] if len(amounts) == 1 else "")

    def _period(self, head: Head, owner: Amount) -> str | None:
        """The time of the head, the row or the title; a growth without one is up to that of its amounts."""
        own = (name.period for name in reversed(self.names) if name.period)
        row = next(own, None) or self.dated
        printed = head.period or row or owner.period
        year = _ANY_YEAR.match(self.titled or "")
        if printed and year and _PART_OF_YEAR.match(printed):
            return f"{year[0]}年{printed}"  # the title says of which year the quarter is
        return printed or self.titled

    def _status(self, head: Head, owner: Amount) -> Status:
        """Plan or result: what head and name say, else the amounts that a growth is of, else the title."""
        said = [head.status, *(name.status for name in self.names)]
        if head.change and head.status is None:
            said.append(owner.status)
        stated = next((status for status in said if status not in (None, "actual")), None)
        if stated or "actual" in said or self.plan_from is None:
            return stated or "actual"
        period = head.period or owner.period
        past = is_former(period) or (period or "9999")[:4] < self.plan_from
        return "actual" if past else "target"


def _plan_from(row: TableRow, titled: str | None) -> str | None:
    """The first year that a table of plans is for, as four digits; None for a table of results.

    A row that is told to be binding has its base in the first of its years.
    """
    years = sorted(year[0] for head, _cell in row.cells if (year := _ANY_YEAR.search(head)))
    if any(is_nature(cell.text) for _head, cell in row.cells):
        return str(int(years[0]) + 1) if years else "0000"
    if not is_plan_table(row.caption):
        return None
    year = _ANY_YEAR.search(titled or "")
    return year[0] if year else "0000"


def _is_no_amount(head: str, text: str) -> bool:
    """True for list numbers, codes, and years under the head of a time."""
    bare = close(head)
    return bool(_NO_AMOUNT.fullmatch(bare)) or (bool(_TIME_HEAD.fullmatch(bare)) and len(text) == 4)


def _is_place(words: str) -> bool:
    return (0, len(words)) in find_places(words)
