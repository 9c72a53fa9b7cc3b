"""Reading: encodings, Markdown, titles, headings, and files that cannot be used."""

import errno
import json
import os
import re
from pathlib import Path

import pytest

from corpus import (
    EmptyReportError,
    MissingReportError,
    UndecodableTextError,
    UnsupportedFormatError,
    load_report,
    split_report,
)
from corpus.headings import find_headings
from corpus.reasons import REASONS, reason_of
from corpus.title import find_title

CASES = Path(__file__).parents[1] / "cases" / "corpus"
SIMPLIFIED = (
    "青山县去年完成固定资产投资三十六亿元，比上年增长百分之八，新建学校五所，群众的生活水平有了明显提高。"
)
TRADITIONAL = (
    "臺灣地區去年的經濟發展報告指出，工業總產值增加百分之八，新建學校五所，人民的生活水準有了明顯提高。"
)


def cases(name: str) -> list:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        (SIMPLIFIED[:20], "gb18030"),
        (TRADITIONAL[:20], "big5"),
    ],
)
def test_encodings_of_chinese_text(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(text.encode(encoding))
    report = load_report(path)
    assert report.text == text
    assert [step.name for step in report.repairs if step.name == "转换编码"] == (
        [] if encoding == "utf-8" else ["转换编码"]
    )


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(128, 256)) * 4,
        SIMPLIFIED.encode("gb18030")[:41] + b"\xff\xff" + SIMPLIFIED.encode("gb18030")[42:],
        SIMPLIFIED.encode("shift_jis", errors="ignore") + "カタカナ".encode("shift_jis") * 9,
        b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"),
        b"ID3\x04" + bytes(range(256)) * 4,
    ],
    ids=["random", "damaged", "japanese", "wrong mark", "sound"],
)
def test_bytes_of_no_certain_encoding_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "坏.txt"
    path.write_bytes(data)
    with pytest.raises(UndecodableTextError, match=r"坏\.txt.*UTF-8"):
        load_report(path)


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "简报.md"
    path.write_text(
        "# 2024年东湖区工作简报\n\n## 工业\n\n全区**工业总产值**突破[500亿元](http://x.cn)，\n增长9%。\n\n"
        "- 新增企业30家\n- 淘汰产能5万吨\n\n| 指标 | 数值 |\n| --- | --- |\n| 用电量 | 12.5 |\n\n农业\n----\n\n粮食丰收。\n",
        encoding="utf-8",
    )
    report = load_report(path)
    assert report.title == "2024年东湖区工作简报"
    assert report.text == (
        "2024年东湖区工作简报\n工业\n全区工业总产值突破500亿元，增长9%。\n"
        "新增企业30家\n淘汰产能5万吨\n指标｜数值\n用电量｜数值：12.5\n农业\n粮食丰收。"
    )
    assert [(heading.text, heading.level) for heading in report.headings] == [
        ("2024年东湖区工作简报", 1),
        ("工业", 2),
        ("农业", 2),
    ]
    figures = next(passage for passage in split_report(report) if "500亿元" in passage.text)
    assert figures.headings == ("2024年东湖区工作简报", "工业")
    assert figures.lines == (1, 13)


@pytest.mark.parametrize("case", cases("headings.jsonl"), ids=lambda case: case["lines"][0])
def test_headings(case: dict) -> None:
    text = "\n".join(case["lines"])
    found = find_headings(text, {})
    assert [[heading.text, heading.level] for heading in found] == case["headings"]
    assert all(text[heading.start : heading.end].strip() == heading.text for heading in found)


@pytest.mark.parametrize("case", cases("titles.jsonl"), ids=lambda case: case["text"][:12])
def test_titles(case: dict) -> None:
    assert find_title(case["text"], find_headings(case["text"], {})) == case["title"]


def test_a_report_without_a_title_is_called_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "三季度经营分析.txt"
    path.write_text("收入增长，利润增加。", encoding="utf-8")
    assert load_report(path).title == "三季度经营分析"


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(MissingReportError, match=r"没有的\.txt”：文件或文件夹不存在。请"):
        load_report(tmp_path / "没有的.txt")
    with pytest.raises(MissingReportError, match="这是一个文件夹"):
        (tmp_path / "文件夹.txt").mkdir()
        load_report(tmp_path / "文件夹.txt")
    (tmp_path / "录音.mp3").write_bytes(b"ID3\x04" + bytes(range(256)) * 4)
    with pytest.raises(UnsupportedFormatError, match=r"录音\.mp3.*\.txt"):
        load_report(tmp_path / "录音.mp3")
    empty = tmp_path / "空.txt"
    for data in (b"", b" \r\n\xe3\x80\x80\n"):
        empty.write_bytes(data)
        with pytest.raises(EmptyReportError, match=r"空\.txt"):
            load_report(empty)


@pytest.mark.parametrize("number", [*REASONS, errno.ENOEXEC, 99_999])
def test_reasons_are_in_chinese(number: int) -> None:
    reason = str(reason_of(OSError(number, os.strerror(number))))
    assert not re.search("[A-Za-z]", reason)
    assert number in REASONS or str(number) in reason


def test_reasons_without_a_number() -> None:
    assert "等待太久" in str(reason_of(TimeoutError("timed out")))
    assert str(reason_of(OSError("something went wrong"))) == "打不开"


def test_a_title_block_without_empty_lines_keeps_title_and_date(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        "青山县第九届人民代表大会政府工作报告\n（2025年1月12日）\n各位代表：现在报告工作。", encoding="utf-8"
    )
    report = load_report(path)
    assert report.title == "青山县第九届人民代表大会政府工作报告"
    assert str(report.identity.day) == "2025-01-12"
    assert [report.text[p.start : p.end].split("\n")[0] for p in split_report(report)] == [report.title]
