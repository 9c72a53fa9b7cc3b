"""Web pages: the text that a visitor reads, with its headings and tables, without menus and scripts."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator

from lxml import etree, html

from corpus.decode import PLAUSIBLE, decode, plausibility
from corpus.errors import UnsafeReportError
from corpus.extracted import Extracted
from corpus.formats import MHTML_START
from corpus.messages import says
from corpus.names import shown
from corpus.readers.content import find_content, is_link_list, link_shares
from corpus.readers.lines import Lines
from corpus.readers.ooxml import Element
from corpus.readers.text import encoding_note
from corpus.readers.word import raised
from corpus.tables import Cell

DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
DECLARED_WITHIN = 4096  # bytes; HTML says 1024, pages put scripts before it
# What pages declare and what they mean: browsers read all three as the largest.
MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}
MOST_WRONG = 0.001  # share of characters that a page may spoil before its declaration is no longer believed
UNSEEN = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "canvas",
    "select",
    "button",
    "input",
    "textarea",
    "datalist",
    "dialog",
    "audio",
    "video",
    "nav",
    "link",
    "meta",
    "title",
]
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
WHITE = re.compile(r"[ \t\r\n\f\u00a0]+")
MOST_SPAN = 1000  # rows or columns of a cell, as HTML allows
TITLE_PARTS = re.compile(r"\s*[_|–—]\s*|\s+-\s*|\s*-\s+")
LONG_CELL = 300  # characters; a table with such cells lays out a page


def read_web(data: bytes, name: str) -> Extracted:
    """Read a web page, or one that was saved with its pictures as MHTML."""
    if MHTML_START.match(data[:4096].decode("latin-1")):
        data = _page_of_archive(data)
    text, encoding = decode_page(data, name)
    root = _parse(text, name)
    if root is None:
        return Extracted("", whole=True)
    title = TITLE_PARTS.split(" ".join((root.findtext(".//title") or "").split()))[0]
    _drop_unseen(root)
    content = find_content(root)
    lines = Lines()
    headed = any(next(element.iter("h1"), None) is not None for element in content)
    if not headed and not any(title in "".join(element.itertext()) for element in content):
        lines.add(title, 1)
    for element in content:
        _Writer(lines, element).write()
    return lines.extracted(*encoding_note(encoding))


def decode_page(data: bytes, name: str) -> tuple[str, str]:
    """Return a page's text and encoding: what it declares where that reads without errors, else by its bytes."""
    declared = DECLARED.search(data[:DECLARED_WITHIN])
    named = declared[1].decode("ascii", "replace").lower() if declared else ""
    try:
        encoding = MEANT.get(named, codecs.lookup(named).name if named else "")
    except LookupError:
        encoding = ""
    if encoding and not encoding.startswith("utf-16"):
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") <= MOST_WRONG * len(text) and (
            encoding == "utf-8" or plausibility(text) >= PLAUSIBLE
        ):
            return text, encoding
    return decode(data, name)


def _page_of_archive(data: bytes) -> bytes:
    """Return the page in a MHTML file, in the encoding that the archive says, as UTF-8 where it is known."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    return b""


def _parse(text: str, name: str) -> Element | None:
    # The text is decoded: what the page says of its encoding must not be believed again.
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    root: Element | None
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnsafeReportError(
            says(
                "file.nested",
                "“{name}”的标签一层套一层，深得不正常，没有读取。请用浏览器打开，另存为 PDF 后再试。",
                name=shown(name),
            )
        )
    return root


def _drop_unseen(root: Element) -> None:
    """Take out what a visitor does not see or does not read."""
    for element in list(root.iter(*UNSEEN)):
        _drop(element)
    for element in list(root.iter()):
        if element.get("hidden") is not None or HIDDEN.search(element.get("style") or ""):
            _drop(element)


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


class _Writer:
    """Writes an element's text line by line; without recursion, since pages nest as deep as they like."""

    def __init__(self, lines: Lines, root: Element) -> None:
        self.lines = lines
        self.root = root
        self.shares = link_shares(root)
        self.pieces: list[str] = []
        self.level: int | None = None
        self.set_out = 0  # how many <pre> are open: in them lines are as they are set

    def write(self) -> None:
        """Write it all."""
        skipped: Element | None = None
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._tail(element)
                continue
            if event == "start":
                if is_link_list(element, self.shares) and element is not self.root:
                    skipped = element
                elif element.tag == "table" and is_data_table(element):
                    self._flush()
                    self.lines.add_table(list(table_cells(element)))
                    skipped = element
                else:
                    self._start(element)
            else:
                self._end(element)
        self._flush()

    def _start(self, element: Element) -> None:
        if element.tag in BLOCKS:
            self._flush()
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.level = int(element.tag[1])
        if element.tag == "br":
            self.pieces.append("\n")
        self.set_out += element.tag == "pre"
        if element.text:
            self.pieces.append(raised(element.text) if element.tag == "sup" else self._plain(element.text))

    def _end(self, element: Element) -> None:
        if element.tag in BLOCKS:
            self._flush()
        self.set_out -= element.tag == "pre"
        self._tail(element)

    def _tail(self, element: Element) -> None:
        if element.tail and element is not self.root:
            self.pieces.append(self._plain(element.tail))

    def _plain(self, text: str) -> str:
        """Return text with its white space as a browser shows it."""
        return text if self.set_out else WHITE.sub(" ", text)

    def _flush(self) -> None:
        self.lines.add("".join(self.pieces), self.level)
        if any(piece.strip() for piece in self.pieces):
            self.level = None
        self.pieces.clear()


def is_data_table(table: Element) -> bool:
    """Tell a table of data from one that lays out a page: no table, heading or long text in its cells."""
    if next(table.iter("h1", "h2", "h3"), None) is not None or sum(1 for _ in table.iter("table")) > 1:
        return False
    cells = list(table.iter("td", "th"))
    return bool(cells) and all(len(cell_text(cell)) <= LONG_CELL for cell in cells)


def cell_text(cell: Element) -> str:
    """Return a cell's text, a paragraph a line."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element.tag in BLOCKS or (element.tag == "br" and event == "start"):
            pieces.append("\n")
        if event == "start":
            text = element.text or ""
            pieces.append(raised(text) if element.tag == "sup" else WHITE.sub(" ", text))
        elif element is not cell:
            pieces.append(WHITE.sub(" ", element.tail or ""))
    return "\n".join(filter(None, map(str.strip, "".join(pieces).split("\n"))))


def table_cells(table: Element) -> Iterator[Cell]:
    """Return a table's cells where they stand on the page, as HTML places them."""
    taken: set[tuple[int, int]] = set()
    caption = table.find("caption")
    rows = list(table.iter("tr"))
    first = 0
    if caption is not None and (words := cell_text(caption)):
        yield Cell(words, 0, 0, 1, max((len(row) for row in rows), default=1))
        first = 1
    for number, row in enumerate(rows, start=first):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            height = min(height, first + len(rows) - number)
            taken |= {(number + down, column + right) for down in range(height) for right in range(width)}
            yield Cell(cell_text(cell), number, column, height, width)
            column += width


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), MOST_SPAN) if re.fullmatch(r"\d{1,5}", value) else 1
