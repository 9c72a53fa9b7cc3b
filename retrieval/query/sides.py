"""Sides: the queries that a comparison or a computation is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product

from retrieval.query.asking import SHORTEST_TOPIC, counted_length, is_counter
from retrieval.query.lexicon import is_measure
from retrieval.query.query import Asks, Named, Operation, Query, Time, Units
from retrieval.query.segment import Span, has_word, place_of

MOST_SIDES = 6  # places in years
MOST_THINGS = 5


def with_sides(query: Query, spans: Sequence[Span]) -> Query:
    """Return the query with the queries that its answer is made of, where it is made of several."""
    roles = {span.role for span in spans}
    # The country is a side only where it is put beside something in words.
    beside = bool(roles & {"than", "join", "gap"}) and query.asks != "rank"
    strict = [
        one for one in query.named if one.kind not in ("region", "title") and (one.kind != "nation" or beside)
    ]
    operation = _operation(spans)
    if query.purpose != "answer" or query.asks in ("list", "reason") or query.level or query.items:
        return query
    if query.asks == "time" and query.order and not strict[1:]:
        return replace(query, operation="trend")
    who = query.asks in ("person", "place", "time") and not roles & {"more", "order"}
    if who or query.conditions:
        return query
    # Names that only stand side by side are examples of something, where no report is about them.
    known = all(one.reports for one in strict)
    compares = (
        bool(roles & {"more", "gap", "each", "sum", "than", "direction"})
        or any(span.get("both") for span in spans)
        or (known and (query.order is not None or "join" in roles))
    )
    if compares and len({one.name for one in strict}) > 1:
        return replace(query, operation=operation, sides=_named_sides(query, strict, spans))
    dated = [time for time in query.times if time.years or time.offset is not None]
    if max(len(query.years), len(dated)) > 1 and (compares or query.asks == "figure"):
        if len(query.years) > 2 and operation == "compare":
            operation = "trend"
        verbs = any(span.is_word("change") and not span.get("noun") for span in spans)
        if query.kind == "change" and "than" in roles and verbs and len(dated) == 2:
            # 2024年净利润比2023年减少多少 asks for no growth, but by how much one amount is less.
            operation, query = "difference", replace(query, kind=None, topic=query.thing)
        own = [Time(f"{year}年", (year,)) for year in query.years] or dated
        sides = [_plain(query.of(times=(time,), order=None)) for time in own[:MOST_SIDES]]
        return replace(query, operation=operation, sides=tuple(sides))
    return _things(query, spans) or query


def _operation(spans: Sequence[Span]) -> Operation:
    return "total" if has_word(spans, "sum") else "difference" if has_word(spans, "gap") else "compare"


# ---- Places and years


def _named_sides(query: Query, named: Sequence[Named], spans: Sequence[Span]) -> tuple[Query, ...]:
    """Return a query for each place or company; in its own year where years are told in turn, else in every one."""
    told = [span.value for span in spans if isinstance(span.value, (Named, Time))]
    told = [one for one in told if one in named or (isinstance(one, Time) and one.years)]
    told = told[-2 * len(named) :]  # 贵州和河北…，2024年贵州、2025年河北: the pairs stand at the end
    names = [one for one in told if isinstance(one, Named)]
    times = [one for one in told if isinstance(one, Time)]
    in_turn = len(names) == len(times) and all(type(one) is not type(other) for one, other in pairwise(told))
    topic = " ".join(word for word in query.topic.split() if word not in {one.text for one in named})
    base = replace(query, order=None, topic=topic)
    if len(query.years) < 2:
        sides = [base.of(named=(one,)) for one in named]
    else:
        years = [Time(f"{year}年", (year,)) for year in query.years]
        pairs = zip(names, times, strict=True) if in_turn else product(named, years)
        sides = [base.of(named=(name,), times=(time,)) for name, time in pairs]
    return tuple(_plain(side) for side in sides[:MOST_SIDES])


def _plain(side: Query) -> Query:
    """Return one side of a comparison as a question for its figure."""
    asks: Asks = "rank" if side.asks == "rank" else "figure"
    asking = side.asking if side.asks == asks and side.asking else "是多少"
    plain = replace(side, asks=asks, asking=asking, level=None, items="")
    return replace(plain, text=plain.wording())


# ---- Things of one place and time


def _things(query: Query, spans: Sequence[Span]) -> Query | None:
    """Return a query that computes with several things of one place and time; None where it does not."""
    if query.asks not in ("figure", "which", "other", "yes_no", "person", "place"):
        return None
    cut = place_of(spans, "than", "share")
    multiple = next((at for at, span in enumerate(spans) if span.text in ("几倍", "多少倍", "好多倍")), None)
    operation: Operation
    if cut is not None and spans[cut].is_word("share"):
        operation, multiple = "share", None
    elif multiple is not None:
        verbs = ("是", "为", "相当于")
        cut = next((at for at, span in enumerate(spans[:multiple]) if span.text in verbs), None)
        operation = "ratio"
        if cut is None:
            return None
    elif cut is not None:
        operation = "difference"
        if query.asks != "figure" and not has_word(spans, "more"):
            return None
    else:
        return _joined_things(query, spans)
    sides = _contents(spans[:cut]), _contents(spans[cut + 1 : multiple])
    return _of_things(query, sides, operation) if all(len(one) >= SHORTEST_TOPIC for one in sides) else None


def _joined_things(query: Query, spans: Sequence[Span]) -> Query | None:
    """Return a query that computes with things that stand side by side; None where it does not."""
    groups = joined(spans)
    if len(groups) < 2 or not has_word(spans, "sum", "gap", "more"):
        return None
    return _of_things(query, aligned(groups), _operation(spans))


def _contents(spans: Sequence[Span]) -> str:
    """Return the topic of some spans, the country as a whole among it."""
    words = [
        span.text
        for at, span in enumerate(spans)
        if (span.kind == "text" and not is_counter(span.text) and not counted_length(spans, at))
        or _is_title(span)
        or (span.is_word("plain") and span.text not in ("比重", "占比", "比例", "比率"))
    ]
    nation = [span.text for span in spans if isinstance(span.value, Named) and span.value.kind == "nation"]
    return "".join(words or nation)


def joined(spans: Sequence[Span]) -> list[list[str]]:
    """Return the words of what stands side by side, joined by 和 or 、, before what is asked of it."""
    groups: list[list[str]] = [[]]
    for span in spans:
        if span.is_word("join") or span.text == "、":
            groups.append([])
        elif span.is_word("sum", "gap", "more", "ask", "each"):
            break
        elif span.kind == "text" or span.is_word("plain", "change", "target") or _is_title(span):
            groups[-1].append(span.text)
    return [group for group in groups if group]


def _is_title(span: Span) -> bool:
    return isinstance(span.value, Named) and span.value.kind == "title"


def aligned(groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return names that stand side by side, whole: what the last ends with or the first begins with is shared.

    >>> aligned([["城里", "人"], ["农村", "人", "收入"]]), aligned([["药品", "批发"], ["零售"]])
    (('城里人收入', '农村人收入'), ('药品批发', '药品零售'))
    """
    first, last = groups[0], groups[-1]
    whole: list[str] = []
    for group in groups:
        name = "".join(group)
        if group is not last and group[-1] in last[:-1]:
            name += "".join(last[last.index(group[-1]) + 1 :])
        elif group is not last and len(last) > 1 and is_measure(last[-1]) and not is_measure(name):
            name += "".join(last[1:]) if len(group) == 1 else last[-1]
        elif group is last and len(group) == 1 and len(first) == 2 and not is_measure(first[-1]):
            name = first[0] + name
        whole.append(name)
    return tuple(whole)


def _of_things(query: Query, names: Sequence[str], operation: Operation) -> Query:
    """Return a query with a side for each of several things by name.

    The country as a whole is one of them, and no place of the others.
    """
    base = replace(
        query,
        units=Units() if operation in ("ratio", "share") else query.units,
        asks="figure",
        kind=query.kind if operation == "compare" else None,
        asking="是多少",
    )
    sides = [
        base.of(
            topic=name,
            thing=name,
            named=tuple(one for one in query.named if one.kind != "nation" or one.text == name),
        )
        for name in names[:MOST_THINGS]
    ]
    return replace(query, operation=operation, sides=tuple(sides))
