"""Share: of what is computed for visitors, each has one thing at a time, and the others need not wait behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import gradio as gr
from starlette.requests import Request

# Questions that are answered at the same time: an answer is a computation, more only wait.
AT_ONCE = 2
# Questions of one visitor, and of all, that are answered or wait; the next is told to try again.
MOST_EACH, MOST = 8, 64
# Where the gate writes who has signed in.
USER = "wenbao.user"


class CrowdedError(Exception):
    """So much of a visitor, or of all, waits already that no more is taken."""


@dataclass(slots=True)
class _Visitor:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Shares:
    """Turns at a computation: ``AT_ONCE`` of all visitors, of each visitor one.

    Each visitor's own turns come in their order, and at most one of them waits among those of the
    others: who asks much waits for themself.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._visitors: dict[str, _Visitor] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn of a visitor, and keep it; raise CrowdedError where too many wait."""
        if sum(one.waiting for one in self._visitors.values()) >= MOST:
            raise CrowdedError
        visitor = self._visitors.setdefault(name, _Visitor())
        if visitor.waiting >= MOST_EACH:
            raise CrowdedError
        visitor.waiting += 1
        try:
            async with visitor.turn, self._places:
                yield
        finally:
            visitor.waiting -= 1
            if not visitor.waiting:
                del self._visitors[name]


def visitor_of(request: gr.Request | Request | None) -> str:
    """Return who visits: who has signed in, else the computer that the request comes from.

    Events of Gradio's come with a request of its own; what a page asks a widget's functions with the server's.
    """
    received = request.request if isinstance(request, gr.Request) else request
    if received is None:
        return ""
    scope = received.scope
    client = scope.get("client")
    return str(scope.get(USER) or (client[0] if client else ""))
