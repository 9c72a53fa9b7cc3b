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
from retrieval.answer import Answer, Piece

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
    told = _numbers(*_names(answer))
    if piece.kind == "words":
        # Not held to anything: what the program counted itself, and what it tells of the passages.
        passages = "\n".join(hit.passage.text for hit in answer.hits)
        own = (str(value) for value in _values(piece.message) if isinstance(value, int) or value in passages)
        free = _numbers(*own)
        yield from (number in told for number in numbers if number not in free)
    elif piece.kind == "asked":
        yield from (False for number in numbers if number not in told)
    elif piece.kind == "figure" and piece.figure is not None:
        figure = piece.figure
        printed = figure.passage.text[figure.start : figure.end] == figure.quote
        source = _numbers(f"{figure.quote} {figure.period} {figure.indicator} {figure.basis} {figure.unit}")
        yield from (printed and number in source for number in numbers) if numbers else (printed,)
    elif piece.kind == "quote" and piece.passage is not None and piece.span is not None:
        verbatim = piece.text.strip("…") == piece.passage.text[slice(*piece.span)].strip("…")
        # A table's cell is quoted with the name of its row.
        cells = (f"{one.indicator} {one.unit}" for one in answer.figures if one.passage == piece.passage)
        source = _numbers(piece.passage.text, *cells)
        yield from (verbatim or number in source for number in numbers)
        if not verbatim:  # numbers in Chinese characters, of a quotation that is put into other marks
            figures = extract_figures(piece.text)
            yield from (one.quote in piece.passage.text for one in figures if not NUMBER.search(one.quote))
    elif piece.kind == "computation" and piece.computation is not None:
        shown = _numbers(piece.computation.formula, piece.computation.result)
        yield from (number in shown for number in numbers)


def _numbers(*texts: str) -> set[str]:
    return set(NUMBER.findall(narrow("\n".join(texts))))


def _values(message: Message | None) -> Iterator[str | int]:
    """Yield what a message and those inside it are filled in with."""
    for _, value in message.values if message else ():
        if isinstance(value, Message):
            yield from _values(value)
        elif isinstance(value, str | int):
            yield value


def _names(answer: Answer) -> Iterator[str]:
    """Yield what may name a report or its parts: the question, titles, places of passages, names of figures."""
    yield from (answer.question, answer.understood)
    yield from (str(year) for year in (answer.query.years if answer.query else ()))
    for hit in answer.hits:
        passage = hit.passage
        yield from (passage.title, passage.report, passage.location, *passage.headings)
    for figure in answer.figures:
        yield from (figure.indicator, figure.period or "", figure.passage.report, figure.passage.title)
