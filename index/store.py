"""Generations of an index on disk: written beside, switched in one step, kept, rolled back.

    <index_dir>/CURRENT                        one line: the name of the generation in use
    <index_dir>/generations/000003-20260102T030405Z/
    <index_dir>/generations/000004-….partial/  being written, or left by a killed rebuild
    <index_dir>/LOCK, PID                      who is rebuilding

A generation is never changed once it has its final name, and it gets that name only when it is
complete and flushed. CURRENT is replaced in one step. So whenever a process dies, readers find
either the old index or the new one.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from corpus.messages import Message, says
from corpus.reasons import reason_of
from index.digests import flush_directory, write_durably
from index.errors import (
    IndexDamagedError,
    IndexLockedError,
    IndexMissingError,
    IndexWriteError,
    NoEarlierIndexError,
    StoreError,
    command,
)
from index.exams import forget_exams
from index.generation import Generation, read_generation
from index.watch import Watch

CURRENT = "CURRENT"
GENERATIONS = "generations"
PARTIAL = ".partial"
LOCK = "LOCK"
PID = "PID"
# The number counts up, so the order does not hang on the clock; the time is for people.
GENERATION_NAME = re.compile(r"\d{6}-\d{8}T\d{6}Z")
# The generation in use and two to go back to.
KEPT_GENERATIONS = 3
# Seconds between two looks at a lock that another process holds.
LOCK_POLL = 0.2


@dataclass(frozen=True, slots=True)
class GenerationStore:
    """The generations under one folder."""

    index_dir: Path

    @property
    def generations_dir(self) -> Path:
        """The folder that holds the generations."""
        return self.index_dir / GENERATIONS

    def names(self) -> list[str]:
        """Return the names of the complete generations, oldest first."""
        if not self.generations_dir.is_dir():
            return []
        found = (path.name for path in self.generations_dir.iterdir() if path.is_dir())
        return sorted(name for name in found if GENERATION_NAME.fullmatch(name))

    def folder(self, name: str) -> Path:
        """Return the folder of a generation."""
        return self.generations_dir / name

    def checked(self, name: str) -> Generation:
        """Return a generation by its name after every byte of it is checked; raise if there is none such."""
        if name not in self.names():
            raise NoEarlierIndexError(
                says(
                    "index.none",
                    "没有名为“{name}”的索引。现有：{known}。",
                    name=name,
                    known=tuple(self.names()),
                )
            )
        return read_generation(self.folder(name))

    def current(self) -> str:
        """Return the name of the generation in use; raise if there is none or it is gone."""
        try:
            name = (self.index_dir / CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError as error:
            raise IndexMissingError(
                says(
                    "index.missing",
                    "“{folder}”里还没有索引。请先建立索引：{rebuild}",
                    folder=str(self.index_dir),
                    rebuild=command("rebuild", self.index_dir),
                )
            ) from error
        except OSError as error:
            raise self._damaged(
                says(
                    "damage.unreadable",
                    "读不出文件 {file}（{reason}）",
                    file=CURRENT,
                    reason=reason_of(error),
                )
            ) from error
        except UnicodeDecodeError as error:
            raise self._damaged(says("damage.text", "文件 {file} 的内容不是文字", file=CURRENT)) from error
        if not GENERATION_NAME.fullmatch(name):
            raise self._damaged(says("damage.name", "文件 {file} 的内容不是索引的名称", file=CURRENT))
        if not self.folder(name).is_dir():
            raise self._damaged(
                says("damage.gone", "文件 {file} 指向的索引 {name} 不存在", file=CURRENT, name=name)
            )
        return name

    @contextlib.contextmanager
    def new_generation(self, now: datetime) -> Iterator[Path]:
        """Yield a folder to write a generation in; after the block it is in use.

        Its final name is the folder's without ``PARTIAL``. If the block raises, the folder is
        removed and nothing else has changed.
        """
        name = self._next_name(now)
        partial = self.folder(name + PARTIAL)
        try:
            partial.mkdir(parents=True)
            yield partial
            self._publish(partial, self.folder(name))
        finally:
            shutil.rmtree(partial, ignore_errors=True)

    def rollback(self, name: str | None = None) -> str:
        """Put an earlier generation, or the one of that name, into use, and return its name.

        Every byte of it is checked first. Without a name it is the newest sound one before the one
        in use; if there are earlier ones and none is sound, the error is that of the newest.
        """
        with self.locked(), self.writing():
            chosen = self.checked(name).manifest.generation if name else self._earlier()
            self._switch(chosen)
        return chosen

    def _earlier(self) -> str:
        current = self.current()
        unsound: list[StoreError] = []
        for name in reversed(self.names()):
            if name < current:
                try:
                    return self.checked(name).manifest.generation
                except StoreError as error:
                    unsound.append(error)
        if unsound:
            raise unsound[0]
        raise NoEarlierIndexError(says("index.first", "没有比 {name} 更早的索引可以恢复。", name=current))

    def clean(self) -> None:
        """Remove what a killed rebuild left, and the oldest generations beyond those kept."""
        for leftover in self.generations_dir.glob("*" + PARTIAL):
            shutil.rmtree(leftover, ignore_errors=True)
        in_use = self._in_use()
        for name in self.names()[:-KEPT_GENERATIONS]:
            if name != in_use:
                # Renamed first: a generation that is half removed must not look complete.
                doomed = self.folder(name + PARTIAL)
                # Windows lets no one move what a reader has open; the next rebuild tries again.
                with contextlib.suppress(PermissionError):
                    self.folder(name).rename(doomed)
                    shutil.rmtree(doomed, ignore_errors=True)
        forget_exams(self.index_dir, self.names())

    @contextlib.contextmanager
    def locked(self, watch: Watch | None = None, wait: float = 0) -> Iterator[None]:
        """Hold the right to change the index; raise IndexLockedError if another process has it.

        ``wait`` is how many seconds to wait for it. The system lets go of the lock when its process
        ends, however it ends.
        """
        with self.writing():
            self.index_dir.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.index_dir / LOCK, timeout=0)
            self._acquire(lock, watch or Watch(), time.monotonic() + wait)
        try:
            with self.writing():
                (self.index_dir / PID).write_text(f"{os.getpid()}\n", encoding="utf-8")
            yield
        finally:
            with contextlib.suppress(OSError):
                (self.index_dir / PID).unlink()
            lock.release()

    def _acquire(self, lock: BaseFileLock, watch: Watch, until: float) -> None:
        while True:
            try:
                lock.acquire()
                return
            except Timeout as error:
                if time.monotonic() >= until:
                    raise IndexLockedError(
                        says(
                            "index.locked",
                            "另一个进程{holder}正在更新“{folder}”里的索引，请等它完成后再试。",
                            holder=self._holder(),
                            folder=str(self.index_dir),
                        )
                    ) from error
            watch.tell("等待", 0, 1, says("progress.waiting", "另一次更新完成后就开始"))
            time.sleep(LOCK_POLL)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Turn a failure to write into an IndexWriteError that says what to do."""
        try:
            yield
        except OSError as error:
            raise IndexWriteError(
                says(
                    "index.unwritable",
                    "无法写入“{folder}”：{reason}。原有的索引没有改动。"
                    "请检查磁盘空间和文件夹权限，或用 --index 另选一个文件夹。",
                    folder=str(self.index_dir),
                    reason=reason_of(error),
                )
            ) from error

    def _next_name(self, now: datetime) -> str:
        """Return the name of a new generation, newer than all that are there."""
        number = max((int(name[:6]) for name in self.names()), default=0) + 1
        return f"{number:06d}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    def _publish(self, partial: Path, final: Path) -> None:
        """Give a written generation its final name and put it in use."""
        for folder, _folders, _files in os.walk(partial):
            flush_directory(Path(folder))
        partial.rename(final)
        try:
            flush_directory(self.generations_dir)
            self._switch(final.name)
        except OSError:
            if self._in_use() != final.name:
                final.rename(partial)
            raise

    def _switch(self, name: str) -> None:
        """Replace CURRENT in one step."""
        fresh = self.index_dir / f"{CURRENT}.new"
        write_durably(fresh, f"{name}\n".encode())
        fresh.replace(self.index_dir / CURRENT)
        flush_directory(self.index_dir)

    def _in_use(self) -> str | None:
        with contextlib.suppress(IndexMissingError, IndexDamagedError):
            return self.current()
        return None

    def _holder(self) -> Message:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            number = (self.index_dir / PID).read_text(encoding="utf-8").strip()
            return says("index.holder", "（进程号 {number}）", number=number)
        return Message("")

    def _damaged(self, what: Message) -> IndexDamagedError:
        return IndexDamagedError(
            says(
                "index.broken",
                "“{folder}”里的索引已损坏：{what}。请重新建立索引：{rebuild}",
                folder=str(self.index_dir),
                what=what,
                rebuild=command("rebuild", self.index_dir),
            )
        )
