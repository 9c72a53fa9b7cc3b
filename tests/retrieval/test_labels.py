"""What reports are called where there is little room: by their titles, and never two the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import Identity
from index import ReportEntry
from retrieval.words.labels import SHORT, cut_apart, labels_of
from retrieval.words.listing import display_width


def entry(name: str, title: str, place: str | None = None, year: int | None = None) -> ReportEntry:
    identity = Identity(place, date(year, 1, 20) if year else None)
    return ReportEntry(name, title, "", 0, 0, 0, (), identity)


def full(*reports: ReportEntry) -> list[str]:
    return [label.full for label in labels_of(reports).values()]


def test_one_report_is_called_by_its_title() -> None:
    [label] = labels_of([entry("巴南_2021.txt", "努力成为重要增长极", "巴南", 2021)]).values()
    assert (label.short, label.full) == ("努力成为重要增长极", "努力成为重要增长极")


@pytest.mark.parametrize(
    ("title", "place", "year", "called"),
    [
        ("2024年丽水市统计公报", "丽水市", 2025, "2024年丽水市统计公报"),
        ("政府工作报告", "丽水市", 2025, "丽水2025年·政府工作报告"),
        ("2025年政府工作报告", "丽水市", 2025, "丽水·2025年政府工作报告"),
        ("丽水市政府工作报告", "丽水市", 2025, "2025年·丽水市政府工作报告"),
        ("政府工作报告", None, None, "政府工作报告"),
    ],
)
def test_place_and_year_stand_before_a_title_that_does_not_say_them(
    title: str, place: str | None, year: int | None, called: str
) -> None:
    others = entry("别的.txt", "别的报告")
    assert full(entry("甲.txt", title, place, year), others)[0] == called


def test_the_name_of_a_file_that_stands_for_a_title_is_in_words() -> None:
    assert full(entry("2025_丽水市_报告.txt", "2025_丽水市_报告", "丽水市", 2025)) == ["2025 丽水市 报告"]


def test_the_same_title_twice_is_told_apart_by_the_file() -> None:
    twins = [entry(name, "2025年丽水市报告", "丽水市", 2025) for name in ("初稿.txt", "定稿.txt")]
    assert full(*twins) == ["2025年丽水市报告（初稿）", "2025年丽水市报告（定稿）"]
    kinds = [entry(name, "2025年丽水市报告", "丽水市", 2025) for name in ("稿.txt", "稿.pdf")]
    assert full(*kinds) == ["2025年丽水市报告（稿.txt）", "2025年丽水市报告（稿.pdf）"]


@given(
    st.lists(st.text(alphabet="省市一二三ab（）", min_size=1, max_size=60), max_size=12),
    st.integers(16, 40),
)
def test_cut_names_fit_and_stay_apart(names: list[str], most: int) -> None:
    cut = cut_apart(names, most)
    assert set(cut) == set(names)
    assert all(display_width(short) <= most for short in cut.values())
    assert len(set(cut.values())) == len(set(names))
    assert all(cut[name] == name for name in names if display_width(name) <= most)


def test_the_part_that_differs_is_kept() -> None:
    names = [f"某某市国民经济和社会发展第{plan}个五年规划执行情况中期评估报告" for plan in ("十三", "十四")]
    short = [*cut_apart(names, SHORT).values()]
    assert [plan in name for plan, name in zip(("十三", "十四"), short, strict=True)] == [True, True]
