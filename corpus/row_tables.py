"""Tables out of rows that are said as lines: caption and heads once, each row with its values below them.

Rows that stand next to each other under one caption are one table, however few of them a passage
holds.  Nothing is left out: what is said on each row is kept with every place where it is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.marks import LEVEL_MARK, NARROW_VALUE_MARK, VALUE_MARK
from corpus.row_lines import Part, RowLine, read_row

Span = tuple[int, int]

LONGEST_NAME = 40  # characters of a name that stands alone on its row
FEWEST_BARE = 3  # cells without heads and caption that are a table and no headline with a bar

# What a name never has.
_SENTENCE = re.compile(r"[。！？]")
_DATA = re.compile(r"[+\-−－±]?[(（]?[￥¥$]?\d")
_UNIT_BEHIND = re.compile(r"[（(].*")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a table, and every span of the text that says them."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: the groups that it stands in, its names, and its values by the number of their column.

    ``spans`` are of the lines that say it: a wide row is said in several.
    """

    groups: tuple[Said, ...]
    names: tuple[Said, ...]
    values: Mapping[int, tuple[Said, ...]]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it is drawn.

    caption   its title with the unit, "" where it has none
    corner    the heads over the names, as many as a row may have names
    heads     those over the values; a head over others is parted from them by ``LEVEL_MARK``
    pairs     True where each value has a name of its own and the rows share no heads: a list of pairs
    goes_on   True where it has the caption of the table right before it
    """

    caption: Said
    corner: tuple[Said, ...]
    heads: tuple[Said, ...]
    rows: tuple[ShownRow, ...]
    start: int
    end: int
    pairs: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines that are no rows: ``text[start:end]``."""

    start: int
    end: int


def blocks(text: str) -> list[Prose | ShownTable]:
    """Return a text as prose and tables, in order; line ends between them belong to neither."""
    found: list[Prose | ShownTable] = []
    for lines in _runs(text):
        if not isinstance(lines, Prose):
            found += _tables(lines)
        elif found and isinstance(found[-1], Prose):
            found[-1] = Prose(found[-1].start, lines.end)
        else:
            found.append(lines)
    return found


def table_lines(text: str) -> list[Span]:
    """Return the spans of the lines that are rows of tables."""
    return [(line.start, line.end) for run in _runs(text) if not isinstance(run, Prose) for line in run]


def _runs(text: str) -> Iterator[Prose | list[RowLine]]:
    """Yield prose, and rows that stand next to each other under one caption."""
    start = 0
    run: list[RowLine] = []
    prose: Span | None = None
    for line in text.split("\n"):
        end = start + len(line)
        row = read_row(line, start)
        if row is not None and _is_prose(row, bool(run) and row.caption == run[0].caption):
            row = None
        if run and (row is None or row.caption != run[0].caption):
            yield from _as_rows(run)
            run = []
        if row is not None:
            if prose:
                yield Prose(*prose)
                prose = None
            run.append(row)
        else:
            prose = (prose[0] if prose else start, end)
        start = end + 1
    if run:
        yield from _as_rows(run)
    if prose and prose[0] < prose[1]:
        yield Prose(*prose)


def _is_prose(row: RowLine, goes_on: bool) -> bool:
    """Tell a sentence or a headline with a bar or a bracket in it; ``goes_on``: rows of its caption are before it."""
    alone = len(row.parts) == 1 and not row.parts[0].head
    if len(row.parts) == 1 and not row.caption:
        return True
    names = [part.text for part in row.names] + [part.head for part in row.values]
    return any(map(_SENTENCE.search, names)) or (
        alone and not goes_on and len(row.parts[0].text) > LONGEST_NAME
    )


def _as_rows(run: list[RowLine]) -> Iterator[Prose | list[RowLine]]:
    """Yield rows as they are, or as prose where no value stands under a head and nothing else is like a table."""
    parts = [part for row in run for part in row.parts]
    several = any(len(row.parts) > 1 for row in run)
    numbers = any(map(_DATA.match, (part.text for part in parts))) and len(parts) >= FEWEST_BARE
    if any(part.head for part in parts) or (several and (run[0].caption or numbers)):
        yield run
    else:
        yield Prose(run[0].start, run[-1].end)


def _tables(lines: Sequence[RowLine]) -> Iterator[ShownTable]:
    """Yield the tables of rows under one caption: one for each line of heads among them."""
    begins = [0, *(at for at in range(1, len(lines)) if _heads_of(lines, at)), len(lines)]
    for number, (first, last) in enumerate(pairwise(begins)):
        yield _Builder(lines[first:last], goes_on=number > 0).table()


def _heads_of(lines: Sequence[RowLine], at: int) -> bool:
    """Tell a line that says the heads of the rows below it."""
    line = lines[at]
    if line.values or len(line.parts) < 2:
        return False
    said = {_key(part.text) for part in line.parts}
    below = next((row for row in lines[at + 1 :] if row.values), None)
    heads = [_key(part.head) for part in below.values if part.head] if below else []
    return bool(heads) and 2 * sum(head in said for head in heads) >= len(heads)


def _key(head: str) -> str:
    """Return a head without those over it that say the same, by which a line of heads writes it."""
    kept: list[str] = []
    for level in head.split(LEVEL_MARK):
        if not kept or _UNIT_BEHIND.sub("", level) != kept[-1]:
            kept.append(level)
        else:
            kept[-1] = level
    return LEVEL_MARK.join(kept)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what names its row and what the row says."""

    names: tuple[Part, ...]
    values: tuple[Part, ...]
    span: Span


@dataclass(slots=True)
class _Builder:
    """Puts the rows under one line of heads, or under none, together."""

    lines: Sequence[RowLine]
    goes_on: bool
    heading: RowLine | None = field(init=False)
    body: list[list[_Line]] = field(init=False)

    def __post_init__(self) -> None:
        self.heading = self.lines[0] if _heads_of(self.lines, 0) else None
        self.body = []
        for line in self._read(self.lines[1 if self.heading else 0 :]):
            if self.body and _continues(self.body[-1], line):
                self.body[-1].append(line)
            else:
                self.body.append([line])

    def table(self) -> ShownTable:
        """Return the table."""
        first, last = self.lines[0], self.lines[-1]
        spans = [(line.caption_start, line.caption_start + len(line.caption)) for line in self.lines]
        caption = Said(first.caption, tuple(spans) if first.caption else ())
        corner, heads = self._heads()
        pairs = not corner and not heads
        rows = self._pairs() if pairs else [self._row(row, len(corner), heads) for row in self.body]
        above = {head.text for head in corner}
        rows = [
            replace(row, groups=tuple(one for one in row.groups if one.text not in above)) for row in rows
        ]
        said = tuple(Said(text, tuple(places)) for text, places in heads.items())
        return ShownTable(caption, corner, said, tuple(rows), first.start, last.end, pairs, self.goes_on)

    def _read(self, lines: Sequence[RowLine]) -> Iterator[_Line]:
        """Read what names each row; a row of one value may say its name where others say a head."""
        heads = {_key(part.head) for line in lines if line.names for part in line.values}
        groups = {name.text for line in lines if line.values for name in line.names[:-1]}
        bare = any(not line.values for line in lines)
        for line in lines:
            span = line.start, line.end
            names, values = line.names, line.values
            if not values and not heads:
                yield _Line(names[:1], names[1:], span)
            elif not values:
                over = 0
                while over < len(names) - 1 and _is_group(names[over].text, groups):
                    over += 1
                yield from (_Line((*names[:over], name), (), span) for name in names[over:])
            elif (heads or bare) and not names and len(values) == 1 and _key(values[0].head) not in heads:
                yield _Line(*_named(values[0]), span)
            else:
                yield _Line(names, values, span)

    def _heads(self) -> tuple[tuple[Said, ...], dict[str, list[Span]]]:
        """Return the heads over the names, and those over the values with the places where they are said.

        Both are empty for rows that have neither names nor heads in common: a list of pairs.
        """
        parts = [part for row in self.body for line in row for part in line.values]
        used = {_key(part.head) for part in parts}
        most = max((len(row[0].names) for row in self.body), default=0)
        if self.heading is None and not most and len(used) == len(parts):
            return (), {}
        above = self.heading.parts if self.heading else ()
        over_names = [part for part in above if _key(part.text) not in used][:most]
        corner = [Said(part.text, ((part.start, part.end),)) for part in over_names]
        heads = {_key(part.text): [(part.start, part.end)] for part in above if part not in over_names}
        for part in parts:
            if part.head:
                heads.setdefault(_key(part.head), []).append((part.start, part.start + len(part.head)))
        return tuple(corner or [Said("")] * bool(most)), heads

    def _row(self, lines: Sequence[_Line], named: int, heads: Mapping[str, Sequence[Span]]) -> ShownRow:
        columns = {head: at for at, head in enumerate(heads)}
        values: dict[int, tuple[Said, ...]] = {}
        for line in lines:
            bare = len(heads)  # values without heads stand behind all others
            for part in line.values:
                at = columns[_key(part.head)] if part.head else bare
                bare += not part.head
                values[at] = (*values.get(at, ()), Said(part.text, ((part.text_start, part.end),)))
        names = [
            Said(part.text, tuple((line.names[at].start, line.names[at].end) for line in lines))
            for at, part in enumerate(lines[0].names)
        ]
        over = max(len(names) - named, 0)
        return ShownRow(tuple(names[:over]), tuple(names[over:]), values, tuple(line.span for line in lines))

    def _pairs(self) -> list[ShownRow]:
        """Return a row for each value, named by its head."""
        found = []
        for line in (line for row in self.body for line in row):
            for part in line.values:
                [name], [value] = _named(part)
                said = [Said(one.text, ((one.start, one.end),)) for one in (name, value)]
                found.append(ShownRow((), (said[0],), {0: (said[1],)}, (line.span,)))
        return found


def _is_group(name: str, groups: Collection[str]) -> bool:
    return name in groups or name.endswith((VALUE_MARK, NARROW_VALUE_MARK))


def _named(part: Part) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the head of a value as a name, and the value."""
    value = Part("", part.text, part.text_start, part.text_start)
    return (Part("", part.head, part.start, part.start),), (value,)


def _continues(row: Sequence[_Line], line: _Line) -> bool:
    """Tell a line that says further values of the row before it."""
    if not line.names or [name.text for name in line.names] != [name.text for name in row[0].names]:
        return False
    known = {_key(part.head) for one in row for part in one.values}
    return bool(line.values) and all(part.head and _key(part.head) not in known for part in line.values)
