"""Verdicts on answers: what is written down, and what is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import web.feedback
from web.feedback import FILE, MOST_TEXT, Verdict, note

GOOD = Verdict("good", "", "产量是多少？", "42万吨。", "000001")


def lines(home: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (home / FILE).read_text("utf-8").splitlines()]


def test_a_verdict_is_a_line_and_names_nobody(tmp_path: Path) -> None:
    assert note(tmp_path, GOOD)
    assert note(tmp_path, replace(GOOD, verdict="bad", reason="number"))
    first, second = lines(tmp_path)
    assert set(first) == {"day", "verdict", "reason", "question", "answer", "generation"}
    assert len(first["day"]) == len("2026-01-02")
    assert (second["verdict"], second["reason"]) == ("bad", "number")


def test_long_and_broken_text_makes_one_line(tmp_path: Path) -> None:
    assert note(tmp_path, replace(GOOD, question="产" * 9000 + "\n", answer="a\nb\ud800"))
    (only,) = lines(tmp_path)
    assert len(only["question"]) == MOST_TEXT
    assert only["answer"].startswith("a\nb")


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.feedback, "MOST_BYTES", 1000)
    noted = [note(tmp_path, GOOD) for _ in range(50)]
    assert noted[0] and not noted[-1]
    assert (tmp_path / FILE).stat().st_size <= 1000


def test_a_place_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "feedback").write_text("no folder")
    assert not note(tmp_path, GOOD)
