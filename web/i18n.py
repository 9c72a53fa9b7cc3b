"""The words of the page in Chinese and English, by key.

Each package keeps its own in ``words.json``: ``{"figures.title": ["数据", "Figures"]}``, Chinese
first, both with the same ``{names}``; ``{number:figure|figures}`` is one form for 1 and another for the
rest.  Three ways lead to them: ``words(language)("key", name=…)`` where the language is known (an event:
``language_of(request)``; a template: pass it ``words=``), ``label("key")`` for a property of a Gradio
widget, and ``both("key")`` for markup that is made before anyone visits.

What the packages below tell (``corpus.messages``) is Chinese already; ``messages.json`` has it in English
by its code: ``words(language).say(message)``, and ``.html(message)`` where it becomes markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from string import Formatter
from typing import Any, Literal, Protocol

import gradio as gr
from gradio.i18n import I18nData
from markupsafe import EscapeFormatter, Markup

from corpus.messages import Message
from web.markup import cleaned

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

# What the packages below tell, in English by its code, with the ``{names}`` of the Chinese.
MESSAGES: dict[str, str] = json.loads((_HERE / "messages.json").read_text(encoding="utf-8"))

CHINESE = re.compile("[\u3007\u3400-\u9fff]")


class _Plurals(Formatter):
    """Fills in ``{names}``; ``{number:figure|figures}`` is the form that fits the number."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        one, bar, more = format_spec.partition("|")
        if not bar:
            return super().format_field(value, format_spec)
        return one if str(value) == "1" else more


class _SafePlurals(_Plurals, EscapeFormatter):
    """The same into markup: what is filled in is escaped, and Chinese is marked as such."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        return _Plurals.format_field(self, value, format_spec) if format_spec else marked_chinese(value)


_PLAIN, _SAFE = _Plurals(), _SafePlurals(Markup.escape)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the page in one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key, its ``{names}`` filled in."""
        return _PLAIN.format(WORDS[key][LANGUAGES.index(self.language)], **values)

    def say(self, told: Message | str) -> str:
        """Return a message as text; one that has no words in this language stays as it is."""
        return self._filled(told, _PLAIN)

    def html(self, told: Message | str) -> Markup:
        """Return a message as markup, in which Chinese names and quotations are marked as Chinese."""
        said = self._filled(told, _SAFE)
        if isinstance(said, Markup):
            return said
        return marked_chinese(said) if self.language == "en" else Markup.escape(cleaned(said))

    def _filled(self, told: Message | str, formatter: Formatter) -> str:
        if isinstance(told, str) or self.language == "zh-CN" or told.code not in MESSAGES:
            return str(told)
        values = {name: self._value(value, formatter) for name, value in told.values}
        try:
            filled = formatter.format(MESSAGES[told.code], **values)
        except (LookupError, ValueError):  # a conversation that an older page kept
            return told.text
        return Markup(filled) if formatter is _SAFE else filled

    def _value(self, value: object, formatter: Formatter) -> object:
        if isinstance(value, Message):
            return self._filled(value, formatter)
        return ", ".join(value) if isinstance(value, tuple) else value


def marked_chinese(value: object) -> Markup:
    """Return a text as markup that says where it is Chinese, for those who listen."""
    if isinstance(value, Markup):
        return value
    text = cleaned(str(value))
    return (
        Markup('<span lang="zh-CN">{}</span>').format(text) if CHINESE.search(text) else Markup.escape(text)
    )


@cache
def words(language: Language) -> Words:
    """Return the words of a language.

    >>> words("en")("tab.figures")
    'Figures'
    """
    return Words(language)


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
