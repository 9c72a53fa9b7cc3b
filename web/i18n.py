"""The words of the page in Chinese and English, by key.

Each package keeps its own in ``words.json``: ``{"figures.title": ["数据", "Figures"]}``, Chinese
first, both with the same ``{names}``.  Three ways lead to them: ``words(language)("key", name=…)`` where the
language is known (an event: ``language_of(request)``; a template: pass it ``words=``), ``label("key")`` for a
property of a Gradio widget, and ``both("key")`` for markup that is made before anyone visits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any, Literal, Protocol

import gradio as gr
from gradio.i18n import I18nData
from markupsafe import Markup

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, Language] = ("zh-CN", "en")
# The cookie that holds a visitor's choice; without it the browser's own language counts.
COOKIE = "wenbao-language"

_HERE = Path(__file__).parent


class HasHeaders(Protocol):
    """A request of Gradio or Starlette."""

    @property
    def headers(self) -> Any: ...


def _tables() -> Iterator[tuple[str, str, str]]:
    for path in sorted(_HERE.rglob("words.json")):
        for key, (chinese, english) in json.loads(path.read_text(encoding="utf-8")).items():
            yield key, chinese, english


WORDS: dict[str, tuple[str, str]] = {key: (chinese, english) for key, chinese, english in _tables()}

Words = Callable[..., str]


@cache
def words(language: Language) -> Words:
    """Return the function that gives the text of a key in ``language``, its ``{names}`` filled in.

    >>> words("en")("tab.figures")
    'Figures'
    """
    column = LANGUAGES.index(language)

    def text(key: str, **values: object) -> str:
        return WORDS[key][column].format(**values)

    return text


def both(key: str) -> Markup:
    """Return the text of a key in both languages as HTML, of which the page shows its own."""
    chinese, english = WORDS[key]
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(
        chinese, english
    )


def label(key: str) -> I18nData:
    """Return the text of a key for a property of a widget (label, placeholder, a button's value)."""
    if key not in WORDS:
        raise KeyError(key)
    return I18nData(key)


def for_gradio() -> gr.I18n:
    """Return all words as Gradio wants them; it falls back on English."""
    tables = {
        language: {key: both[at] for key, both in WORDS.items()} for at, language in enumerate(LANGUAGES)
    }
    return gr.I18n(**tables, zh=tables["zh-CN"])


def language_of(request: HasHeaders | None) -> Language:
    """Return the language that a visitor chose, else the first of the browser's that the page has.

    Chinese where the browser names none.
    """
    headers = request.headers if request is not None else {}
    chosen = _cookie(headers.get("cookie") or "")
    for tag in (chosen, *(headers.get("accept-language") or "").split(",")):
        main = tag.strip().split(";")[0].split("-")[0].lower()
        if main in ("zh", "en"):
            return "en" if main == "en" else "zh-CN"
    return "zh-CN"


def _cookie(header: str) -> str:
    try:
        jar = SimpleCookie(header)
    except CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""
