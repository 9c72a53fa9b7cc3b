"""A report file to a Report: read, repair, find its headings and its title.

READERS is the table of formats.  A new format is one function, from a path to what the
file says, and one row.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from corpus.decode import decode
from corpus.document import Page, RepairStep, Report
from corpus.errors import EmptyReportError, MissingReportError, UnsupportedFormatError
from corpus.extracted import Extracted
from corpus.headings import find_headings
from corpus.identity import identify
from corpus.reasons import reason_of
from corpus.repair import repair
from corpus.title import find_title


def read_text(data: bytes, name: str) -> Extracted:
    """Read a text file in whatever encoding Chinese text comes in."""
    text, encoding = decode(data, name)
    if encoding == "utf-8":
        return Extracted(text)
    return Extracted(text, notes=(RepairStep("转换编码", f"文件是 {encoding.upper()} 编码", 1),))


def read_markdown(data: bytes, name: str) -> Extracted:
    """Read a Markdown file: its text without marks, on the lines where it stands."""
    extracted = read_text(data, name)
    lines = [""] * (extracted.text.count("\n") + 1)
    headings: dict[int, int] = {}
    level = 0
    for token in MarkdownIt("commonmark").enable("table").parse(extracted.text):
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
    return Extracted("\n".join(lines), headings, notes=extracted.notes)


def _plain_lines(token: object) -> list[str]:
    """Return the text of a block, line by line, without the marks of emphasis and links."""
    children = getattr(token, "children", None)
    if children is None:
        return str(getattr(token, "content", "")).rstrip("\n").split("\n")
    return "".join("\n" if "break" in child.type else child.content for child in children).split("\n")


READERS: dict[str, Callable[[bytes, str], Extracted]] = {
    ".txt": read_text,
    ".md": read_markdown,
}


def load_report(path: str | Path) -> Report:
    """Read a report file.

    Raises MissingReportError, UnsupportedFormatError, UndecodableTextError or
    EmptyReportError, all CorpusErrors, with what to do next.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnsupportedFormatError(
            f"不支持“{path.name}”这种文件。现在能读的格式：{'、'.join(READERS)}；请先转换成其中一种。"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingReportError(f"打不开“{path}”：{reason_of(error)}。请检查路径和读取权限。") from error
    extracted = reader(data, path.name)
    repaired = repair(extracted.text)
    if not repaired.text:
        raise EmptyReportError(f"“{path.name}”里没有文字，不能作为报告使用。")
    marked = _carry_lines(extracted, repaired.text, repaired.origins)
    headings = find_headings(repaired.text, marked)
    title = find_title(repaired.text, headings) or path.stem
    return Report(
        name=path.name,
        path=path,
        digest=hashlib.sha256(data).hexdigest(),
        title=title,
        text=repaired.text,
        source=extracted.text,
        origins=repaired.origins,
        headings=headings,
        pages=tuple(_carry_page(page, repaired.origins) for page in extracted.pages),
        repairs=extracted.notes + repaired.steps,
        identity=identify(path.stem, title, repaired.text),
        boxes=extracted.boxes,
        omissions=extracted.omissions,
    )


def _carry_page(page: Page, origins: Sequence[int]) -> Page:
    """Return a page whose span was of the extracted text with its span of the repaired text."""
    return Page(page.number, bisect_left(origins, page.start), bisect_left(origins, page.end))


def _carry_lines(extracted: Extracted, text: str, origins: list[int]) -> dict[int, int]:
    """Return the marked heading lines as lines of the repaired text."""
    carried: dict[int, int] = {}
    start = counted = source_line = 0
    for number, line in enumerate(text.split("\n")):
        if line:
            source_line += extracted.text.count("\n", counted, origins[start])
            counted = origins[start]
            if source_line in extracted.headings:
                carried[number] = extracted.headings[source_line]
        start += len(line) + 1
    return carried
