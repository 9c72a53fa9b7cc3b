"""Figures in a few words: ``工业总产值 ≥1000亿元``, ``发车 同比 +30%（今年）``."""

from __future__ import annotations

from corpus.figures import Figure
from corpus.figures.figure import Bound
from retrieval.words.phrases import STATUS_SAID

BOUND_SIGNS: dict[Bound, str] = {"=": "", ">=": "≥", ">": ">", "<=": "≤", "<": "<", "~": "≈"}


def statement(figure: Figure) -> str:
    """Return a figure in one line: what is measured, the quantity with its signs, time and status.

    >>> from corpus.figures import extract_figures
    >>> [statement(figure) for figure in extract_figures("去年财政收入突破80亿元，同比下降3.5%。")]
    ['财政收入 ≥80亿元（去年）', '财政收入 同比 -3.5%（去年）']
    """
    notes = [figure.period or "", "" if figure.status == "actual" else STATUS_SAID[figure.status].text]
    aside = "，".join(filter(None, notes))
    return f"{figure.indicator} {quantity(figure)}".lstrip() + (f"（{aside}）" if aside else "")


def quantity(figure: Figure) -> str:
    """Return a figure's quantity with its signs, a change with what it is measured against.

    A number in a table gets its unit from the table's head.

    >>> from corpus.figures import extract_figures
    >>> [quantity(figure) for figure in extract_figures("财政收入突破80亿元，同比下降3.5%。")]
    ['≥80亿元', '同比 -3.5%']
    """
    direction = figure.direction if figure.direction and not figure.quote.startswith(("+", "-", "−")) else ""
    basis = f"{figure.basis} " if figure.basis else ""
    unit = figure.unit if figure.quote[-1:].isdecimal() else ""
    return f"{basis}{BOUND_SIGNS[figure.bound]}{direction}{figure.quote}{unit}"
