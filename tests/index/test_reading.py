"""Reading again only what may read otherwise now; stopping; waiting for another rebuild."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus import load_report
from index import IndexLockedError, IndexOutdatedError, Progress, RebuildCancelledError, open_index, rebuild
from index.reading import reading_fingerprint
from index.settings import PROJECT_ROOT, IndexSettings
from index.sources import Sources, anchored, located, remembered_sources
from index.store import GenerationStore
from tests.fakes import FakeEncoder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are really read, from now on."""
    names: list[str] = []

    def counted(path: Path, *limits: Any, **options: Any) -> Any:
        names.append(path.name)
        return load_report(path, *limits, **options)

    monkeypatch.setattr("index.gather.load_report", counted)
    return names


def test_unchanged_files_are_not_read_again(
    reports: Path, index_dir: Path, encoder: FakeEncoder, read: list[str]
) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    first = open_index(index_dir, encoder=encoder)
    read.clear()
    assert rebuild([reports], index_dir, encoder=encoder).read == 0
    assert read == []
    second = open_index(index_dir, encoder=encoder)
    assert second.manifest.files == first.manifest.files
    assert [second.report(entry.name) for entry in second.manifest.reports] == [
        first.report(entry.name) for entry in first.manifest.reports
    ]


def test_a_file_of_other_content_or_name_is_read(
    reports: Path, index_dir: Path, encoder: FakeEncoder, read: list[str]
) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    read.clear()
    changed, renamed = sorted(reports.iterdir())
    changed.write_text(changed.read_text(encoding="utf-8") + "新建图书馆3座。\n", encoding="utf-8")
    renamed.rename(reports / "另一个县_2020.txt")
    rebuild([reports], index_dir, encoder=encoder)
    assert sorted(read) == sorted([changed.name, "另一个县_2020.txt"])


def test_a_moved_file_is_not_read_again(
    reports: Path, index_dir: Path, encoder: FakeEncoder, read: list[str]
) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    read.clear()
    moved = reports.rename(reports.with_name("搬走"))
    rebuild([moved], index_dir, encoder=encoder)
    assert read == []
    index = open_index(index_dir, encoder=encoder)
    assert {index.report(entry.name).path.parent for entry in index.manifest.reports} == {moved}


def test_another_way_of_reading_reads_all_again(
    reports: Path, index_dir: Path, encoder: FakeEncoder, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild([reports], index_dir, encoder=encoder)
    read.clear()
    monkeypatch.setattr("index.reading.reading_fingerprint", lambda: "another")
    assert rebuild([reports], index_dir, encoder=encoder).read == 2
    assert len(read) == 2


def test_the_fingerprint_hangs_on_our_code_and_on_what_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fingerprint = reading_fingerprint.__wrapped__
    first = fingerprint()
    assert first == fingerprint()
    (tmp_path / "load.py").write_text("", encoding="utf-8")
    (tmp_path / "reports").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(corpus, "__file__", str(tmp_path / "__init__.py"))
        other = fingerprint()
        (tmp_path / "reports" / "新报告.txt").write_text("a report is no code", encoding="utf-8")
        assert fingerprint() == other != first
        (tmp_path / "load.py").write_text("changed = True", encoding="utf-8")
        assert fingerprint() != other
    monkeypatch.setattr("index.reading.distributions", list)
    assert fingerprint() != first


class SlowEncoder(FakeEncoder):
    """Encodes one passage after the other and tells of each."""

    def encode_passages(self, texts: Any, on_batch: Any = None) -> Any:
        found = []
        for text in texts:
            found += super().encode_passages([text])
            on_batch(len(found))
        return found


def test_stopping_between_two_batches(reports: Path, index_dir: Path) -> None:
    rebuild([reports / "某市卫生公报_2024.txt"], index_dir, encoder=FakeEncoder())
    before = sorted(index_dir.rglob("*"))
    encoder = SlowEncoder()
    with pytest.raises(RebuildCancelledError, match="已取消"):
        rebuild([reports], index_dir, encoder=encoder, should_stop=lambda: len(encoder.calls) == 2)
    assert len(encoder.calls) == 2
    assert sorted(index_dir.rglob("*")) == before


def test_stopping_while_a_file_is_read(
    reports: Path, index_dir: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = threading.Event()

    def endless(path: Path, *limits: Any, should_stop: Any, on_page: Any) -> Any:
        started.set()
        on_page(3, 20)
        while not should_stop():
            time.sleep(0.01)
        raise corpus.ReadingStoppedError("stopped")

    monkeypatch.setattr("index.gather.load_report", endless)
    seen: list[Progress] = []
    with pytest.raises(RebuildCancelledError, match="没有改动"):
        rebuild([reports], index_dir, seen.append, encoder=encoder, should_stop=started.is_set)
    assert not (index_dir / "CURRENT").exists()


def test_recognised_pages_are_told(
    reports: Path, index_dir: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scanned(path: Path, *limits: Any, should_stop: Any, on_page: Any) -> Any:
        on_page(3, 20)
        return load_report(path)

    monkeypatch.setattr("index.gather.load_report", scanned)
    seen: list[Progress] = []
    rebuild([reports], index_dir, seen.append, encoder=encoder)
    assert any(step.stage == "读取" and "第 3/20 页" in str(step.detail) for step in seen)


def test_a_second_rebuild_may_wait(reports: Path, index_dir: Path, encoder: FakeEncoder) -> None:
    holding, finish = threading.Event(), threading.Event()
    waiting: list[Progress] = []

    def hold(_progress: Progress) -> None:
        holding.set()
        finish.wait(20)

    first = threading.Thread(target=lambda: rebuild([reports], index_dir, hold, encoder=encoder))
    first.start()
    assert holding.wait(20)

    def told(progress: Progress) -> None:
        waiting.append(progress)
        finish.set()

    summary = rebuild([reports], index_dir, told, encoder=FakeEncoder(), wait=20)
    first.join()
    assert waiting[0].stage == "等待"
    assert GenerationStore(index_dir).names() == sorted([*GenerationStore(index_dir).names()])
    assert summary.reused == summary.passages


def test_waiting_ends_in_time_and_can_be_cancelled(
    reports: Path, index_dir: Path, encoder: FakeEncoder
) -> None:
    with GenerationStore(index_dir).locked():
        with pytest.raises(IndexLockedError):
            rebuild([reports], index_dir, encoder=encoder, wait=0.3)
        with pytest.raises(RebuildCancelledError):
            rebuild([reports], index_dir, encoder=encoder, wait=20, should_stop=lambda: True)


def test_paths_are_kept_relative_to_what_moves_with_them(tmp_path: Path) -> None:
    settings = IndexSettings(home=tmp_path / "家")
    for path, kept in (
        (tmp_path / "家" / "reports" / "甲.txt", "{home}/reports/甲.txt"),
        (PROJECT_ROOT / "corpus" / ".." / "corpus" / "reports", "{project}/corpus/reports"),
        (tmp_path / "别处" / "乙.txt", (tmp_path / "别处" / "乙.txt").as_posix()),
    ):
        assert anchored(path, settings) == kept
        assert located(kept, settings).resolve() == path.resolve()


def test_sources_without_and_with_files(reports: Path, tmp_path: Path) -> None:
    settings = IndexSettings(home=tmp_path / "家")
    folder, extra = anchored(reports, settings), anchored(tmp_path / "新.txt", settings)
    county, city = (anchored(path, settings) for path in sorted(reports.iterdir()))
    sources = Sources((folder,)).changed([county], [extra])
    assert sources == Sources((folder, extra), (county,))
    assert sources.files(settings, tmp_path / "索引") == [located(city, settings), tmp_path / "新.txt"]
    assert sources.changed([extra], [county]) == Sources((folder, county), (extra,))


def test_sources_are_read_from_a_manifest_of_another_version() -> None:
    data = '{"recipe": {"schema": 99}, "sources": {"named": ["甲"], "left_out": []}}'.encode()
    assert remembered_sources(data) == Sources(("甲",))
    for other in (b"", b"{}", b"[]", b'{"sources": {"named": [], "left_out": []}}', b'{"sources": 3}'):
        assert remembered_sources(other) is None


def test_an_index_of_another_version_is_made_again_of_what_it_was_made_of(
    reports: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    settings = IndexSettings(home=tmp_path / "家")
    rebuild([reports], settings=settings, encoder=encoder)
    store = GenerationStore(settings.index_dir)
    manifest = store.folder(store.current()) / "manifest.json"
    content = json.loads(manifest.read_bytes())
    content["recipe"]["schema"] += 1
    manifest.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(IndexOutdatedError):
        open_index(settings=settings, encoder=encoder)
    summary = rebuild(settings=settings, encoder=encoder)
    assert (summary.reports, summary.reused) == (2, 0)
