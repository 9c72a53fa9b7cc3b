"""Rank an indicator over all the places that reports are of, from the ledger."""

from __future__ import annotations

import re

from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import amount_of
from retrieval.inquiry import Inquiry, Reply
from retrieval.ordering import NUMBER, ORDER, QUANTITATIVE, Ordering, listed, nth, ordering_of
from retrieval.question import CHANGE_FORM, Question, understand
from retrieval.render.wording import quantity
from retrieval.scope import NATION_NAME
from retrieval.survey import FEWEST_PLACES, PLACES, WHICH, Survey, lacking, place_of, survey

RANKING = re.compile(
    rf"{WHICH}{PLACES}.*?{ORDER}|{ORDER}.*?(?:哪一?个?|哪些|各){PLACES}|"
    rf"{ORDER}的?(?:{NUMBER}个)?{PLACES}(?:都|分别)?(?:是|有|叫|[？?]|$)"
)
MOST_NAMED = 10  # in the text; the table has all


def answer_ranking(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer a question that ranks places; None where it does not, or there are too few places."""
    ordering = ordering_of(question.text)
    if not RANKING.search(ordering.text):
        return None
    question = understand(ordering.text, asks=question.asks)
    if set(question.scope.places) - {NATION_NAME}:
        return None
    surveyed = survey(inquiry, question, "change" if CHANGE_FORM.search(question.text) else "level")
    figures = [one for one in surveyed.figures if not ordering.leaves_out(place_of(inquiry, one))]
    if surveyed.asked < FEWEST_PLACES:
        return None
    if len(figures) < max(FEWEST_PLACES, ordering.last or 0):
        return lacking(inquiry, surveyed) if QUANTITATIVE.search(ordering.text) else None
    figures.sort(key=lambda figure: amount_of(figure)[0], reverse=not ordering.ascending)
    return _ranked(inquiry, surveyed, figures, ordering)


def _ranked(inquiry: Inquiry, surveyed: Survey, figures: list[CitedFigure], ordering: Ordering) -> Reply:
    """Return the places in their order, the one that is asked for first."""
    items = [f"{place_of(inquiry, figure)} {quantity(figure)}" for figure in figures]
    order, few = "从低到高" if ordering.ascending else "从高到低", ordering.last and not ordering.is_one
    more = f"；其余{len(figures) - MOST_NAMED}个见表" if len(figures) > MOST_NAMED and not few else ""
    said, among = surveyed.name, f"（{surveyed.among}）"
    asked = figures[ordering.first - 1]
    if ordering.is_one:
        said = f"{said}{nth(ordering)}的是{place_of(inquiry, asked)}，{quantity(asked)}{among}。"
        figures, among = [asked, *(figure for figure in figures if figure is not asked)], ""
    text = f"{said}{order}{among}：{listed(ordering, items, MOST_NAMED)}{more}。"
    return Reply(True, text, inquiry.cited(figures), tuple(figures))
