"""Find the title of a report in the lines before its text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.document import Heading
from corpus.headings import SENTENCE_MARK
from corpus.identity import ISSUER
from corpus.marks import is_table_row

# What official documents, yearbooks and company reports call themselves; a title ends with it.
DOCUMENT_WORD = re.compile(
    r"(?:报告|公报|年报|季报|月报|年鉴|快报|简报|通报|白皮书|蓝皮书|绿皮书|规划|计划|纲要|方案|意见|决定|决议|通知|公告|办法|"
    r"条例|规定|说明|总结|要点|综述|概况|分析|预测|调查|研究)(?:[（(〔].*[）)〕]|全文|摘要|摘登)?$"
)
# Lines of a title block that are about the document, not its name.
ASIDE = re.compile(
    r"^(?:本报|新华社|—|--|―)|^[（(].*[）)]$|^\d{4}(?:[-/.]\d{1,2}|\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日|$))|[>＞|]"
)
LONGEST_BLOCK = 24  # lines; the text has begun by then
LONGEST_TITLE = 60  # characters


def find_title(text: str, headings: Sequence[Heading]) -> str | None:
    """Return the title, its lines joined by a space, or None where no line looks like one.

    A first heading of level 1 that begins the text is the title.  Else it is the longest
    line of the title block that ends as documents are called (…报告, …公报); else the longest
    one or two lines, since a headline is longer than the lines above and below it.  Who issued the
    report is its title only where nothing else is there.
    """
    if headings and headings[0].start == 0 and headings[0].level == 1:
        return headings[0].text
    block = _title_block(text)
    named = [line for line in block if DOCUMENT_WORD.search(line)]
    plain = [line for line in block if not ISSUER.match(line)] or block
    pairs = [f"{first} {second}" for first, second in pairwise(plain)]
    return max(named or plain + pairs, key=len, default=None)


def _title_block(text: str) -> list[str]:
    """Return the lines before the first sentence, without credits, dates and page furniture."""
    block: list[str] = []
    for line in text.split("\n", LONGEST_BLOCK)[:LONGEST_BLOCK]:
        if "。" in line or "，" in line or len(line) > LONGEST_TITLE or is_table_row(line):
            break
        if not ASIDE.search(line) and not SENTENCE_MARK.search(line):
            block.append(line)
    return block
