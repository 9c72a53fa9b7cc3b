"""A report file to a Report, and a Report to Passages.  Knows nothing of vectors."""

from corpus.document import (
    Audit,
    AuditCounts,
    Box,
    Fault,
    Heading,
    Omission,
    Page,
    Passage,
    Rectangle,
    RepairStep,
    Report,
)
from corpus.errors import (
    ConverterError,
    CorpusError,
    DamagedReportError,
    EmptyReportError,
    EncryptedReportError,
    MissingReportError,
    NoPictureError,
    ReadingStoppedError,
    TooLargeReportError,
    UndecodableTextError,
    UnsafeReportError,
    UnsupportedFormatError,
    WenBaoError,
)
from corpus.formats import READERS
from corpus.identity import Identity
from corpus.limits import Limits
from corpus.load import load_report
from corpus.repair import REPAIRS, Repaired, repair
from corpus.split import SplitSettings, split_report

__all__ = [
    # Reading
    "READERS",
    "load_report",
    "Limits",
    "REPAIRS",
    "repair",
    "Repaired",
    # Splitting
    "split_report",
    "SplitSettings",
    # The nouns
    "Report",
    "Identity",
    "Heading",
    "Page",
    "RepairStep",
    "Box",
    "Rectangle",
    "Omission",
    "Audit",
    "AuditCounts",
    "Fault",
    "Passage",
    # Errors
    "WenBaoError",
    "CorpusError",
    "MissingReportError",
    "UnsupportedFormatError",
    "UndecodableTextError",
    "EmptyReportError",
    "EncryptedReportError",
    "DamagedReportError",
    "TooLargeReportError",
    "UnsafeReportError",
    "ConverterError",
    "NoPictureError",
    "ReadingStoppedError",
]
