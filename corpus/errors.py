"""The error family of the product, from its root, and of reading a report.

    WenBaoError                  everything that this product raises on purpose
    ├── CorpusError              a report file cannot be used
    │   ├── MissingReportError       there is no such file, or it cannot be opened
    │   ├── UnsupportedFormatError   no reader knows this kind of file
    │   ├── UndecodableTextError     the bytes are no text in an encoding that we can be sure of
    │   └── EmptyReportError         the file holds no text
    ├── StoreError family        see ``index.errors``
    └── RetrievalError family    see ``retrieval.errors``

A message is written for the person at the screen, in Chinese: what happened, with which
file, and what to do next.
"""

from __future__ import annotations


class WenBaoError(Exception):
    """Root of every error that the product raises on purpose; its text is for the user."""


class CorpusError(WenBaoError):
    """A report file cannot be used."""


class MissingReportError(CorpusError):
    """The report file does not exist or cannot be opened."""


class UnsupportedFormatError(CorpusError):
    """No reader knows this kind of file."""


class UndecodableTextError(CorpusError):
    """The bytes are not text in an encoding that can be told with certainty."""


class EmptyReportError(CorpusError):
    """The file holds no text."""
