"""Surveyed: what is said alike of all answers over places: of what, of how many, and which are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.figures.figure import Kind
from corpus.identity import NATION
from corpus.places import members_of, short_name
from retrieval.answer import CitedFigure
from retrieval.answering.context import Context
from retrieval.answering.telling import Reply, Telling
from retrieval.query.lexicon import words
from retrieval.query.query import Query
from retrieval.reader.survey import Survey, survey

ECONOMY = "地区生产总值"  # what a growth of a place is of, where nothing else is named
GROWTHS = ("增速", "增幅", "增长率")
MOST_NAMED = 10  # in the text; the table has all
MOST_MISSING = 6
MISSING = "survey.missing", "另有{count}个地方的报告没有给出："
ABSENT = "survey.absent", "另有{count}个地方没有报告："


def indicator_of(query: Query, subject: str, kind: Kind) -> str:
    """Return what is asked of places: ``subject`` without their names and the words of growth."""
    left_out = query.order.without if query.order else ()
    named = {one.text for one in query.named} | {one.name for one in query.named}
    told = (
        word for word in subject.split() if word not in named and not any(one in word for one in left_out)
    )
    name = " ".join(told)
    if kind != "change":
        return name
    changes = tuple(word for word, row in words().items() if row["role"] == "change")
    while end := max((word for word in changes if name.endswith(word)), key=len, default=""):
        name = name.removesuffix(end).rstrip()
    return ECONOMY if name in ("", "经济") else name


def measure_of(query: Query) -> tuple[str, Kind]:
    """Return the indicator that a query asks of places, and whether its level or its growth."""
    kind: Kind = "change" if query.kind == "change" else "level"
    return indicator_of(query, query.thing if kind == "change" else query.topic, kind), kind


def survey_of(context: Context, query: Query, name: str, kind: Kind, unit: str = "") -> Survey:
    """Look an indicator up in the report of each place that a query asks over."""
    return survey(context.index, context.reports, query, name, kind, unit)


def tell_name(telling: Telling, surveyed: Survey, growth: bool = True) -> Telling:
    """Tell what was surveyed: 2024年地区生产总值增速目标; ``growth`` is False where other words say that it grew."""
    for year in surveyed.years:
        telling.words("time.year", "{year}年", year=year)
    name = surveyed.name
    if not growth:
        name = next((name.removesuffix(word) for word in GROWTHS if name.endswith(word)), name)
    telling.said(name)
    if growth and surveyed.rows and surveyed.kind == "change" and not name.endswith(GROWTHS):
        telling.words("survey.growth", "增速")
    return telling.words("survey.target", "目标") if surveyed.planned else telling


def tell_among(telling: Telling, surveyed: Survey) -> Telling:
    """Tell how many places the figures are of, of how many that have reports."""
    if not surveyed.missing:
        return telling.words("survey.all", "报告中给出的{asked}个地方", asked=surveyed.asked)
    told = {"asked": surveyed.asked, "given": len(surveyed.rows)}
    return telling.words("survey.some", "{asked}个地方的报告中有{given}个给出", **told)


def tell_rows(telling: Telling, rows: Iterable[tuple[str, Sequence[CitedFigure]]]) -> Telling:
    """Tell figures as a numbered list, each behind its name."""
    for number, (name, figures) in enumerate(rows, start=1):
        telling.mark("；" if number > 1 else "").item(number)
        tell_amounts(telling.said(f"{name} "), figures)
    return telling.end()


def tell_amounts(telling: Telling, figures: Sequence[CitedFigure]) -> Telling:
    """Tell the figures of one place or row."""
    for number, figure in enumerate(figures):
        telling.mark("、" if number else "").figure(figure)
    return telling


def tell_missing(telling: Telling, context: Context, query: Query, missing: Sequence[str]) -> Telling:
    """Name the places whose reports do not give it, and of a region those that have no report."""
    have = {short_name(entry.identity.place or "") for entry in context.entries}
    absent = [place for place in members_of(query.region) if place not in have] if query.region else []
    for (code, chinese), places in ((MISSING, missing), (ABSENT, absent)):
        if places:
            telling.words(code, chinese, count=len(places)).said("、".join(places[:MOST_MISSING]))
            (telling.words("survey.and_more", "等") if len(places) > MOST_MISSING else telling).mark("。")
    return telling


def lacking(context: Context, query: Query, surveyed: Survey) -> Reply | None:
    """Say that too few reports give what is asked about all places, and what there is."""
    if not surveyed.name:
        return None
    figures = surveyed.figures
    telling = Telling().words("survey.no_comparison", "无法比较各地的“")
    tell_name(telling, surveyed)
    if not surveyed.asked:
        telling.words("survey.no_reports", "”：没有这些地方的报告。")
        return Reply(False, tuple(telling.pieces), reason="place")
    telling.words("survey.of_places", "”：{asked}个地方的报告中", asked=surveyed.asked)
    if figures:
        telling.words("survey.only", "只有{given}个给出：", given=len(figures))
    else:
        telling.words("survey.none", "没有一个给出。")
    for number, (name, figure) in enumerate(surveyed.rows.items()):
        telling.mark("；" if number else "").said(name).mark(" ").figure(figure)
    telling.mark("。" if figures else "")
    tell_missing(telling, context, query, ())
    return Reply(False, tuple(telling.pieces), context.cited(figures), figures, reason="indicator")


def asks_places(query: Query) -> bool:
    """Tell whether a query asks over places, and not only over the rows of a table."""
    return query.level is not None or bool(query.region) or query.items in ("地方", "地区")


def knows_places(context: Context, query: Query) -> bool:
    """Tell whether all places that a query names have reports: else none of a table's rows is meant."""
    return all(one.reports for one in query.named if one.kind == "place" and one.name != NATION)
