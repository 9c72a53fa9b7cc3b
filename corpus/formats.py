"""Which kind of file it is, by what it holds; its name only breaks ties between kinds of text.

FORMATS is the table of kinds and READERS that of their readers.  A new format is one function
and one row.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from corpus.decode import PLAUSIBLE, plausibility
from corpus.errors import DamagedReportError, EncryptedReportError, UnsupportedFormatError
from corpus.extracted import Extracted
from corpus.messages import Message, says
from corpus.names import shown

Reader = Callable[[bytes, str], Extracted]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its usual suffix, what people call it, other suffixes, and who reads it."""

    suffix: str
    title: str
    others: tuple[str, ...]
    reader: str


FORMATS = (
    Format(".txt", "纯文本", (".text",), "text:read_text"),
    Format(".md", "Markdown", (".markdown",), "markdown:read_markdown"),
    Format(".pdf", "PDF 文档", (), "pdf:read_pdf"),
    Format(".docx", "Word 文档", (".docm", ".dotx"), "word:read_word"),
    Format(".html", "网页", (".htm", ".xhtml", ".mht", ".mhtml"), "web:read_web"),
    Format(".xlsx", "Excel 表格", (".xlsm",), "sheet:read_workbook"),
    Format(".csv", "CSV 表格", (".tsv",), "sheet:read_csv"),
    Format(".pptx", "PowerPoint 演示文稿", (".pptm", ".ppsx"), "slides:read_slides"),
    Format(".doc", "旧版 Word 文档", (".wps", ".rtf"), "legacy:read_doc"),
    Format(".xls", "旧版 Excel 表格", (".et",), "legacy:read_xls"),
    Format(".ppt", "旧版 PowerPoint 演示文稿", (".dps",), "legacy:read_ppt"),
    Format(".png", "PNG 图片", (), "image:read_image"),
    Format(".jpg", "JPEG 图片", (".jpeg",), "image:read_image"),
    Format(".webp", "WEBP 图片", (), "image:read_image"),
    Format(".tiff", "TIFF 图片", (".tif",), "image:read_image"),
)
BY_SUFFIX = {suffix: kind for kind in FORMATS for suffix in (kind.suffix, *kind.others)}


def _lazy(reader: str) -> Reader:
    """Return a reader whose module, with its heavy libraries, is imported when it first reads."""
    module, function = reader.split(":")

    def read(data: bytes, name: str) -> Extracted:
        found: Reader = getattr(import_module(f"corpus.readers.{module}"), function)
        return found(data, name)

    return read


READERS: dict[str, Reader] = {kind.suffix: _lazy(kind.reader) for kind in FORMATS}

HEAD = 1024  # bytes; Adobe's readers accept %PDF anywhere in them
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MAGICS = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\x00", ".tiff"),
    (b"MM\x00*", ".tiff"),
    (b"{\\rtf", ".doc"),
)
# Streams of an OLE file, named in UTF-16 in its directory.
STREAMS = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"))
# The main part of an Office Open XML file, as [Content_Types].xml names its type.
MAIN_PARTS = (
    ("wordprocessingml.", ".docx"),
    ("ms-word.", ".docx"),
    ("spreadsheetml.", ".xlsx"),
    ("ms-excel.sheet.macro", ".xlsx"),
    ("ms-excel.template.macro", ".xlsx"),
    ("presentationml.", ".pptx"),
    ("ms-powerpoint.", ".pptx"),
)
MAIN_PART = re.compile(
    r'ContentType="application/vnd\.(?:openxmlformats-officedocument\.)?([\w.-]+)\.main\+xml"'
)
# Where nearly every program puts it; some name its type wrongly.
USUAL_PARTS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
)
CONTENT_TYPES = "[Content_Types].xml"
LONGEST_TYPES = 1 << 20  # bytes of it; a few hundred parts name their types in 50,000
# What zipfile raises of an archive that is cut, spoilt or packed in an unknown way.
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError)
# Kinds that are known and not read, with the way out.
KNOWN_ARCHIVES = (
    ("OFD.xml", says("kind.ofd", "是 OFD 版式文件，现在还不能读。请在阅读器里另存为 PDF 后再试")),
    (
        "content.xml",
        says("kind.opendocument", "是 OpenDocument 文件，现在还不能读。请另存为 DOCX、XLSX 或 PDF 后再试"),
    ),
    (
        "xl/workbook.bin",
        says("kind.xlsb", "是二进制的 Excel 表格（XLSB），现在还不能读。请另存为 XLSX 后再试"),
    ),
)
# Word and Excel of 2003 could save XML in one file.
FLAT_OFFICE = re.compile(r'<\?mso-application progid="(?:Word\.Document|Excel\.Sheet)')
TEXT_HEAD = 64 * 1024  # bytes that are looked at to tell kinds of text
TEXT_SUFFIXES = (".txt", ".md", ".html", ".csv")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROL = 0.01  # share of control characters in text; binary files have 0.1 and more
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAG = re.compile(r"</?(?:p|div|table|tr|td|br|span|h[1-6]|title|body|font|a)[\s/>]", re.IGNORECASE)
MHTML_START = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.IGNORECASE)


def find_format(data: bytes, name: str) -> str:
    """Return the key of READERS for a file's bytes; ``name`` breaks ties between kinds of text.

    Raises UnsupportedFormatError, EncryptedReportError or DamagedReportError.
    """
    if b"%PDF-" in data[:HEAD]:
        return ".pdf"
    for magic, suffix in MAGICS:
        if data.startswith(magic):
            return suffix
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data.startswith(OLE):
        return _ole_kind(data, name)
    if data.startswith(ZIP):
        return _archive_kind(data, name)
    return _text_kind(data, name)


def unsupported(name: str, reason: Message) -> UnsupportedFormatError:
    """Return the refusal of a file, with what can be read."""
    known = tuple(READERS)
    told = says(
        "file.kind", "“{name}”{reason}。能读的格式：{known}。", name=shown(name), reason=reason, known=known
    )
    return UnsupportedFormatError(told)


def _ole_kind(data: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedReportError(
            says(
                "file.password.office",
                "“{name}”设有打开密码。请用 Office 或 WPS 打开，去掉密码后另存再试。",
                name=shown(name),
            )
        )
    for stream, suffix in STREAMS:
        if f"{stream}\0".encode("utf-16-le") in data:
            return suffix
    raise unsupported(
        name, says("kind.office", "是一种认不出的旧版 Office 文件，请另存为 DOCX、XLSX、PPTX 或 PDF 后再试")
    )


def _archive_kind(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
            types = ""
            if CONTENT_TYPES in members:
                types = archive.open(CONTENT_TYPES).read(LONGEST_TYPES).decode("utf-8", "replace")
    except BROKEN as error:
        raise damaged(name) from error
    except RuntimeError as error:  # how zipfile says that a password is needed
        raise EncryptedReportError(
            says("file.encrypted", "“{name}”是加密的，打不开。请去掉密码后另存再试。", name=shown(name))
        ) from error
    for part in MAIN_PART.findall(types):
        for beginning, suffix in MAIN_PARTS:
            if part.startswith(beginning):
                return suffix
    for member, suffix in USUAL_PARTS:
        if member in members:
            return suffix
    for member, reason in KNOWN_ARCHIVES:
        if member in members:
            raise unsupported(name, reason)
    raise unsupported(name, says("kind.archive", "是压缩包，不是报告。请解压后把里面的报告放进来"))


def damaged(name: str) -> DamagedReportError:
    """Return the error of a file that breaks off or contradicts its format."""
    return DamagedReportError(
        says(
            "file.damaged",
            "“{name}”已损坏或不完整，读不出来。请用平时打开它的软件试试；要是也打不开，请重新下载，或向提供者再要一份。",
            name=shown(name),
        )
    )


def _text_kind(data: bytes, name: str) -> str:
    """Tell kinds of text; what is no text at all is refused."""
    head = _head_text(data[:TEXT_HEAD])
    named = BY_SUFFIX.get(PurePath(name).suffix.lower())
    suffix = named.suffix if named else ""
    if suffix not in TEXT_SUFFIXES and len(CONTROL.findall(head)) > MOST_CONTROL * len(head):
        raise unsupported(name, says("kind.unknown", "不是能认出的文档"))
    if HTML_START.match(head) or MHTML_START.match(head) or (suffix == ".html" and HTML_TAG.search(head)):
        return ".html"
    if not suffix and HTML_TAG.match(head.lstrip()):
        return ".html"
    if suffix == ".csv":
        return ".csv" if re.search("[,;\t|]", head) else ".txt"
    if flat := FLAT_OFFICE.search(head):
        return ".doc" if flat[0].endswith("Word.Document") else ".xls"
    if head.lstrip().startswith("<?xml"):
        raise unsupported(name, says("kind.xml", "是 XML 数据，不是报告"))
    return ".md" if suffix == ".md" else ".txt"


def _head_text(head: bytes) -> str:
    """Return the beginning of a text whose ASCII can be trusted; other characters may be wrong."""
    if head.startswith(codecs.BOM_UTF32_LE):
        return head.decode("utf-32", "ignore")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore")
    for encoding in ("utf-16-le", "utf-16-be"):  # without its mark
        text = head.decode(encoding, "ignore")
        if plausibility(text) >= PLAUSIBLE and not CONTROL.search(text):
            return text
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")
