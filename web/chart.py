"""A chart of figures that can be compared, where an answer has several. Pure functions.

It is a Vega-Lite specification, which the library that Gradio brings draws in the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.figures.amount import normalise
from corpus.identity import Identity
from corpus.places import short_name
from index.ledger import CommonTerms
from retrieval.answer import Answer, CitedFigure
from retrieval.facts.arithmetic import amount_of
from retrieval.query.reports import results_year
from retrieval.words.wording import quantity
from web.i18n import Words
from web.markup import cleaned

# Contrast of 4:1 and more with the page, light and dark; the words take the page's own colours.
COLOUR = "#3b78bf"
BAR_STEP, LINE_HEIGHT, LABEL_WIDTH, FONT_SIZE = 34, 200, 140, 13  # pixels
TITLE_HEIGHT, AXIS_HEIGHT = 32, 20  # pixels, with what is left free around them
# Bars from which they stand closer.
MANY, CLOSE_STEP = 8, 24
YEAR_END = (12, 31)


@dataclass(frozen=True, slots=True)
class Point:
    """One bar, or one point of a line: its name, its height in the chart's unit, and what is printed."""

    name: str
    amount: Decimal
    printed: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Points of one indicator: places or reports side by side, or one of them ``over_time``."""

    title: str
    points: tuple[Point, ...]
    over_time: bool


@dataclass(frozen=True, slots=True)
class _Fact:
    figure: CitedFigure
    terms: CommonTerms
    whose: str
    day: date | None


def chart_of(answer: Answer, identities: Mapping[str, Identity], words: Words) -> Chart | None:
    """Return the chart of an answer, None where it has less than two different things to compare.

    The first figure says what is compared; others of the same indicator, unit, kind and status
    stand beside it, one for each place (or report), else one for each time.
    """
    facts = list(_comparable(answer, identities))
    points, over_time = _by_place(facts), False
    if len(points) < 2:
        points, over_time = _by_time(facts, words), True
    if len({point.amount for point in points}) < 2:
        return None
    lead = facts[0]
    return Chart(title_of(_said(lead, words), lead.figure.unit, words), points, over_time)


def title_of(name: str, unit: str, words: Words) -> str:
    """Return the title of a chart, with the unit that its numbers are in."""
    return words("chart.title", name=cleaned(name), unit=cleaned(unit)) if unit else cleaned(name)


def described(title: str, points: Iterable[tuple[str, str]], words: Words) -> str:
    """Return what a chart shows as a text: its title, and the name and the printed number of each point."""
    said = words("figures.comma").join(f"{name} {printed}" for name, printed in points)
    return words("chart.said", title=title, said=said)


def _said(fact: _Fact, words: Words) -> str:
    """Return what is measured: by how much something changed is another thing than how much it is."""
    if fact.figure.kind != "change":
        return fact.terms.series
    return f"{fact.terms.series} {words('figures.kind.change')}"


def _comparable(answer: Answer, identities: Mapping[str, Identity]) -> Iterator[_Fact]:
    """Yield the facts that are comparable with the first figure of an answer that was found."""
    if not answer.found or not answer.figures:
        return
    computed = [figure for computation in answer.computations for figure in computation.figures]
    lead = _fact(answer.figures[0], identities)
    for figure in dict.fromkeys((*answer.figures, *computed)):
        fact = _fact(figure, identities)
        same = fact.terms.series == lead.terms.series or figure in computed
        if same and figure.kind != "rank" and _sort_of(fact) == _sort_of(lead):
            yield fact


def _sort_of(fact: _Fact) -> tuple[str, ...]:
    return fact.terms.base_unit, fact.figure.kind, fact.figure.status


def _fact(figure: CitedFigure, identities: Mapping[str, Identity]) -> _Fact:
    identity = identities.get(figure.passage.report, Identity())
    terms = CommonTerms.of(figure, identity)
    year = None if figure.period else results_year(identity.day)
    day = terms.last_day or (date(year, *YEAR_END) if year else None)
    whose = short_name(terms.place) if terms.place else Path(figure.passage.report).stem
    return _Fact(figure, terms, whose, day)


def _by_place(facts: Sequence[_Fact]) -> tuple[Point, ...]:
    first: dict[str, _Fact] = {}
    for fact in facts:
        first.setdefault(fact.whose, fact)
    return tuple(_point(whose, fact, facts[0]) for whose, fact in first.items())


def _by_time(facts: Sequence[_Fact], words: Words) -> tuple[Point, ...]:
    first: dict[date, _Fact] = {}
    for fact in facts:
        # What a share is computed of are two things, not one that changed.
        if fact.day and fact.terms.series == facts[0].terms.series:
            first.setdefault(fact.day, fact)
    return tuple(
        _point(_time_name(day, fact, words), fact, facts[0]) for day, fact in sorted(first.items(), key=_day)
    )


def _day(item: tuple[date, _Fact]) -> date:
    return item[0]


def _time_name(day: date, fact: _Fact, words: Words) -> str:
    """Return a year, or the printed time where that is a part of one."""
    first = fact.terms.first_day
    whole = first is None or (first.month, first.day) == (1, 1) or first == day
    if whole and (day.month, day.day) == YEAR_END:
        return words("whose.year", year=day.year)
    return fact.figure.period or f"{day}"


def _point(name: str, fact: _Fact, lead: _Fact) -> Point:
    """Return a figure in the unit that the first is printed in."""
    amount = amount_of(fact.figure)[0] / normalise(Decimal(1), lead.figure.unit)[0]
    return Point(cleaned(name), amount, cleaned(quantity(fact.figure)))


def drawn_height(chart: Chart) -> int:
    """Return how high a chart will be on the page, in pixels, so that a place can be kept for it."""
    if chart.over_time:
        return LINE_HEIGHT + TITLE_HEIGHT + AXIS_HEIGHT
    return int(_bars(len(chart.points))["height"]) + TITLE_HEIGHT


def vega_lite(chart: Chart, words: Words) -> dict[str, Any]:
    """Return a chart as a Vega-Lite specification, which a screen reader reads as one description."""
    said = described(chart.title, ((point.name, point.printed) for point in chart.points), words)
    values = [
        {"name": point.name, "amount": float(point.amount), "printed": point.printed}
        for point in chart.points
    ]
    drawing = _lines() if chart.over_time else _bars(len(values))
    return framed(chart.title, said, values, drawing)


def framed(title: str, description: str, values: list[dict[str, Any]], drawing: Any) -> dict[str, Any]:
    """Return ``drawing`` (marks, encoding, height) with what all charts of the page share."""
    return {
        "title": {"text": title, "anchor": "start", "aria": False},
        "description": description,
        "data": {"values": values},
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": None,
        "config": {
            "aria": False,
            "mark": {"aria": False},
            "view": {"stroke": None},
            "font": "system-ui",
            "axis": {"labelLimit": LABEL_WIDTH, "labelFontSize": FONT_SIZE},
            "text": {"fontSize": FONT_SIZE},
            "title": {"fontSize": FONT_SIZE + 1, "frame": "bounds", "offset": 8},
        },
        "usermeta": {"embedOptions": {"renderer": "svg", "actions": False, "tooltip": False}},
        **drawing,
    }


def _bars(number: int) -> dict[str, Any]:
    """Bars that lie, so that long names can be read; what is printed stands at their ends."""
    names = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 6},
    }
    amounts = {"field": "amount", "type": "quantitative", "axis": None, "scale": {"padding": 0}}
    ends = {"calculate": "max(datum.amount, 0)", "as": "end"}
    return {
        "height": number * (CLOSE_STEP if number > MANY else BAR_STEP),
        "transform": [ends],
        "encoding": {"y": names},
        "layer": [
            {"mark": {"type": "bar", "color": COLOUR, "height": {"band": 0.6}}, "encoding": {"x": amounts}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"x": {"field": "end", "type": "quantitative"}, "text": {"field": "printed"}},
            },
        ],
    }


def _lines() -> dict[str, Any]:
    """A line with its points; the axis need not begin at 0, for it is the change that is shown."""
    times = {"field": "name", "type": "ordinal", "sort": None, "axis": {"title": None, "labelAngle": 0}}
    scale = {"zero": False, "padding": 24}
    amounts = {
        "field": "amount",
        "type": "quantitative",
        "scale": scale,
        "axis": {"title": None, "tickCount": 4},
    }
    return {
        "height": LINE_HEIGHT,
        "encoding": {"x": times, "y": amounts},
        "layer": [
            {"mark": {"type": "line", "color": COLOUR, "point": {"color": COLOUR, "size": 60}}},
            {"mark": {"type": "text", "dy": -14}, "encoding": {"text": {"field": "printed"}}},
        ],
    }
