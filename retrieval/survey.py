"""Survey: what the reports of all places say of one indicator, for the same year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.figures.figure import Kind
from corpus.places import short_name
from index import ReportEntry
from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import amount_of
from retrieval.inquiry import Inquiry, Reply
from retrieval.ordering import NUMBER, ORDER
from retrieval.question import Question, understand
from retrieval.render.wording import quantity
from retrieval.scope import LETTERS, NATION_NAME, reports_in, results_year, year_of
from retrieval.yearly import Stated, matcher, stated_in

PLACES = r"(?:省[市区]?|省份|直辖市|自治区|市|地市|区县?|县|州|地区(?!生产)|地方(?!一般)|城市)"
WHICH = rf"(?:各|哪一?个?|哪些|哪?{NUMBER}个?|全部|所有)"
# What of a question only says that places are looked at, and in which order.
ABOUT_PLACES = re.compile(rf"{WHICH}?{PLACES}|{ORDER}的?\s*{NUMBER}[个位名家]|{ORDER}|目标|全国|排|的")
# The kind of place that is asked about, and the names of such places.
KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(rf"{WHICH}(?:个)?直辖市|直辖市(?:有|是)"), re.compile(r"^(?:北京|天津|上海|重庆)")),
    (re.compile(rf"{WHICH}(?:个)?自治区|自治区(?:有|是)"), re.compile(r"^(?:内蒙古|广西|西藏|宁夏|新疆)")),
    (
        re.compile(rf"{WHICH}(?:个)?省|省份?(?:有|是)"),
        re.compile(rf"^(?:{'|'.join(LETTERS.values())})(?!.*自治[州县])"),
    ),
    (re.compile(rf"{WHICH}(?:个)?(?:地市|城市|市)|市(?:有|是)"), re.compile(r"市$")),
    (re.compile(rf"{WHICH}(?:个)?(?:区县|县|区)"), re.compile(r"(?<!自治)[区县旗]$")),
)
FEWEST_PLACES = 3  # fewer can be compared, but are not all that are asked about
# What the name of a growth ends with, and no report calls the thing that grows.
GROWTH = re.compile(
    r"(?:同比)?(?:增速|增幅|涨幅|降幅|增长率?|提高|提升|上升|上涨|下降|减少|降低|回落|增加|下滑)(?:情况|速度)?了?$"
)
AROUND = " 是有为达在"  # what may stand around the name of an indicator
GROWTH_NAMED = ("增速", "增幅", "增长率")


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of one unit that reports give for an indicator, one for each place.

    ``name`` is what most of them call it, with the year in front where the question left it open;
    ``asked`` the number of places whose reports were looked at.
    """

    name: str
    figures: tuple[CitedFigure, ...]
    asked: int

    @property
    def among(self) -> str:
        """How many places the figures are of, of how many that have reports."""
        if len(self.figures) == self.asked:
            return f"报告中给出的{self.asked}个地方"
        return f"{self.asked}个地方的报告中有{len(self.figures)}个给出"


def survey(inquiry: Inquiry, question: Question, kind: Kind, unit: str = "") -> Survey:
    """Look a question's indicator up in the report of each place; ``unit`` is the base unit if one is asked for.

    Where no year is asked for, it is the one that most of the newest reports tell of.
    """
    asked = replace(question, scope=replace(question.scope, places=()))
    own = _of_kind(asked, inquiry.entries)
    chosen = _reports(asked, own)
    said = ""
    if chosen and not asked.scope.names_time and (year := _common_year(asked, chosen)):
        said = f"{year}年"
        dated = understand(f"{said}{asked.text}", asks=asked.asks)
        asked = replace(dated, scope=replace(dated.scope, places=()))
        chosen = _reports(asked, own)
    name = _indicator_asked(question, kind)
    match, rows = matcher(inquiry.index, name), _rows_of(inquiry)
    each_stated = (
        stated_in(inquiry.index, asked, entry, kind, match, rows.get(entry.name, []))
        for entry in chosen.values()
    )
    stated = [found for found in each_stated if found]
    best = Counter(each[0].unit for each in stated)
    unit = unit or (best.most_common(1)[0][0] if best else "")
    of_unit = [one for each in stated if (one := next((s for s in each if s.unit == unit), None))]
    figures = [one.figure for one in _plausible(of_unit)]
    name = _name(figures) or "".join(name.split())
    said = said or "".join(f"{year}年" for year in asked.scope.years if not figures)
    return Survey(f"{said}{name}{'目标' * asked.scope.target}" if name else "", tuple(figures), len(chosen))


def _plausible(stated: Sequence[Stated]) -> list[Stated]:
    """Return what was stated without growths that are doubtful and far from what the others tell: of several years."""
    sure = [amount_of(one.figure)[0] for one in stated if not one.doubtful]
    if len(sure) < FEWEST_PLACES:
        return [one for one in stated if not one.doubtful]
    least, most = min(sure), max(sure)
    width = most - least
    return [
        one for one in stated if not one.doubtful or least - width <= amount_of(one.figure)[0] <= most + width
    ]


def figure_of(
    inquiry: Inquiry, question: Question, name: str, kind: Kind, unit: str = ""
) -> CitedFigure | None:
    """Return what the reports of a question's place state of the indicator ``name``; None where they do not.

    ``unit`` is its base unit, where just one will do.
    """
    _, entries = reports_in(question.scope, inquiry.entries)
    match, rows = matcher(inquiry.index, name), _rows_of(inquiry)
    for entry in sorted(entries, key=lambda entry: year_of(entry) or 0, reverse=True):
        stated = stated_in(inquiry.index, question, entry, kind, match, rows.get(entry.name, []))
        if found := next((one for one in stated if unit in ("", one.unit)), None):
            return found.figure
    return None


def lacking(inquiry: Inquiry, surveyed: Survey) -> Reply | None:
    """Say that too few reports give what is asked about all places, and what there is."""
    if not surveyed.name:
        return None
    figures = surveyed.figures
    stated = "；".join(f"{place_of(inquiry, figure)} {quantity(figure)}" for figure in figures)
    told = f"只有{len(figures)}个给出：{stated}" if figures else "没有一个给出"
    text = f"无法比较各地的“{surveyed.name}”：{surveyed.asked}个地方的报告中{told}。"
    return Reply(False, text, inquiry.cited(figures), figures, reason="indicator")


def _rows_of(inquiry: Inquiry) -> dict[str, list[int]]:
    """Return the passages of each report."""
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(inquiry.index.passages):
        rows.setdefault(passage.report, []).append(row)
    return rows


def place_of(inquiry: Inquiry, figure: CitedFigure) -> str:
    """Return the short name of the place that a figure's report is of."""
    return short_name(inquiry.index.entry(figure.passage.report).identity.place or figure.passage.report)


def _of_kind(question: Question, entries: Sequence[ReportEntry]) -> list[ReportEntry]:
    """Return the reports of the kind of place that a question asks about, the whole country's never."""
    own = [entry for entry in entries if entry.identity.place not in (None, NATION_NAME)]
    names = next((names for kind, names in KINDS if kind.search(question.text)), None)
    return [entry for entry in own if names is None or names.search(entry.identity.place or "")]


def _short(entry: ReportEntry) -> str:
    return short_name(entry.identity.place or "")


def _reports(question: Question, entries: Sequence[ReportEntry]) -> dict[str, ReportEntry]:
    """Return one report for each place: on the year that is asked for, else the newest."""
    _, first = reports_in(question.scope, entries)
    newest = sorted(first, key=lambda entry: year_of(entry) or 0)
    return {_short(entry): entry for entry in newest}


def _common_year(question: Question, chosen: dict[str, ReportEntry]) -> int | None:
    """Return the year that most of some reports tell of: their results, or where plans are asked for those."""
    planned = question.scope.target
    years = (year_of(entry) if planned else results_year(entry.identity.day) for entry in chosen.values())
    counted = Counter(year for year in years if year)
    return max(counted, key=lambda year: (counted[year], year), default=None)


def _indicator_asked(question: Question, kind: Kind) -> str:
    """Return what a question calls the indicator, without the words that put places in order."""
    name = ABOUT_PLACES.sub(" ", question.subject).strip(AROUND)
    return GROWTH.sub("", name).strip(AROUND) if kind == "change" else name


def _name(figures: Sequence[CitedFigure]) -> str:
    """Return what most of some figures are called; empty where there are none."""
    if not figures:
        return ""
    name = Counter(figure.indicator for figure in figures).most_common(1)[0][0]
    grows = figures[0].kind == "change" and not name.endswith(GROWTH_NAMED)
    return f"{name}增速" if grows else name
