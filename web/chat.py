"""Chat: what a conversation shows after each thing that a visitor does. Knows no widgets."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from index.manifest import ReportEntry
from retrieval.results import Answer
from retrieval.serialise import answer_to_json
from web.render import Evidence, Turn, conversation, evidence

# Turns that are kept: more than anyone scrolls back, and a bound on a conversation's memory.
TURNS_KEPT = 40

FAILURE = "程序出了错，没有得到回答，详情见运行问报的终端。请换一种问法，或稍后再试。"

_log = logging.getLogger(__name__)

Turns = tuple[Turn, ...]
# The turns, the conversation as HTML and the evidence, None where it stays as it is.
View = tuple[Turns, str, Evidence | None]


class Answers(Protocol):
    """What a chat asks: see ``web.current.Library``."""

    @property
    def reports(self) -> Sequence[ReportEntry]: ...

    @property
    def examples(self) -> Sequence[str]: ...

    def ask(self, question: str, history: Sequence[str]) -> Answer: ...


class Chat:
    """Conversations with ``answers``; each is a tuple of turns that its visitor's page keeps."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def welcome(self) -> str:
        """Return the conversation before the first question."""
        return conversation((), self._answers.examples)

    def reports(self) -> Evidence:
        """Return the evidence before the first question: the reports."""
        return evidence(None, self._answers.reports)

    def ask(self, question: str, turns: Turns) -> Iterator[View]:
        """Show that ``question`` is being looked into, then its answer."""
        kept = turns[1 - TURNS_KEPT :]
        waiting = (*kept, Turn(question))
        yield waiting, conversation(waiting, ()), None
        answer = self._answer(question, [turn.question for turn in kept])
        told = (*kept, Turn(question, answer))
        yield told, *self.show(len(told) - 1, told)

    def _answer(self, question: str, history: Sequence[str]) -> Answer:
        try:
            return self._answers.ask(question, history)
        except Exception:
            # A visitor must not be left waiting; who runs the program finds the reason in the terminal.
            _log.exception("回答问题时出错：%r", question)
            return Answer(question, question, found=False, text=FAILURE)

    def answer(self, question: str) -> dict[str, Any]:
        """Answer one question without a conversation, as JSON: see ``retrieval.serialise``."""
        return answer_to_json(self._answer(question, ()))

    def show(self, place: int, turns: Turns) -> tuple[str, Evidence]:
        """Show the evidence of the answer at ``place`` in ``turns``."""
        answer = turns[place].answer if 0 <= place < len(turns) else None
        return conversation(turns, (), place), evidence(answer, self._answers.reports)

    def start_over(self) -> View:
        """Show a conversation that has not begun."""
        return (), self.welcome(), self.reports()
