"""Answers as HTML: the conversation on one side, the evidence on the other. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from corpus.document import Report
from index.manifest import ReportEntry
from retrieval.answer import Answer, CitedFigure, Computation, Hit
from retrieval.facts.arithmetic import amount_of, plain
from retrieval.retriever import LONGEST_QUESTION
from retrieval.suggestions import Suggestion
from retrieval.words.labels import labels_of
from web.chart import chart_of, drawn_height, vega_lite
from web.cited import is_used, passage_number, place, report_name
from web.feedback import REASONS
from web.i18n import Words
from web.listed import listed
from web.markup import marked, templates
from web.quantity import bound_words, computed_said, kind_words, number_and_unit, unit_said
from web.sheets import sheets_of
from web.table import downloads
from web.told import Told

# A report of the index by its name, as it was read.
Whole = Callable[[str], Report]


class Evidence(NamedTuple):
    """What supports an answer, from top to bottom.

    ``computed`` (HTML) is what was computed, ``chart`` a Vega-Lite specification or None, ``height`` how
    high it will be in pixels, ``passages`` (HTML) the passages and all the figures.
    """

    computed: str
    chart: dict[str, Any] | None
    height: int
    passages: str


def welcome(examples: Sequence[str], words: Words) -> str:
    """Return what stands in the place of a conversation before its first question."""
    return _WELCOME.render(examples=examples, words=words)


def composer(reports: Sequence[ReportEntry], words: Words) -> str:
    """Return the box to ask in, with the lists and windows around it."""
    return _COMPOSER.render(reports=reports, labels=labels_of(reports), limit=LONGEST_QUESTION, words=words)


def turn(told: Told, words: Words, coming: Sequence[Suggestion] = ()) -> str:
    """Return one question and its answer; a place is kept for the follow-ups that are ``coming``."""
    located = any(location in told.text for location in told.locations)
    return _TURN.render(told=told, located=located, coming=coming, words=words, reasons=REASONS)


def evidence(
    answer: Answer | None, reports: Sequence[ReportEntry], whole: Whole, generation: str, words: Words
) -> Evidence:
    """Return what supports ``answer``; the ``reports`` where there is nothing to support."""
    if answer is None or not answer.hits:
        held = _REPORTS.render(reports=reports, labels=labels_of(reports), generation=generation, words=words)
        return Evidence("", None, 0, held)
    identities = {entry.name: entry.identity for entry in reports}
    chart = chart_of(answer, identities, words)
    return Evidence(
        _COMPUTED.render(answer=answer, words=words) if answer.computations else "",
        vega_lite(chart, words) if chart else None,
        drawn_height(chart) if chart else 0,
        _PASSAGES.render(
            answer=answer,
            sheets=sheets_of(answer, reports, whole, generation, words),
            charted=chart is not None,
            downloads=downloads(answer.figures, identities, words) if answer.figures else (),
            words=words,
        ),
    )


def passages_only(
    hits: Sequence[Hit], reports: Sequence[ReportEntry], whole: Whole, generation: str, words: Words
) -> Evidence:
    """Return passages that were found while the answer is still being worked on."""
    return evidence(Answer("", "", False, "", hits=tuple(hits)), reports, whole, generation, words)


def duration(seconds: float, words: Words) -> str:
    """Return a time as a person reads it: ``38 毫秒``, ``1.2 秒``."""
    return words("time.ms", n=f"{seconds * 1000:.0f}") if seconds < 1 else words("time.s", n=f"{seconds:.1f}")


def _formula_parts(
    computation: Computation, answer: Answer, words: Words
) -> Iterator[tuple[str, int | None]]:
    """Yield the pieces of a formula in order, each number of a cited passage with the passage's number."""
    formula, at = computation.formula, 0
    for figure in computation.figures:
        number = re.escape(plain(abs(figure.value)))
        found = re.compile(rf"(?<![\d.]){number}(?![\d.]){re.escape(figure.unit)}").search(formula, at)
        cited = passage_number(figure, answer)
        if found and cited:
            yield formula[at : found.start()], None
            yield found[0], cited
            at = found.end()
    yield computed_said(formula[at:], words), None


def _amount(figure: CitedFigure) -> str:
    """Return by what a figure is sorted: its amount in its base unit, a fall below 0."""
    return f"{amount_of(figure)[0]:f}"


templates.globals.update(marked=marked, listed=listed)
templates.filters.update(
    duration=duration,
    place=place,
    report_name=report_name,
    passage_number=passage_number,
    number_and_unit=number_and_unit,
    kind_words=kind_words,
    computed_said=computed_said,
    unit_said=unit_said,
    amount=_amount,
    formula_parts=_formula_parts,
    bound_words=bound_words,
)
templates.tests.update(asked=is_used)
_WELCOME = templates.get_template("welcome.html")
_COMPOSER = templates.get_template("composer.html")
_TURN = templates.get_template("turn.html")
_REPORTS = templates.get_template("reports.html")
_COMPUTED = templates.get_template("computed.html")
_PASSAGES = templates.get_template("passages.html")
