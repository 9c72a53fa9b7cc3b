"""Make office files part by part: what no program writes, and what each program writes differently."""

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
MAIN = {
    "word/document.xml": "openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "openxmlformats-officedocument.presentationml.presentation",
}


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack parts into a ZIP archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def package(main: str, content: str | bytes, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Pack an office file of a main part and others by their paths."""
    types = f'<Types xmlns="{TYPES}"><Override PartName="/{main}" ContentType="application/vnd.{MAIN[main]}.main+xml"/></Types>'
    relations = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="{main}"/></Relationships>'
    return archive({"[Content_Types].xml": types, "_rels/.rels": relations, main: content, **(parts or {})})


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, related: str = "") -> bytes:
    """Pack a Word document of the XML of its body; ``related`` names kinds of parts: ``styles numbering``."""
    namespaces = (
        f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    )
    document = f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
    links = "".join(
        f'<Relationship Id="{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in related.split()
    )
    relations = {"word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'}
    return package("word/document.xml", document, {**relations, **(parts or {})})


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def part(root: str, content: str) -> str:
    """Return a part of a Word document."""
    return f'<w:{root} xmlns:w="{WORD}">{content}</w:{root}>'
