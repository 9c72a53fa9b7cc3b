"""Notes beside an answer: of which place it is, where the question names none."""

from pathlib import Path

import pytest

from retrieval import Answer, Retriever
from retrieval.answer import Hit
from retrieval.note import note_of
from retrieval.query.parse import parse
from retrieval.query.reports import Reports
from tests.retrieval.ledgers import index_of

REPORTS = {
    f"{place}公报.txt": f"2024年{place}统计公报\n2025年3月1日\n\n2024年，全县粮食产量{amount}万吨。\n"
    for place, amount in (("云和县", "4.5"), ("仙居县", "7.5"))
}


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    return Retriever(index_of(tmp_path_factory.mktemp("附注"), REPORTS))


def answered(retriever: Retriever, question: str, said: str = "") -> Answer:
    """Return an answer with the first passage that has some words."""
    hit = Hit(next(one for one in retriever.index.passages if said in one.text), 1.0, {})
    query, quote = parse(question, Reports(retriever.index)), (0, len(hit.passage.text))
    return Answer(question, question, True, hit.passage.text, hits=(hit,), quote=quote, query=query)


def test_where_no_place_is_named_the_report_and_another_place_are_told(retriever: Retriever) -> None:
    note = note_of(retriever.index, answered(retriever, "粮食产量多少？"))
    named = retriever.index.passages[0].report[:3]
    (other,) = {"云和县", "仙居县"} - {named}
    assert f"《2024年{named}统计公报》" in note
    assert f"“{other.removesuffix('县')}粮食产量多少？”" in note


def test_a_named_place_and_a_refusal_need_no_note(retriever: Retriever) -> None:
    assert not note_of(retriever.index, answered(retriever, "云和县粮食产量多少？"))
    assert not note_of(retriever.index, Answer("粮食", "粮食", False, "报告没有提到。"))


def test_what_one_place_alone_has_is_not_asked_of_another(tmp_path: Path) -> None:
    bridge = {"云和县公报.txt": f"{REPORTS['云和县公报.txt']}浮云大桥全长680米，投资2亿元。\n"}
    retriever = Retriever(index_of(tmp_path, REPORTS | bridge))
    assert note_of(retriever.index, answered(retriever, "粮食产量多少？", "粮食产量4.5"))
    assert not note_of(retriever.index, answered(retriever, "浮云大桥有多长？", "浮云大桥"))
