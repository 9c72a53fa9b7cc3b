"""Dialogue: the answer to a question after those before it, in the reading that the reports answer best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from retrieval.answering.context import Context
from retrieval.answering.kind import respond
from retrieval.answering.telling import Reply
from retrieval.query.dialogue import merged
from retrieval.query.parse import parse
from retrieval.query.query import Query
from retrieval.query.spelling import Names, reworded
from retrieval.reader.confidence import SURE

# Another place or year is not answered by other words.
WORTH_ANOTHER_TRY = ("indicator", "topic")
LEAST_RESPELLED = 0.3  # confidence from which on an answer to other words is taken for one
MOST_TRIES = 2
MOST_TURNS = 8


def respond_to(
    context: Context, text: str, history: Sequence[str], names: Callable[[], Names]
) -> tuple[Query, Reply]:
    """Return a question as it was understood, and what the reports say to it."""
    turns: list[Query] = []
    readings: list[Query] = []
    for said in (*history[-MOST_TURNS:], text):
        readings = merged(parse(said, context.reports), turns, context.known)
        turns.append(readings[0])
    query, reply = readings[0], respond(context, readings[0])
    if reply.found and reply.confidence >= SURE:
        return query, reply
    for other in (*readings[1:], *(other for one in readings for other in reworded(one))):
        further = respond(context, other)
        # Of equals the later reading goes on with what was asked about before, or is in the reports' words.
        if further.found and further.confidence >= reply.confidence * reply.found:
            query, reply = other, further
    if reply.found or reply.reason not in WORTH_ANOTHER_TRY or query.focus:
        return query, reply
    for respelled in islice(names().respelled(text), MOST_TRIES):
        other = parse(respelled, context.reports)
        further = respond(context, other)
        if further.found and further.confidence >= LEAST_RESPELLED:
            return other, further
    return query, reply
