"""PDFs typed character by character for tests, in a Chinese font that every reader knows by name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.layout.lines import character_width
from tests.corpus.hostile.pdfs import pdf, stream

WIDTH, HEIGHT = 600, 840
FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>"
# Half the em for Latin letters and digits (CIDs 1 to 95 of Adobe-GB1), the em for all else.
DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /%s /DW 1000 /W [1 95 500]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor %d 0 R >>"
)
DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
)


@dataclass
class Sheet:
    """A page that is being typed; places count from its top left corner as it is shown."""

    rotate: int = 0
    width: float = WIDTH
    height: float = HEIGHT
    content: list[str] = field(default_factory=list)

    def text(
        self,
        text: str,
        left: float,
        top: float,
        size: float = 10.0,
        bold: bool = False,
        mode: int = 0,
        grey: float = 0.0,
        angle: float = 0.0,
    ) -> Sheet:
        """Type a line whose em squares begin at a place; ``angle`` in degrees, anticlockwise."""
        turn = math.radians(angle)
        x, y = left, self.height - top - 0.88 * size
        a, b = math.cos(turn), math.sin(turn)
        code = text.encode("utf-16-be").hex()
        self.content.append(
            f"BT {grey} g {mode} Tr /{'B' if bold else 'F'} {size} Tf "
            f"{a:.5f} {b:.5f} {-b:.5f} {a:.5f} {x:.3f} {y:.3f} Tm <{code}> Tj ET"
        )
        return self

    def paragraph(self, text: str, left: float, top: float, width: float, size: float = 10.0) -> float:
        """Type a paragraph, its first line indented; return where the next line begins."""
        line, room = "", width / size - 2
        start = left + 2 * size
        for character in [*text, ""]:
            if not character or sum(map(character_width, line + character)) > room:
                self.text(line, start, top, size)
                line, room, start, top = "", width / size, left, top + 1.5 * size
            line += character
        return top

    def rule(self, left: float, top: float, right: float, bottom: float) -> Sheet:
        self.content.append(f"0.5 w {left} {self.height - top} m {right} {self.height - bottom} l S")
        return self

    def fill(self, left: float, top: float, right: float, bottom: float, grey: float) -> Sheet:
        self.content.append(f"{grey} g {left} {self.height - bottom} {right - left} {bottom - top} re f")
        return self


def typed(sheets: Sequence[Sheet] | Iterable[Sheet]) -> bytes:
    """Return the sheets as a PDF."""
    pages = list(sheets)
    fonts = [
        FONT % (b"STSong-Light", 5),
        DESCENDANT % (b"STSong-Light", 6),
        DESCRIPTOR % b"STSong-Light",
        FONT % (b"STSong-Bold", 8),
        DESCENDANT % (b"STSong-Bold", 9),
        DESCRIPTOR % b"STSong-Bold",
    ]
    first = 4 + len(fonts)
    bodies: list[bytes] = []
    for place, page in enumerate(pages):
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R"
            b" /Resources << /Font << /F 4 0 R /B 7 0 R >> >> >>"
            % (page.width, page.height, page.rotate, first + 2 * place + 1)
        )
        bodies.append(stream("\n".join(page.content).encode()))
    kids = b" ".join(b"%d 0 R" % (first + 2 * place) for place in range(len(pages)))
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages))
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, b"<< >>", *fonts, *bodies])
