"""SHA-256 digests of files, and durable writing: what is written is on the disk when it returns."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file must look like: its size in bytes and its SHA-256 in hexadecimal."""

    sha256: str
    size: int


def record_of(data: bytes) -> FileRecord:
    """Return the record of a file that holds ``data``."""
    return FileRecord(hashlib.sha256(data).hexdigest(), len(data))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the file at ``path`` without holding all of it in memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, data: bytes) -> FileRecord:
    """Write ``data`` to ``path``, flush it to the disk, and return its record."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return record_of(data)


def flush_directory(path: Path) -> None:
    """Flush the names in a directory to the disk; systems that cannot do so are let be."""
    with contextlib.suppress(PermissionError, NotADirectoryError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def flush_file(path: Path) -> None:
    """Flush a file that something else wrote to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
