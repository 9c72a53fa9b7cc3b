"""Rank: an indicator over all the places that reports are of, from the ledger, else over a table's rows."""

from __future__ import annotations

from retrieval.answering.context import Context
from retrieval.answering.surveyed import (
    MOST_NAMED,
    asks_places,
    knows_places,
    lacking,
    measure_of,
    survey_of,
    tell_among,
    tell_name,
    tell_rows,
)
from retrieval.answering.telling import Reply, Telling
from retrieval.answers.rank_rows import columns_for, not_left_out
from retrieval.facts.arithmetic import amount_of
from retrieval.query.query import Ordering, Query
from retrieval.reader.survey import FEWEST_PLACES, Survey

# What is best or worst is told in words; an order of these needs no amounts.
IN_WORDS = ("最好", "最差", "最强", "最弱")
DOWN, UP = ("rank.descending", "从高到低"), ("rank.ascending", "从低到高")

examples = ("各市GDP增速排名", "哪个县工业产值最高？", "产值最高的三家企业是哪些？")


def propose(query: Query) -> float:
    """Return how likely a query asks for an order of places or rows."""
    over = query.level or query.items or (query.region and query.order)
    alone = query.asks == "which" and not query.named and query.order is not None
    asked = query.purpose == "answer" and not query.sides and not query.conditions
    return 0.84 if query.order and (over or alone) and asked else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Put the places or rows in order; None where too few reports and no table give it."""
    order, (name, kind) = query.order, measure_of(query)
    assert order is not None
    least = max(FEWEST_PLACES, order.last or 0)
    refusal = None
    if asks_places(query):
        surveyed = survey_of(context, query, name, kind)
        enough = surveyed.asked >= FEWEST_PLACES
        if enough and len(not_left_out(query, surveyed.rows)) >= least:
            return _ranked(context, query, order, surveyed)
        of_amounts = order.superlative not in IN_WORDS if order.superlative else not order.is_one
        if of_amounts and (enough or query.region):
            refusal = lacking(context, query, surveyed)
    if knows_places(context, query) and (name or query.items):
        for column in columns_for(context, query, name, kind, least):
            return _ranked(context, query, order, column)
    return refusal


def _ranked(context: Context, query: Query, order: Ordering, surveyed: Survey) -> Reply:
    """Return rows in their order, the one that is asked for first."""
    rows = [*not_left_out(query, surveyed.rows).items()]
    rows.sort(key=lambda row: amount_of(row[1])[0], reverse=order.descending)
    figures, telling = [figure for _name, figure in rows], tell_name(Telling(), surveyed)
    if order.is_one:
        name, figure = rows[order.first - 1]
        _tell_nth(telling, order)
        _aside(telling.said(name).mark("，").figure(figure, marked=True), surveyed).mark("。")
        figures = [figure, *(one for one in figures if one is not figure)]
    telling.words(*(DOWN if order.descending else UP))
    if not order.is_one:
        _aside(telling, surveyed)
    few = order.last if order.last and not order.is_one else None
    tell_rows(telling.mark("："), ((name, [figure]) for name, figure in rows[: few or MOST_NAMED]))
    if len(rows) > MOST_NAMED and not few:
        telling.words("survey.more", "；其余{count}个见表", count=len(rows) - MOST_NAMED)
    telling.mark("。")
    return Reply(True, tuple(telling.pieces), context.cited(figures), tuple(figures))


def _aside(telling: Telling, surveyed: Survey) -> Telling:
    return telling if surveyed.table else tell_among(telling.mark("（"), surveyed).mark("）")


def _tell_nth(telling: Telling, order: Ordering) -> None:
    """Tell which place of the order is asked for: 最高的是, 排第2的是."""
    if order.superlative:
        telling.words("rank.first", "{most}的是", most=order.superlative)
    elif order.descending:
        telling.words("rank.nth", "排第{place}的是", place=order.first)
    else:
        telling.words("rank.nth_last", "排倒数第{place}的是", place=order.first)
