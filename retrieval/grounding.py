"""Proof: every number of an answer is printed in what it cites, or in a computation that it shows.

This is held for each answer before it is given; one that fails is withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.figures import extract_figures
from corpus.figures.numerals import narrow
from retrieval.answer import Answer
from retrieval.scope import scope_of

NUMBER = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
# Refusals that say something of the question and nothing of a report.
ABOUT_THE_QUESTION = ("empty", "too_long", "chit_chat")
# How answers count what they list: 共4处, 另有3处, 给出的26个地方, 其余16个见表, 1. 西藏, 排第2的是, 超过5万亿元的有8个,
# 31个地方的报告中有24个给出; and the year of the reports, where the question names none: 2025年地区生产总值从高到低.
COUNTS = re.compile(
    r"(?<=的有)\d+个(?=（)|\d+个地方(?=的报告中)|(?<=报告中有)\d+个给出|(?<=报告中只有)\d+个给出|"
    r"(?:^|(?<=地的“))(?:19|20)\d\d(?=年)|"
    r"(?<=排第)\d+(?=的是)|(?<=排倒数第)\d+(?=的是)|(?<=共)\d+处|(?<=另有)\d+处|(?<=给出的)\d+个地方|(?<=其余)\d+个见表|(?<=[：；])\d+\. |\d+\. (?=\S)"
)
WITHDRAWN = "这个答案没有通过数字核验，已经撤回。请看下面的原文，或换一种问法。"


def numbers_in(answer: Answer) -> tuple[int, int]:
    """Return how many numbers of an answer's text are proven, and how many there are.

    A number in Chinese characters (``第二位``) counts where it is a quantity.  The answer's own
    counts of what it lists (共4处) and the question's numbers are no claims about a report.
    """
    sources = narrow("\n".join(_sources(answer)))
    printed = set(NUMBER.findall(sources))
    text = narrow(answer.text)
    digits = [match[0] in printed for match in NUMBER.finditer(text) if not _is_own(match, answer)]
    asked = narrow(answer.question + answer.understood)
    words = [
        figure.quote in sources or figure.quote in asked
        for figure in extract_figures(text)
        if not NUMBER.search(figure.quote)
    ]
    return sum(digits) + sum(words), len(digits) + len(words)


def proven(answer: Answer) -> Answer:
    """Return an answer as it is where each of its numbers is proven, else its withdrawal."""
    right, total = numbers_in(answer)
    if right == total or answer.reason in ABOUT_THE_QUESTION:
        return answer
    return replace(answer, found=False, text=WITHDRAWN, quote=None, marks=(), reason="unproven")


def _is_own(match: re.Match[str], answer: Answer) -> bool:
    """Tell a number that counts what the answer lists, or that the question asked with."""
    asked = NUMBER.findall(narrow(answer.question + answer.understood)) + [
        str(year) for year in years_in(answer)
    ]
    return COUNTS.match(match.string, match.start()) is not None or match[0] in asked


def years_in(answer: Answer) -> tuple[int, ...]:
    """Return the years that a question names, also in short (24年)."""
    return scope_of(answer.understood).years


def _sources(answer: Answer) -> Iterator[str]:
    passages = [hit.passage for hit in answer.hits] + [figure.passage for figure in answer.figures]
    for passage in dict.fromkeys(passages):
        yield from (passage.text, passage.title, passage.report, *passage.headings)
        if not answer.found:
            yield passage.location  # a refusal names it beside the nearest sentence
    for computation in answer.computations:
        yield computation.formula
