"""Listed: the text of an answer, drawn from its pieces: its items, if it has some, each on a line of its own.

In English the program's own words are English; what a report or a question says stays Chinese, and is marked as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Annotated, Literal, NamedTuple

from markupsafe import Markup
from pydantic import Field

from corpus.messages import Message
from retrieval.answer import Piece
from web.i18n import CHINESE, Words
from web.markup import Span, cleaned, marked
from web.quantity import computed_said

# With fewer a list is no easier to read than its sentence.
FEWEST = 2
# A question that can be asked by pressing it, and the number before an item.
SAMPLE, NUMBER = "assistant.sample", "item"
# What parts items or ends a list, and what a message loses where its text was cut there.
_ENDS = "；。\n"
_CUT = "。；，,;. "
_ENGLISH_MARKS = str.maketrans(
    {"；": "; ", "。": ". ", "，": ", ", "、": ", ", "：": ": ", "（": " (", "）": ")"}
)
# English words stand apart from what is beside them, but for these.
_SENTENCE_ENDS = tuple(".?!。？！")
_OPENING, _CLOSING = tuple("(“‘《 \n"), tuple(")”’》,.;:?! \n")

_NOTHING = Markup("")

Kind = Literal["words", "figure", "quote", "computation", "asked"]


class Part(NamedTuple):
    """So many characters of an answer's text, as a browser keeps them: see ``retrieval.answer.Piece``."""

    length: Annotated[int, Field(ge=0)]
    kind: Kind
    item: Annotated[int, Field(ge=0)] = 0
    message: Message | None = None


def parts_of(pieces: Sequence[Piece]) -> tuple[Part, ...]:
    """Return the pieces of an answer as the page needs them; a message without a code is its text."""
    return tuple(
        Part(
            len(piece.text),
            piece.kind,
            piece.item,
            piece.message if piece.message and piece.message.code else None,
        )
        for piece in pieces
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A part with its text, where that begins, and how it is shown: as text, and as markup."""

    part: Part
    text: str
    start: int
    said: str = ""
    html: Markup = _NOTHING

    @property
    def code(self) -> str:
        return self.part.message.code if self.part.message else ""


def listed(text: str, spans: Sequence[Span], parts: Sequence[Part], words: Words) -> Markup:
    """Return the text of an answer as markup with its spans marked; as it is where its parts are not known.

    In Chinese no character is lost: what parts the items is there, though it is not seen.
    """
    if not parts or sum(part.length for part in parts) != len(text):
        return _in_chinese(marked(text, spans))
    draw = _in_words if words.language == "en" else _as_it_is
    shown = list(draw(list(_cut(text, parts)), spans, words))
    lines = len({one.part.item for one in shown} - {0}) >= FEWEST
    runs = [(bool(in_list), list(run)) for in_list, run in groupby(shown, lambda one: one.part.item > 0)]
    drawn, listed_before = [], False
    for in_list, run in runs:
        if lines and in_list:
            items = [_item(list(item)) for _, item in groupby(run, lambda one: one.part.item)]
            drawn.append(_span("items", Markup("").join(items)))
            listed_before = True
        else:
            drawn.append(_span("after", _joined(run)) if listed_before else _joined(run))
    body = Markup("").join(drawn)
    return body if words.language == "en" else _in_chinese(body)


def _cut(text: str, parts: Sequence[Part]) -> Iterator[_Shown]:
    """Yield the parts with their texts: what ends a list goes with its last item, a blank stands by itself."""
    item = 0
    for part, start in zip(parts, accumulate((part.length for part in parts), initial=0), strict=False):
        own = text[start : start + part.length]
        if item and not part.item and part.kind == "words" and own.startswith(tuple(_ENDS)):
            yield _Shown(Part(1, "words", item), own[0], start)
            own, start = own[1:], start + 1
        body = own.rstrip(" ") if part.kind == "asked" else own
        for piece, kept in ((body, part), (own[len(body) :], Part(0, "words", part.item))):
            if piece:
                yield _Shown(kept._replace(length=len(piece)), piece, start)
                start += len(piece)
        item = part.item


# ---- Words


def _as_it_is(cut: Sequence[_Shown], spans: Sequence[Span], words: Words) -> Iterator[_Shown]:
    for one in cut:
        yield replace(one, said=one.text, html=_marked(one, spans))


def _in_words(cut: Sequence[_Shown], spans: Sequence[Span], words: Words) -> Iterator[_Shown]:
    """Yield the parts in English words, with what is not said in English as it is."""
    before, told = "", False
    for one in cut:
        own = one.part.kind == "words"
        said, html = _said(one, spans, words)
        if before.rstrip(" ”").endswith(_SENTENCE_ENDS) or not before:
            said, html = said[:1].upper() + said[1:], html[:1].upper() + html[1:] if own else html
        if before and (own or told) and not before.endswith(_OPENING) and not said.startswith(_CLOSING):
            html = Markup(" {}").format(html)
        before, told = said or before, own
        yield replace(one, said=said, html=html)


def _said(one: _Shown, spans: Sequence[Span], words: Words) -> tuple[str, Markup]:
    """Return a part in English, as text and as markup."""
    message = one.part.message
    if message is not None and one.part.kind == "words":
        return _trimmed(words.say(message), one.text), Markup(_trimmed(words.html(message), one.text))
    if one.part.kind == "computation":
        # A result by itself is said as in its formula.
        said = computed_said(f"= {one.text}", words).removeprefix("= ")
        return said, words.html(said)
    if one.part.kind == "words" and not CHINESE.search(one.text):
        said = one.text.translate(_ENGLISH_MARKS)
        return said, Markup.escape(cleaned(said))
    html = _marked(one, spans)
    return one.text, _in_chinese(html) if CHINESE.search(one.text) else html


def _trimmed(said: str, text: str) -> str:
    """Return English words without the marks at their ends that the Chinese text has not, where it was cut."""
    said = said if text[:1] in _CUT else said.lstrip(_CUT)
    return said if text[-1:] in _CUT else said.rstrip(_CUT)


# ---- Lines


def _item(shown: list[_Shown]) -> Markup:
    """Return an item as a line: its number, its name and its amount where it has them, and its end unseen."""
    at = len(shown)
    while at and not shown[at - 1].text.strip(_ENDS):
        at -= 1
    shown, end = shown[:at], shown[at:]
    number, shown = _while(shown, lambda one: one.code == NUMBER)
    body = _whom(shown) or _columns(shown) or _span("name", _joined(shown))
    return _span(
        "item", Markup("{}{}{}").format(_span("at", _joined(number)), body, _span("end", _joined(end)))
    )


def _columns(shown: list[_Shown]) -> Markup | None:
    """Return a name and its amounts, between which the blank stands, where it is stretched and copied."""
    name, amount = _while(shown, lambda one: one.part.kind in ("asked", "words"))
    if not amount or amount[0].part.kind != "figure" or any(one.part.kind == "quote" for one in amount):
        return None
    if not name or name[-1].text != " ":
        return None
    return Markup("{} {}").format(_span("name", _joined(name[:-1])), _span("amount", _joined(amount)))


def _whom(shown: list[_Shown]) -> Markup | None:
    """Return what an item is of, and what is said of it: 甲县：藏书量 6万册."""
    name, said = shown[:2], shown[2:]
    if len(name) < 2 or name[0].part.kind != "asked" or not name[1].text.startswith("："):
        return None
    return Markup("{}{}").format(_span("whom", _joined(name)), _joined(said))


def _while(shown: list[_Shown], holds: Callable[[_Shown], bool]) -> tuple[list[_Shown], list[_Shown]]:
    at = next((number for number, one in enumerate(shown) if not holds(one)), len(shown))
    return shown[:at], shown[at:]


def _joined(shown: Sequence[_Shown]) -> Markup:
    return Markup("").join(_pressed(one) if one.code == SAMPLE else one.html for one in shown)


def _pressed(one: _Shown) -> Markup:
    """Return a sample question as a button that asks it."""
    question = cleaned(one.text.strip("“”"))
    button = '<button type="button" class="chip" data-question="{}" lang="zh-CN">{}</button>'
    return Markup(button).format(question, question)


def _marked(one: _Shown, spans: Sequence[Span]) -> Markup:
    return marked(one.text, [Span(start - one.start, end - one.start, style) for start, end, style in spans])


def _span(style: str, body: Markup) -> Markup:
    return Markup('<span class="{}">{}</span>').format(style, body) if body else Markup("")


def _in_chinese(html: Markup) -> Markup:
    return Markup('<span lang="zh-CN">{}</span>').format(html)
