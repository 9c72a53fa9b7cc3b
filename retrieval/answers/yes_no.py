"""Yes or no: is a figure over, under or just what a question says, or did it rise or fall as it says?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from corpus.figures.figure import Figure
from corpus.figures.synonyms import indicators_named
from retrieval.answer import CitedFigure
from retrieval.answering.context import Context, Trial
from retrieval.answering.quoting import quoted, refused
from retrieval.answering.telling import Reply, Telling
from retrieval.answers.filter import SAID
from retrieval.facts.arithmetic import SHARE, amount_of
from retrieval.facts.bounds import holds
from retrieval.query.query import Condition, Query, Sign, Units
from retrieval.reader.figures import MULTIPLIER, Candidate

POINTS = frozenset({"个百分点", "百分点", "个点"})
LEAST_WORDS = 0.5  # share of what is asked about, by weight, that the clause of a figure holds
LEAST_NAME = 0.3  # share of the name of a figure, by weight, that the question holds
HELD: dict[Sign, tuple[tuple[str, str], tuple[str, str]]] = {
    ">": (("yes.over", "是的，超过了{amount}"), ("no.over", "没有超过{amount}")),
    "≥": (("yes.least", "是的，达到了{amount}"), ("no.least", "没有达到{amount}")),
    "<": (("yes.under", "是的，低于{amount}"), ("no.under", "不是，没有低于{amount}")),
    "≤": (("yes.most", "是的，没有超过{amount}"), ("no.most", "不是，超过了{amount}")),
    "=": (("yes.just", "是的，是{amount}"), ("no.just", "不是")),
}
MOVED: dict[tuple[bool, Literal["+", "-"]], tuple[str, str]] = {
    (True, "+"): ("yes.grew", "是的，增长了"),
    (True, "-"): ("yes.fell", "是的，下降了"),
    (False, "+"): ("no.grew", "不是，是增长的"),
    (False, "-"): ("no.fell", "不是，是下降的"),
}

examples = ("税收有没有超过200亿元？", "研发投入总量25.6亿元对吗？", "外贸是不是下降了？")


def propose(query: Query) -> float:
    """Return how likely a query holds a figure against something."""
    alone = query.purpose == "answer" and not (query.level or query.items or query.sides)
    claims = len(query.conditions) == 1 or (not query.conditions and query.direction is not None)
    return 0.75 if alone and claims and query.asks == "yes_no" else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Answer yes or no with the figure that decides; None where none can."""
    if not query.conditions:
        return _moved(context, query)
    condition = query.conditions[0]
    if condition.threshold is None or not condition.subject:
        return None
    trial = context.trial(_figure_of(query, condition, condition.threshold))
    candidate = trial.verdict.candidate
    amounts = _amounts(condition, condition.threshold, candidate.figure) if candidate else None
    if candidate is None or amounts is None or not _is_asked(trial.query, candidate):
        reason = trial.verdict.reason or "indicator"
        return refused(context, replace(trial, verdict=replace(trial.verdict, reason=reason)))
    return _reply(context, trial, _told(condition, candidate.figure, amounts), candidate.figure)


def _figure_of(query: Query, condition: Condition, threshold: Figure) -> Query:
    """Return the query for the figure that decides."""
    unit = MULTIPLIER.sub("", threshold.unit)
    changes = condition.kind == "change"
    return query.of(
        asks="figure",
        topic=condition.subject,
        thing=condition.subject,
        conditions=(),
        units=Units(frozenset({unit} - {""}) if condition.kind == "level" else frozenset()),
        kind="change" if changes else None,
        asking="多少" if changes else "是多少" if unit in ("", SHARE) else f"有多少{threshold.unit}",
    )


def _amounts(condition: Condition, held: Figure, figure: CitedFigure) -> tuple[Decimal, Decimal] | None:
    """Return the figure and what it is held against in one unit; None where they have none in common."""
    (amount, unit), (threshold, asked) = amount_of(figure), amount_of(held)
    if unit == SHARE and (asked in POINTS or condition.said.endswith("点")):
        asked = SHARE
    if figure.value_to is not None or held.value_to is not None or asked not in ("", unit):
        return None
    # 超过200 says nothing of 100亿元 or 5%, but 过千亿 does of the first.
    bare = not MULTIPLIER.match(held.unit) and MULTIPLIER.match(figure.unit)
    if not asked and (unit == SHARE or bare):
        return None
    return (-amount, abs(threshold)) if condition.falls else (amount, threshold)


def _is_asked(query: Query, candidate: Candidate) -> bool:
    """Tell whether a figure is of what is asked about: another one, or what was added to it, denies nothing."""
    asked, own = indicators_named(query.topic), indicators_named(candidate.figure.indicator)
    signals = candidate.signals
    if not signals.stock or (asked and own and not set(asked) & set(own)):
        return False
    return bool(signals.series) or (signals.words >= LEAST_WORDS and signals.indicator >= LEAST_NAME)


def _told(condition: Condition, figure: CitedFigure, amounts: tuple[Decimal, Decimal]) -> Telling:
    """Say yes or no with the comparison, or that the figure leaves it open."""
    telling, held = Telling(), holds(condition.sign, *amounts, figure.bound)
    if held is None:
        telling.words("yes_no.open", "报告没有说明是否").words(*SAID[condition.sign], amount=condition.said)
        return telling.words("yes_no.only", "，只说").figure(figure)
    telling.words(*HELD[condition.sign][not held], amount=condition.said)
    if figure.bound != "=":
        return telling.words("yes_no.printed", "（报告说").figure(figure).mark("）")
    sign = "=" if amounts[0] == amounts[1] else ">" if amounts[0] > amounts[1] else "<"
    shown = f"{figure.quote}{figure.unit if figure.quote[-1:].isdecimal() else ''}"
    return telling.mark("（").figure(figure, shown).mark(f" {sign} ").said(condition.said).mark("）")


def _moved(context: Context, query: Query) -> Reply | None:
    """Answer whether something rose or fell; None where no figure says it."""
    if not query.thing or query.direction is None:
        return None
    asked = query.of(asks="figure", topic=query.thing, kind="change", asking="增长多少")
    trial = context.trial(replace(asked, direction=None))
    candidate = trial.verdict.candidate
    if candidate is None or not _is_asked(trial.query, candidate):
        return None
    figure, way = candidate.figure, candidate.figure.direction
    if figure.kind != "change" or way is None or not figure.value:
        return None
    telling = Telling().words(*MOVED[way == query.direction, way]).mark("（").figure(figure).mark("）")
    return _reply(context, trial, telling, figure)


def _reply(context: Context, trial: Trial, telling: Telling, figure: CitedFigure) -> Reply:
    """Return what is told of a figure with its sentence; a plan is called one."""
    if figure.status == "target":
        telling.words("yes_no.target", "（目标）")
    return quoted(context, trial, telling.mark("："))
