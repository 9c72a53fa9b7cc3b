"""Whose report it is, of when and by whom: read from its name and its first lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.marks import is_table_row
from corpus.places import find_places, short_name

FIRST_LINES = 16  # a title block is over by then
NATION = "全国"
NATIONAL = re.compile(r"国务院|全国人民代表大会|中华人民共和国|全国")
FULL_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})(?!\d)"
    r"|\s?[.\-/]\s?(?P<month_>\d{1,2})\s?[.\-/]\s?(?P<day_>\d{1,2})(?!\d))"
)
# After 年 a number is a month only before 月: not 2024年5G产业, nor 2023年3季度.
MONTH = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:\s?年\s?(?P<month>\d{1,2})\s?月|\s?[.\-/_]\s?(?P<month_>\d{1,2})(?![\dA-Za-z]))"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
# Documents that are named by the year they are about, and appear after it.
ABOUT_THE_YEAR = re.compile(r"公报|年报|年度|年鉴|统计|决算|总结")
ISSUER = re.compile(
    r"^[\u4e00-\u9fff（）()·]{2,28}(?:局|委员会|委|政府|办公室|公司|研究院|厅|部|社|日报|集团|银行|中心|调查队|协会|大学|法院|检察院)$"
)
# Where a report was sent from, where its shares are traded or who audited it: places, but not its own.
ELSEWHERE = re.compile(
    r"(?:新华社|中新社|本报)\S{2,12}电|\S{2,6}证券交易所|\S{2,12}(?:会计师|律师)事务所|(?:赴|前往)\S{2,8}"
)
SOURCE = re.compile(r"^来源[:：]\s*(\S{2,24})")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a report as a whole; None where neither its name nor its first lines say.

    ``day`` is the day that it speaks from (去年 is the year before): the date printed at its
    head, or the first or last day of the year or month that it is named by.
    """

    place: str | None = None
    day: date | None = None
    issuer: str | None = None


def identify(stem: str, title: str, text: str) -> Identity:
    """Return the identity of a report from its file's name, without suffix, its title and text."""
    head = text.split("\n", FIRST_LINES)[:FIRST_LINES]
    # A long line is text already, and speaks of many places and days; so do the rows of a table.
    head = [line for line in head if len(line) <= 60 and "。" not in line and not is_table_row(line)]
    return Identity(_place(stem, title, head, text), _day(stem, title, head), _issuer(head))


def _place(stem: str, title: str, head: list[str], text: str) -> str | None:
    """Return the place that the file's name, else the title and head, say; of several, the one
    that the text speaks of most."""
    if NATIONAL.search(f"{title} {stem}") and not find_places(f"{title} {stem}"):
        return NATION  # 昆山市创建全国文明城市 is of 昆山
    named = find_places(f"{stem} {title}")
    names = f"{stem} {title}" if named else ELSEWHERE.sub("", "\n".join(head))
    places = [names[start:end] for start, end in find_places(names)]
    return max(places, key=lambda place: text.count(short_name(place)), default=None)


def _day(stem: str, title: str, head: list[str]) -> date | None:
    """Return the first full date at the head, else what the file's name or the title says."""
    for day in _full_dates(head):
        return day
    for name in (stem, title):
        if (found := MONTH.search(name)) and 1 <= (month := int(found["month"] or found["month_"])) <= 12:
            return date(int(found["year"]), month, 1)
    for name in (title, stem):
        if year := YEAR.search(name):
            return date(int(year[1]), 12, 31) if ABOUT_THE_YEAR.search(name) else date(int(year[1]), 1, 1)
    return None


def _full_dates(lines: list[str]) -> Iterator[date]:
    for line in lines:
        for found in FULL_DATE.finditer(line):
            try:
                month, day = found["month"] or found["month_"], found["day"] or found["day_"]
                yield date(int(found["year"]), int(month), int(day))
            except ValueError:  # 2024-02-31: digits that are no day
                continue


def _issuer(head: list[str]) -> str | None:
    for line in head:
        if ISSUER.match(line):
            return line
    return next((found[1] for line in head if (found := SOURCE.match(line))), None)
