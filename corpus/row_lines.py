"""A table's row as one line of text: what writes its names is here, beside what reads them back.

    【表1 各区主要指标（单位：亿元）】渝北区｜地区生产总值：2410.9｜同比增速（%）：6.1

The caption and what is between two bars may hold any text, so the marks that would be misread are
written as their narrow twins (``as_name`` and the like): reading gives back what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.marks import (
    CAPTION_CLOSES,
    CAPTION_OPENS,
    CELL_MARK,
    LEVEL_MARK,
    NARROW_CELL_MARK,
    NARROW_VALUE_MARK,
    VALUE_MARK,
)

# 其中：女性 is a name, not a value under the head 其中; the same below another head.
_PART_MARK = re.compile(rf"(?:^|{LEVEL_MARK})\s*(?:其中|其他|[加减]){VALUE_MARK}(?=\s*[^\W\d])")
_VALUE_MARKS = re.compile(rf"{VALUE_MARK}+(?!{VALUE_MARK}|\s*$)")
_CAPTION = re.compile(rf"{CAPTION_OPENS}(?P<caption>[^{CAPTION_CLOSES}\n]*){CAPTION_CLOSES}")
_PIECE = re.compile(rf"[^{CELL_MARK}]+")
_BRACKETS = str.maketrans({CAPTION_OPENS: "[", CAPTION_CLOSES: "]"})


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two bars: a value and the heads over it, or, without heads, a name.

    ``start`` is where the part begins in the text that was read, ``text_start`` where its value does.
    """

    head: str
    text: str
    start: int
    text_start: int

    @property
    def end(self) -> int:
        """The character after the part."""
        return self.text_start + len(self.text)


@dataclass(frozen=True, slots=True)
class RowLine:
    """A line that says a row; ``start`` and ``end`` are its own in the text that was read."""

    caption: str
    caption_start: int
    parts: tuple[Part, ...]
    start: int
    end: int

    @property
    def names(self) -> tuple[Part, ...]:
        """The names that the row begins with, outermost first; all parts where none has a head."""
        first = next((at for at, part in enumerate(self.parts) if part.head), len(self.parts))
        return self.parts[:first]

    @property
    def values(self) -> tuple[Part, ...]:
        """What follows the names."""
        return self.parts[len(self.names) :]


def read_row(line: str, start: int = 0) -> RowLine | None:
    """Read a line that begins at ``start`` of a text; None for one without a bar and without a caption.

    A line of prose that has a bar in it is read as well: what it is, its parts tell.

    >>> row = read_row("【表1 户数】东片｜其中：农户｜2023年：1,204｜备注：7：3分")
    >>> row.caption, [part.text for part in row.names], [(part.head, part.text) for part in row.values]
    ('表1 户数', ['东片', '其中：农户'], [('2023年', '1,204'), ('备注', '7：3分')])
    """
    caption = _CAPTION.match(line)
    if caption is None and CELL_MARK not in line:
        return None
    begin = caption.end() if caption else 0
    pieces = (_part(piece[0], start + piece.start()) for piece in _PIECE.finditer(line, begin))
    parts = tuple(part for part in pieces if part.text)
    if not parts:
        return None
    return RowLine(caption["caption"] if caption else "", start + 1, parts, start, start + len(line))


def read_rows(text: str) -> Iterator[RowLine]:
    """Yield the rows that a text says, in order."""
    start = 0
    for line in text.split("\n"):
        row = read_row(line, start)
        if row is not None:
            yield row
        start += len(line) + 1


def as_name(text: str) -> str:
    """Return a name with the marks that would part it narrowed; as many characters as before.

    >>> as_name("其中：甲｜乙"), as_name("流动资产："), as_name("一、主业：甲")
    ('其中：甲|乙', '流动资产：', '一、主业:甲')
    """
    bare = text.rstrip(VALUE_MARK)
    return as_head(bare) + text[len(bare) :]


def as_head(text: str) -> str:
    """Return a head with the marks that would part it narrowed; as many characters as before.

    >>> as_head("其中：女性"), as_head("时间：地点"), as_head("收盘价：")
    ('其中：女性', '时间:地点', '收盘价:')
    """
    spelt = list(as_caption(text))
    kept = {mark.end() - 1 for mark in _PART_MARK.finditer(text)}
    for at, character in enumerate(spelt):
        if character == VALUE_MARK and at not in kept:
            spelt[at] = NARROW_VALUE_MARK
    return "".join(spelt)


def as_value(text: str) -> str:
    """Return a value with the marks that would part it narrowed; as many characters as before.

    >>> as_value("8：30｜二楼"), as_value("：无")
    ('8：30|二楼', ':无')
    """
    text = text.replace(CELL_MARK, NARROW_CELL_MARK)
    bare = text.lstrip(VALUE_MARK)
    return NARROW_VALUE_MARK * (len(text) - len(bare)) + bare


def as_caption(text: str) -> str:
    """Return a caption with the marks that would part it narrowed; as many characters as before."""
    return text.replace(CELL_MARK, NARROW_CELL_MARK).translate(_BRACKETS)


def head_end(piece: str) -> int | None:
    """Return where the head ends in what stands between two bars; None where the whole is a name.

    >>> head_end("人数：其中：3"), head_end("其中：女性"), head_end("其中：女性：3")
    (2, None, 5)
    """
    kept = {mark.end() - 1 for mark in _PART_MARK.finditer(piece)}
    ends = (marks.end() - 1 for marks in _VALUE_MARKS.finditer(piece))
    return next((end for end in ends if end not in kept), None)


def _part(piece: str, start: int) -> Part:
    """Part what stands between two bars into head and value; the whole is a name where it has no head."""
    end = head_end(piece)
    head = "" if end is None else piece[:end]
    words = piece if end is None else piece[end + 1 :]
    text_start = start + len(piece) - len(words.lstrip())
    return Part(head, words.strip(), text_start if end is None else start, text_start)
