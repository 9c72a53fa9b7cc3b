"""Unlike: why figures cannot be held against each other or added; they are told side by side all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.figures.period import resolve_period
from corpus.figures.synonyms import canonical_indicator
from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import SHARE, amount_of
from retrieval.reader.figures import plans

A_YEAR = range(360, 400)  # days; a whole year, printed or meant
A_DAY = 20  # so few days are the end of a time, at which a stock is counted
A_MONTH = 30
YEAR = 12  # months
AVERAGE = "年均"
ANY_DAY = date(2020, 12, 31)
# What does not tell two names of an indicator apart: 粮食总产, 粮食年产量.
OUTPUTS = ("总产量", "年产量", "产量", "总产", "年产")
# Words by which a name means a part, an average or an addition of what it means without them.
NARROWING = (
    "人均", "户均", "亩均", "日均", "新增", "净增", "规模以上", "限额以上", "城镇", "农村", "省级", "市级", "县级", "区级", "本级",
    "民营", "民间", "工业用", "高技术", "扣除", "归属于",
)  # fmt: skip


def unlike(figures: Sequence[CitedFigure], same_thing: bool = True) -> tuple[str, str] | None:
    """Return why figures cannot be compared or added, as the code and the words of it; None where they can.

    With ``same_thing`` they have to be of one indicator, too.
    """
    reasons = {
        ("unlike.unit", "单位不同"): len({amount_of(figure)[1] for figure in figures}) == 1,
        ("unlike.thing", "说的不是一回事"): len({figure.kind for figure in figures}) == 1,
        ("unlike.name", "指标名称不同"): not same_thing or _is_one_thing(figures),
        ("unlike.status", "有的是目标，有的是结果"): len(set(map(is_planned, figures))) == 1,
        ("unlike.time", "说的时间长短不同"): len(set(map(months_of, figures))) == 1,
    }
    return next((why for why, alike in reasons.items() if not alike), None)


def _is_one_thing(figures: Sequence[CitedFigure]) -> bool:
    names = [_plain_output(canonical_indicator(figure.indicator)) for figure in figures]
    shortest = min(names, key=len)
    return all(shortest in name and not narrowed(name, shortest) for name in names)


def narrowed(name: str, asked: str) -> bool:
    """Tell whether a name has a word by which it means a part, an average or an addition of what is asked for.

    >>> narrowed("人均地区生产总值", "地区生产总值"), narrowed("全年地区生产总值", "地区生产总值")
    (True, False)
    """
    return any(word in name and word not in asked for word in NARROWING)


def _plain_output(name: str) -> str:
    ends = next((end for end in OUTPUTS if name.endswith(end)), None)
    return f"{name.removesuffix(ends)}产量" if ends else name


def is_planned(figure: CitedFigure) -> bool:
    """Tell whether a figure is planned, though only the heading that it stands under may say so."""
    return figure.status == "target" or (figure.period is None and plans(figure.passage.headings))


def months_of(figure: CitedFigure) -> int:
    """Return over how many months a figure is counted; a year where it does not say, and for the end of one.

    That of an average of several years is 0.
    """
    if AVERAGE in (figure.basis or ""):
        return 0
    days = resolve_period(figure.period, ANY_DAY) if figure.period else None
    count = (days[1] - days[0]).days + 1 if days else 0
    return YEAR if count <= A_DAY or count in A_YEAR else round(count / A_MONTH)


def can_be_added(figures: Sequence[CitedFigure]) -> bool:
    """Tell whether figures have a sum: shares of different wholes, growths and ranges have none."""
    return not any(
        amount_of(one)[1] == SHARE or one.kind != "level" or one.value_to is not None for one in figures
    )
