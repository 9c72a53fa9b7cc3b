"""The error family of asking.

WenBaoError
└── RetrievalError           a question cannot be put to the index
    └── UnknownReportError       a report is named that the index does not hold
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus import WenBaoError
from corpus.messages import says


class RetrievalError(WenBaoError):
    """A question cannot be put to the index."""


class UnknownReportError(RetrievalError):
    """A report is named that the index does not hold."""


def unknown_report(name: str, known: Iterable[str]) -> UnknownReportError:
    """Return the error that names the reports that there are."""
    return UnknownReportError(
        says(
            "report.none",
            "索引里没有名为“{name}”的报告。现有：{known}。",
            name=name,
            known=tuple(sorted(known)),
        )
    )
