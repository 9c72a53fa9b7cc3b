"""The open index, and its exchange while questions are asked."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index import Encoder, GenerationStore, IndexMissingError, rebuild
from retrieval import Retriever
from tests.fakes import FakeEncoder
from web.current import Library

QUESTION = "图书馆藏书有多少万册？"


def publish(folder: Path, books: int, encoder: Encoder | None = None) -> str:
    """Put an index in use whose one report says how many books a library has."""
    report = folder / "公报.txt"
    report.write_text(
        f"样例公报\n\n去年，全区粮食总产量达到42.5万吨。\n\n全区新建公园7个，图书馆藏书{books}万册。\n",
        encoding="utf-8",
    )
    return rebuild([report], folder / "index", encoder=encoder or FakeEncoder()).generation


def damage(folder: Path, generation: str) -> None:
    """Make a generation unreadable, after it was put in use."""
    (GenerationStore(folder / "index").folder(generation) / "manifest.json").write_text("{}")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    publish(tmp_path, 42)
    return Library(tmp_path / "index", FakeEncoder())


def answer(library: Library) -> str:
    return library.ask(QUESTION, ()).text


def test_it_answers_and_offers_examples(retriever: Retriever, tmp_path: Path) -> None:
    publish(tmp_path, 42, retriever.index.encoder)
    library = Library(tmp_path / "index", retriever.index.encoder)
    assert "42万册" in answer(library)
    assert [report.name for report in library.reports] == ["公报.txt"]
    assert QUESTION in library.examples
    assert all(library.ask(question, ()).found for question in library.examples)


def test_a_new_generation_answers_the_next_question(library: Library, tmp_path: Path) -> None:
    publish(tmp_path, 57)
    assert "57万册" in answer(library)


def test_a_generation_taken_back_is_followed_too(library: Library, tmp_path: Path) -> None:
    publish(tmp_path, 57)
    assert "57万册" in answer(library)
    GenerationStore(tmp_path / "index").rollback()
    assert "42万册" in answer(library)


def test_a_damaged_generation_is_told_once_and_the_old_one_answers(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(tmp_path, publish(tmp_path, 57))
    with caplog.at_level(logging.WARNING, "web.current"):
        assert ["42万册" in answer(library) for _ in range(3)] == [True] * 3
    told = [record.getMessage() for record in caplog.records if record.name == "web.current"]
    assert len(told) == 1
    assert "python -m index rebuild" in told[0]
    publish(tmp_path, 63)
    assert "63万册" in answer(library)


@pytest.mark.parametrize("content", ["", "无此索引\n", "000009-20260102T030405Z\n"])
def test_a_pointer_that_leads_nowhere_changes_nothing(library: Library, tmp_path: Path, content: str) -> None:
    (tmp_path / "index" / "CURRENT").write_text(content, encoding="utf-8")
    assert "42万册" in answer(library)


def test_the_folder_may_vanish(library: Library, tmp_path: Path) -> None:
    (tmp_path / "index").rename(tmp_path / "elsewhere")
    assert "42万册" in answer(library)


def test_there_must_be_an_index_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        Library(tmp_path, FakeEncoder())


def test_questions_go_on_while_generations_change(library: Library, tmp_path: Path) -> None:
    holdings = range(50, 55)
    with ThreadPoolExecutor(4) as pool:
        asked = []
        for books in holdings:
            asked += [pool.submit(answer, library) for _ in range(8)]
            publish(tmp_path, books)
        texts = [question.result() for question in asked]
    assert all(any(f"{books}万册" in text for books in (42, *holdings)) for text in texts)
    assert f"{holdings[-1]}万册" in answer(library)
