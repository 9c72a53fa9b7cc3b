"""The error family of the product, from its root, and of reading a report.

    WenBaoError                  everything that this product raises on purpose
    ├── CorpusError              a report file cannot be used
    │   ├── MissingReportError       there is no such file, or it cannot be opened
    │   ├── UnsupportedFormatError   no reader knows this kind of file
    │   ├── UndecodableTextError     the bytes are no text in an encoding that we can be sure of
    │   ├── EmptyReportError         the file holds no text
    │   ├── EncryptedReportError     a password is needed
    │   ├── DamagedReportError       the file breaks off or contradicts its own format
    │   ├── TooLargeReportError      it is over one of the limits, see ``corpus.limits``
    │   ├── UnsafeReportError        it holds what only an attack holds
    │   ├── ConverterError           a program that reading it needs is missing or failed
    │   └── NoPictureError           it has no such page, or no pages to show
    ├── ReadingStoppedError      the user stopped the reading; no fault of the file
    ├── StoreError family        see ``index.errors``
    └── RetrievalError family    see ``retrieval.errors``

A message is written for the person at the screen, in Chinese: what happened, with which
file, and what to do next.
"""

from __future__ import annotations

from corpus.messages import Message


class WenBaoError(Exception):
    """Root of every error that the product raises on purpose; its text is for the user."""

    @property
    def message(self) -> Message:
        """What it tells, for another language too where it was made with ``says``."""
        told = self.args[0] if self.args else ""
        return told if isinstance(told, Message) else Message(str(told))


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


class EncryptedReportError(CorpusError):
    """The file can be read only with a password."""


class DamagedReportError(CorpusError):
    """The file breaks off or contradicts its own format."""


class TooLargeReportError(CorpusError):
    """The file, its pages or what it unpacks to are over a limit."""


class UnsafeReportError(CorpusError):
    """The file holds what only an attack holds, such as entities that multiply."""


class ConverterError(CorpusError):
    """A program that reading the file needs is not installed, cannot be started, or failed."""


class NoPictureError(CorpusError):
    """There is no such page, or files of this kind have no pages to show."""


class ReadingStoppedError(WenBaoError):
    """The user stopped the reading; nothing is wrong with the file."""
