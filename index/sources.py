"""Sources: which files an index is made of, remembered with it, so that it can be made again.

Paths in the home folder or in the project are kept relative to those, so that both may be moved.
"""

from __future__ import annotations

import json
import os.path
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.settings import PROJECT_ROOT, IndexSettings

HOME, PROJECT = "{home}/", "{project}/"


@dataclass(frozen=True, slots=True)
class Sources:
    """The files and folders that were ``named``, in order, and files in them that are ``left_out``.

    Both are as ``anchored`` writes paths.
    """

    named: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def files(self, settings: IndexSettings, index_dir: Path) -> list[Path]:
        """Return the files that are there now, in order, none twice, none of the index itself."""
        without = {located(path, settings) for path in self.left_out}
        found = find_files([located(path, settings) for path in self.named])
        own = index_dir.resolve()
        return [path for path in found if path not in without and not path.resolve().is_relative_to(own)]

    def changed(self, removed: Iterable[str], added: Iterable[str]) -> Sources:
        """Return the sources without some files and, at the end, with others."""
        removed, added = list(removed), list(added)
        named = [path for path in self.named if path not in (*removed, *added)]
        left_out = [path for path in (*self.left_out, *removed) if path not in added]
        return Sources((*named, *added), tuple(dict.fromkeys(left_out)))


def sources_of(paths: Sequence[Path], settings: IndexSettings) -> Sources:
    """Return the sources that files and folders are."""
    return Sources(tuple(anchored(path, settings) for path in paths))


def remembered_sources(manifest: bytes) -> Sources | None:
    """Return the sources that a manifest names, be it of this version or of another."""
    try:
        stated = json.loads(manifest)["sources"]
        named, left_out = (tuple(map(str, stated[key])) for key in ("named", "left_out"))
    except (ValueError, LookupError, TypeError):
        return None
    return Sources(named, left_out) if named else None


def anchored(path: Path, settings: IndexSettings) -> str:
    """Return a path as it is kept: with forward slashes, relative to the home or the project if it is in there.

    >>> anchored(PROJECT_ROOT / "corpus" / "reports", IndexSettings())
    '{project}/corpus/reports'
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - takes out .. but, unlike resolve, keeps the names of links
    for anchor, folder in _anchors(settings):
        if absolute.is_relative_to(folder):
            return anchor + absolute.relative_to(folder).as_posix()
    return absolute.as_posix()


def located(path: str, settings: IndexSettings) -> Path:
    """Return the path that ``anchored`` wrote."""
    for anchor, folder in _anchors(settings):
        if path.startswith(anchor):
            return folder / path.removeprefix(anchor)
    return Path(path)


def _anchors(settings: IndexSettings) -> tuple[tuple[str, Path], ...]:
    return (HOME, settings.home.absolute()), (PROJECT, PROJECT_ROOT)


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named and those in the folders named, in order, none twice.

    Files in folders whose names begin with ``.`` or ``~$`` are not meant for people.
    """
    found = (file for path in paths for file in (_inside(path) if path.is_dir() else [path]))
    return list({file.resolve(): file for file in reversed([*found])}.values())[::-1]


def _inside(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
