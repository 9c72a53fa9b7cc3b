"""Hostile, damaged and odd files, each made by code, with what is to become of it."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openpyxl import Workbook

from tests.corpus.hostile.pdfs import PDFS
from tests.corpus.office import TYPES, archive, docx, package, paragraph, part

SENTENCE = "青山县去年完成固定资产投资36亿元，比上年增长8%。"
TRADITIONAL = "臺灣地區去年的經濟發展報告指出，工業總產值增加百分之八，人民的生活水準有了明顯提高。"
ENTITIES = (
    '<!DOCTYPE w [<!ENTITY a "笑">'
    + "".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file: its name, what makes its bytes, and a pattern of the message, or of the text where it reads."""

    name: str
    make: Callable[[], bytes]
    refused: str = ""
    reads: str = ""
    slow: bool = False


def text(sentence: str = SENTENCE, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: sentence.encode(encoding, "surrogatepass")


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


def plain_docx() -> bytes:
    return docx(paragraph(SENTENCE))


def document_of(xml: str | bytes) -> bytes:
    return package("word/document.xml", xml)


def entity_docx(declaration: str, use: str, encoding: str = "utf-8") -> bytes:
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraph(use)}</w:body></w:document>'
    return document_of(f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{body}'.encode(encoding))


def big_entry(content: bytes, times: int, padding: int = 0) -> bytes:
    """Pack a Word document with one entry that is written piece by piece."""
    packed = io.BytesIO(plain_docx())
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as file:
        with file.open("word/media/big.bin", "w", force_zip64=True) as entry:
            for _ in range(times):
                entry.write(content)
        if padding:
            file.writestr("word/media/noise.bin", noise(padding), zipfile.ZIP_STORED)
    return packed.getvalue()


def long_node(characters: int) -> bytes:
    """Pack a document of one text that no ratio gives away, as there is noise beside it."""
    begin, end = paragraph("\0").split("\0")
    document = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{begin}{"A" * characters}{end}</w:body></w:document>'
    return package("word/document.xml", document, {"word/media/noise.bin": noise(characters // 50)})


def lying_docx() -> bytes:
    """Return a document whose directory says that its parts are ten bytes long."""
    data = bytearray(plain_docx())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<I", data, place + 24, 10)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def locked_entries() -> bytes:
    """Return an archive whose entries say that they are encrypted."""
    data = bytearray(plain_docx())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def ole(stream: str, tail: bytes = b"") -> bytes:
    """Return the beginning of an OLE file with the name of one stream, and no more."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return head + f"{stream}\0".encode("utf-16-le").ljust(512, b"\0") + tail


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def cells_of(columns: int, number: int) -> str:
    return "".join(f"<c><v>{number * column % 999_983}</v></c>" for column in range(columns))


def column_of(rows: int) -> bytes:
    lines = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, rows + 1))
    return sheet_xml(lines)


def row_of(columns: int) -> bytes:
    return sheet_xml(f'<row r="1">{cells_of(columns, 1)}</row>')


def sheet_xml(rows: str, after: str = "") -> bytes:
    """Pack a workbook of one sheet of the XML of its rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="s1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    types = (
        f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    )
    book = f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="表" sheetId="1" r:id="s1"/></sheets></workbook>'
    return package(
        "xl/workbook.xml",
        book,
        {
            "xl/_rels/workbook.xml.rels": links,
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>',
            "[Content_Types].xml": types,
        },
    )


def formulas(book: Workbook) -> None:
    sheet = book.active
    assert sheet is not None
    sheet.append(["指标", "数值"])
    sheet.append(["投资", "=1+1"])
    sheet.append(["税收", '=HYPERLINK("http://127.0.0.1:9/x","点我")'])
    sheet.append(["命令", "=cmd|' /C calc'!A0"])
    sheet.append(["外部", "='[http://127.0.0.1:9/b.xlsx]表'!A1"])
    sheet.append(["人口", 12])


def png(width: int, height: int, body: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(body))
        + chunk(b"IEND", b"")
    )


def looping_tiff() -> bytes:
    """Return a TIFF whose directory names itself as the next."""
    entries = [
        (256, 4, 1, 4),
        (257, 4, 1, 4),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (279, 4, 1, 16),
    ]
    packed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return (
        b"II*\0"
        + struct.pack("<I", 8)
        + struct.pack("<H", len(entries))
        + packed
        + struct.pack("<I", 8)
        + bytes(32)
    )


def deep_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph(SENTENCE) + "</w:tc></w:tr></w:tbl>" * depth


def odd_docx() -> bytes:
    """Return a document whose table claims a million columns and whose list a strange start."""
    numbering = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="999999999999"/>'
        '<w:lvlText w:val="%9%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    rows = "".join(
        f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/><w:vMerge/></w:tcPr>{paragraph(words)}</w:tc></w:tr>'
        for words in (SENTENCE, "甲")
    )
    body = (
        paragraph("甲", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + f"<w:tbl>{rows}</w:tbl>"
    )
    return docx(body, {"word/numbering.xml": numbering}, "numbering")


HTML = f"<html><head><title>简报</title><script>alert('坏')</script></head><body onload='x()'><p>{SENTENCE}</p><script>document.write('坏')</script></body></html>"
LIES = HTML.replace("<head>", "<head><meta charset='utf-8'>")
ROW = "<tr><td>指标</td><td>数值</td></tr>"
SPANS = f"<table>{ROW}{'<tr><td rowspan=65534 colspan=1000>大</td><td>1</td></tr>' * 10}</table>"
READ = "固定资产投资36亿元"

TEXTS = [
    Hostile("空.txt", lambda: b"", refused="没有文字"),
    Hostile("空白.txt", text(" \r\n\u3000\n\t"), refused="没有文字"),
    Hostile("空字节.txt", text(f"甲\0{SENTENCE}\0"), reads=READ),
    Hostile("半个字符.txt", lambda: SENTENCE.encode() + b"\xed\xa0\x80", refused="编码"),
    Hostile("反向.txt", text(f"\u202e{SENTENCE}\u202c"), reads=f"^{READ[:2]}|{SENTENCE}"),
    Hostile("零宽.txt", text("\u200b".join(SENTENCE)), reads=READ),
    Hostile("一行.txt", text(SENTENCE * 15_000), reads=READ),
    Hostile("国标.txt", text(SENTENCE * 3, "gb18030"), reads=READ),
    Hostile("大五.txt", text(TRADITIONAL, "big5"), reads="工業總產值"),
    Hostile("十六位.txt", text(SENTENCE, "utf-16"), reads=READ),
    Hostile("十六位大端.txt", text(SENTENCE, "utf-16-be"), reads=READ),
    Hostile("三十二位.txt", text(SENTENCE, "utf-32"), reads=READ),
    Hostile("十六位断.txt", lambda: SENTENCE.encode("utf-16")[:-1], refused="损坏"),
    Hostile("乱码.txt", lambda: noise(4096), refused="编码|不是能认出"),
    Hostile("控制符.txt", lambda: bytes(range(1, 32)) * 100, refused="没有文字"),
    Hostile("空行.txt", lambda: b"\n" * 100_000, refused="没有文字"),
    Hostile("千万字.txt", lambda: "增".encode() * 10_000_001, refused="太大", slow=True),
    Hostile("引用.md", lambda: b">" * 10_000 + SENTENCE.encode(), reads=READ),
    Hostile("方括号.md", lambda: b"[" * 10_000 + SENTENCE.encode(), reads=READ),
    Hostile("引号.csv", lambda: b'"' * 100_001 + SENTENCE.encode(), reads=READ),
    Hostile("宽.csv", lambda: ",".join(map(str, range(4_000))).encode(), reads="3999"),
    Hostile("公式.csv", lambda: "名称,值\n甲,=1+1\n乙,@SUM(A1)\n丙,36亿元\n".encode(), reads="36亿元"),
]
WRONG_NAMES = [
    Hostile("文字.pdf", text(), reads=READ),
    Hostile("文字.docx", text(), reads=READ),
    Hostile("文档.pdf", plain_docx, reads=READ),
    Hostile("文档.doc", plain_docx, reads=READ),
    Hostile("文档.txt", plain_docx, reads=READ),
    Hostile("网页.doc", lambda: HTML.encode("gb18030"), reads=READ),
    Hostile("网页.xls", lambda: f"<html><body><table>{ROW}</table></body></html>".encode(), reads="指标"),
    Hostile("没有后缀", text(), reads=READ),
    Hostile("奇怪.dat", text(), reads=READ),
    Hostile("压缩包.docx", lambda: archive({"报告.txt": SENTENCE}), refused="请解压后"),
    Hostile("程序.pdf", lambda: b"MZ\x90\0" + noise(2048), refused="能读的格式"),
    Hostile("录音.mp3", lambda: b"ID3\x04\0" + noise(2048), refused="能读的格式"),
    Hostile("动图.jpg", lambda: b"GIF89a" + noise(512), refused="能读的格式"),
    Hostile("版式.ofd", lambda: archive({"OFD.xml": "<OFD/>"}), refused="OFD"),
    Hostile("开放.odt", lambda: archive({"mimetype": "x", "content.xml": "<a/>"}), refused="OpenDocument"),
    Hostile("数据.xml", lambda: b"<?xml version='1.0'?><data/>", refused="XML"),
]
WORDS = [
    Hostile("大零.docx", lambda: big_entry(bytes(1 << 20), 100), refused="压缩炸弹"),
    Hostile("更大.docx", lambda: big_entry(bytes(1 << 20), 600), refused="500 MB", slow=True),
    Hostile("空段.docx", lambda: docx("<w:p/>" * 2_000_000), refused="压缩炸弹", slow=True),
    Hostile("长文.docx", lambda: long_node(12_000_000), refused="损坏"),
    Hostile("很长.docx", lambda: long_node(300_000_000), refused="损坏|太大", slow=True),
    Hostile("笑.docx", lambda: entity_docx(ENTITIES, "&i;"), refused="实体声明"),
    Hostile(
        "外部.docx",
        lambda: entity_docx('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        refused="实体声明",
    ),
    Hostile(
        "平方.docx",
        lambda: entity_docx(f'<!DOCTYPE w [<!ENTITY x "{"笑" * 50_000}">]>', "&x;" * 5_000),
        refused="实体声明",
    ),
    Hostile("宽字.docx", lambda: entity_docx(ENTITIES, "&i;", "utf-16"), refused="实体声明"),
    Hostile(
        "部件多.docx",
        lambda: archive(
            {f"{number}.xml": "" for number in range(10_050)} | {"[Content_Types].xml": MAIN_TYPE}
        ),
        refused="部件",
        slow=True,
    ),
    Hostile("谎报.docx", lying_docx, refused="损坏"),
    Hostile("加密.docx", lambda: ole("EncryptedPackage"), refused="密码"),
    Hostile("锁部件.docx", locked_entries, refused="是加密的"),
    Hostile("没有正文.docx", lambda: archive({"[Content_Types].xml": MAIN_TYPE}), refused="损坏"),
    Hostile("不成句.docx", lambda: document_of("<w:document><w:body>"), refused="损坏"),
    Hostile("深.docx", lambda: docx(deep_tables(10_000)), refused="损坏"),
    Hostile("较深.docx", lambda: docx(deep_tables(60)), reads=READ),
    Hostile(
        "越界.docx",
        lambda: docx(paragraph(SENTENCE), {"../../../etc/passwd": "x", "/tmp/x": "y", "C:\\x": "z"}),
        reads=READ,
    ),
    Hostile("怪.docx", odd_docx, reads=READ),
    *(
        Hostile(
            f"断{tenth}0%.docx",
            lambda tenth=tenth: plain_docx()[: len(plain_docx()) * tenth // 10],
            refused="损坏",
        )
        for tenth in range(1, 10)
    ),
]
PAGES = [
    Hostile("脚本.html", HTML.encode, reads=f"^简报\n{SENTENCE}$"),
    Hostile("谎.html", lambda: LIES.encode("gb18030"), reads=READ),
    Hostile("深.html", lambda: ("<div>" * 10_000 + SENTENCE).encode(), refused="深得不正常"),
    Hostile("较深.html", lambda: ("<div>" * 500 + SENTENCE).encode(), reads=READ),
    Hostile("不闭合.html", lambda: ("<b><p>" * 10_000 + SENTENCE).encode(), reads=READ),
    Hostile("跨格.html", SPANS.encode, reads="指标"),
    Hostile("只有脚本.html", lambda: b"<html><script>x()</script></html>", refused="没有文字"),
    Hostile("实体.html", lambda: (ENTITIES + f"<html><p>&i;{SENTENCE}</p></html>").encode(), reads=READ),
    Hostile("属性.html", lambda: f"<p title='{'x' * 1_000_000}'>{SENTENCE}</p>".encode(), reads=READ),
    Hostile(
        "存档.mht",
        lambda: f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>{SENTENCE}</p>".encode(),
        reads=READ,
    ),
]
SHEETS = [
    Hostile("公式.xlsx", lambda: workbook(formulas), reads="人口.*12"),
    Hostile("十万行.xlsx", lambda: column_of(100_000), reads="99999", slow=True),
    Hostile("万行.xlsx", lambda: column_of(3_000), reads="2999"),
    Hostile("很宽.xlsx", lambda: row_of(16_000), reads="15999", slow=True),
    Hostile(
        "角落.xlsx",
        lambda: sheet_xml(
            '<row r="1"><c r="A1"><v>36</v></c></row><row r="1048576"><c r="XFD1048576"><v>8</v></c></row>'
        ),
        reads="36",
    ),
    Hostile(
        "满表.xlsx",
        lambda: sheet_xml(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        refused="合并",
    ),
    Hostile("越界.xlsx", lambda: sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), refused="损坏"),
    Hostile(
        "百万格.xlsx",
        lambda: sheet_xml("".join(f"<row>{cells_of(100, row * 7919)}</row>" for row in range(5_100))),
        refused="单元格",
        slow=True,
    ),
    Hostile(
        "实体.xlsx",
        lambda: package("xl/workbook.xml", f"<?xml version='1.0'?>{ENTITIES}<workbook>&i;</workbook>"),
        refused="实体声明",
    ),
    Hostile(
        "空.pptx",
        lambda: package(
            "ppt/presentation.xml",
            "<p:presentation xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'/>",
        ),
        refused="没有文字",
    ),
    Hostile("怪.doc", lambda: ole("WordDocument", noise(4096)), refused="旧版 Word|转换失败", slow=True),
    Hostile("认不出.doc", lambda: ole("Nothing"), refused="旧版 Office"),
]
PICTURES = [
    Hostile("巨大.png", lambda: png(200_000, 200_000), refused="像素"),
    Hostile("断.png", lambda: png(4_000, 4_000)[:40], refused="损坏"),
    Hostile("空.webp", lambda: b"RIFF\x04\0\0\0WEBPVP8 ", refused="损坏"),
    Hostile("乱.jpg", lambda: b"\xff\xd8\xff\xe0" + noise(2_000), refused="损坏"),
    Hostile("环.tiff", looping_tiff, refused="损坏|没有文字|认不出", slow=True),
]
MAIN_TYPE = f'<Types xmlns="{TYPES}"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
HOSTILE = [*TEXTS, *WRONG_NAMES, *WORDS, *PAGES, *SHEETS, *PICTURES, *(Hostile(*row) for row in PDFS)]


def names() -> Iterator[str]:
    """Return file names that break messages, pages and databases, as far as the system takes them."""
    yield from (
        "..报告.txt",
        "😀年报🎉.txt",
        "<img src=x onerror=alert(1)>.txt",
        "'; DROP TABLE reports; --.txt",
    )
    yield from (
        "年\u202etxt.报告.txt",
        "一\n二\r三\t四.txt",
        "零\u200b宽.txt",
        "%s%d{0}{name}.txt",
        "-rf.txt",
        " .txt",
    )
    yield "长" * 80 + ".txt"
