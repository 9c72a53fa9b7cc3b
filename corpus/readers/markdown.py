"""Markdown: its text without marks, on the lines where it stands."""

from __future__ import annotations

from markdown_it import MarkdownIt

from corpus.extracted import Extracted
from corpus.readers.text import read_text

DEEPEST = 100  # lists and quotations in each other; what lies deeper is dropped by the library


def read_markdown(data: bytes, name: str) -> Extracted:
    """Read a Markdown file: its text without marks, on the lines where it stands."""
    extracted = read_text(data, name)
    lines = [""] * (extracted.text.count("\n") + 1)
    headings: dict[int, int] = {}
    level = 0
    for token in MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").parse(extracted.text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.map and token.type in ("inline", "fence", "code_block"):
            first = token.map[0] + (token.type == "fence")
            for offset, line in enumerate(_plain_lines(token)):
                # Cells of one row stand on one line.
                lines[first + offset] = f"{lines[first + offset]} | {line}".removeprefix(" | ")
            if level:
                headings[first] = level
    if not any(lines):  # nested deeper than is looked at
        return extracted
    return Extracted("\n".join(lines), headings, notes=extracted.notes)


def _plain_lines(token: object) -> list[str]:
    """Return the text of a block, line by line, without the marks of emphasis and links."""
    children = getattr(token, "children", None)
    if children is None:
        return str(getattr(token, "content", "")).rstrip("\n").split("\n")
    return "".join("\n" if "break" in child.type else child.content for child in children).split("\n")
