"""Times: which printed period each quantity of a sentence speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from corpus.figures.mention import Mention
from corpus.figures.period import Period

_CLAUSE_MARKS = "，；：,。;:"
# Times that a sentence's later figures look back at; more stand in no sentence a person wrote.
_PERIODS_REMEMBERED = 30
_WHOLE_YEAR = "全年"
_A_YEAR = re.compile(r"(?:\d{4}|[去今明前上])年")
# 由上年7万人增至8万人: the time of the first, of nothing behind it.
_FROM_TIME = re.compile(r"^[由从].*?的?\d{1,3}$")
_AS_MUCH_AS = re.compile(r"(?:恢复[到至]|相当于|占)$")
_CLAUSES = re.compile(f"[{_CLAUSE_MARKS}]")
# 今年发展的主要目标是：… speaks of the time after all.
_ATTRIBUTE = re.compile(r"\D{2,20}的(?!.*(?:[是为]|如下)$)")
_ATTRIBUTE_OF_COUNT = re.compile(r"\D{2,6}的\d")
# A single day: 去年9月26日, not 9月1日至30日.
_DAY = re.compile(r"^[^-—–~～至到]*日$")
_MONTH_END = re.compile(r"(?:31|30|三十一?)日$|2月2[89]日$")
_UP_TO = re.compile(r"[截至止到]$")
_FIGURE = re.compile(r"\d")
_FROM = re.compile(r"(?:由|从)[^，。；、]{0,14}$")


@dataclass(slots=True)
class SentenceTimes:
    """The periods of one sentence, asked for quantity by quantity in reading order.

    ends  the periods of a pair (从2020年的A提高到2025年的B), for later pairs that do not repeat them
    """

    text: str
    start: int
    periods: list[Period]
    ends: dict[str, str] = field(default_factory=dict)
    after_first: bool = False

    def period_of(self, mention: Mention, clause_start: int) -> str | None:
        """The time of the next quantity: its own, the pair's, or one set before that still holds."""
        last = bisect_left(self.periods, mention.start, key=lambda period: period.start)
        before = self.periods[max(0, last - _PERIODS_REMEMBERED) : last]
        if before and self.text[before[-1].end : mention.start] == "的":
            led = self.text[max(0, before[-1].start - 3) : before[-1].start]
            if mention.family == "multiple" or (mention.family == "share" and _AS_MUCH_AS.search(led)):
                before.pop()  # 2015年的2.4倍, 恢复到2019年的118%: the year is the base
        side = self._side(mention, clause_start)
        own = _own_period(self.text, mention, clause_start, before)
        if side and own:
            self.ends[side] = own
        if own or (side and side in self.ends):
            return own or self.ends[side]
        return _carried_period(self.text, self.start, clause_start, before)

    def _side(self, mention: Mention, clause_start: int) -> str:
        """``first`` for A of 从A到B, ``second`` for B, "" for a quantity that is in no pair."""
        if _FROM.search(self.text[max(clause_start, mention.start - 24) : mention.start]):
            self.after_first = True
            return "first"
        second, self.after_first = self.after_first, False
        return "second" if second else ""


def _own_period(text: str, mention: Mention, clause_start: int, periods: list[Period]) -> str | None:
    """A time right before the quantity, or one that 的 ties to it: 去年的88位."""
    if not periods or periods[-1].start < clause_start:
        return None
    last = periods[-1]
    tied = text[last.end : last.end + 1] == "的"
    if last.aside:
        return last.text if tied and last.end == mention.start - 1 else None
    return last.text if tied or last.end >= mention.start - 1 else None


def _carried_period(text: str, sentence_start: int, clause_start: int, periods: list[Period]) -> str | None:
    """The latest time that holds beyond the place where it stands."""
    whole_year = None
    for period in reversed(periods):
        own = period.start >= clause_start
        if (
            period.aside
            or _FROM_TIME.search(text[period.start - 1 : period.end + 3])
            or (not own and not _holds_on(text, sentence_start, clause_start, period))
        ):
            continue
        if whole_year is None and period.text == _WHOLE_YEAR:
            # Which year 全年 means was said before: 去年，…，全年….
            whole_year = period.text
        elif whole_year is None or _A_YEAR.fullmatch(period.text):
            return period.text
    return whole_year


def _holds_on(text: str, sentence_start: int, clause_start: int, period: Period) -> bool:
    """去年 holds to the end of the sentence; 近4年 only where it opens a clause and a comma follows."""
    after = text[period.end : period.end + 1]
    if after == "的" or (after == "达" and text[period.start - 1 : period.start] == "到"):
        return False
    led = text[sentence_start : period.start].rstrip()
    opens = not led or led[-1] in _CLAUSE_MARKS
    between = _CLAUSES.split(text[period.end : clause_start])
    if _is_attribute(between[0], opens) or (
        _DAY.search(period.text) and _tells_of_event(text, period, between)
    ):
        return False
    return opens and after in "，," if period.is_duration else True


def _is_attribute(rest: str, opens: bool) -> bool:
    """落实去年部署的政策, 年初承诺的33件实事: the time belongs to the noun behind 的; ``rest`` of its clause."""
    return (_ATTRIBUTE_OF_COUNT if opens else _ATTRIBUTE).match(rest) is not None


def _tells_of_event(text: str, period: Period, between: list[str]) -> bool:
    """5月8日，县里开会，…: a day on which something happened, not the one up to which is counted."""
    if _UP_TO.search(text[max(0, period.start - 2) : period.start]) or _MONTH_END.search(period.text):
        return False
    told = between[:-1] if between[0].strip() else between[1:-1]
    return any(not _FIGURE.search(clause) for clause in told)
