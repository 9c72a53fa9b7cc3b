"""Repairs: give a text that was cut out of a page its paragraphs back.

Each repair is a pure function from a text to the edits that mend one kind of fault; the
table REPAIRS orders them and says why each is there.  No repair removes or adds anything
but white space and invisible characters, and width changes map one character to one, so
every character of the result has its place in the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from corpus.document import RepairStep
from corpus.edits import Edit, apply_edits, compose
from corpus.headings import (
    CLAUSE_MARK,
    CREDIT,
    SENTENCE_END,
    is_numbered_heading,
    is_parallel_phrase,
    numbered_level,
)
from corpus.marks import is_table_row
from corpus.title import DOCUMENT_WORD, LONGEST_BLOCK, LONGEST_TITLE

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe]+"
)
LINE_END = re.compile("\r\n?|\u2028|\u2029|\u0085|\x0c")
# Full-width digits, letters and number signs.  NFKC would also rewrite ，（） and ㎡.
WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％＋－．]")
WIDE_SHIFT = 0xFEE0  # distance of a full-width form from its ASCII twin (Unicode block FF00)

CJK = r"[\u3400-\u9fff\u3001-\u303f\uff01-\uff0f\uff1a-\uff1e\u2018-\u201d\u2014\u2026·]"
STRAY_SPACE = re.compile(
    rf"(?<={CJK})[ \u00a0\u3000](?={CJK}|[0-9])"
    rf"|(?<=[0-9%‰])[ \u00a0\u3000](?={CJK}|[%‰℃°㎡])"
)
# Runs as a whole: a pattern that looks for the line end in a run takes the square of its length.
WHITE_RUN = re.compile(r"\s+")
LETTERSPACED = re.compile(r"[\u3400-\u9fff](?:[ \u00a0\u3000]+[\u3400-\u9fff])+")
GAP = r"[ \u00a0\u3000]"
# 1 9 9 7 年: how a document shows that blanks part the digits of all its numbers.
SPREAD_YEAR = re.compile(rf"(?<![\d.])(?<!\d )(?:1{GAP}[89]|2{GAP}0){GAP}\d{GAP}\d{GAP}?年")
WHOLE_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d年")
FEWEST_SPREAD_YEARS = 3
# 4 9 2 5 0 and 1 5 .3, with words, a unit or a mark behind: a row of a table ends with its digits.
SPREAD_NUMBER = re.compile(
    rf"(?<![\d.,A-Za-z])(?<![\d.,A-Za-z]{GAP})\d{{1,2}}+(?:{GAP}\d{{1,2}}+)*+"
    rf"(?:{GAP}?\.{GAP}?\d(?:{GAP}?\d)*+)?+(?={GAP}?(?:{CJK}|[%‰℃°㎡~/)-]))"
)
BLANK = re.compile(GAP)
WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,%‰]*|.")
DAY = r"\d{4}\s?(?:年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?|[-/.]\s?\d{1,2}(?:\s?[-/.]\s?\d{1,2})?)"
# A line that is as a whole about the document: a date, a bracketed aside.
ASIDE_LINE = re.compile(rf"(?:[—―-]{{1,2}}\s?)?{DAY}|[（(〔【][^（(〔【。]+[）)〕】]")
NO_LINE_START = "，。、；：？！”’）》」』】…%"

WIDEST_COLUMN = 80  # half-widths; wider lines are paragraphs, not columns
NARROWEST_COLUMN = 12  # half-widths; narrower lines are cells of a table
WRAPPED_SHARE = 0.5  # of a block's lines that end inside a sentence, when it was cut at a column


@dataclass(frozen=True, slots=True)
class Repair:
    """A row of the table: its name and the reason for it, both for the reader of a report."""

    name: str
    reason: str
    edits: Callable[[str], Iterator[Edit]]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after its repairs, the steps that changed it, and where each character came from."""

    text: str
    steps: tuple[RepairStep, ...]
    origins: list[int]


def unify_line_ends(text: str) -> Iterator[Edit]:
    r"""Make every line end ``\n``.

    >>> apply_edits("a\r\nb", unify_line_ends("a\r\nb"))[0]
    'a\nb'
    """
    return (Edit(*match.span(), "\n") for match in LINE_END.finditer(text))


def drop_invisible(text: str) -> Iterator[Edit]:
    r"""Drop control and zero-width characters and direction marks.

    >>> apply_edits("增\u200b长", drop_invisible("增\u200b长"))[0]
    '增长'
    """
    return (Edit(*match.span(), "") for match in INVISIBLE.finditer(text))


def narrow_digits(text: str) -> Iterator[Edit]:
    """Write full-width digits, letters and number signs in half width, one to one.

    >>> apply_edits("４７．６％", narrow_digits("４７．６％"))[0]
    '47.6%'
    """
    return (Edit(*match.span(), chr(ord(match[0]) - WIDE_SHIFT)) for match in WIDE.finditer(text))


def join_cut_lines(text: str) -> Iterator[Edit]:
    r"""Join lines that were cut at the width of a column, across the end of a column too.

    >>> cut = "城乡居民收入增速近4\n年均居全区第一位，\n环境进一步改善。"
    >>> apply_edits(cut, join_cut_lines(cut))[0]
    '城乡居民收入增速近4年均居全区第一位，环境进一步改善。'
    """
    lines = _lines(text)
    blocks = _blocks(lines)
    wrapped = [_is_wrapped(block, blocks, position) for position, block in enumerate(blocks)]
    for position, block in enumerate(blocks):
        if wrapped[position]:
            measure = _measure(block, blocks, position)
            for line, following in pairwise(block):
                if _continues(line, following, measure):
                    yield _joint(line, following)
        # The rest of a paragraph that a column's end cut may be too short to look wrapped.
        near, later = wrapped[max(0, position - 1) : position + 2], blocks[position + 1 : position + 2]
        if any(near) and later and _runs_on(block, later[0]):
            yield _joint(block[-1], later[0][0])


def close_spread_numbers(text: str) -> Iterator[Edit]:
    """Close numbers whose digits are parted by blanks, in a document that prints its numbers so.

    What shows it are the years; elsewhere digits that stand apart are those of a list or a table.

    >>> spread = "1 9 9 5 年产粮4 6 0 万吨，1 9 9 6 年4 8 5 万吨，1 9 9 7 年增长3 .2 %。"
    >>> apply_edits(spread, close_spread_numbers(spread))[0]
    '1995 年产粮460 万吨，1996 年485 万吨，1997 年增长3.2 %。'
    """
    spread = sum(1 for _ in SPREAD_YEAR.finditer(text))
    if spread < FEWEST_SPREAD_YEARS or spread <= sum(1 for _ in WHOLE_YEAR.finditer(text)):
        return
    for start, line in _numbered_starts(text):
        if is_table_row(line):
            continue
        for number in SPREAD_NUMBER.finditer(line):
            if _is_spread(number[0]):
                for blank in BLANK.finditer(number[0]):
                    at = start + number.start() + blank.start()
                    yield Edit(at, at + 1, "")


def drop_stray_spaces(text: str) -> Iterator[Edit]:
    """Drop the space between Chinese characters and between a number and its unit.

    A space between Latin words stays, and so does the one between a heading's two phrases.

    >>> apply_edits("年均超过 100 亿元", drop_stray_spaces("年均超过 100 亿元"))[0]
    '年均超过100亿元'
    """
    for start, line in _numbered_starts(text):
        if line.isspace() or not line or is_parallel_phrase(line):
            continue
        pattern = STRAY_SPACE
        if LETTERSPACED.fullmatch(line.strip()):
            pattern = re.compile(r"(?<=\S)\s+(?=\S)")
        for match in pattern.finditer(line):
            yield Edit(start + match.start(), start + match.end(), "")


def trim_lines(text: str) -> Iterator[Edit]:
    r"""Drop the white space at both ends of a line, and empty lines: a line is a paragraph.

    >>> apply_edits("\n　　各位代表：\n\n现在 \n", trim_lines("\n　　各位代表：\n\n现在 \n"))[0]
    '各位代表：\n现在'
    """
    for match in WHITE_RUN.finditer(text):
        if match.start() == 0 or match.end() == len(text):
            yield Edit(*match.span(), "")
        elif "\n" in match[0] and match[0] != "\n":
            yield Edit(*match.span(), "\n")


REPAIRS: tuple[Repair, ...] = (
    Repair("统一换行", "不同系统的换行符不一样", unify_line_ends),
    Repair("去除不可见字符", "控制字符、零宽字符看不见，却会让检索和数字识别出错", drop_invisible),
    Repair("全角数字转半角", "全角的数字、字母和百分号与半角的是同一个意思", narrow_digits),
    Repair("接回断行", "版面按栏宽换行，把一句话切成了几行，甚至切到了下一栏", join_cut_lines),
    Repair("去除多余空格", "通篇把数字一位一位隔开排印，合起来才是一个数", close_spread_numbers),
    Repair("去除多余空格", "排版在汉字之间、数字与单位之间留下了空格", drop_stray_spaces),
    Repair("整理段落", "段首缩进和空行只是版式，一行就是一段", trim_lines),
)


def repair(text: str, whole: bool = False) -> Repaired:
    """Apply every repair of the table in order; of a text in whole lines none are joined."""
    origins = list(range(len(text)))
    steps: list[RepairStep] = []
    for row in REPAIRS:
        if whole and row.edits is join_cut_lines:
            continue
        edits = list(row.edits(text))
        if not edits:
            continue
        text, moved = apply_edits(text, edits)
        origins = compose(moved, origins)
        steps.append(RepairStep(row.name, row.reason, len(edits)))
    return Repaired(text, tuple(steps), origins)


def _is_spread(number: str) -> bool:
    """Tell single digits; two that stand together are those between which a line was cut."""
    return sum(len(digits) > 1 for digits in BLANK.split(number.partition(".")[0].strip())) <= 1


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its place: ``text[start:end]`` without the line end; width in half-widths."""

    text: str
    start: int
    end: int
    width: int


def _numbered_starts(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _lines(text: str) -> list[_Line]:
    return [_Line(line, start, start + len(line), _width(line)) for start, line in _numbered_starts(text)]


def _width(line: str) -> int:
    """Return a line's width in half-widths, as Chinese type sets it (“ — … are wide)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line.strip())


def _blocks(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Return runs of lines that have no empty line, no heading, no row of a table and no end of a
    title between them."""
    blocks: list[list[_Line]] = [[]]
    asides, titles = _title_lines(lines)
    for line in lines:
        bare = line.text.strip()
        if not bare:
            if blocks[-1]:
                blocks.append([])
        elif (
            is_table_row(bare)
            or is_parallel_phrase(bare)
            or is_numbered_heading(bare)
            or line.start in asides
        ):
            blocks += [[line], []]
        elif line.start in titles:
            blocks[-1].append(line)
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [block for block in blocks if block]


def _title_lines(lines: Sequence[_Line]) -> tuple[set[int], set[int]]:
    """Return the starts of the asides before the first sentence, and of the lines that end a title.

    In running text a line may end with 计划 or 研究 as well: there is no title after a clause.
    """
    asides: set[int] = set()
    titles: set[int] = set()
    running = False
    for line in islice((line for line in lines if line.text.strip()), LONGEST_BLOCK):
        bare = line.text.strip()
        if ASIDE_LINE.fullmatch(bare):
            asides.add(line.start)
            continue
        if "。" in bare or len(bare) > LONGEST_TITLE:
            break
        running = running or CLAUSE_MARK.search(bare) is not None
        if not running and DOCUMENT_WORD.search(bare):
            titles.add(line.start)
    return asides, titles


def _ends_sentence(line: _Line) -> bool:
    return bool(SENTENCE_END.search(line.text.rstrip()))


def _begins_paragraph(line: _Line) -> bool:
    indented = line.text.startswith(("  ", "　", "\t"))
    return indented or numbered_level(line.text) is not None or CREDIT.match(line.text) is not None


def _is_running(block: Sequence[_Line]) -> bool:
    first = block[0].text.strip()
    if is_table_row(first) or is_numbered_heading(first) or ASIDE_LINE.fullmatch(first):
        return False
    return any(CLAUSE_MARK.search(line.text) for line in block)


def _is_wrapped(block: Sequence[_Line], blocks: Sequence[Sequence[_Line]], position: int) -> bool:
    """Tell running text that was cut at a column's width from paragraphs, lists and tables."""
    if not _is_running(block):
        return False
    measure = _measure(block, blocks, position)
    if not NARROWEST_COLUMN <= measure <= WIDEST_COLUMN:
        return False
    if len(block) == 1:
        return not _ends_sentence(block[0])
    inner = block[:-1]
    cut = [line for line in inner if not _ends_sentence(line) and 2 * line.width >= measure]
    return len(cut) >= WRAPPED_SHARE * len(inner)


def _measure(block: Sequence[_Line], blocks: Sequence[Sequence[_Line]], position: int) -> int:
    """Return the width of the column: the widest line of the block, or of its neighbours."""
    if len(block) > 1:
        return max(line.width for line in block)
    near = blocks[max(0, position - 1) : position + 2]
    return max(line.width for neighbour in near for line in neighbour)


def _continues(line: _Line, following: _Line, measure: int) -> bool:
    """Tell whether the next line goes on in the same paragraph.

    A line was cut where the next word did not fit; after a finished sentence only such a
    line goes on, since a paragraph's last line may end anywhere.
    """
    if _begins_paragraph(following) or CREDIT.match(line.text):
        return False
    if not _ends_sentence(line):
        return 2 * line.width >= measure
    bare = following.text.strip()
    word = WORD.match(bare)
    needed = _width(word[0]) if word else 0
    if bare[:1] and bare[1:2] and bare[1] in NO_LINE_START:
        needed += 2
    return line.width + needed > measure


def _runs_on(block: Sequence[_Line], later: Sequence[_Line]) -> bool:
    """Tell whether a sentence that a column's end cut goes on in the next block."""
    if not _is_running(block):
        return False
    last = block[-1]
    if _ends_sentence(last) or last.text.rstrip().endswith(("：", ":")):
        return False
    return _is_running(later) and not _begins_paragraph(later[0])


def _joint(line: _Line, following: _Line) -> Edit:
    """Return the edit that joins two lines; two Latin words keep a space between them."""
    left = len(line.text) - len(line.text.rstrip())
    right = len(following.text) - len(following.text.lstrip())
    before, after = line.text.rstrip()[-1:], following.text.lstrip()[:1]
    latin = before.isascii() and after.isascii() and before.isalnum() and after.isalpha()
    return Edit(line.end - left, following.start + right, " " if latin else "")
