"""What changed between two generations."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import BuildSummary, Changes, rebuild
from index.changes import printed
from tests.fakes import FakeEncoder

TITLE = "青山市统计公报\n\n"


def changes(folder: Path, before: dict[str, str], after: dict[str, str]) -> Changes:
    """Return what changes when an index of some files, name -> text, is rebuilt of others."""
    summary: BuildSummary | None = None
    for number, files in enumerate((before, after)):
        place = folder / str(number)
        place.mkdir()
        for name, text in files.items():
            (place / name).write_text(text, encoding="utf-8")
        summary = rebuild([place], folder / "索引", encoder=FakeEncoder())
    assert summary is not None
    assert summary.changes is not None
    return summary.changes


def told(found: Changes) -> list[tuple[str, str | None, str | None]]:
    return [(c.state, c.before and printed(c.before), c.after and printed(c.after)) for c in found.figures]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("全市有学校12所。", "全市有学校12所。\n", []),
        ("全市有学校12所。", "今年，全市有学校12所。", [("new", None, "12所"), ("gone", "12所", None)]),
        ("全市有学校12所。", "全市有学校15所。", [("changed", "12所", "15所")]),
        ("粮食产量3万吨。", "粮食产量30000吨。", []),
        ("粮食产量3万吨。", "粮食产量超过3万吨。", []),
        ("财政收入增长3%。", "财政收入下降3%。", [("changed", "+3%", "-3%")]),
        ("全市有学校12所。", "全市有学校12所、医院3家。", [("new", None, "3家")]),
        ("全市有学校12所、医院3家。", "全市有学校12所。", [("gone", "3家", None)]),
    ],
)
def test_figures_of_a_revised_report(
    tmp_path: Path, before: str, after: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    found = changes(tmp_path, {"公报.txt": TITLE + before}, {"公报.txt": TITLE + after})
    assert told(found) == expected
    assert ([entry.name for entry in found.revised], found.added, found.removed) == (["公报.txt"], (), ())


def test_the_same_place_and_year_in_another_report(tmp_path: Path) -> None:
    """A later report revises a number: same place, indicator and year, another file and title."""
    found = changes(
        tmp_path,
        {"昆山市公报_2023.txt": "昆山市2023年统计公报\n\n2023年全市地区生产总值5000亿元。"},
        {"昆山市报告_2024.txt": "昆山市2024年政府工作报告\n\n2023年全市地区生产总值5140.6亿元。"},
    )
    assert told(found) == [("changed", "5000亿元", "5140.6亿元")]
    assert [entry.name for entry in (*found.added, *found.removed)] == [
        "昆山市报告_2024.txt",
        "昆山市公报_2023.txt",
    ]


def test_other_places_and_years_are_other_figures(tmp_path: Path) -> None:
    text = "{}统计公报\n\n{}年全市地区生产总值{}亿元。"
    found = changes(
        tmp_path,
        {"昆山市公报_2023.txt": text.format("昆山市", 2023, 5000)},
        {
            "太仓市公报_2023.txt": text.format("太仓市", 2023, 1700),
            "昆山市公报_2024.txt": text.format("昆山市", 2024, 5300),
        },
    )
    assert sorted(told(found), key=str) == sorted(
        [("new", None, "1700亿元"), ("new", None, "5300亿元"), ("gone", "5000亿元", None)], key=str
    )
    assert (found.count("new"), found.count("gone"), found.count("changed")) == (2, 1, 0)


def test_as_many_figures_are_new_as_there_are_more(tmp_path: Path) -> None:
    """The list of reports and the count of what is new tell one number, also of what is printed twice."""
    folder = tmp_path / "报告"
    folder.mkdir()
    (folder / "甲.txt").write_text(f"{TITLE}全市有学校12所。", encoding="utf-8")
    first = rebuild([folder], tmp_path / "索引", encoder=FakeEncoder())
    twice = "太仓市统计公报\n\n全市有医院3家。全市有医院3家、图书馆2座。"
    (folder / "乙.txt").write_text(twice, encoding="utf-8")
    second = rebuild([folder], tmp_path / "索引", encoder=FakeEncoder())
    assert second.changes is not None
    assert second.changes.count("new") == second.figures - first.figures == 3
    (folder / "乙.txt").write_text(twice.replace("。全市有医院3家", "。全市有诊所9家"), encoding="utf-8")
    third = rebuild([folder], tmp_path / "索引", encoder=FakeEncoder())
    assert third.changes is not None
    assert (third.changes.count("new"), third.changes.count("gone")) == (1, 1)


def test_nothing_changes(tmp_path: Path) -> None:
    found = changes(
        tmp_path, {"公报.txt": TITLE + "全市有学校12所。"}, {"公报.txt": TITLE + "全市有学校12所。"}
    )
    assert not found


def test_the_first_index_changes_nothing(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    assert rebuild([reports], index_dir, encoder=encoder).changes is None
