"""Word documents (DOCX): what a person reads on the page, in order.

Headers and footers, the table of contents, deletions that are tracked and text that is hidden are
left out; text boxes, footnotes, formulas, charts and the numbers of lists are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.checks import check
from corpus.document import RepairStep
from corpus.errors import CorpusError, EmptyReportError
from corpus.extracted import Extracted
from corpus.formats import READERS, find_format
from corpus.limits import Limits
from corpus.messages import says
from corpus.readers.charts import chart_cells
from corpus.readers.lines import Lines
from corpus.readers.numbering import read_numbering
from corpus.readers.ooxml import MC, A, C, Element, M, Package, R, W
from corpus.readers.styles import Format, Styles, is_raised
from corpus.tables import Cell

# Children of a paragraph, a table or the body that hold no text, or text that is not printed.
LEFT_OUT = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}instrText",
    f"{W}delText",
    f"{W}delInstrText",
    f"{W}rt",
    f"{W}pPr",
    f"{W}rPr",
}
BREAKS = {f"{W}br", f"{W}cr"}
SPACES = {f"{W}tab", f"{W}ptab"}
HYPHEN = f"{W}noBreakHyphen"
TEXTS = {f"{W}t", f"{M}t"}
NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
CONTENTS = "Table of Contents"  # of the gallery that a table of contents is inserted from
RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
RECOGNISED = (".png", ".jpg", ".webp", ".tiff")
PRIVATE_USE = range(0xE000, 0xF900)  # where symbol fonts keep their characters


def read_word(data: bytes, name: str) -> Extracted:
    """Read a Word document."""
    return _Reader(Package(data, name)).read()


@dataclass(slots=True)
class _Inline:
    """What a paragraph holds: its text, and what hangs on it and follows it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph's text; a line end where the author began a new line."""
        return "".join(self.pieces)


class _Reader:
    """Reads one document from beginning to end."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.lines = Lines()
        self.styles = Styles(self._part("styles"))
        self.numbering = read_numbering(self._part("numbering"))
        self.notes = {kind: self._notes(kind) for kind in NOTES.values()}
        self.charts = package.related(package.main, "chart")
        self.carried = ""  # of a paragraph whose end was deleted
        self.skipped_contents = 0
        self.pictures: list[str] = []  # the relations of those in the text, in order
        self.recognised: list[str] = []

    def read(self) -> Extracted:
        """Return what the document says."""
        root = self.package.part(self.package.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is not None:
            self._blocks(body)
        if not self.lines.characters:
            self._recognise()
        return self.lines.extracted(*self._steps())

    def _steps(self) -> Iterator[RepairStep]:
        if self.skipped_contents:
            yield RepairStep("略去目录", "目录重复各级标题，只有页码是新的", self.skipped_contents)
        if self.recognised:
            yield RepairStep("识别图片", "文档里只有图片，文字由图片识别而来", len(self.recognised))
        elif self.pictures:
            yield RepairStep(
                "没有识别的图片", "文档里图片上的文字没有读；要读它，请把图片单独放进来", len(self.pictures)
            )

    def _recognise(self) -> None:
        """Read the pictures of a document that holds nothing else: scans that were put into Word."""
        parts = self.package.related(self.package.main, "image")
        for picture in dict.fromkeys(self.pictures):
            data = self.package.bytes(parts.get(picture, "")) or b""
            try:
                suffix = find_format(data, self.package.name)
                check(data, suffix, self.package.name, Limits())
                found = READERS[suffix](data, self.package.name) if suffix in RECOGNISED else Extracted("")
            except CorpusError:
                continue  # a drawing, or a picture of a kind that is not read
            self.lines.add(found.text)
            self.recognised += [picture] * bool(found.text)
        if self.pictures and not self.recognised:
            raise EmptyReportError(
                says(
                    "file.pictures",
                    "“{name}”里只有图片，没有认出文字。请把文档导出为 PDF，或把图片另存为清晰的 PNG 或 JPG 再试。",
                    name=self.package.name,
                )
            )

    def _part(self, kind: str) -> Element | None:
        path = next(iter(self.package.related(self.package.main, kind).values()), None)
        return self.package.part(path) if path else None

    def _notes(self, kind: str) -> dict[str, Element]:
        root = self._part(kind)
        if root is None:
            return {}
        # Those with a type are the lines that part notes from the text.
        return {note.get(f"{W}id", ""): note for note in root if note.get(f"{W}type") in (None, "normal")}

    def _blocks(self, parent: Element) -> None:
        for block in _unwrapped(parent):
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == f"{W}tbl":
                self._table(block)
            elif block.tag == f"{W}sdt" and _is_contents(block):
                self.skipped_contents += 1
            else:
                self._blocks(block)

    def _paragraph(self, paragraph: Element) -> None:
        shape = self.styles.of(paragraph)
        inline = self._inline(paragraph, shape)
        text = inline.text.strip()
        if shape.is_contents:
            self.skipped_contents += bool(text)
            return
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self.carried += text
            return
        text, self.carried = self.carried + text, ""
        if text and shape.list_id:
            text = self._numbered(shape, text)
        self.lines.add(text, shape.level)
        self._hanging(inline)

    def _numbered(self, shape: Format, text: str) -> str:
        label = self.numbering.next_label(shape.list_id, shape.list_depth)
        # Chapter 1 on 2024 is no year 12024.
        return f"{label} {text}" if label[-1:].isalnum() and label.isascii() else label + text

    def _hanging(self, inline: _Inline) -> None:
        """Add what hangs on a paragraph: text boxes, charts and notes."""
        for box in inline.boxes:
            self._blocks(box)
        for chart in inline.charts:
            root = self.package.part(self.charts.get(chart, ""))
            if root is not None:
                title, cells = chart_cells(root)
                self.lines.add(title)
                self.lines.add_table(cells)
        for kind, number in inline.notes:
            note = self.notes[kind].pop(number, None)
            if note is not None:
                self._blocks(note)

    def _inline(self, paragraph: Element, shape: Format) -> _Inline:
        found = _Inline()
        self._collect(paragraph, found, shape.hidden)
        return found

    def _collect(self, parent: Element, found: _Inline, hidden: bool) -> None:
        for child in _children(parent):
            tag = child.tag
            if tag == f"{W}r":
                if not self.styles.is_hidden(child, hidden):
                    begun = len(found.pieces)
                    self._collect(child, found, hidden)
                    if is_raised(child):
                        found.pieces[begun:] = [raised("".join(found.pieces[begun:]))]
            elif tag == f"{M}sup":
                begun = len(found.pieces)
                self._collect(child, found, hidden)
                found.pieces[begun:] = [raised("".join(found.pieces[begun:]), "^")]
            elif tag == f"{M}den":
                found.pieces.append("/")
                self._collect(child, found, hidden)
            elif tag in TEXTS:
                found.pieces.append(child.text or "")
            elif tag in BREAKS:
                found.pieces.append("\n")
            elif tag in SPACES:
                found.pieces.append(" ")
            elif tag == HYPHEN:
                found.pieces.append("-")
            elif tag == f"{W}sym":
                found.pieces.append(_symbol(child))
            elif tag in NOTES:
                found.notes.append((NOTES[tag], child.get(f"{W}id", "")))
            elif tag == f"{W}txbxContent":
                found.boxes.append(child)
            elif tag == f"{C}chart":
                found.charts.append(child.get(f"{R}id", ""))
            else:
                if tag == f"{A}blip":
                    self.pictures.append(child.get(f"{R}embed", ""))
                self._collect(child, found, hidden)

    def _table(self, table: Element) -> None:
        cells: list[Cell] = []
        open_cells: dict[int, int] = {}  # the cell that reaches down in each column
        inlines: list[_Inline] = []
        rows = [row for row in _unwrapped(table) if row.tag == f"{W}tr" and not _is_gone(row)]
        for number, row in enumerate(rows):
            column = _whole(row.find(f"{W}trPr/{W}gridBefore"))
            for cell in _unwrapped(row):
                if cell.tag != f"{W}tc":
                    continue
                width = max(_whole(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                above = open_cells.get(column)
                if merge is not None and merge.get(f"{W}val") != "restart" and above is not None:
                    old = cells[above]
                    cells[above] = Cell(old.text, old.row, old.column, number - old.row + 1, old.columns)
                else:
                    open_cells[column] = len(cells)
                    text = self._cell_text(cell, inlines)
                    cells.append(Cell(text, number, column, 1, width))
                column += width
        self.lines.add_table(cells)
        for inline in inlines:
            self._hanging(inline)

    def _cell_text(self, cell: Element, inlines: list[_Inline]) -> str:
        """Return a cell's paragraphs, a line each; those of a table inside it too."""
        texts = []
        for paragraph in cell.iter(f"{W}p"):
            if _inside_box(paragraph, cell):
                continue
            shape = self.styles.of(paragraph)
            inline = self._inline(paragraph, shape)
            text = inline.text.strip()
            if text and shape.list_id:
                text = self._numbered(shape, text)
            if text:
                texts.append(text)
            inlines.append(inline)
        return "\n".join(texts)


def _children(parent: Element) -> Iterator[Element]:
    """Return an element's children that are printed; of alternatives the first that is not empty."""
    for child in parent:
        if child.tag == f"{W}sdt" and _is_placeholder(child):
            continue
        if child.tag == f"{MC}AlternateContent":
            # The same drawing twice, for newer and for older programs.
            yield from next((_children(choice) for choice in child if len(choice)), ())
        elif child.tag not in LEFT_OUT:
            yield child


def _unwrapped(parent: Element) -> Iterator[Element]:
    """Return blocks, rows or cells, out of what only groups them."""
    for child in _children(parent):
        if child.tag in (f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}sdtContent") or (
            child.tag == f"{W}sdt" and not _is_contents(child)
        ):
            yield from _unwrapped(child)
        else:
            yield child


def _is_placeholder(block: Element) -> bool:
    """Whether a form's field still shows what is to be written into it."""
    return block.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _is_contents(block: Element) -> bool:
    gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == CONTENTS


def _is_gone(row: Element) -> bool:
    """Whether a row was deleted, the deletion being tracked, or is hidden."""
    return row.find(f"{W}trPr/{W}del") is not None or row.find(f"{W}trPr/{W}hidden") is not None


def _inside_box(paragraph: Element, cell: Element) -> bool:
    parent = paragraph.getparent()
    while parent is not None and parent is not cell:
        if parent.tag in (f"{W}txbxContent", f"{MC}Fallback"):
            return True
        parent = parent.getparent()
    return False


def raised(text: str, otherwise: str = "") -> str:
    """Return what is printed raised so that 8.5 with a note's 1 is no 8.51; ``otherwise`` marks words.

    >>> raised("2"), raised("n+1", "^")
    ('²', '^n+1')
    """
    return text.translate(RAISED) if text.strip("0123456789+-") == "" else otherwise + text


def _symbol(symbol: Element) -> str:
    """Return the character of a symbol font, "" where only that font knows it."""
    try:
        code = int(symbol.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return "" if code in PRIVATE_USE or not 0x20 <= code < 0xD800 else chr(code)


def _whole(element: Element | None) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdecimal() else 0
