"""Messages: what the user is told, in Chinese, with what another language needs to say it, too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the user: ``text`` in Chinese; its ``code`` and ``values`` for other languages.

    A value may be a message itself (the reason inside a sentence), or several names. ``code`` is
    empty where there is the Chinese text alone.
    """

    text: str
    code: str = ""
    values: tuple[tuple[str, str | int | Message | tuple[str, ...]], ...] = ()

    def __str__(self) -> str:
        return self.text


def says(code: str, chinese: str, /, **values: str | int | Message | tuple[str, ...]) -> Message:
    """Return a message whose ``{names}`` are filled in; several names are joined as Chinese does it.

    >>> print(says("file.pages", "“{name}”有 {pages} 页。", name="年报.pdf", pages=3))
    “年报.pdf”有 3 页。
    """
    told = {
        name: "、".join(value) if isinstance(value, tuple) else str(value) for name, value in values.items()
    }
    return Message(chinese.format(**told), code, tuple(values.items()))


def as_message(told: Message | str) -> Message:
    """Return what is told as a message; a plain text has no code."""
    return told if isinstance(told, Message) else Message(told)
