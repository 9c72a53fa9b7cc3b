"""Rows of tables: the figures of their cells, named by the heads over them and the names beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.figures.column_heads import MARKS, Head, close, read_head, subject, table_units, titled
from corpus.figures.figure import Bound, Direction, Figure, Kind, Status
from corpus.figures.numerals import ARABIC
from corpus.figures.period import find_periods, is_former
from corpus.figures.rows import METRIC_END
from corpus.figures.units import match_unit
from corpus.places import find_places

NUMBER = re.compile(
    rf"(?P<bound>[≥≤<>＜＞约])?\s?(?P<word>上升|增加|增长|提高|上涨|提升|扩大|下降|减少|降低|下跌|缩小|回落)?\s?"
    rf"(?P<quote>(?P<sign>[+-])?(?P<open>[(（])?[￥¥$]?\s?(?P<value>{ARABIC})(?P<unit>\s?[^\d\s]{{0,8}}?)(?(open)[)）]))"
)
_SINKS = re.compile(r"减少|下降|降幅|降低")
_FALLS = frozenset(("下降", "减少", "降低", "下跌", "缩小", "回落"))
_BOUNDS: dict[str, Bound] = {"≥": ">=", "≤": "<=", "<": "<", ">": ">", "＜": "<", "＞": ">", "约": "~"}

_NO_AMOUNT = re.compile(
    r"序号?|编号|行次|(?:统一社会信用)?代码|.*(?:编[号码]|代码|电话|邮编|证号|文号|卡号|账号)|No\.?"
)
_TIME_HEAD = re.compile(r"年份|年度|年|时间|日期|月份|季度")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_GENERIC = re.compile(r"[合小总]计|其[他它]|总[量数额]|[男女]性?|城镇|农村|城市|乡村|.")
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


def is_amount(text: str) -> bool:
    """True for a cell that is a number with its unit or without, and no time."""
    number = NUMBER.fullmatch(text)
    if number is None or find_periods(text):
        return False
    unit = number["unit"].strip()
    found = match_unit(unit, 0) if unit else None
    return not unit or (found is not None and found.end == len(unit))


@dataclass(slots=True)
class _RowReader:
    """Reads the cells of one row from left to right."""

    row: TableRow
    units: list[str] = field(init=False)
    unit_cell: str = field(init=False)
    names: list[Head] = field(init=False)
    titled: str | None = field(init=False)
    dated: str | None = field(init=False)
    subject: str = field(init=False)
    before: str = ""

    def __post_init__(self) -> None:
        self.units = table_units(self.row.caption)
        own = (cell.text for head, cell in self.row.cells if _UNIT_HEAD.fullmatch(close(head)))
        self.unit_cell = next(own, "")
        self.names = [read_head(name, False) for name in self.row.names]
        self.titled = titled(self.row.caption)
        years = (cell.text for head, cell in self.row.cells if _TIME_HEAD.fullmatch(close(head)))
        self.dated = next((year for year in years if _YEAR.fullmatch(year)), None)
        self.subject = subject(self.row.caption)

    def read(self, text: str, printed: str, cell: Cell) -> Figure | None:
        """The figure of a cell, None where it holds none."""
        number = NUMBER.fullmatch(cell.text)
        head = read_head(printed)
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

    def _indicator(self, head: Head) -> str:
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
        if MARKS.match(part):
            return METRIC_END.search(self.names[-1].words) is None
        return not self.names[-2].unit and MARKS.match(whole) is None

    def _unit(self, head: Head, label: Head | None, change: bool) -> str:
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

    def _period(self, head: Head) -> str | None:
        """The time of the head, the row or the title; a growth without one is up to that of its amounts."""
        own = (name.period for name in reversed(self.names) if name.period)
        row = next(own, None) or self.dated
        return head.period or row or (self._latest() if head.change else None) or self.titled

    def _latest(self) -> str | None:
        """The latest time of the amounts that a growth beside them is of."""
        heads = [read_head(head) for head, _cell in self.row.cells]
        times = [
            head.period
            for head in heads
            if head.period
            and not head.change
            and head.words in ("", self.before)
            and not is_former(head.period)
        ]
        return max(times, key=lambda time: time if time[:2] in ("19", "20") else "", default=None)


def _status(heads: Sequence[Head]) -> Status:
    return next((head.status for head in heads if head.status != "actual"), "actual")


def _is_no_amount(head: str, text: str) -> bool:
    """True for list numbers, codes, and years under the head of a time."""
    bare = close(head)
    return bool(_NO_AMOUNT.fullmatch(bare)) or (bool(_TIME_HEAD.fullmatch(bare)) and len(text) == 4)


def _is_place(words: str) -> bool:
    return (0, len(words)) in find_places(words)
