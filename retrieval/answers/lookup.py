"""Lookup: the figure that is asked for, in its sentence; in another unit where one is asked for."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answer import CitedFigure, Computation
from retrieval.answering.context import Context, Trial
from retrieval.answering.quoting import quoted
from retrieval.answering.telling import Reply, Telling
from retrieval.facts.arithmetic import ABOUT, ESTIMATED, before, plain
from retrieval.facts.units import converted
from retrieval.query.query import Query
from retrieval.reader.figures import MULTIPLIER, span_of, spans_asked, times_asked
from retrieval.words.wording import BOUND_SIGNS

YEARLY_BASES = ("", "同比", "比上年", "较上年", "比去年", "较去年")
PLACES = 4  # decimal places of a converted amount that does not come out even

examples = ("科技型企业有多少家？", "去年工业总产值是多少万元？", "森林覆盖率排第几？")


def propose(query: Query) -> float:
    """Return how likely a query asks for one figure."""
    return 0.5 if query.wants_figure else 0.0


def answer(context: Context, query: Query) -> Reply:
    """Answer with the figure, or say that the reports do not give it."""
    trial = context.trial(query)
    if trial.verdict.reason == "year" and (estimate := _estimate_before(context, query, trial)):
        return estimate
    reply = quoted(context, trial)
    if trial.figure is None or (computation := _in_unit(query, trial.figure)) is None:
        return reply
    telling = Telling().all_of(reply.pieces)
    telling.words("lookup.converted", "（即").computed(computation, computation.result).mark("）")
    return replace(reply, pieces=tuple(telling.pieces))


def _in_unit(query: Query, figure: CitedFigure) -> Computation | None:
    """Return a figure in the unit that was asked for; None where that is no other unit than is printed."""
    asked, base = query.units.asked, MULTIPLIER.sub("", figure.unit)
    if not asked or figure.kind == "rank" or figure.value_to is not None:
        return None
    if asked == query.units.scale:
        asked += base
    if asked in (figure.unit, base) or asked.endswith(("亿", "万")):
        return None
    value = converted(figure.value, figure.unit, asked)
    if value is None or value == figure.value:
        return None
    rounded = round(value, PLACES)
    result = f"{BOUND_SIGNS[figure.bound]}{plain(rounded)}{asked}"
    sign = "=" if rounded == value else ABOUT
    formula = f"{plain(figure.value)}{figure.unit} {sign} {plain(rounded)}{asked}"
    return Computation(formula, result, (figure,))


def _estimate_before(context: Context, query: Query, trial: Trial) -> Reply | None:
    """Estimate a level of the year before from the next one's and its growth.

    None where nothing is stated to estimate it from.  It counts as found only where an estimate
    was asked for: the reports do not state it.
    """
    pair = _level_and_growth(trial)
    if pair is None:
        return None
    level, growth = pair
    day = context.index.entry(level.passage.report).identity.day
    own = span_of(level, day)
    if own is None or all(span[0].year != own[0].year - 1 for span in spans_asked(query, day)):
        return None
    computation = before(level, growth)
    telling = Telling().words("estimate.none", "报告没有直接给出").said(times_asked(query)[-1])
    telling.words("estimate.by", "的数据；按“").said(level.indicator).mark(" ").figure(level).mark("，")
    telling.figure(growth).words("estimate.is", "”推算：").computed(computation, computation.formula)
    telling.words("computed.estimated", ESTIMATED).mark("。")
    hits, asked = context.hits_of(trial), query.estimate
    return Reply(asked, tuple(telling.pieces), hits, pair, reason=None if asked else "year")


def _level_and_growth(trial: Trial) -> tuple[CitedFigure, CitedFigure] | None:
    """Return the best level and the yearly growth that its sentence states of the same thing."""
    level = next((one for one in trial.candidates if one.figure.kind == "level"), None)
    if level is None or level.signals.unit == 0:
        return None
    for other in trial.candidates:
        figure = other.figure
        same = other.evidence == level.evidence and figure.indicator == level.figure.indicator
        if same and figure.kind == "change" and figure.unit == "%" and (figure.basis or "") in YEARLY_BASES:
            return level.figure, figure
    return None
