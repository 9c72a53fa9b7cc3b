"""A table's title and the note of its unit, among the lines of text over it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cells import is_time, is_unit_note
from corpus.figures.period import PERIOD_PATTERN

LONGEST_CAPTION = 60  # characters
LINES_ABOVE = 5  # in which a table's title stands

_SENTENCE = re.compile(r"[。！？；，;]|,(?!\d)|[:：]$")
# □是 √否, 适用: the boxes that forms let tick, and what stands by them.
_TICKED = re.compile(r"[√☑☐□✓☒■]|\s*(?:不?适用|[是否有无])\s*$")
_ASKED = re.compile(r".*是否")
_MAKER = re.compile(r"\s*(?:编制|填报|填表|制表|报送)(?:单位|部门|人|机关)?\s*[:：]")
_DAY = re.compile(r"\s*(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?\s*")
_LIST_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|[（(](?:[一二三四五六七八九十]+|\d+)[）)]|\d{1,2}(?:\.\d{1,2})*[、.．\s](?!\d))\s*"
)
_TABLE_NUMBER = re.compile(r"^[附续]?[图表]\s*[\d.—－-]+|^(?:Table|Exhibit)\s*\d+", re.IGNORECASE)
_TABLE_TITLE = re.compile(r"\s*[附续]?表\s*(?:\d|[一二三四五六七八九十]+[\s:：、])")
_TIME = re.compile(PERIOD_PATTERN + r"|(?:19|20)\d{2}\s?[AEF]?")
_TITLE_END = re.compile(r"(?:表|情况|统计|指标|名单|明细|数据|概况|对比|排名|预测|分析|构成|比较)\S{0,4}$")
_UNIT_BESIDE = re.compile(
    r"(?P<title>\S.*?)[\s（(]+(?P<unit>(?:(?:计量|金额)?单位|币种)\s*[:：][^（）()]*?)[）)]?\s*$"
)


def find_caption(above: Sequence[str]) -> tuple[str, ...]:
    """Return a table's title, its time and its unit, of the lines over it, the nearest last.

    >>> find_caption(["全市经济平稳。", "表3 主要产品产量", "单位：万吨"])
    ('表3 主要产品产量', '单位：万吨')
    """
    title, time, unit = "", "", ""
    asked = False
    lines = [line.strip() for line in reversed(above[-LINES_ABOVE:])]
    for number, line in enumerate(lines):
        if not line or _MAKER.match(line):
            continue
        if is_unit_note(line):
            unit = unit or line.strip(" （()）【】[]")
            continue
        if beside := _UNIT_BESIDE.fullmatch(line):
            line, unit = beside["title"].strip(), unit or beside["unit"].strip()
        if (ticked := _TICKED.search(line)) and not _ASKED.match(line):
            line = line[: ticked.start()].strip() or line  # the boxes may follow on the title's line
        if _DAY.fullmatch(line) or is_time(line):
            time = time or line
        elif _TICKED.search(line):
            asked = True
        elif asked and _ASKED.match(line):
            asked = False  # 是否…: what was ticked answers this
        elif 1 < len(line) <= LONGEST_CAPTION and _may_title(line):
            title = _without_number(line)
            over = lines[number + 1 : number + 2]
            unit = unit or next((note.strip(" （()）【】[]") for note in over if is_unit_note(note)), "")
            break
        else:
            break
    return tuple(filter(None, (title, time, unit)))


def is_table_title(line: str) -> bool:
    """Tell a title that says by its number that a table follows.

    >>> is_table_title("表3-1 主要产品产量"), is_table_title("表3显示，产量增长。"), is_table_title("综合")
    (True, False, False)
    """
    return (
        len(line) <= LONGEST_CAPTION and _TABLE_TITLE.match(line) is not None and not _SENTENCE.search(line)
    )


def _may_title(line: str) -> bool:
    """Tell words over a table from a sentence, and from an item that states a quantity."""
    if _SENTENCE.search(line):
        return False
    digits = any(map(str.isdigit, _TIME.sub("", _TABLE_NUMBER.sub("", _without_number(line)))))
    return not digits or _TITLE_END.search(line) is not None


def _without_number(line: str) -> str:
    number = _LIST_NUMBER.match(line)
    return (line[number.end() :] if number else line).strip()
