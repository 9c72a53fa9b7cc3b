"""The exam of one's own index."""

import json
from pathlib import Path

import pytest

from index.exams import kept_exam
from retrieval import Retriever
from retrieval.__main__ import main
from retrieval.exam import ExamResult, sit_exam


@pytest.fixture(scope="module")
def result(retriever: Retriever) -> ExamResult:
    return sit_exam(retriever)


def test_the_shipped_report_passes(result: ExamResult) -> None:
    assert result.answerable > 40
    assert result.unanswerable > 30
    assert result.passed
    assert all("偏低" not in line for line in result.lines())
    assert result.figure >= 0.95
    assert result.refused >= 0.95


def test_a_retriever_that_refuses_everything_fails(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = retriever.ask
    monkeypatch.setattr(retriever, "ask", lambda question: ask("你好"))
    failed = sit_exam(retriever)
    assert not failed.passed
    assert (failed.refused, failed.false_refusals, failed.figure) == (1.0, 1.0, 0.0)
    assert sum("偏低" in line for line in failed.lines()) == 4


def test_the_command(
    retriever: Retriever, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("WENBAO_HOME", str(tmp_path))
    monkeypatch.setattr(Retriever, "open", lambda index_dir, settings: retriever)
    monkeypatch.setattr("retrieval.exam.MOST_FIGURES", 5)
    monkeypatch.setattr("retrieval.exam.MOST_UNANSWERABLE", 6)
    assert main(["exam"]) == 0
    assert "数据答对 100%" in capsys.readouterr().out
    assert main(["exam", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figure"] == 1.0
    generation = retriever.index.manifest.generation
    assert kept_exam(tmp_path / "index", generation) is None, "there is no index to keep it beside"
    (tmp_path / "index").mkdir()
    main(["exam"])
    kept = kept_exam(tmp_path / "index", generation)
    assert kept is not None
    assert kept.passed
    assert "数据答对 100%" in kept.lines
