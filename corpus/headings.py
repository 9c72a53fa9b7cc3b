"""Recognise headings: by their number, or by standing alone without a sentence's punctuation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.document import Heading
from corpus.marks import is_table_row

CHINESE_NUMBER = "[一二三四五六七八九十百〇零]+"

# (pattern of the number, level).  The order of depth is that of GB/T 9704, the standard
# for official documents: 一、 above （一） above 1. above （1）.
NUMBERED: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"第(?:{CHINESE_NUMBER}|\d+)[编篇章部](?:分)?(?=[\s　:：、]|\S{{2,}})"), 1),
    # Not the list 一、二、三产业.
    (re.compile(rf"{CHINESE_NUMBER}、(?!{CHINESE_NUMBER}[、产次类])"), 2),
    (re.compile(rf"第(?:{CHINESE_NUMBER}|\d+)节"), 2),
    (re.compile(rf"[（(]{CHINESE_NUMBER}[）)]"), 3),
    (re.compile(r"\d{1,2}(?:\.\d{1,2})+[.、\s　]?(?=[^\d%‰])"), 4),
    (re.compile(r"\d{1,2}[.．、](?!\d)"), 4),
)
PLAIN_LEVEL = 2

LONGEST_HEADING = 40  # characters; longer lines without a full stop are cut text, not headings
LONGEST_RUN_IN = 60  # characters of the first sentence of a paragraph such as （一）……。……
SHORTEST_PLAIN = 4  # Chinese characters; shorter lines are table cells and signatures

CHINESE = re.compile(r"[\u3400-\u9fff]")
SENTENCE_MARK = re.compile(r"[，。；！？：…,;!?:]")
# A line about the document: who wrote it, where and when it appeared.
CREDIT = re.compile(
    r"(?:来源|作者|记者|责编|责任编辑|编辑|日期|时间|发布|发文|文号|索引号|字号|浏览|分享)\S{0,4}[:：]"
)
CLAUSE_MARK = re.compile(r"[，。；！？…;!?]|,(?!\d)")  # a colon alone makes no running text: 来源：日报
SENTENCE_END = re.compile(r"[。！？!?…][”’）)】』」]*$")
PARALLEL = re.compile(r"^[^\s\d]{4,20}[ 　][^\s\d]{4,20}$")
RUN_IN = re.compile(r"[^。！？\n]*[。！？]")


def numbered_level(line: str) -> int | None:
    """Return the level that a line's leading number gives it, None for a line without one."""
    for pattern, level in NUMBERED:
        if pattern.match(line):
            return level
    return None


def is_parallel_phrase(line: str) -> bool:
    """Tell a newspaper heading of two balanced phrases: ``全域联动统筹发展 城乡面貌焕然一新``."""
    line = line.strip()
    if not PARALLEL.match(line) or SENTENCE_MARK.search(line):
        return False
    first, second = re.split("[ 　]", line)
    return abs(len(first) - len(second)) <= 4


def is_numbered_heading(line: str) -> bool:
    """Tell a line that is as a whole a numbered heading, without a sentence in it."""
    line = line.strip()
    if (
        not 2 <= len(line) <= LONGEST_HEADING
        or is_table_row(line)
        or re.search(r"[。；;]", line)
        or line.endswith(("，", "、"))
    ):
        return False
    return numbered_level(line) is not None and bool(CHINESE.search(line))


def stands_alone(line: str) -> bool:
    """Tell a short line in words that is no sentence and no part of one."""
    line = line.strip()
    return (
        len(line) <= LONGEST_HEADING
        and len(CHINESE.findall(line)) >= SHORTEST_PLAIN
        and not SENTENCE_MARK.search(line)
        and "|" not in line
        and not is_table_row(line)
    )


def is_running_text(line: str) -> bool:
    """Tell a line that holds at least one whole clause and its punctuation."""
    return bool(CLAUSE_MARK.search(line)) and len(CHINESE.findall(line)) >= SHORTEST_PLAIN


def find_headings(text: str, marked: Mapping[int, int]) -> tuple[Heading, ...]:
    """Return the headings of a repaired text, one paragraph a line.

    ``marked`` gives the level of lines (counted from 0) that the file's own markup names as
    headings; where there is more of it than the title, nothing else is taken for one.
    """
    lines = text.split("\n")
    begun = next((number for number, line in enumerate(lines) if is_running_text(line)), len(lines))
    headings: list[Heading] = []
    start = 0
    for number, line in enumerate(lines):
        found = None
        if number in marked:
            found = (len(line), marked[number])
        elif len(marked) <= 1:
            found = _heading_in_line(lines, number, begun)
        if found is not None and found[0]:
            length, level = found
            headings.append(Heading(line[:length].strip(), start, start + length, level))
        start += len(line) + 1
    return tuple(headings)


def _heading_in_line(lines: Sequence[str], number: int, begun: int) -> tuple[int, int] | None:
    """Return (length, level) of the heading that a line is or begins with; the text begins at ``begun``."""
    line = lines[number]
    if is_table_row(line):
        return None
    if is_numbered_heading(line):
        return len(line), numbered_level(line) or PLAIN_LEVEL
    if is_parallel_phrase(line) and number > begun:
        # Before the text begins, such a line is the headline or stands beside it.
        return len(line), PLAIN_LEVEL
    level = numbered_level(line)
    if level is not None and (sentence := RUN_IN.match(line)) and sentence.end() <= LONGEST_RUN_IN:
        # A whole line is an item of a list; a heading is followed by its text.
        return (sentence.end(), level) if sentence.end() < len(line) else None
    if number and stands_alone(line) and _between_texts(lines, number):
        return len(line), PLAIN_LEVEL
    return None


def _between_texts(lines: Sequence[str], number: int) -> bool:
    """Tell a line after a finished sentence and before running text: where headings stand."""
    if number + 1 == len(lines):
        return False
    before, after = lines[number - 1], lines[number + 1]
    return bool(SENTENCE_END.search(before)) and is_running_text(after) and len(after) > LONGEST_HEADING
