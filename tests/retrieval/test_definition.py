"""What a word means, on a report with a glossary; what only uses the word is no meaning of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval import Retriever
from retrieval.answering.context import Context
from retrieval.answers import define
from retrieval.query.parse import parse
from tests.retrieval.ledgers import index_of

CASES = Path(__file__).parents[1] / "cases/retrieval/defined.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
REPORT = """云和县政府工作报告
2026年1月12日

一、2025年工作回顾

推行“三清单”制度，建成邻里驿站12个，智慧路网覆盖全部乡镇。发展共享车间，共享车间是指几家企业合用的厂房。最大的项目：云湖水库开工。

名词解释

1.“三清单”：企业诉求清单、部门责任清单和办结销号清单。

2.邻里驿站：面向老人和孩子，提供午餐、阅读和照看的社区场所。

3.智慧路网体系：用摄像头和路侧设备连成的道路管理网络。

4.慢性病“五早”行动：早预防、早筛查、早诊断、早治疗、早康复。

5.双十工程十大项目：十个县级重点建设项目。
"""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    return Retriever(index_of(tmp_path_factory.mktemp("释义"), {"报告.txt": REPORT}))._context(None, 5)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"])
def test_a_word_means_what_the_report_says_it_does(context: Context, row: dict[str, Any]) -> None:
    query = parse(row["question"], context.reports)
    reply = define.answer(context, query) if define.propose(query) else None
    if row["says"] is None:
        assert reply is None or reply.text.startswith("报告没有解释什么是“双十工程”")
    else:
        assert reply is not None
        assert reply.found
        assert reply.text.startswith(row["says"])
        assert reply.hits[0].passage.text[slice(*reply.quote or (0, 0))] == reply.text


def test_what_only_has_the_word_is_said_to_be_no_explanation(retriever: Retriever) -> None:
    answer = retriever.ask("什么是“亚洲一号”？")
    assert answer.text.startswith("报告没有解释什么是“亚洲一号”，相关的话是：")
    assert "京东" in answer.text


def test_a_word_that_no_report_has_is_refused(retriever: Retriever) -> None:
    answer = retriever.ask("什么是“四海云仓”？")
    assert not answer.found


@pytest.mark.parametrize("text", ["税收是多少", "谁是县长", "建成了什么项目"])
def test_other_questions_are_given_no_meaning(context: Context, text: str) -> None:
    query = parse(text, context.reports)
    assert not define.propose(query) or define.answer(context, query) is None
