"""Several questions in one sentence: taken apart, answered one by one, told together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.figures.synonyms import canonical_indicator
from corpus.figures.units import match_unit
from index import Index
from retrieval.answer import CitedFigure, Hit
from retrieval.followup import ASKS, SIDE, SIDE_ASKED, complete, with_scope, without_scope
from retrieval.inquiry import MOST_FIGURES, Inquiry, Reply
from retrieval.question import ASKING, COUNT_WORD
from retrieval.search.fusion import merge
from retrieval.search.sentences import Span

MOST_PARTS = 4  # more is a form to be filled in, not a question
# What asks at the end of a clause; what it counts may follow it.
ASKED = re.compile(
    r"(?:多少|几多|好多|百分之几|(?<![这近前好另外十])几)[^，,；;。？?]{0,7}$|(?:第几|哪|什么|啥|谁|何[时地]|多[大长高远久快]|怎么?样|如何)|(?:吗|没有|呢)$|是否|有没有|是不是"
)
CLAUSE = re.compile(r"[^，,；;。？?！!]+[，,；;。？?！!]*")
JOINED = re.compile(r"^(?:以及|还有|另外|同时|并且|而且|再问一?下|顺便问一?下|请问|再者)[，,]?")
INSIDE = re.compile(r"(?<=.{4})(?:以及|还有|并且)(?=.{4})")
# Words that only carry on with the subject of the part before: 获了什么奖, 其中出口多少.
CARRIES = re.compile(r"^(?:其中|它们?|他们?|她们?|这|那|该|合起来|加起来|一共|总共|都|又|也|才|就|比|占)")
WHO = r"(?:是?谁|哪一?位|什么人)"
WHEN = r"(?:是?在?(?:什么时候|什么时间|何时|哪一?[年天日]|几月(?:几[日号])?|啥时候))"
WHERE = r"(?:是?在?(?:哪里|哪儿|什么地方|何地|哪个(?:地方|城市)))"
SORTS = (WHO, WHEN, WHERE)
BOTH = re.compile("|".join(rf"(?P<w{number}>{sort})" for number, sort in enumerate(SORTS)))
AND = re.compile(r"[、和与跟及]|以及|还有")
TOGETHER = re.compile(r"合计|一共|总共|加起来|之和|共计|相差|差多少|谁|哪|比|占|高多少|低多少")
SHORTEST = 2  # characters of a name
INCOMPLETE = "报告给出的不全"
NEAREST = "；最接近的是"
ENDS = "。；，,; "


def questions_in(text: str, index: Index) -> list[str]:
    """Return the questions that a sentence asks, each so that it stands by itself; one where it asks one."""
    parts = [one for clause in _clauses(text) for one in (_by_sort(clause) or _by_name(clause, index))]
    whole = [parts[0]]
    for part in parts[1:]:
        joined = JOINED.sub("", part)
        whole.append(_completed(joined, whole[-1]))
    return whole if 1 < len(whole) <= MOST_PARTS else [text]


def _clauses(text: str) -> list[str]:
    """Return a sentence cut after each clause that asks; one that asks nothing belongs to the next."""
    parts: list[str] = []
    held = ""
    for clause in CLAUSE.findall(INSIDE.sub("，", text)):
        bare = clause.rstrip("，,；;。？?！! ")
        held += clause
        if ASKED.search(bare) or (parts and SIDE.match(SIDE_ASKED.sub("", JOINED.sub("", bare)))):
            parts.append(held.strip("，,；;。？?！! "))
            held = ""
    stands_alone = all(_has_subject(JOINED.sub("", part)) for part in parts[1:])
    return parts if len(parts) > 1 and stands_alone and not held.strip() else [text]


def _has_subject(part: str) -> bool:
    """Tell whether a part says what it asks about: 2025年又是多少 does not."""
    bare = _without_count(without_scope(part))
    return not CARRIES.match(bare) and len(ASKING.sub("", bare).strip("又是有为达")) >= SHORTEST


def _without_count(text: str) -> str:
    """Return a text without the unit that it asks for: 多少平方公里 names nothing."""
    counting = COUNT_WORD.search(text)
    unit = match_unit(text, counting.end()) if counting else None
    return text[: counting.end()] + text[unit.end :] if counting and unit else text


def _completed(part: str, before: str) -> str:
    """Return a part with what it leaves to the part before it: a side of its thing, its place and time."""
    completed, focus = complete(part, [before])
    return completed if focus else with_scope(part, before)


def _by_sort(text: str) -> list[str]:
    """Return a question for two sorts of things at once (谁在什么时候) as one for each, else nothing."""
    found = list(BOTH.finditer(text))
    if len({match.lastgroup for match in found}) < 2 or len(found) != 2:
        return []
    return [text[: other.start()] + text[other.end() :] for other in reversed(found)]


def _by_name(text: str, index: Index) -> list[str]:
    """Return a question for several indicators at once (A和B分别是多少) as one for each, else the question."""
    asks = ASKS.search(text.rstrip("？?"))
    bare = without_scope(text[: asks.start()] if asks else "")
    if asks is None or TOGETHER.search(text) or not AND.search(bare):
        return [text]
    names = _named([name.strip("的 ，") for name in AND.split(bare)], index)
    return [with_scope(name + asks[0], text) for name in names] if len(names) > 1 else [text]


def _named(names: Sequence[str], index: Index) -> list[str]:
    """Return what stands side by side as names that reports use; nothing where one of them is none.

    What the last name ends with may belong to all: 城镇和农村居民收入.
    """
    known = "\n".join({entry.terms.series for entry in index.ledger})
    last = names[-1]
    whole = []
    for name in names:
        ends = ("", *(last[cut:] for cut in range(1, len(last) - 1))) if name != last else ("",)
        end = next((end for end in ends if canonical_indicator(name + end) in known), None)
        if end is None or len(name) < SHORTEST or (not end and len(name + end) <= SHORTEST and name == last):
            return []
        whole.append(name + end)
    return whole


def answer_several(inquiry: Inquiry, parts: Sequence[str], answer: Callable[[str], Reply]) -> Reply:
    """Answer each of several questions; what the reports do not say of them is said too."""
    replies = [answer(part) for part in parts]
    found = [reply for reply in replies if reply.found]
    if not found:
        return replies[0]
    text, marks = "", list[Span]()
    for part, reply in zip(parts, replies, strict=True):
        said = reply.text.rstrip(ENDS) if reply.found else f"“{part.lstrip('是在')}”：{_refusal(reply)}"
        at = text.find(said)
        if at < 0:
            at = len(text) + 1 if text else 0
            text = f"{text}；{said}" if text else said
        marks += [(start + at, end + at) for start, end in reply.marks if end <= len(said)]
    figures = _in_turn([reply.figures for reply in found])
    return Reply(
        True,
        f"{text}。",
        _hits_in_turn(found)[: inquiry.k],
        figures[: max(MOST_FIGURES, len(found))],
        marks=tuple(sorted(set(marks))),
        computations=tuple(one for reply in found for one in reply.computations),
        confidence=min(reply.confidence for reply in found),
    )


def _refusal(reply: Reply) -> str:
    """Return why a part is not answered, without figures: what they stand in is not shown."""
    said = reply.text.partition(NEAREST)[0].rstrip(ENDS)
    return INCOMPLETE if any(figure.quote in said for figure in reply.figures) else said


def _in_turn(lists: Sequence[tuple[CitedFigure, ...]]) -> tuple[CitedFigure, ...]:
    """Return the first of each list, then the second of each; each figure once."""
    known = {(one.passage.report, one.passage.number, one.start): one for each in lists for one in each}
    keys = [[(one.passage.report, one.passage.number, one.start) for one in each] for each in lists]
    order = dict.fromkeys(
        key for place in range(MOST_FIGURES) for each in keys for key in each[place : place + 1]
    )
    return tuple(known[key] for key in order)


def _hits_in_turn(replies: Sequence[Reply]) -> tuple[Hit, ...]:
    hits = {
        (hit.passage.report, hit.passage.number): hit for reply in replies for hit in reversed(reply.hits)
    }
    places = {key: place for place, key in enumerate(hits)}
    order = merge([places[hit.passage.report, hit.passage.number] for hit in reply.hits] for reply in replies)
    values = list(hits.values())
    return tuple(values[place] for place in order)
