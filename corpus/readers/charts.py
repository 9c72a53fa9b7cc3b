"""Charts of office files: the numbers that they draw, kept in the file beside the drawing."""

from __future__ import annotations

from corpus.readers.ooxml import A, C, Element
from corpus.tables import Cell

MOST_POINTS = 2000  # of a series; more are a curve, no figures to read
KEPT = f"{C}strCache", f"{C}numCache", f"{C}strLit", f"{C}numLit"


def chart_cells(root: Element) -> tuple[str, list[Cell]]:
    """Return a chart's title and its series as a table, a category a row."""
    title = root.find(f"{C}chart/{C}title")
    words = "".join(text.text or "" for text in title.iter(f"{A}t")) if title is not None else ""
    cells: list[Cell] = []
    for column, series in enumerate(root.iter(f"{C}ser"), start=1):
        names = _points(series.find(f"{C}tx"))
        cells.append(Cell(names.get(0, f"系列{column}"), 0, column))
        if column == 1:
            categories = _points(series.find(f"{C}cat"))
            cells += [Cell(text, row + 1, 0) for row, text in categories.items()]
        values = _points(series.find(f"{C}val"))
        cells += [Cell(text, row + 1, column) for row, text in values.items()]
    return words.strip(), cells


def _points(reference: Element | None) -> dict[int, str]:
    """Return the texts or numbers of a reference by their place, as the file keeps them."""
    if reference is None:
        return {}
    kept = next((found for found in reference.iter(*KEPT)), None)
    if kept is None:
        return {}
    percent = "%" in (kept.findtext(f"{C}formatCode") or "")
    points = list(kept.iterchildren(f"{C}pt"))[:MOST_POINTS]
    return {
        int(point.get("idx", "0")): _shown(point.findtext(f"{C}v") or "", percent, kept.tag in KEPT[1::2])
        for point in points
        if point.get("idx", "0").isdecimal()
    }


def _shown(value: str, percent: bool, numeric: bool) -> str:
    """Return a number as a chart labels it: not 29.299999999999997, and 5% for 0.05."""
    if not numeric:
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return f"{number * 100:.10g}%" if percent else f"{number:.12g}"
