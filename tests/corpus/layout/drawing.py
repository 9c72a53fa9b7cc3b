"""Pages drawn for tests: text set into boxes as a typesetter does, so that its order is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.layout import PrintedLine, PrintedPage, Ruling
from corpus.layout.lines import text_width

Box = tuple[float, float, float, float]  # left, top, width, height

TOKEN = re.compile(r"[0-9A-Za-z.%]+|.")
NO_START = "，。；：、）”%"
INDENT = 2  # ems
WIDTH, HEIGHT = 600.0, 840.0


def paragraph(spec: str) -> str:
    """Return the text of ``name:sentences``; no two clauses of a page are the same.

    >>> paragraph("甲:1")
    '甲项目第1期完成投资37.1亿元，进度快于计划安排。'
    """
    name, _, count = spec.partition(":")
    if not count:
        return name
    clauses = (
        f"{name}项目第{n}期完成投资{37 * n}.{n}亿元，进度快于计划安排" for n in range(1, int(count) + 1)
    )
    return "；".join(clauses) + "。"


def typeset(text: str, first: float, width: float) -> Iterator[tuple[str, bool]]:
    """Yield (line, is the first) of a text; the first line is ``first`` ems shorter."""
    line, room, begun = "", width - first, True
    tokens = TOKEN.findall(text)
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        needed = text_width(token) + (text_width(following) if following[:1] in NO_START else 0)
        if line and text_width(line) + needed > room and token[0] not in NO_START:
            yield line, begun
            line, room, begun = "", width, False
        line += token
    yield line, begun


def flow(
    texts: Sequence[str],
    boxes: Sequence[Box],
    size: float = 10.0,
    pitch: float = 1.5,
    indent: float = INDENT,
    vertical: bool = False,
    gap: float = 0.0,
    bold: bool = False,
) -> list[PrintedLine]:
    """Set paragraphs into boxes, one after the other; all boxes are as wide as the first.

    ``pitch`` in ems; ``gap`` is added between paragraphs.  Vertical boxes are filled from the right.
    """
    lines: list[PrintedLine] = []
    rest = list(boxes)
    left, top, width, height = rest.pop(0)
    across = 0.0
    for text in texts:
        for piece, begun in typeset(text, indent, (height if vertical else width) / size):
            if across + size > (width if vertical else height):
                left, top, width, height = rest.pop(0)
                across = 0.0
            start = indent * size if begun else 0.0
            length = text_width(piece) * size
            if vertical:
                right = left + width - across
                box = (right - size, top + start, right, top + start + length)
            else:
                box = (left + start, top + across, left + start + length, top + across + size)
            lines.append(PrintedLine(piece, *box, size, bold, vertical))
            across += pitch * size
        across += gap * size
    return lines


def draw(case: dict[str, Any]) -> PrintedPage:
    """Draw a case: its flows of paragraphs, its single lines and its rulings."""
    lines: list[PrintedLine] = []
    for part in case["flows"]:
        settings = {key: value for key, value in part.items() if key not in ("texts", "boxes")}
        lines += flow(
            [paragraph(spec) for spec in part["texts"]], [tuple(box) for box in part["boxes"]], **settings
        )
    for text, left, top, size in case.get("lines", ()):
        lines.append(PrintedLine(text, left, top, left + text_width(text) * size, top + size, size))
    rulings = tuple(Ruling(*ruling) for ruling in case.get("rulings", ()))
    return PrintedPage(1, WIDTH, HEIGHT, tuple(lines), rulings)
