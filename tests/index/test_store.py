"""Generations: which is in use, going back, keeping few, one writer at a time, refusing what is unsound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus import SplitSettings
from index import (
    GenerationStore,
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexWriteError,
    NoEarlierIndexError,
    Progress,
    open_index,
    rebuild,
)
from index.generation import read_generation, read_manifest
from index.manifest import IndexManifest
from index.opened import recipe_of
from index.store import KEPT_GENERATIONS
from tests.fakes import FakeEncoder


@pytest.fixture
def store(reports: Path, index_dir: Path, encoder: FakeEncoder) -> GenerationStore:
    """An index with one generation."""
    rebuild([reports], index_dir, encoder=encoder)
    return GenerationStore(index_dir)


def files_of(store: GenerationStore) -> list[Path]:
    return sorted(path for path in store.folder(store.current()).rglob("*") if path.is_file())


def test_no_index_is_missing_and_says_what_to_do(index_dir: Path, encoder: FakeEncoder) -> None:
    with pytest.raises(IndexMissingError, match="python -m index rebuild"):
        open_index(index_dir, encoder=encoder)


def test_a_flipped_byte_in_any_file_is_found(store: GenerationStore) -> None:
    folder = store.folder(store.current())
    assert len(files_of(store)) == 13
    for path in files_of(store):
        sound = path.read_bytes()
        for place in {0, len(sound) // 3, len(sound) // 2, len(sound) - 1}:
            path.write_bytes(sound[:place] + bytes([sound[place] ^ 4]) + sound[place + 1 :])
            with pytest.raises(IndexDamagedError, match=path.name) as caught:
                read_generation(folder)
            assert "python -m index rebuild" in str(caught.value)
        path.write_bytes(sound)
    read_generation(folder)


def test_a_truncated_or_missing_file_is_found(store: GenerationStore) -> None:
    folder = store.folder(store.current())
    for path in files_of(store):
        sound = path.read_bytes()
        path.write_bytes(sound[: len(sound) // 2])
        with pytest.raises(IndexDamagedError, match=path.name):
            read_generation(folder)
        path.unlink()
        with pytest.raises(IndexDamagedError, match=path.name):
            read_generation(folder)
        path.write_bytes(sound)
    read_generation(folder)


@pytest.mark.parametrize("content", [b"", b"../../etc\n", b"000009-20250101T000000Z\n", b"\xff\xfe"])
def test_a_damaged_current_is_refused(store: GenerationStore, encoder: FakeEncoder, content: bytes) -> None:
    (store.index_dir / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="CURRENT"):
        open_index(store.index_dir, encoder=encoder)


def test_what_cannot_be_read_is_told_in_chinese(store: GenerationStore) -> None:
    manifest = store.folder(store.current()) / "manifest.json"
    for path in (manifest, store.index_dir / "CURRENT"):
        path.unlink()
        path.mkdir()
        with pytest.raises(IndexDamagedError, match=rf"读不出文件 {path.name}（这是一个文件夹，不是文件）"):
            read_manifest(manifest.parent) if path == manifest else store.current()


def test_counts_must_agree_even_where_digests_do(store: GenerationStore) -> None:
    folder = store.folder(store.current())
    manifest = IndexManifest.from_bytes((folder / "manifest.json").read_bytes())
    wrong = replace(manifest, passages=manifest.passages + 1000)
    (folder / "manifest.json").write_bytes(wrong.to_bytes())
    with pytest.raises(
        IndexDamagedError, match=f"passages.jsonl 有 {manifest.passages} 条，应有 {wrong.passages} 条"
    ):
        read_generation(folder)


def test_another_encoder_is_refused_with_the_remedy(store: GenerationStore) -> None:
    with pytest.raises(IndexOutdatedError) as caught:
        open_index(store.index_dir, encoder=FakeEncoder("another", "other-7"))
    for expected in ("语言模型", "fake-1", "another", "other-7", "python -m index rebuild"):
        assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"tokenizer": 99}, "分词版本是 1，现在需要 99"),
        ({"context": 98}, "段落标题版本是 2，现在需要 98"),
        ({"split": SplitSettings(longest=999)}, "分段设置.*最长 999 字"),
        ({"backend": "other-engine"}, "向量引擎是 faiss-flat，现在需要 other-engine"),
    ],
)
def test_an_index_made_otherwise_is_refused(
    store: GenerationStore,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, Any],
    what: str,
) -> None:
    now = replace(recipe_of(encoder), **changes)
    monkeypatch.setattr("index.opened.recipe_of", lambda _encoder: now)
    with pytest.raises(IndexOutdatedError, match=what):
        open_index(store.index_dir, encoder=encoder)


def test_another_schema_is_outdated_not_damaged(store: GenerationStore, encoder: FakeEncoder) -> None:
    path = store.folder(store.current()) / "manifest.json"
    path.write_text('{"recipe": {"schema": 7}, "unheard": "of"}', encoding="utf-8")
    with pytest.raises(IndexOutdatedError, match="格式是 7"):
        open_index(store.index_dir, encoder=encoder)


def test_a_manifest_of_other_shape_is_refused(store: GenerationStore) -> None:
    manifest = IndexManifest.from_bytes((store.folder(store.current()) / "manifest.json").read_bytes())
    content = json.loads(manifest.to_bytes())
    for spoilt in (content | {"extra": 1}, {**content, "passages": "3"}, {}, [content]):
        with pytest.raises(ValueError, match="manifest"):
            IndexManifest.from_bytes(json.dumps(spoilt, ensure_ascii=False, indent=1).encode() + b"\n")


def test_rollback_goes_back_one_and_can_be_rebuilt_over(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    first = store.current()
    (reports / "新增.txt").write_text("全区栽种行道树3600棵。", encoding="utf-8")
    rebuild([reports], store.index_dir, encoder=encoder)
    assert len(open_index(store.index_dir, encoder=encoder).manifest.reports) == 3
    assert store.rollback() == first == store.current()
    assert len(open_index(store.index_dir, encoder=encoder).manifest.reports) == 2
    with pytest.raises(NoEarlierIndexError):
        store.rollback()
    third = rebuild([reports], store.index_dir, encoder=encoder).generation
    assert third == store.current() == store.names()[-1]


def test_rollback_passes_over_a_damaged_generation(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    for _ in range(2):
        rebuild([reports], store.index_dir, encoder=encoder)
    first, second, third = store.names()
    spoilt = store.folder(second) / "vectors.faiss"
    spoilt.write_bytes(spoilt.read_bytes()[:-1])
    assert store.rollback() == first == store.current()
    assert store.rollback(third) == third
    with pytest.raises(IndexDamagedError, match=second):
        store.rollback(second)
    assert store.current() == third


def test_rollback_with_nothing_sound_to_go_back_to_changes_nothing(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    first = store.current()
    rebuild([reports], store.index_dir, encoder=encoder)
    second = store.current()
    (store.folder(first) / "passages.jsonl").unlink()
    with pytest.raises(IndexDamagedError, match="passages"):
        store.rollback()
    assert store.current() == second


def test_only_the_last_generations_are_kept(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    made = [store.current()]
    made += [
        rebuild([reports], store.index_dir, encoder=encoder).generation for _ in range(KEPT_GENERATIONS + 1)
    ]
    assert len(set(made)) == len(made)
    assert store.names() == made[-KEPT_GENERATIONS:]


def test_the_generation_in_use_is_never_removed(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    for _ in range(KEPT_GENERATIONS - 1):
        rebuild([reports], store.index_dir, encoder=encoder)
    oldest = store.names()[0]
    while store.current() != oldest:
        store.rollback()
    extra = store.folder("000099-20300101T000000Z")
    extra.mkdir()
    store.clean()
    assert oldest in store.names()


def test_two_rebuilds_at_once_the_second_is_told(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    holding, finish = threading.Event(), threading.Event()

    def hold(_progress: Progress) -> None:
        holding.set()
        finish.wait(20)

    def slow() -> None:
        rebuild([reports], store.index_dir, hold, encoder=encoder)

    thread = threading.Thread(target=slow)
    thread.start()
    try:
        assert holding.wait(20)
        with pytest.raises(IndexLockedError, match=str(os.getpid())):
            rebuild([reports], store.index_dir, encoder=FakeEncoder())
        assert open_index(store.index_dir, encoder=encoder).passages
    finally:
        finish.set()
        thread.join()
    rebuild([reports], store.index_dir, encoder=encoder)


def test_a_lock_left_by_a_dead_process_holds_nobody(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    child = (
        "import os, sys; from pathlib import Path; from index.store import GenerationStore\n"
        "with GenerationStore(Path(sys.argv[1])).locked(): os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", child, str(store.index_dir)], check=False)
    assert done.returncode == 9
    assert (store.index_dir / "PID").exists()
    rebuild([reports], store.index_dir, encoder=encoder)
    assert not (store.index_dir / "PID").exists()


def test_what_a_killed_rebuild_left_is_removed(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    leftover = store.folder("000002-20250101T000000Z.partial")
    leftover.mkdir()
    (leftover / "vectors.faiss").write_bytes(b"half")
    rebuild([reports], store.index_dir, encoder=encoder)
    assert not leftover.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX permissions")
def test_readers_need_no_write_permission(
    store: GenerationStore, encoder: FakeEncoder, reports: Path
) -> None:
    folders = [store.index_dir, *(path for path in store.index_dir.rglob("*") if path.is_dir())]
    before = sorted(store.index_dir.rglob("*"))
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert open_index(store.index_dir, encoder=encoder).passages
        assert sorted(store.index_dir.rglob("*")) == before
        if os.geteuid() != 0:
            with pytest.raises(IndexWriteError, match="权限"):
                rebuild([reports], store.index_dir, encoder=encoder)
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_place_that_cannot_be_written_is_refused(
    reports: Path, tmp_path: Path, encoder: FakeEncoder
) -> None:
    (tmp_path / "文件").write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(IndexWriteError, match="文件"):
        rebuild([reports], tmp_path / "文件", encoder=encoder)


def test_readers_meanwhile_see_one_generation_or_the_other(
    store: GenerationStore, reports: Path, encoder: FakeEncoder
) -> None:
    stop = threading.Event()

    def read() -> int:
        count = 0
        while not stop.is_set():
            index = open_index(store.index_dir, encoder=FakeEncoder())
            assert {p.report for p in index.passages} == {entry.name for entry in index.manifest.reports}
            count += 1
        return count

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for turn in range(12):
                (reports / f"第{turn}轮.txt").write_text(f"检查了{turn + 10}家企业。", encoding="utf-8")
                rebuild([reports], store.index_dir, encoder=encoder)
        finally:
            stop.set()
        assert all(reader.result() > 0 for reader in readers)
