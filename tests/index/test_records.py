"""Reports and passages as JSON lines: what comes back is what was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Heading, Page, Passage, RepairStep, Report
from index.records import (
    pack_origins,
    read_passages,
    read_report,
    unpack_origins,
    write_passages,
    write_reports,
)

rising = st.lists(st.integers(0, 3), max_size=60).map(
    lambda steps: [sum(steps[: end + 1]) for end in range(len(steps))]
)


@given(rising)
def test_origins_come_back(origins: list[int]) -> None:
    assert unpack_origins(pack_origins(origins), len(origins)) == origins


def test_origins_without_repairs_are_one_run() -> None:
    assert pack_origins(range(1000)) == ((0, 0),)
    assert pack_origins([0, 1, 5, 6, 6]) == ((0, 0), (2, 5), (4, 6))


TEXT = "一、目标\n到2030年，\u2028建成\u0085三座\x0b桥。"
REPORT = Report(
    name="某市“十五五”规划.md",
    path=Path("报告/某市“十五五”规划.md"),
    digest="ab" * 32,
    title="某市规划",
    text=TEXT,
    source=TEXT.replace("\n", "\n\n"),
    origins=[*range(5), *range(6, len(TEXT) + 1)],
    headings=(Heading("一、目标", 0, 4, 1),),
    pages=(Page(1, 0, 22),),
    repairs=(RepairStep("去空行", "行间多余的空行", 1),),
)


def test_a_report_comes_back() -> None:
    data = write_reports([REPORT, REPORT])
    assert data.count(b"\n") == 2
    for line in data.splitlines():
        assert read_report(line) == REPORT


def test_passages_come_back() -> None:
    passages = (
        Passage("甲.txt", 1, "建成\u2028三座\x0b桥。", 0, 9, "甲", ("一、目标", "（一）桥"), 3, (4, 5)),
        Passage("乙.pdf", 2, "水库蓄水", 10, 14, "乙", (), 1, (7, 7), page=12),
    )
    data = write_passages(passages)
    assert read_passages(data) == passages
    assert "水库蓄水" in data.decode(), "the file is for people, too"


@pytest.mark.parametrize("line", [b"", b"{}", b"[1]", b'{"report": "a", "number": "1"}', b"\xff\xfe"])
def test_other_lines_are_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="not"):
        read_report(line)
    with pytest.raises(ValueError, match="not"):
        read_passages(line + b"\n")
