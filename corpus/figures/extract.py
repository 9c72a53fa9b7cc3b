"""extract_figures: every quantity of a text, with what it measures."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from corpus.figures.attributes import bound_of, is_second_place, kind_of
from corpus.figures.bases import stated_before
from corpus.figures.breakdown import opens_breakdown, with_wholes
from corpus.figures.dates import shared_out
from corpus.figures.figure import Figure, Kind
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
# ——发展质量稳步提高。: what such lines say is no thing that is measured.
_SLOGAN = re.compile(r"[\s\u3000]*[—－-]{2}")
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
    before: list[Reading] = []
    section: Section = "open"
    for sentence in _SENTENCE.finditer(narrowed):
        start, end = sentence.span()
        if start == 0 or narrowed[start - 1] == "\n":
            line = narrowed[start : _line_end(narrowed, start)]
            section = section_of(line) or section
            before = []
            plan = section == "plan" or (section == "open" and is_plan(line))
        own = mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)]
        if own:
            opens = opens_breakdown(sentence[0])
            readings = SentenceReader(narrowed, start, end, own, earlier).read()
            readings = with_wholes(narrowed, start, readings, before if opens else ())
            times = SentenceTimes(
                narrowed, start, periods[bisect_left(period_starts, start) : bisect_left(period_starts, end)]
            )
            planned = plan or (section == "open" and is_round_and_open(sentence[0], start, own))
            standing = SentenceStatus.read(narrowed, start, end, planned)
            read = _figures_of(text, narrowed, start, readings, times, standing)
            if opens and figures and before:  # 2023年收入…。其中，…
                read = [replace(one, period=one.period or figures[-1].period) for one in read]
            figures += read
            before, earlier = readings, readings[-1].subject
        elif end - start < _LEAD_IN:
            earlier = "" if _SLOGAN.match(sentence[0]) else noun_phrase(sentence[0].rstrip("。！？!?"))
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
    opening = low
    dates = shared_out(narrowed, low, [reading.mention for reading in readings])
    before: tuple[Kind, Mention] | None = None
    for reading in readings:
        mention = reading.mention
        clause_start = max(low, *[narrowed.rfind(mark, low, mention.start) + 1 for mark in _CLAUSE_MARKS])
        kind = kind_of(mention, reading.lead, narrowed[clause_start : mention.start])
        if before and before[0] == "rank" and is_second_place(narrowed, before[1], mention):
            kind = "rank"
        before = (kind, mention)
        figures.append(
            Figure(
                indicator=reading.indicator,
                value=mention.value,
                value_to=mention.value_to,
                unit=mention.unit,
                kind=kind,
                bound=bound_of(narrowed, mention, reading.lead),
                direction=(reading.lead.direction or "+") if kind == "change" else None,
                basis=(reading.lead.basis or stated_before(narrowed, opening, mention.start))
                if kind == "change"
                else None,
                period=dates.get(mention.start) or times.period_of(mention, clause_start),
                status=standing.of(mention),
                quote=text[mention.start : mention.end],
                start=mention.start,
                end=mention.end,
            )
        )
        low = mention.end
    return figures
