"""What a conversation shows, step by step, without a browser."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from retrieval.results import Answer
from tests.web.pages import Page
from tests.web.samples import Echo
from web.chat import FAILURE, TURNS_KEPT, Chat, Turns


def talk(chat: Chat, questions: Sequence[str]) -> tuple[Turns, Page, Page]:
    turns: Turns = ()
    for question in questions:
        *_, (turns, conversation, evidence) = chat.ask(question, turns)
    assert evidence is not None
    return turns, Page(conversation), Page(evidence.passages)


def test_the_question_is_shown_before_its_answer() -> None:
    waiting, told = chat_steps = list(Chat(Echo()).ask("甲", ()))
    assert len(chat_steps) == 2
    assert Page(waiting[1]).styled("pending")
    assert waiting[2] is None  # what supports the answer before stays until there is another
    assert waiting[0][-1].answer is None
    assert not Page(told[1]).styled("pending")
    assert Page(told[1]).styled("answer") == ["答甲"]


def test_the_history_is_the_questions_before_this_one() -> None:
    answers = Echo()
    talk(Chat(answers), ["甲", "乙", "丙"])
    assert answers.histories == [[], ["甲"], ["甲", "乙"]]


def test_conversations_do_not_mix() -> None:
    chat = Chat(Echo())
    talk(chat, ["甲"])
    _, page, _ = talk(chat, ["乙"])
    assert "甲" not in page.text


def test_a_long_conversation_forgets_its_beginning() -> None:
    turns, page, _ = talk(Chat(Echo()), [f"问题{number}。" for number in range(TURNS_KEPT + 3)])
    assert len(turns) == TURNS_KEPT
    assert turns[0].question == "问题3。"
    assert page.attributes("aria-pressed") == ["false"] * (TURNS_KEPT - 1) + ["true"]


def test_the_evidence_of_an_earlier_answer_comes_back() -> None:
    chat = Chat(Echo())
    turns, _, _ = talk(chat, ["甲", "乙"])
    conversation, evidence = chat.show(0, turns)
    assert Page(conversation).attributes("aria-pressed") == ["true", "false"]
    assert Page(evidence.passages).styled("place")


@pytest.mark.parametrize("place", [-1, 2, 99])
def test_a_turn_that_is_not_there_shows_the_reports(place: int) -> None:
    chat = Chat(Echo())
    turns, _, _ = talk(chat, ["甲", "乙"])
    assert "可以查询的报告" in Page(chat.show(place, turns)[1].passages).text


def test_a_new_conversation_offers_examples_and_reports() -> None:
    turns, conversation, evidence = Chat(Echo()).start_over()
    assert evidence is not None
    assert turns == ()
    assert Page(conversation).attributes("data-question") == ["粮食总产量是多少？"]
    assert "样例公报.txt" in Page(evidence.passages).text


def test_a_failure_is_told_and_the_conversation_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Echo):
        def ask(self, question: str, history: Sequence[str]) -> Answer:
            if question == "坏":
                raise RuntimeError("secret detail")
            return super().ask(question, history)

    _, page, _ = talk(Chat(Broken()), ["坏", "好"])
    assert page.styled("answer") == [FAILURE, "答好"]
    assert "secret detail" not in page.text
    assert "secret detail" in caplog.text
