"""Listed: what an answer counts up or compares, as lines that one can run an eye down.

``…：1. 甲 3万人；2. 乙 2万人；…`` and ``甲：产量 3万吨；乙：产量 2万吨。…``
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from web.markup import Span, marked

# With fewer a list is no easier to read than its sentence.
FEWEST = 3
# The head of an item; what it is called, and its amount behind the last blank, if it has one.
_HEAD = re.compile(r"(?<=[：；\n])(\d{1,2})\. ")
_PARTS = re.compile(r"(\d+\. )(.*?)(?: ([^ ；。\n]*\d[^ ；。\n]*))?([；。\n]?)", re.DOTALL)
# Where the last item ends; what follows is said of all.
_END = re.compile(r"[；。\n]|$")
# At least two whose names stand before what is said of them, and one of these.
_NAME, _SAID = r"[^：；。，“”\n]{1,40}：", r"[^：；。\n]+"
_NAMED = re.compile(rf"(?:{_NAME}{_SAID}；)+{_NAME}{_SAID}。")
_ONE = re.compile(rf"({_NAME})({_SAID})([；。])")


def listed(text: str, spans: Sequence[Span]) -> Markup:
    """Return ``text`` as HTML with its spans marked; its items, if it has some, each on a line of its own.

    No character is lost: what parts the items is there, though it is not seen.
    """
    if named := _NAMED.match(text):
        return _lines(
            text, [_named(text, one, spans) for one in _ONE.finditer(named[0])], *named.span(), spans
        )
    heads = [head for number, head in enumerate(_HEAD.finditer(text), 1) if int(head[1]) == number]
    if len(heads) < FEWEST:
        return marked(text, spans)
    end = _END.search(text, heads[-1].end())
    edges = [*(head.start() for head in heads), end.end() if end else len(text)]
    items = [_item(text, start, stop, spans) for start, stop in pairwise(edges)]
    return _lines(text, items, edges[0], edges[-1], spans)


def _lines(text: str, items: Sequence[Markup], start: int, stop: int, spans: Sequence[Span]) -> Markup:
    before, after = _part(text, 0, start, spans), _part(text, stop, len(text), spans)
    body = Markup("").join(items)
    return Markup('{}<span class="items">{}</span><span class="after">{}</span>').format(before, body, after)


def _named(text: str, one: re.Match[str], spans: Sequence[Span]) -> Markup:
    name, said, end = (_part(text, *one.span(group), spans) for group in range(1, 4))
    return Markup(
        '<span class="item"><span class="whom">{}</span>{}<span class="end">{}</span></span>'
    ).format(name, said, end)


def _item(text: str, start: int, stop: int, spans: Sequence[Span]) -> Markup:
    parts = _PARTS.fullmatch(text, start, stop)
    assert parts is not None  # it begins with a head, and anything may follow
    at, name, amount, end = (_part(text, *parts.span(group), spans) for group in range(1, 5))
    # The blank stands between the two, where it is stretched and copied.
    if parts[3]:
        blank = _part(text, parts.start(3) - 1, parts.start(3), spans)
        amount = Markup('{}<span class="amount">{}</span>').format(blank, amount)
    return Markup(
        '<span class="item"><span class="at">{}</span><span class="name">{}</span>{}'
        '<span class="end">{}</span></span>'
    ).format(at, name, amount, end)


def _part(text: str, start: int, stop: int, spans: Sequence[Span]) -> Markup:
    inside = [Span(span.start - start, span.end - start, span.style) for span in spans]
    return marked(text[max(start, 0) : max(stop, 0)], inside)
