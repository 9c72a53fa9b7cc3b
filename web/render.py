"""Answers as HTML: the conversation on one side, the evidence on the other. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import Markup

from corpus.document import Passage
from index.manifest import ReportEntry
from retrieval.arithmetic import amount_of, plain
from retrieval.explain import BOUND_WORDS, explain
from retrieval.proof import numbers_in
from retrieval.results import Answer, CitedFigure, Computation, Hit
from retrieval.sentences import clause_spans
from retrieval.wording import BOUND_SIGNS, STATUS_NAMES, quantity
from web.chart import chart_of, vega_lite
from web.markup import Span, marked, templates
from web.quantity import kind_name, number_and_unit
from web.table import downloads

# Characters from which a quotation is too long to be read at a glance.
LONG_QUOTATION = 50
# Changes and ranks that are shown beside the asked figure.
MOST_BESIDE = 3
# Sources that are named one by one under an answer.
MOST_NAMED = 3
# Characters of a question that are shown: enough to recognise it by.
QUESTION_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and its answer, None while it is being looked for."""

    question: str
    answer: Answer | None = None


def conversation(turns: Sequence[Turn], examples: Sequence[str], shown: int | None = None) -> str:
    """Return the conversation as HTML, or the welcome with ``examples`` where it is empty.

    ``shown`` is the index in ``turns`` of the answer whose evidence stands beside it.
    """
    return _CONVERSATION.render(turns=turns, examples=examples, shown=shown)


class Evidence(NamedTuple):
    """What supports an answer, from top to bottom.

    ``figure`` (HTML) is the asked figure and what was computed, ``chart`` a Vega-Lite
    specification or None, ``passages`` (HTML) the passages and all the figures.
    """

    figure: str
    chart: dict[str, Any] | None
    passages: str


def evidence(answer: Answer | None, reports: Sequence[ReportEntry]) -> Evidence:
    """Return what supports ``answer``; the ``reports`` where there is nothing to support."""
    if answer is None or not answer.hits:
        return Evidence("", None, _REPORTS.render(reports=reports))
    identities = {entry.name: entry.identity for entry in reports}
    chart = chart_of(answer, identities)
    files = downloads(answer.figures, identities) if answer.figures else ()
    return Evidence(
        _FIGURE.render(answer=answer, asked=_asked_figure(answer), several=len(reports) > 1),
        vega_lite(chart) if chart else None,
        _PASSAGES.render(answer=answer, charted=chart is not None, downloads=files),
    )


def shortened(question: str) -> str:
    """Return ``question`` without outer blanks, cut if it is too long to be shown whole."""
    question = question.strip()
    if len(question) <= QUESTION_SHOWN:
        return question
    return f"{question[:QUESTION_SHOWN]}……（共 {len(question)} 个字符）"


def duration(seconds: float) -> str:
    """Return a time as a person reads it: ``38 毫秒``, ``1.2 秒``."""
    return f"{seconds * 1000:.0f} 毫秒" if seconds < 1 else f"{seconds:.1f} 秒"


def place(passage: Passage) -> str:
    """Return where ``passage`` stands in its report: page, paragraph, lines."""
    return passage.location.removeprefix(passage.report).strip()


def report_name(passage: Passage) -> str:
    """Return the name of a passage's report without its suffix: titles are often the same."""
    return Path(passage.report).stem


def _reworded(answer: Answer) -> bool:
    return answer.understood.strip() not in ("", answer.question.strip())


def _answer_text(answer: Answer) -> Markup:
    """Mark what was asked for, and in a long quotation its clause: the rest steps back."""
    spans = [Span(start, end, "asked") for start, end in answer.marks]
    if len(answer.text) > LONG_QUOTATION:
        spans += [Span(start, end, "clause") for start, end in _marked_clauses(answer)]
    return marked(answer.text, spans)


def _marked_clauses(answer: Answer) -> list[tuple[int, int]]:
    clauses = clause_spans(answer.text, 0, len(answer.text))
    return [
        (start, end)
        for start, end in clauses
        if any(start < mark_end and mark_start < end for mark_start, mark_end in answer.marks)
    ]


def _passage_text(hit: Hit, answer: Answer) -> Markup:
    """Mark the matched words, the figures, those asked for, and the sentence that is quoted."""
    spans = [Span(start, end, "word") for start, end in hit.highlights]
    for figure in answer.figures:
        if figure.passage == hit.passage:
            style = "asked" if _is_used(figure, answer) else "figure"
            spans.append(Span(figure.start, figure.end, style))
    if answer.quote and hit is answer.hits[0]:
        spans.append(Span(*answer.quote, "quoted"))
    return marked(hit.passage.text, spans)


def _is_asked(figure: CitedFigure, answer: Answer) -> bool:
    """Tell whether ``figure`` is one that the answer's marks point to."""
    if not answer.found or figure.passage != answer.hits[0].passage:
        return False
    return any(start < figure.end and figure.start < end for start, end in _marks_in_passage(answer))


def _is_used(figure: CitedFigure, answer: Answer) -> bool:
    """Tell whether an answer gives ``figure`` or computes with it."""
    computed = any(figure in computation.figures for computation in answer.computations)
    return computed or _is_asked(figure, answer)


def _marks_in_passage(answer: Answer) -> list[tuple[int, int]]:
    """Return the answer's marks as spans of its first passage, where it quotes that."""
    if answer.quote is None:
        return []
    quoted = answer.hits[0].passage.text[slice(*answer.quote)]
    at = answer.text.find(quoted)
    shift = answer.quote[0] - at
    return [(start + shift, end + shift) for start, end in answer.marks] if at >= 0 else []


def _asked_figure(answer: Answer) -> CitedFigure | None:
    return next((figure for figure in answer.figures if _is_asked(figure, answer)), None)


def _beside(asked: CitedFigure, answer: Answer) -> list[CitedFigure]:
    """Return the changes and ranks of the asked figure's indicator in its passage, at most three."""
    said = [
        figure
        for figure in answer.figures
        if figure != asked
        and figure.passage == asked.passage
        and (figure.indicator, figure.status) == (asked.indicator, asked.status)
        and figure.kind != "level"
    ]
    return said[:MOST_BESIDE]


def _formula_parts(computation: Computation, answer: Answer) -> Iterator[tuple[str, int | None]]:
    """Yield the pieces of a formula in order, each number of a cited passage with the passage's number."""
    formula, at = computation.formula, 0
    for figure in computation.figures:
        number = re.escape(plain(abs(figure.value)))
        found = re.compile(rf"(?<![\d.]){number}(?![\d.]){re.escape(figure.unit)}").search(formula, at)
        cited = _passage_number(figure, answer)
        if found and cited:
            yield formula[at : found.start()], None
            yield found[0], cited
            at = found.end()
    yield formula[at:], None


def _sources(answer: Answer) -> list[str]:
    """Return where an answer comes from: the passage that it quotes, those that it puts together, or none."""
    computed = [figure.passage for computation in answer.computations for figure in computation.figures]
    together = answer.found and not answer.marks and answer.quote is None
    cited = [figure.passage for figure in answer.figures] if together else []
    if together and not computed and not cited:
        return []  # it is about the reports, not out of one
    passages = list(dict.fromkeys(computed or cited)) or [answer.hits[0].passage]
    if len(passages) == 1:
        return [place(passages[0])]
    if len(passages) > MOST_NAMED:
        return [f"{len(passages)} 个段落，见“相关的数字”"]
    return [f"{report_name(passage)} {place(passage)}" for passage in passages]


def _says_where(answer: Answer) -> bool:
    """Tell whether the answer's own words say where its first passage stands."""
    return answer.hits[0].passage.location in answer.text


def _passage_number(figure: CitedFigure, answer: Answer) -> int | None:
    passages = [hit.passage for hit in answer.hits]
    return passages.index(figure.passage) + 1 if figure.passage in passages else None


def _amount(figure: CitedFigure) -> str:
    """Return by what a figure is sorted: its amount in its base unit, a fall below 0."""
    return f"{amount_of(figure)[0]:f}"


templates.filters.update(
    shortened=shortened,
    duration=duration,
    place=place,
    report_name=report_name,
    reworded=_reworded,
    answer_text=_answer_text,
    passage_text=_passage_text,
    passage_number=_passage_number,
    numbers_in=numbers_in,
    number_and_unit=number_and_unit,
    kind_name=kind_name,
    quantity=quantity,
    explain=explain,
    amount=_amount,
    beside=_beside,
    sources=_sources,
    formula_parts=_formula_parts,
    bound=lambda figure: (BOUND_SIGNS[figure.bound], BOUND_WORDS[figure.bound]),
    status_name=lambda figure: STATUS_NAMES[figure.status],
)
templates.tests.update(asked=_is_used, located=_says_where)
_CONVERSATION = templates.get_template("conversation.html")
_REPORTS = templates.get_template("reports.html")
_FIGURE = templates.get_template("figure.html")
_PASSAGES = templates.get_template("passages.html")
