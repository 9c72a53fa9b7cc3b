"""PDFs that no program writes, made object by object."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
WORDS = b"BT /F 24 Tf 72 700 Td (Output value 36 million, up 8.5 percent) Tj ET"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Write objects, numbered from 1, the first the catalogue, with a table of where they stand."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        table,
    )
    return bytes(out)


def one_page(
    content: bytes = stream(WORDS), page: bytes = PAGE, more: Sequence[bytes] = (), catalogue: bytes = b""
) -> bytes:
    """Write a document of one page."""
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue, pages, page, content, FONT, *more])


def truncated(tenth: int) -> Callable[[], bytes]:
    return lambda: one_page()[: len(one_page()) * tenth // 10]


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> >>"
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, stream(WORDS), FONT, *[page] * count])


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
    return one_page(stream(packed, b"/Filter /FlateDecode"))


def recursive() -> bytes:
    """Return a page that draws a form that draws itself."""
    page = PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")
    form = stream(
        b"/X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    return one_page(stream(b"/X Do " + WORDS), page, [form])


def many_words(count: int) -> bytes:
    packed = zlib.compress(b"BT /F 1 Tf " + b"(a) Tj " * count + b"ET")
    return one_page(stream(packed, b"/Filter /FlateDecode"))


def encrypted() -> bytes:
    """Return a page that opens only with a password (RC4, 40 bits)."""
    digest = hashlib.md5(b"secret").digest() * 2
    locked = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (
        digest.hex().encode(),
        digest.hex().encode(),
    )
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", pages, PAGE, stream(WORDS), FONT, locked]
    return pdf(
        objects, b"/Encrypt 6 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    )


READ = "36 million"
DAMAGED = "损坏|没有文字|太大|中止"
# (name, what makes it, pattern of the message, or of the text where it reads, slow)
PDFS: list[tuple[str, Callable[[], bytes], str, str, bool]] = [
    ("一页.pdf", one_page, "", READ, False),
    ("一页.txt", one_page, "", READ, False),
    ("前有杂物.pdf", lambda: b"\n" * 500 + one_page(), "", READ, False),
    ("加密.pdf", encrypted, "密码", "", False),
    *((f"断{tenth}0%.pdf", truncated(tenth), DAMAGED, READ, False) for tenth in range(1, 10)),
    ("大页.pdf", lambda: one_page(page=PAGE.replace(b"595 842", b"200000 200000")), DAMAGED, READ, False),
    ("万页.pdf", lambda: many_pages(10_000), "10000 页", "", True),
    ("二十页.pdf", lambda: many_pages(20), "", READ, False),
    ("流炸弹.pdf", lambda: bomb(500 << 20), DAMAGED, READ, True),
    ("自画.pdf", recursive, DAMAGED, READ, True),
    ("三百万次.pdf", lambda: many_words(3_000_000), DAMAGED, "a", True),
    (
        "没有页.pdf",
        lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]),
        "损坏",
        "",
        False,
    ),
    (
        "页环.pdf",
        lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        DAMAGED,
        "",
        False,
    ),
    ("只有开头.pdf", lambda: b"%PDF-1.7\n", "损坏", "", False),
    (
        "动作.pdf",
        lambda: one_page(catalogue=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        "",
        READ,
        False,
    ),
]
