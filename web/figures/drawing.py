"""Drawing: picked figures as a Vega-Lite specification. Pure functions.

Bars begin at 0, always. A line may begin elsewhere where its changes could not be seen otherwise,
and the page then says so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from retrieval.words.labels import cut_apart
from retrieval.words.listing import display_width
from web.chart import CLOSE_STEP, COLOUR, FONT_SIZE, MANY, described, framed, title_of
from web.figures.picks import Dot, Drawing, Shape, ranked
from web.i18n import Words

# Told apart by the colour-blind too; the page puts its own light or dark ones in their place.
COLOURS = (COLOUR, "#c2571a", "#2f7d5b", "#8a5a9e", "#8c7a1b", "#5a6675")
BAR_STEP, LINE_HEIGHT, LABEL_WIDTH = 32, 280, 230  # pixels
# Columns of a name, two for a Chinese character: beside a bar, and over one.
WIDE_NAME, NARROW_NAME = 32, 38
# Over a bar stands its name: pixels of both together, of the bar, and of each from the middle.
NARROW_STEP, NARROW_BAR, NARROW_DOWN = 48, 16, 10
# Pixels of a plot, about, of a column of text in it, and the share of a plot that text may take.
WIDE_PLOT, NARROW_PLOT, COLUMN, MOST_ROOM = 620, 270, 7.2, 0.5
PLANNED = 0.45  # of the colour's strength
DASHES = [6, 4]
# What one is told of a mark: the whole name, which may be cut beside it.
TOLD = {"field": "told", "type": "nominal"}
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
# A line whose lowest point is above this share of its highest is drawn without 0.
FLAT = 0.5
# Points of which each has its quantity beside it; more would cover one another.
MOST_LABELLED = 12
# The last day of a year stands for it, see ``web.figures.times.time_name``.
TIME_LABEL = "utcFormat(datum.value, utcFormat(datum.value, '%m%d') == '1231' ? '%Y' : '%Y-%m-%d')"
NUMBER = ",~f"
WORDS = {"type": "text", "color": "#000"}  # the page's own colour takes its place


def spec_of(drawing: Drawing, shape: Shape, words: Words, narrow: bool = False) -> dict[str, Any]:
    """Return a drawing in one of its shapes; the quantities stand as printed beside the marks.

    Where the page is ``narrow`` the names stand over the bars.
    """
    dots = in_order(drawing, shape)
    title = title_of(drawing.title, drawing.unit, words)
    said = described(title, ((dot.name, dot.printed) for dot in dots), words)
    drawn = _line(drawing, narrow) if shape == "line" else _bars(dots, drawing.unit, narrow)
    return framed(title, said, _values(dots, shape, narrow), drawn)


def in_order(drawing: Drawing, shape: Shape) -> tuple[Dot, ...]:
    """Return the dots as they are drawn: what can be ranked in a ranking, else as they were picked."""
    return ranked(drawing.dots) if shape == "ranking" else drawing.dots


def places_of(dots: Sequence[Dot]) -> list[int]:
    """Return the place of each dot in a ranking that has the largest first; equals share one: 1, 2, 2, 4."""
    amounts = [dot.amount for dot in dots]
    return [amounts.index(amount) + 1 for amount in amounts]


def begins_at_zero(drawing: Drawing) -> bool:
    """Tell whether a line of these figures is drawn from 0: not where that would make it flat."""
    amounts = [dot.amount for dot in drawing.dots]
    return min(amounts) <= 0 or float(min(amounts) / max(amounts)) < FLAT


def _values(dots: Sequence[Dot], shape: Shape, narrow: bool) -> list[dict[str, Any]]:
    names = [dot.name for dot in dots]
    if shape == "ranking":
        names = [f"{place}. {name}" for place, name in zip(places_of(dots), names, strict=True)]
    short, seen = cut_apart(names, NARROW_NAME if narrow else WIDE_NAME), Counter[str]()
    values = []
    for name, dot in zip(names, dots, strict=True):
        # Spaces of no width keep two bars of one name apart.
        shown = short[name] + "\u200b" * seen[name]
        seen[name] += 1
        day = dot.day.isoformat() if dot.day else None
        values.append(
            {"name": shown, "amount": float(dot.amount), "printed": dot.printed, "told": dot.told}
            | {"line": dot.line, "day": day, "planned": dot.planned}
        )
    return values


def _bars(dots: Sequence[Dot], unit: str, narrow: bool) -> dict[str, Any]:
    """Bars that lie, so that long names can be read; what is printed stands at their ends."""
    number = len(dots)
    axis = {"title": None, "ticks": False, "domain": False, "labelPadding": 6, "labelLimit": LABEL_WIDTH}
    names = {"field": "name", "type": "nominal", "sort": None, "axis": None if narrow else axis}
    amounts = {
        "field": "amount",
        "type": "quantitative",
        "scale": {"zero": True, "domainMax": _room(dots, narrow)},
        "axis": {
            "title": unit or None,
            "titleAnchor": "end",
            "format": NUMBER,
            "tickCount": 2 if narrow else 5,
        },
    }
    bar: dict[str, Any] = {"type": "bar", "color": COLOUR, "height": {"band": 0.62}}
    if narrow:
        bar |= {"height": NARROW_BAR, "yOffset": NARROW_DOWN}
    faint = {"condition": {"test": "datum.planned", "value": PLANNED}, "value": 1}
    ends = {"x": {"field": "end", "type": "quantitative"}, "text": {"field": "printed"}, "tooltip": TOLD}
    layer: list[dict[str, Any]] = [
        {"mark": bar, "encoding": {"x": amounts, "fillOpacity": faint, "tooltip": TOLD}},
        {"mark": {**WORDS, "align": "left", "dx": 6, "dy": NARROW_DOWN if narrow else 0}, "encoding": ends},
    ]
    if narrow:
        over = {**WORDS, "align": "left", "dy": -NARROW_DOWN}
        layer.append(
            {"mark": over, "encoding": {"x": {"value": 0}, "text": {"field": "name"}, "tooltip": TOLD}}
        )
    step = NARROW_STEP if narrow else CLOSE_STEP if number > MANY else BAR_STEP
    return {
        "height": number * step,
        "transform": [{"calculate": "max(datum.amount, 0)", "as": "end"}],
        "encoding": {"y": names},
        "layer": layer,
    }


def _room(dots: Sequence[Dot], narrow: bool) -> float:
    """Return where the axis of bars ends, so that what is printed at the end of the longest has room."""
    longest = max(max(dot.amount for dot in dots), Decimal(0))
    widest = max(display_width(dot.printed) for dot in dots) * COLUMN / (NARROW_PLOT if narrow else WIDE_PLOT)
    return float(longest) / (1 - min(widest, MOST_ROOM)) or 1.0


def _line(drawing: Drawing, narrow: bool) -> dict[str, Any]:
    """A line for each thing over time, true to the distances between the times."""
    lines = list(dict.fromkeys(dot.line for dot in drawing.dots))
    days = sorted({dot.day for dot in drawing.dots if dot.day})
    times = {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 28},
        "axis": {
            "title": None,
            "labelAngle": 0,
            "labelOverlap": True,
            "grid": False,
            "values": [_moment(day) for day in days],
            "labelExpr": TIME_LABEL,
        },
    }
    amounts = {
        "field": "amount",
        "type": "quantitative",
        "scale": {"zero": begins_at_zero(drawing), "padding": 20},
        "axis": {"title": None, "format": NUMBER, "tickCount": 5},
    }
    colour: dict[str, Any] = {"value": COLOUR}
    if len(lines) > 1:
        short = cut_apart(lines, NARROW_NAME if narrow else WIDE_NAME)
        scale = {"domain": lines, "range": list(COLOURS[: len(lines)])}
        shown = {"title": None, "orient": "top", "labelFontSize": FONT_SIZE, "labelLimit": LABEL_WIDTH}
        legend = {**shown, "columns": 1 if narrow else 3, "labelExpr": f"{json.dumps(short)}[datum.label]"}
        colour = {"field": "line", "type": "nominal", "scale": scale, "legend": legend}
    # Not by colours alone: each line has points of a shape of its own.
    shapes = {"shape": {**colour, "scale": {"domain": lines, "range": list(SHAPES[: len(lines)])}}}
    mark = {"type": "line", "point": {"size": 70}}
    dash = {"condition": {"test": "datum.planned", "value": DASHES}, "value": [1, 0]}
    layer: list[dict[str, Any]] = [
        {
            "mark": mark,
            "encoding": {"color": colour, "strokeDash": dash, "tooltip": TOLD}
            | (shapes if len(lines) > 1 else {}),
        }
    ]
    if len(drawing.dots) <= MOST_LABELLED:
        printed = {"text": {"field": "printed"}, "tooltip": TOLD}
        layer.append({"mark": {**WORDS, "dy": -14}, "encoding": printed})
    return {"height": LINE_HEIGHT, "encoding": {"x": times, "y": amounts}, "layer": layer}


def _moment(day: date) -> dict[str, Any]:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}
