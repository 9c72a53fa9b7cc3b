"""What an answer shows, step by step, without a browser."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from retrieval.answer import Answer
from retrieval.suggestions import Suggestion
from tests.web.samples import Echo
from web.chat import ANSWERS_KEPT, FAILURE, HISTORY_KEPT, Chat, Inquiry, Step


def steps(answers: Echo, inquiry: Inquiry, patience: float = 5) -> list[Step]:
    return list(Chat(answers).ask(inquiry, patience))


def test_a_quick_answer_comes_in_one_step() -> None:
    (step,) = steps(Echo(), Inquiry("甲"))
    assert step.last
    assert step.told is not None and step.told.text == "答甲"


def test_the_passages_of_a_slow_answer_come_first() -> None:
    class Slow(Echo):
        def ask(self, question: str, history: Sequence[str], reports: Sequence[str] = ()) -> Answer:
            time.sleep(0.2)
            return super().ask(question, history, reports)

    first, last = steps(Slow(), Inquiry("甲"), patience=0.01)
    assert first.told is None and not first.last
    assert [hit.passage.number for hit in first.hits] == [1, 2]
    assert last.told is not None and last.last


def test_the_questions_before_go_along_but_not_all() -> None:
    answers = Echo()
    steps(answers, Inquiry("丙", ("甲", "乙")))
    steps(answers, Inquiry("丁", tuple(str(number) for number in range(HISTORY_KEPT + 5))))
    assert answers.histories[0] == ["甲", "乙"]
    assert len(answers.histories[1]) == HISTORY_KEPT
    assert answers.histories[1][-1] == str(HISTORY_KEPT + 4)


def test_a_question_is_limited_to_reports_that_are_there() -> None:
    answers = Echo()
    (step,) = steps(answers, Inquiry("甲", (), ("样例公报.txt", "已删去.txt", "样例公报.txt")))
    assert answers.chosen == [("样例公报.txt",)]
    assert step.told is not None and step.told.reports == ("样例公报.txt",)


def test_an_answer_is_remembered_until_the_index_changes() -> None:
    answers = Echo()
    chat = Chat(answers)
    assert chat.show(Inquiry("甲")) is chat.show(Inquiry("甲"))
    chat.show(Inquiry("甲", ("乙",)))
    answers.generation = "000002"  # type: ignore[misc]
    chat.show(Inquiry("甲"))
    assert answers.histories == [[], ["乙"], []]


def test_not_everything_is_remembered() -> None:
    answers = Echo()
    chat = Chat(answers)
    for number in range(ANSWERS_KEPT + 1):
        chat.show(Inquiry(str(number)))
    chat.show(Inquiry(str(ANSWERS_KEPT)))
    chat.show(Inquiry("0"))
    assert len(answers.histories) == ANSWERS_KEPT + 2


def test_only_what_is_answered_is_offered_next() -> None:
    class Knows(Echo):
        def ask(self, question: str, history: Sequence[str], reports: Sequence[str] = ()) -> Answer:
            told = super().ask(question, history, reports)
            return told if "无" not in question else Answer(question, question, False, "没有。")

    answers = Knows()
    answers.suggested = (Suggestion("同比呢？", "同比多少？"), Suggestion("无呢？", "无多少？"))
    told, more = steps(answers, Inquiry("甲"))
    assert told.told is not None and told.told.follow_ups == () and not told.last
    assert more.told is not None and more.last
    assert [str(one.label) for one in more.told.follow_ups] == ["同比呢？"]


def test_a_failure_is_told_and_not_remembered(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Echo):
        broken = True

        def ask(self, question: str, history: Sequence[str], reports: Sequence[str] = ()) -> Answer:
            if self.broken:
                raise RuntimeError("secret detail")
            return super().ask(question, history, reports)

    answers = Broken()
    chat = Chat(answers)
    (step,) = chat.ask(Inquiry("坏"), 5)
    assert step.told is not None and step.told.text == FAILURE and not step.told.found
    assert "secret detail" in caplog.text
    answers.broken = False
    (step,) = chat.ask(Inquiry("坏"), 5)
    assert step.told is not None and step.told.text == "答坏"


def test_an_answer_does_without_what_cannot_be_suggested() -> None:
    class Unhelpful(Echo):
        def suggest(self, answer: Answer) -> tuple[None, Sequence[Suggestion]]:
            raise KeyError("a report that was just removed")

    (step,) = steps(Unhelpful(), Inquiry("甲"))
    assert step.told is not None and step.told.found
