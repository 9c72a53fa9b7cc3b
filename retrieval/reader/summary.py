"""A report at a glance, in its own words: sentences that say most of it, and the figures it leads with.

Sentences are chosen by SumBasic (Nenkova and Vanderwende, "The impact of frequency on
summarization", 2005): those whose words the report uses most, each word counting less once it has
been said. Words are pairs of neighbouring characters. The same report always gives the same summary.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Heading, Report
from corpus.row_tables import table_lines
from index.ledger import LedgerEntry
from index.tokens import tokenize
from retrieval.facts.statements import SHORTEST_NAME, grouped
from retrieval.reader.figures import FORMER
from retrieval.search.sentences import Span, sentence_spans

MOST_SENTENCES = 6
MOST_FIGURES = 8
# Changes and ranks that are shown with a figure.
MOST_BESIDE = 2
# Characters: what is shorter says nothing by itself, what is longer is a list.
SHORTEST, LONGEST = 18, 130
# Sentences that lean on the one before them, rows of tables, boxes that are ticked or not, addresses.
LEANING = re.compile(
    r"^(?:其中|此外|另外|同时|同期|因此|所以|但|而|并|这|该|上述|分别|为此|据此)|[|｜\t□√☑☒■]|^[（(]?注[:：]|^【|请予?审[议查]"
)
# What a sentence ends with; a line without it is a label or a title.
SENTENCE_ENDS = re.compile(r"[。！？!?…][”’）)】』」]*$")
# The share of a text up to which what stands before its first heading is only about the report.
PREFACE = 0.05
# A sentence that states figures is worth more, each of the first three by so much.
FIGURE_WORTH, FIGURES_COUNTED = 0.2, 3
WITH_CHANGE = 0.8  # what it is worth that a figure is said with its change
# Characters before a figure in which 由 or 从 tells that a change began from it.
CLAUSE = 16
# What the second sentence of a section is worth of the first, and so on.
LATER = 0.93


@dataclass(frozen=True, slots=True)
class KeySentence:
    """A sentence of the report, ``report.text[start:end]``, and the section that it stands in."""

    text: str
    start: int
    end: int
    section: str


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure, and the changes and ranks that its sentence states of the same indicator."""

    entry: LedgerEntry
    beside: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences in the order of the report, figures with the most telling first."""

    sentences: tuple[KeySentence, ...]
    figures: tuple[KeyFigure, ...]


def summarise(report: Report, ledger: Sequence[LedgerEntry], common: Mapping[str, int]) -> Summary:
    """Return the summary of a report.

    ``ledger`` has its figures; ``common`` says how many reports state each series: what many
    report on is what a reader looks for first.
    """
    sentences = _candidates(report)
    return Summary(
        tuple(_key_sentences(report, sentences, ledger)), tuple(_key_figures(report, ledger, common))
    )


def common_series(ledger: Sequence[LedgerEntry]) -> Counter[str]:
    """Return how many reports of a ledger state each series."""
    return Counter(series for _report, series in {(entry.report, entry.terms.series) for entry in ledger})


def sections(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings of the outermost level that divides a report: not a title alone."""
    for level in sorted({heading.level for heading in headings}):
        outer = [heading for heading in headings if heading.level <= level]
        if len(outer) > 1:
            return outer
    return list(headings)


def stands_alone(text: str, shortest: int = SHORTEST) -> bool:
    """Tell a whole sentence that can be read without those around it.

    >>> stands_alone("全年粮食总产量达到六十万吨，比上年略有增长。"), stands_alone("其中，农业增加值有所增长，比上年略快。")
    (True, False)
    """
    return (
        shortest <= len(text) <= LONGEST
        and LEANING.search(text) is None
        and SENTENCE_ENDS.search(text) is not None
    )


def _candidates(report: Report) -> list[Span]:
    """Return the spans of the sentences that can stand alone; headings and rows of tables cannot."""
    heads = [(heading.start, heading.end) for heading in report.headings]
    # Who said it, when and where: a few lines before the first heading say nothing of the matter.
    first = heads[0][0] if heads and heads[0][0] < PREFACE * len(report.text) else 0
    rows = table_lines(report.text)
    return [
        (start, end)
        for start, end in sentence_spans(report.text)
        if start >= first
        and not _lies_in(heads, start)
        and not _lies_in(rows, start)
        and stands_alone(report.text[start:end].strip())
    ]


def _lies_in(spans: Sequence[Span], position: int) -> bool:
    """Tell whether a position lies in one of some spans, which are sorted."""
    at = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return at >= 0 and position < spans[at][1]


def _key_sentences(
    report: Report, candidates: Sequence[Span], ledger: Sequence[LedgerEntry]
) -> list[KeySentence]:
    # Pairs of Chinese characters and Latin words, no numbers.
    words = [
        [token for token in tokenize(report.text[start:end]) if len(token) > 1 and not token[0].isdigit()]
        for start, end in candidates
    ]
    counted = Counter(word for sentence in words for word in set(sentence))
    weights = {word: count / max(len(words), 1) for word, count in counted.items()}
    outer = sections(report.headings)
    section_of = [bisect_right([heading.start for heading in outer], start) for start, _ in candidates]
    figures = [entry.figure.start for entry in ledger]  # in the order of the text
    worth, before = [], Counter[int]()
    for (start, end), section in zip(candidates, section_of, strict=True):
        stated = bisect_left(figures, end) - bisect_left(figures, start)
        worth.append((1 + FIGURE_WORTH * min(stated, FIGURES_COUNTED)) * LATER ** before[section])
        before[section] += 1
    share = math.ceil(MOST_SENTENCES / max(len(before), 1))
    chosen: list[int] = []
    while len(chosen) < MOST_SENTENCES:
        taken = Counter(section_of[n] for n in chosen)
        free = [n for n in range(len(words)) if n not in chosen and words[n] and taken[section_of[n]] < share]
        if not free:
            break
        # Of equals the first: ``max`` keeps it.
        best = max(free, key=lambda n: worth[n] * sum(weights[w] for w in words[n]) / len(words[n]))
        chosen.append(best)
        weights.update({word: weights[word] ** 2 for word in words[best]})
    titles = ["", *(heading.text for heading in outer)]
    return [
        KeySentence(report.text[start:end].strip(), start, end, titles[section])
        for n, ((start, end), section) in enumerate(zip(candidates, section_of, strict=True))
        if n in chosen
    ]


def _key_figures(report: Report, ledger: Sequence[LedgerEntry], common: Mapping[str, int]) -> list[KeyFigure]:
    """Return one figure a series: what many reports state, what is said with its change, what comes early.

    Of the same in several rows or columns of tables it is the latest; the same amount under two names comes once.
    """
    starts, lines = [start for start, _ in sentence_spans(report.text)], table_lines(report.text)

    def place(entry: LedgerEntry) -> tuple[int, str]:
        return bisect_right(starts, entry.figure.start), entry.terms.series

    stated = grouped(ledger, place)

    def beside(entry: LedgerEntry) -> tuple[LedgerEntry, ...]:
        told = [o for o in stated[place(entry)] if o.figure.kind != "level" and o.figure.status == "actual"]
        return tuple(told[:MOST_BESIDE])

    def score(entry: LedgerEntry) -> float:
        early = 1 - entry.figure.start / max(len(report.text), 1)
        return math.log1p(common.get(entry.terms.series, 1)) + WITH_CHANGE * bool(beside(entry)) + early

    def day(entry: LedgerEntry) -> date | None:
        """Return the last day of a figure of a table."""
        return entry.terms.last_day if _lies_in(lines, entry.figure.start) else None

    def worth(entry: LedgerEntry, other: LedgerEntry) -> tuple[date, bool, float]:
        """Return what an entry is worth against another of its series."""
        own, others = day(entry), day(other)
        return own if own and others else date.min, bool(beside(entry)), score(entry)

    best: dict[str, LedgerEntry] = {}
    for entry in ledger:
        figure, name = entry.figure, entry.terms.series
        if (figure.kind, figure.status) != ("level", "actual") or len(name) < SHORTEST_NAME:
            continue
        if FORMER.search(report.text, max(0, figure.start - CLAUSE), figure.start):
            continue
        if name not in best or worth(entry, best[name]) > worth(best[name], entry):
            best[name] = entry
    by_score = sorted(best.values(), key=score, reverse=True)
    amounts = grouped(by_score, lambda entry: (entry.terms.amount, entry.terms.base_unit))
    return [KeyFigure(same[0], beside(same[0])) for same in [*amounts.values()][:MOST_FIGURES]]
