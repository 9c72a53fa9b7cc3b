"""Telling: an answer put together of pieces, each of which knows what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import Passage
from corpus.messages import Message, says
from retrieval.answer import CitedFigure, Computation, Hit, Piece, Refusal
from retrieval.reader.quotation import Quotation
from retrieval.search.sentences import Span
from retrieval.words.wording import quantity

ENDS = "。；，,; "


@dataclass(frozen=True, slots=True)
class Reply:
    """What one kind of answer found; the names are those of ``Answer``."""

    found: bool
    pieces: tuple[Piece, ...]
    hits: tuple[Hit, ...] = ()
    figures: tuple[CitedFigure, ...] = ()
    quote: Span | None = None
    # Read off the ledger or the headings, an answer leaves no doubt.
    confidence: float = 1.0
    reason: Refusal | None = None

    @property
    def text(self) -> str:
        """The pieces, one after the other."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def computations(self) -> tuple[Computation, ...]:
        """What was computed for it."""
        return tuple(dict.fromkeys(piece.computation for piece in self.pieces if piece.computation))

    @property
    def marks(self) -> tuple[Span, ...]:
        """The spans of the text that hold what was asked for."""
        found: list[Span] = []
        position = 0
        for piece in self.pieces:
            found += [(start + position, end + position) for start, end in piece.marks]
            position += len(piece.text)
        return tuple(sorted(set(found)))


class Telling:
    """Collects the pieces of an answer in their order."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._item = 0
        self._items = 0

    def _add(self, piece: Piece) -> Telling:
        if piece.text:
            self.pieces.append(replace(piece, item=self._item))
        return self

    def words(self, code: str, chinese: str, /, **values: str | int | Message | tuple[str, ...]) -> Telling:
        """Add words of the program."""
        message = says(code, chinese, **values)
        return self._add(Piece("words", message.text, message))

    def mark(self, text: str) -> Telling:
        """Add a mark: ``；``, ``：``."""
        return self._add(Piece("words", text, Message(text)))

    def figure(self, figure: CitedFigure, text: str = "", marked: bool = False) -> Telling:
        """Add a figure, as printed with its signs where no other text is given."""
        text = text or quantity(figure)
        return self._add(Piece("figure", text, figure=figure, marks=((0, len(text)),) if marked else ()))

    def quote(self, quotation: Quotation, passage: Passage) -> Telling:
        """Add a quotation."""
        text, span, marks = quotation.text, quotation.span, quotation.marks
        return self._add(Piece("quote", text, passage=passage, span=span, marks=marks))

    def computed(self, computation: Computation, text: str) -> Telling:
        """Add a formula or its result."""
        return self._add(Piece("computation", text, computation=computation))

    def said(self, text: str) -> Telling:
        """Add words of the question, or a name or time as a report gives it."""
        return self._add(Piece("asked", text))

    def item(self, number: int = 0) -> Telling:
        """Begin an item of a list, numbered where ``number`` is given."""
        self._items += 1
        self._item = self._items
        message = Message(f"{number}. ", "item", (("number", number),))
        return self._add(Piece("words", message.text, message)) if number else self

    def end(self) -> Telling:
        """End the list: what follows is said of all."""
        self._item = 0
        return self

    def all_of(self, pieces: Sequence[Piece]) -> Telling:
        """Add the pieces of another answer, its items after those before."""
        before, own = self._items, self._item
        for piece in pieces:
            self._item = before + piece.item if piece.item else own
            self._items = max(self._items, self._item)
            self._add(piece)
        return self


def trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces without the marks that they end with."""
    kept = list(pieces)
    while kept and not kept[-1].text.rstrip(ENDS):
        kept.pop()
    if kept:
        last = kept[-1]
        text = last.text.rstrip(ENDS)
        marks = tuple((start, min(end, len(text))) for start, end in last.marks if start < len(text))
        message = last.message and replace(last.message, text=text)
        kept[-1] = replace(last, text=text, marks=marks, message=message)
    return kept
