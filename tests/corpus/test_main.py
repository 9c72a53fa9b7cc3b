"""The corpus on the command line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Audit, Fault, Omission, Report, load_report
from corpus import __main__ as command
from corpus.__main__ import main


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    path = tmp_path / "简报.txt"
    path.write_text("全年完成造林613公顷，同比增长4.2%。\n", encoding="utf-8")
    return path


def with_fault(report: Report) -> Report:
    """Return a report of a page of which one number is lost and one left out."""
    assert report.audit is not None
    counts = replace(
        report.audit.counts, numerals=4, kept=2, lost=1, omitted=1, recognised=1, confidence=0.987
    )
    fault = Fault("lost", 3, "88.5", "森林覆盖率 88.5 %")
    return replace(report, audit=Audit(counts, (fault,)), omissions=(Omission(3, "- 3 -", "页码"),))


def test_a_file_whose_digits_are_all_there(report_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(report_file)]) == 0
    printed = capsys.readouterr().out
    assert "简报.txt" in printed
    assert "印有 2 个，在正文段落里 2 个" in printed
    assert "一个不少" in printed


def test_a_lost_number_is_shown_with_its_page(
    report_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = with_fault(load_report(report_file))
    monkeypatch.setattr(command, "load_report", lambda _path, _limits: report)
    assert main(["audit", str(report_file)]) == 1
    printed = capsys.readouterr().out
    assert "第3页 88.5 没有进入正文：…森林覆盖率 88.5 %…" in printed
    assert "1 个没有进入正文" in printed
    assert "页码 1 处" in printed
    assert "1 页是图片，平均把握 98.7%" in printed


def test_json_has_the_counts_and_the_faults(
    report_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = with_fault(load_report(report_file))
    monkeypatch.setattr(command, "load_report", lambda _path, _limits: report)
    assert main(["audit", str(report_file), "--json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["report"] == "简报.txt"
    assert (printed["counts"]["lost"], printed["counts"]["kept"]) == (1, 2)
    assert printed["faults"] == [{"kind": "lost", "page": 3, "text": "88.5", "context": "森林覆盖率 88.5 %"}]


def test_a_missing_file_does_not_keep_the_others_from_being_read(
    report_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(report_file.with_name("没有.pdf")), str(report_file)]) == 1
    said = capsys.readouterr()
    assert "没有.pdf" in said.err
    assert "一个不少" in said.out


def test_what_is_asked_wrongly_is_said_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_status:
        main(["audit"])
    assert exit_status.value.code == 2
    assert "缺少参数：文件" in capsys.readouterr().err
