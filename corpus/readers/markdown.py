"""Markdown: its text without marks, on the lines where it stands."""

from __future__ import annotations

from markdown_it import MarkdownIt

from corpus.cells import Cell
from corpus.extracted import Extracted, Span
from corpus.readers.text import read_text
from corpus.statements import Piece, Statement, say, write
from corpus.tables import read_table

DEEPEST = 100  # lists and quotations in each other; what lies deeper is dropped by the library


def read_markdown(data: bytes, name: str) -> Extracted:
    """Read a Markdown file: its text without marks, on the lines where it stands."""
    extracted = read_text(data, name)
    lines = [""] * (extracted.text.count("\n") + 1)
    headings: dict[int, int] = {}
    tables: dict[int, list[Statement]] = {}
    level = 0
    rows: list[int] | None = None
    cells: list[Cell] = []
    for token in MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").parse(extracted.text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "table_open":
            rows, cells = [], []
        elif token.type == "table_close" and rows:
            tables |= _statements(cells, rows, [line for line in lines[: rows[0]] if line])
            rows = None
        elif token.type == "tr_open" and token.map and rows is not None:
            rows.append(token.map[0])
        elif token.type == "inline" and rows:
            column = sum(cell.row == len(rows) - 1 for cell in cells)
            cells.append(Cell(" ".join(_plain_lines(token)), len(rows) - 1, column))
        elif token.map and token.type in ("inline", "fence", "code_block"):
            first = token.map[0] + (token.type == "fence")
            lines[first : first + len(_plain_lines(token))] = _plain_lines(token)
            if level:
                headings[first] = level
    if not any(lines) and not tables:  # nested deeper than is looked at
        return extracted
    return _joined(lines, headings, tables, extracted)


def _statements(cells: list[Cell], rows: list[int], above: list[str]) -> dict[int, list[Statement]]:
    """Return what the rows of a table say, by the lines of the file that they stand on."""
    table = read_table(cells, above=above)
    if table is None:
        return {
            rows[cell.row]: [Statement(cell.row, (Piece(cell.text, cell),))] for cell in cells if cell.text
        }
    found: dict[int, list[Statement]] = {}
    for statement in say(table):
        found.setdefault(rows[statement.row], []).append(statement)
    return found


def _joined(
    lines: list[str], headings: dict[int, int], tables: dict[int, list[Statement]], extracted: Extracted
) -> Extracted:
    """Join the lines, those of tables among them; a wide row is said on several."""
    text: list[str] = []
    marked: dict[int, int] = {}
    repeated: list[Span] = []
    length = 0
    for number, line in enumerate(lines):
        if number in headings:
            marked[len(text)] = headings[number]
        said = write(tables.get(number, ()), offset=length)
        repeated += said.repeated
        text += said.text.split("\n") if number in tables else [line]
        length += len(said.text if number in tables else line) + 1
    return Extracted("\n".join(text), marked, repeated=tuple(repeated), notes=extracted.notes)


def _plain_lines(token: object) -> list[str]:
    """Return the text of a block, line by line, without the marks of emphasis and links."""
    children = getattr(token, "children", None)
    if children is None:
        return str(getattr(token, "content", "")).rstrip("\n").split("\n")
    return "".join("\n" if "break" in child.type else child.content for child in children).split("\n")
