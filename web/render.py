"""Answers as HTML: the conversation on one side, the evidence on the other. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus.document import Passage
from index.manifest import ReportEntry
from retrieval.results import Answer, CitedFigure, Hit
from retrieval.sentences import clause_spans
from web.markup import Span, marked, templates
from web.quantity import BOUND_SIGNS, STATUS_NAMES, kind_name, number_and_unit

# Characters from which a quotation is too long to be read at a glance.
LONG_QUOTATION = 50
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


def evidence(answer: Answer | None, reports: Sequence[ReportEntry]) -> str:
    """Return what supports ``answer`` as HTML; the ``reports`` where there is nothing to support."""
    return _EVIDENCE.render(answer=answer, reports=reports)


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
            style = "asked" if _is_asked(figure, answer) else "figure"
            spans.append(Span(figure.start, figure.end, style))
    if answer.quote and hit is answer.hits[0]:
        spans.append(Span(*answer.quote, "quoted"))
    return marked(hit.passage.text, spans)


def _is_asked(figure: CitedFigure, answer: Answer) -> bool:
    """Tell whether ``figure`` is one that the answer's marks point to."""
    if not answer.found or figure.passage != answer.hits[0].passage:
        return False
    return any(start < figure.end and figure.start < end for start, end in _marks_in_passage(answer))


def _marks_in_passage(answer: Answer) -> list[tuple[int, int]]:
    """Return the answer's marks as spans of its first passage, where it quotes that."""
    if answer.quote is None:
        return []
    quoted = answer.hits[0].passage.text[slice(*answer.quote)]
    at = answer.text.find(quoted)
    shift = answer.quote[0] - at
    return [(start + shift, end + shift) for start, end in answer.marks] if at >= 0 else []


def _passage_number(figure: CitedFigure, answer: Answer) -> int | None:
    passages = [hit.passage for hit in answer.hits]
    return passages.index(figure.passage) + 1 if figure.passage in passages else None


templates.filters.update(
    shortened=shortened,
    duration=duration,
    place=place,
    reworded=_reworded,
    answer_text=_answer_text,
    passage_text=_passage_text,
    passage_number=_passage_number,
    number_and_unit=number_and_unit,
    kind_name=kind_name,
    bound=lambda figure: BOUND_SIGNS[figure.bound],
    status_name=lambda figure: STATUS_NAMES[figure.status],
)
templates.tests["asked"] = _is_asked
_CONVERSATION = templates.get_template("conversation.html")
_EVIDENCE = templates.get_template("evidence.html")
