"""The reading process: whatever happens in it, the program goes on and says what happened."""

import errno
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import (
    ConverterError,
    CorpusError,
    DamagedReportError,
    Limits,
    ReadingStoppedError,
    TooLargeReportError,
    sandbox,
)
from corpus.reasons import REASONS
from corpus.sandbox import read_safely

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of Unix")


@pytest.fixture(autouse=True, scope="module")
def misbehaving() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        sandbox.close()
        patch.setattr(sandbox, "PROGRAM", "tests.corpus.misbehaving")
        yield
        sandbox.close()


def ask(deed: str, limits: Limits | None = None, **more: object) -> str:
    return read_safely(deed.encode(), "坏.txt", limits or Limits(), **more).text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("deed", "error", "message", "limits"),
    [
        ("abort", DamagedReportError, "意外中止", Limits()),
        ("segfault", DamagedReportError, "意外中止", Limits()),
        ("exit", DamagedReportError, "意外中止", Limits()),
        ("forge", DamagedReportError, "意外中止", Limits()),
        ("hang", TooLargeReportError, "秒还没有读完", Limits(seconds=0.6)),
        ("spin", TooLargeReportError, "秒还没有读完", Limits(seconds=0.6)),
        ("hoard", TooLargeReportError, "内存超过 400 MB", Limits(memory_bytes=400 << 20)),
        ("fill", DamagedReportError, "损坏", Limits(inflated_bytes=20 << 20)),
        ("recurse", DamagedReportError, "损坏", Limits()),
        ("word " * 9, TooLargeReportError, "文字超过", Limits(characters=3)),
    ],
)
def test_an_end_of_the_process_is_an_error_of_the_file(
    deed: str, error: type[CorpusError], message: str, limits: Limits
) -> None:
    # What hangs does so for many minutes, and then reads the file: that would raise nothing.
    with pytest.raises(error, match=f"“坏.txt”.*{message}.*请"):
        ask(deed, limits)
    assert ask("word").startswith("word")


def test_one_process_reads_many_files() -> None:
    assert len({ask("word") for _ in range(20)}) == 1


def test_a_process_is_replaced_after_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.close()
    monkeypatch.setattr(sandbox, "FILES_PER_CHILD", 3)
    assert len({ask("word") for _ in range(6)}) == 2


def test_a_process_that_ended_while_it_waited_is_no_fault_of_the_next_file() -> None:
    first = ask("word")
    os.kill(int(first.split()[1]), 9)
    time.sleep(0.1)
    assert ask("word") != first


def test_several_files_at_once() -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(ask("pages 2"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 3


def test_a_long_reading_can_be_stopped() -> None:
    answers = iter([False, False, False, True])
    with pytest.raises(ReadingStoppedError, match=r"已停止.*坏"):
        ask("hang", should_stop=lambda: next(answers))
    assert not [*answers]
    assert not isinstance(ReadingStoppedError(), CorpusError)


def test_pages_renew_the_time_and_are_told() -> None:
    told: list[tuple[int, int]] = []
    ask("word")  # starts the process, which takes a slow machine longer than a page may take
    text = ask("pages 8", Limits(seconds=1), on_page=lambda done, total: told.append((done, total)))
    assert text.startswith("pages")
    assert told == [(page, 8) for page in range(1, 9)]
    with pytest.raises(TooLargeReportError, match="秒还没有读完"):
        ask("pages 100", Limits(seconds=1, total_seconds=1.5))


def test_what_a_library_prints_does_not_disturb() -> None:
    assert ask("print").startswith("print")


def test_characters_that_no_encoding_writes_are_replaced() -> None:
    assert ask("surrogates") == "甲\ufffd乙"


def test_a_reader_has_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        with pytest.raises(DamagedReportError):
            ask(f"connect {server.getsockname()[1]}")
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    sandbox.close()
    monkeypatch.setattr(sandbox.tempfile, "TemporaryDirectory", fail)
    with pytest.raises(ConverterError, match=f"“坏.txt”.*{REASONS[errno.ENOSPC]}.*请"):
        ask("word")


def test_nothing_is_left_of_a_process_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.close()
    monkeypatch.setattr(sandbox.tempfile, "tempdir", str(tmp_path))
    with pytest.raises(TooLargeReportError):
        ask("litter", Limits(seconds=1))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_our_name_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.close()
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "__init__.py").write_text("raise SystemExit('not ours')")
    monkeypatch.chdir(tmp_path)
    assert ask("word").startswith("word")


def test_heavy_libraries_wait_until_a_file_needs_them() -> None:
    heavy = "{'lxml', 'openpyxl', 'PIL', 'pypdfium2', 'rapidocr', 'onnxruntime', 'cv2', 'torch'}"
    script = f"import corpus, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=sandbox.ROOT, check=True
    )
    assert done.stdout == "[]\n"


def test_processes_end_with_the_program() -> None:
    pid = int(ask("word").split()[1])
    sandbox.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
