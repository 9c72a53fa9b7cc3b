"""extract_figures: every quantity of a text, with what it measures."""

from __future__ import annotations

import re
from bisect import bisect_left

from corpus.figures.attributes import bound_of, is_plan, kind_of, period_of, status_of
from corpus.figures.figure import Figure
from corpus.figures.indicator import Reading, noun_phrase, read_sentence
from corpus.figures.mentions import find_mentions
from corpus.figures.numerals import narrow
from corpus.figures.period import Period, find_periods

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")


def extract_figures(text: str) -> list[Figure]:
    """Read every quantity of a text: value, unit, indicator, kind, bound, basis, period, status.

    The figures come in reading order and do not overlap; ``text[f.start:f.end] == f.quote``.

    >>> [(f.indicator, f.value, f.unit) for f in extract_figures("工业总产值突破1000亿元，增长8%")]
    [('工业总产值', Decimal('1000'), '亿元'), ('工业总产值', Decimal('8'), '%')]
    """
    narrowed = narrow(text)
    periods = find_periods(narrowed)
    mentions = find_mentions(narrowed, periods)
    figures: list[Figure] = []
    starts = [mention.start for mention in mentions]
    period_starts = [period.start for period in periods]
    earlier, plan = "", False
    for sentence in _SENTENCE.finditer(narrowed):
        start, end = sentence.span()
        if not start or narrowed[start - 1] == "\n":
            plan = is_plan(narrowed[start : _line_end(narrowed, start)])
        own = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        if own:
            times = periods[bisect_left(period_starts, start) : bisect_left(period_starts, end)]
            readings = read_sentence(narrowed, start, end, own, earlier)
            figures += _figures_of(text, narrowed, start, end, readings, times, plan)
            earlier = readings[-1].subject
        elif len(sentence[0]) < 60:
            earlier = noun_phrase(sentence[0].rstrip("。！？!?"))
    return figures


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _figures_of(text: str, narrowed: str, start: int, end: int, readings: list[Reading], periods: list[Period], plan: bool) -> list[Figure]:
    figures = []
    for index, reading in enumerate(readings):
        mention = reading.mention
        low = readings[index - 1].mention.end if index else start
        clause_start = max(low, *(narrowed.rfind(mark, low, mention.start) + 1 for mark in "，；：,"))
        period = period_of(mention, clause_start, start, narrowed, [p for p in periods if p.start < mention.start])
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
                period=period,
                status=status_of(narrowed, start, end, mention, plan),
                quote=text[mention.start : mention.end],
                start=mention.start,
                end=mention.end,
            )
        )
    return figures
