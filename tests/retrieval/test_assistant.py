"""What is said to what is no question to a report, with questions that the reports really answer."""

import re

import pytest

from retrieval import Retriever
from tests.retrieval.ledgers import index_of

SAMPLE = re.compile("“([^”]+？)”")
REPORTS = {
    "云和县政府工作报告_2025.txt": "云和县政府工作报告\n2025年1月12日\n\n全县粮食产量达到8.4万吨。森林覆盖率为71.2%。",
    "青田县政府工作报告_2025.txt": "青田县政府工作报告\n2025年1月15日\n\n全县粮食产量达到9.6万吨。森林覆盖率为68.3%。",
}


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("你好", "你好！"),
        ("谢谢", "不客气！"),
        ("你能做什么", "你好！"),
        ("写一首诗", "写作、翻译、画图这类事我做不了"),
        ("今天天气怎么样", "这件事报告里没有"),
    ],
)
def test_talk_is_answered_with_three_questions(retriever: Retriever, said: str, begins: str) -> None:
    answer = retriever.ask(said)
    assert (answer.found, answer.reason, answer.hits) == (False, "chit_chat", ())
    assert answer.text.startswith(begins)
    assert len(set(SAMPLE.findall(answer.text))) == 3


def test_the_questions_are_answered(retriever: Retriever) -> None:
    for question in SAMPLE.findall(retriever.ask("你好").text):
        assert retriever.ask(question).found


def test_of_several_places_each_question_names_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    retriever = Retriever(index_of(tmp_path_factory.mktemp("问候"), REPORTS))
    for question in SAMPLE.findall(retriever.ask("你好").text):
        assert question.startswith(("云和", "青田"))
