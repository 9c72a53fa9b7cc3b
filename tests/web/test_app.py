"""The command ``python app.py``: what it says when something is in the way."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from tests.web.running import ROOT, command, free_port, running


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **settings},
        timeout=180,
        check=False,
    )


def test_help_is_chinese() -> None:
    told = run("--help")
    assert told.returncode == 0
    assert told.stdout.startswith("用法：python app.py")
    assert "usage" not in told.stdout
    assert "--port" in told.stdout


def test_a_taken_port_is_told_in_one_line_before_anything_is_begun(tmp_path: Path) -> None:
    home = tmp_path / "家"
    with socket.create_server(("127.0.0.1", 0)) as other:
        told = run("--port", str(other.getsockname()[1]), WENBAO_HOME=str(home))
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert "--port" in told.stderr
    # 正在启动 is said before the libraries are loaded, and the model and the index are made at home.
    assert told.stdout == ""
    assert not home.exists()


@pytest.mark.parametrize("port", ["-1", "70000", "八千"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    told = run(f"--port={port}")
    assert told.returncode == 2
    assert f"端口应是 1 到 65535 的整数，不能是“{port}”" in told.stderr


@pytest.mark.slow
def test_a_damaged_index_is_told_with_the_command_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("无此索引\n", encoding="utf-8")
    told = run("--port", str(free_port()), "--index", str(tmp_path))
    assert told.returncode == 1
    assert "python -m index rebuild" in told.stderr
    assert "Traceback" not in told.stderr
    assert (tmp_path / "CURRENT").read_text(encoding="utf-8") == "无此索引\n"


@pytest.mark.slow
def test_the_first_start_builds_an_index_and_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with running(tmp_path / "index", log) as address:
        assert (tmp_path / "index" / "CURRENT").is_file()
    told = log.read_text(encoding="utf-8")
    assert "索引已建立：1 份报告" in told
    assert f"请用浏览器打开 {address}" in told
    assert told.endswith("问报已停止。\n")
    assert "Traceback" not in told
