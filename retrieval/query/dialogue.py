"""Dialogue: a follow-up takes from the question before it what it leaves out, slot by slot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.query.lexicon import is_measure, units_of
from retrieval.query.query import Asks, Named, Operation, Query, Time, Units

MOST_TURNS = 8  # that questions about several turns look back on
SHARED_END = 2  # characters
TWO = 2
# Asked alone, these ask for a side of what was asked about: who, when, where.
SORTS: tuple[Asks, ...] = ("person", "time", "place", "reason", "which", "list", "ordinal")


def merged(query: Query, history: Sequence[Query], known: Callable[[str], bool]) -> list[Query]:
    """Return what a question may mean after those before it, the likeliest first.

    ``history`` are the questions before, each already merged, oldest first; ``known`` tells whether
    the reports use a name.
    """
    if not history or query.purpose != "answer":
        return [query]
    last = history[-1]
    if together := _across(query, history):
        return [together]
    if query.leans:
        completed = [one for one in _completed(query, last, known) if one is not None]
        return completed or [query]
    carried = _carried(query, last)
    return [query] if carried is None else [query, carried]


def continued(query: Query, before: Query) -> Query:
    """Return a part of a question with what it leaves to the part before it: its side, its place and time."""
    if query.leans and not query.thing:
        return next((one for one in _completed(query, before, lambda name: False) if one), query)
    if query.leans and query.pronoun:
        return _in_scope(replace(query, leans=False), before)
    changes: dict[str, object] = {}
    if not query.own_named and before.named:
        changes["named"] = before.named
    if not query.times and before.times:
        changes["times"] = before.times
    return query.of(**changes) if changes else query


# ---- One turn


def _completed(query: Query, last: Query, known: Callable[[str], bool]) -> list[Query | None]:
    """Return the ways to complete a question by the one before it."""
    pure = replace(query, leans=False, focus=query.text)
    if query.thing:
        if query.asks in ("other",) or (query.asks == "figure" and not query.asked):
            return _other_thing(pure, last, known)
        return [_in_scope(pure, last)]
    if query.conditions:
        return [_held_against(pure, last)]
    if query.kind or query.target or query.asks in ("rank", "yes_no"):
        return [_side(pure, last)]
    if query.asks in SORTS:
        asked = replace(
            last, asks=query.asks, asking=query.asking, kind=None, units=query.units, focus=query.text,
            amount=False, money=False,
        )  # fmt: skip
        return [replace(asked, text=asked.wording())]
    if query.own_named or query.times:
        return [_exchanged(pure, last)]
    if query.asks == "figure" and query.units.printed:
        asked = replace(last, units=query.units, asking=query.asking, asks="figure", focus=query.text)
        return [replace(asked, text=asked.wording())]
    return [None]


def _in_scope(query: Query, last: Query) -> Query:
    """Return a question with the place and time of the one before it, and what a pronoun stands for."""
    changes: dict[str, object] = {}
    subject = ""
    if query.pronoun and not query.own_named:
        subject = last.thing_asked
    if not query.own_named and last.named:
        changes["named"] = last.named
    if not query.times and last.times and not query.pronoun:
        changes["times"] = last.times
    if subject:
        changes["topic"] = f"{subject} {query.topic}"
    scoped = query.of(**changes) if changes else query
    if subject and query.text.startswith(query.asking):  # 在哪里举行的: the subject goes before what asks
        where = "".join(one.text for one in scoped.named if one.text not in subject)
        return replace(scoped, text=f"{where}{subject}{query.text}")
    return replace(scoped, text=scoped.text.removeprefix("那"))


def _exchanged(query: Query, last: Query) -> Query:
    """Return the question before with the places and times of a follow-up in the place of its own."""
    text = last.text
    named = query.own_named or last.named
    times = query.times or last.times
    for old, new in ((last.named, query.own_named), (last.times, query.times)):
        if not new:
            continue
        said = "和".join(one.text for one in new)
        first = next((one.text for one in old if one.text in text), "")
        if first:
            text = text.replace(first, said, 1)
            for other in old:
                if other.text != first:
                    text = text.replace(other.text, "", 1)
        elif new is query.times and last.named and text.startswith(last.named[0].text):
            head = last.named[0].text
            text = f"{said if query.own_named else head + said}{text[len(head) :]}"
        else:
            text = f"{said}{text}"
    kept = replace(
        last, text=text, named=tuple(named), times=tuple(times), focus=query.text, sides=(), parts=()
    )
    return replace(kept, operation=None) if kept.operation in ("compare", "trend") else kept


def _side(query: Query, last: Query) -> Query:
    """Return a question for another side of what was asked before: its growth, rank or plan."""
    asks: Asks = query.asks if query.asks in ("rank", "yes_no", "figure") else "figure"
    topic = last.thing
    if query.kind == "change":
        topic = f"{last.thing} {query.topic}"
    kind = query.kind or (last.kind if query.target else None)
    named, times = query.own_named or last.named, query.times or last.times
    told = replace(
        last, asks=asks, kind=kind, direction=query.direction, topic=topic, asking=query.asking,
        named=named, times=times, target=query.target or (last.target and not query.times),
        units=query.units if query.units.printed else (last.units if query.target else query.units),
        amount=False, money=False, focus=query.text, sides=(), operation=None, parts=(), order=None, conditions=(),
    )  # fmt: skip
    if query.target and not query.kind:
        told = replace(told, topic=last.topic, asking=last.asking)
    return replace(told, text=told.wording())


def _held_against(query: Query, last: Query) -> Query:
    """Return the question before as a claim, or with another bound for what all places have to meet."""
    if last.conditions and (last.level or last.items):
        conditions = tuple(
            replace(new, subject=old.subject, kind=old.kind)
            for new, old in zip(query.conditions, last.conditions, strict=False)
        )
        return replace(last, conditions=conditions, focus=query.text, text=_bounded(last, query))
    topic = last.thing
    conditions = tuple(replace(one, subject=topic) for one in query.conditions)
    claim = replace(
        query, topic=topic, thing=topic, named=query.own_named or last.named, times=query.times or last.times,
        conditions=conditions, kind=last.kind, asks="yes_no",
    )  # fmt: skip
    where = "".join(one.text for one in claim.named) + "".join(one.text for one in claim.times)
    return replace(claim, text=f"{where}{topic.replace(' ', '')}{query.text.rstrip('？?')}")


def _bounded(last: Query, query: Query) -> str:
    old, new = last.conditions[0], query.conditions[0]
    return last.text.replace(f"{old.said}", new.said, 1) if old.said else last.text


def _other_thing(query: Query, last: Query, known: Callable[[str], bool]) -> list[Query | None]:
    """Return the questions for another thing in the way that was asked before.

    A name that the reports use decides whether the new words take the place of a part of the old ones
    (``批发`` of ``药品零售市场销售额``), of all, or go on with them (``起诉的`` after ``批捕多少人``).
    """
    named, times = query.own_named or last.named, query.times or last.times
    word = query.thing
    ways: list[str] = []
    if instead := _in_place(word, last.thing, known):
        ways.append(instead)
    ways.append(word)
    base = replace(
        last, named=named, times=times, focus=query.focus, sides=(), parts=(), operation=None, subject="",
        target=query.target or last.target, kind=query.kind or last.kind,
    )  # fmt: skip
    if is_measure(word):
        base = replace(
            base, asking="是多少", units=Units(query.units.printed or units_of(word)),
            amount=is_measure(word, "amount"), money=is_measure(word, "money"),
        )  # fmt: skip
    elif last.units.printed == units_of(last.topic):
        base = replace(base, units=Units(), amount=False, money=False)  # only the old name told the unit
    return [_asked_of(base, topic, last) for topic in dict.fromkeys(ways)]


def _asked_of(base: Query, topic: str, last: Query) -> Query:
    change = (
        last.topic[len(last.thing) :] if last.kind == "change" and last.topic.startswith(last.thing) else ""
    )
    asked = replace(base, topic=f"{topic}{change}", thing=topic)
    return replace(asked, text=asked.wording())


def _in_place(word: str, thing: str, known: Callable[[str], bool]) -> str:
    """Return a name with a part of it exchanged for a word, where that is a name that reports use or one alike.

    >>> _in_place("柴油", "汽油产量", lambda name: False), _in_place("贷款余额", "银行存款余额", lambda name: False)
    ('柴油产量', '银行贷款余额')
    >>> _in_place("批发", "药品零售市场销售额", lambda name: name == "药品批发市场销售额")
    '药品批发市场销售额'
    >>> _in_place("医院", "新建学校", lambda name: False)
    ''
    """
    bare, length = thing.replace(" ", ""), len(word)
    places = range(len(bare) - length + 1) if length < len(bare) else ()
    whole = [f"{bare[:start]}{word}{bare[start + length :]}" for start in places]
    # What stands behind the new word may be a verb: 一般公共预算支出完成.
    heads = [f"{bare[:start]}{word}" for start in places if start]
    if found := next((name for name in (*whole, *reversed(heads)) if known(name)), ""):
        return found
    for start in places if length > 1 else ():
        like = bare[start : start + length]
        shared = 1 if start == 0 else SHARED_END
        if like != word and like[-shared:] == word[-shared:] and length > shared:
            return whole[start]
    return ""


def _carried(query: Query, last: Query) -> Query | None:
    """Return a question with the place and time of the one before it; None where it names a place itself."""
    if query.own_named or not last.named or query.level or query.items or query.parts or query.sides:
        return None
    changes: dict[str, object] = {"named": last.named}
    if not query.times and last.times:
        changes["times"] = last.times
    return query.of(**changes)


# ---- Several turns


def _across(query: Query, history: Sequence[Query]) -> Query | None:
    """Return a question about what several turns asked, together: ``哪个更高``, ``差多少``, ``比江苏多多少``."""
    last = history[-1]
    if query.thing or not query.puts_together or query.conditions:
        return None
    operation = query.puts_together
    if query.own_named or query.times:
        if not query.against:
            return None
        other = _exchanged(replace(query, operation=None), last)
        return _compared(
            query, (replace(last, sides=(), operation=None), replace(other, focus="")), operation
        )
    if last.sides:
        return _compared(query, last.sides, operation)
    turns: list[Query] = []
    for one in reversed(history[-MOST_TURNS:]):
        same = one.thing == last.thing or (
            not turns[1:] and one.named == last.named and one.times == last.times
        )
        if one.asks in ("figure", "rank") and same and all(_slots(one) != _slots(other) for other in turns):
            turns.append(one)
        if len(turns) == TWO and not query.several:
            break
    if len(turns) < TWO:
        return None
    return _compared(query, tuple(reversed(turns)), operation)


def _slots(query: Query) -> tuple[str, tuple[Named, ...], tuple[Time, ...]]:
    return query.thing, query.own_named, query.times


def _compared(query: Query, sides: tuple[Query, ...], operation: Operation) -> Query:
    """Return a comparison of the questions of several turns."""
    where = tuple(dict.fromkeys(named for side in sides for named in side.named))
    times = tuple(dict.fromkeys(time for side in sides for time in side.times))
    things = "和".join(dict.fromkeys(side.topic.replace(" ", "") for side in sides))
    base = sides[0]
    said = query.text.removeprefix("那").rstrip("？?")
    asked = replace(
        base, named=where, times=times, topic=things, asking=said if not query.own_named else "差多少" if operation == "difference" else "哪个高",
        operation=operation, sides=tuple(replace(side, sides=(), operation=None, focus="") for side in sides),
        less=query.less, focus=query.text, asks="figure", leans=False,
    )  # fmt: skip
    return replace(asked, text=asked.wording())
