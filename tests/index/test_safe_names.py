"""Names of uploaded files: whatever a browser sends becomes a name that any system can hold."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.safe_names import LONGEST_STEM, LONGEST_SUFFIX, RESERVED, distinct_name, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("某市统计公报（2024）.pdf", "某市统计公报（2024）.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\桌面\\年报.docx", "年报.docx"),
        ("年报\n第二行\t.txt", "年报第二行.txt"),
        ("📊 数据😀.xlsx", "📊 数据😀.xlsx"),
        ("👩\u200d💻名单.csv", "👩\u200d💻名单.csv"),
        ("\u202efdp.报告.exe", "fdp.报告.exe"),
        ("...", "未命名"),
        ("", "未命名"),
        (".bashrc", "bashrc"),
        ("NUL", "_NUL"),
        ("lpt1.pdf", "_lpt1.pdf"),
        ("公报.pdf. .", "公报.pdf"),
        ("a\ud800b.txt", "ab.txt"),
        ("问?答*题.md", "问？答＊题.md"),
    ],
)
def test_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_suffix_and_whole_characters() -> None:
    safe = safe_name("长" * 300 + ".pdf")
    assert safe == "长" * (LONGEST_STEM // 3) + ".pdf"


@given(st.text() | st.text(alphabet="./\\~$ \u202econCON1.长😀\x00:", max_size=300))
def test_any_name_is_one_harmless_component(name: str) -> None:
    safe = safe_name(name)
    assert safe == safe_name(safe), "it is safe already"
    assert safe not in ("", ".", "..")
    assert PurePosixPath(safe).name == safe == PureWindowsPath(safe).name
    assert not safe.startswith((".", "~$"))
    assert not RESERVED.match(safe)
    assert len(safe.encode()) <= LONGEST_STEM + 4 * LONGEST_SUFFIX + 1
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in safe)


@given(st.lists(st.sampled_from(["甲.txt", "甲 (2).txt", "乙.pdf", "丙"]), max_size=5))
def test_distinct_names_are_distinct(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        chosen = distinct_name(name, taken)
        assert chosen not in taken
        assert Path(chosen).suffix == Path(name).suffix
        taken.append(chosen)
