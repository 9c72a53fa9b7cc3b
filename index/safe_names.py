"""File names that any system can hold and any page can show, made of whatever a browser sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePath

# A name may have 255 bytes on Linux and 255 characters on Windows; a Chinese character is three bytes.
LONGEST_STEM = 180  # bytes
LONGEST_SUFFIX = 12  # characters; what is longer is no suffix
NAMELESS = "未命名"
# Not allowed on Windows, or separators somewhere; their full-width twins look the same.
FORBIDDEN = str.maketrans('<>:"|?*', "＜＞：＂｜？＊")
# Devices on Windows, with whatever suffix.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    r"""Return ``name`` without folders, control and direction characters, of a length that fits.

    Emoji stay. A name cannot be hidden, nor a device, nor what office programs call a lock file.

    >>> safe_name("..\\..\\年度/报告\u202e: 2024\x00?.PDF")
    '报告： 2024？.PDF'
    >>> safe_name("../"), safe_name("~$公报.docx"), safe_name("con.txt")
    ('未命名', '公报.docx', '_con.txt')
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(character for character in last if _printable(character))
    plain = unicodedata.normalize("NFC", plain).translate(FORBIDDEN)
    plain = plain.strip().lstrip(".~$ ").rstrip(". ") or NAMELESS
    path = PurePath(plain)
    suffix = path.suffix if len(path.suffix) <= LONGEST_SUFFIX else ""
    stem = plain.removesuffix(suffix).encode()[:LONGEST_STEM].decode(errors="ignore").rstrip(". ")
    return f"_{stem}{suffix}" if RESERVED.match(stem + suffix) else stem + suffix


def distinct_name(name: str, taken: Collection[str]) -> str:
    """Return ``name``, with the first number that makes it none of those ``taken``, whatever their case.

    >>> distinct_name("公报.pdf", ["公报.PDF", "公报 (2).pdf"])
    '公报 (3).pdf'
    """
    known = {other.casefold() for other in taken}
    path, number, chosen = PurePath(name), 1, name
    while chosen.casefold() in known:
        number += 1
        chosen = f"{path.stem} ({number}){path.suffix}"
    return chosen


def _printable(character: str) -> bool:
    """Tell whether a character may stand in a name; joiners inside emoji may."""
    return character == "\u200d" or unicodedata.category(character) not in (
        "Cc",
        "Cf",
        "Cs",
        "Cn",
        "Zl",
        "Zp",
    )
