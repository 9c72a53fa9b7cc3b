"""Notes: what one should know before one reads a chart, said above it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from corpus.identity import NATION
from retrieval.facts.arithmetic import SHARE
from web.figures.drawing import begins_at_zero, in_order
from web.figures.picks import Drawing, Shape
from web.i18n import Words

MOST_NAMED = 3  # reports that are named below a chart


def notes_of(drawing: Drawing, shape: Shape, words: Words) -> Iterator[str]:
    """Yield what a drawing leaves out, and in what its figures differ beside their size."""
    dots = in_order(drawing, shape)
    if drawing.left_out:
        yield words("figures.left_out", number=drawing.left_out)
    if unranked := len(drawing.dots) - len(dots):
        yield words("figures.unranked", number=unranked)
    if drawing.beyond:
        yield words("figures.beyond", number=len(drawing.dots), more=drawing.beyond)
    places, times = {dot.place for dot in dots}, {dot.time for dot in dots}
    if shape != "line" and len(places) > 1 and len(times) > 1:
        yield words("figures.times_differ")
    if shape != "line" and NATION in places and len(places) > 1 and drawing.unit != SHARE:
        yield words("figures.nation")
    if len({dot.planned for dot in dots}) > 1:
        yield words("figures.planned")
    if shape == "ranking" and not all(dot.exact for dot in dots):
        yield words("figures.inexact")
    for one, other in covered(drawing) if shape == "line" else ():
        yield words("figures.covered", one=one, other=other)
    if shape == "line" and not begins_at_zero(drawing):
        yield words("figures.baseline")


def covered(drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Yield the pairs of lines that have the same course, so that one hides the other."""
    courses: dict[str, set[tuple[object, ...]]] = {}
    for dot in drawing.dots:
        courses.setdefault(dot.line, set()).add((dot.day, dot.amount))
    for (one, course), (other, hidden) in combinations(courses.items(), 2):
        if len(course) > 1 and course == hidden:
            yield one, other


def sources_of(drawing: Drawing, shape: Shape, words: Words) -> str:
    """Return which reports a drawing's figures are from, the first few by name."""
    reports = list(dict.fromkeys(dot.report for dot in in_order(drawing, shape)))
    names = words("figures.listed").join(reports[:MOST_NAMED])
    key = "figures.sources" if len(reports) <= MOST_NAMED else "figures.sources.more"
    return words(key, names=names, number=len(reports))
