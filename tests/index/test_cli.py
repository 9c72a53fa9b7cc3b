"""The command line: what is printed, and what it exits with."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from index.__main__ import main
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
