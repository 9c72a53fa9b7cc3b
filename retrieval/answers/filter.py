"""Filter: which of all the places, or of a table's rows, and how many, are over or under an amount."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answering.context import Context
from retrieval.answering.surveyed import (
    asks_places,
    indicator_of,
    knows_places,
    lacking,
    survey_of,
    tell_among,
    tell_amounts,
    tell_missing,
    tell_name,
    tell_rows,
)
from retrieval.answering.telling import Reply, Telling
from retrieval.answers.rank_rows import columns_for, not_left_out
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

examples = ("哪些市GDP增速超过6%？", "产值超过2000万元的企业有哪些？")


def propose(query: Query) -> float:
    """Return how likely a query asks for the places or rows that meet conditions."""
    over = query.level or query.items
    return 0.85 if query.conditions and over and query.purpose == "answer" and not query.sides else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """List what meets the conditions; None where too few reports and no table tell."""
    known, refusal = _of_places(context, query) if asks_places(query) else (None, None)
    if known is None and knows_places(context, query):
        known = _of_rows(context, query)
    return _told(context, query, known) if known else refusal


def _of_places(context: Context, query: Query) -> tuple[list[Survey] | None, Reply | None]:
    """Return what reports give of each condition, or where too few do, what is said instead."""
    known: list[Survey] = []
    for condition in query.conditions:
        name, unit = indicator_of(query, condition.subject, condition.kind), base_unit(condition)
        found = survey_of(context, query, name, condition.kind, unit) if name else None
        if found is None or (found.asked < FEWEST_PLACES and not query.region):
            return None, None
        if len(found.rows) < FEWEST_PLACES:
            return None, lacking(context, query, found)
        if not _is_comparable(found, unit):
            return None, None
        known.append(found)
    return known, None


def _of_rows(context: Context, query: Query) -> list[Survey] | None:
    """Return what one table gives of each condition; None where none does."""
    known: list[Survey] = []
    for condition in query.conditions:
        name, unit = indicator_of(query, condition.subject, condition.kind), base_unit(condition)
        columns = columns_for(context, query, name, condition.kind) if name else []
        columns = [one for one in columns if _is_comparable(one, unit)]
        columns = [one for one in columns if not known or one.table == known[0].table]
        if not columns:
            return None
        known.append(columns[0])
    return known


def _is_comparable(surveyed: Survey, unit: str) -> bool:
    """Tell whether figures can be held against an amount of a base unit; 5 is neither 5% nor not."""
    own = amount_of(surveyed.figures[0])[1]
    return own == unit if unit else own != SHARE


def _told(context: Context, query: Query, known: Sequence[Survey]) -> Reply:
    """Tell what meets all conditions, and of what it is left open."""
    stated = {
        name: [one.rows[name] for one in known]
        for name in not_left_out(query, known[0].rows)
        if all(name in one.rows for one in known)
    }
    ascending = _ascending(query.conditions[0])
    names = sorted(stated, key=lambda name: amount_of(stated[name][0])[0], reverse=not ascending)
    verdicts = {name: every([*map(meets, query.conditions, stated[name])]) for name in names}
    met = [name for name in names if verdicts[name]]
    unclear = [name for name in names if verdicts[name] is None]
    telling = Telling()
    for number, (condition, one) in enumerate(zip(query.conditions, known, strict=True)):
        _tell_condition(telling.mark("、" if number else ""), condition, one)
    if met:
        telling.words("filter.met", "的有{count}个（", count=len(met))
    else:
        telling.words("filter.none", "的一个也没有（")
    _tell_among(telling, known, len(names)).mark("）：" if met else "）")
    tell_rows(telling, ((name, stated[name]) for name in met))
    if unclear:
        telling.words("filter.open", "。报告说得不确切、无法判断的：")
        for number, name in enumerate(unclear):
            tell_amounts(telling.mark("、" if number else "").said(f"{name} "), stated[name])
    elif not met and names:
        code, chinese = ("filter.lowest", "，最低的是") if ascending else ("filter.highest", "，最高的是")
        tell_amounts(telling.words(code, chinese).said(names[0]).mark("："), stated[names[0]])
    telling.mark("。")
    if not known[0].table:
        missing = dict.fromkeys(place for one in known for place in one.missing)
        tell_missing(telling, context, query, tuple(missing))
    shown = tuple(figure for name in (met + unclear or names) for figure in stated[name])
    return Reply(True, tuple(telling.pieces), context.cited(shown), shown)


def _ascending(condition: Condition) -> bool:
    """Tell whether the smallest is told first: what is under an amount, or fell by more than one."""
    ranged = condition.threshold is not None and condition.threshold.value_to is not None
    under = condition.sign in ("<", "≤")
    turned = condition.falls and condition.threshold is not None
    return not ranged and under != turned and condition.sign != "="


def _tell_condition(telling: Telling, condition: Condition, known: Survey) -> None:
    """Tell a condition with what reports or the table call its indicator: 地区生产总值增速超过6%."""
    moved = condition.falls or condition.threshold is None
    tell_name(telling, known, growth=not moved)
    if moved:
        code, chinese = ("filter.fell", "下降") if condition.falls else ("filter.grew", "增长")
        telling.words(code, chinese)
    if condition.threshold is None:
        return
    if condition.threshold.value_to is not None:
        telling.words("bound.between", "在{amount}之间", amount=condition.said)
    else:
        telling.words(*SAID[condition.sign], amount=condition.said)


def _tell_among(telling: Telling, known: Sequence[Survey], count: int) -> Telling:
    if known[0].table:
        return telling.words("filter.rows", "表中给出的{count}个", count=count)
    if len(known) == 1:
        return tell_among(telling, known[0])
    return telling.words("survey.all", "报告中给出的{asked}个地方", asked=count)
