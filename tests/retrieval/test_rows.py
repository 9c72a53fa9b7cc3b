"""Questions for the first of a table's rows, for their order, and for those over or under an amount."""

from __future__ import annotations

import pytest

from retrieval.answering.context import Context
from retrieval.answering.telling import Reply
from retrieval.answers import filter as filtering
from retrieval.answers import rank
from retrieval.query.parse import parse
from retrieval.query.reports import Reports
from retrieval.search.searcher import Searcher
from tests.retrieval.ledgers import index_of

REPORT = """# 长河市2023年统计公报

全市经济平稳增长，社会大局稳定。

表1 2023年各县工业产值（单位：亿元、%）

| 县 | 工业产值 | 同比增长 |
| --- | --- | --- |
| 松岭县 | 318.6 | 4.4 |
| 白沙县 | 1,097.2 | 2.1 |
| 石桥县 | 85.0 | 7.9 |
| 柳河县 | 402.3 | -1.6 |
| 合计 | 1903.1 | 2.7 |

表2 主要农产品产量

| 产品 | 2022年（万吨） | 2023年（万吨） |
| --- | --- | --- |
| 粮食 | 61.2 | 60.8 |
| 其中：稻谷 | 30.5 | 31.0 |
| 蔬菜 | 88.4 | 92.7 |
| 水果 | 12.6 | 9.9 |
"""


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    index = index_of(tmp_path_factory.mktemp("rows"), {"长河市2023年统计公报.md": REPORT})
    return Context(index, Searcher(index), Reports(index), 5, lambda name: False)


def ask(context: Context, question: str) -> Reply | None:
    query = parse(question, context.reports)
    kinds = [kind for kind in (rank, filtering) if kind.propose(query)]
    return max(kinds, key=lambda kind: kind.propose(query)).answer(context, query) if kinds else None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "哪个县工业产值最高？",
            "工业产值最高的是白沙县，1,097.2亿元。"
            "从高到低：1. 白沙县 1,097.2亿元；2. 柳河县 402.3亿元；3. 松岭县 318.6亿元；4. 石桥县 85.0亿元。",
        ),
        ("2023年哪个县工业产值增速最快？", "工业产值增速最快的是石桥县，同比 +7.9%。"),
        ("工业产值增长最慢的是哪个县？", "工业产值增速最慢的是柳河县，同比 -1.6%。从低到高："),
        ("各县工业产值排名", "工业产值从高到低：1. 白沙县 1,097.2亿元；"),
        ("2023年哪种农产品产量最少？", "最少的是水果，9.9万吨。"),
        ("哪种农产品产量最少？", "最少的是水果，9.9万吨。"),
        ("2022年产量最多的农产品是什么？", "最多的是蔬菜，88.4万吨。"),
        ("工业产值第二的是哪个县？", "工业产值排第2的是柳河县，402.3亿元。从高到低：1. 白沙县"),
        ("哪个县工业产值倒数第二？", "工业产值排倒数第2的是松岭县，318.6亿元。从低到高：1. 石桥县"),
        ("工业产值前三的县是哪些？", "3. 松岭县 318.6亿元。"),
        ("工业产值最低的两个县是哪两个？", "从低到高：1. 石桥县 85.0亿元；2. 松岭县 318.6亿元。"),
        ("除了白沙县以外，哪个县工业产值最高？", "工业产值最高的是柳河县，402.3亿元。"),
        ("长河市哪个县工业产值最高？", "工业产值最高的是白沙县"),
        (
            "哪些县工业产值超过300亿元？",
            "工业产值超过300亿元的有3个（表中给出的4个）：1. 白沙县 1,097.2亿元；2. 柳河县 402.3亿元；3. 松岭县 318.6亿元。",
        ),
        ("工业产值不到100亿元的县有哪些？", "低于100亿元的有1个（表中给出的4个）：1. 石桥县 85.0亿元。"),
        ("哪些县工业产值增速超过4%？", "工业产值增速超过4%的有2个（表中给出的4个）：1. 石桥县 同比 +7.9%；"),
        ("哪些县工业产值下降了？", "工业产值下降的有1个（表中给出的4个）：1. 柳河县 同比 -1.6%。"),
        ("哪些县工业产值超过5000亿元？", "的一个也没有（表中给出的4个），最高的是白沙县：1,097.2亿元。"),
    ],
)
def test_the_rows_of_a_column_are_put_in_order(context: Context, question: str, text: str) -> None:
    reply = ask(context, question)
    assert reply is not None
    assert reply.found
    assert text in reply.text
    assert [figure.passage.text[figure.start : figure.end] for figure in reply.figures] == [
        figure.quote for figure in reply.figures
    ]
    assert {hit.passage.text for hit in reply.hits} == {figure.passage.text for figure in reply.figures}


@pytest.mark.parametrize(
    "question",
    ["松岭县工业产值是多少？", "哪个县失业率最高？", "2019年哪个县工业产值最高？", "谁主持了会议？"],
)
def test_other_questions_are_left_to_the_other_ways(context: Context, question: str) -> None:
    assert ask(context, question) is None
