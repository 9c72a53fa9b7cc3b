"""Kind: what a kind of answer offers, and which there are: the modules of ``retrieval.answers`` that propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from retrieval import answers as room
from retrieval.answering.context import Context
from retrieval.answering.telling import Reply
from retrieval.query.query import Query


class Kind(Protocol):
    """A kind of question with its answer; ``examples`` are questions of this kind."""

    examples: Sequence[str]

    def propose(self, query: Query) -> float:
        """Return how likely a query is of this kind, 0 to 1."""
        ...

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Answer a query, or say why the reports do not; None where they show that it is of another kind."""
        ...


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of answers by their names, in no order that means anything."""
    modules = {one.name: import_module(f"{room.__name__}.{one.name}") for one in iter_modules(room.__path__)}
    return {name: cast(Kind, module) for name, module in modules.items() if hasattr(module, "propose")}


def respond(context: Context, query: Query) -> Reply:
    """Answer a query in the kind that proposes most; the next ones stand by where it is none of theirs."""
    proposals = sorted((-kind.propose(query), name) for name, kind in kinds().items())
    replies = (kinds()[name].answer(context, query) for score, name in proposals if score < 0)
    # A passage can be told of every query.
    return next(reply for reply in replies if reply)
