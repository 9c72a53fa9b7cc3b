"""Respond: from a question to its reply, in the first way that fits it.

What finds nothing as it stands is tried in other words before it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from retrieval.catalogue import answer_catalogue
from retrieval.claim import answer_claim
from retrieval.compare import answer_comparison
from retrieval.definition import answer_definition
from retrieval.everyday import reworded
from retrieval.followup import carried_on
from retrieval.imprint import answer_imprint
from retrieval.inquiry import Inquiry, Reply
from retrieval.number import answer_number
from retrieval.operation import answer_operation
from retrieval.ordinal import answer_ordinal
from retrieval.plain import answer_plainly
from retrieval.question import Question, understand
from retrieval.ranking import answer_ranking
from retrieval.rows import answer_rows
from retrieval.scope import is_of, parts_of
from retrieval.several import answer_several, questions_in
from retrieval.spelling import Names
from retrieval.threshold import answer_threshold

# Another place or year is not answered by other words.
WORTH_ANOTHER_TRY = ("indicator", "topic")
LEAST_REWORDED = 0.3  # confidence from which on an answer to other words is taken for one
MOST_TRIES = 2
WAYS: tuple[Callable[[Inquiry, Question], Reply | None], ...] = (
    answer_catalogue,
    answer_imprint,
    answer_definition,
    answer_number,
    answer_threshold,
    answer_claim,
    answer_ranking,
    answer_rows,
    answer_ordinal,
)


def respond(
    inquiry: Inquiry, text: str, history: Sequence[str], names: Callable[[], Names]
) -> tuple[str, Reply]:
    """Return a question as it was understood, and what the reports say to it."""
    asked = understand(text, history)
    parts = questions_in(asked.text, inquiry.index) if not asked.focus else [asked.text]
    if len(parts) > 1:
        several = answer_several(inquiry, parts, lambda part: _tried(inquiry, understand(part), names)[1])
        if several.found:
            return asked.text, several
    understood, reply = _tried(inquiry, asked, names)
    if not asked.focus and (carried := carried_on(text, history)):
        further = understand(carried)
        there = answer_once(inquiry, further)
        if _is_ours(inquiry, further) and there.found and there.confidence >= reply.confidence * reply.found:
            return further.text, there
    return understood, reply


def _is_ours(inquiry: Inquiry, question: Question) -> bool:
    return any(is_of(entry, place) for place in question.scope.places for entry in inquiry.entries)


def _tried(inquiry: Inquiry, question: Question, names: Callable[[], Names]) -> tuple[str, Reply]:
    reply = answer_once(inquiry, question)
    if reply.found or reply.reason not in WORTH_ANOTHER_TRY or question.focus:
        return question.text, reply
    for other in _other_words(question.text, names):
        further = answer_once(inquiry, understand(other))
        if further.found and further.confidence >= LEAST_REWORDED:
            return other, further
    return question.text, reply


def _other_words(text: str, names: Callable[[], Names]) -> Iterator[str]:
    if other := reworded(text):
        yield other
    for number, other in enumerate(names().respelled(text)):
        if number == MOST_TRIES:
            return
        yield other


def answer_once(inquiry: Inquiry, question: Question) -> Reply:
    """Answer one question in the first way that fits it; the plain way fits every one."""
    for way in WAYS:
        if reply := way(inquiry, question):
            return reply
    parts = parts_of(question.text, inquiry.entries)
    if parts and question.asks != "list":
        return answer_comparison(inquiry, question, parts)
    return answer_operation(inquiry, question) or answer_plainly(inquiry, question)
