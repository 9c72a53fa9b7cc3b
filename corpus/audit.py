"""The audit of a report: is every numeral that a page prints in exactly one place of its passages?

Passages are compared with print, not with the extracted text alone: a reader may lose a number, a
repair may glue two, a cut may split one.  Pure; what is compared is ``Extracted.printed``, which a
reader takes from the file before it chooses and orders.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from corpus.document import Audit, AuditCounts, Fault, Report
from corpus.extracted import Extracted

KINDS = {
    "lost": "没有进入正文",
    "split": "被拆成几段",
    "glued": "和别的数粘在一起",
    "doubled": "重复出现",
    "unprinted": "页面上没有印",
}
FAULTS_KEPT = 100  # of one report: more say nothing new
AROUND = 12  # characters of context on each side
MOST_COMPARED = 1_000_000  # pairs of a printed and a said numeral
MOST_PIECES = 4  # that a numeral is split into or glued from

NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# Full-width digits and the marks between them, one to one, as the repairs narrow them.
NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
LINE_END = re.compile(r"[.,]?\s*$")


@dataclass(frozen=True, slots=True)
class _Numeral:
    """A numeral of print or of a passage; ``opens`` and ``ends`` tell that a printed line does so with it."""

    page: int
    text: str
    context: str
    order: int
    opens: bool = False
    ends: bool = False

    @property
    def digits(self) -> str:
        return _digits_of(self.text)


@lru_cache
def _digits_of(text: str) -> str:
    # Asked again and again of the same numeral, which may be as long as a file.
    return re.sub(r"\D", "", text)


def audit(extracted: Extracted, report: Report, passages: Iterable[tuple[int, int]]) -> Audit:
    """Compare the passages of a report, as spans of its text, with what its file prints."""
    pieces = _Pieces(extracted, report)
    spans = list(pieces.without_repeated(passages))
    printed = list(_printed_numerals(pieces.printed))
    omitted = [
        _Numeral(omission.page, match[0], "", order)
        for omission in extracted.omissions
        for order, match in enumerate(NUMERAL.finditer(omission.text.translate(NARROW)))
    ]
    said = list(_said_numerals(report, spans, pieces))
    comparison = _Comparison(printed, said, omitted)
    faults = comparison.faults()
    kinds = Counter(fault.kind for fault in faults)
    characters, kept, left_out = _chinese(extracted, report, spans, pieces)
    recognised = extracted.recognised.values()
    counts = AuditCounts(
        numerals=len(printed),
        kept=comparison.kept,
        omitted=comparison.omitted,
        **{kind: kinds[kind] for kind in KINDS},
        characters=characters,
        characters_kept=kept,
        characters_omitted=left_out,
        recognised=len(recognised),
        confidence=sum(recognised) / len(recognised) if recognised else None,
    )
    return Audit(counts, tuple(faults[:FAULTS_KEPT]))


class _Pieces:
    """Where the text of a report comes from: its pages, and what only repeats print."""

    def __init__(self, extracted: Extracted, report: Report) -> None:
        self._starts = [page.start for page in report.pages]
        self._numbers = [page.number for page in report.pages]
        self._repeated: list[tuple[int, int]] = [
            (bisect_left(report.origins, start), bisect_left(report.origins, end))
            for start, end in extracted.repeated
        ]
        self.printed = _print_of(extracted)

    def page(self, offset: int) -> int:
        """Return the number of the page that a character of the text is printed on, 0 without pages."""
        place = bisect_right(self._starts, offset) - 1
        return self._numbers[place] if place >= 0 else 0

    def pages(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (page, start, end) of the parts of a span."""
        first, last = bisect_right(self._starts, start), bisect_left(self._starts, end)
        for begin, stop in pairwise([start, *self._starts[first:last], end]):
            yield self.page(begin), begin, stop

    def without_repeated(self, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield spans of the text less what only repeats print."""
        for start, end in spans:
            yield from _less(self._repeated, start, end)


class _Comparison:
    """What is printed against what is said, numeral by numeral; what agrees is taken off both sides."""

    def __init__(
        self, printed: Sequence[_Numeral], said: Sequence[_Numeral], omitted: Sequence[_Numeral]
    ) -> None:
        self.kept = self.omitted = 0
        missing, extra, self.kept = _match(printed, said, by_page=True)
        # A footnote or a table may be said on the page where its text begins or ends.
        missing, extra, moved = _match(missing, extra, by_page=False)
        self.kept += moved
        missing, _, self.omitted = _match(missing, omitted, by_page=True)
        self._missing = {numeral.order: numeral for numeral in missing}
        self._extra = {numeral.order: numeral for numeral in extra}
        # Each is held against each: of a file that is read all wrong, the first suffice to say so.
        self._few = len(missing) * len(extra) <= MOST_COMPARED
        self._known = {numeral.text for numeral in printed}

    def faults(self) -> list[Fault]:
        """Return what does not agree, in the order of the pages."""
        faults = [*self._joined_or_glued(), *self._split()] if self._few else []
        faults += [_fault("lost", numeral) for numeral in self._missing.values()]
        faults += [
            _fault("doubled" if numeral.text in self._known else "unprinted", numeral)
            for numeral in self._extra.values()
        ]
        return sorted(faults, key=lambda fault: fault.page or 0)

    def _joined_or_glued(self) -> Iterator[Fault]:
        """Take off what is said as one and printed as several: cut by a line's end, or glued."""
        beginnings: dict[str, list[_Numeral]] = defaultdict(list)
        for numeral in self._missing.values():
            beginnings[numeral.digits[:1]].append(numeral)
        for said in list(self._extra.values()):
            for first in beginnings[said.digits[:1]]:
                pieces = self._printed_run(first, said.digits)
                if pieces:
                    del self._extra[said.order]
                    for piece in pieces:
                        del self._missing[piece.order]
                    if all(left.ends and right.opens for left, right in pairwise(pieces)):
                        self.kept += len(pieces)
                    else:
                        yield from (_fault("glued", piece) for piece in pieces)
                    break

    def _printed_run(self, first: _Numeral, digits: str) -> list[_Numeral]:
        """Return the missing numerals from ``first`` on that spell ``digits``: neighbours, or ends of lines."""
        if first.order not in self._missing or not digits.startswith(first.digits):
            return []
        pieces, rest = [first], digits[len(first.digits) :]
        while rest and len(pieces) < MOST_PIECES:
            following = self._following(pieces[-1], rest)
            if following is None:
                return []
            pieces.append(following)
            rest = rest[len(following.digits) :]
        return pieces if not rest and len(pieces) > 1 else []

    def _following(self, numeral: _Numeral, rest: str) -> _Numeral | None:
        """Return the missing numeral that goes on: the next one, or one that opens a line near by."""
        following = self._missing.get(numeral.order + 1)
        if following is not None and rest.startswith(following.digits):
            return following
        if not numeral.ends:
            return None
        # In print's own order the line that goes on may stand anywhere on the page or the next.
        near = (
            other
            for other in self._missing.values()
            if other.opens and 0 <= other.page - numeral.page <= 1 and other is not numeral
        )
        return next((other for other in near if rest.startswith(other.digits)), None)

    def _split(self) -> Iterator[Fault]:
        """Take off what is printed as one and said in several pieces."""
        for numeral in list(self._missing.values()):
            for first in list(self._extra.values()):
                pieces: list[_Numeral] = []
                rest = numeral.digits
                piece: _Numeral | None = first
                while piece is not None and rest.startswith(piece.digits) and len(pieces) < MOST_PIECES:
                    pieces.append(piece)
                    rest = rest[len(piece.digits) :]
                    piece = self._extra.get(piece.order + 1) if rest else None
                if not rest and len(pieces) > 1:
                    del self._missing[numeral.order]
                    for piece in pieces:
                        del self._extra[piece.order]
                    yield _fault("split", numeral)
                    break


def _match(
    printed: Sequence[_Numeral], said: Sequence[_Numeral], by_page: bool
) -> tuple[list[_Numeral], list[_Numeral], int]:
    """Return what of each side has no partner of the same text on the other, and how many have one."""

    def key(numeral: _Numeral) -> tuple[int, str]:
        return (numeral.page if by_page else 0, numeral.text)

    partners: dict[tuple[int, str], deque[_Numeral]] = defaultdict(deque)
    for numeral in said:
        partners[key(numeral)].append(numeral)
    missing = []
    for numeral in printed:
        if partners[key(numeral)]:
            partners[key(numeral)].popleft()
        else:
            missing.append(numeral)
    extra = sorted((one for rest in partners.values() for one in rest), key=lambda one: one.order)
    return missing, extra, len(printed) - len(missing)


def _printed_numerals(printed: Sequence[tuple[int, str]]) -> Iterator[_Numeral]:
    order = 0
    for number, text in printed:
        for line in text.translate(NARROW).splitlines():
            for match in NUMERAL.finditer(line):
                opens = not line[: match.start()].strip()
                ends = LINE_END.match(line, match.end()) is not None
                context = _context(line, *match.span())
                yield _Numeral(number, match[0], context, order, opens, ends)
                order += 1


def _said_numerals(report: Report, spans: Iterable[tuple[int, int]], pieces: _Pieces) -> Iterator[_Numeral]:
    text = report.text.translate(NARROW)
    order = 0
    for start, end in spans:
        for match in NUMERAL.finditer(text, start, end):
            page = pieces.page(match.start())
            yield _Numeral(page, match[0], _context(report.text, *match.span()), order)
            order += 1


def _chinese(
    extracted: Extracted, report: Report, spans: Iterable[tuple[int, int]], pieces: _Pieces
) -> tuple[int, int, int]:
    """Return how many Chinese characters are printed, said of these, and omitted of these."""
    printed: dict[int, Counter[str]] = defaultdict(Counter)
    for number, text in pieces.printed:
        printed[number].update(CHINESE.findall(text))
    said: dict[int, Counter[str]] = defaultdict(Counter)
    for span in spans:
        for page, start, end in pieces.pages(*span):
            said[page].update(CHINESE.findall(report.text, start, end))
    omitted: dict[int, Counter[str]] = defaultdict(Counter)
    for omission in extracted.omissions:
        omitted[omission.page].update(CHINESE.findall(omission.text))
    total = sum(count.total() for count in printed.values())
    kept = sum((count & said[page]).total() for page, count in printed.items())
    left = sum(((count - said[page]) & omitted[page]).total() for page, count in printed.items())
    return total, kept, left


def _print_of(extracted: Extracted) -> list[tuple[int, str]]:
    """Return (page, what it prints); of a format whose text is all there is, that less what repeats."""
    numbers = [page.number for page in extracted.pages]
    if extracted.printed:
        numbers += range(len(numbers) + 1, len(extracted.printed) + 1)
        return list(zip(numbers, extracted.printed, strict=False))
    pages = [(page.number, page.start, page.end) for page in extracted.pages]
    return [
        (number, "\n".join(_without(extracted.repeated, extracted.text, start, end)))
        for number, start, end in pages or [(0, 0, len(extracted.text))]
    ]


def _without(repeated: Sequence[tuple[int, int]], text: str, start: int, end: int) -> Iterator[str]:
    return (text[left:right] for left, right in _less(repeated, start, end))


def _less(repeated: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span that are outside of ``repeated``, which rise."""
    place = bisect_right(repeated, start, key=lambda span: span[1])
    for left, right in islice(repeated, place, None):
        if left >= end:
            break
        if start < left:
            yield start, left
        start = max(start, right)
    if start < end:
        yield start, end


def _context(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - AROUND) : end + AROUND].split())


def _fault(kind: str, numeral: _Numeral) -> Fault:
    return Fault(kind, numeral.page or None, numeral.text, numeral.context)
