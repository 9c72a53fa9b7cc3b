"""Answer type: does a text hold the sort of thing that is asked for, and where?"""

from __future__ import annotations

import re

from retrieval.query.query import Asks, Query
from retrieval.query.tagger import tagged
from retrieval.search.sentences import Span

NUMBER = "一二三四五六七八九十"
SORTS: dict[Asks, re.Pattern[str]] = {
    "figure": re.compile(rf"\d|百分之|[{NUMBER}两百千]+[多余]?[万亿个家项成倍]|翻[一两]?番|一半"),
    "rank": re.compile(rf"第[{NUMBER}\d]|首位|榜首|[居列]前|前[{NUMBER}\d]"),
    "time": re.compile(
        rf"(?:\d{{2,4}}年)?\d{{1,2}}月(?:\d{{1,2}}日)?|\d{{4}}年|(?<![历时经近满前\d])\d{{2}}年(?![来间多内期])|\d{{1,2}}日|"
        rf"[一二三四]季度|[上下]半年|[去今明前]年|近日|[{NUMBER}两]+年|“十[{NUMBER}]五”"
    ),
    "ordinal": re.compile(rf"第[{NUMBER}百\d.]+\w?|首[次届批个]"),
}
# A count that a question takes for known: 三大产业有哪些, 哪四个城市.
SAID_COUNT = re.compile(rf"(?<![第几])([{NUMBER[1:]}])[大个项类条座家种位所片区]?(\w{{2}})")
RUN = re.compile(r"[^，。；：:]+")
SEPARATOR = re.compile(r"、|(?<=[\u4e00-\u9fff])[和及与](?=[\u4e00-\u9fff])")
# What numbers the parts of a list: 一是, (二), 3., 其次.
PARTS = re.compile(
    rf"[{NUMBER}]是|[{NUMBER[:3]}]要|[（(][{NUMBER[:5]}1-5][）)]|(?<!\d)[1-5][.、．](?=[\u4e00-\u9fff])|[①②③]|其次|再次"
)
CALLED = 2.0  # a list that is called what the question calls it counts twice
LIST_COMMAS = 3  # enumeration commas of what is surely a list


def pattern_of(query: Query) -> re.Pattern[str] | None:
    """Return the pattern of the sort of thing that is asked for; None where none tells it."""
    if query.asks == "ordinal" and query.units.printed:
        (word,) = query.units.printed
        return re.compile(rf"[{NUMBER}百\d.A]+{re.escape(word)}|第[{NUMBER}百\d.]+")
    return SORTS.get(query.asks)


def fits(query: Query, sentence: str) -> float:
    """Return how far a sentence holds the sort of thing that is asked for, 0 to 2.

    Sorts that no pattern tells (a person, a place, a name) fit nowhere.
    """
    if query.asks == "list":
        asked = SAID_COUNT.search(query.topic)
        if asked and _lists_as_called(asked[1], asked[2], sentence):
            return CALLED
        return max(min(sentence.count("、") / LIST_COMMAS, 1.0), float(len(PARTS.findall(sentence)) > 1))
    sort = pattern_of(query)
    return float(bool(sort and sort.search(sentence)))


def _lists_as_called(count: str, things: str, sentence: str) -> bool:
    """Tell whether a sentence lists ``count`` things and then calls them so.

    >>> _lists_as_called("三", "优势产业", "新材料、新能源和生物三大优势产业快速成长")
    True
    """
    number = NUMBER.index(count) + 1
    said = re.compile(rf"(?:{count}|{number})[大个项类条座家种位所片区]\w{{0,4}}{re.escape(things)}")
    runs = (run for run in RUN.findall(sentence) if len(SEPARATOR.findall(run)) == number - 1)
    return any(map(said.search, runs))


def persons_in(text: str) -> list[Span]:
    """Return where a text names persons, as the tagger finds them."""
    return [(token.start, token.end) for token in tagged(text) if token.tag == "PER" and len(token.text) > 1]


def spans_of_type(query: Query, text: str, start: int, end: int) -> list[Span]:
    """Return where ``text[start:end]`` holds the sort of thing that is asked for."""
    if query.asks == "person":
        return [(left + start, right + start) for left, right in persons_in(text[start:end])]
    sort = pattern_of(query)
    return [match.span() for match in sort.finditer(text, start, end)] if sort else []
