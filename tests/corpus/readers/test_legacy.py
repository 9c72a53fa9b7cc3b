"""Files of old Office versions: converted where LibreOffice is, else a way out in words."""

import errno
import subprocess
from pathlib import Path

import pytest

from corpus import ConverterError, load_report
from corpus.readers import legacy
from tests.corpus.office import docx, paragraph

SENTENCE = "东湖区新建学校5所，增长8%。"


def converter(folder: Path, script: str) -> str:
    """Return a program that stands in for LibreOffice; ``$out`` is the file it is to write."""
    path = folder / "soffice"
    path.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nmkdir -p "$2"\nout="$2/report.docx"\n{script}\n'
    )
    path.chmod(0o755)
    return str(path)


def test_without_libreoffice_the_user_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "PROGRAMS", ("no-such-program",))
    monkeypatch.setattr(legacy, "USUAL_PLACES", ())
    with pytest.raises(ConverterError, match=r"“旧\.xls”.*LibreOffice.*请用 Excel 或 WPS.*XLSX"):
        legacy.read_xls(b"", "旧.xls")


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a shell")
def test_what_the_converter_writes_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    converted = tmp_path / "converted"
    converted.write_bytes(docx(paragraph(SENTENCE)))
    program = converter(tmp_path, f'cp "{converted}" "$out"')
    monkeypatch.setattr(legacy, "find_office", lambda: program)
    found = legacy.read_doc(b"old", "旧.doc")
    assert found.text == SENTENCE
    assert found.notes[0].name == "转换格式"


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a shell")
def test_a_converter_that_writes_nothing_or_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = converter(tmp_path, "exit 1")
    monkeypatch.setattr(legacy, "find_office", lambda: program)
    with pytest.raises(ConverterError, match=r"旧\.doc”转换失败.*密码.*DOCX"):
        legacy.read_doc(b"old", "旧.doc")
    program = converter(tmp_path, "exec sleep 5")
    monkeypatch.setattr(legacy, "CONVERT_SECONDS", 0.2)
    with pytest.raises(ConverterError, match=r"旧\.doc”转换了 0\.2 秒.*DOCX"):
        legacy.read_doc(b"old", "旧.doc")


@pytest.mark.parametrize(("number", "reason"), [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限")])
def test_a_full_or_locked_disk(monkeypatch: pytest.MonkeyPatch, number: int, reason: str) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(legacy, "find_office", lambda: "soffice")
    monkeypatch.setattr(legacy.tempfile, "TemporaryDirectory", full)
    with pytest.raises(ConverterError, match=f"临时文件：{reason}.*请"):
        legacy.read_ppt(b"old", "旧.ppt")


@pytest.mark.slow
@pytest.mark.skipif(legacy.find_office() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["doc", "rtf"])
def test_real_files_of_old_versions(tmp_path: Path, suffix: str) -> None:
    source = tmp_path / "新.docx"
    source.write_bytes(docx(paragraph(SENTENCE)))
    office = legacy.find_office()
    assert office is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
    )
    assert load_report(tmp_path / f"新.{suffix}").text == SENTENCE
