"""The error family of building, keeping and opening an index.

    WenBaoError                      see ``corpus.errors``
    └── StoreError                   something that is kept on disk cannot be made or used
        ├── IndexMissingError            there is no index in that place yet
        ├── IndexDamagedError            a file of the index is not as it was written
        ├── IndexOutdatedError           the index is sound, but made in another way than is set now
        ├── IndexLockedError             another rebuild is running in the same place
        ├── IndexWriteError              the disk is full, or the folder may not be written
        ├── RebuildCancelledError        a rebuild was stopped because it is no longer wanted
        ├── NoSuchReportError            the index has no report of that name
        ├── LibraryError                 a file cannot be taken into the library
        ├── NothingToIndexError          not one report could be read
        ├── NoEarlierIndexError          there is nothing to go back to
        └── EncoderError                 the encoder cannot be found, prepared or loaded

``command`` writes the remedies that messages name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import WenBaoError
from corpus.messages import Message
from corpus.names import shown
from index.settings import IndexSettings


def command(name: str, index_dir: Path) -> str:
    """Return a command for the index in a folder, to be repeated as it stands.

    >>> command("rebuild", Path("/数据/我的 索引"))
    'python -m index rebuild --index "/数据/我的 索引"'
    >>> command("rollback", IndexSettings().index_dir)
    'python -m index rollback'
    """
    if index_dir == IndexSettings().index_dir:
        return f"python -m index {name}"
    place = str(index_dir)
    return f"python -m index {name} --index " + (f'"{place}"' if " " in place else place)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not read, and why, for the user; ``kept`` where its earlier reading stays in use."""

    path: Path
    reason: Message
    kept: bool = False


class StoreError(WenBaoError):
    """Something that is kept on disk cannot be made or used; ``failures`` are the files that are why."""

    def __init__(self, told: Message | str = "", failures: Sequence[Failure] = ()) -> None:
        super().__init__(told)
        self.failures = tuple(failures)

    def __str__(self) -> str:
        files = (f"\n  {shown(failure.path.name)}：{failure.reason}" for failure in self.failures)
        return "".join((str(self.message), *files))


class IndexMissingError(StoreError):
    """There is no index in that place yet."""


class IndexDamagedError(StoreError):
    """A file of the index is missing or is not as it was written."""


class IndexOutdatedError(StoreError):
    """The index is sound but was made with other settings or by another version."""


class IndexLockedError(StoreError):
    """Another rebuild is running in the same place."""


class IndexWriteError(StoreError):
    """The index cannot be written: the disk is full, or the folder is read-only."""


class RebuildCancelledError(StoreError):
    """A rebuild was stopped because it is no longer wanted; nothing has changed."""


class NoSuchReportError(StoreError):
    """The index in use has no report of that name."""


class LibraryError(StoreError):
    """A file cannot be taken into the library: its content is there already, or it cannot be read."""


class NothingToIndexError(StoreError):
    """Not one report could be read, so there is nothing to build an index of."""


class NoEarlierIndexError(StoreError):
    """There is no earlier generation to go back to."""


class EncoderError(StoreError):
    """The encoder cannot be found, prepared or loaded."""
