"""RecognisedPage: a picture of a page read line by line, with how sure that is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median

import numpy as np
import numpy.typing as npt
from PIL import Image

from corpus.document import Omission
from corpus.layout.lines import NARROW_CHARACTER, PrintedLine, PrintedPage, Ruling, text_width
from corpus.ocr.engine import Engine, Pixels, Reading, crop
from corpus.ocr.rulings import find_rulings
from corpus.ocr.seal import Seal, find_seals, without_red
from corpus.ocr.tidy import tidy
from corpus.ocr.upright import find_lines, is_tall, lean, stand_upright, straighten
from corpus.ocr.vertical import in_a_row, places_in_column

Quad = npt.NDArray[np.float32]
Spans = tuple[tuple[float, float], ...]
ReadLines = Callable[[Sequence[Pixels]], list[Reading]]

LEAST_CONFIDENCE = 0.5  # of a line; below, it is texture of a photograph or unreadable
DOUBTFUL = 0.85  # of a line, or of one of its digits: to be compared with the page
HIGHEST = 2.5  # height to width of the box around one narrow character
BOX_HEIGHT = 1.12  # ems: how high the box is that is found around a line of Chinese type
WIDE_GAP = 2.0  # ems between the edges of neighbouring characters that part two cells or columns
WIDER_THAN_USUAL = 3.0  # times the usual distance of the line's characters: a spaced title stays whole
SPACE = 0.3  # ems between the edges of neighbouring characters that are a space
SPACE_IN_NUMBER = 1.2  # ems between digits: where one is printed is known to half an em
NUMBER = re.compile(r"[\d.,%]{2}")
SPARSE = 1.4  # times the usual distance of the line's characters
LEAST_MEASURED = 6  # characters whose mean distance is the type's size
SAME_SIZE = 1.12  # between heights that are measured of one type size


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """What a picture of a page says.

    printed     its lines, to be read in order
    lean        degrees by which its lines sink to the right; ``printed`` has them straight
    characters, confidence   how many it has, and the mean confidence over them
    doubtful    the lines that may be misread
    omissions   what was recognised and left out
    """

    printed: PrintedPage
    lean: float
    characters: int
    confidence: float
    doubtful: tuple[str, ...]
    omissions: tuple[Omission, ...]

    @property
    def text(self) -> str:
        """All that was recognised, in any order."""
        return "\n".join([*(line.text for line in self.printed.lines), *(one.text for one in self.omissions)])


@dataclass(frozen=True, slots=True)
class _Line:
    """A box of the upright picture and what it says."""

    quad: Quad
    reading: Reading
    vertical: bool = False


def recognise_page(models: Engine, number: int, picture: Image.Image, read: ReadLines) -> RecognisedPage:
    """Recognise one page; ``read`` reads pictures of lines, as ``models.read`` does."""
    pixels: Pixels = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    pixels, turns, quads = stand_upright(models, pixels)
    lines = _read_boxes(pixels, quads, read)
    lines, sealed = _read_under_seals(models, pixels, lines, read)
    clear = [line for line in lines if line.reading.confidence >= LEAST_CONFIDENCE]
    unclear = [line for line in lines if line.reading.confidence < LEAST_CONFIDENCE]
    angle = lean(quads)
    height, width = pixels.shape[:2]
    rulings = straighten(find_rulings(pixels), angle, pixels.shape)
    confidences = [one for line in clear for one in line.reading.confidences]
    return RecognisedPage(
        printed=PrintedPage(
            number,
            width,
            height,
            _printed(clear, angle, pixels.shape),
            tuple(_ruling(ends) for ends in rulings),
            turns,
        ),
        lean=angle,
        characters=len(confidences),
        confidence=fmean(confidences) if confidences else 0.0,
        doubtful=tuple(line.reading.text for line in clear if _is_doubtful(line.reading)),
        omissions=(
            *(Omission(number, line.reading.text, "印章上的文字") for line in sealed if line.reading.text),
            *(Omission(number, line.reading.text, "看不清的文字") for line in unclear if line.reading.text),
        ),
    )


def _read_boxes(pixels: Pixels, quads: Quad, read: ReadLines) -> list[_Line]:
    """Read the boxes of a page; a tall one in the direction in which it says more clearly something."""
    wide = [quad for quad in quads if not is_tall(quad)]
    tall = [quad for quad in quads if is_tall(quad)]
    lines = [
        _Line(quad, found) for quad, found in zip(wide, read([crop(pixels, q) for q in wide]), strict=True)
    ]
    columns = [crop(pixels, quad) for quad in tall]
    alone = read(columns)
    upright = read([in_a_row(column) for column in columns])
    turned = read([np.ascontiguousarray(np.rot90(column)) for column in columns])
    for quad, column, one, down, along in zip(tall, columns, alone, upright, turned, strict=True):
        if len(one.text) == 1 and one.confidence >= DOUBTFUL and column.shape[0] < HIGHEST * column.shape[1]:
            lines.append(_Line(quad, one))  # a cell with the digit 1
        elif down.confidence >= along.confidence:
            lines.append(_Line(quad, replace(down, centres=places_in_column(column, down)), vertical=True))
        else:
            # Read from the bottom to the top.
            lines.append(_Line(quad, along, vertical=True))
    return lines


def _read_under_seals(
    models: Engine, pixels: Pixels, lines: list[_Line], read: ReadLines
) -> tuple[list[_Line], list[_Line]]:
    """Return the lines with those under seals read without the red, and the writing of the seals."""
    sealed: list[_Line] = []
    for seal in find_seals(pixels):
        again = _read_strip(models, pixels, seal, read)
        # Without the red the seal's own writing is gone: what is left was printed.
        dropped = [line for line in lines if seal.touches(line.quad) and _is_replaced(line, again, seal)]
        sealed += [line for line in dropped if not _overlapped(line, again)]
        lines = [line for line in lines if not any(line is one for one in dropped)] + again
    return lines, sealed


def _read_strip(models: Engine, pixels: Pixels, seal: Seal, read: ReadLines) -> list[_Line]:
    """Read, without the red, the lines of a seal's strip of the page that have a part within the seal."""
    margin = (seal.bottom - seal.top) // 4
    top, bottom = max(0, seal.top - margin), min(pixels.shape[0], seal.bottom + margin)
    strip = without_red(pixels[top:bottom])
    quads = [quad for quad in find_lines(models, strip) if not is_tall(quad)]
    readings = read([crop(strip, quad) for quad in quads])
    shift = np.array([0, top], np.float32)
    found = [_Line(quad + shift, reading) for quad, reading in zip(quads, readings, strict=True)]
    return [line for line in found if seal.touches(line.quad) and line.reading.confidence >= LEAST_CONFIDENCE]


def _is_replaced(line: _Line, again: Sequence[_Line], seal: Seal) -> bool:
    return seal.holds(line.quad) or _overlapped(line, again)


def _overlapped(line: _Line, others: Sequence[_Line]) -> bool:
    """Tell a line whose middle is within one of the others."""
    across, down = line.quad[:, 0].mean(), line.quad[:, 1].mean()
    return any(
        other.quad[:, 0].min() <= across <= other.quad[:, 0].max()
        and other.quad[:, 1].min() <= down <= other.quad[:, 1].max()
        for other in others
    )


def _is_doubtful(reading: Reading) -> bool:
    digits = [
        one for one, character in zip(reading.confidences, reading.text, strict=False) if character.isdigit()
    ]
    return reading.confidence < DOUBTFUL or min(digits, default=1.0) < DOUBTFUL - 0.25


def _printed(lines: Sequence[_Line], angle: float, shape: Sequence[int]) -> tuple[PrintedLine, ...]:
    """Return the lines, laid straight, as print; cut where gaps part them into cells."""
    boxes = [(line, straighten(line.quad, angle, shape)) for line in lines]
    pitches = [(_pitch(line, quad), _height(line, quad)) for line, quad in boxes]
    # How much higher the boxes are than the type depends on how small the page was made to find them.
    known = [pitch / height for pitch, height in pitches if pitch is not None and pitch < height]
    share = min(median(known), 1 / BOX_HEIGHT) if known else 1 / BOX_HEIGHT
    printed = []
    for (line, quad), (pitch, height) in zip(boxes, pitches, strict=True):
        size = min(pitch or height, height * (share if pitch is None else 1 / BOX_HEIGHT))
        printed += _pieces(line, quad, size)
    return _even_sizes(printed)


def _pieces(line: _Line, quad: Quad, size: float) -> list[PrintedLine]:
    left, top = (float(edge) for edge in quad.min(axis=0))
    right, bottom = (float(edge) for edge in quad.max(axis=0))
    # The box that is found is higher than the type; neighbours would seem to overlap.
    if line.vertical:
        middle = (left + right) / 2
        left, right = middle - size / 2, middle + size / 2
    else:
        middle = (top + bottom) / 2
        top, bottom = middle - size / 2, middle + size / 2
    begin, stop = (top, bottom) if line.vertical else (left, right)
    spans = _spans(line.reading, begin, stop, size)
    text, spans = _with_spaces(tidy(line.reading.text), spans, size)
    whole = PrintedLine(text, left, top, right, bottom, size, vertical=line.vertical, spans=spans)
    cuts = [0, *_wide_gaps(whole), len(text)]
    pieces = (whole.cut(start, end) for start, end in pairwise(cuts))
    return [piece for piece in pieces if piece is not None]


def _height(line: _Line, quad: Quad) -> float:
    """Return how high a line's box is, across its direction."""
    edge = quad[1] if line.vertical else quad[3]
    return float(np.linalg.norm(quad[0] - edge))


def _pitch(line: _Line, quad: Quad) -> float | None:
    """Return the distance of a line's characters in ems, None for too few to measure."""
    text, centres = line.reading.text, line.reading.centres
    if len(text) < LEAST_MEASURED:
        return None
    edge = quad[3] if line.vertical else quad[1]
    ems = text_width(text) - (text_width(text[0]) + text_width(text[-1])) / 2
    return (centres[-1] - centres[0]) * float(np.linalg.norm(quad[0] - edge)) / ems


def _spans(reading: Reading, begin: float, stop: float, size: float) -> Spans:
    """Return where each character begins and ends: half-way to its neighbours, or its own width."""
    places = [begin + centre * (stop - begin) for centre in reading.centres]
    halves = [text_width(character) * size / 2 for character in reading.text]
    spans = []
    for order, (place, half) in enumerate(zip(places, halves, strict=True)):
        start = max(place - half, (places[order - 1] + place) / 2 if order else begin)
        end = min(place + half, (place + places[order + 1]) / 2 if order + 1 < len(places) else stop)
        spans.append((min(start, place), max(end, place)))
    return tuple(spans)


def _with_spaces(text: str, spans: Spans, size: float) -> tuple[str, Spans]:
    """Put a space where print leaves room for one that was not recognised, so that numbers stay apart."""
    distances = [(right[0] + right[1] - left[0] - left[1]) / 2 for left, right in pairwise(spans)]
    usual = median(distances) if distances else 0.0
    characters: list[str] = []
    places: list[tuple[float, float]] = []
    for order, (character, span) in enumerate(zip(text, spans, strict=True)):
        gap = span[0] - spans[order - 1][1] if order else 0.0
        far = order and distances[order - 1] > SPARSE * usual
        before = text[order - 1 : order]
        if (
            gap > _least_space(before, character) * size
            and far
            and not (character.isspace() or before.isspace())
        ):
            characters.append(" ")
            places.append((spans[order - 1][1], span[0]))
        characters.append(character)
        places.append(span)
    return "".join(characters), tuple(places)


def _least_space(before: str, character: str) -> float:
    """Return how many ems of paper between two characters are a space."""
    if NUMBER.fullmatch(before + character):
        return SPACE_IN_NUMBER
    # Brackets, quotes and stops bring half an em of paper with them.
    return SPACE + 0.5 * sum(unicodedata.category(one)[0] == "P" for one in before + character)


def _wide_gaps(line: PrintedLine) -> list[int]:
    """Return where a line is to be cut into cells: before characters that stand far off."""
    if len(line.spans) < 2:
        return []
    middles = [(start + end) / 2 for start, end in line.spans]
    distances = [right - left for left, right in pairwise(middles)]
    usual = max(median(distances), NARROW_CHARACTER * line.size)
    return [
        order + 1
        for order, distance in enumerate(distances)
        if line.spans[order + 1][0] - line.spans[order][1] > WIDE_GAP * line.size
        and distance > WIDER_THAN_USUAL * usual
    ]


def _even_sizes(lines: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """Give lines of one type size one size: measured heights differ by a pixel or two."""
    sized = sorted({line.size for line in lines})
    even: dict[float, float] = {}
    group: list[float] = []
    for size in [*sized, float("inf")]:
        if group and size > group[0] * SAME_SIZE:
            weights = [sum(len(line.text) for line in lines if line.size == one) for one in group]
            mean = sum(one * weight for one, weight in zip(group, weights, strict=True)) / sum(weights)
            even |= dict.fromkeys(group, mean)
            group = []
        group.append(size)
    return tuple(replace(line, size=even[line.size]) for line in lines)


def _ruling(ends: Quad) -> Ruling:
    (left, top), (right, bottom) = ends.tolist()
    # Straightened, a line is level or upright.
    if abs(right - left) > abs(bottom - top):
        middle = (top + bottom) / 2
        return Ruling(min(left, right), middle, max(left, right), middle)
    middle = (left + right) / 2
    return Ruling(middle, min(top, bottom), middle, max(top, bottom))
