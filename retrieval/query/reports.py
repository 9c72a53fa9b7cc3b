"""The reports at hand as people name them: by place, company, issuer, the first words of a title or file.

A name is known by an abbreviation, too: what keeps its first characters and leaves out some in the middle
(``长寿检察院`` for ``长寿区人民检察院``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from corpus.identity import NATION
from corpus.places import short_name
from index import Index, ReportEntry
from retrieval.query.tagger import tagged

LONGEST_GAP = 4  # characters that an abbreviation leaves out at once
SHORTEST_NAME = 2
OFTEN = 4  # times that a year is printed in a report that is about it, too
SURE_NAME = 4  # characters of a name that can hardly be meant otherwise
OPENING = 4  # passages in which a report says what it calls itself
PLACE_ENDS = frozenset("省市县区镇乡村州旗盟")
LAST_EARLY_MONTH = 6  # a report up to June speaks of the year before, a later one of its own
CENTURY = 100
PLANNED_AHEAD = 15  # years after a report that it may still speak of
TOLD_BEFORE = 5  # years before the first report that it may look back on
# Who speaks for a place has no name but that of the place.
AUTHORITIES = ("政府", "委员会", "委", "局", "厅", "办公室", "部", "调查队")
# The name of a report ends where its kind or its year begins.
NAME_END = re.compile(
    r"\d|_|·|上半年|下半年|[一二三四]季度|政府工作|工作报告|国民经济|统计|公报|预算|决算|跟踪|信用|评级|年度|年报|总结|规划|运行|分析|报告|债务|第[一二三四五六七八九十]|[（(：:，,。！？ ]"
)
COMMON = frozenset({"n", "v", "vn"})  # tags of words that name no one
CALLED = re.compile(r"(?:以下|下)?简称[为“\"「]*([^”\"」、，。）)]{2,12})")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of reports as a text has it; ``whole`` where it is not the first words of a title alone."""

    text: str
    reports: frozenset[str]
    whole: bool


class Reports:
    """The reports that can be asked: their names, and the years that they speak of."""

    def __init__(self, index: Index, names: Iterable[str] | None = None) -> None:
        kept = None if names is None else frozenset(names)
        self.by_name: dict[str, ReportEntry] = {
            entry.name: entry for entry in index.manifest.reports if kept is None or entry.name in kept
        }
        self.entries = tuple(self.by_name.values())
        self._index = index
        openings: dict[str, str] = {}
        for passage in index.passages:
            if passage.number < OPENING:
                openings[passage.report] = f"{openings.get(passage.report, '')}\n{passage.text}"
        self._heads: dict[str, set[str]] = {}
        self._titles: dict[str, set[str]] = {}
        self._by_first: dict[str, dict[str, None]] = {}
        for entry in self.entries:
            self._add(_names_of(entry, openings.get(entry.name, "")), entry, self._heads)
        for entry in self.entries:
            self._add([_head(entry.title)], entry, self._titles)

    def _add(self, names: Iterable[str], entry: ReportEntry, known: dict[str, set[str]]) -> None:
        for name in names:
            if len(name) >= SHORTEST_NAME and not name.isascii():
                known.setdefault(name, set()).add(entry.name)
                self._by_first.setdefault(name[0], {})[name] = None

    def mention_at(self, text: str, start: int) -> Mention | None:
        """Return the longest name of reports that begins at a place of a text."""
        names = self._by_first.get(text[start : start + 1], ())
        lengths = {name: _abbreviated(text, start, name) for name in names}
        length = max(lengths.values(), default=0)
        if length < SHORTEST_NAME:
            return None
        meant = [name for name in names if lengths[name] == length]
        reports = (known.get(name, set()) for name in meant for known in (self._heads, self._titles))
        said = text[start : start + length]
        return Mention(said, frozenset[str]().union(*reports), any(name in self._heads for name in meant))

    def of_place(self, place: str) -> frozenset[str]:
        """Return the names of the reports that are about a place; of the country also those of no place."""
        return frozenset(
            entry.name for entry in self.entries if short_name(entry.identity.place or NATION) == place
        )

    def of_no_place(self, name: str) -> frozenset[str]:
        """Return the names of the reports of no known place (a news item) that have a name."""
        return frozenset(
            report for report in self.mentioning(name) if not self.by_name[report].identity.place
        )

    def mentioning(self, name: str) -> frozenset[str]:
        """Return the names of the reports whose passages have a name."""
        return frozenset(report for report, text in self._texts.items() if name in text)

    def speaks_of(self, report: str, year: int) -> bool:
        """Tell whether a report speaks of a year again and again, whatever its own year is."""
        return self._texts[report].count(f"{year}年") >= OFTEN

    @cached_property
    def _texts(self) -> dict[str, str]:
        """The passages of each report as one text; reading a report itself takes milliseconds."""
        passages: dict[str, list[str]] = {entry.name: [] for entry in self.entries}
        for passage in self._index.passages:
            if passage.report in passages:
                passages[passage.report].append(passage.text)
        return {report: "\n".join(texts) for report, texts in passages.items()}

    def is_dated(self, report: str) -> bool:
        """Tell whether a report's own day is known, and not only a year by its name."""
        day = self.by_name[report].identity.day
        return day is not None and (day.month, day.day) not in ((1, 1), (12, 31))

    def full_year(self, two_digits: int) -> int | None:
        """Return the year that is meant by its last two digits; None where no report can speak of one.

        Of several the nearest to a report's own counts: ``98`` is 1998 where a report of 1998 is at hand.
        """
        own = [year for entry in self.entries if (year := year_of(entry))]
        if not own:
            return date.today().year - (date.today().year - two_digits) % CENTURY
        spoken_of = range(min(own) - TOLD_BEFORE, max(own) + PLANNED_AHEAD + 1)
        possible = [year for year in spoken_of if year % CENTURY == two_digits]
        return min(possible, key=lambda year: min(abs(year - one) for one in own), default=None)


def _names_of(entry: ReportEntry, opening: str) -> set[str]:
    """Return what a report is called, by its file, place and issuer and by what it calls itself in its opening."""
    place, issuer = entry.identity.place, entry.identity.issuer
    stem = Path(entry.name).stem
    names = {_head(part) for part in (stem, *stem.split("_"))}
    if issuer and not issuer.endswith(AUTHORITIES):
        names.add(issuer)
    if place:
        names |= {place, short_name(place)}
    names |= {found[1] for found in CALLED.finditer(opening) if not _is_common(found[1])}
    return names - {NATION}


def _is_common(word: str) -> bool:
    """Tell whether a text is a common noun or a verb: 公司, 本公司, 预算."""
    tags = [token.tag for token in tagged(word.removeprefix("本"))]
    return len(tags) == 1 and tags[0] in COMMON


def _head(name: str) -> str:
    """Return the first words of a file's name or a title, up to its kind or year, without a year before them."""
    bare = re.sub(r"^[\d年_\s—-]+", "", name)
    end = NAME_END.search(bare)
    return (bare[: end.start()] if end else bare).strip("的 ")


def _abbreviated(text: str, start: int, name: str) -> int:
    """Return how many characters of a text from ``start`` on are a name or an abbreviation of it.

    >>> _abbreviated("长寿检察院办了多少案子", 0, "长寿区人民检察院"), _abbreviated("白石村有几户", 0, "白石镇")
    (5, 0)
    """
    at, used = start, 0
    while at < len(text):
        found = name.find(text[at], used, used + 1 if at == start else used + LONGEST_GAP + 1)
        if found < 0 or (found > used and text[at : at + 2] != name[found : found + 2]):
            break
        at, used = at + 1, found + 1
    # Another level is another place: 湘潭县 is not 湘潭市.
    if at < len(text) and used < len(name) and text[at] in PLACE_ENDS and name[used] in PLACE_ENDS:
        return 0
    return at - start


def abbreviates(name: str, text: str) -> bool:
    """Tell whether a name keeps the first and some later characters of what a text says, in their order.

    >>> abbreviates("福州机场", "福州长乐机场新开航线"), abbreviates("北交所", "北京证券交易所"), abbreviates("福州机场", "福州市新开航线")
    (True, True, False)
    """
    gap = f".{{0,{LONGEST_GAP}}}?"
    return re.search(gap.join(map(re.escape, name)), text) is not None


def year_of(entry: ReportEntry) -> int | None:
    """Return the year that a report speaks in."""
    return entry.identity.day.year if entry.identity.day else None


def results_year(day: date | None) -> int | None:
    """Return the last whole year that a report of this day can speak of."""
    if day is None:
        return None
    return day.year - 1 if day.month <= LAST_EARLY_MONTH else day.year


def newest(entries: Sequence[ReportEntry]) -> list[ReportEntry]:
    """Return reports, the newest first."""
    return sorted(entries, key=lambda entry: entry.identity.day or date.min, reverse=True)
