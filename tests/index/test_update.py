"""Adding, removing and replacing reports of an index in use, and the files that are kept for it."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import (
    BuildSummary,
    Change,
    FileLibrary,
    GenerationStore,
    Index,
    IndexMissingError,
    IndexSettings,
    IndexWriteError,
    LibraryError,
    NoSuchReportError,
    NothingToIndexError,
    Progress,
    RebuildCancelledError,
    open_index,
    rebuild,
    update,
)
from index.digests import FileRecord, write_durably
from index.holdings import source_file
from tests.fakes import FakeEncoder

COUNTY, CITY = "某县工作报告_2023.txt", "某市卫生公报_2024.txt"
NEWS = "全区栽种行道树3600棵，建成公园5个。"


@pytest.fixture
def settings(tmp_path: Path) -> IndexSettings:
    return IndexSettings(home=tmp_path / "家")


@pytest.fixture
def desk(settings: IndexSettings, reports: Path, encoder: FakeEncoder) -> Desk:
    """The default index with two reports."""
    rebuild([reports], settings=settings, encoder=encoder)
    return Desk(settings, encoder)


class Desk:
    """An index in use, its library, and a shorter way to change them."""

    def __init__(self, settings: IndexSettings, encoder: FakeEncoder) -> None:
        self.settings = settings
        self.encoder = encoder
        self.current = FileLibrary(settings.home / "reports")

    def change(self, change: Change) -> BuildSummary:
        return update(change, settings=self.settings, encoder=self.encoder)

    @property
    def index(self) -> Index:
        return open_index(settings=self.settings, encoder=self.encoder)

    @property
    def names(self) -> list[str]:
        return sorted(entry.name for entry in self.index.manifest.reports)

    def everything(self) -> dict[str, bytes]:
        """Return all files under the home with their contents, but for the lock."""
        files = (path for path in self.settings.home.rglob("*") if path.is_file() and path.name != "LOCK")
        return {path.relative_to(self.settings.home).as_posix(): path.read_bytes() for path in files}


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_added_file_is_kept_and_only_it_is_read_and_embedded(desk: Desk, tmp_path: Path) -> None:
    desk.encoder.calls.clear()
    given = written(tmp_path / "上传" / "绿化.txt", NEWS)
    summary = desk.change(Change(add=[given]))
    given.unlink()
    assert (summary.reports, summary.read) == (3, 1)
    assert [text.splitlines()[-1] for call in desk.encoder.calls for text in call] == [NEWS]
    assert desk.names == sorted([COUNTY, CITY, "绿化.txt"])
    entry = desk.index.entry("绿化.txt")
    [stored] = desk.current.files()
    assert (stored.digest, stored.name, stored.state) == (entry.digest, "绿化.txt", "kept")
    assert desk.current.find(entry.digest) == desk.settings.home / "reports" / entry.digest / "绿化.txt"
    assert summary.changes is not None
    assert [report.name for report in summary.changes.added] == ["绿化.txt"]
    assert {change.after.figure.quote for change in summary.changes.figures if change.after} == {
        "3600棵",
        "5个",
    }


def test_a_rebuild_without_paths_has_what_was_added_and_not_what_was_removed(
    desk: Desk, tmp_path: Path
) -> None:
    desk.change(Change(add=[written(tmp_path / "绿化.txt", NEWS)], remove=[CITY]))
    rebuild(settings=desk.settings, encoder=desk.encoder)
    assert desk.names == sorted([COUNTY, "绿化.txt"])
    shutil.rmtree(desk.settings.index_dir)
    rebuild(settings=desk.settings, encoder=desk.encoder)
    assert "绿化.txt" in desk.names, "what was given is not lost with the index"


def test_the_home_may_be_moved(desk: Desk, tmp_path: Path) -> None:
    desk.change(Change(add=[written(tmp_path / "绿化.txt", NEWS)]))
    desk.settings.home.rename(tmp_path / "新家")
    moved = Desk(IndexSettings(home=tmp_path / "新家"), desk.encoder)
    assert rebuild(settings=moved.settings, encoder=moved.encoder).failures == ()
    assert moved.names == sorted([COUNTY, CITY, "绿化.txt"])


def test_a_removed_file_goes_when_no_generation_holds_it(desk: Desk, tmp_path: Path) -> None:
    desk.change(Change(add=[written(tmp_path / "绿化.txt", NEWS)]))
    desk.change(Change(remove=["绿化.txt"]))
    assert desk.names == sorted([COUNTY, CITY])
    [stored] = desk.current.files()
    assert stored.state == "removed", "it is still there to go back to"
    for number in range(3):
        desk.change(Change(add=[written(tmp_path / f"{number}.txt", f"修路{number + 1}公里。")]))
    assert "绿化.txt" not in {file.name for file in desk.current.files()}
    assert not (desk.settings.home / "reports" / stored.digest).exists()


def test_a_newer_version_takes_the_place_and_both_are_kept(desk: Desk, tmp_path: Path) -> None:
    summary = desk.change(
        Change(replace={CITY: written(tmp_path / CITY, "某市卫生健康事业公报\n\n全市共有医院41家。")})
    )
    assert desk.names == sorted([COUNTY, CITY])
    assert "医院41家" in desk.index.report(CITY).text
    newer, older = desk.current.versions()[desk.index.entry(CITY).digest]
    assert "医院38家" in desk.current.path(older).read_text(encoding="utf-8")
    assert newer.replaces == older.digest
    assert desk.current.versions()[older.digest] == (newer, older)
    assert summary.changes is not None
    [revised] = summary.changes.revised
    assert revised.name == CITY
    changed = [change for change in summary.changes.figures if change.state == "changed"]
    assert [(c.before and c.before.figure.quote, c.after and c.after.figure.quote) for c in changed] == [
        ("38家", "41家")
    ]
    GenerationStore(desk.settings.index_dir).rollback()
    assert "医院38家" in desk.index.report(CITY).text
    rebuild(settings=desk.settings, encoder=desk.encoder)
    assert "医院38家" in desk.index.report(CITY).text, "sources go back with the generation"


def test_an_earlier_version_may_come_back(desk: Desk, reports: Path, tmp_path: Path) -> None:
    first = (reports / CITY).read_text(encoding="utf-8")
    for text in ("全市共有医院41家。", first, "全市共有医院43家。", "全市共有医院41家。"):
        desk.change(Change(replace={CITY: written(tmp_path / CITY, text)}))
        versions = desk.current.versions()[desk.index.entry(CITY).digest]
        assert desk.current.path(versions[0]).read_text(encoding="utf-8") == text
        assert desk.current.newest() == [versions[0]]
    assert len(versions) == 3


def test_a_report_of_the_same_name_gets_another(desk: Desk, tmp_path: Path) -> None:
    desk.change(Change(add=[written(tmp_path / "上传" / CITY, NEWS)]))
    assert "某市卫生公报_2024 (2).txt" in desk.names


def test_a_file_of_the_same_name_may_be_the_newer_version(desk: Desk, tmp_path: Path) -> None:
    given = [written(tmp_path / CITY, "全市共有医院41家。"), written(tmp_path / "绿化.txt", NEWS)]
    summary = desk.change(Change(add=given, newer=True))
    assert desk.names == sorted([COUNTY, CITY, "绿化.txt"])
    assert "医院41家" in desk.index.report(CITY).text
    assert summary.read == 2


def test_a_name_is_made_safe(desk: Desk, tmp_path: Path) -> None:
    desk.change(Change(add=[written(tmp_path / "绿化\u202e📗?.txt", NEWS)]))
    assert "绿化📗？.txt" in desk.names


def test_files_that_cannot_be_read_do_not_stop_the_others(desk: Desk, tmp_path: Path) -> None:
    blank, good = written(tmp_path / "空白.txt", " \n"), written(tmp_path / "绿化.txt", NEWS)
    twin = written(tmp_path / "双胞胎.txt", NEWS)
    summary = desk.change(Change(add=[blank, tmp_path / "没有.txt", good, twin]))
    assert desk.names == sorted([COUNTY, CITY, "绿化.txt"])
    assert [failure.path.name for failure in summary.failures] == ["没有.txt", "双胞胎.txt", "空白.txt"]
    assert "绿化.txt" in str(summary.failures[1].reason), "it says which file it repeats"
    assert [file.name for file in desk.current.files()] == ["绿化.txt"]
    assert rebuild(settings=desk.settings, encoder=desk.encoder).failures == ()


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (Change(remove=["没有"]), NoSuchReportError, "没有名为“没有”的报告"),
        (Change(remove=[COUNTY, CITY]), NothingToIndexError, "至少要留一份"),
        (Change(add=[Path("空白.txt")]), LibraryError, "没有文字"),
        (Change(add=[Path("副本.txt")]), LibraryError, f"内容与已收录的“{CITY}”完全相同"),
        (Change(replace={CITY: Path("空白.txt")}), LibraryError, "没有文字"),
        (Change(replace={CITY: Path("副本.txt")}), LibraryError, "完全相同"),
    ],
)
def test_a_change_that_cannot_be_made_leaves_all_as_it_was(
    desk: Desk,
    reports: Path,
    tmp_path: Path,
    change: Change,
    error: type[Exception],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "空白.txt", " \n")
    shutil.copy(reports / CITY, tmp_path / "副本.txt")
    before = desk.everything()
    with pytest.raises(error, match=words):
        desk.change(change)
    after = {name: data for name, data in desk.everything().items() if not name.endswith("library.json")}
    assert after == before
    assert desk.current.files() == ()


def test_what_is_indexed_stays_when_its_file_is_gone_or_spoilt(
    desk: Desk, reports: Path, tmp_path: Path
) -> None:
    (reports / CITY).unlink()
    (reports / COUNTY).write_bytes(b" ")
    summary = desk.change(Change(add=[written(tmp_path / "绿化.txt", NEWS)]))
    assert desk.names == sorted([COUNTY, CITY, "绿化.txt"])
    assert "医院38家" in desk.index.report(CITY).text
    assert {(failure.path.name, failure.kept) for failure in summary.failures} == {
        (CITY, True),
        (COUNTY, True),
    }


def test_a_file_that_changed_on_disk_is_read_again(desk: Desk, reports: Path, tmp_path: Path) -> None:
    written(reports / CITY, "全市共有医院40家。")
    desk.change(Change(add=[written(tmp_path / "绿化.txt", NEWS)]))
    assert "医院40家" in desk.index.report(CITY).text


@pytest.mark.parametrize("stage", ["读取", "清理", "嵌入", "检查"])
def test_a_cancelled_change_leaves_all_as_it_was(desk: Desk, tmp_path: Path, stage: str) -> None:
    given = written(tmp_path / "绿化.txt", NEWS)
    before = desk.everything()
    seen: list[str] = []
    with pytest.raises(RebuildCancelledError, match="没有改动"):
        update(
            Change(add=[given], replace={CITY: written(tmp_path / CITY, "医院41家。")}),
            settings=desk.settings,
            encoder=desk.encoder,
            on_progress=lambda progress: seen.append(progress.stage),
            should_stop=lambda: stage in seen,
        )
    assert seen[-1] == stage
    after = {name: data for name, data in desk.everything().items() if not name.endswith("library.json")}
    assert after == before


def test_a_full_disk_leaves_all_as_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = written(tmp_path / "绿化.txt", NEWS)
    before = desk.everything()
    for failing in range(1, 9):
        countdown = iter(range(failing - 1, -1, -1))

        def fails(path: Path, data: bytes, count: Iterator[int] = countdown) -> FileRecord:
            if next(count, 1) == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return write_durably(path, data)

        with monkeypatch.context() as patch:
            for module in ("holdings", "write", "store"):
                patch.setattr(f"index.{module}.write_durably", fails)
            with pytest.raises(IndexWriteError, match="磁盘已满"):
                desk.change(Change(add=[given]))
        after = {name: data for name, data in desk.everything().items() if "library.json" not in name}
        assert after == before
        assert desk.current.files() == ()
    desk.change(Change(add=[given]))
    assert "绿化.txt" in desk.names


def test_the_file_of_a_report_is_found_while_it_is_the_same(
    desk: Desk, reports: Path, tmp_path: Path
) -> None:
    desk.change(Change(add=[written(tmp_path / "绿化.txt", NEWS)]))
    entries = {entry.name: entry for entry in desk.index.manifest.reports}

    def found(name: str) -> Path | None:
        return source_file(entries[name], desk.current, desk.settings)

    assert found(CITY) == reports / CITY
    assert found("绿化.txt") == desk.current.find(entries["绿化.txt"].digest)
    (reports / CITY).write_text("另一份", encoding="utf-8")
    (reports / COUNTY).unlink()
    assert found(CITY) is found(COUNTY) is None
    stored = desk.current.find(entries["绿化.txt"].digest)
    assert stored is not None
    stored.write_text("改过", encoding="utf-8")
    assert found("绿化.txt") is None


def test_a_lost_catalogue_is_made_again(desk: Desk, tmp_path: Path) -> None:
    desk.change(Change(add=[written(tmp_path / "绿化.txt", NEWS)]))
    for content in (b"{", b"[1]", b"\xff"):
        (desk.current.folder / "library.json").write_bytes(content)
        [stored] = desk.current.files()
        assert (stored.name, stored.state) == ("绿化.txt", "kept")
    desk.change(Change(add=[written(tmp_path / "道路.txt", "修路8公里。")]))
    assert desk.names == sorted([COUNTY, CITY, "绿化.txt", "道路.txt"])


def test_who_stops_after_the_switch_comes_too_late(desk: Desk, tmp_path: Path) -> None:
    seen: list[Progress] = []
    summary = update(
        Change(add=[written(tmp_path / "绿化.txt", NEWS)]),
        settings=desk.settings,
        encoder=desk.encoder,
        on_progress=seen.append,
        should_stop=lambda: bool(seen) and seen[-1].stage == "切换",
    )
    assert summary.reports == 3
    assert seen[-1] == Progress("切换", 1, 1)


def test_there_must_be_an_index_to_change(
    settings: IndexSettings, encoder: FakeEncoder, tmp_path: Path
) -> None:
    with pytest.raises(IndexMissingError):
        update(Change(add=[written(tmp_path / "绿化.txt", NEWS)]), settings=settings, encoder=encoder)
    assert not (settings.home / "reports").exists()


def test_another_index_has_a_library_of_its_own(
    desk: Desk, reports: Path, index_dir: Path, tmp_path: Path
) -> None:
    rebuild([reports], index_dir, settings=desk.settings, encoder=desk.encoder)
    change = Change(add=[written(tmp_path / "绿化.txt", NEWS)])
    update(change, index_dir, settings=desk.settings, encoder=desk.encoder)
    assert [file.name for file in FileLibrary(index_dir / "reports").files()] == ["绿化.txt"]
    assert not (desk.settings.home / "reports").exists()
