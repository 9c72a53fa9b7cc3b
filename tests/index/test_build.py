"""Rebuilding: what goes in, what is reused, what is left out and said so."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import load_report, split_report
from index import (
    Index,
    IndexSettings,
    IndexWriteError,
    NothingToIndexError,
    Progress,
    open_index,
    rebuild,
)
from index.context import context
from index.digests import FileRecord, write_durably
from tests.fakes import FakeEncoder

COUNTY, CITY = "某县工作报告_2023.txt", "某市卫生公报_2024.txt"


def opened(index_dir: Path, encoder: FakeEncoder) -> Index:
    return open_index(index_dir, encoder=encoder)


def test_a_built_index_holds_what_was_read(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    summary = rebuild([reports], index_dir, encoder=encoder)
    index = opened(index_dir, encoder)
    expected = [p for name in sorted([COUNTY, CITY]) for p in split_report(load_report(reports / name))]
    assert list(index.passages) == expected
    assert (summary.reports, summary.passages, summary.failures) == (2, len(expected), ())
    assert summary.figures == len(index.ledger) == sum(map(len, index.figures)) > 8
    assert [entry.name for entry in index.manifest.reports] == sorted([COUNTY, CITY])
    assert len(index.vectors.vectors()) == len(index.tokens) == len(expected)
    assert index.keywords.count == len(expected)


def test_figures_stand_in_their_passages(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    index = opened(index_dir, encoder)
    for passage, figures in zip(index.passages, index.figures, strict=True):
        for figure in figures:
            assert passage.text[figure.start : figure.end] == figure.quote
    assert "21.7万吨" in {figure.quote for figures in index.figures for figure in figures}


def test_whole_reports_are_kept(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    report = load_report(reports / COUNTY)
    rebuild([reports], index_dir, encoder=encoder)
    (reports / COUNTY).unlink()
    assert opened(index_dir, encoder).report(COUNTY) == report


def test_a_question_finds_its_passage_both_ways(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    index = opened(index_dir, encoder)
    question = "全市有多少家医院、多少张床位"
    _, rows = index.vectors.search(index.encoder.encode_queries([question])[0].vector[None], 1)
    assert "医院38家" in index.passages[rows[0, 0]].text
    assert "医院38家" in index.passages[int(index.keywords.scores(question).argmax())].text


def test_the_searched_text_names_report_and_headings(reports: Path) -> None:
    passage = split_report(load_report(reports / COUNTY))[-1]
    text = context(passage)
    assert text.endswith(passage.text)
    assert "某县工作报告_2023" in text
    assert "某县政府工作报告" in text
    assert text.count("二、今年工作安排") == 1


def test_unchanged_passages_keep_their_vectors(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    first = rebuild([reports], index_dir, encoder=encoder)
    before = opened(index_dir, encoder).vectors.vectors()
    encoder.calls.clear()
    second = rebuild([reports], index_dir, encoder=encoder)
    assert (first.reused, second.reused) == (0, second.passages)
    assert [text for call in encoder.calls for text in call] == []
    np.testing.assert_array_equal(opened(index_dir, encoder).vectors.vectors(), before)


def test_only_new_passages_are_encoded(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    first = rebuild([reports], index_dir, encoder=encoder)
    (reports / "新增.txt").write_text("全区栽种行道树3600棵，建成公园5个。", encoding="utf-8")
    encoder.calls.clear()
    second = rebuild([reports], index_dir, encoder=encoder)
    assert second.reused == first.passages
    [[text]] = encoder.calls
    assert "行道树3600棵" in text


def test_an_incremental_index_equals_a_full_one(
    reports: Path, index_dir: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    rebuild([reports / CITY], index_dir, encoder=encoder)
    rebuild([reports], index_dir, encoder=encoder)
    rebuild([reports], tmp_path / "全新", encoder=encoder)
    grown, whole = opened(index_dir, encoder).manifest, opened(tmp_path / "全新", encoder).manifest
    assert grown.files == whole.files
    assert replace(grown, generation="", created="") == replace(whole, generation="", created="")


def test_another_encoder_reuses_nothing(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    summary = rebuild([reports], index_dir, encoder=FakeEncoder(fingerprint="fake-2"))
    assert summary.reused == 0


def test_a_damaged_index_is_rebuilt_from_scratch(
    reports: Path, index_dir: Path, encoder: FakeEncoder
) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    [vectors] = index_dir.glob("generations/*/vectors.faiss")
    vectors.write_bytes(vectors.read_bytes()[:-4] + b"\0\0\0\0")
    summary = rebuild([reports], index_dir, encoder=encoder)
    assert summary.reused == 0
    assert opened(index_dir, encoder).manifest.passages == summary.passages


def test_files_that_cannot_be_read_do_not_stop_the_others(
    reports: Path, index_dir: Path, encoder: FakeEncoder
) -> None:
    (reports / "空白.txt").write_text("  \n ", encoding="utf-8")
    (reports / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (reports / ".隐藏.txt").write_text("隐藏文件不是报告", encoding="utf-8")
    (reports / "~$临时.txt").write_text("临时文件不是报告", encoding="utf-8")
    summary = rebuild([reports, reports / "没有.txt"], index_dir, encoder=encoder)
    assert summary.reports == 2
    assert {failure.path.name for failure in summary.failures} == {"空白.txt", "照片.jpg", "没有.txt"}
    assert all(str(failure.reason) for failure in summary.failures)


def test_a_bug_set_off_by_one_file_does_not_stop_the_others(
    reports: Path, index_dir: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(path: Path, *_limits: object, **options: Any) -> Any:
        if path.name == CITY:
            raise RecursionError
        return load_report(path, **options)

    monkeypatch.setattr("index.gather.load_report", breaks)
    summary = rebuild([reports], index_dir, encoder=encoder)
    [failure] = summary.failures
    assert (summary.reports, failure.path.name) == (1, CITY)
    assert "RecursionError" in str(failure.reason)


def test_the_same_content_is_taken_once(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    (reports / "副本.txt").write_bytes((reports / CITY).read_bytes())
    summary = rebuild([reports], index_dir, encoder=encoder)
    [failure] = summary.failures
    assert (summary.reports, failure.path.name) == (2, CITY)
    assert "副本.txt" in str(failure.reason), "it says which file it repeats"


def test_the_same_file_named_twice_is_no_failure(
    reports: Path, index_dir: Path, encoder: FakeEncoder
) -> None:
    summary = rebuild([reports / CITY, reports, reports / CITY], index_dir, encoder=encoder)
    assert (summary.reports, summary.failures) == (2, ())


def test_namesakes_are_told_apart_by_their_folders(
    tmp_path: Path, index_dir: Path, encoder: FakeEncoder
) -> None:
    for number, folder in enumerate(["甲/上报", "乙/上报", "丙"]):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "年报.txt").write_text(f"全年修路{number + 1}条。", encoding="utf-8")
    rebuild([tmp_path], index_dir, encoder=encoder)
    index = opened(index_dir, encoder)
    assert sorted(entry.name for entry in index.manifest.reports) == [
        "丙/年报.txt",
        "乙/上报/年报.txt",
        "甲/上报/年报.txt",
    ]
    assert {passage.report for passage in index.passages} == {entry.name for entry in index.manifest.reports}
    assert "修路2条" in index.report("乙/上报/年报.txt").text


@pytest.mark.parametrize("name", ["没有这个文件.txt", "空文件夹", None])
def test_without_a_report_the_old_index_stays(
    reports: Path, index_dir: Path, encoder: FakeEncoder, tmp_path: Path, name: str | None
) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    before = opened(index_dir, encoder).manifest
    (tmp_path / "空文件夹").mkdir()
    with pytest.raises(NothingToIndexError, match=name or "."):
        rebuild([tmp_path / name] if name else [], index_dir, encoder=encoder)
    assert opened(index_dir, encoder).manifest == before


def test_progress_counts_files_and_passages(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    seen: list[Progress] = []
    summary = rebuild([reports], index_dir, seen.append, encoder=encoder)
    assert list(dict.fromkeys(step.stage for step in seen)) == ["读取", "清理", "嵌入", "检查", "切换"]
    reading = [step for step in seen if step.stage == "读取"]
    assert [(step.done, step.total) for step in reading] == [(0, 2), (1, 2), (2, 2)]
    assert [step.detail for step in reading[:2]] == sorted([COUNTY, CITY])
    cleaning = [step for step in seen if step.stage == "清理"]
    assert [(step.done, step.total) for step in cleaning] == [(0, 2), (1, 2), (2, 2)]
    embedding = [step for step in seen if step.stage == "嵌入"]
    assert (embedding[0].done, embedding[-1].done) == (0, summary.passages)


def test_the_default_place_is_under_home(reports: Path, tmp_path: Path, encoder: FakeEncoder) -> None:
    settings = IndexSettings(home=tmp_path / "家")
    rebuild([reports], settings=settings, encoder=encoder)
    assert (tmp_path / "家" / "index" / "CURRENT").is_file()
    assert open_index(settings=settings, encoder=encoder).manifest.passages > 0


def test_a_full_disk_leaves_the_old_index_and_no_debris(
    reports: Path, index_dir: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild([reports / CITY], index_dir, encoder=encoder)
    before = sorted(path for path in index_dir.rglob("*"))
    for failing in range(1, 50):
        countdown = iter(range(failing - 1, -1, -1))

        def fails(path: Path, data: bytes, count: Iterator[int] = countdown) -> FileRecord:
            if next(count) == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return write_durably(path, data)

        with monkeypatch.context() as patch:
            patch.setattr("index.write.write_durably", fails)
            try:
                rebuild([reports], index_dir, encoder=encoder)
            except IndexWriteError as error:
                assert "磁盘已满" in str(error)
                assert sorted(path for path in index_dir.rglob("*")) == before
                assert {p.report for p in opened(index_dir, encoder).passages} == {CITY}
            else:
                break
    assert failing == 6, "reports, passages, figures, vectors and the manifest are written this way"
