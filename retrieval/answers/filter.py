"""Filter: which of all the places, or of a table's rows, and how many, are over or under an amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.answer import CitedFigure
from retrieval.answering.context import Context
from retrieval.answering.surveyed import (
    asks_places,
    indicator_of,
    knows_places,
    lacking,
    place_of,
    survey_of,
    tell_among,
    tell_missing,
    tell_name,
)
from retrieval.answering.telling import Reply, Telling
from retrieval.answers.rank_rows import Column, columns_for, is_growth, measured
from retrieval.facts.arithmetic import SHARE, amount_of
from retrieval.facts.bounds import base_unit, every, meets
from retrieval.query.query import Condition, Query, Sign
from retrieval.reader.survey import FEWEST_PLACES, Survey

SAID: dict[Sign, tuple[str, str]] = {
    ">": ("bound.more_than", "超过{amount}"),
    "≥": ("bound.at_least", "达到{amount}"),
    "<": ("bound.less_than", "低于{amount}"),
    "≤": ("bound.at_most", "不超过{amount}"),
    "=": ("bound.just", "为{amount}"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of one condition: the figures by the names of places or rows, and what they are called."""

    condition: Condition
    figures: Mapping[str, CitedFigure]
    survey: Survey | None = None
    column: Column | None = None


class Filter:
    """The places or rows that meet one condition or several."""

    name = "filter"
    examples = ("哪些市GDP增速超过6%？", "产值超过2000万元的企业有哪些？")

    def propose(self, query: Query) -> float:
        """Return how likely a query asks for the places or rows that meet conditions."""
        over = query.level or query.items
        return 0.85 if query.conditions and over and query.purpose == "answer" and not query.sides else 0.0

    def answer(self, context: Context, query: Query) -> Reply | None:
        """List what meets the conditions; None where too few reports and no table tell."""
        known, refusal = _of_places(context, query) if asks_places(query) else (None, None)
        if known is None and knows_places(context, query):
            known = _of_rows(context, query)
        return _told(context, query, known) if known else refusal


def _of_places(context: Context, query: Query) -> tuple[list[Measured] | None, Reply | None]:
    """Return what reports give of each condition, or where too few do, what is said instead."""
    known: list[Measured] = []
    for condition in query.conditions:
        name = indicator_of(query, condition.subject, condition.kind)
        found = survey_of(context, query, name, condition.kind, base_unit(condition)) if name else None
        if found is None or (found.asked < FEWEST_PLACES and not query.region):
            return None, None
        if len(found.figures) < FEWEST_PLACES:
            return None, lacking(context, query, found)
        if not base_unit(condition) and amount_of(found.figures[0])[1] == SHARE:
            return None, None  # 5 is neither 5% nor not
        known.append(Measured(condition, {place_of(context, one): one for one in found.figures}, found))
    return known, None


def _of_rows(context: Context, query: Query) -> list[Measured] | None:
    """Return what one table gives of each condition; None where none does."""
    known: list[Measured] = []
    for condition in query.conditions:
        name, unit = indicator_of(query, condition.subject, condition.kind), base_unit(condition)
        if not name:
            return None
        columns = columns_for(context, query, name, condition.kind)
        columns = [one for one in columns if unit in ("", one.unit) and (unit or one.unit != SHARE)]
        if known and (first := known[0].column):
            table = first.report, first.caption
            columns = [one for one in columns if (one.report, one.caption) == table]
        if not columns:
            return None
        known.append(Measured(condition, dict(columns[0].rows), column=columns[0]))
    return known


def _told(context: Context, query: Query, known: Sequence[Measured]) -> Reply:
    """Tell what meets all conditions, and of what it is left open."""
    stated = {
        name: [one.figures[name] for one in known]
        for name in known[0].figures
        if all(name in one.figures for one in known) and not (query.order and query.order.leaves_out(name))
    }
    first = known[0].condition
    ascending = _ascending(first)
    names = sorted(stated, key=lambda name: amount_of(stated[name][0])[0], reverse=not ascending)
    verdicts = {
        name: every([meets(one.condition, figure) for one, figure in zip(known, stated[name], strict=True)])
        for name in names
    }
    met = [name for name in names if verdicts[name]]
    unclear = [name for name in names if verdicts[name] is None]
    telling = Telling()
    for number, one in enumerate(known):
        _tell_condition(telling.mark("、" if number else ""), one)
    telling.words("filter.met", "的有{count}个（", count=len(met)) if met else telling.words(
        "filter.none", "的一个也没有（"
    )
    _tell_among(telling, known, len(names)).mark("）：" if met else "）")
    for number, name in enumerate(met, start=1):
        telling.mark("；" if number > 1 else "").item(number).said(f"{name} ")
        _tell_amounts(telling, stated[name])
    telling.end()
    if unclear:
        telling.words("filter.open", "。报告说得不确切、无法判断的：")
        for number, name in enumerate(unclear):
            _tell_amounts(telling.mark("、" if number else "").said(f"{name} "), stated[name])
    elif not met and names:
        code, chinese = ("filter.lowest", "，最低的是") if ascending else ("filter.highest", "，最高的是")
        _tell_amounts(telling.words(code, chinese).said(names[0]).mark("："), stated[names[0]])
    telling.mark("。")
    if surveyed := [one.survey for one in known if one.survey]:
        missing = tuple(dict.fromkeys(place for one in surveyed for place in one.missing))
        tell_missing(telling, context, query, missing)
    shown = tuple(figure for name in (met + unclear or names) for figure in stated[name])
    return Reply(True, tuple(telling.pieces), context.cited(shown), shown)


def _ascending(condition: Condition) -> bool:
    """Tell whether the smallest is told first: what is under an amount, or fell by more than one."""
    ranged = condition.threshold is not None and condition.threshold.value_to is not None
    under = condition.sign in ("<", "≤")
    turned = condition.falls and condition.threshold is not None
    return not ranged and under != turned and condition.sign != "="


def _tell_condition(telling: Telling, known: Measured) -> None:
    """Tell a condition with what reports or the table call its indicator: 地区生产总值增速超过6%."""
    condition = known.condition
    moved = condition.falls or condition.threshold is None
    if known.survey:
        tell_name(telling, known.survey, growth=not moved)
    elif known.column:
        telling.said(measured(known.column))
        if is_growth(known.column) and not moved:
            telling.words("survey.growth", "增速")
    if moved:
        code, chinese = ("filter.fell", "下降") if condition.falls else ("filter.grew", "增长")
        telling.words(code, chinese)
    if condition.threshold is None:
        return
    if condition.threshold.value_to is not None:
        telling.words("bound.between", "在{amount}之间", amount=condition.said)
    else:
        telling.words(*SAID[condition.sign], amount=condition.said)


def _tell_among(telling: Telling, known: Sequence[Measured], count: int) -> Telling:
    if known[0].survey is None:
        return telling.words("filter.rows", "表中给出的{count}个", count=count)
    if len(known) == 1:
        return tell_among(telling, known[0].survey)
    return telling.words("survey.all", "报告中给出的{asked}个地方", asked=count)


def _tell_amounts(telling: Telling, figures: Sequence[CitedFigure]) -> None:
    for number, figure in enumerate(figures):
        telling.mark("、" if number else "").figure(figure)


KIND = Filter()
