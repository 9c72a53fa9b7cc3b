"""The parts of an Office Open XML file (DOCX, XLSX, PPTX), and how they refer to each other."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import cached_property

from lxml import etree

from corpus.formats import damaged

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# ISO 29500 Strict has other names for the same things.
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


def parse(data: bytes) -> Element:
    """Return the root of an XML part; entities, DTDs and the network are out of reach.

    lxml's own limits hold too: 256 levels, 10 MB a text.  Raises etree.XMLSyntaxError.
    """
    for strict, transitional in STRICT:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


class Package:
    """The parts of a file whose archive was checked before, by their paths in it."""

    def __init__(self, data: bytes, name: str) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._members = {member.lower(): member for member in self._archive.namelist()}
        self.name = name

    @cached_property
    def main(self) -> str:
        """The path of the main part: the document, the workbook, the presentation."""
        for target in self.related("", "officeDocument").values():
            return target
        raise damaged(self.name)

    def part(self, path: str) -> Element | None:
        """Return the root of a part, None where there is no such part; raise DamagedReportError."""
        data = self.bytes(path)
        try:
            return parse(data) if data is not None else None
        except etree.XMLSyntaxError as error:
            raise damaged(self.name) from error

    def bytes(self, path: str) -> bytes | None:
        """Return the bytes of a part, None where there is no such part."""
        member = self._members.get(path.lower())
        return self._archive.read(member) if member is not None else None

    def related(self, path: str, kind: str) -> dict[str, str]:
        """Return the paths of the parts that a part refers to as ``kind``, by the ids it uses."""
        folder, base = posixpath.split(path)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return {}
        return {
            relation.get("Id", ""): posixpath.normpath(
                posixpath.join("/", folder, relation.get("Target", ""))
            ).lstrip("/")
            for relation in root.iter(f"{PACKAGE}Relationship")
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External"
        }
