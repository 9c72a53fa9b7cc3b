"""The error family of building, keeping and opening an index.

    WenBaoError                      see ``corpus.errors``
    └── StoreError                   something that is kept on disk cannot be made or used
        ├── IndexMissingError            there is no index in that place yet
        ├── IndexDamagedError            a file of the index is not as it was written
        ├── IndexOutdatedError           the index is sound, but made in another way than is set now
        ├── IndexLockedError             another rebuild is running in the same place
        ├── IndexWriteError              the disk is full, or the folder may not be written
        ├── NothingToIndexError          not one report could be read
        ├── NoEarlierIndexError          there is nothing to go back to
        └── EncoderError                 the encoder cannot be found, prepared or loaded

``REBUILD_COMMAND`` is the remedy that messages name.
"""

from __future__ import annotations

from corpus.errors import WenBaoError

REBUILD_COMMAND = "python -m index rebuild"


class StoreError(WenBaoError):
    """Something that is kept on disk cannot be made or used."""


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


class NothingToIndexError(StoreError):
    """Not one report could be read, so there is nothing to build an index of."""


class NoEarlierIndexError(StoreError):
    """There is no earlier generation to go back to."""


class EncoderError(StoreError):
    """The encoder cannot be found, prepared or loaded."""
