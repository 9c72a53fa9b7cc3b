"""Questions that want something computed: how much more, how many times, which share, what sum."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.answer import CitedFigure, Computation
from retrieval.facts.arithmetic import (
    ESTIMATED,
    amount_of,
    before,
    comparable,
    difference,
    ratio,
    share,
    total,
)
from retrieval.followup import with_scope
from retrieval.inquiry import Inquiry, Reply, Trial
from retrieval.pick import span_of, spans_asked, times_asked
from retrieval.question import Question, understand
from retrieval.render.wording import quantity, statement

HOW_MUCH = r"(?:多少|几|好多|百分之几)"
# 比 of a comparison; not of 同比, 比例, 比上年.  占 of a share; not of 占地.
THAN = r"(?<![同环占对相])比(?![例重较赛值上去前往])(?!\d{4}年)"
OF_WHOLE = r"占(?!地|用)了?"
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "difference",
        re.compile(
            rf"^(.{{2,}}?){THAN}(.{{2,}}?)(?<!增长)(?<!提)(?:多|高|大|长|少|低|小|贵)(?:出|了)?{HOW_MUCH}"
        ),
    ),
    ("difference", re.compile(rf"^(.{{2,}}?)[和与跟](.{{2,}}?)(?:的差|相差|差){HOW_MUCH}?")),
    ("ratio", re.compile(r"^(.{2,}?)(?:是|为|相当于)(.{2,}?)的?(?:几|多少|好多)倍")),
    (
        "share",
        re.compile(
            rf"^(.{{2,}}?){OF_WHOLE}(?!百分|多少|几|比)(.{{2,}}?)的?(?:{HOW_MUCH}|比[例重]|几成|份额)"
        ),
    ),
    (
        "total",
        re.compile(
            rf"^(.{{2,}}?)(?:和|与|跟|加上?|、)(.{{2,}}?)(?:一共|合计|总共|加起来|之和|共计)(?:是|有|为)?{HOW_MUCH}"
        ),
    ),
)
COMPUTE: dict[str, Callable[..., Computation]] = {
    "difference": difference,
    "ratio": ratio,
    "share": share,
    "total": lambda *figures: total(figures),
}
# A place alone has no figure: 粮食产量占全国多少.
WHOLE_ONLY = re.compile(r"全[国省市区县州]|世界|全球|总量|总数")
# What joins the terms of a sum, and what of a term is measured: 煤、油和天然气产量.
JOINED = re.compile(r"、|(?<=.{2})[和与跟及](?=.{2})|加上")
MEASURES = re.compile(
    r"(?:(?:行业|产业|工程|领域)[的]?)?(?:增加值|产[量值]|投资|收入|支出|人数|面积|里程|销量|数量|余额|[出进]口额?|总?额)$"
)
# What says that a computed figure is wanted, though the reports do not state it.
WANTS_ESTIMATE = re.compile(r"推算|估算|算一?下|算出|大概|大约|折算")
GROWTH_BASIS = re.compile(r"同比|[比较]上年|[比较]去年|^$")


@dataclass(frozen=True, slots=True)
class Operation:
    """What is to be computed of the answers to some questions: of two, or the sum of several."""

    name: str
    sides: tuple[str, ...]


def operation_of(text: str) -> Operation | None:
    """Return what a question wants computed, None where it wants nothing.

    >>> operation_of("工业投资占固定资产投资的比例是多少")
    Operation(name='share', sides=('工业投资', '固定资产投资'))
    >>> operation_of("煤、油、天然气产量一共多少").sides
    ('煤产量', '油产量', '天然气产量')
    """
    for name, shape in SHAPES:
        if found := shape.search(text.strip()):
            sides = found[1].strip(" ，,"), found[2].strip(" ，,的")
            return Operation(name, _terms(sides) if name == "total" else sides)
    return None


def _terms(sides: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is added up, one by one; what the last of several ends with belongs to all of them."""
    names = [name.strip(" ，,的") for side in sides for name in JOINED.split(side)]
    if len(names) <= len(sides) or not all(names):
        return sides
    measure = MEASURES.search(names[-1])
    end = measure[0] if measure and measure.start() else ""
    return tuple(name if name.endswith(end) else name + end for name in names)


def answer_operation(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer a question that wants something computed, or say that it cannot be; None for another question.

    What a report states itself (工业投资占比为35%) is left to the plain way.
    """
    operation = operation_of(question.text)
    if operation is None or _is_stated(inquiry, question, operation):
        return None
    # What the first side says of place and time holds for the others too; for a sum what any of them says.
    scope = question.text if operation.name == "total" else operation.sides[0]
    sides = [with_scope(side, scope) for side in operation.sides]
    trials = [inquiry.try_out(understand(f"{side}是多少", asks="figure")) for side in sides]
    told = zip(operation.sides, trials, strict=True)
    figures = [trial.figure for side, trial in told if trial.figure and not WHOLE_ONLY.fullmatch(side)]
    hits = inquiry.hits_of(trials)
    stated = "；".join(map(statement, figures))
    if len(figures) < len(sides) or not _can_be_computed(inquiry, operation, figures):
        said = f"；报告给出的是：{stated}。" if figures else "。"
        return Reply(False, f"凭报告里的数据算不出来{said}", hits, tuple(figures), reason="indicator")
    computation = COMPUTE[operation.name](*figures)
    text = f"{stated}。{computation.formula}{ESTIMATED}。"
    return Reply(True, text, hits, tuple(figures), computations=(computation,))


def _can_be_computed(inquiry: Inquiry, operation: Operation, figures: Sequence[CitedFigure]) -> bool:
    """Tell whether figures are of one unit, place and status, and different ones."""
    stands = {(figure.passage.report, figure.passage.start + figure.start) for figure in figures}
    if not comparable(figures) or len(stands) < len(figures):
        return False
    places = {inquiry.index.entry(figure.passage.report).identity.place for figure in figures}
    statuses = {figure.status for figure in figures}
    if len(places) > 1 or len(statuses) > 1 or any(figure.value_to for figure in figures):
        return False
    if operation.name == "total" and amount_of(figures[0])[1] == "%":
        return False  # shares of different wholes have no sum
    return operation.name not in ("ratio", "share") or amount_of(figures[1])[0] != 0


def estimate_before(inquiry: Inquiry, question: Question, trial: Trial) -> Reply | None:
    """Estimate a level of the year before from the next one's and its growth.

    None where nothing is stated to estimate it from.  It counts as found only where an estimate
    was asked for: the reports do not state it.
    """
    pair = _level_and_growth(trial)
    if pair is None or not _asks_year_before(question, pair[0], inquiry):
        return None
    computation = before(*pair)
    when = times_asked(question)[-1]
    stated = f"{pair[0].indicator} {quantity(pair[0])}，{quantity(pair[1])}"
    text = f"报告没有直接给出{when}的数据；按“{stated}”推算：{computation.formula}{ESTIMATED}。"
    found = WANTS_ESTIMATE.search(question.text) is not None
    hits = tuple(inquiry.hits(trial.findings, trial.rows[: inquiry.k]))
    return Reply(found, text, hits, pair, computations=(computation,), reason=None if found else "year")


def _is_stated(inquiry: Inquiry, question: Question, operation: Operation) -> bool:
    """Tell whether a report states the share or the multiple itself."""
    figure = inquiry.try_out(question).figure
    if figure is None or operation.name not in ("share", "ratio"):
        return False
    return re.search(r"占|比[重例]|份额|倍", figure.indicator + figure.unit) is not None


def _level_and_growth(trial: Trial) -> tuple[CitedFigure, CitedFigure] | None:
    """Return the best level and the yearly growth that its sentence states of the same thing."""
    level = next((one for one in trial.candidates if one.figure.kind == "level"), None)
    if level is None or level.signals.unit == 0:
        return None
    for other in trial.candidates:
        figure = other.figure
        same = other.evidence == level.evidence and figure.indicator == level.figure.indicator
        if (
            same
            and figure.kind == "change"
            and figure.unit == "%"
            and GROWTH_BASIS.search(figure.basis or "")
        ):
            return level.figure, other.figure
    return None


def _asks_year_before(question: Question, level: CitedFigure, inquiry: Inquiry) -> bool:
    """Tell whether the time that is asked for is the year before that of a level."""
    day = inquiry.index.entry(level.passage.report).identity.day
    own = span_of(level, day)
    return own is not None and any(span[0].year == own[0].year - 1 for span in spans_asked(question, day))
