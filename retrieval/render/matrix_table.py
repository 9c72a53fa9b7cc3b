"""Reports side by side in words: a matrix as a table for a file, and as lines for a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pandas as pd

from corpus.messages import Message, says
from retrieval.facts.arithmetic import plain
from retrieval.facts.matrix import Entry, Matrix, Row
from retrieval.facts.statements import Statement
from retrieval.render.export import HEADS, Say
from retrieval.words.labels import labels_of
from retrieval.words.wording import BOUND_SIGNS, quantity

ABOUT = "≈"


def matrix_table(
    matrix: Matrix, say: Say = str, where: Callable[[Statement], str] | None = None
) -> pd.DataFrame:
    """Return a matrix as a table for a file: numbers are Decimals, heads name report and year.

    Each report has a column with where its figures stand, as ``where`` says it.
    """
    own: dict[Message, Callable[[Row], str]] = {
        HEADS["indicator"]: lambda row: row.indicator,
        HEADS["unit"]: lambda row: row.unit,
        says("matrix.change_unit", "变化单位"): lambda row: row.change_unit,
        says("matrix.difference_unit", "数量差单位"): lambda row: row.difference_unit,
        says("matrix.change_difference_unit", "变化差单位"): lambda row: row.change_difference_unit,
    }
    columns: dict[str, list[object]] = {
        say(head): [value(row) or None for row in matrix.rows] for head, value in own.items()
    }
    for place, head in enumerate(heads(matrix, say)):
        parts = {says("matrix.level", "{report} 数量", report=head): Row.level}
        parts[says("matrix.change", "{report} 变化", report=head)] = Row.change
        if place:
            parts[says("matrix.difference", "{report} 数量差", report=head)] = Row.level_difference
            parts[says("matrix.ratio", "{report} 相差（%）", report=head)] = Row.ratio
            parts[says("matrix.change_difference", "{report} 变化差", report=head)] = Row.change_difference
        for part, value in parts.items():
            columns[say(part)] = [value(row, place) for row in matrix.rows]
        source = say(says("matrix.source", "{report} 出处", report=head))
        columns[source] = [_source(row.entries[place], say, where or location) for row in matrix.rows]
    return pd.DataFrame(columns, dtype=object)


def heads(matrix: Matrix, say: Say = str) -> list[str]:
    """Return what stands over each report's columns: what it is called, and its year."""
    titles = [label.full for label in labels_of(matrix.reports).values()]
    return [
        say(says("matrix.year", "{report}（{year}年数据）", report=title, year=year)) if year else title
        for title, year in zip(titles, matrix.years, strict=True)
    ]


def location(statement: Statement) -> str:
    """Return where a figure stands, as a person would look it up."""
    figure, passage = statement.entry.figure, statement.passage
    return passage.location_of(figure.start - passage.start, figure.end - passage.start)


def _source(entry: Entry, say: Say, where: Callable[[Statement], str]) -> str | None:
    """Return where the figures of an entry stand, with their signs: None where there are none."""
    said = [
        says("matrix.stated", "{where}：{quantity}", where=where(one), quantity=quantity(one.entry.figure))
        for one in (entry.level, entry.change)
        if one
    ]
    if len(said) == 2:
        return say(says("matrix.both", "{one}；{other}", one=said[0], other=said[1]))
    return say(said[0]) if said else None


def matrix_lines(matrix: Matrix) -> list[tuple[str, ...]]:
    """Return the rows of a matrix in words, each report in two columns; differences are in brackets."""
    places = range(len(matrix.reports))
    return [
        (row.indicator, row.unit, *(text for place in places for text in _said(row, place)))
        for row in matrix.rows
    ]


def _said(row: Row, place: int) -> Iterator[str]:
    """Yield the amount and the growth that one report states, each with its difference from the first."""
    entry, level, change = row.entries[place], row.level(place), row.change(place)
    unit = "" if row.difference_unit == row.unit else row.difference_unit
    told = "" if level is None else f"{sign_of(entry.level)}{plain(level)}"
    yield told + _less(row.level_difference(place), row.level_is_exact(place), unit, place)
    told = "" if change is None else f"{sign_of(entry.change)}{signed(change)}{row.change_unit}"
    unit = row.change_difference_unit
    yield told + _less(row.change_difference(place), row.change_is_exact(place), unit, place)


def _less(difference: Decimal | None, exact: bool, unit: str, place: int) -> str:
    if not place or difference is None:
        return ""
    return f"（{'' if exact else ABOUT}{signed(difference)}{unit}）"


def sign_of(statement: Statement | None) -> str:
    """Return the sign of a figure's bound: ≥ for 突破, "" where it is exact."""
    return BOUND_SIGNS[statement.entry.figure.bound] if statement else ""


def signed(number: Decimal) -> str:
    """Return a number with its sign, without trailing zeros.

    >>> signed(Decimal("2.50")), signed(Decimal("-3")), signed(Decimal(0))
    ('+2.5', '-3', '0')
    """
    return f"+{plain(number)}" if number > 0 else plain(number)
