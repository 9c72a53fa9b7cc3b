"""Dialogue: a follow-up takes from the question before it what it leaves out, slot by slot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.query.lexicon import is_measure, units_of
from retrieval.query.query import Asks, Query, Units

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
        return _completed(query, last, known) or [query]
    if query.own_named or not last.named or query.level or query.items or query.parts or query.sides:
        return [query]
    return [query, query.of(named=last.named, times=query.times or last.times)]


def continued(query: Query, before: Query) -> Query:
    """Return a part of a question with what it leaves to the part before it: its side, its place and time."""
    if query.leans and not query.thing:
        return next(iter(_completed(query, before, lambda name: False)), query)
    if query.leans and query.pronoun:
        return _in_scope(replace(query, leans=False), before)
    return _scoped(query, before)


# ---- One turn


def _completed(query: Query, last: Query, known: Callable[[str], bool]) -> list[Query]:
    """Return the ways to complete a question by the one before it; none where it says nothing anew."""
    pure = replace(query, leans=False, focus=query.text)
    if query.thing:
        if query.asks == "other" or (query.asks == "figure" and not query.asked):
            return _other_thing(pure, last, known)
        return [_in_scope(pure, last)]
    if query.conditions:
        return [_held_against(pure, last)]
    if query.kind or query.target or query.asks in ("rank", "yes_no"):
        return [_side(pure, last)]
    asked = replace(last, asks=query.asks, asking=query.asking, units=query.units, focus=query.text)
    if query.asks in SORTS:
        return [asked.of(kind=None)]
    if query.own_named or query.times:
        return [_exchanged(pure, last)]
    return [asked.of()] if query.asks == "figure" and query.units.printed else []


def _scoped(query: Query, last: Query) -> Query:
    """Return a question with the place and the time of the one before it where it names none."""
    named = query.named if query.own_named else last.named or query.named
    times = query.times or last.times
    return query if (named, times) == (query.named, query.times) else query.of(named=named, times=times)


def _in_scope(query: Query, last: Query) -> Query:
    """Return a question with the place and time of the one before it, or with what a pronoun stands for."""
    scoped = _scoped(query, replace(last, times=()) if query.pronoun else last)
    # A pronoun stands for what was asked about, without the measure that was asked of it.
    subject = last.thing.split(" ")[0] if query.pronoun and not query.own_named else ""
    if subject:
        scoped = scoped.of(topic=f"{subject} {query.topic}")
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
    operation = None if last.operation in ("compare", "trend") else last.operation
    kept = replace(last.alone(), operation=operation, text=text, focus=query.text)
    return replace(kept, named=named, times=times)


def _side(query: Query, last: Query) -> Query:
    """Return a question for another side of what was asked before: its growth, rank or plan."""
    planned = query.target and not query.kind
    return replace(
        last.alone(),
        asks=query.asks if query.asks in ("rank", "yes_no") else "figure",
        kind=query.kind or (last.kind if query.target else None),
        direction=query.direction,
        asking=last.asking if planned else query.asking,
        target=query.target or (last.target and not query.times),
        units=last.units if query.target and not query.units.printed else query.units,
        focus=query.text,
        order=None,
        conditions=(),
    ).of(
        topic=last.topic
        if planned
        else f"{last.thing} {query.topic}"
        if query.kind == "change"
        else last.thing,
        named=query.own_named or last.named,
        times=query.times or last.times,
    )


def _held_against(query: Query, last: Query) -> Query:
    """Return the question before as a claim, or with another bound for what all places have to meet."""
    if last.conditions and (last.level or last.items):
        old, new = last.conditions[0], query.conditions[0]
        text = last.text.replace(old.said, new.said, 1) if old.said else last.text
        conditions = replace(new, subject=old.subject, kind=old.kind)
        return replace(last, conditions=(conditions,), focus=query.text, text=text)
    topic = last.thing
    claim = replace(
        query,
        topic=topic,
        thing=topic,
        named=query.own_named or last.named,
        times=query.times or last.times,
        conditions=tuple(replace(one, subject=topic) for one in query.conditions),
        kind=last.kind,
        asks="yes_no",
    )
    where = "".join(one.text for one in claim.named) + "".join(one.text for one in claim.times)
    return replace(claim, text=f"{where}{topic.replace(' ', '')}{query.text.rstrip('？?')}")


def _other_thing(query: Query, last: Query, known: Callable[[str], bool]) -> list[Query]:
    """Return the questions for another thing in the way that was asked before.

    A name that the reports use decides whether the new words take the place of a part of the old ones
    (``批发`` of ``药品零售市场销售额``), of all, or go on with them (``起诉的`` after ``批捕多少人``).
    """
    word = query.thing
    base = replace(
        last.alone(),
        named=query.own_named or last.named,
        times=query.times or last.times,
        focus=query.focus,
        subject="",
        target=query.target or last.target,
        kind=query.kind or last.kind,
    )
    if is_measure(word):
        base = replace(base, asking="是多少", units=Units(query.units.printed or units_of(word)))
    elif last.units.printed == units_of(last.topic):
        base = replace(base, units=Units())  # only the old name told the unit
    grows = last.kind == "change" and last.topic.startswith(last.thing)
    change = last.topic[len(last.thing) :] if grows else ""
    ways = dict.fromkeys((_in_place(word, last.thing, known) or word, word))
    return [base.of(topic=f"{way}{change}", thing=way) for way in ways]


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


# ---- Several turns


def _across(query: Query, history: Sequence[Query]) -> Query | None:
    """Return a question about what several turns asked, together: ``哪个更高``, ``差多少``, ``比江苏多多少``."""
    last = history[-1]
    if query.thing or not query.puts_together or query.conditions:
        return None
    if query.own_named or query.times:
        other = _exchanged(query, last)
        return _compared(query, (last, other)) if query.against else None
    if last.sides:
        return _compared(query, last.sides)
    turns: list[Query] = []
    for one in reversed(history[-MOST_TURNS:]):
        here = len(turns) < TWO and (one.named, one.times) == (last.named, last.times)
        told = [(turn.thing, turn.own_named, turn.times) for turn in turns]
        if (
            one.asks in ("figure", "rank")
            and (one.thing == last.thing or here)
            and (one.thing, one.own_named, one.times) not in told
        ):
            turns.append(one)
    if not query.several:
        turns = turns[:TWO]
    return _compared(query, turns[::-1]) if len(turns) >= TWO else None


def _compared(query: Query, sides: Sequence[Query]) -> Query:
    """Return a comparison of the questions of several turns."""
    asking = query.text.removeprefix("那").rstrip("？?")
    if query.own_named:
        asking = "差多少" if query.puts_together == "difference" else "哪个高"
    return replace(
        sides[0],
        asking=asking,
        operation=query.puts_together,
        sides=tuple(replace(side.alone(), focus="") for side in sides),
        less=query.less,
        focus=query.text,
        asks="figure",
        leans=False,
    ).of(
        named=tuple(dict.fromkeys(named for side in sides for named in side.named)),
        times=tuple(dict.fromkeys(time for side in sides for time in side.times)),
        topic="和".join(dict.fromkeys(side.topic.replace(" ", "") for side in sides)),
    )
