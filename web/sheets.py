"""The passages of an answer as they are shown: marks, why each was found, its print, its text before repair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from corpus.document import Passage, Rectangle, RepairStep, Report
from corpus.row_words import in_words
from index.manifest import ReportEntry
from retrieval.answer import Answer, Hit
from web.cited import is_used
from web.i18n import WORDS, Words
from web.markup import Span
from web.rows.draw import drawn

# The address below which reports are read and their pages are looked at: see ``web.source``.
SOURCE = "source"


def reader_address(generation: str, number: int, start: int, end: int) -> str:
    """Return where report ``number`` of a generation is read, opened at a span of its text."""
    return f"{SOURCE}/{generation}/{number}?{urlencode({'start': start, 'end': end})}#here"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page's picture in per cent of its width and height, and how it is marked."""

    left: float
    top: float
    width: float
    height: float
    style: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A page that a passage is printed on; ``top`` is where the passage begins, in parts of the page."""

    page: int
    address: str
    top: float
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One passage, its ``text`` as it is shown; ``raw`` is that before it was repaired, None where it is the same."""

    number: int
    hit: Hit
    text: Markup
    why: tuple[str, ...]
    reader: str
    raw: str | None = None
    steps: tuple[RepairStep, ...] = ()
    picture: Picture | None = None


def sheets_of(
    answer: Answer,
    entries: Sequence[ReportEntry],
    whole: Callable[[str], Report],
    generation: str,
    words: Words,
) -> list[Sheet]:
    """Return the passages of an answer in their order; ``whole`` gives a report by its name."""
    numbers = {entry.name: number for number, entry in enumerate(entries)}
    return [
        _sheet(number, hit, answer, whole, generation, numbers.get(hit.passage.report, -1), words)
        for number, hit in enumerate(answer.hits, start=1)
    ]


def _sheet(
    number: int,
    hit: Hit,
    answer: Answer,
    whole: Callable[[str], Report],
    generation: str,
    place: int,
    words: Words,
) -> Sheet:
    passage, why = hit.passage, tuple(_why(hit, words))
    marks = tuple(_marks(hit, answer))
    text = drawn(passage.text, marks, words)
    try:
        report = whole(passage.report)
    except KeyError:  # the index was exchanged since
        return Sheet(number, hit, text, why, "")
    raw = report.source[slice(*report.source_span(passage.start, passage.end))]
    return Sheet(
        number=number,
        hit=hit,
        text=text,
        why=why,
        reader=reader_address(generation, place, passage.start, passage.end),
        raw=in_words(raw) if raw != passage.text else None,
        steps=report.repairs,
        picture=_picture(passage, report, marks, f"{SOURCE}/{generation}/{place}"),
    )


def _marks(hit: Hit, answer: Answer) -> Iterator[Span]:
    """Mark the matched words, the figures, those asked for, and the sentence that is quoted."""
    yield from (Span(start, end, "word") for start, end in hit.highlights)
    for figure in answer.figures:
        if figure.passage == hit.passage:
            yield Span(figure.start, figure.end, "asked" if is_used(figure, answer) else "figure")
    if answer.quote and hit is answer.hits[0]:
        yield Span(*answer.quote, "quoted")


def _why(hit: Hit, words: Words) -> Iterator[str]:
    """Say in which rankings a passage was found, and at what place."""
    for name, rank in sorted(hit.ranks.items(), key=lambda item: item[1]):
        key = f"why.{name}"
        yield words(key, place=rank) if key in WORDS else words("why.other", name=name, place=rank)


def _picture(passage: Passage, report: Report, marks: Iterable[Span], address: str) -> Picture | None:
    """Return the page on which a passage begins, with where it and its asked figures are printed."""
    if passage.page is None or not passage.areas:
        return None
    page = passage.areas[0].page
    asked = [
        area
        for mark in marks
        if mark.style == "asked"
        for area in report.rectangles(passage.start + mark.start, passage.start + mark.end)
    ]
    printed = [(area, "printed") for area in passage.areas] + [(area, "asked") for area in asked]
    areas = tuple(_area(area, style) for area, style in printed if area.page == page)
    # The asked figure is what one wants to see; without one, the beginning.
    first = min((area.top for area in asked if area.page == page), default=passage.areas[0].top)
    return Picture(page, f"{address}/page/{page}.webp", round(first, 4), areas)


def _area(area: Rectangle, style: str) -> Area:
    left, top, right, bottom = (
        round(100 * edge, 2) for edge in (area.left, area.top, area.right, area.bottom)
    )
    return Area(left, top, round(right - left, 2), round(bottom - top, 2), style)
