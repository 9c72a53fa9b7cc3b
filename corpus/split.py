"""Split a report into passages that end where sentences end, with exact offsets."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.document import Heading, Passage, Report

# From the best place to cut to the worst.  A closing quote or bracket stays with its sentence.
SEPARATORS = [r"\n", r"[。！？!?…]+[”’）)】』」]*", r"[；;]", r"[，,、]", ""]


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """How long passages are, in characters.

    ``longest`` bounds a passage; a rest shorter than ``shortest`` joins the passage before
    it where both together are at most ``longest`` plus ``shortest``.
    """

    longest: int = 240
    shortest: int = 80


def split_report(report: Report, settings: SplitSettings | None = None) -> list[Passage]:
    """Return the passages of a report, in order.

    ``report.text[p.start:p.end] == p.text`` for each; together they hold every character
    but white space between them.  A passage does not reach across a heading; a heading
    begins the passage that follows it.
    """
    settings = settings or SplitSettings()
    starts, breaks = _line_starts(report.text), _line_starts(report.source)
    paths = _heading_paths(report.headings)
    begins = [heading.start for heading in report.headings]
    return [
        # The headings that hold at the end of a passage: it may begin with its own.
        _passage(report, number, start, end, starts, breaks, paths[bisect_left(begins, end)])
        for number, (start, end) in enumerate(passage_spans(report, settings), start=1)
    ]


def passage_spans(report: Report, settings: SplitSettings | None = None) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``split_report``'s passages."""
    settings = settings or SplitSettings()
    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        is_separator_regex=True,
        # Kept separators, no overlap and no stripping: the pieces re-join to the text.
        keep_separator="end",
        chunk_overlap=0,
        strip_whitespace=False,
        chunk_size=settings.longest,
    )
    for section_start, section_end in _sections(report):
        section = report.text[section_start:section_end]
        lengths = _merge_short_rest([len(piece) for piece in splitter.split_text(section)], settings)
        start = section_start
        for length in lengths:
            bare = _strip(report.text, start, start + length)
            if bare[0] < bare[1]:
                yield bare
            start += length


def _merge_short_rest(lengths: list[int], settings: SplitSettings) -> list[int]:
    """Join a last piece that is too short to be understood alone to the one before it."""
    if len(lengths) > 1 and lengths[-1] < settings.shortest:
        together = lengths[-2] + lengths[-1]
        if together <= settings.longest + settings.shortest:
            return [*lengths[:-2], together]
    return lengths


def _sections(report: Report) -> Iterator[tuple[int, int]]:
    """Return the spans between headings; headings that follow each other stay together."""
    cuts = [0]
    begin = len(report.text) - len(report.text.lstrip())
    for previous, heading in zip((None, *report.headings), report.headings, strict=False):
        follows = previous is not None and not report.text[previous.end : heading.start].strip()
        if not follows and begin < heading.start:
            cuts.append(heading.start)
    cuts.append(len(report.text))
    return pairwise(cuts)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _line_starts(text: str) -> list[int]:
    return [0, *(offset + 1 for offset, character in enumerate(text) if character == "\n")]


def _passage(
    report: Report,
    number: int,
    start: int,
    end: int,
    starts: list[int],
    breaks: list[int],
    headings: tuple[str, ...],
) -> Passage:
    rows = report.sheet_rows(start, end)
    first, last = report.source_span(start, end)
    return Passage(
        report=report.name,
        number=number,
        text=report.text[start:end],
        start=start,
        end=end,
        title=report.title,
        headings=headings,
        paragraph=bisect_right(starts, start),
        # As report.lines counts them, which begins at the start of the file for every passage.
        lines=(bisect_right(breaks, first), bisect_right(breaks, last)),
        page=next((page.number for page in reversed(report.pages) if page.start <= start), None),
        areas=report.rectangles(start, end),
        sheet=next((row.sheet for row in rows if row), ""),
        rows=tuple(row.row if row else 0 for row in rows),
    )


def _heading_paths(headings: Sequence[Heading]) -> list[tuple[str, ...]]:
    """Return what holds before the first heading and after each, outermost first."""
    path: list[Heading] = []
    paths: list[tuple[str, ...]] = [()]
    for heading in headings:
        path = [outer for outer in path if outer.level < heading.level] + [heading]
        paths.append(tuple(outer.text for outer in path))
    return paths
