"""Sides: what is compared or computed with, each with its name and the figure that the reports state of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answer import CitedFigure
from retrieval.answering.context import MOST_FIGURES, Context, Trial
from retrieval.answering.telling import Telling
from retrieval.query.query import Query
from retrieval.reader.figures import period_fit
from retrieval.words.phrases import STATUS_SAID
from retrieval.words.wording import quantity


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that are put side by side: its name, what is asked of it, and its figure.

    ``figure`` is None where the reports do not state it; ``listed`` where it was read off the ledger.
    """

    name: str
    query: Query
    figure: CitedFigure | None
    listed: bool = False


def tried(context: Context, queries: Sequence[Query]) -> list[Side]:
    """Return the sides of some queries, each with the figure that answers it alone; one figure answers only one."""
    names = names_of(queries)
    sides = [
        Side(name, query, context.trial(query).figure) for name, query in zip(names, queries, strict=True)
    ]
    return [side if _is_own(context, side, sides) else replace(side, figure=None) for side in sides]


def _is_own(context: Context, side: Side, sides: Sequence[Side]) -> bool:
    """Tell whether no other side has the same figure and fits it better: of two years it is that of one."""
    if side.figure is None:
        return True
    rivals = [one for one in sides if one.figure and _stand(one.figure) == _stand(side.figure)]
    fits = [_fit(context, one) for one in rivals]
    return fits[rivals.index(side)] == max(fits) and rivals.index(side) == fits.index(max(fits))


def _stand(figure: CitedFigure) -> tuple[str, int]:
    return figure.passage.report, figure.passage.start + figure.start


def _fit(context: Context, side: Side) -> tuple[bool, float]:
    assert side.figure is not None
    report = side.figure.passage.report
    return (
        report in context.scope(side.query).chosen,
        period_fit(side.query, side.figure, context.index.entry(report).identity.day),
    )


def names_of(queries: Sequence[Query]) -> list[str]:
    """Return what tells queries apart: their places or companies, their times, else their topics."""
    common = set.intersection(*({one.name for one in query.named} for query in queries))
    timed = len({query.times for query in queries}) > 1
    named = ["".join(one.text for one in query.named if one.name not in common) for query in queries]
    times = ["".join(time.text for time in query.times) if timed else "" for query in queries]
    names = [f"{name}{time}" for name, time in zip(named, times, strict=True)]
    return [name or "".join(query.topic.split()) for name, query in zip(names, queries, strict=True)]


def differ_in_scope(queries: Sequence[Query]) -> bool:
    """Tell whether queries ask the same of several places, companies or times, and not several things of one."""
    return len({(query.named, query.times) for query in queries}) > 1


def trials_of(context: Context, sides: Sequence[Side]) -> list[Trial]:
    """Return the trials of the sides' queries."""
    return [context.trial(side.query) for side in sides]


def confidence_of(context: Context, sides: Sequence[Side]) -> float:
    """Return the probability that each side's figure is the one that was asked for."""
    searched = [side for side in sides if side.figure and not side.listed]
    return min((trial.verdict.confidence for trial in trials_of(context, searched)), default=1.0)


def shown(context: Context, sides: Sequence[Side]) -> tuple[CitedFigure, ...]:
    """Return the figures of the sides, then those that bear on them."""
    own = [side.figure for side in sides if side.figure]
    others = [
        figure for trial in trials_of(context, sides) for figure in trial.related()[1:] if figure not in own
    ]
    return tuple(dict.fromkeys(own + others))[: max(MOST_FIGURES, len(own))]


def of_one_kind(query: Query, sides: Sequence[Side]) -> list[Side]:
    """Return the sides without figures of another kind than was asked for, where others have it.

    Asked for GDP, a growth of GDP is no answer beside an amount.
    """
    wanted = query.kind or "level"
    of_kind = [
        side if side.figure and side.figure.kind == wanted else replace(side, figure=None) for side in sides
    ]
    return of_kind if any(side.figure for side in of_kind) else list(sides)


# ---- Telling


def tell_sides(telling: Telling, sides: Sequence[Side]) -> Telling:
    """Tell what the reports state of each side, or that they do not, as the items of a list."""
    for number, side in enumerate(sides):
        if number:
            telling.mark("；")
        telling.item().said(side.name).mark("：")
        if side.figure:
            tell_figure(telling, side.figure, marked=True)
        else:
            telling.words("sides.none", "报告没有给出")
    return telling.end()


def tell_figure(telling: Telling, figure: CitedFigure, marked: bool = False) -> Telling:
    """Tell a figure in one line: what is measured, the quantity with its signs, time and status."""
    if figure.indicator:
        telling.said(figure.indicator).mark(" ")
    telling.figure(figure, quantity(figure), marked)
    planned = figure.status != "actual"
    if not figure.period and not planned:
        return telling
    telling.mark("（").said(figure.period or "")
    if figure.period and planned:
        telling.mark("，")
    if planned:
        telling.words(STATUS_SAID[figure.status].code, STATUS_SAID[figure.status].text)
    return telling.mark("）")
