"""Plain text, in whatever encoding Chinese text comes in."""

from __future__ import annotations

from corpus.decode import decode
from corpus.document import RepairStep
from corpus.extracted import Extracted


def read_text(data: bytes, name: str) -> Extracted:
    """Read a text file in whatever encoding Chinese text comes in."""
    text, encoding = decode(data, name)
    return Extracted(text, notes=encoding_note(encoding))


def encoding_note(encoding: str) -> tuple[RepairStep, ...]:
    """Return the step that tells a reader of the report of an encoding other than UTF-8."""
    if encoding == "utf-8":
        return ()
    return (RepairStep("转换编码", f"文件是 {encoding.upper()} 编码", 1),)
