"""The library: the report files that the user gave, each kept under the digest of its content.

    <home>/reports/<SHA-256>/某市统计公报_2024.pdf
    <home>/reports/library.json            which of them follow which, and since when they are here

A file is never changed once it is here. Where ``library.json`` is lost the files are found again.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from corpus.messages import says
from corpus.names import shown
from index.digests import file_sha256, flush_directory, write_durably
from index.errors import LibraryError
from index.manifest import ReportEntry
from index.safe_names import distinct_name, safe_name
from index.settings import IndexSettings
from index.sources import located

CATALOGUE = "library.json"
DIGEST = re.compile(r"[0-9a-f]{64}")

# pending: given, and not yet in any index; kept: it was in one; removed: taken out by the user.
State = Literal["pending", "kept", "removed"]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the library; ``added`` is the UTC time, ``replaces`` the digest of its earlier version."""

    digest: str
    name: str
    added: str
    replaces: str | None = None
    state: State = "pending"


_CATALOGUE = TypeAdapter(tuple[StoredFile, ...])


@dataclass(frozen=True, slots=True)
class FileLibrary:
    """The files under one folder. Only the holder of an index's lock changes it."""

    folder: Path

    def files(self) -> tuple[StoredFile, ...]:
        """Return what is here, the oldest first."""
        try:
            listed = _CATALOGUE.validate_python(json.loads((self.folder / CATALOGUE).read_bytes()))
        except (OSError, ValueError, ValidationError):
            return tuple(self._found())
        return tuple(file for file in listed if self.path(file).is_file())

    def path(self, file: StoredFile) -> Path:
        """Return where a file is."""
        return self.folder / file.digest / file.name

    def find(self, digest: str) -> Path | None:
        """Return where the file with that content is, None if it is not here or no longer that."""
        for file in self.files():
            if file.digest == digest and file_sha256(self.path(file)) == digest:
                return self.path(file)
        return None

    def versions(self) -> dict[str, tuple[StoredFile, ...]]:
        """Return for the digest of each file it, what it replaced, and what replaced it; the newest first."""
        files = {file.digest: file for file in self.files()}
        chains: dict[str, tuple[StoredFile, ...]] = {}
        replaced = {file.replaces for file in files.values()}
        for newest in files.values():
            if newest.digest not in replaced:
                chain: list[StoredFile] = []
                version: StoredFile | None = newest
                while version and version not in chain:
                    chain.append(version)
                    version = files.get(version.replaces or "")
                chains |= dict.fromkeys((file.digest for file in chain), tuple(chain))
        return chains

    def newest(self) -> list[StoredFile]:
        """Return the files that nothing replaced and nobody removed."""
        kept = [file for file in self.files() if file.state == "kept"]
        replaced = {file.replaces for file in kept}
        return [file for file in kept if file.digest not in replaced]

    def add(self, source: Path, taken: Collection[str] = (), replaces: str | None = None) -> StoredFile:
        """Take in a copy of a file, under a name that is safe and none of those ``taken``.

        The same content is here only once. Raises OSError if it cannot be copied.
        """
        digest = file_sha256(source)
        known = next((file for file in self.files() if file.digest == digest), None)
        if known:
            return self._put_again(known, replaces)
        file = StoredFile(digest, distinct_name(safe_name(source.name), taken), _now(), replaces)
        self._copy(source, file)
        return self._put(file)

    def settle(self, in_indexes: Collection[str], removed: Collection[str] = ()) -> None:
        """Keep what indexes hold, and drop what none holds that was taken out or never was in one."""
        kept: list[StoredFile] = []
        for file in self.files():
            held = file.digest in in_indexes
            if file.digest in removed:
                file = replace(file, state="removed")
            elif held and file.state == "pending":
                file = replace(file, state="kept")
            if held or file.state == "kept":
                kept.append(file)
        self.restore(kept)

    def restore(self, files: Sequence[StoredFile]) -> None:
        """Let all be as it was when ``files`` returned this: what came since is removed."""
        now = self.files()
        if tuple(files) != now:
            self._write(files)
        for digest in {file.digest for file in now} - {file.digest for file in files}:
            shutil.rmtree(self.folder / digest, ignore_errors=True)

    def _copy(self, source: Path, file: StoredFile) -> None:
        """Copy ``source`` beside, then give it its place in one step."""
        place = self.folder / file.digest
        partial = self.folder / f"{file.digest}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        try:
            partial.mkdir(parents=True)
            _copy_checked(source, partial / file.name, file.digest)
            shutil.rmtree(place, ignore_errors=True)
            partial.rename(place)
            flush_directory(self.folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)

    def _put_again(self, known: StoredFile, replaces: str | None) -> StoredFile:
        """Let a file that is here be the newest version: what followed it follows what it followed."""
        if replaces:
            followers = [file for file in self.files() if file.replaces == known.digest]
            for file in followers:
                self._put(replace(file, replaces=known.replaces))
        return self._put(replace(known, state="pending", replaces=replaces or known.replaces))

    def _put(self, file: StoredFile) -> StoredFile:
        self._write([*(other for other in self.files() if other.digest != file.digest), file])
        return file

    def _write(self, files: Iterable[StoredFile]) -> None:
        data = _CATALOGUE.dump_json(tuple(files), indent=1)
        fresh = self.folder / f"{CATALOGUE}.new"
        self.folder.mkdir(parents=True, exist_ok=True)
        write_durably(fresh, data)
        fresh.replace(self.folder / CATALOGUE)

    def _found(self) -> list[StoredFile]:
        """Return the files that lie in folders named by their digests, as if they had been kept."""
        folders = sorted(self.folder.glob("*/"), key=lambda path: path.stat().st_mtime)
        return [
            StoredFile(path.parent.name, path.name, _time(path.stat().st_mtime), state="kept")
            for folder in folders
            if DIGEST.fullmatch(folder.name)
            for path in folder.iterdir()
        ]


def source_file(entry: ReportEntry, library: FileLibrary, settings: IndexSettings) -> Path | None:
    """Return the file that a report of an index was read from, None if it is gone or no longer the same."""
    path = located(entry.source, settings)
    try:
        if path.is_file() and file_sha256(path) == entry.digest:
            return path
    except OSError:
        pass  # the library may have a copy
    return library.find(entry.digest)


def _copy_checked(source: Path, target: Path, digest: str) -> None:
    """Copy a file and flush it; raise LibraryError if it changed meanwhile."""
    if write_durably(target, source.read_bytes()).sha256 != digest:
        raise LibraryError(
            says("file.busy", "“{name}”在读取时被别的程序改动了，请稍后再添加。", name=shown(source.name))
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
