"""How a reader tells that a long reading goes on.

Each word of it renews the reader's time (``Limits.seconds``), and that of pages reaches the user;
where nobody listens it is lost.
"""

from __future__ import annotations

from collections.abc import Callable

OnPage = Callable[[int, int], None]
_listeners: list[OnPage] = []


def tell_page(done: int, total: int) -> None:
    """Say that ``done`` of ``total`` pages are recognised."""
    for listener in _listeners:
        listener(done, total)


def tell_alive() -> None:
    """Say that the reading goes on; for what is too quick to be counted, such as a page of text."""
    tell_page(0, 0)


def listen(listener: OnPage) -> None:
    """Let ``listener`` hear, to the end of the process, what ``tell_page`` is told."""
    _listeners.append(listener)
