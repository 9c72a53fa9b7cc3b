"""Derive: what is computed of several things: how much more, how many times, which share, what sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answer import CitedFigure, Computation
from retrieval.answering.context import Context
from retrieval.answering.telling import Reply, Telling
from retrieval.answers.compare import figures_of, reply_of
from retrieval.comparison.alignment import can_be_added, unlike
from retrieval.comparison.sides import differ_in_scope, tell_figure, tell_sides
from retrieval.comparison.verdict import tell_verdict
from retrieval.comparison.years import of_one_year
from retrieval.facts.arithmetic import ESTIMATED, amount_of, difference, ratio, share, total
from retrieval.query.query import Query
from retrieval.reader.answerability import states_share

COMPUTE: dict[str, Callable[..., Computation]] = {
    "difference": difference,
    "ratio": ratio,
    "share": share,
    "total": lambda *figures: total(figures),
}
# Names of a whole that alone is no measure: 粮食产量占全国多少.
WHOLES = frozenset({"全国", "全省", "全市", "全区", "全县", "全州", "世界", "全球", "总量", "总数"})

examples = (
    "国家高新技术企业比有研发活动的工业企业多多少家？",
    "工业投资占固定资产投资的比例是多少？",
    "存款是贷款的几倍？",
    "小学、中学和大学一共多少所？",
)


def propose(query: Query) -> float:
    """Return how likely a query wants something computed of several things."""
    computes = query.operation in COMPUTE or query.operation == "compare"
    return 0.78 if computes and len(query.sides) > 1 and not differ_in_scope(query.sides) else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Tell the figures and what they come to, or that they come to nothing.

    None where a report states itself what is asked (工业投资占比为35%).
    """
    stated = context.trial(query).figure if query.operation in ("share", "ratio") else None
    if stated is not None and states_share(stated):
        return None
    year, sides = of_one_year(context, query)
    # A whole or a place alone has no figure.
    wholes = [{side.query.topic} & {*WHOLES, *(one.text for one in side.query.named)} for side in sides]
    sides = [replace(side, figure=None) if whole else side for side, whole in zip(sides, wholes, strict=True)]
    figures = figures_of(sides)
    can = len(figures) == len(sides) and _can_be_computed(context, query, figures)
    telling = Telling()
    if not can:
        telling.words("derive.none", "凭报告里的数据算不出来")
        if figures:
            telling.words("derive.given", "；报告给出的是：")
    elif year:
        telling.words("compare.year", "{year}年，", year=year)
    if can and query.operation == "compare":
        tell_sides(telling, sides).mark("。")
        tell_verdict(telling, query, sides, len(sides))
    else:
        for number, figure in enumerate(figures):
            tell_figure(telling.mark("；" if number else ""), figure)
        telling.mark("。")
    if can and (compute := COMPUTE.get(query.operation or "")):
        computation = compute(*figures)
        telling.computed(computation, computation.formula).words("computed.estimated", ESTIMATED).mark("。")
    return reply_of(context, telling, sides, can)


def _can_be_computed(context: Context, query: Query, figures: Sequence[CitedFigure]) -> bool:
    """Tell whether figures are of one unit, time, place and status."""
    places = {context.index.entry(figure.passage.report).identity.place for figure in figures}
    if unlike(figures, same_thing=False) or len(places) > 1 or any(figure.value_to for figure in figures):
        return False
    if query.operation == "total":
        return can_be_added(figures)
    return query.operation not in ("ratio", "share") or amount_of(figures[1])[0] != 0
