"""Statements: a table's rows, each said so that it is understood alone.

    【表1 各区主要指标（单位：亿元）】渝北区｜地区生产总值：2410.9｜同比增速（%）：6.1

Title, heads and the names of groups are said on each row; ``repeated`` marks what is printed once
and said again, so that every printed character is counted once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.cells import Cell, is_unit, is_unit_note
from corpus.extracted import Span
from corpus.marks import CAPTION_CLOSES, CAPTION_OPENS, CELL_MARK, LEVEL_MARK, NARROW_VALUE_MARK, VALUE_MARK
from corpus.parts import is_classifying, is_dependent, parents
from corpus.row_lines import as_caption, as_head, as_name, as_value, head_end
from corpus.tables import ELSEWHERE, Row, Section, Table, Value

# Characters of a statement; a wider row is said in several, so that no passage ends inside one.
LONGEST_STATEMENT = 200

_WORD = re.compile(r"\S+")
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a statement's characters.

    text      the characters
    cell      the cell that prints them, None for a mark between cells and for lines over the table
    start     where they begin in the cell's text: ``cell.text[start:start + len(text)]``
    repeated  whether they have been said before: their print counts there
    """

    text: str
    cell: Cell | None = None
    start: int = 0
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What one row of the grid, or a part of a wide one, says; ``row`` is its number."""

    row: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The statement, a line without its end."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a text, half-open, that a cell prints, from a place of its text on."""

    start: int
    end: int
    cell: Cell
    cell_start: int


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as text, a statement a line; spans rise and are counted from the beginning of the report."""

    text: str
    repeated: tuple[Span, ...]
    runs: tuple[Run, ...]


def say(table: Table) -> list[Statement]:
    """Return a table's statements in order: heads, then their rows, then the remarks."""
    return list(_Speaker(table).statements())


def write(statements: Iterable[Statement], offset: int = 0) -> TableText:
    """Write statements as lines; ``offset`` is where the first begins in the report's text."""
    position = offset
    lines: list[str] = []
    repeated: list[Span] = []
    runs: list[Run] = []
    for statement in statements:
        for piece in statement.pieces:
            end = position + len(piece.text)
            if piece.cell is not None:
                runs.append(Run(position, end, piece.cell, piece.start))
            if piece.repeated:
                if repeated and repeated[-1][1] == position:
                    repeated[-1] = (repeated[-1][0], end)
                else:
                    repeated.append((position, end))
            position = end
        lines.append(statement.text)
        position += 1
    return TableText("\n".join(lines), tuple(repeated), tuple(runs))


def _distinct(groups: Sequence[Cell], wholes: Sequence[Cell], labels: Sequence[Cell]) -> list[Cell]:
    """Return the names of a row, each once, the whole before what parts it: 投资, 按产业分, 第一产业."""
    places = (at for at, group in enumerate(groups) if is_classifying(group.text))
    first = next(places, len(groups)) if wholes else len(groups)
    names: list[Cell] = []
    for cell in [*groups[:first], *wholes, *groups[first:], *labels]:
        names += [cell] * (not any(cell is one for one in names))
    return names


def _leans(value: Value) -> bool:
    """Tell a value whose head says only that the amount before it grew."""
    return bool(value.heads) and is_dependent(value.heads[-1].text.strip())


class _Speaker:
    """Says one table; knows which of its cells have been said."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.said: set[int] = set()
        # Heads that are printed over an earlier table are no cells of this one.
        self.foreign: set[int] = set()
        if table.sections and table.sections[0].carried:
            foreign = [*table.caption, *(head for path in table.sections[0].heads for head in path)]
            self.foreign = {id(cell) for cell in foreign}

    def statements(self) -> Iterator[Statement]:
        """Say the heads of each section, then its rows, then the remarks."""
        for section in self.table.sections:
            if any(section.heads) and not section.carried:
                yield self._heads(section)
            for row, wholes in zip(section.rows, parents(section.rows), strict=True):
                yield from self._row(row, wholes)
        for note in self.table.notes:
            yield Statement(note.row, tuple(self._cell(note, as_value)))

    def _heads(self, section: Section) -> Statement:
        pieces = self._caption()
        for number, path in enumerate(dict.fromkeys(filter(None, section.heads))):
            pieces += [Piece(CELL_MARK)] * bool(number)
            pieces += self._path(path)
        return Statement(section.number, tuple(pieces))

    def _row(self, row: Row, wholes: Sequence[Cell]) -> Iterator[Statement]:
        """Say a row, a wide one in several statements that all begin with its name and those of its wholes.

        A growth is not parted from the amount before it, which it is of.
        """
        values = list(row.values)
        first = True
        while values or first:
            first = False
            pieces = self._caption()
            names = _distinct(row.groups, wholes, row.labels)
            for number, name in enumerate(names):
                pieces += [Piece(CELL_MARK)] * bool(number) + self._cell(name, as_name)
            named, length = bool(names), sum(len(piece.text) for piece in pieces)
            told: list[list[Piece]] = []
            for value in values:
                said = self._value(value, named or bool(told), bool(row.labels) and len(row.values) == 1)
                length += sum(len(piece.text) for piece in said)
                if told and length > LONGEST_STATEMENT:
                    break
                told.append(said)
            if len(told) > 1 and len(told) < len(values) and _leans(values[len(told)]):
                told.pop()
            for said in told:
                self._remember(said)
                pieces += said
            values = values[len(told) :]
            yield Statement(row.number, tuple(pieces))

    def _value(self, value: Value, marked: bool, only: bool) -> list[Piece]:
        """Say a value under its heads; without heads, the only one of a row is its name's."""
        pieces = [Piece(CELL_MARK)] * marked
        said = self._cell(value.cell, as_value if value.heads or marked else as_caption, remember=False)
        if value.heads:
            heads = self._path(value.heads, remember=False)
            head = "".join(piece.text for piece in heads)
            together = "".join(piece.text for piece in [*heads, Piece(VALUE_MARK), *said])
            misread = head_end(together) != len(head)  # 其中 over a word
            return [*pieces, *heads, *[Piece(NARROW_VALUE_MARK)] * misread, Piece(VALUE_MARK), *said]
        return ([Piece(VALUE_MARK)] if only else pieces) + said

    def _caption(self) -> list[Piece]:
        """Say title and unit: 【title（单位：亿元）】."""
        above = [[Piece(as_caption(line), repeated=True)] for line in self.table.above]
        parts = [self._cell(cell, as_caption) for cell in self.table.caption] + above
        if not parts:
            return []
        parts.sort(key=lambda part: is_unit_note("".join(piece.text for piece in part)))
        pieces = [Piece(CAPTION_OPENS)]
        for number, part in enumerate(parts):
            text = "".join(piece.text for piece in part)
            aside = number > 0 and is_unit_note(text) and not text.startswith(("（", "("))
            gap = " " if number and not is_unit_note(text) else ""
            pieces += [Piece("（")] if aside else [Piece(gap)] * bool(gap)
            pieces += part + [Piece("）")] * aside
        return [*pieces, Piece(CAPTION_CLOSES)]

    def _path(self, path: Sequence[Cell], remember: bool = True) -> list[Piece]:
        """Say the heads over a column; a unit below them in brackets.

        A head that repeats the one over it is said only where it counts as printed.
        """
        pieces: list[Piece] = []
        texts = [head.text.strip() for head in path]
        said = [head for at, head in enumerate(path) if remember or at == 0 or texts[at] != texts[at - 1]]
        for number, head in enumerate(said):
            unit = number > 0 and is_unit(head.text) and not head.text.strip().startswith(("（", "("))
            if number:
                pieces.append(Piece("（" if unit else "" if head.text.strip()[:1] in "（(" else LEVEL_MARK))
            pieces += self._cell(head, as_head, remember) + [Piece("）")] * unit
        return [piece for piece in pieces if piece.text]

    def _cell(self, cell: Cell, spell: Callable[[str], str], remember: bool = True) -> list[Piece]:
        """Say a cell on one line, without the spaces that only spread its characters.

        ``spell`` narrows the marks that would be misread, see ``corpus.row_lines``.
        """
        printed = None if id(cell) in self.foreign or cell.row == ELSEWHERE else cell
        repeated = printed is None or id(cell) in self.said
        pieces: list[Piece] = []
        for word in _WORD.finditer(cell.text):
            before = pieces[-1].text[-1:] if pieces else ""
            if before and not (_CHINESE.match(before) or _CHINESE.match(word[0])):
                pieces.append(Piece(" "))
            pieces.append(Piece(word[0], printed, word.start(), repeated))
        if remember:
            self.said.add(id(cell))
        spelt, position = spell("".join(piece.text for piece in pieces)), 0
        for at, piece in enumerate(pieces):
            end = position + len(piece.text)
            pieces[at] = replace(piece, text=spelt[position:end])
            position = end
        return pieces

    def _remember(self, pieces: Sequence[Piece]) -> None:
        self.said |= {id(piece.cell) for piece in pieces if piece.cell is not None}
