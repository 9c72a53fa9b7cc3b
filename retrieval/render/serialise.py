"""Answers, hits and figures as plain JSON values, under the names that they have in Python."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import Any

from corpus import Passage
from corpus.figures import Figure
from retrieval.answer import Answer, CitedFigure, Hit, Piece
from retrieval.query.query import Query


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """Return a passage as JSON values, its location in words among them."""
    values = {field.name: getattr(passage, field.name) for field in fields(passage)}
    return values | {"location": passage.location}


def figure_to_json(figure: Figure) -> dict[str, Any]:
    """Return a figure as JSON values; numbers are decimal strings, so that none is rounded."""
    values = {field.name: getattr(figure, field.name) for field in fields(figure) if field.name != "passage"}
    values = {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    if isinstance(figure, CitedFigure):
        values["passage"] = figure.passage.number
        values["location"] = figure.passage.location_of(figure.start, figure.end)
    return values


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON values."""
    values = {"score": hit.score, "ranks": dict(hit.ranks), "highlights": hit.highlights}
    alike = [passage_to_json(passage) for passage in hit.alike]
    return {"passage": passage_to_json(hit.passage), **values, "alike": alike}


def piece_to_json(piece: Piece) -> dict[str, Any]:
    """Return a piece of an answer as JSON values; what stands behind it is told with the hits and figures."""
    source = piece.passage or (piece.figure.passage if piece.figure else None)
    return {
        "kind": piece.kind,
        "text": piece.text,
        "item": piece.item,
        "marks": piece.marks,
        "passage": source.number if source else None,
        "report": source.report if source else None,
    }


def query_to_json(query: Query) -> dict[str, Any]:
    """Return what a query names and asks for as JSON values."""
    return {
        "text": query.text,
        "asks": query.asks,
        "purpose": query.purpose,
        "topic": query.topic,
        "named": [
            {"name": one.name, "kind": one.kind, "reports": sorted(one.reports)} for one in query.named
        ],
        "years": query.years,
        "report_years": query.report_years,
        "level": query.level,
    }


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as JSON values."""
    values = {field.name: getattr(answer, field.name) for field in fields(answer)}
    return values | {
        "hits": [hit_to_json(hit) for hit in answer.hits],
        "figures": [figure_to_json(figure) for figure in answer.figures],
        "pieces": [piece_to_json(piece) for piece in answer.pieces],
        "query": query_to_json(answer.query) if answer.query else None,
        "computations": [
            {
                "formula": computation.formula,
                "result": computation.result,
                "figures": [figure_to_json(figure) for figure in computation.figures],
            }
            for computation in answer.computations
        ],
    }
