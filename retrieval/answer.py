"""The nouns of an answer: Hit, CitedFigure, Piece and Answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.document import Passage
from corpus.figures.figure import Figure
from corpus.messages import Message
from retrieval.query.query import Query

Refusal = Literal["empty", "too_long", "chit_chat", "place", "year", "indicator", "topic", "unproven"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found for a question.

    ``score`` is comparable within one answer only; higher is better. ``ranks`` gives the
    passage's place, counted from 1, in each ranking that found it (``{"dense": 1,
    "keyword": 3}``). ``highlights`` are the spans of ``passage.text`` that match the
    question's words, sorted and apart; characters, half-open.  ``alike`` are passages that say the
    same in nearly the same words (the copy in another report), which are not hits of their own.
    """

    passage: Passage
    score: float
    ranks: dict[str, int]
    highlights: tuple[tuple[int, int], ...] = ()
    alike: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedFigure(Figure):
    """A figure in its passage: ``passage.text[start:end] == quote``."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Computation:
    """What was computed from figures: the formula with its numbers, its result, and the figures."""

    formula: str
    result: str
    figures: tuple[CitedFigure, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer's text, and what stands behind it.

    words        words of the program, with the ``message`` that says them in another language
    figure       a figure as printed, with its signs
    quote        ``passage.text[span]`` as it is, or a table's row in words
    computation  a formula or its result
    asked        words of the question, or a time or a name as a report gives it

    ``item`` is the number of the list item that it belongs to, counted from 1; 0 for none.  ``marks`` are
    spans of ``text``.
    """

    kind: Literal["words", "figure", "quote", "computation", "asked"]
    text: str
    message: Message | None = None
    figure: CitedFigure | None = None
    passage: Passage | None = None
    span: tuple[int, int] | None = None
    computation: Computation | None = None
    marks: tuple[tuple[int, int], ...] = ()
    item: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reports say to a question, with the evidence.

    question    as it was asked
    understood  as it was understood: a follow-up is completed from the history
    found       False when the reports do not say
    text        the answer in one or two sentences, quoted; for ``found=False`` what is
                missing and the nearest thing that the reports do say
    quote       the span of ``hits[0].passage.text`` that ``text`` quotes, if it does
    marks       the spans of ``text`` that hold what was asked for: the figure or the name
    hits        best first
    figures     the figures of the best passages, the one asked for first
    computations  what was computed for it; a number of ``text`` that no passage prints is here
    reason      why nothing was found; None where ``found``
    confidence  the probability that it answers the question, 0 to 1
    pieces      what ``text`` is made of, in its order
    query       the question as data: what a reader may change
    note        what an asker should know beside: of which place the answer is where the question names none
    seconds     the time that the answer took
    """

    question: str
    understood: str
    found: bool
    text: str
    hits: tuple[Hit, ...] = ()
    figures: tuple[CitedFigure, ...] = ()
    quote: tuple[int, int] | None = None
    marks: tuple[tuple[int, int], ...] = ()
    computations: tuple[Computation, ...] = ()
    reason: Refusal | None = None
    confidence: float = 0.0
    note: str = ""
    pieces: tuple[Piece, ...] = ()
    query: Query | None = None
    seconds: float = 0.0
