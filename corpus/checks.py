"""What is looked at before a library sees a file's bytes: sizes, bombs, entities, passwords."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable

from corpus.errors import EncryptedReportError, TooLargeReportError, UnsafeReportError
from corpus.formats import damaged
from corpus.limits import MEGABYTE, Limits
from corpus.messages import says

CHUNK = 1 << 16
# Only attacks declare entities in an office file; in both byte widths that XML parsers read.
DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
ENCRYPTED_ENTRY = 0x1  # flag of a ZIP entry
RATIO_FROM = 5 * MEGABYTE  # inflated; below, whatever it is packed to cannot hurt


def check(data: bytes, suffix: str, name: str, limits: Limits) -> None:
    """Refuse a file that would cost more than the limits allow; ``suffix`` is its key of READERS.

    Raises TooLargeReportError, UnsafeReportError, EncryptedReportError or DamagedReportError.
    """
    checking = CHECKS.get(suffix)
    if checking is not None:
        checking(data, name, limits)


def check_archive(data: bytes, name: str, limits: Limits) -> None:
    """Unpack every entry, keep none: what the archive says of its sizes may be a lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > limits.entries:
                raise TooLargeReportError(
                    says(
                        "file.parts",
                        "“{name}”里有 {parts} 个部件，超过 {most} 个的上限，不像正常的文档。请另存一份再试。",
                        name=name,
                        parts=len(entries),
                        most=limits.entries,
                    )
                )
            if any(entry.flag_bits & ENCRYPTED_ENTRY for entry in entries):
                raise EncryptedReportError(
                    says("file.encrypted", "“{name}”是加密的，打不开。请去掉密码后另存再试。", name=name)
                )
            inflated = 0
            for entry in entries:
                try:
                    inflated += _inflate(archive, entry, name, limits, inflated)
                except (zipfile.BadZipFile, zlib.error, EOFError):
                    if _is_markup(entry):
                        raise
                    # A spoilt picture: office programs show the rest, and the text needs none.
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise damaged(name) from error
    if inflated > RATIO_FROM and inflated > limits.ratio * len(data):
        raise UnsafeReportError(
            says(
                "file.bomb",
                "“{name}”解压后是原来的 {times} 倍，像是压缩炸弹，没有打开。如果确实是您的文件，请另存一份再试。",
                name=name,
                times=inflated // max(len(data), 1),
            )
        )


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits, before: int) -> int:
    """Return an entry's real size; ``before`` is that of the entries before it."""
    markup = _is_markup(entry)
    size = 0
    tail = b""
    with archive.open(entry) as unpacked:
        while chunk := unpacked.read(CHUNK):
            size += len(chunk)
            if before + size > limits.inflated_bytes:
                raise TooLargeReportError(
                    says(
                        "file.inflated",
                        "“{name}”解压后超过 {megabytes} MB，没有打开。请拆成几份，或删去其中的图片后另存再试。",
                        name=name,
                        megabytes=limits.inflated_bytes // MEGABYTE,
                    )
                )
            if markup and DECLARATION.search(tail + chunk):
                raise UnsafeReportError(
                    says(
                        "file.entities",
                        "“{name}”里有正常文档不会有的实体声明，可能是恶意文件，没有打开。请向提供者核实。",
                        name=name,
                    )
                )
            tail = chunk[-20:]
    return size


def _is_markup(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels", ".vml"))


def check_pdf(data: bytes, name: str, limits: Limits) -> None:
    """Count the pages; a file that opens only with a password is refused."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedReportError(
                says(
                    "file.password.pdf",
                    "“{name}”设有打开密码。请用 PDF 阅读器输入密码打开，“打印”成一份新的 PDF 再试。",
                    name=name,
                )
            ) from error
        raise damaged(name) from error
    pages = len(document)
    document.close()
    if pages > limits.pages:
        raise TooLargeReportError(
            says(
                "file.pages",
                "“{name}”有 {pages} 页，超过 {most} 页的上限。请拆成几份，或在 WENBAO_PAGES 里把上限调高。",
                name=name,
                pages=pages,
                most=limits.pages,
            )
        )
    if not pages:
        raise damaged(name)


def check_picture(data: bytes, name: str, limits: Limits) -> None:
    """Read a picture's size from its head, and refuse one that would fill the memory."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # ours is the limit that is checked, in words of ours
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            pages = getattr(picture, "n_frames", 1)
    except Exception as error:  # Pillow raises whatever its decoders do
        raise damaged(name) from error
    if width * height > limits.page_pixels:
        raise TooLargeReportError(
            says(
                "file.picture",
                "“{name}”有 {width}×{height} 像素，超过 {wan} 万像素的上限。请缩小后再试。",
                name=name,
                width=width,
                height=height,
                wan=limits.page_pixels // 10_000,
            )
        )
    if pages > limits.pages:
        raise TooLargeReportError(
            says(
                "file.pages",
                "“{name}”有 {pages} 页，超过 {most} 页的上限。请拆成几份，或在 WENBAO_PAGES 里把上限调高。",
                name=name,
                pages=pages,
                most=limits.pages,
            )
        )


CHECKS: dict[str, Callable[[bytes, str, Limits], None]] = {
    ".docx": check_archive,
    ".xlsx": check_archive,
    ".pptx": check_archive,
    ".pdf": check_pdf,
    ".png": check_picture,
    ".jpg": check_picture,
    ".webp": check_picture,
    ".tiff": check_picture,
}
