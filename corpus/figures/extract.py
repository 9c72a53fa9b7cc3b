"""extract_figures: every quantity of a text, with what it measures."""

from __future__ import annotations

import re
from bisect import bisect_left

from corpus.figures.attributes import bound_of, kind_of
from corpus.figures.figure import Figure
from corpus.figures.indicator import Reading, SentenceReader
from corpus.figures.mention import Mention
from corpus.figures.mentions import find_mentions
from corpus.figures.numerals import narrow
from corpus.figures.period import find_periods
from corpus.figures.phrases import noun_phrase
from corpus.figures.statements import find_statements
from corpus.figures.status import Section, SentenceStatus, is_plan, is_round_and_open, section_of
from corpus.figures.table_rows import row_figures
from corpus.figures.tables import find_tables, rows_of
from corpus.figures.times import SentenceTimes
from corpus.marks import CELL_MARK

# The cells of a row that is said as a line are parted like sentences.
_SENTENCE = re.compile(rf"[^。！？!?\n{CELL_MARK}]+[。！？!?]?")
_CLAUSE_MARKS = "，；：,"
# A sentence without figures is read for its subject only where it is short enough to be a lead-in.
_LEAD_IN = 60


def extract_figures(text: str) -> list[Figure]:
    """Read every quantity of a text: value, unit, indicator, kind, bound, basis, period, status.

    The figures come in reading order and do not overlap; ``text[f.start:f.end] == f.quote``.

    >>> [(f.indicator, f.value, f.unit) for f in extract_figures("工业总产值突破1000亿元，增长8%")]
    [('工业总产值', Decimal('1000'), '亿元'), ('工业总产值', Decimal('8'), '%')]
    """
    narrowed = narrow(text)
    statements = list(find_statements(narrowed))
    tables = find_tables(narrowed)
    rows = [statement.row for statement in statements] + [row for table in tables for row in rows_of(table)]
    figures = [figure for row in rows for figure in row_figures(text, row)]
    told = [span for statement in statements for span in statement.told]
    told = sorted(told + [(table.start, table.end) for table in tables])
    periods = find_periods(narrowed)
    mentions = _outside(find_mentions(narrowed, periods), told)
    mention_starts = [mention.start for mention in mentions]
    period_starts = [period.start for period in periods]
    earlier, plan = "", False
    section: Section = "open"
    for sentence in _SENTENCE.finditer(narrowed):
        start, end = sentence.span()
        if start == 0 or narrowed[start - 1] == "\n":
            line = narrowed[start : _line_end(narrowed, start)]
            section = section_of(line) or section
            plan = section == "plan" or (section == "open" and is_plan(line))
        own = mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)]
        if own:
            readings = SentenceReader(narrowed, start, end, own, earlier).read()
            times = SentenceTimes(
                narrowed, start, periods[bisect_left(period_starts, start) : bisect_left(period_starts, end)]
            )
            planned = plan or (section == "open" and is_round_and_open(sentence[0], start, own))
            standing = SentenceStatus.read(narrowed, start, end, planned)
            figures += _figures_of(text, narrowed, start, readings, times, standing)
            earlier = readings[-1].subject
        elif end - start < _LEAD_IN:
            earlier = noun_phrase(sentence[0].rstrip("。！？!?"))
    return sorted(figures, key=lambda figure: figure.start) if told else figures


def _outside(mentions: list[Mention], told: list[tuple[int, int]]) -> list[Mention]:
    """The quantities of the running text: those outside the spans that tables tell."""
    ends = [end for _start, end in told]
    kept = []
    for mention in mentions:
        index = bisect_left(ends, mention.end)
        if index == len(told) or mention.start < told[index][0]:
            kept.append(mention)
    return kept


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _figures_of(
    text: str,
    narrowed: str,
    low: int,
    readings: list[Reading],
    times: SentenceTimes,
    standing: SentenceStatus,
) -> list[Figure]:
    """The figures of the sentence that begins at ``low``; ``text`` is as printed, ``narrowed`` the same with narrow digits."""
    figures = []
    for reading in readings:
        mention = reading.mention
        clause_start = max(low, *(narrowed.rfind(mark, low, mention.start) + 1 for mark in _CLAUSE_MARKS))
        kind = kind_of(mention, reading.lead, narrowed[clause_start : mention.start])
        figures.append(
            Figure(
                indicator=reading.indicator,
                value=mention.value,
                value_to=mention.value_to,
                unit=mention.unit,
                kind=kind,
                bound=bound_of(narrowed, mention, reading.lead),
                direction=(reading.lead.direction or "+") if kind == "change" else None,
                basis=reading.lead.basis if kind == "change" else None,
                period=times.period_of(mention, clause_start),
                status=standing.of(mention),
                quote=text[mention.start : mention.end],
                start=mention.start,
                end=mention.end,
            )
        )
        low = mention.end
    return figures
