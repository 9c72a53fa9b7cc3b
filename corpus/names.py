"""The name of a file as it is printed: a name may hold what breaks a line, a page or a file."""

from __future__ import annotations

import re

# Control characters, lone surrogates (bytes that are no text in the system's encoding) and marks
# that turn the direction of what follows.
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
LONGEST_SHOWN = 80  # characters of a name in a message


def printable(name: str) -> str:
    r"""Return a name without what cannot be printed or would change how its surroundings are.

    >>> printable("年报\u202etxt.exe\n")
    '年报�txt.exe�'
    """
    return UNPRINTABLE.sub("\ufffd", name)


def shown(name: str) -> str:
    """Return a name for a message: printable, and its middle left out where it is very long."""
    name = printable(name)
    if len(name) <= LONGEST_SHOWN:
        return name
    half = LONGEST_SHOWN // 2
    return f"{name[:half]}…{name[-half:]}"
