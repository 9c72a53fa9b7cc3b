"""Presentations (PPTX): a page a slide, as it is read: title first, then from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Omission, RepairStep
from corpus.extracted import Extracted
from corpus.readers.charts import chart_cells
from corpus.readers.lines import Lines
from corpus.readers.ooxml import A, Element, Package, R
from corpus.tables import Cell

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
TITLES = ("title", "ctrTitle")
FURNITURE = ("dt", "ftr", "sldNum", "hdr")  # date, footer, number: on every slide
TITLE_LEVEL = 2
ROW_HEIGHT = 360_000  # EMU, one centimetre: shapes whose tops differ by less stand beside each other


def read_slides(data: bytes, name: str) -> Extracted:
    """Read a presentation; what the speaker noted is kept beside it, since no slide shows it."""
    package = Package(data, name)
    root = package.part(package.main)
    targets = package.related(package.main, "slide")
    identifiers = [] if root is None else [item.get(f"{R}id", "") for item in root.iter(f"{P}sldId")]
    lines = Lines()
    hidden = 0
    for number, path in enumerate((targets[found] for found in identifiers if found in targets), start=1):
        slide = package.part(path)
        if slide is None:
            continue
        if slide.get("show") in ("0", "false"):
            hidden += 1
            continue
        lines.add_page(number)
        _Slide(package, path, slide, lines).read(number)
    notes = [RepairStep("略去隐藏的幻灯片", "隐藏的幻灯片放映时看不见", hidden)] if hidden else []
    return lines.extracted(*notes)


class _Slide:
    """Reads one slide."""

    def __init__(self, package: Package, path: str, slide: Element, lines: Lines) -> None:
        self.package, self.path, self.slide, self.lines = package, path, slide, lines
        self.charts = package.related(path, "chart")
        self.layout = self._layout_places()

    def read(self, number: int) -> None:
        """Add the slide's text, and keep the speaker's notes as left out."""
        tree = self.slide.find(f"{P}cSld/{P}spTree")
        shapes = list(self._shapes(tree)) if tree is not None else []
        for shape in sorted(shapes, key=self._order):
            self._shape(shape)
        for path in self.package.related(self.path, "notesSlide").values():
            root = self.package.part(path)
            bodies = [] if root is None else [s for s in root.iter(f"{P}sp") if _placeholder(s) == "body"]
            text = "\n".join(line for body in bodies for line in _paragraphs(body))
            if text:
                self.lines.leave_out(Omission(number, text, "演讲者备注，放映时不显示"))

    def _shapes(self, parent: Element) -> Iterator[Element]:
        for shape in parent:
            if shape.tag == f"{P}grpSp":
                yield from self._shapes(shape)
            elif shape.tag in (f"{P}sp", f"{P}graphicFrame") and _placeholder(shape) not in FURNITURE:
                yield shape

    def _order(self, shape: Element) -> tuple[bool, int, int]:
        left, top = self._place(shape)
        return _placeholder(shape) not in TITLES, top // ROW_HEIGHT, left

    def _place(self, shape: Element) -> tuple[int, int]:
        """Return a shape's upper left corner, in EMU; a placeholder may leave it to the layout."""
        return _offset(shape) or self.layout.get(_placeholder_key(shape)) or (0, 0)

    def _layout_places(self) -> dict[tuple[str, str], tuple[int, int]]:
        for path in self.package.related(self.path, "slideLayout").values():
            root = self.package.part(path)
            if root is not None:
                places = ((_placeholder_key(shape), _offset(shape)) for shape in root.iter(f"{P}sp"))
                return {key: place for key, place in places if place}
        return {}

    def _shape(self, shape: Element) -> None:
        level = TITLE_LEVEL if _placeholder(shape) in TITLES else None
        for table in shape.iter(f"{A}tbl"):
            self.lines.add_table(list(_table_cells(table)))
        for reference in shape.iter(C_CHART):
            root = self.package.part(self.charts.get(reference.get(f"{R}id", ""), ""))
            if root is not None:
                title, cells = chart_cells(root)
                self.lines.add(title)
                self.lines.add_table(cells)
        if shape.tag == f"{P}sp":
            paragraphs = list(_paragraphs(shape))
            if level is not None:
                paragraphs = [" ".join(paragraphs).replace("\n", " ")]
            for paragraph in paragraphs:
                self.lines.add(paragraph, level)
        elif shape.find(f".//{A}tbl") is None:
            for text in _paragraphs(shape):  # drawings of words
                self.lines.add(text)


def _paragraphs(shape: Element) -> Iterator[str]:
    for paragraph in shape.iter(f"{A}p"):
        text = _text(paragraph)
        if text:
            yield text


def _text(paragraph: Element) -> str:
    pieces = []
    for element in paragraph.iter(f"{A}t", f"{A}br"):
        pieces.append("\n" if element.tag == f"{A}br" else element.text or "")
    return "".join(pieces).strip()


def _table_cells(table: Element) -> Iterator[Cell]:
    for number, row in enumerate(table.iterchildren(f"{A}tr")):
        for column, cell in enumerate(row.iterchildren(f"{A}tc")):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                continue
            yield Cell(
                "\n".join(_paragraphs(cell)),
                number,
                column,
                _whole(cell, "rowSpan"),
                _whole(cell, "gridSpan"),
            )


def _whole(cell: Element, name: str) -> int:
    value = cell.get(name, "")
    return min(max(int(value), 1), 1000) if value.isdecimal() else 1


def _placeholder_element(shape: Element) -> Element | None:
    return shape.find(f".//{P}nvPr/{P}ph")


def _placeholder(shape: Element) -> str:
    """Return what a shape is the place of; "" for one that is none."""
    place = _placeholder_element(shape)
    return "" if place is None else place.get("type", "body")


def _placeholder_key(shape: Element) -> tuple[str, str]:
    place = _placeholder_element(shape)
    if place is None:
        return "", ""
    kind = place.get("type", "body")
    return ("title", "") if kind in TITLES else (kind, place.get("idx", ""))


def _offset(shape: Element) -> tuple[int, int] | None:
    offset = shape.find(f"{P}spPr/{A}xfrm/{A}off")
    if offset is None:
        offset = shape.find(f"{P}xfrm/{A}off")
    if offset is None:
        return None
    left, top = offset.get("x", ""), offset.get("y", "")
    return (int(left), int(top)) if left.lstrip("-").isdecimal() and top.lstrip("-").isdecimal() else None
