"""Names of the files that one takes away: they say what is in them."""

from __future__ import annotations

import re
from typing import get_args

from corpus.figures.figure import Kind, Status
from retrieval.facts.matrix import Matrix
from retrieval.words.labels import labels_of
from web.figures.asked import Asked
from web.i18n import Words
from web.markup import cleaned

# What one system or another does not take in a file's name, and blanks.
FORBIDDEN = re.compile(r'[\\/:*?"<>|\s\x00-\x1f_]+')
LONGEST_NAME = 80  # characters


def table_name(asked: Asked, words: Words) -> str:
    """Return the name of the table's file: what was asked for, as far as anything was."""
    typed = (asked.indicator, asked.place, asked.period, asked.report, asked.unit)
    chosen = (
        words(f"figures.kind.{asked.kind}") if asked.kind in get_args(Kind) else "",
        words(f"figures.status.{asked.status}") if asked.status in get_args(Status) else "",
        words("figures.file.picked") if asked.picked else "",
        words("figures.file.contradicting") if asked.contradicting else "",
    )
    parts = [part for part in (*typed, *chosen) if part.strip()]
    return file_name(words("figures.file.table"), *(parts or [words("figures.file.all")]))


def matrix_name(matrix: Matrix, words: Words) -> str:
    """Return the name of a comparison's file: the reports that it compares."""
    labels = labels_of(matrix.reports)
    return file_name(words("figures.file.matrix"), *(labels[report.name].short for report in matrix.reports))


def file_name(*parts: str) -> str:
    """Return a name that every system takes, not too long, without what some forbid.

    >>> file_name("问报数据", "GDP: 广东/2024")
    '问报数据_GDP_广东_2024'
    """
    name = FORBIDDEN.sub("_", "_".join(map(cleaned, parts)))
    return name[:LONGEST_NAME].strip("_. ")
