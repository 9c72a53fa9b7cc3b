"""Chat: what is shown after each thing that a visitor asks. Knows no widgets, keeps no conversation."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Protocol

from corpus.document import Report
from index.manifest import ReportEntry
from retrieval.answer import Answer, Hit
from retrieval.render.serialise import to_json
from retrieval.suggestions import Subject, Suggestion
from web.told import Told, tell

# Questions before this one by which a follow-up is understood.
HISTORY_KEPT = 8
# Answers that are remembered: to look at their evidence again, or after a follow-up was tried.
ANSWERS_KEPT = 256
# Seconds after which the passages are shown before the answer is there.  Looking for them takes from the answer's time,
# and what is shown only for a moment flickers.
PATIENCE = 0.5
PASSAGES_SHOWN = 5
# Follow-ups that are offered, of those that are really answered.
OFFERED = 4

FAILURE = "程序出了错，没有得到回答，详情见运行问报的终端。请换一种问法，或稍后再试。"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question, those before it in its conversation, and the reports that may answer (none: all)."""

    question: str
    history: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What is known so far: the answer with how it is told, or only the passages that were found.

    ``coming`` are follow-ups that may be offered in the next step, for which the page keeps a place.
    """

    answer: Answer | None = None
    told: Told | None = None
    hits: tuple[Hit, ...] = ()
    coming: tuple[Suggestion, ...] = ()
    last: bool = False


class Answers(Protocol):
    """What a chat asks: see ``web.current.Library``."""

    @property
    def generation(self) -> str: ...

    @property
    def reports(self) -> Sequence[ReportEntry]: ...

    @property
    def examples(self) -> Sequence[str]: ...

    def ask(self, question: str, history: Sequence[str], reports: Sequence[str] = ()) -> Answer: ...

    def search(self, question: str, k: int, reports: Sequence[str] = ()) -> Sequence[Hit]: ...

    def report(self, name: str) -> Report: ...

    def suggest(self, answer: Answer) -> tuple[Subject | None, Sequence[Suggestion]]: ...


class Chat:
    """Conversations with ``answers``, of which each visitor's browser keeps its own."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._known: OrderedDict[tuple[str, Inquiry], Answer] = OrderedDict()
        self._knowing = Lock()
        self._workers = ThreadPoolExecutor(thread_name_prefix="answer")

    def ask(self, inquiry: Inquiry, patience: float = PATIENCE) -> Iterator[Step]:
        """Answer in steps: the passages, where the answer takes long; the answer; what to ask next."""
        inquiry = self._possible(inquiry)
        coming = self._workers.submit(self.answer, inquiry)
        if not _is_there(coming, patience) and (hits := self._passages(inquiry)):
            yield Step(hits=hits)
        answer = coming.result()
        subject, suggestions = self._suggestions(answer)
        told = tell(answer, self.answers.reports, inquiry.reports, subject)
        yield Step(answer, told, answer.hits, tuple(suggestions[:OFFERED]), last=not suggestions)
        if suggestions:
            offered = self._answered(suggestions, inquiry.reports)
            yield Step(answer, replace(told, follow_ups=offered), answer.hits, last=True)

    def answer(self, inquiry: Inquiry) -> Answer:
        """Return the answer, the one that is remembered if the index is still the same."""
        key = self.answers.generation, inquiry
        with self._knowing:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        try:
            answer = self.answers.ask(inquiry.question, inquiry.history, inquiry.reports)
        except Exception:
            # A visitor must not be left waiting; who runs the program finds the reason in the terminal.
            _log.exception("回答问题时出错：%r", inquiry.question)
            return Answer(inquiry.question, inquiry.question, found=False, text=FAILURE)
        with self._knowing:
            self._known[key] = answer
            if len(self._known) > ANSWERS_KEPT:
                self._known.popitem(last=False)
        return answer

    def show(self, inquiry: Inquiry) -> Answer:
        """Return an answer again, to look at its evidence."""
        return self.answer(self._possible(inquiry))

    def answer_program(self, question: str) -> dict[str, Any]:
        """Answer one question without a conversation, as JSON: see ``retrieval.render.serialise``."""
        told: dict[str, Any] = to_json(self.answer(Inquiry(question)))
        return told

    def _possible(self, inquiry: Inquiry) -> Inquiry:
        """Return the inquiry as it can be made now: a report may have been removed since it was chosen."""
        names = {entry.name for entry in self.answers.reports}
        reports = tuple(name for name in dict.fromkeys(inquiry.reports) if name in names)
        return replace(inquiry, history=inquiry.history[-HISTORY_KEPT:], reports=reports)

    def _passages(self, inquiry: Inquiry) -> tuple[Hit, ...]:
        try:
            return tuple(self.answers.search(inquiry.question, PASSAGES_SHOWN, inquiry.reports))
        except Exception:
            _log.exception("查找段落时出错：%r", inquiry.question)
            return ()

    def _suggestions(self, answer: Answer) -> tuple[Subject | None, Sequence[Suggestion]]:
        try:
            return self.answers.suggest(answer)
        except Exception:
            _log.exception("准备追问时出错：%r", answer.question)
            return None, ()

    def _answered(
        self, suggestions: Sequence[Suggestion], reports: tuple[str, ...]
    ) -> tuple[Suggestion, ...]:
        """Return those of the suggestions that are answered; the answers are remembered."""
        answered = (one for one in suggestions if self.answer(Inquiry(one.question, (), reports)).found)
        return tuple(one for one, _ in zip(answered, range(OFFERED), strict=False))


def _is_there(coming: Future[Answer], patience: float) -> bool:
    try:
        coming.result(timeout=patience)
    except TimeoutError:
        return False
    return True
