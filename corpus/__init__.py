"""A report file to a Report, and a Report to Passages.  Knows nothing of vectors."""

from corpus.document import Heading, Page, Passage, RepairStep, Report
from corpus.errors import (
    CorpusError,
    EmptyReportError,
    MissingReportError,
    UndecodableTextError,
    UnsupportedFormatError,
    WenBaoError,
)
from corpus.identity import Identity
from corpus.load import READERS, load_report
from corpus.repair import REPAIRS, Repaired, repair
from corpus.split import SplitSettings, split_report

__all__ = [
    # Reading
    "READERS",
    "load_report",
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
    "Passage",
    # Errors
    "WenBaoError",
    "CorpusError",
    "MissingReportError",
    "UnsupportedFormatError",
    "UndecodableTextError",
    "EmptyReportError",
]
