"""Answers, hits and figures as plain JSON values, under the names that they have in Python."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from corpus import Passage
from index.ledger import FIGURE_FIELDS
from retrieval.answer import CitedFigure, Piece
from retrieval.query.query import Named, Query

# What is told of a question and of what it names, and of a piece of an answer: the rest is told with the
# hits and figures.
TOLD: dict[type, tuple[str, ...]] = {
    Query: ("text", "asks", "purpose", "topic", "named", "years", "report_years", "level"),
    Named: ("name", "kind", "reports"),
    Piece: ("kind", "text", "item", "marks"),
    CitedFigure: FIGURE_FIELDS,
}


def to_json(value: Any) -> Any:
    """Return an answer, or a part of one, as JSON values; numbers are decimal strings, so that none is rounded."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | frozenset):
        return [to_json(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
    if not is_dataclass(value):
        return value
    names = TOLD.get(type(value)) or [field.name for field in fields(value)]
    told = {name: to_json(getattr(value, name)) for name in names}
    if isinstance(value, Passage):
        told["location"] = value.location
    elif isinstance(value, CitedFigure):
        told["passage"] = value.passage.number
        told["location"] = value.passage.location_of(value.start, value.end)
    elif isinstance(value, Piece):
        source = value.passage or (value.figure and value.figure.passage)
        told |= {"passage": source and source.number, "report": source and source.report}
    return told
