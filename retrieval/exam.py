"""An exam of the user's own index: questions made of what it holds, and of what it does not.

A figure whose indicator stands once in its report is asked for in several wordings; the right
answer is that figure.  The same questions about another place, another year or an indicator
that no report has are unanswerable; the right answer is a refusal.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.figures.synonyms import SYNONYMS, canonical_indicator
from corpus.places import known_places, short_name
from index import Index
from retrieval.answer import CitedFigure
from retrieval.reader.figures import cite
from retrieval.retriever import Retriever

SEED = 20  # the same index gets the same exam
MOST_FIGURES = 40  # asked in each wording; more take longer than a minute and tell no more
MOST_UNANSWERABLE = 48
NAME = re.compile(r"[\u4e00-\u9fffA-Za-z“”（）()0-9.·]{3,16}")  # an indicator that reads like one
WORDINGS: dict[str, tuple[str, ...]] = {
    "level": ("{name}是多少？", "请问{name}有多少", "{name}"),
    "change": ("{name}增长了多少？", "{name}增速"),
    "rank": ("{name}排第几？",),
}
LEAST_PASSAGE, LEAST_FIGURE, LEAST_REFUSED, LEAST_NOT_REFUSED = 0.9, 0.85, 0.85, 0.95
LONG_AGO = 1958  # a year that no report in hand is on
# Indicators of statistics that few reports have; those that the index does have are left out.
ELSEWHERE = (
    "人均住房面积", "离婚率", "博物馆参观人次", "啤酒产量", "房屋均价", "出租车数量", "平均气温", "垃圾产生量",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExamResult:
    """Shares, 0 to 1, and what they are of.

    passage  of the answerable questions, the figure's passage is the first, or among the first five
    figure   the right figure comes first
    refused  of the unanswerable questions
    false_refusals  of the answerable ones
    """

    answerable: int
    unanswerable: int
    passage_first: float
    passage_in_five: float
    figure: float
    refused: float
    false_refusals: float
    seconds: float

    @property
    def passed(self) -> bool:
        """True where every share is what an index of ordinary reports reaches."""
        return all(good for _, _, good in self._shares())

    def lines(self) -> list[str]:
        """Return a line for each share, one that falls short marked."""
        return [f"{name} {share:.0%}{'' if good else '（偏低）'}" for name, share, good in self._shares()]

    def _shares(self) -> list[tuple[str, float, bool]]:
        shares = (
            ("原文排在第一", self.passage_first, LEAST_PASSAGE),
            ("原文排在前五", self.passage_in_five, LEAST_PASSAGE),
            ("数据答对", self.figure, LEAST_FIGURE),
            ("没有的能拒答", self.refused, LEAST_REFUSED),
            ("有的没有误拒", 1 - self.false_refusals, LEAST_NOT_REFUSED),
        )
        return [(name, share, share >= least) for name, share, least in shares]


def sit_exam(retriever: Retriever, shown: Callable[[list[str]], Iterable[str]] = iter) -> ExamResult:
    """Ask an index the questions that it makes; ``shown`` gives them out one by one, and may show how many are done."""
    started = time.perf_counter()
    dice = random.Random(SEED)
    answerable = list(_answerable(retriever.index, dice))
    unanswerable = list(_unanswerable(retriever.index, [figure for _, figure in answerable], dice))
    answers = [retriever.ask(text) for text in shown([*(text for text, _ in answerable), *unanswerable])]
    pairs = [(answer, figure) for answer, (_, figure) in zip(answers, answerable, strict=False)]
    passages = [([hit.passage for hit in answer.hits], figure.passage) for answer, figure in pairs]
    amounts = [[(one.value, one.unit) for one in (figure, *answer.figures[:1])] for answer, figure in pairs]
    return ExamResult(
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        passage_first=_share([right in found[:1] for found, right in passages]),
        passage_in_five=_share([right in found[:5] for found, right in passages]),
        figure=_share([right in found for right, *found in amounts]),
        refused=_share([not answer.found for answer in answers[len(answerable) :]]),
        false_refusals=_share([not answer.found for answer, _ in pairs]),
        seconds=time.perf_counter() - started,
    )


def _answerable(index: Index, dice: random.Random) -> Iterator[tuple[str, CitedFigure]]:
    """Yield questions with the figure that answers each."""
    figures = list(_plain_figures(index))
    for figure in dice.sample(figures, min(MOST_FIGURES, len(figures))):
        scope = _scope(index, figure)
        for wording in WORDINGS[figure.kind]:
            yield scope + wording.format(name=figure.indicator), figure


def _plain_figures(index: Index) -> Iterator[CitedFigure]:
    """Yield results whose indicator and kind stand once in their report: they have one answer."""
    pairs = zip(index.passages, index.figures, strict=True)
    held = [(passage, figure) for passage, own in pairs for figure in own]
    named = [(passage.report, canonical_indicator(figure.indicator), figure.kind) for passage, figure in held]
    times = Counter(named)
    for (passage, figure), name in zip(held, named, strict=True):
        plain = figure.status == "actual" and not figure.basis and NAME.fullmatch(figure.indicator)
        if plain and times[name] == 1:
            yield cite(figure, passage)


def _scope(index: Index, figure: CitedFigure) -> str:
    """Return the words that name a figure's report, where there are several."""
    if len(index.manifest.reports) == 1:
        return ""
    identity = index.entry(figure.passage.report).identity
    place = short_name(identity.place) if identity.place else ""
    return f"{place}{identity.day.year}年报告里，" if identity.day else place


def _unanswerable(index: Index, figures: list[CitedFigure], dice: random.Random) -> Iterator[str]:
    """Yield questions like the answerable ones, about another place, year or indicator."""
    text = "".join(passage.text + passage.report for passage in index.passages)
    cities = [place for place in sorted(known_places()) if place.endswith("市")]
    places = [place for place in cities if short_name(place) not in text]
    known = (*SYNONYMS, *ELSEWHERE)
    names = [name for name in known if not any(part in text for part in (name, *SYNONYMS.get(name, ())))]
    for figure in figures[: MOST_UNANSWERABLE // 3]:
        if places:
            yield f"{dice.choice(places)}的{figure.indicator}是多少？"
        yield f"{LONG_AGO}年{figure.indicator}是多少？"
        if names:
            yield f"{_scope(index, figure)}{dice.choice(names)}是多少？"


def _share(marks: list[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0
