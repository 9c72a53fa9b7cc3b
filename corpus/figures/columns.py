"""Columns: which amount of a row a growth, a rank or a degree of completion beside it is of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.figures.column_heads import Head
from corpus.figures.figure import Status
from corpus.figures.period import is_former

_YEAR = re.compile(r"(?:19|20)\d{2}")
_BARE_RANK = re.compile(r"(?:在?全[国省市区县州]|居?[省市区县]内|居)?的?(?:排[名位序行]|位次|名次|座次)")
# What a rank beside a growth is of.
GROWTH = "增长"


@dataclass(frozen=True, slots=True)
class Amount:
    """A column that gives amounts: its words, its time, its standing, and whether it is a share or a rate."""

    words: str
    period: str | None
    status: Status | None
    rate: bool


NOTHING = Amount("", None, None, False)


@dataclass(slots=True)
class Neighbours:
    """The columns of a row that were passed, from left to right.

    run    amounts that stand beside each other; the first behind a growth begins another run
    ended  whether a growth or a ratio followed them
    said   the words of the last column, for a rank behind it
    """

    run: list[Amount] = field(default_factory=list)
    ended: bool = False
    said: str = ""

    def pass_amount(self, head: Head) -> None:
        """Take note of a column of amounts, be its cell filled or not."""
        if self.ended:
            self.run, self.ended = [], False
        self.run.append(Amount(head.words, head.period, head.status, head.rate))
        self.said = head.words

    def owner(self, head: Head) -> Amount:
        """Return the amounts that a growth or a ratio under this head is of.

        Its left neighbour; of amounts of one thing the latest, and a result rather than the plan for
        the same time. A growth in per cent is no growth of the share that stands before it.
        """
        self.ended = True
        amounts = self.run
        if head.words:
            amounts = [one for one in amounts if one.words == head.words] or amounts
        if "点" not in head.unit:
            amounts = [one for one in amounts if not one.rate] or amounts
        if not amounts:
            return NOTHING
        same = [one for one in amounts if one.words == amounts[-1].words]
        same = [one for one in same if not is_former(one.period)] or same
        if head.ratio:
            same = [one for one in same if one.status != "target"] or same
        return max(reversed(same), key=_order)

    def spoken_of(self, head: Head) -> str:
        """Return the words of a head that has none of its own: those of the amounts before it."""
        if head.rank:
            bare = not head.words or _BARE_RANK.fullmatch(head.words)
            return f"{self.said} {head.words}".strip() if bare else head.words
        if head.change and not head.words:
            words = self.owner(head).words
            self.said = f"{words} {GROWTH}".strip()
            return words
        return head.words


def _order(amount: Amount) -> tuple[str, bool]:
    """Return what is greatest for the latest, of one year for the result; the last of equals is taken."""
    year = _year_of(amount)
    return year, amount.status != "target" or not year


def _year_of(amount: Amount) -> str:
    year = _YEAR.search(amount.period or "")
    return year[0] if year else ""
