"""Several: the questions of one sentence or list, each answered by itself, told together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer import CitedFigure, Hit, Piece
from retrieval.answering.context import MOST_FIGURES, Context
from retrieval.answering.kind import respond
from retrieval.answering.telling import Reply, Telling, trimmed
from retrieval.query.query import Query
from retrieval.search.fusion import merge

NEAREST = "refused.nearest"
# Pieces that tell what a report says; a part that is not answered tells none, for their passages are not shown.
EVIDENCE = ("figure", "quote", "computation")


class Several:
    """Several questions at once."""

    name = "several"
    examples = ("科技型企业有多少家，工业总产值是多少？", "地区生产总值、财政收入、粮食产量分别是多少？")

    def propose(self, query: Query) -> float:
        """Return how likely a query has parts."""
        return 0.95 if query.parts else 0.0

    def answer(self, context: Context, query: Query) -> Reply | None:
        """Answer each part, and name those that are not answered.

        None where no part is, and the whole can be asked in another way.
        """
        replies = [respond(context, part) for part in query.parts]
        found = [reply for reply in replies if reply.found]
        if not found and query.sides:
            return None
        figures = _in_turn([reply.figures for reply in found])
        return Reply(
            bool(found),
            tuple(_told(query.parts, replies)),
            _hits_in_turn(found or replies)[: context.k],
            figures[: max(MOST_FIGURES, len(found))],
            computations=tuple(dict.fromkeys(one for reply in found for one in reply.computations)),
            reason=None if found else replies[0].reason,
            confidence=min((reply.confidence for reply in found), default=0.0),
        )


def _told(parts: Sequence[Query], replies: Sequence[Reply]) -> list[Piece]:
    """Return the pieces of the replies, one after the other; what two parts are told alike is told once."""
    told: list[Piece] = []
    known: set[str] = set()
    for part, reply in zip(parts, replies, strict=True):
        pieces = trimmed(reply.pieces) if reply.found else _named(part, reply)
        text = "".join(piece.text for piece in pieces)
        if text in known:
            continue
        telling = Telling().all_of(_after(told, pieces))
        told += [replace(mark, item=told[-1].item) for mark in Telling().mark("；").pieces if told]
        told += telling.pieces
        known.add(text)
    return [*told, *Telling().mark("。").pieces]


def _after(told: Sequence[Piece], pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of one part as the next item of a list, or with its own items after those before."""
    last = max((piece.item for piece in told), default=0)
    if any(piece.item for piece in pieces):
        return [replace(piece, item=piece.item and piece.item + last) for piece in pieces]
    return [replace(piece, item=last + 1) for piece in pieces]


def _named(part: Query, reply: Reply) -> list[Piece]:
    """Return a part that is not answered, and why, without figures."""
    telling = Telling().mark("“").said(part.text.strip("？?。 ").lstrip("是在")).mark("”：")
    codes = [piece.message.code if piece.message else "" for piece in reply.pieces]
    end = codes.index(NEAREST) if NEAREST in codes else len(codes)
    said = reply.pieces[:end]
    if any(piece.kind in EVIDENCE for piece in said):
        telling.words("several.incomplete", "报告给出的不全")
    else:
        telling.all_of(trimmed(said))
    return [replace(piece, item=0) for piece in telling.pieces]


def _in_turn(lists: Sequence[tuple[CitedFigure, ...]]) -> tuple[CitedFigure, ...]:
    """Return the first of each list, then the second of each; each figure once."""
    longest = max(map(len, lists), default=0)
    each = (figures[place] for place in range(longest) for figures in lists if place < len(figures))
    first: dict[tuple[str, int, int], CitedFigure] = {}
    for figure in each:
        first.setdefault((figure.passage.report, figure.passage.number, figure.start), figure)
    return tuple(first.values())


def _hits_in_turn(replies: Sequence[Reply]) -> tuple[Hit, ...]:
    """Return the best passages of the replies in turn, each once."""
    hits = {
        (hit.passage.report, hit.passage.number): hit for reply in replies for hit in reversed(reply.hits)
    }
    places = {key: place for place, key in enumerate(hits)}
    order = merge([places[hit.passage.report, hit.passage.number] for hit in reply.hits] for reply in replies)
    values = list(hits.values())
    return tuple(values[place] for place in order)


KIND = Several()
