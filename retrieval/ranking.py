"""Rank an indicator over all the places that reports are of, from the ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.figures.figure import Figure
from corpus.figures.synonyms import indicators_named
from corpus.places import short_name
from index import ReportEntry
from retrieval.arithmetic import amount_of
from retrieval.fuse import weighted_share
from retrieval.inquiry import Inquiry, Reply
from retrieval.ordering import NUMBER, ORDER, listed, nth, ordering_of
from retrieval.pick import FORMER, cite, is_named, period_fit
from retrieval.question import CHANGE_FORM, Question, understand
from retrieval.results import CitedFigure
from retrieval.scope import NATION_NAME, reports_in, year_of
from retrieval.search import words_of
from retrieval.wording import quantity

PLACES = r"(?:省[市区]?|省份|市|地市|区县?|县|州|地区|地方|城市)"
RANKING = re.compile(
    rf"(?:各|哪一?个?|哪些|哪?{NUMBER}个?|全部|所有){PLACES}.*?{ORDER}|{ORDER}.*?(?:哪一?个?|哪些|各){PLACES}|"
    rf"{ORDER}的?(?:{NUMBER}个)?{PLACES}(?:都|分别)?(?:是|有|叫|[？?]|$)"
)
# What of a question only says that places are to be put in order.
ORDERING = re.compile(rf"(?:各|哪一?个?|哪些|哪?{NUMBER}个?|全部|所有)?{PLACES}|{ORDER}|目标|排|的")
FEWEST_PLACES = 3  # fewer are a comparison, not a ranking
MOST_NAMED = 10  # in the text; the table has all
EXACT = 0.1  # what an exact amount is worth beside 突破6万亿元
LEAST_MATCH = 0.8  # of the words that indicator and question share, by weight, both ways
NOT_OWN = re.compile(r"高于|低于|快于|慢于|年均|平均水平")  # bases that make another figure of it


def answer_ranking(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer a question that ranks places; None where it does not, or there are too few places."""
    ordering = ordering_of(question.text)
    if not RANKING.search(ordering.text):
        return None
    question = understand(ordering.text, asks=question.asks)
    if question.scope.places:
        return None
    figures = [
        figure for entry in _reports(inquiry, question) if (figure := _figure_of(inquiry, question, entry))
    ]
    figures = [one for one in _of_one_unit(figures) if not ordering.leaves_out(_place(inquiry, one))]
    if len(figures) < max(FEWEST_PLACES, ordering.last or 0):
        return None
    figures.sort(key=lambda figure: amount_of(figure)[0], reverse=not ordering.ascending)
    items = [f"{_place(inquiry, figure)} {quantity(figure)}" for figure in figures]
    order, few = "从低到高" if ordering.ascending else "从高到低", ordering.last and not ordering.is_one
    more = f"；其余{len(figures) - MOST_NAMED}个见表" if len(figures) > MOST_NAMED and not few else ""
    said = Counter(figure.indicator for figure in figures).most_common(1)[0][0]
    said += "增速" if figures[0].kind == "change" and not said.endswith(("增速", "增幅", "增长率")) else ""
    among = f"（报告中给出的{len(figures)}个地方）"
    asked = figures[ordering.first - 1]
    if ordering.is_one:
        said = f"{said}{nth(ordering)}的是{_place(inquiry, asked)}，{quantity(asked)}{among}。"
        figures, among = [asked, *(figure for figure in figures if figure is not asked)], ""
    text = f"{said}{order}{among}：{listed(ordering, items, MOST_NAMED)}{more}。"
    return Reply(True, text, inquiry.cited(figures), tuple(figures))


def _reports(inquiry: Inquiry, question: Question) -> list[ReportEntry]:
    """Return one report for each place: on the year that is asked for, else the newest."""
    _, first = reports_in(question.scope, inquiry.entries)
    newest: dict[str, ReportEntry] = {}
    for entry in sorted(first, key=lambda entry: year_of(entry) or 0):
        if entry.identity.place and entry.identity.place != NATION_NAME:
            newest[short_name(entry.identity.place)] = entry
    return list(newest.values())


def _figure_of(inquiry: Inquiry, question: Question, entry: ReportEntry) -> CitedFigure | None:
    """Return the figure of a report that states what is ranked, the likeliest of several."""
    index, day = inquiry.index, entry.identity.day
    wanted = words_of(ORDERING.sub(" ", question.subject))
    kind = "change" if CHANGE_FORM.search(question.text) else "level"
    weights = index.keywords.weights(wanted)
    series = set(indicators_named(question.text))

    def fit(figure: Figure) -> float:
        if figure.kind != kind or NOT_OWN.search(figure.basis or ""):
            return 0.0
        if (figure.status == "target") != question.scope.target:
            return 0.0
        words = index.keywords.weights(words_of(figure.indicator))
        share = min(
            weighted_share(weights.keys(), words.keys(), weights),
            weighted_share(words.keys(), weights.keys(), words),
        )
        named = is_named(figure.indicator, question.text)
        match = 1.0 if named else share if share >= LEAST_MATCH and not series else 0.0
        return match and match + period_fit(question, figure, day) + EXACT * (figure.bound == "=")

    rows = (row for row, passage in enumerate(index.passages) if passage.report == entry.name)
    stated = [
        (fit(figure), row, figure)
        for row in rows
        for figure in index.figures[row]
        if not FORMER.search(index.passages[row].text[: figure.start])  # from which it grew
    ]
    best = max((one[0] for one in stated), default=0.0)
    # Of equals the first: a report states its results before it comes back to them.
    chosen = next(((row, figure) for score, row, figure in stated if score == best > 0), None)
    return cite(chosen[1], index.passages[chosen[0]]) if chosen else None


def _of_one_unit(figures: Sequence[CitedFigure]) -> list[CitedFigure]:
    """Return the figures of the unit that most are of: only these can be put in order."""
    units = Counter(amount_of(figure)[1] for figure in figures)
    return [figure for figure in figures if units and amount_of(figure)[1] == units.most_common(1)[0][0]]


def _place(inquiry: Inquiry, figure: CitedFigure) -> str:
    return short_name(inquiry.index.entry(figure.passage.report).identity.place or figure.passage.report)
