"""Limits: how much of a file is read, and what reading it may cost."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file; what lies beyond is refused in words, never read half.

    file_bytes      of the file
    seconds         until a reader ends or reports that another page is recognised
    total_seconds   of one file, however many pages it recognises: 40 scanned pages take minutes
    memory_bytes    of the process that reads
    pages           of a document
    page_pixels     of a picture, and of a page that is made a picture
    characters      of the text: twice the longest yearbook
    entries         of the archive that a DOCX, XLSX or PPTX is
    inflated_bytes  of its entries together, as they really unpack
    ratio           of inflated to packed bytes; office documents stay below 40
    """

    file_bytes: int = 200 * MEGABYTE
    seconds: float = 60
    total_seconds: float = 3600
    memory_bytes: int = 2048 * MEGABYTE
    pages: int = 2000
    page_pixels: int = 100_000_000
    characters: int = 5_000_000
    entries: int = 10_000
    inflated_bytes: int = 500 * MEGABYTE
    ratio: int = 100


# What a person may set: variable, field, how many of the field's units its number counts.
VARIABLES = (
    ("WENBAO_FILE_MB", "file_bytes", MEGABYTE),
    ("WENBAO_MEMORY_MB", "memory_bytes", MEGABYTE),
    ("WENBAO_SECONDS", "seconds", 1),
    ("WENBAO_PAGES", "pages", 1),
)


def from_environment() -> Limits:
    """Read the limits that the environment sets; only the doors of the program call this."""
    limits = Limits()
    for variable, field, unit in VARIABLES:
        number = os.environ.get(variable, "")
        if number.isdecimal() and int(number):
            limits = replace(limits, **{field: int(number) * unit})
    return limits
