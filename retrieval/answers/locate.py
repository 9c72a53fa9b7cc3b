"""Locate: every place where a quantity stands, in whatever unit it is printed."""

from __future__ import annotations

from corpus.figures import Figure
from corpus.figures.amount import normalise
from retrieval.answer import CitedFigure
from retrieval.answering.context import Context
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.reader.figures import cite
from retrieval.reader.quotation import LONGEST_TEXT, Quotation, quote
from retrieval.search.sentences import sentence_spans, statement_span

MOST_PLACES = 6  # quoted in the text; the rest is counted
SHORT = 60  # characters of each quotation where there are several


class Locate:
    """A number that is looked up: where it stands, and what it is."""

    name = "locate"
    examples = ("报告里哪里提到47.6%？", "1000亿元是什么？", "2.96%这个数说的是啥？")

    def propose(self, query: Query) -> float:
        """Return how likely a query asks for nothing but a quantity."""
        return 0.86 if _quantity(query) is not None else 0.0

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Quote every place, or say that there is none."""
        wanted = _quantity(query)
        if wanted is None:
            return None
        places = _places(context, query, wanted)
        if not places:
            telling = Telling().words("locate.none", "报告里没有出现“").said(wanted.quote)
            telling.words("locate.number", "”这个数。")
            return Reply(False, tuple(telling.pieces), reason="indicator")
        hits, telling = context.cited(places), Telling()
        if len(places) == 1:
            quotation = _statement(places[0], LONGEST_TEXT)
            telling.quote(quotation, places[0].passage)
            return Reply(True, tuple(telling.pieces), hits, tuple(places), quotation.span)
        telling.words("locate.places", "共{number}处：", number=len(places))
        shown, more = places[:MOST_PLACES], len(places) - MOST_PLACES
        for number, place in enumerate(shown, start=1):
            telling.item(number).mark("“").quote(_statement(place, SHORT), place.passage)
            telling.words("locate.at", "”（{report}）", report=place.passage.report)
            telling.mark("；" if number < len(shown) else "")
        telling.end()
        if more > 0:
            telling.words("locate.more", "；另有{number}处", number=more)
        telling.mark("。")
        return Reply(True, tuple(telling.pieces), hits, tuple(places))


def _quantity(query: Query) -> Figure | None:
    return getattr(query, "quantity", None)


def _places(context: Context, query: Query, wanted: Figure) -> list[CitedFigure]:
    """Return the figures of the same amount, in the order of the reports; one without a unit finds any."""
    amount, unit = normalise(wanted.value, wanted.unit)
    chosen = context.scope(query).chosen
    found = []
    for passage, figures in zip(context.index.passages, context.index.figures, strict=True):
        for figure in figures if passage.report in chosen else ():
            same = normalise(figure.value, figure.unit) == (amount, unit)
            if same or (not unit and figure.value == wanted.value):
                found.append(cite(figure, passage))
    return found


def _statement(figure: CitedFigure, limit: int) -> Quotation:
    """Return the sentence that a figure stands in, cut to whole clauses around it."""
    text, focus = figure.passage.text, (figure.start, figure.end)
    sentence = next(span for span in sentence_spans(text) if span[0] <= figure.start < span[1])
    return quote(text, statement_span(text, sentence, focus), focus, [focus], limit)


KIND = Locate()
