"""Characters, as a file draws them one by one, to printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.layout.lines import PrintedLine
from corpus.layout.regions import overlap

# All in type sizes.
DRAWN_AGAIN = 0.3  # of its width, by which a character is moved that is drawn twice to look bold
SAME_BASELINE = 0.25
RAISED = 0.6  # how far the foot of a note mark or an exponent may be off the line
SMALLER = 0.8  # times the size: type of marks that are raised
WIDEST_GAP = 1.1  # inside a line, between characters drawn one after the other
WIDEST_JOIN = 0.7  # between parts of a line that were drawn at different times
STEP_BACK = 0.6  # kerning and italics reach into the character before
WORD_GAP = 0.16  # between Latin letters: a space
PHRASE_GAP = 0.75  # between Chinese characters: a space that is meant
NEXT_BELOW = (0.7, 1.3)  # from one character of a vertical line to the next
HALF = 0.5
GUTTER_ROWS = 5  # rows that have a gap at the same place, where it is a gutter
SHORTEST_VERTICAL = 3  # characters; two under each other may be cells

DIGITS = frozenset("0123456789.,%")
FEWEST_DIGITS = 4  # pairs of them that say how a page sets its numbers
APART_SHARE = 0.5  # of all pairs, where a page sets them apart
SPREAD = 1.1
WIDEST_NUMBER_GAP = 0.6  # type sizes; wider is between two numbers
OPENING = frozenset("（《〈“‘【〔「『")
CLOSING = frozenset("，。、；：！？）》〉”’】〕」』")
SUPERSCRIPTS = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
SUBSCRIPTS = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")


class Glyph(NamedTuple):
    """A drawn character; a tuple since a page has thousands.

    The box is the type's own, from ascent to descent and over the advance, on the page as this
    text stands upright; ``base`` is the height of the line that it stands on.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """The lines that a page's characters make.

    again   characters that were drawn once more
    raised  by ``id`` of the glyph, what is written for one that is small and off its line
    digit_gap   type sizes that may be between the digits of a number
    """

    lines: list[PrintedLine]
    again: list[Glyph]
    raised: dict[int, str]
    digit_gap: float


def draw_lines(glyphs: Iterable[Glyph]) -> Drawn:
    """Return the printed lines of characters in the order in which they are drawn."""
    again: list[Glyph] = []
    once = list(_without_doubles(glyphs, again))
    below = list(_vertical_runs(once))
    down = sum(len(run) for run in below if len(run) >= SHORTEST_VERTICAL)
    # On a page of vertical lines two characters under each other are one, and parts side by side are not.
    upright = 2 * down > len(once)
    shortest = 2 if upright else SHORTEST_VERTICAL
    lines = [_vertical_line(run) for run in below if len(run) >= shortest]
    runs = list(_runs(glyph for run in below if len(run) < shortest for glyph in run))
    raised: dict[int, str] = {}
    digit_gap = find_digit_gap(once)
    for run in runs if upright else _joined(runs):
        line = _horizontal_line(run, raised, digit_gap)
        if line is not None:
            lines.append(line)
    return Drawn(split_at_gutters(lines), again, raised, digit_gap)


def _without_doubles(glyphs: Iterable[Glyph], again: list[Glyph]) -> Iterator[Glyph]:
    """Drop a character that is drawn once more at nearly the same place: shadow, outline, fake bold."""
    seen: dict[tuple[str, int], list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.text == " ":
            yield glyph
            continue
        row = round(glyph.base / max(glyph.size, 1e-6))
        width = max(glyph.right - glyph.left, 0.2 * glyph.size)
        near = (other for step in (0, -1, 1) for other in seen.get((glyph.text, row + step), ()))
        if any(
            abs(other.left - glyph.left) < DRAWN_AGAIN * width
            and abs(other.base - glyph.base) < SAME_BASELINE * glyph.size
            for other in near
        ):
            again.append(glyph)
            continue
        seen.setdefault((glyph.text, row), []).append(glyph)
        yield glyph


def _vertical_runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Return runs of characters each drawn right below the one before; most runs are of one."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _is_below(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _is_below(upper: Glyph, lower: Glyph) -> bool:
    size = max(upper.size, lower.size)
    if abs((upper.left + upper.right) - (lower.left + lower.right)) > 0.5 * size:
        return False
    if upper.text == " " or lower.text == " ":
        return False
    step = (lower.top + lower.bottom - upper.top - upper.bottom) / 2
    least, most = NEXT_BELOW
    return least * size <= step <= most * size


def _blank(before: Glyph, after: Glyph) -> float:
    """Return how much of their em squares a comma or a bracket leaves empty: no gap, and may overlap."""
    return HALF * ((after.text in OPENING) + (before.text in CLOSING))


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Return runs of characters that are drawn one after the other on one line."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _follows(before: Glyph, after: Glyph) -> bool:
    size = max(before.size, after.size)
    gap = after.left - before.right
    blank = _blank(before, after)
    if not -(STEP_BACK + blank) * size <= gap <= (WIDEST_GAP + blank) * size:
        return False
    off = abs(before.base - after.base)
    if off <= SAME_BASELINE * size:
        return True
    smaller = min(before.size, after.size) <= SMALLER * size
    return smaller and off <= RAISED * size and gap <= WORD_GAP * 2 * size


def _joined(runs: Iterable[list[Glyph]]) -> list[list[Glyph]]:
    """Join runs that go on each other's line, in whatever order they were drawn."""
    found: list[list[Glyph]] = []
    ordered = sorted((run for run in runs if any(g.text != " " for g in run)), key=_place)
    for run in ordered:
        near = next((other for other in reversed(found[-40:]) if _goes_on(other, run)), None)
        if near is None:
            found.append(run)
        else:
            near += run
    return found


def _place(run: Sequence[Glyph]) -> tuple[float, float]:
    # By rows of half a line's height, so that the parts of a line come from left to right.
    base = median(glyph.base for glyph in run)
    return round(base / max(run[0].size / 2, 1e-6)) * run[0].size / 2, run[0].left


def _goes_on(before: Sequence[Glyph], after: Sequence[Glyph]) -> bool:
    first, last = after[0], before[-1]
    size = max(first.size, last.size)
    gap = first.left - last.right
    blank = _blank(last, first)
    if not -(WORD_GAP + blank) * size <= gap <= WIDEST_JOIN * size:
        return False
    if abs(first.base - last.base) <= SAME_BASELINE * size:
        return True
    smaller = min(first.size, last.size) <= SMALLER * size
    return smaller and abs(first.base - last.base) <= RAISED * size and gap <= WORD_GAP * size


def _vertical_line(run: Sequence[Glyph]) -> PrintedLine:
    return PrintedLine(
        "".join(glyph.text for glyph in run),
        min(glyph.left for glyph in run),
        run[0].top,
        max(glyph.right for glyph in run),
        run[-1].bottom,
        median(glyph.size for glyph in run),
        2 * sum(glyph.bold for glyph in run) > len(run),
        vertical=True,
        spans=tuple((glyph.top, glyph.bottom) for glyph in run for _ in glyph.text),
    )


def _horizontal_line(run: Sequence[Glyph], raised: dict[int, str], digit_gap: float) -> PrintedLine | None:
    inked = [glyph for glyph in run if glyph.text != " "]
    if not inked:
        return None
    size = _main_size(inked)
    base = median(glyph.base for glyph in inked if glyph.size > SMALLER * size)
    text: list[str] = []
    spans: list[tuple[float, float]] = []
    before: Glyph | None = None
    spaced = False
    for glyph in run:
        if glyph.text == " ":
            spaced = before is not None
            continue
        if before is not None and _is_spaced(before, glyph, spaced, digit_gap):
            text.append(" ")
            spans.append((before.right, max(before.right, glyph.left)))
        shown = _shown(glyph, base, size)
        if shown != glyph.text:
            raised[id(glyph)] = shown
        text.append(shown)
        spans += _spread(glyph, len(shown))
        before, spaced = glyph, False
    body = [glyph for glyph in inked if glyph.size > SMALLER * size]
    return PrintedLine(
        "".join(text),
        min(glyph.left for glyph in inked),
        min(glyph.top for glyph in body),
        max(glyph.right for glyph in inked),
        max(glyph.bottom for glyph in body),
        size,
        2 * sum(glyph.bold for glyph in inked) > len(inked),
        spans=tuple(spans),
    )


def _main_size(glyphs: Sequence[Glyph]) -> float:
    """Return the size that most of a line's characters have, by the room that they take."""
    taken: dict[float, float] = {}
    for glyph in glyphs:
        size = round(glyph.size, 1)
        taken[size] = taken.get(size, 0.0) + glyph.right - glyph.left
    return max(taken, key=lambda size: (taken[size], size))


def _spread(glyph: Glyph, count: int) -> list[tuple[float, float]]:
    """Return the places of the characters of a ligature: equal parts of its box."""
    unit = (glyph.right - glyph.left) / count
    return [(glyph.left + unit * place, glyph.left + unit * (place + 1)) for place in range(count)]


def _shown(glyph: Glyph, base: float, size: float) -> str:
    """Return a character; small and off the line it is an exponent or the mark of a note."""
    if glyph.size > SMALLER * size:
        return glyph.text
    if glyph.base < base - SAME_BASELINE / 2 * size:
        return glyph.text.translate(SUPERSCRIPTS)
    return glyph.text.translate(SUBSCRIPTS) if glyph.base > base + 0.05 * size else glyph.text


def find_digit_gap(glyphs: Sequence[Glyph]) -> float:
    """Return the widest gap, in type sizes, inside the numbers of a page: some set digits apart."""
    gaps = sorted(
        (after.left - before.right) / max(after.size, 1e-6)
        for before, after in pairwise(glyphs)
        if in_number(before, after) and -STEP_BACK * after.size < after.left - before.right < after.size
    )
    apart = [gap for gap in gaps if WORD_GAP < gap < WIDEST_NUMBER_GAP]
    if len(apart) < max(FEWEST_DIGITS, APART_SHARE * len(gaps)):
        return WORD_GAP
    return min(apart[-1] * SPREAD, WIDEST_NUMBER_GAP)


def in_number(before: Glyph, after: Glyph) -> bool:
    """Tell two characters, drawn one after the other, that may be parts of one number."""
    if abs(before.base - after.base) > SAME_BASELINE * after.size:
        return False
    return before.text in DIGITS and after.text in DIGITS and (before.text + after.text).strip(".,") != ""


def _is_spaced(before: Glyph, after: Glyph, drawn: bool, digit_gap: float) -> bool:
    """Tell whether a gap is a space: small between Latin words, wide between Chinese phrases."""
    size = min(before.size, after.size)
    gap = after.left - before.right
    gap -= _blank(before, after) * size
    if digit_gap > WORD_GAP and in_number(before, after):
        return gap > digit_gap * size
    latin = _is_latin(before.text[-1]) and _is_latin(after.text[0])
    if latin:
        return gap > (WORD_GAP / 2 if drawn else WORD_GAP) * size
    return gap > PHRASE_GAP * size


def _is_latin(character: str) -> bool:
    return character < "\u2000" and not character.isspace()


def split_at_gutters(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Cut lines at gaps that stand over each other in many rows: a narrow gutter drawn across.

    A file that is drawn row by row has no other sign of its columns.
    """
    gaps = [
        (line.spans[place - 1][1], line.spans[place + 1][0], number, place)
        for number, line in enumerate(lines)
        if line.spans and not line.vertical
        for place, character in enumerate(line.text)
        if character == " " and _is_wide(line, place)
    ]
    cuts: dict[int, list[int]] = {}
    for left, right, number, place in gaps:
        met = sum(overlap((left, right), other[:2]) > 0.5 * lines[number].size for other in gaps)
        if met >= GUTTER_ROWS and not _is_crossed(lines, lines[number], (left + right) / 2):
            cuts.setdefault(number, []).append(place)
    return [piece for number, line in enumerate(lines) for piece in _pieces(line, cuts.get(number, []))]


def _is_wide(line: PrintedLine, place: int) -> bool:
    return line.spans[place + 1][0] - line.spans[place - 1][1] >= PHRASE_GAP * line.size


def _is_crossed(lines: Sequence[PrintedLine], line: PrintedLine, at: float) -> bool:
    """Tell whether text of the lines close above and below stands where the gap is."""
    near = [
        other
        for other in lines
        if other is not line and abs(other.top - line.top) < 3 * line.size and other.left < at < other.right
    ]
    return any(
        start < at < end for other in near for start, end in other.spans if end > start and _ink(other, start)
    )


def _ink(line: PrintedLine, start: float) -> bool:
    return any(span[0] == start and line.text[place] != " " for place, span in enumerate(line.spans))


def _pieces(line: PrintedLine, cuts: Sequence[int]) -> list[PrintedLine]:
    bounds = [0, *cuts, len(line.text)]
    return [piece for a, b in pairwise(bounds) if (piece := line.cut(a, b)) is not None]
