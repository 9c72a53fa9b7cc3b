"""Query: what a question asks, as data.  It is made once, and every room after this one reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from corpus.figures.figure import Figure, Kind
from retrieval.query.lexicon import is_measure

Asks = Literal[
    "figure", "rank", "ordinal", "time", "person", "place", "list", "reason", "which", "yes_no", "other"
]
# What is wanted of the whole, beside an answer to a question: a meaning, a summary, a word on the program.
Purpose = Literal["answer", "define", "summary", "reports", "imprint", "chat"]
Operation = Literal["compare", "difference", "ratio", "share", "total", "trend"]
Sign = Literal[">", "≥", "<", "≤", "="]
Level = Literal["province", "city", "county"]
Direction = Literal["+", "-"]


@dataclass(frozen=True, slots=True)
class Named:
    """A place, an organisation or a report that a question names.

    ``name`` is what it is called here: a place's short name, an organisation as it was asked for.
    ``reports`` are those that are about it; none are where it is not known.  ``strict`` is False where it
    may be a word of the subject as well: the first word of a title.
    """

    text: str
    name: str
    kind: Literal["place", "organisation", "person", "nation", "region", "title"]
    reports: frozenset[str] = frozenset()
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a question names: its words, the years in it, and how far it lies from a report's own year.

    ``offset`` is 0 for 今年 and -1 for 去年; None where the years are named or none are meant.
    """

    text: str
    years: tuple[int, ...] = ()
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Units:
    """The printed units that would answer, without multipliers; none where any does.

    ``loose`` where they come from a counter that people use for anything (几个); ``scale`` is the multiplier
    that was asked for (亿 of 多少亿); ``asked`` is the whole unit as it was asked for (万元), to convert to.
    """

    printed: frozenset[str] = frozenset()
    loose: bool = False
    scale: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order that is asked for: ``first`` to ``last`` of it, counted from 1; all of it where ``last`` is None.

    ``superlative`` are the words that asked for one end of it (最高), ``without`` what is left out.
    """

    descending: bool
    first: int = 1
    last: int | None = None
    superlative: str = ""
    without: tuple[str, ...] = ()

    @property
    def is_one(self) -> bool:
        """True where a single place of the order is asked for."""
        return self.first == self.last

    def leaves_out(self, name: str) -> bool:
        """Tell whether a name is one of those that are left out, whole or in short."""
        return any(other in name or name in other for other in self.without)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a figure is held against: that of ``subject`` is ``sign`` of ``threshold``.

    ``said`` is the threshold as the question has it.  A growth without an amount (增长了的, 下降的)
    has no threshold.
    """

    subject: str
    sign: Sign
    threshold: Figure | None
    said: str
    kind: Kind = "level"
    falls: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks."""

    text: str  # the question as a reader would put it: what an encoder reads, and ``Answer.understood``
    asks: Asks = "other"
    purpose: Purpose = "answer"
    chat: str = ""  # what sort of talk it is that no report answers
    topic: str = ""  # the question without places, times and the words that ask
    thing: str = ""  # the topic without the words of growth
    subject: str = (
        ""  # the topic as the question has it, to name it in a refusal; empty where it stands apart
    )
    asking: str = ""  # the words that ask (有多少家), by which a completed follow-up reads well
    named: tuple[Named, ...] = ()
    times: tuple[Time, ...] = ()
    report_years: tuple[int, ...] = ()  # the years of the reports that it names (2026年报告)
    documents: tuple[str, ...] = ()  # what it calls the reports
    units: Units = Units()
    kind: Kind | None = None  # of figure, where one was named
    direction: Direction | None = None
    target: bool = False  # what is planned is asked for
    quantity: Figure | None = None  # what is looked up: where it stands or what it is of
    # What is done with the answers to several queries; those to be told together are ``parts``.
    operation: Operation | None = None
    sides: tuple[Query, ...] = ()
    parts: tuple[Query, ...] = ()
    # For questions over all places or rows.
    order: Ordering | None = None
    conditions: tuple[Condition, ...] = ()
    level: Level | None = None  # of places
    region: str = ""
    items: str = ""  # what is asked for by 哪个 (省, 企业)
    less: bool = False  # the smaller of several is asked for
    estimate: bool = False  # a computed figure is asked for, too
    today: str = ""  # a day that no report can know of, as it was said
    writer: bool = False  # who wrote a report is asked for, and not who gave it
    asked: bool = False  # words ask for the sort of answer, and not only the name of a measure
    # For questions after others.
    focus: str = ""  # what a follow-up asks anew; empty where the question stands by itself
    leans: bool = False  # it can only be understood by the question before
    pronoun: bool = False  # a word stands for what was asked about
    puts_together: Operation | None = None  # what is asked of several turns
    several: bool = False  # of all of them, and not of two
    against: bool = False  # the last one is held against what is named

    @property
    def amount(self) -> bool:
        """True where an amount is asked for by its name (产量): no share of it answers."""
        return self.kind is None and self.asks == "figure" and is_measure(self.topic, "amount")

    @property
    def money(self) -> bool:
        """True where an amount of money is asked for by its name and no unit."""
        plain = self.kind is None and self.asks == "figure" and not self.units.printed
        return plain and is_measure(self.topic, "money")

    @property
    def wants_figure(self) -> bool:
        """True where the answer is a quantity."""
        return self.asks in ("figure", "rank")

    @property
    def places(self) -> tuple[str, ...]:
        """The short names of the places that are named, 全国 for the country."""
        return tuple(dict.fromkeys(one.name for one in self.named if one.kind in ("place", "nation")))

    @property
    def own_named(self) -> tuple[Named, ...]:
        """What limits the reports: not the first word of a title, nor the country where a place in it is asked for."""
        rank = self.asks == "rank"
        return tuple(one for one in self.named if one.kind != "title" and not (rank and one.kind == "nation"))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are named, in the order of the question."""
        return tuple(dict.fromkeys(year for time in self.times for year in time.years))

    @property
    def offsets(self) -> tuple[int, ...]:
        """The years that are counted from a report's own: 今年 0, 去年 -1."""
        return tuple(dict.fromkeys(time.offset for time in self.times if time.offset is not None))

    @property
    def names_time(self) -> bool:
        """True where it says which year, or whose report, is asked about."""
        return bool(self.years or self.report_years or self.offsets)

    def alone(self) -> Query:
        """Return the query without those that it is made of or told with."""
        return replace(self, operation=None, sides=(), parts=())

    def of(self, **changes: object) -> Query:
        """Return the query with some fields changed, put into words anew."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        return replace(changed, text=changed.wording())

    def wording(self) -> str:
        """Return the query as a question, in the order in which one asks: where, when, what."""
        where = "和".join(dict.fromkeys(one.text for one in self.named if one.text not in self.topic))
        when = "和".join(dict.fromkeys(time.text for time in self.times))
        if self.purpose == "imprint":
            return f"{where}{when}的{''.join(self.documents)}{self.asking}"
        planned = "目标" if self.target and "目标" not in f"{self.topic}{self.asking}" else ""
        return f"{where}{when}{self.topic.replace(' ', '')}{planned}{self.asking}"
