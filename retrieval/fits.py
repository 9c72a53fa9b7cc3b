"""Does a text hold the sort of thing that is asked for, and where?"""

from __future__ import annotations

import re

from retrieval.question import Asks, Question
from retrieval.sentences import Span

SORTS: dict[Asks, re.Pattern[str]] = {
    "figure": re.compile(r"\d|百分之|[一二三四五六七八九两十百千]+[多余]?[万亿个家项成倍]|翻[一两]?番|一半"),
    "rank": re.compile(r"第[一二三四五六七八九十\d]|首位|榜首|[居列]前|前[一二三四五六七八九十\d]"),
    "time": re.compile(
        r"(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{2,4}年|\d{1,2}日|[一二三四]季度|[上下]半年|[去今明前]年|近日|[一二三四五六七八九十两]+年|“十[一二三四五六七八九]五”"
    ),
    "ordinal": re.compile(r"第[一二三四五六七八九十百\d.]+\w?|首[次届批个]"),
}
LIST_COMMAS = 3  # enumeration commas of what is surely a list


def pattern_of(question: Question) -> re.Pattern[str] | None:
    """Return the pattern of the sort of thing that is asked for; None where none tells it."""
    if question.asks == "ordinal" and question.units:
        (word,) = question.units
        return re.compile(rf"[一二三四五六七八九十百\d.]+{re.escape(word)}|第[一二三四五六七八九十百\d.]+")
    return SORTS.get(question.asks)


def fits(question: Question, sentence: str) -> float:
    """Return how far a sentence holds the sort of thing that is asked for, 0 to 1.

    Sorts that no pattern tells (a person, a place, a name) fit nowhere.
    """
    if question.asks == "list":
        return min(sentence.count("、") / LIST_COMMAS, 1.0)
    sort = pattern_of(question)
    return float(bool(sort and sort.search(sentence)))


def sort_spans(question: Question, text: str, start: int, end: int) -> list[Span]:
    """Return where ``text[start:end]`` holds the sort of thing that is asked for."""
    sort = pattern_of(question)
    if sort is None:
        return []
    return [match.span() for match in sort.finditer(text, start, end)]
