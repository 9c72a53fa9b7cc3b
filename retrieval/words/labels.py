"""Labels: what a report is called where there is little room, and names that stay apart when cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from corpus.identity import NATION, YEAR
from corpus.places import short_name
from index import ReportEntry
from retrieval.words.listing import display_width, first_columns

CUT = "…"
SHORT = 30  # columns of a terminal, two for a Chinese character: 2025年新疆维吾尔自治区工作报告
# What stands before a cut: enough to know a name by, the rest of the room is for how it ends.
HEAD_SHARE = 0.6
# Columns of what names have in common that are kept at the beginning, and characters before what tells them
# apart: 第十三个 and 第十四个 differ in 三 and 四.
LEAD, BEFORE = 4, 2


@dataclass(frozen=True, slots=True)
class Label:
    """What a report is called: ``short`` fits a column, ``full`` is the title with what tells it apart."""

    short: str
    full: str


def labels_of(reports: Sequence[ReportEntry]) -> dict[str, Label]:
    """Return what each report is called, by its name; no two are called the same.

    It is called by its title.  Among several reports place and year stand before a title that does
    not say them, and the file's name behind one that is still that of another, too.
    """
    full = {report.name: _title(report, alone=len(reports) == 1) for report in reports}
    times = Counter(full.values())
    stems = Counter(Path(report.name).stem for report in reports)
    for name, title in full.items():
        if times[title] > 1:
            stem = Path(name).stem
            full[name] = f"{title}（{stem if stems[stem] == 1 else name}）"
    short = cut_apart(full.values(), SHORT)
    return {name: Label(short[title], title) for name, title in full.items()}


def _title(report: ReportEntry, alone: bool) -> str:
    """Return a report's title, behind place and year where it is not ``alone`` and does not say them.

    A title that is only the file's name is told without the lines between its words.
    """
    stem, identity = Path(report.name).stem, report.identity
    title = report.title.strip() or stem
    if title == stem:
        title = re.sub(r"_+", " ", title)
    if alone:
        return title
    place = short_name(identity.place) if identity.place else ""
    known = place in title or (identity.place == NATION and "国务院" in title)
    year = f"{identity.day.year}年" if identity.day and not YEAR.search(title) else ""
    said = f"{'' if known else place}{year}"
    return f"{said}·{title}" if said else title


def cut_apart(names: Iterable[str], most: int) -> Mapping[str, str]:
    """Return names by themselves, none wider than ``most`` columns, no two cut to the same.

    What is too wide loses its middle; where that leaves several the same, the part in which they
    differ is kept.

    >>> list(cut_apart(["青山市工业增加值增速", "青山市服务业增加值"], 12).values())
    ['青山市…增速', '青山市…加值']
    """
    different = list(dict.fromkeys(names))
    cut = {name: _without_middle(name, most) for name in different}
    for short, times in Counter(cut.values()).items():
        if times > 1:
            cut |= _by_difference([name for name in different if cut[name] == short], most)
    # As a last resort a number tells them apart.
    shared, seen = Counter(cut.values()), Counter[str]()
    for name, short in cut.items():
        if shared[short] > 1:
            seen[short] += 1
            number = f"({seen[short]})"
            cut[name] = first_columns(short, most - display_width(number)) + number
    return cut


def _without_middle(name: str, most: int) -> str:
    if display_width(name) <= most:
        return name
    room = most - display_width(CUT)
    head = first_columns(name, int(room * HEAD_SHARE))
    end = first_columns(name[::-1], room - display_width(head))[::-1]
    return f"{head}{CUT}{end}"


def _by_difference(alike: Sequence[str], most: int) -> dict[str, str]:
    """Return names that begin and end alike by how they begin and the part in which they differ."""
    columns = takewhile(lambda letters: len(set(letters)) == 1, zip(*alike, strict=False))
    begun = max(len(list(columns)) - BEFORE, 0)
    cut = {}
    for name in alike:
        head, rest = first_columns(name[:begun], LEAD), name[begun:]
        part = first_columns(rest, most - display_width(f"{head}{CUT}{CUT}"))
        cut[name] = f"{head}{CUT}{part}{'' if part == rest else CUT}"
    return cut
