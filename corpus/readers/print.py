"""What a page of a PDF prints: its characters by the way they stand, and its drawn lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pypdfium2

from corpus.layout.characters import is_unreadable, plain
from corpus.layout.glyphs import Glyph, draw_lines, in_number
from corpus.layout.lines import PrintedLine, PrintedPage
from corpus.layout.vertical import join_vertical
from corpus.readers.drawn import Bounds, Style, read_characters
from corpus.readers.paths import Paths, find_paths

Point = Callable[[float, float], tuple[float, float]]

# Of the em square of Chinese type, over and under the line that it stands on.
ASCENT, DESCENT = 0.88, 0.12
SLANT = 8  # degrees off a quarter turn: drawn askew, as stamps and marks across the page are
LARGE_MARK = 1.6  # times the page's type: a mark across the page, not a label of a chart
UNSEEN = "看不见的文字：透明、极小，或与底色相同"
OUTSIDE = "在页面之外的文字"
ASKEW = "斜印在页面上的水印"


@dataclass(frozen=True, slots=True)
class Print:
    """A page as it is printed.

    pages       by the direction in which text stands, that of most text first; empty for a blank page
    raw         all characters in the order of the file
    left_out    (text, reason) of what is not seen or not part of the page's text
    doubled     characters that were drawn again
    characters  that are seen; ``unreadable`` of them have no meaning
    pictures    share of the page's area that pictures cover
    drawings    drawn paths
    """

    pages: tuple[PrintedPage, ...]
    raw: str
    left_out: tuple[tuple[str, str], ...]
    doubled: int
    characters: int
    unreadable: int
    pictures: float
    drawings: int


@dataclass(slots=True)
class _Found:
    """What was found so far on a page."""

    turned: dict[int, list[Glyph]] = field(default_factory=dict)
    askew: list[tuple[float, Glyph]] = field(default_factory=list)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    raw: list[tuple[str, Glyph | None]] = field(default_factory=list)


def read_print(page: pypdfium2.PdfPage, number: int) -> Print:
    """Return what a page prints; raises pypdfium2.PdfiumError where the page is damaged."""
    paths = find_paths(page)
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        found = _read_characters(page, text_page, paths)
    finally:
        text_page.close()
    sheets: list[PrintedPage] = []
    again: list[Glyph] = []
    raised: dict[int, str] = {}
    digit_gap = 0.0
    for turn, glyphs in sorted(found.turned.items(), key=lambda item: -len(item[1])):
        drawn = draw_lines(glyphs)
        again += drawn.again
        raised |= drawn.raised
        digit_gap = max(digit_gap, drawn.digit_gap)
        across, down = (height, width) if turn % 2 else (width, height)
        rulings = tuple(ruling for ruling in paths.rulings_at(turn, width, height))
        sheets.append(PrintedPage(number, across, down, tuple(drawn.lines), rulings, turn))
    sheets = join_vertical(sheets)
    sheets, marks = _with_askew(sheets, found.askew, number, (width, height))
    doubled = {id(glyph) for glyph in again}
    raw = _raw([(text, glyph) for text, glyph in found.raw if id(glyph) not in doubled], raised, digit_gap)
    left_out = [("".join(texts), reason) for reason, texts in found.hidden.items()]
    left_out += [(mark, ASKEW) for mark in marks]
    seen = [glyph.text for glyphs in found.turned.values() for glyph in glyphs if glyph.text != " "]
    return Print(
        tuple(sheets),
        raw,
        tuple(left_out),
        len(again),
        len(seen),
        sum(is_unreadable(text[0]) for text in seen),
        paths.picture_share,
        paths.count,
    )


def _raw(found: Sequence[tuple[str, Glyph | None]], raised: dict[int, str], digit_gap: float) -> str:
    """Return the characters in the file's order, without the spaces that the library sees inside numbers."""
    written: list[str] = []
    glyphs = [None, *(glyph for _text, glyph in found), None]
    for (text, glyph), before, after in zip(found, glyphs, glyphs[2:], strict=False):
        inside = text == " " and before is not None and after is not None and in_number(before, after)
        if inside and before and after and after.left - before.right <= digit_gap * after.size:
            continue
        written.append(raised.get(id(glyph), text))
    return "".join(written)


def _read_characters(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, paths: Paths) -> _Found:
    found = _Found()
    width, height = page.get_size()
    shown = paths.shown
    before: tuple[int | None, float, float] = (None, 0.0, 0.0)
    last: Glyph | None = None
    for character in read_characters(page, text_page):
        text, style = plain(character.text), character.style
        if style is None or not text:
            added = " " if character.text == " " else "\n"
            found.raw.append((text if style else added, None))
            continue
        at = shown(*character.origin)
        here = (character.owner, *at)
        if here == before and last is not None and text != " ":
            # One drawn sign that stands for several characters, a ligature.
            last = _lengthen(found, last, text)
            continue
        before = here
        hidden = _why_hidden(style, text, at, (width, height), paths)
        if hidden:
            found.hidden.setdefault(hidden, []).append(text)
            found.raw.append((text, None))
            last = None
            continue
        last = _place(found, style, text, character.box, at, (width, height), shown)
    return found


def _lengthen(found: _Found, last: Glyph, text: str) -> Glyph:
    longer = last._replace(text=last.text + text)
    for glyphs in found.turned.values():
        if glyphs and glyphs[-1] is last:
            glyphs[-1] = longer
    found.raw[-1] = (longer.text, longer)
    return longer


def _why_hidden(
    style: Style, text: str, at: tuple[float, float], size: tuple[float, float], paths: Paths
) -> str:
    """Return why a character is not to be read, "" for one that is seen."""
    if text == " ":
        return ""
    if not (0 <= at[0] <= size[0] and 0 <= at[1] <= size[1]):
        return OUTSIDE
    if not style.seen or (style.white and not paths.is_on_ground(*at)):
        return UNSEEN
    return ""


def _place(
    found: _Found,
    style: Style,
    text: str,
    box: Bounds,
    at: tuple[float, float],
    size: tuple[float, float],
    shown: Point,
) -> Glyph:
    """Put a character among those that stand as it does."""
    quarter = round(style.angle / 90)
    turn = -quarter % 4
    (x0, y0), (x1, y1) = shown(box[0], box[1]), shown(box[2], box[3])
    left, right = upright(x0, y0, turn, *size)[0], upright(x1, y1, turn, *size)[0]
    left, right = min(left, right), max(left, right)
    base = upright(*at, turn, *size)[1]
    top, bottom = base - ASCENT * style.size, base + DESCENT * style.size
    glyph = Glyph(text, left, top, right, bottom, base, style.size, style.bold)
    if abs(style.angle - 90 * quarter) > SLANT:
        found.askew.append((style.angle, glyph))
    else:
        found.turned.setdefault(turn, []).append(glyph)
    found.raw.append((text, glyph))
    return glyph


def upright(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """Return a point of the page as it is shown in the frame where text of that turn stands upright."""
    if turn == 1:
        return y, width - x
    if turn == 2:
        return width - x, height - y
    return (height - y, x) if turn == 3 else (x, y)


def _with_askew(
    sheets: Sequence[PrintedPage],
    askew: Sequence[tuple[float, Glyph]],
    number: int,
    size: tuple[float, float],
) -> tuple[list[PrintedPage], list[str]]:
    """Add what is drawn askew: labels of charts as lines of their own; return the large marks apart."""
    typical = max((line.size for sheet in sheets[:1] for line in sheet.lines), default=0.0)
    runs: list[list[Glyph]] = []
    angle = None
    for slant, glyph in askew:
        near = runs and angle == slant and abs(glyph.base - runs[-1][-1].base) < 2 * glyph.size
        if near and abs(glyph.left - runs[-1][-1].left) < 2 * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        angle = slant
    marks: list[str] = []
    labels: list[PrintedLine] = []
    for run in runs:
        text = "".join(glyph.text for glyph in run).strip()
        if run[0].size > LARGE_MARK * typical:
            marks.append(text)
        elif text:
            labels.append(_label(text, run))
    extra = [PrintedPage(number, *size, tuple(labels))] if labels else []
    return [*sheets, *extra], marks


def _label(text: str, run: Sequence[Glyph]) -> PrintedLine:
    left, right = min(glyph.left for glyph in run), max(glyph.right for glyph in run)
    top, bottom = min(glyph.top for glyph in run), max(glyph.bottom for glyph in run)
    return PrintedLine(text, left, top, right, bottom, run[0].size, run[0].bold)
