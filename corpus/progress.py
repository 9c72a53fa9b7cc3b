"""How a reader tells, page by page, that a long recognition goes on.

Each word of it renews the reader's time (``Limits.seconds``) and reaches the page; where nobody
listens it is lost.
"""

from __future__ import annotations

from collections.abc import Callable

OnPage = Callable[[int, int], None]
_listeners: list[OnPage] = []


def tell_page(done: int, total: int) -> None:
    """Say that ``done`` of ``total`` pages are recognised."""
    for listener in _listeners:
        listener(done, total)


def listen(listener: OnPage) -> None:
    """Let ``listener`` hear, to the end of the process, what ``tell_page`` is told."""
    _listeners.append(listener)
