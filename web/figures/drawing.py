"""Drawing: picked figures as a Vega-Lite specification. Pure functions.

Bars begin at 0, always. A line may begin elsewhere where its changes could not be seen otherwise,
and the page then says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from web.chart import CLOSE_STEP, COLOUR, FONT_SIZE, MANY, framed
from web.figures.picks import Dot, Drawing, Shape

# Told apart by the colour-blind too; the page puts its own light or dark ones in their place.
COLOURS = (COLOUR, "#c2571a", "#2f7d5b", "#8a5a9e", "#8c7a1b", "#5a6675")
BAR_STEP, LINE_HEIGHT, LABEL_WIDTH = 32, 280, 200  # pixels
# A line whose lowest point is above this share of its highest is drawn without 0.
FLAT = 0.5
# Points of which each has its quantity beside it; more would cover one another.
MOST_LABELLED = 12
# The last day of a year stands for it, see ``web.figures.picks.time_name``.
TIME_LABEL = "utcFormat(datum.value, utcFormat(datum.value, '%m%d') == '1231' ? '%Y' : '%Y-%m-%d')"
NUMBER = ",~f"
WORDS = {"type": "text", "color": "#000"}  # the page's own colour takes its place


def spec_of(drawing: Drawing, shape: Shape) -> dict[str, Any]:
    """Return a drawing in one of its shapes; the quantities stand as printed beside the marks."""
    dots = in_order(drawing, shape)
    title = f"{drawing.title}（{drawing.unit}）" if drawing.unit else drawing.title
    said = "，".join(f"{dot.name} {dot.printed}" for dot in dots)
    drawn = _line(drawing) if shape == "line" else _bars(drawing)
    return framed(title, f"{title}：{said}", _values(dots, shape), drawn)


def in_order(drawing: Drawing, shape: Shape) -> tuple[Dot, ...]:
    """Return the dots as they are drawn: the largest first in a ranking, else as they were picked."""
    if shape != "ranking":
        return drawing.dots
    return tuple(sorted(drawing.dots, key=lambda dot: -dot.amount))


def begins_at_zero(drawing: Drawing) -> bool:
    """Tell whether a line of these figures is drawn from 0: not where that would make it flat."""
    amounts = [dot.amount for dot in drawing.dots]
    return min(amounts) <= 0 or float(min(amounts) / max(amounts)) < FLAT


def _values(dots: Sequence[Dot], shape: Shape) -> list[dict[str, Any]]:
    seen = Counter[str]()
    values = []
    for place, dot in enumerate(dots, start=1):
        # Spaces of no width keep two bars of one name apart.
        name = (f"{place}. " if shape == "ranking" else "") + dot.name + "\u200b" * seen[dot.name]
        seen[dot.name] += 1
        day = dot.day.isoformat() if dot.day else None
        values.append(
            {"name": name, "amount": float(dot.amount), "printed": dot.printed}
            | {"line": dot.line, "day": day}
        )
    return values


def _bars(drawing: Drawing) -> dict[str, Any]:
    """Bars that lie, so that long names can be read; what is printed stands at their ends."""
    number = len(drawing.dots)
    names = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": LABEL_WIDTH},
    }
    amounts = {
        "field": "amount",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {"title": drawing.unit or None, "titleAnchor": "end", "format": NUMBER, "tickCount": 5},
    }
    bar = {"type": "bar", "color": COLOUR, "height": {"band": 0.62}}
    ends = {"x": {"field": "end", "type": "quantitative"}, "text": {"field": "printed"}}
    return {
        "height": number * (CLOSE_STEP if number > MANY else BAR_STEP),
        "transform": [{"calculate": "max(datum.amount, 0)", "as": "end"}],
        "encoding": {"y": names},
        "layer": [
            {"mark": bar, "encoding": {"x": amounts}},
            {"mark": {**WORDS, "align": "left", "dx": 6}, "encoding": ends},
        ],
    }


def _line(drawing: Drawing) -> dict[str, Any]:
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
        scale = {"domain": lines, "range": list(COLOURS[: len(lines)])}
        legend = {"title": None, "orient": "top", "labelFontSize": FONT_SIZE, "labelLimit": LABEL_WIDTH}
        colour = {"field": "line", "type": "nominal", "scale": scale, "legend": legend}
    mark = {"type": "line", "point": {"size": 60}}
    layer: list[dict[str, Any]] = [{"mark": mark, "encoding": {"color": colour}}]
    if len(drawing.dots) <= MOST_LABELLED:
        layer.append({"mark": {**WORDS, "dy": -14}, "encoding": {"text": {"field": "printed"}}})
    return {"height": LINE_HEIGHT, "encoding": {"x": times, "y": amounts}, "layer": layer}


def _moment(day: date) -> dict[str, Any]:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}
