"""The error family of asking.

WenBaoError
└── RetrievalError           a question cannot be put to the index
    └── UnknownReportError       a report is named that the index does not hold
"""

from __future__ import annotations

from corpus import WenBaoError


class RetrievalError(WenBaoError):
    """A question cannot be put to the index."""


class UnknownReportError(RetrievalError):
    """A report is named that the index does not hold."""
