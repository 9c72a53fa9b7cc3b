"""Spoken: what the packages below say in Chinese alone, by what it is, for either language."""

from __future__ import annotations

from corpus.document import Passage, RepairStep
from corpus.messages import Message, says
from web.i18n import Words
from web.markup import templates

# The steps of reading a report (``corpus.repair`` and the readers) by the end of their words' keys.
REPAIRS = {
    "统一换行": "ends",
    "去除不可见字符": "invisible",
    "全角数字转半角": "narrow",
    "接回断行": "lines",
    "去除多余空格": "spaces",
    "整理段落": "paragraphs",
    "略去目录": "contents",
    "识别图片": "pictures",
    "没有识别的图片": "unread",
    "转换格式": "format",
    "略去隐藏的幻灯片": "slides",
    "转换编码": "encoding",
    "略去隐藏的工作表": "sheets",
    "缺少公式的结果": "formulas",
    "去除重影字": "doubled",
    "识别格式": "kind",
    "文字识别": "recognised",
}


def place_of(passage: Passage, start: int = 0, end: int | None = None) -> Message:
    """Return where ``text[start:end]`` of a passage stands in its report: page, paragraph, lines.

    In a spreadsheet that is the sheet and its rows, in a presentation the slide.
    """
    if rows := passage.rows_between(start, end):
        return _rows_of(passage.sheet, *rows)
    if passage.page is not None and passage.is_slide:
        return says("place.slide", "第{page}张幻灯片", page=passage.page)
    first, last = passage.lines
    lines = (
        says("place.line", "第{first}行", first=first)
        if first == last
        else says("place.lines", "第{first}–{last}行", first=first, last=last)
    )
    if passage.page is None:
        return says("place", "第{paragraph}段（{lines}）", paragraph=passage.paragraph, lines=lines)
    page, paragraph = passage.page, passage.paragraph
    return says(
        "place.page", "第{page}页 第{paragraph}段（{lines}）", page=page, paragraph=paragraph, lines=lines
    )


def _rows_of(sheet: str, first: int, last: int) -> Message:
    rows = (
        says("place.row", "第{first}行", first=first)
        if first == last
        else says("place.rows", "第{first}–{last}行", first=first, last=last)
    )
    return says("place.sheet", "工作表“{sheet}”{rows}", sheet=sheet, rows=rows) if sheet else rows


def paragraph_of(passage: Passage) -> Message:
    """Return the paragraph of its report that a passage stands in, or the rows of its sheet, or the slide."""
    if passage.rows_between() or passage.is_slide:
        return place_of(passage)
    return says("place.paragraph", "第{paragraph}段", paragraph=passage.paragraph)


def repair_said(step: RepairStep, words: Words) -> str:
    """Return why a step was taken; a step without words of its own says so itself."""
    key = REPAIRS.get(step.name)
    return words(f"repair.{key}") if key and words.language == "en" else step.reason


templates.filters.update(placed=place_of, paragraph_of=paragraph_of, repair_said=repair_said)
