"""No file hurts the program: it ends in time, says in Chinese what is wrong, and others are read after it."""

import contextlib
import errno
import os
import re
import stat
import time
from pathlib import Path

import pytest

from corpus import (
    CorpusError,
    EmptyReportError,
    Limits,
    MissingReportError,
    TooLargeReportError,
    load_report,
    split_report,
)
from corpus.figures import extract_figures
from corpus.names import shown
from corpus.reasons import REASONS
from tests.corpus.hostile.files import HOSTILE, SENTENCE, Hostile, names
from tests.corpus.hostile.pdfs import many_pages
from tests.growth import TIMES, assert_grows

LONGEST_SECONDS = 60
BUSY_SECONDS = 30  # for opening the file and ending the process on a computer with other work


def good(folder: Path) -> Path:
    path = folder / "好报告.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name, marks=[pytest.mark.slow] * case.slow) for case in HOSTILE]
)
def test_a_hostile_file(tmp_path: Path, case: Hostile) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.make())
    started = time.monotonic()
    try:
        text = load_report(path).text
        assert case.reads, f"was read: {text[:200]}"
        assert re.search(case.reads, text)
    except CorpusError as error:
        message = str(error)
        assert case.refused, message
        assert re.search(case.refused, message), message
        assert case.name in message
        assert "请" in message or "能读的格式" in message
    assert time.monotonic() - started < LONGEST_SECONDS + BUSY_SECONDS
    assert load_report(good(tmp_path)).text == SENTENCE


def test_there_are_many() -> None:
    assert len({case.name for case in HOSTILE}) == len(HOSTILE) >= 100
    assert all(case.reads or case.refused for case in HOSTILE)


@pytest.mark.parametrize("name", list(names()))
def test_a_hostile_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(SENTENCE, encoding="utf-8")
    report = load_report(path)
    assert report.text == SENTENCE
    assert report.name.encode("utf-8")
    assert not re.search("[\x00-\x1f\u202a-\u202e]", report.name + report.title)
    path.write_bytes(b"")
    with pytest.raises(EmptyReportError, match=re.escape(shown(name))):
        load_report(path)


def test_a_name_that_no_system_takes(tmp_path: Path) -> None:
    for name in ("长" * 300 + ".txt", "空\0字节.txt"):
        with pytest.raises(MissingReportError, match=r"打不开“.*请检查"):
            load_report(tmp_path / name)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere names are characters")
def test_a_name_in_the_encoding_of_another_system(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("年报.txt".encode("gb18030"))
    path.write_text(SENTENCE, encoding="utf-8")
    with pytest.raises(MissingReportError, match=r"编码.*请把文件.*改个名字") as refusal:
        load_report(path)
    assert str(refusal.value).encode("utf-8")


def test_the_same_content_twice_is_the_same_report(tmp_path: Path) -> None:
    first, second = good(tmp_path), tmp_path / "副本.md"
    second.write_bytes(first.read_bytes())
    assert load_report(first).digest == load_report(second).digest


@pytest.mark.skipif(os.name != "posix", reason="files of Unix")
def test_what_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.txt"
    os.mkfifo(pipe)
    loop = tmp_path / "环.txt"
    loop.symlink_to(loop)
    dangling = tmp_path / "断.txt"
    dangling.symlink_to(tmp_path / "没有.txt")
    link = tmp_path / "链接.txt"
    link.symlink_to(good(tmp_path))
    assert load_report(link).text == SENTENCE
    for path, reason in (
        (pipe, "管道或设备"),
        (Path("/dev/zero"), "管道或设备"),
        (loop, REASONS[errno.ELOOP]),
        (dangling, REASONS[errno.ENOENT]),
        (tmp_path, REASONS[errno.EISDIR]),
    ):
        with pytest.raises(MissingReportError, match=str(reason)):
            load_report(path)


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.EIO])
def test_a_file_that_cannot_be_opened_or_vanishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = good(tmp_path)

    def fail(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(MissingReportError, match=str(REASONS[number])):
        load_report(path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = good(tmp_path)
    path.chmod(0)
    with pytest.raises(MissingReportError, match=str(REASONS[errno.EACCES])):
        load_report(path)
    path.chmod(stat.S_IRUSR)


def test_a_file_over_the_size_limit_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(TooLargeReportError, match=r"好报告\.txt”超过 0 MB.*WENBAO_FILE_MB"):
        load_report(good(tmp_path), Limits(file_bytes=10))


def test_a_document_over_the_page_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "年鉴.pdf"
    path.write_bytes(many_pages(12))
    with pytest.raises(TooLargeReportError, match=r"年鉴\.pdf”有 12 页，超过 11 页.*WENBAO_PAGES"):
        load_report(path, Limits(pages=11))


@pytest.mark.slow
@pytest.mark.parametrize(
    "mark",
    [
        "1",
        "1,",
        "0.",
        "１",
        "（",
        "一",
        "、",
        "。",
        "，",
        "增长",
        "同比增长8%",
        "2024年",
        "1｜",
        "甲：1｜乙：2\n",
        "【",
        "\u3000",
        "\t",
        "\n1",
        "\n一、",
    ],
)
def test_a_text_of_one_mark_takes_time_in_line_with_its_length(tmp_path: Path, mark: str) -> None:
    def read(path: Path) -> None:
        with contextlib.suppress(EmptyReportError):
            report = load_report(path)
            split_report(report)
            extract_figures(report.text)

    small, large = tmp_path / "单调.txt", tmp_path / "更长.txt"
    for path, length in ((small, 25_000), (large, 25_000 * TIMES)):
        path.write_text("开头的话。" + (mark * length)[:length], encoding="utf-8")
    assert_grows(read, small, large)
