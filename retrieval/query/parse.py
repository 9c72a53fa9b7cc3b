"""Parse: from the spans of a question to a ``Query``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.places import level_of, members_of
from retrieval.query.asking import (
    SHORTEST_TOPIC,
    counted_length,
    drops_subject,
    is_target,
    kind_of,
    leans,
    looked_up,
    purpose_of,
    put_together,
    sort_of,
    subject_of,
    term_of,
    times_of,
    topic_of,
    units_asked,
    wording_of,
)
from retrieval.query.conditions import asked_over, conditions_of, left_out, order_of, tells_order
from retrieval.query.dialogue import continued
from retrieval.query.lexicon import is_measure
from retrieval.query.query import Named, Ordering, Query
from retrieval.query.reports import Reports
from retrieval.query.segment import Span, has_word, place_of, segment, told_in
from retrieval.query.sides import aligned, joined, with_sides

MOST_PARTS = 4  # more is a form to be filled in, not a question
HOW = ("怎么样", "咋样", "如何", "啷个样", "好大")
RANKINGS = ("排名", "排行", "排序")
ITEM = re.compile(r"(?m)^\s*(?:\d{1,2}|[一二三四五六七八九十])?[、.．)）]?\s*(\S[^\n]{1,20})$")


def parse(text: str, reports: Reports) -> Query:
    """Return what a question asks of some reports.

    Several questions in one become ``parts``; what is compared or computed becomes ``sides``.
    """
    text = text.strip()
    spans = segment(text, reports)
    return _chat(text, spans) or replace(_single(text, spans), parts=_parts(text, spans, reports))


def _chat(text: str, spans: Sequence[Span]) -> Query | None:
    """Return a query for a greeting, for what the program does, or for work that it does not do."""
    told = told_in(spans)
    said = [span.get("kind") for span in told if span.is_word("chat")]
    kinds = set(said)
    if not said:
        return None
    rest = [span for span in told if not span.is_word("chat")]
    topic = "".join(span.text for span in rest if span.kind in ("text", "quantity"))
    asks = has_word(rest, "ask") or (has_word(rest, "document") and not told[0].is_word("chat"))
    if "task" in kinds and asks and rest[0].text != "把":
        kinds.remove("task")
    kind = next((kind for kind in ("task", "ability", "other") if kind in kinds), "")
    return Query(text, purpose="chat", chat=kind or said[0]) if kind or len(topic) < SHORTEST_TOPIC else None


# ---- Several questions at once


def _parts(text: str, spans: Sequence[Span], reports: Reports) -> tuple[Query, ...]:
    """Return the questions that a text asks, each completed by the one before; nothing where it asks one."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1:
        heads = [item[1] if (item := ITEM.match(line)) else line for line in lines]
    else:
        heads = _asking_clauses(spans) or _joined_names(spans)
    if not 1 < len(heads) <= MOST_PARTS + 1:
        return ()
    queries: list[Query] = []
    for head in heads:
        query = _single(head, segment(head, reports))
        queries.append(continued(query, queries[-1]) if queries else query)
    # The first line may only name whose figures are asked for.
    whole = [query for query in queries if len(query.topic) >= SHORTEST_TOPIC]
    return tuple(whole) if 1 < len(whole) <= MOST_PARTS else ()


def _asking_clauses(spans: Sequence[Span]) -> list[str]:
    """Return a text cut after each clause that asks; what asks nothing belongs to the next."""
    pieces: list[list[Span]] = [[]]
    for span in spans:
        pieces[-1].append(span)
        if span.kind == "mark" and span.text not in "、“”\"'‘’（）()《》【】：: ":
            pieces.append([])
    held: list[Span] = []
    found: list[list[Span]] = []
    for piece in pieces:
        held += piece
        if _asks_something(piece):
            found.append(held)
            held = []
    if len(found) < 2 or any(span.kind in ("text", "named") for span in held):
        return []
    # What leans on the part before by a pronoun or has no subject of its own is no question by itself.
    for piece in found[1:]:
        own = [span for span in piece if span.kind == "text"]
        lead = next(span for span in piece if span.kind != "mark")
        # 多少平方公里 asks for the same in a unit.
        in_unit = all(counted_length(piece, piece.index(span)) == len(span.text) for span in own)
        leans = has_word(piece[:2], "pronoun") or lead.is_word("sum", "share", "than", "each")
        if in_unit or leans or own[0].text in ("其中", "只", "才"):
            return []
    return ["".join(span.text for span in piece).strip("，,；;。？?！! ") for piece in found]


def _asks_something(spans: Sequence[Span]) -> bool:
    asks = [span for span in spans if span.is_word("ask", "define", "summary", "direction")]
    # 盘子好大嘛，总产值多少: how something is only leads up to what is asked; 没 asks at the end alone.
    last = next((span for span in reversed(spans) if span.kind != "mark"), None)
    return any(span.text not in HOW and (span.text != "没" or span is last) for span in asks)


def _joined_names(spans: Sequence[Span]) -> list[str]:
    """Return a question for several things by name (A、B和C分别是多少) as one for each."""
    each = has_word(spans, "each")
    asks = place_of(spans, "ask", "each")
    computes = has_word(spans, "sum", "gap", "than", "more", "share", "order", "bound")
    if asks is None or computes or not (each or any(span.text == "、" for span in spans)):
        return []
    before, after = spans[:asks], spans[asks:]
    if not has_word(after, "ask") or sort_of(after) not in ("figure", "rank"):
        return []
    words = [span.text for span in before if span.kind == "text"]
    if not each and not all(is_measure(word) for word in words if word.endswith(words[-1][-1:])):
        return []  # 智能工厂、数字化车间有几个 counts both together
    if any(isinstance(span.value, Named) and not span.value.reports for span in before):
        return []  # 像顺丰、申通这种企业: names of which no report is are examples
    groups = joined(before)
    if len(groups) < 2:
        return []
    names = aligned(groups)
    lead = "".join(span.text for span in before if span.kind in ("named", "time"))
    ending = "".join(span.text for span in after if not span.is_word("each"))
    return [f"{start}{name}{ending}" for start, name in zip((lead, *[""] * len(names)), names, strict=False)]


# ---- One question


def _single(text: str, spans: Sequence[Span]) -> Query:
    """Return what one question asks."""
    times, report_years = times_of(spans)
    asks = sort_of(spans)
    level, items, over = asked_over(spans)
    order = order_of(text, spans)
    if order is None and (level or items) and (without := left_out(spans)):
        order = Ordering(True, without=without)
    own = [span for span in spans if span not in over and not tells_order(text, span, order)]
    if order is not None:
        own = [one for one in own if not (isinstance(one.value, Named) and one.value.name in order.without)]
    named = tuple(dict.fromkeys(span.value for span in own if isinstance(span.value, Named)))
    topic = term_of(spans) or topic_of(own)
    thing = topic_of([span for span in own if not span.is_word("change") and span.kind != "quantity"])
    purpose, quantity = purpose_of(spans, topic), looked_up(spans)
    kind, direction = kind_of(spans, asks)
    alone = purpose == "answer" and not level and not items and quantity is None
    dropped = drops_subject(spans)
    said = {span.text for span in spans}
    query = Query(
        text=text,
        asks=asks,
        purpose=purpose,
        topic=topic,
        asking=wording_of(spans),
        named=named,
        times=times,
        report_years=report_years,
        units=units_asked(spans, topic, asks),
        kind=kind,
        direction=direction,
        target=is_target(spans),
        order=order,
        less=any(span.is_word("more") and not span.get("descending") for span in spans),
        subject=subject_of(text, own),
        estimate=has_word(spans, "estimate"),
        today=next((span.text for span in spans if span.is_word("today")), ""),
        thing=thing,
        leans=alone and (leans(spans, thing) or dropped),
        pronoun=has_word(spans, "pronoun") or dropped,
        puts_together=put_together(spans),
        several=bool(said & {"三个", "三者", "它们", "他们"}) or any(one.startswith("最") for one in said),
        against=has_word(spans, "than") or has_word(spans[:1], "join"),
        asked=has_word(spans, "ask", "direction", "gap", "sum"),
        quantity=quantity,
        writer=bool(said & {"记者", "作者", "写的", "撰写"}),
        documents=tuple(span.text for span in spans if span.is_word("document")),
    )
    region = next((one.name for one in named if one.kind == "region"), "")
    if region and level is None and has_word(spans, "order", "sum", "each"):
        level, items = next((level_of(place) for place in members_of(region)), None), "地方"
    over_all = bool(level or items)
    conditions = conditions_of(own, over_all, query)
    if order and not order.superlative and not over_all and said.intersection(RANKINGS):
        query = replace(query, asks="rank", kind="rank", order=None, asking="第几")
    query = replace(query, level=level, items=items, region=region, conditions=conditions)
    return with_sides(query, spans)
