"""Grounding: every number of an answer is that of a figure, in a quotation, or computed from figures.

The pieces of an answer are held to this before it is given; one that fails is withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.figures import extract_figures
from corpus.figures.numerals import narrow
from corpus.messages import Message, says
from retrieval.answer import Answer, Computation, Piece

NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
WITHDRAWN = says("refused.unproven", "这个答案没有通过数字核验，已经撤回。请看下面的原文，或换一种问法。")


def numbers_in(answer: Answer) -> tuple[int, int]:
    """Return how many numbers of an answer's text are proven, and how many there are.

    The answer's own counts of what it lists (共4处) and the question's numbers are no claims about a report.
    """
    verdicts = [verdict for piece in answer.pieces for verdict in _verdicts(piece, answer)]
    return sum(verdicts), len(verdicts)


def grounded(answer: Answer) -> Answer:
    """Return an answer as it is where each of its numbers is proven, else its withdrawal."""
    right, total = numbers_in(answer)
    if right == total:
        return answer
    piece = Piece("words", WITHDRAWN.text, WITHDRAWN)
    return replace(
        answer, found=False, text=WITHDRAWN.text, pieces=(piece,), quote=None, marks=(), reason="unproven"
    )


def _verdicts(piece: Piece, answer: Answer) -> Iterator[bool]:
    """Yield for each number of a piece whether it is proven."""
    numbers = NUMBER.findall(narrow(piece.text))
    if piece.kind == "words":
        own = {number for value in _counts(piece.message) for number in NUMBER.findall(value)}
        passages = "\n".join(hit.passage.text for hit in answer.hits)
        own |= {
            number for value in _told(piece.message) if value in passages for number in NUMBER.findall(value)
        }
        told = set(NUMBER.findall(narrow("\n".join(_names(answer)))))
        yield from (number in told for number in numbers if number not in own)
    elif piece.kind == "asked":
        told = set(NUMBER.findall(narrow("\n".join((*_asked(answer), *_names(answer))))))
        yield from (number in told for number in numbers if number not in told)
    elif piece.kind == "figure" and piece.figure is not None:
        figure = piece.figure
        printed = figure.passage.text[figure.start : figure.end] == figure.quote
        source = set(
            NUMBER.findall(
                narrow(f"{figure.quote} {figure.period} {figure.indicator} {figure.basis} {figure.unit}")
            )
        )
        yield from (printed and number in source for number in numbers)
        if not numbers:
            yield printed
    elif piece.kind == "quote" and piece.passage is not None and piece.span is not None:
        verbatim = piece.text.strip("…") == piece.passage.text[slice(*piece.span)].strip("…")
        source = set(NUMBER.findall(narrow(f"{piece.passage.text} {_of_figures(piece, answer)}")))
        yield from (verbatim or number in source for number in numbers)
        if not verbatim:  # numbers in Chinese characters, of a quotation that is put into other marks
            figures = extract_figures(piece.text)
            yield from (one.quote in piece.passage.text for one in figures if not NUMBER.search(one.quote))
    elif piece.kind == "computation" and piece.computation is not None:
        yield from (number in _terms(piece.computation) for number in numbers)


def _of_figures(piece: Piece, answer: Answer) -> str:
    """Return the names of the figures of a quoted passage: a table's cell is quoted with that of its row."""
    own = [one for one in answer.figures if one.passage == piece.passage]
    return " ".join(f"{one.indicator} {one.unit}" for one in own)


def _terms(computation: Computation) -> set[str]:
    """Return the numbers that a computation may show: its figures' and its result's, and what its formula adds."""
    return set(NUMBER.findall(narrow(f"{computation.formula} {computation.result}")))


def _counts(message: Message | None) -> Iterator[str]:
    """Yield what the program counted itself, of a message and those inside it."""
    for _, value in message.values if message else ():
        if isinstance(value, Message):
            yield from _counts(value)
        elif isinstance(value, int):
            yield str(value)


def _told(message: Message | None) -> Iterator[str]:
    """Yield the texts that a message is filled in with."""
    for _, value in message.values if message else ():
        if isinstance(value, Message):
            yield from _told(value)
        elif isinstance(value, str):
            yield value


def _asked(answer: Answer) -> Iterator[str]:
    yield from (answer.question, answer.understood)
    if answer.query is not None:
        yield from (str(year) for year in answer.query.years)


def _names(answer: Answer) -> Iterator[str]:
    """Yield what may name a report or its parts: titles, places of passages, names of figures, the question."""
    yield from _asked(answer)
    for hit in answer.hits:
        passage = hit.passage
        yield from (passage.title, passage.report, passage.location, *passage.headings)
    for figure in answer.figures:
        yield from (figure.indicator, figure.period or "", figure.passage.report, figure.passage.title)
