"""Several: the questions of one sentence or list, each answered by itself, told together."""

from __future__ import annotations

from dataclasses import replace

from retrieval.answer import Piece
from retrieval.answering.context import MOST_FIGURES, Context, in_turn
from retrieval.answering.kind import respond
from retrieval.answering.telling import Reply, Telling, trimmed
from retrieval.query.query import Query

NEAREST = "refused.nearest"
# Pieces that tell what a report says; a part that is not answered tells none, for their passages are not shown.
EVIDENCE = ("figure", "quote", "computation")

examples = ("科技型企业有多少家，工业总产值是多少？", "地区生产总值、财政收入、粮食产量分别是多少？")


def propose(query: Query) -> float:
    """Return how likely a query has parts."""
    return 0.95 if query.parts else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Answer each part, and name those that are not answered; what two parts are told alike is told once.

    None where no part is answered, and the whole can be asked in another way.
    """
    replies = [respond(context, part) for part in query.parts]
    found = [reply for reply in replies if reply.found]
    if not found and query.sides:
        return None
    telling = Telling()
    known: set[str] = set()
    for part, reply in zip(query.parts, replies, strict=True):
        pieces = trimmed(reply.pieces) if reply.found else _named(part, reply)
        text = "".join(piece.text for piece in pieces)
        if text not in known:
            telling.mark("；" if known else "")
            listed = any(piece.item for piece in pieces)
            (telling.end() if listed else telling.item()).all_of(pieces)
            known.add(text)
    hits = in_turn([reply.hits for reply in found or replies], lambda hit: hit.passage)
    figures = in_turn([reply.figures for reply in found], lambda figure: (figure.passage, figure.start))
    return Reply(
        bool(found),
        tuple(telling.end().mark("。").pieces),
        tuple(hits[: context.k]),
        tuple(figures[: max(MOST_FIGURES, len(found))]),
        reason=None if found else replies[0].reason,
        confidence=min((reply.confidence for reply in found), default=0.0),
    )


def _named(part: Query, reply: Reply) -> list[Piece]:
    """Return a part that is not answered, and why, without figures."""
    telling = Telling().mark("“").said(part.text.strip("？?。 ").lstrip("是在")).mark("”：")
    codes = [piece.message.code if piece.message else "" for piece in reply.pieces]
    said = reply.pieces[: codes.index(NEAREST)] if NEAREST in codes else reply.pieces
    if any(piece.kind in EVIDENCE for piece in said):
        telling.words("several.incomplete", "报告给出的不全")
    else:
        telling.all_of([replace(piece, item=0) for piece in trimmed(said)])
    return telling.pieces
