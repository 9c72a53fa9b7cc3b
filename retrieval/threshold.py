"""Threshold: which of all the places, and how many, are over or under an amount, from the ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures import Figure, extract_figures
from corpus.figures.amount import normalise
from corpus.figures.figure import Bound, Kind
from retrieval.answer import CitedFigure
from retrieval.claim import AT_LEAST, LEAD, Sign, holds, sign_of
from retrieval.facts.arithmetic import SHARE, amount_of
from retrieval.followup import with_scope, without_scope
from retrieval.inquiry import Inquiry, Reply
from retrieval.ordering import Ordering, ordering_of
from retrieval.question import Question, understand
from retrieval.render.wording import quantity
from retrieval.scope import NATION_NAME
from retrieval.survey import FEWEST_PLACES, GROWTH, PLACES, Survey, lacking, place_of, survey

WHICH = r"(?:有没有|哪一?些|哪几个?|哪一?个|几个|多少个?|所有|全部|列[出举]|各个?)"
HAVE = r"(?:都|一共|总共|共)*(?:有|是)"
# 哪些省, 有几个城市 before the amount, or behind it: 的省有哪些, 的有几个省.
ASKED = re.compile(
    rf"(?:一共|总共|共)?(?:有|是)?{WHICH}的?(?P<one>{PLACES})|的?(?P<two>{PLACES}){HAVE}(?:哪一?些|哪几个?|几个|多少个?|谁)|"
    rf"^(?P<four>谁)(?=的|家)|^(?:请|帮我)?(?:列[出举]|找出|查一?[下查]?)(?=.*的(?P<three>{PLACES})(?:名单|清单)?[。]?$)"
)
# What stands around the name of an indicator and is no part of it.
AROUND = re.compile(
    r"^(?:请问|那么?|有|是|的|在|且|并且?|而且|同时|又|其|[，,、；\s])+|(?:的|有|是|在|为|也|都|处于|介于|[，,、\s])+$"
)
# 过千亿: the number is left out.
ROUND = re.compile(r"(?<=[过破超上达到])(?=(?:[百千万]亿|[十百千]万)(?!\d))")
FALLS = re.compile(r"(?:降幅|下降|减少|降低|回落|下滑)了?$")
# Grew or fell, by whatever it was, at the end of a question.
GREW = re.compile(
    r"(?:实现|出现|是|为|呈)?(?:同比)?(?:(?P<falls>负增长|下降|减少|下滑|降低)|正增长)了?的?\s*[？?]?$"
)
ECONOMY = "地区生产总值"  # what a growth of a place is of, where nothing else is named
POINTS = re.compile(r"^(?:百分)?点")
MOST_CONDITIONS = 3
TURNED: dict[Sign, Sign] = {">": "<", "≥": "≤", "<": ">", "≤": "≥", "=": "="}
SAID: dict[Sign, str] = {">": "超过", "≥": "达到", "<": "低于", "≤": "不超过", "=": "为"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What places are asked to meet: the figure of ``subject`` is ``sign`` of ``low``, or from it to ``high``.

    ``unit`` is the base unit of the amounts, empty where none is named, ``kind`` that of the figure;
    ``said`` is what is asked of it in words: 超过5万亿元; ``falls`` where a fall is asked about, as less than 0,
    ``grew`` where any growth will do.
    """

    subject: str
    kind: Kind
    sign: Sign
    low: Decimal
    high: Decimal | None
    unit: str
    said: str
    falls: bool = False
    grew: bool = False

    @property
    def ascending(self) -> bool:
        """True where the smallest is told first."""
        return self.sign in ("<", "≤") and self.high is None

    def of(self, name: str) -> str:
        """Return the condition in words, given what reports call the indicator."""
        if not self.falls and not self.grew:
            return f"{name}{self.said}"
        return f"{name.removesuffix('增速')}{'下降' if self.falls else '增长'}{self.said}"

    def holds(self, figure: CitedFigure) -> bool | None:
        """Tell whether a figure meets the condition; None where its words leave that open."""
        ends = [amount_of(figure)[0]]
        if figure.value_to is not None:
            ends.append(normalise(figure.value_to, figure.unit)[0])
        verdicts = {self._held(end, figure.bound) for end in ends}
        return verdicts.pop() if len(verdicts) == 1 else None

    def _held(self, amount: Decimal, bound: Bound) -> bool | None:
        if self.high is None:
            return holds(self.sign, amount, self.low, bound)
        return _all([holds("≥", amount, self.low, bound), holds("≤", amount, self.high, bound)])


def _all(verdicts: Sequence[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def conditions_in(text: str) -> tuple[Condition, ...]:
    """Return what places are asked to meet, nothing where a question asks something else.

    >>> [(one.subject, one.said) for one in conditions_in("哪些县产值超过3亿元且增速不到5%？")]
    [('哪些县 产值', '超过3亿元'), ('哪些县 地区生产总值增速', '低于5%')]
    """
    asked = ASKED.search(text)
    if asked is None:
        return ()
    noun = next(filter(None, asked.groups())).replace("谁", "地方")
    rest = ROUND.sub("1", ASKED.sub(lambda found: " " * len(found[0]), text))
    thresholds = [figure for figure in extract_figures(rest) if figure.kind != "rank"]
    if len(thresholds) > MOST_CONDITIONS:
        return ()
    if not thresholds and (way := GREW.search(rest)):
        return _only_grew(noun, rest[: way.start()], way)
    ends = [0, *(threshold.end for threshold in thresholds)]
    starts = [*(threshold.start for threshold in thresholds[1:]), len(rest)]
    conditions: list[Condition] = []
    for threshold, end, start in zip(thresholds, ends, starts, strict=False):
        before, after = rest[end : threshold.start], rest[threshold.end : start]
        one = _condition(before, threshold, after)
        if one is None:
            return ()
        first = conditions[0].subject if conditions else ""
        said = one.said if threshold.quote in text else one.said.replace("1", "", 1)
        conditions.append(replace(one, subject=with_scope(f"哪些{noun} {one.subject}", first), said=said))
    return tuple(conditions)


def _only_grew(noun: str, before: str, way: re.Match[str]) -> tuple[Condition, ...]:
    """Return the condition that something grew, or fell, by whatever it was."""
    name = AROUND.sub("", AROUND.sub("", before))
    if not without_scope(name):
        return ()
    falls = way["falls"] is not None
    subject = f"哪些{noun} {name}增速"
    sign: Sign = "<" if falls else ">"
    return (Condition(subject, "change", sign, Decimal(0), None, SHARE, "", falls, grew=not falls),)


def _condition(before: str, threshold: Figure, after: str) -> Condition | None:
    """Read one condition from what stands before and after its threshold."""
    lead = LEAD.search(before)
    sign = sign_of(lead, after)
    if sign == "=" and threshold.value_to is None:
        return None
    subject = AROUND.sub("", AT_LEAST.sub("", before[: lead.start()] if lead else before))
    subject = AROUND.sub("", subject)
    grows = GROWTH.search(subject.removesuffix("目标"))
    if grows and not without_scope(subject[: grows.start()]).strip("经济的 "):
        subject = f"{subject[: grows.start()].replace('经济', '')}{ECONOMY}{subject[grows.start() :]}"
    falls = FALLS.search(subject) is not None
    unit = SHARE if POINTS.match(after) else threshold.unit
    ends = [normalise(value, unit) for value in (threshold.value, threshold.value_to) if value is not None]
    amounts = [-abs(amount) if falls or threshold.direction == "-" else amount for amount, _ in ends]
    quote = threshold.quote + (POINTS.match(after) or [""])[0]
    return (
        Condition(
            subject=subject,
            kind="change" if grows else "level",
            sign=TURNED[sign] if falls else sign,
            low=min(amounts),
            high=max(amounts) if len(amounts) > 1 else None,
            unit=ends[0][1],
            said=f"在{quote}之间" if len(amounts) > 1 else f"{SAID[sign]}{quote}",
            falls=falls,
        )
        if without_scope(subject)
        else None
    )


def answer_threshold(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer which places meet an amount, or that too few reports tell; None for another question."""
    ordering = ordering_of(question.text)
    conditions = conditions_in(ordering.text)
    if not conditions or set(understand(ordering.text).scope.places) - {NATION_NAME}:
        return None
    surveys = [_survey(inquiry, condition) for condition in conditions]
    if min(one.asked for one in surveys) < FEWEST_PLACES:
        return None
    for one, condition in zip(surveys, conditions, strict=True):
        if len(one.figures) < FEWEST_PLACES:
            return lacking(inquiry, one)
        if not condition.unit and amount_of(one.figures[0])[1] == SHARE:
            return None  # 5 is neither 5% nor not
    return _told(inquiry, conditions, surveys, ordering)


def _survey(inquiry: Inquiry, condition: Condition) -> Survey:
    question = understand(condition.subject, asks="figure")
    return survey(inquiry, question, condition.kind, condition.unit)


def _told(
    inquiry: Inquiry, conditions: Sequence[Condition], surveys: Sequence[Survey], ordering: Ordering
) -> Reply:
    """Tell which places meet all conditions, and of which their reports leave it open."""
    by_place = [{place_of(inquiry, figure): figure for figure in one.figures} for one in surveys]
    stated = {
        place: [figures[place] for figures in by_place]
        for place in by_place[0]
        if all(place in figures for figures in by_place) and not ordering.leaves_out(place)
    }
    ascending = conditions[0].ascending
    places = sorted(stated, key=lambda place: amount_of(stated[place][0])[0], reverse=not ascending)
    verdicts = {
        place: _all([one.holds(figure) for one, figure in zip(conditions, stated[place], strict=True)])
        for place in places
    }
    met = [place for place in places if verdicts[place]]
    unclear = [place for place in places if verdicts[place] is None]
    what = "、".join(each.of(one.name) for one, each in zip(surveys, conditions, strict=True))
    among = surveys[0].among if len(surveys) == 1 else f"报告中给出的{len(places)}个地方"
    listed = "；".join(f"{at}. {place} {_amounts(stated[place])}" for at, place in enumerate(met, start=1))
    said = f"{what}的有{len(met)}个（{among}）：{listed}" if met else f"{what}的一个也没有（{among}）"
    if unclear:
        open_ones = "、".join(f"{place} {_amounts(stated[place])}" for place in unclear)
        said += f"。报告说得不确切、无法判断的：{open_ones}"
    elif not met and places:
        said += f"，{'最低' if ascending else '最高'}的是{places[0]}：{_amounts(stated[places[0]])}"
    shown = tuple(figure for place in (met + unclear or places) for figure in stated[place])
    return Reply(True, f"{said}。", inquiry.cited(shown), shown)


def _amounts(figures: Sequence[CitedFigure]) -> str:
    return "、".join(map(quantity, figures))
