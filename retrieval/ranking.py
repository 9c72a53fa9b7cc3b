"""Rank an indicator over all the places that reports are of, from the ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.figures.figure import Figure
from corpus.figures.synonyms import canonical_indicator, indicators_named
from corpus.places import short_name
from index import ReportEntry
from retrieval.arithmetic import amount_of
from retrieval.fuse import weighted_share
from retrieval.inquiry import Inquiry, Reply
from retrieval.pick import cite, period_fit
from retrieval.question import CHANGE_FORM, Question
from retrieval.results import CitedFigure
from retrieval.scope import NATION_NAME, reports_in, year_of
from retrieval.search import words_of
from retrieval.wording import quantity

PLACES = r"(?:省[市区]?|省份|市|地市|区县?|县|州|地区|地方|城市)"
ORDER = r"(?:排名|排行|排序|最[高低大小多少快慢好差]|前[几\d一二三四五六七八九十]+|从[高大多低小少]到|倒数|第一(?!产业|书记|批|期|次|所|个|季度)|名次)"
RANKING = re.compile(
    rf"(?:各|哪一?个?|哪些|全部|所有|[\d一二三四五六七八九十]+个?){PLACES}.*?{ORDER}|{ORDER}.*?(?:哪一?个?|哪些|各){PLACES}|{ORDER}的{PLACES}是哪"
)
# What of a question only says that places are to be put in order.
ORDERING = re.compile(
    rf"(?:各|哪一?个?|哪些|全部|所有|[\d一二三四五六七八九十]+个?)?{PLACES}|{ORDER}|目标|排|的"
)
ASCENDING = re.compile(r"最[低小少慢]|从[低小少]到|倒数")
FEWEST_PLACES = 3  # fewer are a comparison, not a ranking
MOST_NAMED = 10  # in the text; the table has all
LEAST_MATCH = 0.8  # of the words that indicator and question share, by weight, both ways
NOT_OWN = re.compile(r"高于|低于|快于|慢于|年均|平均水平")  # bases that make another figure of it


def answer_ranking(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer a question that ranks places; None where it does not, or there are too few places."""
    if not RANKING.search(question.text) or question.scope.places:
        return None
    figures = [
        figure for entry in _reports(inquiry, question) if (figure := _figure_of(inquiry, question, entry))
    ]
    figures = _of_one_unit(figures)
    if len(figures) < FEWEST_PLACES:
        return None
    ascending = ASCENDING.search(question.text) is not None
    figures.sort(key=lambda figure: amount_of(figure)[0], reverse=not ascending)
    named = [
        f"{place}. {_place(inquiry, figure)} {quantity(figure)}"
        for place, figure in enumerate(figures[:MOST_NAMED], start=1)
    ]
    more = f"；其余{len(figures) - MOST_NAMED}个见表" if len(figures) > MOST_NAMED else ""
    order = "从低到高" if ascending else "从高到低"
    text = f"{figures[0].indicator}{order}（报告中给出的{len(figures)}个地方）：{'；'.join(named)}{more}。"
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
        own = canonical_indicator(figure.indicator)
        words = index.keywords.weights(words_of(figure.indicator))
        share = min(
            weighted_share(weights.keys(), words.keys(), weights),
            weighted_share(words.keys(), weights.keys(), words),
        )
        match = 1.0 if own in series else share if share >= LEAST_MATCH and not series else 0.0
        return match and match + period_fit(question, figure, day)

    rows = (row for row, passage in enumerate(index.passages) if passage.report == entry.name)
    stated = [(fit(figure), row, figure) for row in rows for figure in index.figures[row]]
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
