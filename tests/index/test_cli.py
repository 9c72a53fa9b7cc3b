"""The command line: what is printed, and what it exits with."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.__main__ import main
from index.events import read_event
from index.exams import ExamRecord, keep_exam
from index.store import GenerationStore
from tests.fakes import FakeEncoder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: FakeEncoder) -> Path:
    monkeypatch.setenv("WENBAO_HOME", str(tmp_path / "家"))
    monkeypatch.setattr("index.build.load_encoder", lambda _settings, _on_message: encoder)
    return tmp_path / "家"


def test_rebuild_says_what_it_did(reports: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "空白.txt").write_bytes(b"  ")
    assert main(["rebuild", str(reports)]) == 0
    printed = capsys.readouterr().out
    store = GenerationStore(home / "index")
    assert store.current() in printed
    for expected in ("2 份报告", "其中 0 段沿用", "1 个文件未收录", "空白.txt", "没有文字"):
        assert expected in printed
    assert main(["rebuild", str(reports)]) == 0
    assert "其中 0 段沿用" not in capsys.readouterr().out


def test_without_paths_the_shipped_report_is_indexed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild"]) == 0
    assert "1 份报告" in capsys.readouterr().out


def test_index_chooses_the_folder(reports: Path, home: Path, index_dir: Path) -> None:
    assert main(["rebuild", str(reports), "--index", str(index_dir)]) == 0
    assert GenerationStore(index_dir).names()
    assert not (home / "index").exists()


def test_status_lists_generations_and_reports(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rebuild", str(reports)])
    main(["rebuild", str(reports)])
    capsys.readouterr()
    assert main(["status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines if "份报告" in line] == [" ", "*"]
    assert any("某县工作报告_2023.txt" in line and "《某县政府工作报告》" in line for line in lines)


def test_verify_names_the_damaged_file(reports: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rebuild", str(reports)])
    assert main(["verify"]) == 0
    assert "完好" in capsys.readouterr().out
    [passages] = (home / "index").glob("generations/*/passages.jsonl")
    passages.write_bytes(passages.read_bytes().replace(b"2", b"3", 1))
    assert main(["verify"]) == 1
    printed = capsys.readouterr()
    assert "passages.jsonl" in printed.out
    assert printed.err.startswith("错误：")


def test_rollback_and_its_end(reports: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["rebuild", str(reports)])
    first = GenerationStore(home / "index").current()
    main(["rebuild", str(reports)])
    assert main(["rollback"]) == 0
    assert first in capsys.readouterr().out
    assert GenerationStore(home / "index").current() == first
    assert main(["rollback"]) == 1
    assert "更早" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["status", "verify", "rollback"])
def test_without_an_index_the_remedy_is_named(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 1
    assert "python -m index rebuild" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["fly"], ["status", "extra"]])
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    printed = capsys.readouterr().out
    for command in ("rebuild", "status", "verify", "rollback", "索引"):
        assert command in printed


def test_as_a_program_it_fails_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "index", "status", "--index", str(tmp_path / "没有")],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("错误：")
    assert "Traceback" not in done.stderr


def test_a_console_without_a_character_shows_the_rest(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (reports / "气温−5度.xls").write_bytes(b"\xd0\xcf")
    console = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(console, encoding="gbk"))
    assert main(["rebuild", str(reports)]) == 0
    sys.stdout.flush()
    assert "气温?5度.xls" in console.getvalue().decode("gbk")


def test_add_replace_and_remove(
    reports: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["rebuild", str(reports)])
    news = tmp_path / "绿化.txt"
    news.write_text("全区栽种行道树3600棵。", encoding="utf-8")
    assert main(["add", str(news)]) == 0
    assert "与上一份相比：新增 1 份报告，新增 1 个数据" in capsys.readouterr().out
    news.write_text("全区栽种行道树4800棵。", encoding="utf-8")
    assert main(["replace", "绿化.txt", str(news)]) == 0
    assert "更新 1 份报告，改变 1 个数据" in capsys.readouterr().out
    assert main(["changes"]) == 0
    printed = capsys.readouterr().out
    assert "栽种行道树 3600棵 → 4800棵  《绿化》" in printed
    assert main(["remove", "绿化.txt"]) == 0
    capsys.readouterr()
    assert main(["remove", "绿化.txt"]) == 1
    assert "没有名为“绿化.txt”的报告" in capsys.readouterr().err
    assert len(list((home / "reports").glob("*/绿化.txt"))) == 2


def test_changes_between_named_generations(
    reports: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["rebuild", str(reports)])
    assert main(["changes"]) == 1
    assert "更早" in capsys.readouterr().err
    for path in sorted(reports.iterdir())[:1]:
        path.unlink()
    main(["rebuild", str(reports)])
    first, second = GenerationStore(home / "index").names()
    capsys.readouterr()
    assert main(["changes", second, first]) == 0
    assert f"{second} → {first}：新增 1 份报告" in capsys.readouterr().out
    assert main(["changes", first, second, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in found["removed"]] == ["某县工作报告_2023.txt"]
    assert {change["state"] for change in found["figures"]} == {"gone"}
    assert main(["changes", first, "无"]) == 1
    assert f"现有：{first}、{second}" in capsys.readouterr().err


def test_status_names_sources_and_a_failed_exam(
    reports: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["rebuild", str(reports)])
    main(["remove", "某县工作报告_2023.txt"])
    store = GenerationStore(home / "index")
    keep_exam(store.index_dir, store.names()[0], ExamRecord(False, "2026-01-01T00:00:00+00:00", ("旧",)))
    capsys.readouterr()
    main(["status"])
    printed = capsys.readouterr().out
    assert f"来源：{reports}" in printed
    assert f"不收录：{reports / '某县工作报告_2023.txt'}" in printed
    assert "自测" not in printed
    keep_exam(store.index_dir, store.current(), ExamRecord(False, "", ("数据答对 60%（偏低）",)))
    main(["status"])
    assert "没有通过自测（数据答对 60%（偏低）" in capsys.readouterr().out
    for _ in range(3):
        main(["rebuild", str(reports)])
    assert not list((store.index_dir / "exams").iterdir()), "records go with their generations"


def test_progress_and_results_as_json(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild", str(reports), "--json"]) == 0
    events = [read_event(line) for line in capsys.readouterr().out.splitlines()]
    assert None not in events
    assert [event.progress.stage for event in events[:1] if event and event.progress] == ["读取"]
    last = events[-1]
    assert last and last.summary and last.summary.reports == 2
    assert main(["remove", "没有", "--json"]) == 1
    told = read_event(capsys.readouterr().out)
    assert told and told.kind == "NoSuchReportError" and told.error


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to catch")
def test_sigterm_stops_it_and_leaves_all_as_it_was(
    reports: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["rebuild", str(reports)])
    before = sorted(home.rglob("*"))

    class Terminated(FakeEncoder):
        def encode_passages(self, texts: Any, on_batch: Any = None) -> Any:
            os.kill(os.getpid(), signal.SIGTERM)
            return super().encode_passages(texts, on_batch)

    monkeypatch.setattr("index.build.load_encoder", lambda _settings, _on_message: Terminated())
    assert main(["rebuild", str(reports)]) == 1
    assert "已取消" in capsys.readouterr().err
    assert sorted(home.rglob("*")) == before


def test_a_locked_index_is_told_with_the_way_to_wait(
    reports: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with GenerationStore(home / "index").locked():
        assert main(["rebuild", str(reports)]) == 1
    assert "--wait" in capsys.readouterr().err


def test_rollback_to_a_named_generation(
    reports: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        main(["rebuild", str(reports)])
    first, _second, third = GenerationStore(home / "index").names()
    assert main(["rollback", first]) == 0
    assert main(["rollback", third]) == 0, "one can also go forward again"
    assert GenerationStore(home / "index").current() == third
    assert main(["rollback", "../甲"]) == 1
    assert "没有名为" in capsys.readouterr().err


def test_remedies_name_an_index_of_ones_own(index_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--index", str(index_dir)]) == 1
    assert f"python -m index rebuild --index {index_dir}" in capsys.readouterr().err
