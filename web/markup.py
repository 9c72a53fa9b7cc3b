"""Text as HTML: whatever a report, a file name or a question holds is shown as text.

``templates`` escapes every value it prints; ``marked`` is the only other way from text to
HTML. Both first drop what is invisible yet changes what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

# Control characters but tab and newline, direction marks, overrides and isolates, byte order mark.
_INVISIBLE = (
    *range(0x09),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    *range(0x200E, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
)
# Half a surrogate pair cannot be written as UTF-8: it would break the response.
_SURROGATES = range(0xD800, 0xE000)
_CLEANED: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE, None),
    **dict.fromkeys(_SURROGATES, "\N{REPLACEMENT CHARACTER}"),
}


class Span(NamedTuple):
    """A stretch of a text (characters, half-open) and the CSS class that it is shown with."""

    start: int
    end: int
    style: str


def cleaned(text: str) -> str:
    """Return ``text`` without control characters, direction overrides and half surrogates.

    >>> cleaned("产值\\u202e\\x00 100\\ud800")
    '产值 100\N{REPLACEMENT CHARACTER}'
    """
    return text.translate(_CLEANED)


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """Return ``text`` as HTML with its spans in ``<mark>``; they may overlap or pass its end.

    Where spans overlap, the overlap is one ``<mark>`` with the classes of both.

    >>> print(marked("增长30%", [Span(2, 5, "figure"), Span(0, 3, "word")]))
    <mark class="word">增长</mark><mark class="figure word">3</mark><mark class="figure">0%</mark>
    """
    inside = [Span(max(start, 0), min(end, len(text)), style) for start, end, style in spans]
    kept = [span for span in inside if span.start < span.end]
    cuts = sorted({0, len(text), *(edge for span in kept for edge in span[:2])})
    return Markup("").join(_segment(text[start:end], start, end, kept) for start, end in pairwise(cuts))


def _segment(text: str, start: int, end: int, spans: Sequence[Span]) -> Markup:
    styles = sorted({span.style for span in spans if span.start <= start and end <= span.end})
    shown = cleaned(text)
    if not styles or not shown:
        return escape(shown)
    return Markup('<mark class="{}">{}</mark>').format(" ".join(styles), shown)


def local_time(created: str) -> str:
    """Return an ISO 8601 time as a person here reads it."""
    return f"{datetime.fromisoformat(created).astimezone():%Y-%m-%d %H:%M}"


def _printed(value: object) -> object:
    """Clean what a template is about to print; it is escaped afterwards."""
    return cleaned(value) if isinstance(value, str) and not isinstance(value, Markup) else value


templates = Environment(
    loader=PackageLoader("web"),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_printed,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters["local_time"] = local_time
