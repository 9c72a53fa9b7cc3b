"""Told: what a conversation shows of an answer, small enough to be kept in the visitor's browser.

The browser sends it back when a conversation is opened again, so it is read like any input from
outside: by its types and its lengths.  All that it can change is what its own visitor sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from corpus.figures.figure import Status
from corpus.messages import Message, says
from index.manifest import ReportEntry
from retrieval.answer import Answer
from retrieval.grounding import numbers_in
from retrieval.reader.confidence import level
from retrieval.render.explain import explain
from retrieval.suggestions import Subject, Suggestion
from retrieval.words.phrases import BOUND_SAID, kind_said
from retrieval.words.wording import BOUND_SIGNS, quantity
from web.cited import Style, answer_spans, asked_figure, beside, passages_of, report_name, shortened
from web.i18n import CHINESE, WORDS
from web.listed import Part, parts_of
from web.markup import Span
from web.quantity import number_and_unit
from web.spoken import place_of
from web.whose import Whose, whose_of

# Passages that are named one by one under an answer.
MOST_NAMED = 3
# Pieces of an answer that are kept: with more it is shown as a text.
MOST_PARTS = 500
# Turns that are shown of a conversation: more than anyone scrolls back.
TURNS_KEPT = 40

# Why the page itself refuses a question: it is not in the reports' language, or too many wait.
FOREIGN, CROWDED = "language", "crowded"
# What is refused for a better reason than its language.
UNASKABLE = ("empty", "too_long", "chit_chat")

Short = Annotated[str, Field(max_length=200)]
Line = Annotated[str, Field(max_length=2_000)]
Long = Annotated[str, Field(max_length=20_000)]


@dataclass(frozen=True, slots=True)
class Card:
    """The asked figure as it is shown large: as printed, with what is said beside it."""

    indicator: Line
    number: Line
    unit: Short
    sign: Short = ""
    bound: Message | Short = ""
    beside: Annotated[tuple[Line, ...], Field(max_length=5)] = ()
    explained: Message | Line = ""
    period: Line = ""
    kind: Message | Short = ""
    status: Status = "actual"


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a conversation shows it.

    ``understood`` is empty where the question was taken as it was asked; ``spans`` mark ``text``,
    ``parts`` are what it is made of (a conversation that an older page kept has none);
    ``sources`` name the passages as one reads them, ``locations`` as one looks them up; ``passages``
    counts them; ``checked`` are the numbers of the text that are proven, and all; ``reports`` are
    those that the question was limited to.  A question without one Chinese character that the reports
    do not answer is refused for its language, without anything that would be near to it.
    """

    question: Line
    found: bool
    text: Long
    understood: Line = ""
    spans: Annotated[tuple[tuple[int, int, Style], ...], Field(max_length=200)] = ()
    parts: Annotated[tuple[Part, ...], Field(max_length=MOST_PARTS)] = ()
    card: Card | None = None
    whose: Whose | None = None
    formulas: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    sources: Annotated[tuple[Message | Line, ...], Field(max_length=MOST_NAMED)] = ()
    locations: Annotated[tuple[Line, ...], Field(max_length=50)] = ()
    passages: int = 0
    checked: tuple[int, int] = (0, 0)
    confidence: Literal["", "sure", "fair", "unsure"] = ""
    seconds: float = 0.0
    evidence: bool = False
    reason: Short = ""
    subject: Subject | None = None
    follow_ups: Annotated[tuple[Suggestion, ...], Field(max_length=8)] = ()
    reports: Annotated[tuple[Line, ...], Field(max_length=2_000)] = ()

    @property
    def is_refused_here(self) -> bool:
        """Tell whether the reason is the page's own, which has words in both languages."""
        return self.reason in (FOREIGN, CROWDED)

    @property
    def marks(self) -> list[Span]:
        """The spans of the text with their styles."""
        return [Span(*span) for span in self.spans]


_TOLD: TypeAdapter[Told] = TypeAdapter(Told)


def tell(
    answer: Answer,
    entries: Sequence[ReportEntry],
    reports: Sequence[str] = (),
    subject: Subject | None = None,
    follow_ups: Sequence[Suggestion] = (),
) -> Told:
    """Return what a conversation shows of an answer out of the reports of ``entries``."""
    if _is_foreign(answer):
        return refused(answer.question, FOREIGN)
    passages = passages_of(answer)
    named = passages if len(passages) <= MOST_NAMED else []
    several = len(entries) > 1 or len(named) > 1
    quoted = answer.quote if answer.quote and len(named) == 1 else (0, None)
    understood = answer.understood.strip()
    return Told(
        question=_question(answer.question),
        found=answer.found,
        text=answer.text,
        understood="" if understood in ("", answer.question.strip()) else shortened(understood),
        spans=answer_spans(answer),
        parts=parts_of(answer.pieces) if len(answer.pieces) <= MOST_PARTS else (),
        card=_card(answer),
        whose=whose_of(answer, passages, entries),
        formulas=tuple(computation.formula for computation in answer.computations),
        sources=tuple(
            says(
                "file.source",
                "{report} {place}",
                report=report_name(passage),
                place=place_of(passage, *quoted),
            )
            if several
            else place_of(passage, *quoted)
            for passage in named
        ),
        locations=tuple(passage.location for passage in passages),
        passages=len(passages),
        checked=numbers_in(answer) if answer.found and passages else (0, 0),
        confidence=level(answer.confidence) if answer.found else "",
        seconds=answer.seconds,
        evidence=bool(answer.hits),
        reason=answer.reason or "",
        subject=subject,
        follow_ups=tuple(follow_ups),
        reports=tuple(reports),
    )


def _is_foreign(answer: Answer) -> bool:
    """Tell a question that the reports do not answer and that has words, but not one Chinese character."""
    if answer.found or answer.reason in UNASKABLE or CHINESE.search(answer.question):
        return False
    return any(character.isalpha() for character in answer.question)


def refused(question: str, reason: str) -> Told:
    """Return what is shown of a question that the page refuses itself, for a reason of its own words."""
    return Told(_question(question), False, WORDS[f"refusal.{reason}"][0], reason=reason)


def _question(asked: str) -> str:
    # Half a surrogate pair cannot be sent as UTF-8.
    return shortened(asked).encode("utf-8", "replace").decode("utf-8")


def to_json(told: Told) -> dict[str, Any]:
    """Return it as JSON values, without what may be left out."""
    return {
        name: value
        for name, value in asdict(told).items()
        if name in ("question", "text") or value not in ("", (), None)
    }


def from_json(content: object) -> Told | None:
    """Read what ``to_json`` gave; None if it is something else."""
    try:
        return _TOLD.validate_python(content)
    except ValidationError:
        return None


def _card(answer: Answer) -> Card | None:
    figure = asked_figure(answer)
    if figure is None:
        return None
    number, unit = number_and_unit(figure)
    return Card(
        indicator=figure.indicator,
        number=number,
        unit=unit,
        sign=BOUND_SIGNS[figure.bound],
        bound=BOUND_SAID[figure.bound] if figure.bound != "=" else "",
        beside=tuple(quantity(one) for one in beside(figure, answer)),
        explained=explain(figure) or "",
        period=figure.period or "",
        kind=kind_said(figure) if figure.kind != "level" else "",
        status=figure.status,
    )
