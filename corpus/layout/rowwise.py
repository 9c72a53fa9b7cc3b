"""Lines by the rows that they stand in."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.layout.lines import PrintedLine

SAME_ROW = 0.5  # of the lower line's height that two lines of one row share


def middle(line: PrintedLine) -> float:
    """Return the height of a line's middle on the page."""
    return (line.top + line.bottom) / 2


def rows_of(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Return lines by rows, top to bottom, each row from left to right; lines of a row share height."""
    found: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: (middle(line), line.left)):
        if found and _shares(found[-1][-1], line) and _shares(found[-1][0], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda line: line.left) for row in found]


def _shares(one: PrintedLine, other: PrintedLine) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= SAME_ROW * min(one.bottom - one.top, other.bottom - other.top)
