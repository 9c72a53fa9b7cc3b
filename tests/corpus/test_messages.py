"""Messages: Chinese by default, with a code and values for other languages, also across processes."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from corpus.errors import EmptyReportError, WenBaoError
from corpus.messages import Message, says
from corpus.wire import REPLY, Reply, to_line

REASON = says("system.full", "磁盘已满")
TOLD = says(
    "file.why", "“{name}”：{reason}。可用：{known}。", name="甲{b}.txt", reason=REASON, known=("1", "2")
)


def test_a_message_is_its_chinese_text() -> None:
    assert str(TOLD) == f"{TOLD}" == "“甲{b}.txt”：磁盘已满。可用：1、2。"
    assert dict(TOLD.values)["reason"] == REASON


def test_it_is_the_same_after_a_journey_as_json() -> None:
    adapter = TypeAdapter(Message)
    assert adapter.validate_json(adapter.dump_json(TOLD)) == TOLD
    assert REPLY.validate_json(to_line(REPLY, Reply(message=TOLD))).message == TOLD


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (EmptyReportError(TOLD), TOLD),
        (EmptyReportError("没有文字"), Message("没有文字")),
        (WenBaoError(), Message("")),
    ],
)
def test_an_error_carries_its_message(error: WenBaoError, message: Message) -> None:
    assert error.message == message
    assert str(error) == message.text
