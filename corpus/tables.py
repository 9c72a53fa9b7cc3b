"""Tables: from a grid of cells to what each row says under which heads.

The grid comes from any format; what its rows are (heads, groups, values, notes) is read from the
cells' spans and from what sort of text they hold, never from fonts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.cells import is_blank, is_head, is_time, is_unit, is_unit_note, is_value

LONGEST_NAME = 40  # characters of a group's name; a longer line across a table is text
LONGEST_CAPTION = 60
LINES_ABOVE = 4  # in which a table's title stands
MOST_HEADS = 5  # lines of heads over each other
FEWEST_ORDINALS = 2
VALUES_OF_A_COLUMN = 0.5  # share of a column's filled cells that hold data, when it is one of data
# Of the cells over each other in a first column this share is empty where they name several rows each.
SPREAD_NAMES = 0.25

_NOTE = re.compile(r"\s*[（(【]?(?:注|说明|备注|附注|资料来源|数据来源|来源)\s*\d*[:：]?")
_SENTENCE = re.compile(r"[。！？；，,;]|[:：]$")
_CHECKED = re.compile(r"[√☑☐□✓]")
_LIST_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十]+|\d+)[）)]|\d{1,2}[、.．](?!\d))\s*"
)
_UNIT_BESIDE = re.compile(r"(?P<title>\S.*?)[\s（(]+(?P<unit>(?:计量|金额)?单位\s*[:：].*?)[）)]?\s*$")
_FIRST_HEAD = re.compile(
    r"(?:指标|名称|项目|地区|年份|年度|产品|类别|分类|行业|区域|品种|科目|时间|月份|季度|城市|区县|县区|市县|单位|部门|内容|序号)"
    r"|.{1,8}(?:名称|指标|项目|类别|分类|名单|地区)"
)
_VALUE_HEAD = re.compile(
    r".*(?:数值|数量|金额|余额|总额|[数量额率值价]|内容|说明|情况|占比|比重|合计|面积|人口|收入|支出|产值|同比|增速|[±%])"
)
_NOTED = re.compile(r"[（(][^（）()]+[）)]$")
_ORDINAL_HEAD = re.compile(r"(?:序号?|编号|行次|顺序号|No\.?)", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class Value:
    """A cell and the heads over it, outermost first."""

    heads: tuple[Cell, ...]
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: the group it stands in, its own name, and its values under their heads."""

    number: int
    groups: tuple[Cell, ...]
    labels: tuple[Cell, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under the same heads.

    heads    the head cells of each column, outermost first
    number   of the first head row
    carried  True where the heads are printed over an earlier table that this one goes on from
    """

    heads: tuple[tuple[Cell, ...], ...]
    number: int
    rows: tuple[Row, ...]
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read.

    above    its title and the note of its unit, from the lines over it; the title comes first
    caption  the same from its own cells
    notes    lines in its cells that are of the table as a whole: remarks, sources
    """

    width: int
    above: tuple[str, ...]
    caption: tuple[Cell, ...]
    sections: tuple[Section, ...]
    notes: tuple[Cell, ...] = ()


def read_table(cells: Sequence[Cell], above: Sequence[str] = (), before: Table | None = None) -> Table | None:
    """Read a grid of cells; None where it is no table of rows (one column, one row: a layout).

    above   the lines of text over it, the nearest last; its title and unit are found among them
    before  the table that ends where this one begins (at the foot of the page before): where this
            one has no heads and is as wide, it goes on under those
    """
    reader = _Reader(_grid(cells), before)
    if reader.width < 2 or len(reader.lines) < (1 if before else 2):
        return None
    table = reader.read()
    if before and (table.sections and table.sections[0].carried) and not table.caption:
        return replace(table, above=before.above, caption=before.caption)
    return replace(table, above=find_caption(above))


def find_caption(above: Sequence[str]) -> tuple[str, ...]:
    """Return a table's title and the note of its unit, of the lines over it, the nearest last.

    >>> find_caption(["全市经济平稳。", "表3 主要产品产量", "单位：万吨"])
    ('表3 主要产品产量', '单位：万吨')
    """
    unit = ""
    for line in map(str.strip, reversed(above[-LINES_ABOVE:])):
        if is_unit_note(line):
            unit = unit or line.strip(" （()）【】[]")
        elif beside := _UNIT_BESIDE.fullmatch(line):
            return _title(beside["title"]), unit or beside["unit"]
        elif 1 < len(line) <= LONGEST_CAPTION and not _SENTENCE.search(line):
            if not _CHECKED.search(line):
                return tuple(filter(None, (_title(line), unit)))
        elif line:
            break
    return (unit,) if unit else ()


def _title(line: str) -> str:
    number = _LIST_NUMBER.match(line)
    return (line[number.end() :] if number else line).strip()


def _grid(cells: Sequence[Cell]) -> list[list[Cell | None]]:
    """Return the cell over each place; of cells that lie over each other the first counts.

    Spans are cut where no cell begins any more: a file may claim a million columns.
    """
    height = max((cell.row + 1 for cell in cells), default=0)
    width = max((cell.column + 1 for cell in cells), default=0)
    grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in cells:
        for row in grid[cell.row : cell.row + cell.rows]:
            for column in range(cell.column, min(cell.column + cell.columns, width)):
                row[column] = row[column] or cell
    return grid


@dataclass(slots=True)
class _Line:
    """A line of the grid; ``filled`` are its cells with text, each once, in order; ``has_values`` is
    true where one beside the first holds data, or the first is a plain number."""

    number: int
    places: list[Cell | None]
    filled: list[Cell] = field(init=False)
    has_values: bool = field(init=False)

    def __post_init__(self) -> None:
        distinct = {id(cell): cell for cell in self.places if cell}
        self.filled = [cell for cell in distinct.values() if cell.text.strip()]
        self.has_values = any(
            is_value(cell.text) for cell in self.filled if cell.column > 0 or cell.text.isdecimal()
        )

    def starts(self, cell: Cell) -> bool:
        """Whether a cell begins on this line, and is not one that reaches down into it."""
        return cell.row == self.number


class _Reader:
    """Reads one grid from top to bottom."""

    def __init__(self, grid: list[list[Cell | None]], before: Table | None) -> None:
        lines = [_Line(number, places) for number, places in enumerate(grid)]
        self.lines = [line for line in lines if line.filled]
        self.width = len(grid[0]) if grid else 0
        self.before = before
        self.numeric = any(line.has_values for line in self.lines)
        self.groups: list[Cell] = []
        self.caption: list[Cell] = []
        self.notes: list[Cell] = []

    def read(self) -> Table:
        """Return the table; its caption from lines above is not known here."""
        index = self._skip_captions()
        end = self._drop_notes(index)
        sections: list[Section] = []
        while index < end:
            heads, below, carried = self._heads(index, end, bool(sections))
            number = self.lines[index].number
            section_end = next((at for at in range(below + 1, end) if self._opens_section(at, end)), end)
            rows = self._rows(heads, below, section_end)
            sections.append(Section(heads, number, rows, carried))
            index = section_end
        return Table(self.width, (), tuple(self.caption), tuple(sections), tuple(self.notes))

    def _skip_captions(self) -> int:
        """Take the lines across the whole table at its top as its title; return the line after them."""
        index = 0
        while index + 2 < len(self.lines) and len(self.lines[index].filled) == 1:
            cell = self.lines[index].filled[0]
            across = cell.columns >= self.width or is_unit_note(cell.text)
            if not across and not (index == 0 and len(self.lines[1].filled) > 1 and self.before is None):
                break
            self.caption.append(cell)
            index += 1
        return index

    def _drop_notes(self, begin: int) -> int:
        """Take the remarks at the table's foot; return the line after its last row."""
        end = len(self.lines)
        while end > begin and _NOTE.match(self.lines[end - 1].filled[0].text):
            line = self.lines[end - 1]
            if len(line.filled) > 1 and len(line.filled[0].text) < LONGEST_NAME:
                break
            self.notes = [*line.filled, *self.notes]
            end -= 1
        return end

    def _heads(self, index: int, end: int, later: bool) -> tuple[tuple[tuple[Cell, ...], ...], int, bool]:
        """Return the heads of each column, the line after them, and whether they are of the table before."""
        depth = self._head_depth(index, end)
        if depth == 0:
            carried = self.before.sections[-1].heads if self.before and self.before.sections else ()
            if not later and carried and self.before and self.before.width == self.width:
                return carried, index, True
            return ((),) * self.width, index, False
        block = self.lines[index : index + depth]
        return tuple(self._path(block, column) for column in range(self.width)), index + depth, False

    def _path(self, block: Sequence[_Line], column: int) -> tuple[Cell, ...]:
        path: list[Cell] = []
        for depth, line in enumerate(block):
            cell = line.places[column]
            if not _text(cell) and any(_text(below.places[column]) for below in block[depth + 1 :]):
                # Where cells were not merged, a head stands over the first of its columns only.
                left = (line.places[at] for at in range(column - 1, 0, -1))
                cell = next((head for head in left if _text(head)), None)
            if cell and cell.text.strip() and cell.columns < self.width and cell not in path:
                path.append(cell)
        return tuple(path)

    def _head_depth(self, index: int, end: int) -> int:
        """Return how many lines from one on are heads."""
        lines = self.lines[index:end]
        first = lines[0]
        if len(first.filled) < 2 or not self._may_head(first) or len(lines) < 2:
            return 0
        if self.width == 2 and not self._heads_a_pair(lines):
            return 0
        depth = 1
        while depth < min(len(lines) - 1, MOST_HEADS) and self._goes_on_heading(
            lines[depth - 1], lines[depth]
        ):
            depth += 1
        return depth

    def _may_head(self, line: _Line) -> bool:
        if any(not is_head(cell.text) for cell in line.filled):
            return False
        return not self.numeric or not line.has_values

    def _heads_a_pair(self, lines: Sequence[_Line]) -> bool:
        """Tell a head over two columns from the first of rows that are a name and a value each."""
        name, value = (cell.text.strip() if cell else "" for cell in lines[0].places)
        if not name or is_time(value) or is_unit(value) or _FIRST_HEAD.fullmatch("".join(name.split())):
            return True
        below = [line.places[1] for line in lines[1:]]
        noted = _NOTED.search(value)
        heading = _VALUE_HEAD.fullmatch(value) or (noted is not None and is_unit(noted[0]))
        return bool(heading) and all(cell and is_value(cell.text) for cell in below)

    def _goes_on_heading(self, above: _Line, line: _Line) -> bool:
        """Tell a further line of heads: it parts those over it, or the first head reaches down into it."""
        if len(line.filled) < 2 and not any(not line.starts(cell) for cell in line.filled):
            return False
        first = line.places[0]
        reached = first is not None and bool(first.text.strip()) and not line.starts(first)
        fresh = [cell for cell in line.filled if line.starts(cell)]
        if not fresh or any(not is_head(cell.text) for cell in fresh):
            return False
        parts = any(cell.columns > 1 for cell in above.filled) and (reached or not _text(first))
        names = all(is_time(cell.text) or is_unit(cell.text) for cell in fresh)
        return reached or parts or (names and not _text(first)) or (not _text(first) and not line.has_values)

    def _opens_section(self, index: int, end: int) -> bool:
        """Tell a line of new heads inside the table: words where data stands, and data below."""
        line = self.lines[index]
        if not self.numeric or index + 1 >= end or len(line.filled) < 2 or not self._may_head(line):
            return False
        if any(is_blank(cell.text) for cell in line.places[1:] if cell and cell.text.strip()):
            return False
        first = line.places[0]
        if first is not None and not line.starts(first):
            return False
        near = self.lines[index + 1 : min(end, index + 1 + MOST_HEADS)]
        follows = next((later for later in near if later.has_values), None)
        if follows is None:
            return False
        data = [column for column in range(1, self.width) if _is_data(follows.places[column])]
        words = [column for column in data if _text(line.places[column])]
        named = not _text(first) or bool(_FIRST_HEAD.fullmatch("".join(_text(first).split())))
        after_group = len(self.lines[index - 1].filled) == 1
        return len(words) == len(data) > 0 and (named or after_group)

    def _rows(self, heads: tuple[tuple[Cell, ...], ...], begin: int, end: int) -> tuple[Row, ...]:
        body = self.lines[begin:end]
        labels = self._label_columns(heads, body)
        rows: list[Row] = []
        names: dict[int, Cell] = {}
        grouping = False
        for line in body:
            if len(line.filled) == 1 and self._is_group(line.filled[0], line, labels):
                self.groups = [*self.groups, line.filled[0]] if grouping else [line.filled[0]]
                grouping = True
                continue
            grouping = False
            rows.append(self._row(line, heads, labels, names))
        if grouping:
            # A group without rows says only itself.
            rows.append(Row(self.groups[-1].row, (), (self.groups.pop(),), ()))
        return tuple(rows)

    def _is_group(self, cell: Cell, line: _Line, labels: Sequence[int]) -> bool:
        if not line.starts(cell) or len(cell.text) > LONGEST_NAME or is_value(cell.text):
            return False
        return cell.columns > 1 or cell.column in labels or cell.column == 0

    def _label_columns(self, heads: tuple[tuple[Cell, ...], ...], body: Sequence[_Line]) -> list[int]:
        """Return the columns that name the rows: the first with words, and the next where the first
        names several rows at once."""
        columns = [column for column in range(self.width) if any(_text(line.places[column]) for line in body)]
        while columns and self._is_ordinal(heads[columns[0]], body, columns):
            columns.pop(0)
        if not columns:
            return []
        first = columns[0]
        if len(columns) > 2 and self._spreads(first, body) and not self._is_data_column(columns[1], body):
            return [first, *self._label_columns_after(columns[1:], body)]
        return [first]

    def _label_columns_after(self, columns: Sequence[int], body: Sequence[_Line]) -> list[int]:
        first, *rest = columns
        if len(rest) > 1 and self._spreads(first, body) and not self._is_data_column(rest[0], body):
            return [first, rest[0]]
        return [first]

    def _is_ordinal(self, path: tuple[Cell, ...], body: Sequence[_Line], columns: Sequence[int]) -> bool:
        if len(columns) < 3 and not path:
            return False
        if path and _ORDINAL_HEAD.fullmatch("".join(path[-1].text.split())):
            return True
        texts = [text for line in body if (text := _text(line.places[columns[0]]))]
        numbers = [int(text) for text in texts if text.isdecimal()]
        counts = len(numbers) == len(texts) and all(later == one + 1 for one, later in pairwise(numbers))
        return counts and len(numbers) >= FEWEST_ORDINALS and numbers[0] in (0, 1)

    def _spreads(self, column: int, body: Sequence[_Line]) -> bool:
        """Whether the cells of a column name several rows each: they reach down, or are left empty below."""
        lines = [line for line in body if len(line.filled) > 1]
        cells = [line.places[column] for line in lines]
        reaching = sum(
            cell is not None and not line.starts(cell) for line, cell in zip(lines, cells, strict=True)
        )
        empty = sum(not _text(cell) for cell in cells)
        return reaching > 0 or (bool(cells) and bool(_text(cells[0])) and empty >= SPREAD_NAMES * len(cells))

    def _is_data_column(self, column: int, body: Sequence[_Line]) -> bool:
        cells = [cell for line in body if (cell := line.places[column]) and cell.text.strip()]
        return sum(is_value(cell.text) for cell in cells) > VALUES_OF_A_COLUMN * len(cells)

    def _row(
        self,
        line: _Line,
        heads: tuple[tuple[Cell, ...], ...],
        columns: Sequence[int],
        names: dict[int, Cell],
    ) -> Row:
        """Read a line; ``names`` keeps the names that hold for further rows."""
        groups = tuple(self.groups)
        if not any(heads) and (pairs := _pairs(line.filled)):
            return Row(line.number, groups, (), pairs)
        labels: list[Cell] = []
        for column in columns:
            cell = line.places[column]
            if cell and cell.text.strip():
                names[column] = cell
            elif column != columns[-1] and column in names:
                cell = names[column]
            if cell and cell.text.strip() and cell not in labels:
                labels.append(cell)
        values = [
            Value(_heads_over(cell, heads), cell)
            for cell in line.filled
            if not any(cell is label for label in labels)
        ]
        return Row(line.number, groups, tuple(labels), tuple(values))


def _pairs(filled: Sequence[Cell]) -> tuple[Value, ...]:
    """Read a line of names with a value each: 收盘价 5.65元 总市值 27亿元."""
    if len(filled) % 2 or not all(is_head(cell.text) for cell in filled[::2]):
        return ()
    if len(filled) > 2 and not any(is_value(cell.text) for cell in filled[1::2]):
        return ()
    return tuple(Value((name,), cell) for name, cell in zip(filled[::2], filled[1::2], strict=True))


def _heads_over(cell: Cell, heads: tuple[tuple[Cell, ...], ...]) -> tuple[Cell, ...]:
    """Return the heads that stand over all of a cell."""
    paths = [path for path in heads[cell.column : cell.column + cell.columns] if path]
    if not paths:
        return ()
    return tuple(head for head in paths[0] if all(head in path for path in paths[1:]))


def _is_data(cell: Cell | None) -> bool:
    return cell is not None and is_value(cell.text)


def _text(cell: Cell | None) -> str:
    return cell.text.strip() if cell else ""
