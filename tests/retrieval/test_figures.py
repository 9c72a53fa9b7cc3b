"""Which of a passage's figures is the one that was asked for, as cases; with the real encoder, as its likeness
of words is weighed."""

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval import Retriever
from retrieval.answering.context import Context
from retrieval.query.parse import parse
from retrieval.query.reports import Reports
from retrieval.reader.figures import rank_figures
from retrieval.search.searcher import Searcher
from tests.retrieval.ledgers import index_of

CASES = Path(__file__).parents[1] / "cases/retrieval/picked.jsonl"
ROWS = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
HEAD = "云和县统计公报\n2026年3月1日\n\n"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"])
def test_the_figure_that_was_asked_for_comes_first(
    retriever: Retriever, tmp_path: Path, row: dict[str, Any]
) -> None:
    index = index_of(tmp_path, {"公报.txt": HEAD + row["text"]}, retriever.index.encoder)
    reports = Reports(index)
    context = Context(index, Searcher(index), reports, 5, lambda name: False)
    query = parse(row["question"], reports)
    candidates = rank_figures(index, reports, query, context.find(query))
    assert candidates[0].figure.quote == row["quote"], [one.figure.quote for one in candidates]
    assert candidates[0].signals.unit > 0
