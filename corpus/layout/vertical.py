"""Vertical lines made whole: their characters, and the numbers that lie on their side among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.layout.lines import PrintedLine, PrintedPage

# In type sizes.
SAME_COLUMN = 0.4  # by which the middles of two parts of a line may differ
GAP = (-0.4, 0.8)  # from the end of a part to the next: commas and brackets fill half their square
OTHER_SIZE = 0.3  # share by which the type of two parts may differ
SURE_SHARE = 0.4  # of a line's length that is known to be vertical
SIDEWAYS = 1  # quarter turns of Latin letters and numbers that follow the line down the page


def join_vertical(sheets: Sequence[PrintedPage]) -> list[PrintedPage]:
    """Return a page's sheets with its vertical lines whole; other sheets lose what goes into them."""
    upright = next((sheet for sheet in sheets if sheet.turn == 0), None)
    if upright is None or not any(line.vertical for line in upright.lines):
        return list(sheets)
    sure = {id(line) for line in upright.lines if line.vertical}
    # Each part that may stand in a vertical line, with the line that it is.
    parts = [(line, line) for line in upright.lines if line.vertical]
    parts += [(_single(line), line) for line in upright.lines if not line.vertical and len(line.text) == 1]
    parts += [
        (_stood(line, sheet), line) for sheet in sheets if sheet.turn == SIDEWAYS for line in sheet.lines
    ]
    taken: set[int] = set()
    whole: list[PrintedLine] = []
    for chain in _chains(parts):
        known = sum(part.bottom - part.top for part, line in chain if id(line) in sure)
        if known >= SURE_SHARE * (chain[-1][0].bottom - chain[0][0].top):
            whole.append(_whole([part for part, _line in chain]))
            taken |= {id(line) for _part, line in chain}
    kept = [
        replace(sheet, lines=tuple(line for line in sheet.lines if id(line) not in taken)) for sheet in sheets
    ]
    full = [replace(sheet, lines=(*sheet.lines, *whole)) if sheet.turn == 0 else sheet for sheet in kept]
    return sorted((sheet for sheet in full if sheet.lines), key=_characters, reverse=True)


def _characters(sheet: PrintedPage) -> int:
    return sum(len(line.text) for line in sheet.lines)


def _single(line: PrintedLine) -> PrintedLine:
    return replace(line, vertical=True, spans=((line.top, line.bottom),))


def _stood(line: PrintedLine, sheet: PrintedPage) -> PrintedLine:
    """Return a line that lies on its side as a part of a vertical one, on the page as it is shown."""
    return replace(
        line,
        left=sheet.height - line.bottom,
        right=sheet.height - line.top,
        top=line.left,
        bottom=line.right,
        vertical=True,
    )


def _chains(parts: Sequence[tuple[PrintedLine, PrintedLine]]) -> list[list[tuple[PrintedLine, PrintedLine]]]:
    """Return the parts by the lines that they make, each from top to bottom."""
    chains: list[list[tuple[PrintedLine, PrintedLine]]] = []
    for part, line in sorted(parts, key=lambda pair: pair[0].top):
        chain = next((chain for chain in reversed(chains) if _follows(chain[-1][0], part)), None)
        if chain is None:
            chains.append([(part, line)])
        else:
            chain.append((part, line))
    return chains


def _follows(upper: PrintedLine, lower: PrintedLine) -> bool:
    size = max(upper.size, lower.size)
    if abs(upper.left + upper.right - lower.left - lower.right) / 2 > SAME_COLUMN * size:
        return False
    if abs(upper.size - lower.size) > OTHER_SIZE * size:
        return False
    return GAP[0] * size <= lower.top - upper.bottom <= GAP[1] * size


def _whole(parts: Sequence[PrintedLine]) -> PrintedLine:
    spans = tuple(part.reach(place, place + 1) for part in parts for place in range(len(part.text)))
    longest = max(parts, key=lambda part: len(part.text))
    return replace(
        longest,
        text="".join(part.text for part in parts),
        left=min(part.left for part in parts),
        right=max(part.right for part in parts),
        top=parts[0].top,
        bottom=parts[-1].bottom,
        vertical=True,
        spans=spans,
    )
