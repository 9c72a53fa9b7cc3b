"""Recognise many pages, two at a time, in the order in which they are given."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice

from PIL import Image

from corpus.document import RepairStep
from corpus.ocr.engine import Engine, Pixels, Reading, engine
from corpus.ocr.page import RecognisedPage, recognise_page
from corpus.progress import tell_page

# Each page in work holds its picture and what the network makes of it: half a GB.
THREADS = max(1, min(2, os.cpu_count() or 1))
STILL_AT_IT = 5.0  # seconds after which a page that is in work is told of
MOST_DOUBTFUL = 5  # lines that the note names


def recognise(pictures: Iterable[tuple[int, Image.Image]], total: int = 1) -> Iterator[RecognisedPage]:
    """Yield the recognised pages of (page number, picture), in their order.

    Pictures are taken one by one as threads are free, in the thread of the caller: PDFium, which
    draws them, bears only one.  ``tell_page`` is told how many of ``total`` are done, again and again
    while a page of small print takes its time.
    """
    models = engine()
    waiting = iter(pictures)
    with ThreadPoolExecutor(THREADS) as pages, ThreadPoolExecutor(THREADS) as lines:
        shared = _SharedReader(models, lines)

        def begin(number: int, picture: Image.Image) -> Future[RecognisedPage]:
            return pages.submit(recognise_page, models, number, picture, shared.read)

        working = deque(begin(*page) for page in islice(waiting, THREADS))
        done = 0
        while working:
            while not wait(list(working)[:1], STILL_AT_IT).done:
                if shared.has_worked():
                    tell_page(done, total)
            page = working.popleft().result()
            done += 1
            tell_page(done, total)
            working.extend(begin(*page) for page in islice(waiting, 1))
            yield page


def recognition_note(pages: Sequence[RecognisedPage]) -> RepairStep:
    """Return the step that says which pages were recognised, and how surely."""
    characters = sum(page.characters for page in pages)
    confidence = sum(page.confidence * page.characters for page in pages) / max(characters, 1)
    doubtful = [
        f"第{page.printed.number}页“{text}”" for page in pages for text in page.doubtful if text.strip()
    ]
    reason = f"页面是图片，文字是认出来的，平均把握 {confidence:.1%}"
    if doubtful:
        more = f"等 {len(doubtful)} 行" if len(doubtful) > MOST_DOUBTFUL else ""
        reason += f"；请对照原件核对：{'、'.join(doubtful[:MOST_DOUBTFUL])}{more}"
    return RepairStep("文字识别", reason, len(pages))


class _SharedReader:
    """Reads the lines of several pages by the threads that they share."""

    def __init__(self, models: Engine, threads: ThreadPoolExecutor) -> None:
        self._models = models
        self._threads = threads
        self._worked = False

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        """Read pictures of lines, each alone: several at once would be widened to the longest."""
        return list(self._threads.map(self._read_line, lines))

    def has_worked(self) -> bool:
        """Tell whether lines were read since this was last asked."""
        worked, self._worked = self._worked, False
        return worked

    def _read_line(self, line: Pixels) -> Reading:
        self._worked = True
        (reading,) = self._models.read([line])
        return reading
