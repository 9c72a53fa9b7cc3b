"""Kind: what a kind of answer offers, and which there are: each module of ``retrieval.answers`` with a ``KIND``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from retrieval import answers as room
from retrieval.answering.context import Context
from retrieval.answering.telling import Reply
from retrieval.query.query import Query


class Kind(Protocol):
    """A kind of question with its answer.

    ``examples`` are questions of this kind.  ``propose`` tells how likely a query is of it, 0 where it is
    not; ``answer`` returns None where the reports show that it is another kind after all.
    """

    name: str
    examples: Sequence[str]

    def propose(self, query: Query) -> float:
        """Return how likely a query is of this kind, 0 to 1."""
        ...

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Answer a query, or say why the reports do not; None where it is of another kind."""
        ...


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the kinds of answers, in no order that means anything."""
    modules = (import_module(f"{room.__name__}.{found.name}") for found in iter_modules(room.__path__))
    return tuple(module.KIND for module in modules if hasattr(module, "KIND"))


def respond(context: Context, query: Query, among: Sequence[Kind] | None = None) -> Reply:
    """Answer a query in the kind that proposes most; the next ones stand by where it is none of theirs."""
    proposals = {kind.name: (kind.propose(query), kind) for kind in among or kinds()}
    for name in sorted(proposals, key=lambda name: (-proposals[name][0], name)):
        score, kind = proposals[name]
        if score > 0 and (reply := kind.answer(context, query)):
            return reply
    raise AssertionError("a passage can be told of every query")
