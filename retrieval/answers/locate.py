"""Locate: every place where a quantity stands, in whatever unit it is printed."""

from __future__ import annotations

from corpus.figures import Figure
from corpus.figures.amount import normalise
from retrieval.answer import CitedFigure
from retrieval.answering.context import Context
from retrieval.answering.quoting import quote_figure, quoting
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.reader.figures import cite
from retrieval.reader.quotation import LONGEST_TEXT, Quotation
from retrieval.search.sentences import sentence_spans

MOST_PLACES = 6  # quoted in the text; the rest is counted
SHORT = 60  # characters of each quotation where there are several

examples = ("报告里哪里提到47.6%？", "1000亿元是什么？", "2.96%这个数说的是啥？")


def propose(query: Query) -> float:
    """Return how likely a query asks for nothing but a quantity."""
    return 0.86 if query.quantity else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Quote every place, or say that there is none."""
    if (wanted := query.quantity) is None:
        return None
    places = _places(context, query, wanted)
    if not places:
        telling = Telling().words("locate.none", "报告里没有出现“").said(wanted.quote)
        telling.words("locate.number", "”这个数。")
        return Reply(False, tuple(telling.pieces), reason="indicator")
    hits, telling = context.cited(places), Telling()
    if len(places) == 1:
        return quoting(_statement(places[0], LONGEST_TEXT), hits, tuple(places))
    telling.words("locate.places", "共{number}处：", number=len(places))
    for number, place in enumerate(places[:MOST_PLACES], start=1):
        telling.mark("；" if number > 1 else "").item(number)
        telling.mark("“").quote(_statement(place, SHORT), place.passage)
        telling.words("locate.at", "”（{report}）", report=place.passage.report)
    telling.end()
    if len(places) > MOST_PLACES:
        telling.words("locate.more", "；另有{number}处", number=len(places) - MOST_PLACES)
    return Reply(True, tuple(telling.mark("。").pieces), hits, tuple(places))


def _places(context: Context, query: Query, wanted: Figure) -> list[CitedFigure]:
    """Return the figures of the same amount, in the order of the reports; one without a unit finds any."""
    asked, chosen = normalise(wanted.value, wanted.unit), context.scope(query).chosen
    return [
        cite(figure, passage)
        for passage, figures in zip(context.index.passages, context.index.figures, strict=True)
        if passage.report in chosen
        for figure in figures
        if normalise(figure.value, figure.unit) == asked or (not asked[1] and figure.value == wanted.value)
    ]


def _statement(figure: CitedFigure, limit: int) -> Quotation:
    spans = sentence_spans(figure.passage.text)
    return quote_figure(figure, next(one for one in spans if one[0] <= figure.start < one[1]), limit)
