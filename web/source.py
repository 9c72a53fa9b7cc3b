"""The reports themselves: one as a page to read, and the pictures of its pages.

What may be asked for is a generation's name, a number and a page: never a file's name.  The file is
the one that the index was made from, and only that of the generation in use is opened; of the others
that are kept there is the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from threading import BoundedSemaphore

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from corpus.document import Heading, Report
from corpus.errors import CorpusError
from corpus.marks import is_table_row
from corpus.picture import page_picture
from corpus.row_tables import ShownTable, blocks
from index.errors import StoreError
from index.generation import read_kept_report
from index.manifest import ReportEntry
from index.store import GenerationStore
from web.current import Shelf
from web.desk import Desk
from web.i18n import Words, language_of, words
from web.markup import Span, marked, templates
from web.rows.draw import draw_table
from web.sheets import SOURCE
from web.spoken import repair_said

# Pixels: print is legible on a sharp screen.
PICTURE_WIDTH = 1400
# Characters.
LONGEST_HEADING = 60
LONGEST_FIGURE = 24
# Pages that are drawn at once, each in a process of its own; others wait.
DRAWN_AT_ONCE = 2

_drawing = BoundedSemaphore(DRAWN_AT_ONCE)
_READER = templates.get_template("reader.html")
_GONE = templates.get_template("gone.html")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report: a heading where ``level`` is not 0; the page that begins with it, if one does.

    Rows of a table are one line: ``html`` is the table.
    """

    text: str
    level: int
    marks: tuple[Span, ...]
    here: bool
    first: bool
    page: int | None = None
    html: Markup | None = None


def source_routes(desk: Desk) -> list[Route]:
    """Return the routes that show the reports of ``desk``."""
    library = desk.current

    # Not coroutines: reading and drawing take time, so Starlette gives them a thread.
    def read(request: Request) -> Response:
        shelf, generation = library.shelf, request.path_params["generation"]
        earlier = "" if generation == shelf.generation else generation
        said = words(language_of(request))
        entry = _entry(shelf, request)
        report = shelf.report(entry.name) if entry else _earlier_report(desk, request)
        if report is None:
            return HTMLResponse(_GONE.render(words=said), 404)
        start, end = (_number(request.query_params.get(name)) for name in ("start", "end"))
        lines = [*lines_of(report, start, end, said)]
        page = _READER.render(
            report=report, earlier=earlier, lines=lines, marked=marked, repair_said=repair_said, words=said
        )
        return HTMLResponse(page)

    def draw(request: Request) -> Response:
        said, entry = words(language_of(request)), _entry(library.shelf, request)
        file = desk.file_of(entry) if entry else None
        if file is None:
            raise HTTPException(404, said("reader.moved" if entry else "reader.gone"))
        try:
            with _drawing:
                picture = page_picture(file, request.path_params["page"], PICTURE_WIDTH)
        except CorpusError as error:
            raise HTTPException(404, said.say(error.message)) from error
        headers = {"Cache-Control": "private, max-age=3600"}
        return Response(picture.data, media_type=picture.media_type, headers=headers)

    below = f"/{SOURCE}/{{generation:str}}/{{number:int}}"
    return [Route(below, read), Route(f"{below}/page/{{page:int}}.webp", draw)]


def lines_of(report: Report, start: int, end: int, words: Words) -> Iterator[Line]:
    """Yield the lines of a report in order; those that share text with the span are ``here``."""
    headings = {heading.start: heading for heading in report.headings}
    pages = {page.start: page.number for page in report.pages}
    found = False
    # What the report is opened at stands out: a figure alone, else the stretch.
    style = "asked" if _is_figure(report.text, start, end) else "here"
    spans = {Span(start, end, "here"), Span(start, end, style)}
    for at, last, table in _pieces(report.text):
        shares = at < end and start < last
        first = shares and not found
        turned = [place for place in pages if place <= at]
        page = pages[turned[-1]] if turned else None
        pages = {place: number for place, number in pages.items() if place > at}
        if table is None:
            level = _level(headings.get(at))
            marks = (Span(start - at, end - at, style),) if shares else ()
            yield Line(report.text[at:last], level, marks, shares, first, page)
        else:
            inside = {place: number for place, number in pages.items() if place < last}
            html = draw_table(table, report.text, sorted(spans), words, inside, first)
            pages = {place: number for place, number in pages.items() if place >= last}
            yield Line("", 0, (), shares, first, page, html)
        found = found or shares


def _pieces(text: str) -> Iterator[tuple[int, int, ShownTable | None]]:
    """Yield the lines and the tables of a text with where they begin and end."""
    for block in blocks(text):
        if isinstance(block, ShownTable):
            yield block.start, block.end, block
            continue
        at = block.start
        for line in text[block.start : block.end].split("\n"):
            yield at, at + len(line), None
            at += len(line) + 1


def _is_figure(text: str, start: int, end: int) -> bool:
    """Tell whether a span is a number with its unit: no part of a table's row and no whole line (一、综合)."""
    said = text[start:end]
    if not 0 < len(said) <= LONGEST_FIGURE or is_table_row(said) or not any(map(str.isnumeric, said)):
        return False
    return not (text[:start].endswith("\n") and text[end : end + 1] in ("", "\n"))


def _level(heading: Heading | None) -> int:
    """Return how deep a heading is shown; one that runs on like a paragraph is shown as a paragraph."""
    return min(heading.level, 4) if heading and heading.end - heading.start <= LONGEST_HEADING else 0


def _entry(shelf: Shelf, request: Request) -> ReportEntry | None:
    """Return the report that a request names, None where there is none in the generation in use."""
    number: int = request.path_params["number"]
    if request.path_params["generation"] != shelf.generation or number >= len(shelf.reports):
        return None
    return shelf.reports[number]


def _earlier_report(desk: Desk, request: Request) -> Report | None:
    """Return the report that a request names of a kept generation, None where there is no such report."""
    store = GenerationStore(desk.index_dir)
    generation, number = request.path_params["generation"], request.path_params["number"]
    if generation not in store.names():
        return None
    try:
        return read_kept_report(store.folder(generation), number)
    except (StoreError, IndexError, OSError):
        return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else 0
