"""Checked: how many numbers of an answer stand in what it cites or in what it computes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.figures import extract_figures
from corpus.figures.numerals import narrow
from retrieval.results import Answer

NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")


def numbers_checked(answer: Answer) -> tuple[int, int]:
    """Return how many numbers of ``answer.text`` are vouched for, and how many there are.

    A number is vouched for by a cited passage, with its headings and its report's title and
    name, by a figure that is cited, or by a formula. One in Chinese (``第二位``) counts where it is a figure.
    """
    sources = narrow("\n".join(_sources(answer)))
    known = set(NUMBER.findall(sources))
    text = narrow(answer.text)
    numbers = [number in known for number in NUMBER.findall(text)]
    words = [figure.quote in sources for figure in extract_figures(text) if not NUMBER.search(figure.quote)]
    return sum(numbers) + sum(words), len(numbers) + len(words)


def _sources(answer: Answer) -> Iterator[str]:
    passages = [hit.passage for hit in answer.hits] + [figure.passage for figure in answer.figures]
    for passage in dict.fromkeys(passages):
        yield from (passage.text, passage.title, passage.report, *passage.headings)
    for computation in answer.computations:
        yield computation.formula
