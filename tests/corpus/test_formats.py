"""The kind of a file by what it holds, and the limits that a person may set."""

import pytest

from corpus import READERS, EncryptedReportError, Limits, UnsupportedFormatError
from corpus.formats import BY_SUFFIX, FORMATS, find_format
from corpus.limits import MEGABYTE, from_environment
from tests.corpus.office import docx, package, paragraph

TEXT = "全县粮食产量12万吨，比上年增长3%。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "name", "suffix"),
    [
        (b"%PDF-1.4", "x.txt", ".pdf"),
        (b"\n" * 900 + b"%PDF-1.4", "x", ".pdf"),
        (b"\x89PNG\r\n\x1a\n", "x.pdf", ".png"),
        (b"\xff\xd8\xff\xe1", "x.png", ".jpg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "x", ".webp"),
        (b"II*\0", "x", ".tiff"),
        (b"MM\0*", "x", ".tiff"),
        (b"{\\rtf1 }", "x.doc", ".doc"),
        (OLE + "WordDocument\0".encode("utf-16-le"), "x", ".doc"),
        (OLE + "Workbook\0".encode("utf-16-le"), "x", ".xls"),
        (OLE + "PowerPoint Document\0".encode("utf-16-le"), "x", ".ppt"),
        (docx(paragraph(TEXT)), "x.zip", ".docx"),
        (package("xl/workbook.xml", ""), "x.docx", ".xlsx"),
        (package("ppt/presentation.xml", ""), "x", ".pptx"),
        (b"<!DOCTYPE html><p>x", "x.txt", ".html"),
        (b"\xef\xbb\xbf\n<!-- x --><html>", "x.doc", ".html"),
        ("<html><p>字".encode("utf-16"), "x", ".html"),
        (b"<p>x</p>", "x.html", ".html"),
        (b"<p>x</p>", "x", ".html"),
        (b"<div align=center>x</div>", "x.md", ".md"),
        (TEXT.encode(), "x.html", ".txt"),
        ("没有分隔符的文字".encode(), "x.csv", ".txt"),
        (b"a\tb\n", "x.tsv", ".csv"),
        (TEXT.encode("gb18030"), "x.markdown", ".md"),
        (TEXT.encode("utf-16-le"), "x.pdf", ".txt"),
        (b"", "x", ".txt"),
    ],
)
def test_kinds(data: bytes, name: str, suffix: str) -> None:
    assert find_format(data, name) == suffix


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    ],
)
def test_documents_with_macros_and_templates_are_documents(kind: str) -> None:
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    assert find_format(docx(paragraph(TEXT), {"[Content_Types].xml": types}), "x.docm") == ".docx"


def test_what_cannot_be_read_is_told_with_what_can() -> None:
    with pytest.raises(UnsupportedFormatError) as refusal:
        find_format(bytes(range(32)) * 9, "奇.bin")
    assert "奇.bin" in str(refusal.value)
    assert all(suffix in str(refusal.value) for suffix in READERS)
    with pytest.raises(EncryptedReportError, match=r"锁\.docx”设有打开密码。请"):
        find_format(OLE + "EncryptedPackage".encode("utf-16-le"), "锁.docx")


def test_every_kind_has_its_reader_and_no_suffix_two_kinds() -> None:
    assert set(READERS) == {kind.suffix for kind in FORMATS}
    assert len(BY_SUFFIX) == sum(1 + len(kind.others) for kind in FORMATS)


def test_limits_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENBAO_FILE_MB", "7")
    monkeypatch.setenv("WENBAO_PAGES", "多")
    monkeypatch.setenv("WENBAO_SECONDS", "0")
    limits = from_environment()
    assert limits.file_bytes == 7 * MEGABYTE
    assert (limits.pages, limits.seconds) == (Limits().pages, Limits().seconds)
