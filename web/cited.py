"""What an answer cites: its asked figure, its passages, and where they stand. Pure functions."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from corpus.document import Passage
from retrieval.answer import Answer, CitedFigure
from retrieval.search.sentences import clause_spans

# How a part of an answer's text is marked: what was asked for, and its clause in a long quotation.
Style = Literal["asked", "clause"]

# Characters from which a quotation is too long to be read at a glance.
LONG_QUOTATION = 50
# Changes and ranks that are shown beside the asked figure.
MOST_BESIDE = 3
# Characters of a question that are shown: enough to recognise it by.
QUESTION_SHOWN = 120


def shortened(question: str) -> str:
    """Return ``question`` without outer blanks, cut if it is too long to be shown whole."""
    question = question.strip()
    if len(question) <= QUESTION_SHOWN:
        return question
    return f"{question[:QUESTION_SHOWN]}……（共 {len(question)} 个字符）"


def place(passage: Passage) -> str:
    """Return where ``passage`` stands in its report: page, paragraph, lines."""
    return passage.location.removeprefix(passage.report).strip()


def report_name(passage: Passage) -> str:
    """Return the name of a passage's report without its suffix: titles are often the same."""
    return Path(passage.report).stem


def answer_spans(answer: Answer) -> tuple[tuple[int, int, Style], ...]:
    """Mark what was asked for, and in a long quotation its clause: the rest steps back."""
    spans: list[tuple[int, int, Style]] = [(start, end, "asked") for start, end in answer.marks]
    if len(answer.text) > LONG_QUOTATION:
        spans += [(start, end, "clause") for start, end in _marked_clauses(answer)]
    return tuple(spans)


def _marked_clauses(answer: Answer) -> list[tuple[int, int]]:
    return [
        (start, end)
        for start, end in clause_spans(answer.text, 0, len(answer.text))
        if any(start < mark_end and mark_start < end for mark_start, mark_end in answer.marks)
    ]


def asked_figure(answer: Answer) -> CitedFigure | None:
    """Return the first figure that the answer's marks point to."""
    return next((figure for figure in answer.figures if is_asked(figure, answer)), None)


def is_asked(figure: CitedFigure, answer: Answer) -> bool:
    """Tell whether ``figure`` is one that the answer's marks point to."""
    if not answer.found or figure.passage != answer.hits[0].passage:
        return False
    return any(start < figure.end and figure.start < end for start, end in _marks_in_passage(answer))


def is_used(figure: CitedFigure, answer: Answer) -> bool:
    """Tell whether an answer gives ``figure`` or computes with it."""
    computed = any(figure in computation.figures for computation in answer.computations)
    return computed or is_asked(figure, answer)


def _marks_in_passage(answer: Answer) -> list[tuple[int, int]]:
    """Return the answer's marks as spans of its first passage, where it quotes that."""
    if answer.quote is None:
        return []
    quoted = answer.hits[0].passage.text[slice(*answer.quote)]
    at = answer.text.find(quoted)
    shift = answer.quote[0] - at
    return [(start + shift, end + shift) for start, end in answer.marks] if at >= 0 else []


def beside(asked: CitedFigure, answer: Answer) -> list[CitedFigure]:
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


def passages_of(answer: Answer) -> list[Passage]:
    """Return what an answer comes from: the passage that it quotes, those that it puts together, or
    none where it is about the reports and not out of one."""
    if not answer.hits:
        return []
    computed = [figure.passage for computation in answer.computations for figure in computation.figures]
    together = answer.found and answer.quote is None
    cited = [figure.passage for figure in answer.figures] if together else []
    if together and not computed and not cited:
        return []
    return list(dict.fromkeys(computed or cited)) or [answer.hits[0].passage]


def passage_number(figure: CitedFigure, answer: Answer) -> int | None:
    """Return the number of a figure's passage among those of the answer, counted from 1."""
    passages = [hit.passage for hit in answer.hits]
    return passages.index(figure.passage) + 1 if figure.passage in passages else None
