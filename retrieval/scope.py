"""Scope: which reports, by place and year, a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from corpus.places import find_places, known_places, short_name
from index import ReportEntry

# 2024年, 24年底 and a bare 2024; but not the number of 2024家.
YEAR = re.compile(
    r"(?<![\d.近未来前过去这满约])(?:((?:19|20)\d{2})(?=\s?年|$|两年|[\s，,、。？?；;）)的和与跟到至比是哪各分全—-])|(\d{2})年(?![来以间期内]))"
)
YEAR_WORD = re.compile(rf"{YEAR.pattern}(?:\s?年)?")
# 2026年政府报告, 看2025年的报告: the year of the report, not of what it says.
REPORT_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:\s?年[^，,。；;？?\d]{0,8}?(?:报告(?!期)|公报)|\s?年?的?年报(?![喜道名送到考]))"
)
TARGET = re.compile(
    r"目标|(?<![规确商一稳])定(?:的|下|在)|(?<!年)计划|打算|拟|预期(?!寿命)|预计|准备(?!金)|(?<!主)要(?:新?[建改增开]|完成|达到|赶|稳|保持)(?!了)|将要?|力争|安排(?!了)"
)
NATION = re.compile(
    r"全国|我国|国家|中国(?!\w{2,12}(?:集团|公司|大学|银行|学院|院|局|馆|园|节|会|展))|国务院|总理"
)
NATION_NAME = "全国"
# What people call places beside their names.
OTHER_NAMES = {
    **dict.fromkeys(("首都", "京城"), "北京"),
    **dict.fromkeys(("津门", "津城"), "天津"),
    **dict.fromkeys(("申城", "魔都", "沪上"), "上海"),
    "山城": "重庆",
    "燕赵": "河北",
    "三晋": "山西",
    "辽沈": "辽宁",
    "龙江": "黑龙江",
    "八闽": "福建",
    "赣鄱": "江西",
    "齐鲁": "山东",
    "中原大地": "河南",
    "荆楚": "湖北",
    "三湘": "湖南",
    "南粤": "广东",
    "八桂": "广西",
    **dict.fromkeys(("琼岛", "琼州"), "海南"),
    **dict.fromkeys(("巴蜀", "蜀地", "天府之国"), "四川"),
    "黔贵": "贵州",
    "彩云之南": "云南",
    "雪域高原": "西藏",
    "三秦": "陕西",
    "陇原": "甘肃",
    "塞上江南": "宁夏",
    "天山南北": "新疆",
}
# 冀2025年, 桂和粤: the one character that stands for a province, where nothing joins it to a word.
LETTERS = dict(
    zip(
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔滇藏陕甘陇青宁新",
        [
            "北京",
            "天津",
            "河北",
            "山西",
            "内蒙古",
            "辽宁",
            "吉林",
            "黑龙江",
            "上海",
            "江苏",
            "浙江",
            "安徽",
            "福建",
            "江西",
            "山东",
            "河南",
            "湖北",
            "湖南",
            "广东",
            "广西",
            "海南",
            "重庆",
            "四川",
            "四川",
            "贵州",
            "云南",
            "西藏",
            "陕西",
            "甘肃",
            "甘肃",
            "青海",
            "宁夏",
            "新疆",
        ],
        strict=True,
    )
)
LETTER = re.compile(
    rf"(?:^|(?<=[，、,\s和与跟比]))([{''.join(LETTERS)}])(?=(?:19|20)\d\d|\d\d年|[今去前明]年|[和与跟比、])"
)
# Provinces that are spoken of together.
GROUPS = {
    "京津冀": ("北京", "天津", "河北"),
    "长三角": ("上海", "江苏", "浙江", "安徽"),
    "江浙沪": ("江苏", "浙江", "上海"),
    "东北三省": ("辽宁", "吉林", "黑龙江"),
    "东三省": ("辽宁", "吉林", "黑龙江"),
    "成渝": ("四川", "重庆"),
}
# 今年 is the year of the newest report.
RELATIVE = {"今年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
RELATIVE_YEAR = re.compile("|".join(RELATIVE))
Item = TypeVar("Item")
COMPARES = re.compile(
    r"比|谁|哪[个年家省市边方一]|还是|又是|(?i:vs)|各[有是多自]?|分别|对比|相差|差(?:多少|距)|高多少|多多少|从.*到|和|与|跟|、|"
    r"合计|一共|总共|共计|加起来|之和|[两二三四][个]?[省市区县地](?!级)"
)
REPEATED = re.compile(r"(\S{2,}?)[和与跟、，,]?\s+(?:的?)\1")  # GDP和 GDP哪个高
MOST_PAIRS = 6  # places in years
LAST_EARLY_MONTH = 4  # a report up to April speaks of the year before, a later one of its own


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question says of place and time.

    ``places`` are short names (浙江); ``years`` the years that it asks of; ``report_years``
    those of the reports that it names; ``target`` is True where it asks for what is planned;
    ``relative`` the years that it counts from its own (今年 0, 去年 -1).
    """

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    report_years: tuple[int, ...] = ()
    target: bool = False
    relative: tuple[int, ...] = ()

    @property
    def names_time(self) -> bool:
        """True where it says which year, or whose report, is asked about."""
        return bool(self.years or self.report_years or self.relative)


def scope_of(text: str) -> Scope:
    """Read the scope of a question.

    >>> scope_of("看2026年报告，云南2025年GDP多少")
    Scope(places=('云南',), years=(2025,), report_years=(2026,), target=False, relative=())
    """
    named = tuple(int(found[1]) for found in REPORT_YEAR.finditer(text))
    rest = REPORT_YEAR.sub(lambda found: found[0][len(found[1]) :], text)
    years = tuple(map(_year, YEAR.finditer(rest)))
    places = [short_name(text[start:end]) for start, end in find_places(text)]
    places += [place for word, place in OTHER_NAMES.items() if word in text]
    places += [LETTERS[found[1]] for found in LETTER.finditer(text)]
    if not places and NATION.search(text):
        places = [NATION_NAME]
    relative = [RELATIVE[found[0]] for found in RELATIVE_YEAR.finditer(text)]
    return Scope(_once(places), _once(years), _once(named), TARGET.search(text) is not None, _once(relative))


def without_years(text: str) -> str:
    """Return a question without its years: they choose the report."""
    return YEAR_WORD.sub(" ", text)


def parts_of(text: str, entries: Sequence[ReportEntry]) -> dict[str, str]:
    """Return what a question compares, by name, each with the question asked of it alone.

    It compares places that reports are of, else years; empty where it compares nothing.
    """
    text = _members_named(text)
    scope = scope_of(text)
    ours = [place for place in scope.places if any(is_of(entry, place) for entry in entries)]
    if not COMPARES.search(text):
        return {}
    named = [span for span in find_places(text) if short_name(text[slice(*span)]) in ours]
    if len(ours) > 1 and len(scope.years) > 1:
        return _pairs(text, named)
    if len(ours) > 1:
        rest = _cut(text, named)
        return {place: place + rest for place in ours}
    if len(scope.years) > 1:
        rest = _cut(text, [found.span() for found in YEAR_WORD.finditer(text)])
        place = "".join(ours)
        return {f"{year}年": f"{place}{year}年{rest.replace(place, '')}" for year in scope.years}
    return {}


def _members_named(text: str) -> str:
    """Return a question with the members of a group of provinces in its place: 京津冀三地, 长三角四省市."""
    letters = "".join(LETTERS)
    groups = "|".join(GROUPS)
    found = re.search(
        rf"(?:({groups})|(?<![\u4e00-\u9fff])([{letters}]{{2,5}}))(?:地区)?[两二三四五]?[个]?(?:省市|[省市地])?(?=.*合计|.*一共|.*总共|.*之和|.*加起来|.*[谁哪各]|.*分别)",
        text,
    )
    if found is None or (found[2] in known_places()):
        return text
    members = GROUPS.get(found[1]) or [LETTERS[letter] for letter in found[2]]
    return f"{text[: found.start()]}{'和'.join(members)}{text[found.end() :]}"


def _pairs(text: str, named: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Return what is asked of each place in its own year, or of each in every year where they are not told in turn."""
    years = {found.span(): _year(found) for found in YEAR_WORD.finditer(text)}
    in_turn = sorted([*named, *years])
    rest = REPEATED.sub(r"\1", _cut(text, in_turn))
    of_place = [span in named for span in in_turn]
    if len(named) == len(years) and all(one != other for one, other in pairwise(of_place)):
        told = [
            sorted(pair, key=lambda span: span in years)
            for pair in zip(in_turn[::2], in_turn[1::2], strict=True)
        ]
        both = [(place, year) for place, year in told]
    else:
        both = [(place, year) for place in named for year in years]
    names = [f"{short_name(text[slice(*place)])}{years[year]}年" for place, year in both]
    return {name: f"{name} {rest}" for name in names[:MOST_PAIRS]}


def _year(found: re.Match[str]) -> int:
    """Return the year that ``YEAR`` found, whose first two digits may be left out."""
    return int(found[1] or f"20{found[2]}")


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a text without some spans and what joins them (和, 跟, 、)."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"(?<=\s)[和与跟同、，,]+(?=\s|两|各|分|比|谁|哪)|两年|从(?=\s)", "", text).strip()


def reports_in(scope: Scope, entries: Sequence[ReportEntry]) -> tuple[list[ReportEntry], list[ReportEntry]]:
    """Return the reports that a question is about, and those of them that it is about first.

    Where it says nothing of place or year, that is all of them; so is it where no report is of
    the place (a city in a province's report) or on the year.  A year's results stand in the
    report of the year after, its plans in its own.
    """
    own = [entry for entry in entries if any(is_of(entry, place) for place in scope.places)] or list(entries)
    if scope.report_years:
        named = [entry for entry in own if _is_named_by(entry, scope.report_years)] or own
        return named, named
    years = scope.years or _counted_years(scope, own)
    if not years:
        return own, own
    results = [entry for entry in own if results_year(entry.identity.day) in years]
    plans = [entry for entry in own if year_of(entry) in years]
    undated = [entry for entry in own if entry.identity.day is None]
    first, second = (plans, results) if scope.target else (results, plans)
    chosen = [*first, *(entry for entry in second if entry not in first), *undated]
    return chosen or own, first or chosen or own


def _counted_years(scope: Scope, entries: Sequence[ReportEntry]) -> tuple[int, ...]:
    """Return the years that are counted from that of the newest report; none where there is but one report."""
    days = [year for entry in entries if (year := year_of(entry))]
    return tuple(max(days) + offset for offset in scope.relative) if len(days) > 1 else ()


def is_of(entry: ReportEntry, place: str) -> bool:
    """Tell whether a report is that of a place, whole or short name."""
    return entry.identity.place is not None and short_name(entry.identity.place) == place


def year_of(entry: ReportEntry) -> int | None:
    """Return the year that a report speaks in."""
    return entry.identity.day.year if entry.identity.day else None


def _is_named_by(entry: ReportEntry, years: Iterable[int]) -> bool:
    return any(year == year_of(entry) or str(year) in f"{entry.name} {entry.title}" for year in years)


def results_year(day: date | None) -> int | None:
    """Return the last whole year that a report of this day can speak of."""
    if day is None:
        return None
    return day.year - 1 if day.month <= LAST_EARLY_MONTH else day.year


def _once(values: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(dict.fromkeys(values))
