"""Looking: figures that searching missed, read off the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.figures.figure import Kind
from corpus.figures.synonyms import canonical_indicator
from retrieval.answer import CitedFigure
from retrieval.answering.context import NEARLY_AS_GOOD, Context, Trial
from retrieval.comparison.alignment import YEAR, is_planned, months_of, narrowed
from retrieval.comparison.sides import Side
from retrieval.facts.arithmetic import amount_of
from retrieval.query.query import Query
from retrieval.reader.confidence import FAIR
from retrieval.reader.survey import figure_of


def completed(context: Context, query: Query, sides: Sequence[Side]) -> list[Side]:
    """Return sides with what the ledger has of those that lack a figure, and in one unit where it has them so."""
    return _of_one_unit(context, query, [_looked_up(context, query, side, sides) for side in sides])


def _looked_up(context: Context, query: Query, side: Side, sides: Sequence[Side], unit: str = "") -> Side:
    """Return a side with the figure that the ledger has of just what is asked, of ``unit`` where that is given.

    Where searching found one it is left as it is, unless it is a plan, of several years, or of another unit.
    """
    figure = side.figure
    unsure = context.trial(side.query).verdict.confidence < FAIR
    if figure and not unsure and not _is_beside(side.query, figure) and unit in ("", amount_of(figure)[1]):
        return side
    if query.kind == "rank" or not context.scope(side.query).named or not side.query.topic:
        return side
    name, kind = side.query.thing or side.query.topic, _kind(query, sides)
    found = figure_of(context.index, context.reports, side.query, name, kind, unit)
    found = found or (_dated(context.trial(side.query), unit) if figure is None else None)
    return replace(side, figure=found, listed=True) if found else side


def _dated(trial: Trial, unit: str) -> CitedFigure | None:
    """Return a figure of just the time that is asked for, where one of another time comes before it by a hair."""
    if trial.verdict.reason != "year" or not trial.candidates:
        return None
    least = trial.candidates[0].score - NEARLY_AS_GOOD
    return next(
        (
            one.figure
            for one in trial.candidates
            if one.score >= least
            and one.signals.unit
            and one.signals.period == 1
            and unit in ("", amount_of(one.figure)[1])
        ),
        None,
    )


def _is_beside(query: Query, figure: CitedFigure) -> bool:
    """Tell whether a figure may stand beside the one that is meant: a plan, a sum of several years, a part."""
    return (
        (not query.target and is_planned(figure))
        or narrowed(canonical_indicator(figure.indicator), canonical_indicator("".join(query.topic.split())))
        or not 0 < months_of(figure) <= YEAR
    )


def _kind(query: Query, sides: Sequence[Side]) -> Kind:
    """Return the kind of figure that is looked for: that which was asked for or which all sides have."""
    kinds = {side.figure.kind for side in sides if side.figure}
    return query.kind or (kinds.pop() if len(kinds) == 1 else "level")


def _of_one_unit(context: Context, query: Query, sides: Sequence[Side]) -> list[Side]:
    """Return the sides in one base unit, where the ledger has them so: 26微克/立方米 is nothing beside 16%."""
    units = dict.fromkeys(amount_of(side.figure)[1] for side in sides if side.figure)
    for unit in units if len(units) > 1 else ():
        alike = [_looked_up(context, query, side, sides, unit) for side in sides]
        if {amount_of(side.figure)[1] for side in alike if side.figure} == {unit}:
            return alike
    return list(sides)
