"""Compare a figure of several places or years: each as printed, which is more, and by how much."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.figures.figure import Kind
from corpus.figures.synonyms import canonical_indicator
from retrieval.across import COMPARED
from retrieval.answer import CitedFigure, Computation, Hit
from retrieval.facts.arithmetic import ABOUT, ESTIMATED, SHARE, amount_of, comparable, difference, total
from retrieval.followup import without_scope
from retrieval.inquiry import MOST_FIGURES, Inquiry, Reply, Trial
from retrieval.pick import times_asked
from retrieval.question import Asks, Question, understand
from retrieval.render.wording import statement
from retrieval.scope import is_of, results_year, year_of
from retrieval.survey import GROWTH, figure_of
from retrieval.yearly import OUTPUT

# Asked for the smaller one: 谁的失业率低, 哪年少.
LESS = re.compile(r"(?<!多)(?:低|少|小|慢|靠后)(?:[？?。]|$|一些|些|点|的|呢|分别|了?多少)")
# Asked for the sum of what the sides have.
TOTAL = re.compile(
    r"(?:合计|一共|总共|共计|加起来|加在一起|相加|之和|总和|共)(?:是|有|为|达)?(?=多少|几|呢|[？?]|$)"
)
# Asked how fast it grows, in whatever words.
FAST = re.compile(r"[快慢]|增速")
MOST_YEARS = 2  # that are tried where a question names none


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared: its name, and its figure if the reports state it."""

    name: str
    figure: CitedFigure | None


def answer_comparison(inquiry: Inquiry, question: Question, parts: Mapping[str, str]) -> Reply:
    """Answer a question that compares; ``parts`` has what is asked of each side alone."""
    asks: Asks = "rank" if question.asks == "rank" else "figure"
    asked = {name: TOTAL.sub("是", text) for name, text in parts.items()}
    year, trials = _of_one_year(inquiry, question, asked, asks)
    sides = _of_one_kind(question, [Side(name, trial.figure) for name, trial in trials.items()])
    sides = [_looked_up(inquiry, question, side, trials[side.name]) for side in sides]
    sides = _of_one_unit(inquiry, question, sides, trials)
    text, computations = compare(question.text, sides)
    text = f"{year}年，{text}" if year else text
    figures = [side.figure for side in sides if side.figure]
    answered = len(figures) == len(sides) and (bool(computations) or not TOTAL.search(question.text))
    others = [figure for trial in trials.values() for figure in trial.related()[1:]]
    return Reply(
        found=answered,
        text=text,
        hits=_hits(inquiry, list(trials.values()), figures),
        figures=tuple(figures + others)[: max(MOST_FIGURES, len(figures))],
        computations=computations,
        reason=None if answered else "indicator",
        confidence=min(trial.verdict.confidence for trial in trials.values()),
    )


def _looked_up(inquiry: Inquiry, question: Question, side: Side, trial: Trial, unit: str = "") -> Side:
    """Return a side with the figure that the ledger has of just what is asked.

    Where searching found one it is left as it is, unless it is a plan or of another base unit than ``unit``.
    """
    figure = side.figure
    planned = figure is not None and figure.status == "target" and not question.scope.target
    if figure and not planned and unit in ("", amount_of(figure)[1]):
        return side
    kind: Kind = question.kind or ("change" if FAST.search(question.text) else "level")
    name = GROWTH.sub("", COMPARED.sub("", without_scope(trial.question.text)).strip(" 的"))
    if kind == "rank" or not trial.question.scope.places or not name:
        return side
    return Side(side.name, figure_of(inquiry, trial.question, name, kind, unit) or figure)


def _of_one_unit(
    inquiry: Inquiry, question: Question, sides: Sequence[Side], trials: Mapping[str, Trial]
) -> list[Side]:
    """Return the sides in one base unit, where the ledger has them so: 26微克/立方米 is nothing beside 16%."""
    units = dict.fromkeys(amount_of(side.figure)[1] for side in sides if side.figure)
    for unit in units if len(units) > 1 else ():
        alike = [_looked_up(inquiry, question, side, trials[side.name], unit) for side in sides]
        if {amount_of(side.figure)[1] for side in alike if side.figure} == {unit}:
            return alike
    return list(sides)


def _hits(inquiry: Inquiry, trials: Sequence[Trial], figures: Sequence[CitedFigure]) -> tuple[Hit, ...]:
    """Return the best passages of all sides, with those of the figures that are told among them."""
    found = inquiry.hits_of(trials)
    known = {(hit.passage.report, hit.passage.number) for hit in found}
    missing = [one for one in figures if (one.passage.report, one.passage.number) not in known]
    return (*inquiry.cited(missing), *found)[: inquiry.k]


def _of_one_year(
    inquiry: Inquiry, question: Question, parts: Mapping[str, str], asks: Asks
) -> tuple[int | None, dict[str, Trial]]:
    """Search for each side; where no year is asked for, in the newest that reports of all places tell of.

    Returns that year, None where the question says it or the places have none in common.
    """

    def tried(year: int | None) -> dict[str, Trial]:
        dated = {
            name: text.replace(name, f"{name}{year}年", 1) if year else text for name, text in parts.items()
        }
        return {name: inquiry.try_out(understand(text, asks=asks)) for name, text in dated.items()}

    first = None
    for year in _common_years(inquiry, question, list(parts)):
        trials = tried(year)
        if all(trial.figure for trial in trials.values()):
            return year, trials
        first = first or (year, trials)
    return first or (None, tried(None))


def _common_years(inquiry: Inquiry, question: Question, places: Sequence[str]) -> list[int]:
    """Return the years that reports of all places tell of, the newest first; none where a time is asked for."""
    if question.scope.names_time or times_asked(question):
        return []
    years = [
        {
            year_of(entry) if question.scope.target else results_year(entry.identity.day)
            for entry in inquiry.entries
            if is_of(entry, place)
        }
        for place in places
    ]
    common = set[int | None].intersection(*years) - {None}
    # Of one year alone nothing has to be said.
    several = len(set[int | None].union(*years)) > 1
    return sorted((year for year in common if year), reverse=True)[:MOST_YEARS] if several else []


def _alike(figures: Sequence[CitedFigure]) -> bool:
    """Tell whether figures measure the same thing, so that one can be said to be more."""
    indicators = [OUTPUT.sub("产量", canonical_indicator(figure.indicator)) for figure in figures]
    shortest = min(indicators, key=len)
    same = all(shortest in indicator for indicator in indicators)
    return comparable(figures) and same and len({figure.status == "target" for figure in figures}) == 1


def _of_one_kind(question: Question, sides: Sequence[Side]) -> list[Side]:
    """Return the sides without figures of another kind than was asked for, where others have it.

    Asked for GDP, a growth of GDP is no answer beside an amount.
    """
    wanted = question.kind or "level"
    if not any(side.figure and side.figure.kind == wanted for side in sides):
        return list(sides)
    return [side if side.figure and side.figure.kind == wanted else Side(side.name, None) for side in sides]


def compare(question: str, sides: Sequence[Side]) -> tuple[str, tuple[Computation, ...]]:
    """Return the comparison in words, and the computation behind it where there is one.

    A difference is given between two figures of one unit; where a side has no figure that is
    said instead.
    """
    words = [
        f"{side.name}：{statement(side.figure)}" if side.figure else f"{side.name}：报告没有给出"
        for side in sides
    ]
    text = "；".join(words) + "。"
    stated = [(side.name, side.figure) for side in sides if side.figure]
    if TOTAL.search(question) and not (len(stated) == len(sides) and _alike([one for _, one in stated])):
        return f"{text}无法合计：{'有的报告没有给出' if len(stated) < len(sides) else '说的不是一回事'}。", ()
    if len(stated) < 2 or not _alike([figure for _, figure in stated]):
        return text, ()
    if TOTAL.search(question):
        return _added(text, [figure for _, figure in stated])
    less = LESS.search(question) is not None
    (first, best), (second, next_best) = sorted(
        stated, key=lambda one: amount_of(one[1])[0], reverse=not less
    )[:2]
    if amount_of(best) == amount_of(next_best):
        return f"{text}{first}与{second}相同。", ()
    verdict = f"{first}{'更' if len(stated) == 2 else '最'}{'低' if less else '高'}"
    if len(sides) > 2:
        return f"{text}{verdict}。", ()
    computation = difference(best, next_best)
    about = "约" if ABOUT in computation.formula else ""
    return f"{text}{verdict}，相差{about}{computation.result}{ESTIMATED}。", (computation,)


def _added(text: str, figures: Sequence[CitedFigure]) -> tuple[str, tuple[Computation, ...]]:
    """Return the sum of what the sides have; shares, growths and ranges have none."""
    if any(one.unit == SHARE or one.kind != "level" or one.value_to is not None for one in figures):
        return f"{text}比例、增速和区间不能相加。", ()
    computation = total(figures)
    return f"{text}合计：{computation.formula}{ESTIMATED}。", (computation,)
