"""Number search: every place where a quantity stands, in whatever unit it is printed."""

from __future__ import annotations

import re
from decimal import Decimal

from corpus.figures import Figure, extract_figures
from corpus.figures.amount import normalise
from retrieval.answer import CitedFigure
from retrieval.inquiry import Inquiry, Reply
from retrieval.pick import cite
from retrieval.question import Question
from retrieval.reader.quotation import LONGEST_TEXT, quote
from retrieval.search.sentences import sentence_spans, statement_span

# What may stand beside a number that is looked up: 2.96%是什么, 报告里哪里提到1000亿元, 这个数说的是啥.
AROUND = re.compile(
    r"报[告道]|文[中里]|[里中上]|哪里|哪儿|哪些|哪个|哪|地方|指标|提到|提及|出现|说的?是?|讲的?|指的?是?|代表|对应|"
    r"这个|那个|数字?|数据|什么|啥|是|的|了|在|有|过|查一?下|搜索?|找一?下?|请问|[？?！!，,。、\s]"
)
BARE = re.compile(r"(?<![\d.])\d+(?:[,，]\d{3})*(?:\.\d+)?(?![\d.年月日])")
MOST_PLACES = 6  # quoted in the text; the rest is counted
SHORT = 60  # characters of each quotation where there are several


def quantity_looked_up(text: str) -> Figure | None:
    """Return the quantity that a question looks up, None where it asks something else.

    >>> quantity_looked_up("报告里哪里提到47.6%？").quote
    '47.6%'
    >>> quantity_looked_up("森林覆盖率47.6%对吗") is None
    True
    """
    figures = extract_figures(text) or _bare_number(text)
    if len(figures) != 1:
        return None
    (figure,) = figures
    return figure if not AROUND.sub("", text[: figure.start] + text[figure.end :]) else None


def _bare_number(text: str) -> list[Figure]:
    """Return the lone number of a text without a unit: what it counts is not known yet."""
    found = list(BARE.finditer(text))
    return [
        Figure("", Decimal(re.sub("[,，]", "", one[0])), "", one[0], *one.span())
        for one in found
        if len(found) == 1
    ]


def answer_number(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer a question that looks a number up; None where it asks something else."""
    wanted = quantity_looked_up(question.text)
    if wanted is None:
        return None
    places = find_amount(inquiry, wanted)
    if not places:
        return Reply(False, f"报告里没有出现“{wanted.quote}”这个数。", reason="indicator")
    hits = inquiry.cited(places)
    if len(places) == 1:
        return Reply(True, _statement(places[0], LONGEST_TEXT), hits, tuple(places))
    listed = [f"“{_statement(place, SHORT)}”（{place.passage.report}）" for place in places[:MOST_PLACES]]
    more = f"；另有{len(places) - MOST_PLACES}处" if len(places) > MOST_PLACES else ""
    return Reply(True, f"共{len(places)}处：{'；'.join(listed)}{more}。", hits, tuple(places))


def find_amount(inquiry: Inquiry, wanted: Figure) -> list[CitedFigure]:
    """Return the figures of the same amount, in the order of the reports; one without a unit finds any."""
    amount, unit = normalise(wanted.value, wanted.unit)
    found = []
    for passage, figures in zip(inquiry.index.passages, inquiry.index.figures, strict=True):
        if passage.report not in inquiry.reports:
            continue
        for figure in figures:
            own, own_unit = normalise(figure.value, figure.unit)
            if (own, own_unit) == (amount, unit) or (not unit and figure.value == wanted.value):
                found.append(cite(figure, passage))
    return found


def _statement(figure: CitedFigure, limit: int) -> str:
    """Return the sentence that a figure stands in, cut to whole clauses around it."""
    text, focus = figure.passage.text, (figure.start, figure.end)
    sentence = next(span for span in sentence_spans(text) if span[0] <= figure.start < span[1])
    return quote(text, statement_span(text, sentence, focus), focus, [], limit).text
