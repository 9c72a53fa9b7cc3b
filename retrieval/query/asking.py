"""Asking: what sort of answer a question asks for, of which kind, in which units, what for, and about what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.figures.figure import Figure, Kind
from corpus.figures.units import match_unit
from retrieval.query.lexicon import is_measure, offices, spoken_units, units_of
from retrieval.query.query import Asks, Direction, Named, Operation, Purpose, Time, Units
from retrieval.query.segment import Span, has_word, place_of, told_in

SHORTEST_TOPIC = 2  # characters
# The sort of answer that counts where several are asked for; a number only where no sort is named.
PRECEDENCE: tuple[Asks, ...] = (
    "rank", "ordinal", "time", "list", "figure", "person", "place", "reason", "which", "yes_no"
)  # fmt: skip
ORDINALS = ("次", "届", "代", "期", "批次", "轮", "版", "号线", "级", "路", "型", "环", "编", "章")
COUNTERS = "个位家名种项条座所类样件份"
SCALE = re.compile("[来个]?(万亿|[百千]万|[百千]亿|万|亿)")
MONEY = ("块钱", "钱", "块")  # 元 as people say it
PEOPLE = frozenset({"人", "名", "位", "人次"})
COUNTED_IN_PEOPLE = ("人数", "游客", "旅客", "学生", "老人", "职工", "人才", "的人")
CURRENCIES = ("美元", "欧元", "港元", "日元")
NUMBER = r"(?:\d+|[一二两三四五六七八九十]+)"
COUNTED = re.compile(rf"({NUMBER})[个位家名种]")
NEGATED = re.compile(r"(.)[没不]\1")


# ---- The sort of answer


def sort_of(spans: Sequence[Span]) -> Asks:
    """Return the sort of answer that a question asks for."""
    found = {str(span.get("asks")) for span in spans if span.is_word("ask")}
    for before, span in pairwise(spans):
        if before.text == "哪" and COUNTED.match(span.text):
            return "list"
        if before.is_word("ask") and before.text[-1] == "几" and span.text.startswith(ORDINALS):
            return "ordinal"
    if any(NEGATED.search(span.text) for span in spans):
        found.add("yes_no")
    sort: Asks = next((sort for sort in PRECEDENCE if sort in found), "other")
    if sort == "other" and has_word(spans, "bound") and any(span.kind == "quantity" for span in spans):
        sort = "yes_no"
    if sort == "which" and any(span.text in ("叫什么", "叫啥") for span in spans):
        named = [span.text for span in spans if span.kind == "text"]
        return "person" if named and named[-1].endswith(offices()) else "which"
    if sort in ("other", "which") and _is_terse(spans):
        return "figure"
    if sort in ("other", "which", "yes_no") and has_word(spans, "gap", "direction"):
        return "figure" if has_word(spans, "gap") else "yes_no"
    return sort


def _is_terse(spans: Sequence[Span]) -> bool:
    """Tell a question that is only the name of a measure, or ends with one and asks how it is."""
    told = told_in(spans)
    if any(span.is_word("ask") and span.text not in ("怎么样", "咋样", "如何") for span in told):
        return False
    rest = [span for span in told if not span.is_word("ask")]
    if not rest or rest[-1].is_word("summary", "define"):
        return False
    last = next((span for span in reversed(rest) if span.kind not in ("time", "named")), rest[-1])
    if last.is_word("target", "sum") or (last.is_word("change") and last.get("noun")):
        return True
    return last.kind == "text" and is_measure(last.text.upper())


def wording_of(spans: Sequence[Span]) -> str:
    """Return the words that ask, with what joins them and the unit or the deed that follows: 有多少家, 哪天作的."""
    at = place_of(spans, "ask", "direction")
    if at is None:
        return "是多少"
    start, end = at, at + 1
    while start and spans[start - 1].is_word("particle", "sum", "filler", "own_place"):
        start -= 1
    counts = spans[at].text in ("多少", "几", "好多", "几多", "第几")
    if counts and end < len(spans) and spans[end].kind == "text" and len(spans[end].text) < 3:
        end += 1
    end += sum(span.is_word("deliver") for span in spans[end : end + 1])
    return "".join(span.text for span in spans[start:end]).lstrip("的了")


def kind_of(spans: Sequence[Span], asks: Asks) -> tuple[Kind | None, Direction | None]:
    """Return the kind of figure that is asked for, and which way it went where that is said."""
    if asks == "rank":
        return "rank", None
    direction: Direction | None = next((way for span in spans if (way := span.get("direction"))), None)
    for at, span in enumerate(spans):
        if not span.is_word("change"):
            continue
        after = [one for one in spans[at + 1 :] if not one.is_word("particle", "filler", "than")]
        nouns = span.get("noun") or all(one.kind == "mark" for one in after)
        asked = has_word(after[:1], "ask", "direction", "order", "more", "gap", "target")
        if nouns or asked or after[0].kind == "quantity":
            return "change", direction
    return ("change" if any(span.get("units") == "倍 番" for span in spans) else None), direction


def is_target(spans: Sequence[Span]) -> bool:
    """Tell whether what is planned is asked for."""
    # 要 at the end, or before 了, plans nothing.
    texts = [*(span.text for span in spans), "了"]
    return any(
        span.is_word("target") and (span.text, texts[at + 1]) != ("要", "了") for at, span in enumerate(spans)
    )


def purpose_of(spans: Sequence[Span], topic: str) -> Purpose:
    """Return what is wanted beside an answer to a question."""
    roles = {span.role for span in spans}
    if "define" in roles and topic:
        return "define"
    told = [span for span in spans if span.kind == "text" and not is_counter(span.text)]
    if "summary" in roles and ("ask" not in roles or not told):
        return "summary"
    if "document" in roles:
        asks = {span.get("asks") for span in spans if span.is_word("ask")}
        if asks & {"list", "figure"} and not told:
            return "reports"
        others = [one for one in told if len(one.text) > 1 and one.tag not in ("v", "LOC")]
        if "deliver" in roles and asks & {"person", "time"} and not others:
            return "imprint"
    return "answer"


# ---- The units


def units_asked(spans: Sequence[Span], topic: str, asks: Asks) -> Units:
    """Return the units that would answer."""
    if asks == "ordinal":
        said = [span.text.strip("第几哪一") for span in spans if span.get("asks") == "ordinal"]
        behind = [span.text for before, span in pairwise(spans) if before.is_word("ask")]
        said += [word for text in behind for word in ORDINALS if text.startswith(word)]
        return Units(frozenset([word for word in said if word][:1]))
    if asks != "figure" and not (asks == "other" and has_word(spans, "than", "gap")):
        return Units()
    asking = [(at, span.get("units")) for at, span in enumerate(spans) if span.get("asks") == "figure"]
    named = [frozenset(units.split()) for _at, units in asking if units]
    counted = [_counted("".join(one.text for one in spans[at + 1 :]))[0] for at, units in asking if not units]
    printed = frozenset[str]().union(*named, *(one.printed for one in counted))
    scale = next((one.scale for one in counted if one.scale), "")
    whole = next((one.asked for one in counted if one.asked), "")
    said = [span.text for span in spans if span.text in CURRENCIES]
    if said:
        printed = frozenset(said[:1])
    if not printed and not scale:
        printed = units_of(topic)
    if not printed and topic.endswith(COUNTED_IN_PEOPLE):
        printed = PEOPLE
    return Units(printed, any(one.loose for one in counted), scale, whole)


def _counted(rest: str) -> tuple[Units, int]:
    """Return the units that are counted in what follows 多少, and how many characters of it say so."""
    # 几个亿, 多少来万: what stands before the multiplier counts nothing.
    found = SCALE.match(rest)
    scale, at = (found[1], found.end()) if found else ("", 0)
    said = max((word for word in spoken_units() if rest.startswith(word, at)), key=len, default="")
    unit = match_unit(rest[at:], 0)
    if unit is not None and unit.family != "bare" and len(unit.printed) >= len(said):
        said = unit.printed
    elif said in MONEY:
        return Units(spoken_units()[said][0], False, scale, scale), at + len(said)
    printed, loose = spoken_units().get(said, (frozenset({said} - {""}), False))
    return Units(printed, loose, scale, f"{scale}{said}"), at + len(said)


def counted_length(spans: Sequence[Span], at: int) -> int:
    """Return how many characters of a span belong to the unit that is asked for before it (多少|万|平方|米)."""
    start = at
    while start and spans[start - 1].kind == "text":
        start -= 1
    if spans[at].kind != "text" or not start:
        return 0
    asking = spans[start - 1]
    asks = asking.get("asks") == "figure" or asking.text.endswith("多少")
    if not asks or asking.get("units"):
        return 0
    _units, length = _counted("".join(span.text for span in spans[start:]))
    before = sum(len(span.text) for span in spans[start:at])
    return max(0, min(len(spans[at].text), length - before))


def is_counter(text: str) -> bool:
    """Tell whether a word only counts."""
    return text in COUNTERS or text in ("年", "月", "日", "号")


# ---- What is asked about


def topic_of(spans: Sequence[Span]) -> str:
    """Return what is asked about: what is no name of a report, time, mark or word that only asks, in its order.

    A place or organisation of which no report is stays: a passage has to name it.
    """
    topic = ""
    for at, span in enumerate(spans):
        if isinstance(span.value, Named):
            known = span.value.strict and span.value.reports
            stays = not known and span.value.kind not in ("nation", "region")
        else:
            stays = span.kind in ("quantity", "text") or span.is_word("plain", "change")
        topic += span.text[counted_length(spans, at) :] if stays else " "
    return " ".join(topic.split())


def term_of(spans: Sequence[Span]) -> str:
    """Return the word whose meaning is asked for, as it stands in the question; empty where none is."""
    at = place_of(spans, "define")
    if at is None:
        return ""
    marks = [place for place, span in enumerate(spans) if span.text in '“”"「」『』']
    if len(marks) == 2:
        return "".join(span.text for span in spans[marks[0] + 1 : marks[1]])
    begin = max((place for place in range(at) if spans[place].is_word("document", "polite")), default=-1) + 1
    before = "".join(span.text for span in spans[begin:at] if span.kind != "mark" or span.text in "、（）()")
    after = "".join(span.text for span in spans[at + 1 :] if span.kind != "mark")
    return (before or after).strip("的里中上说提到所谓指是,， ")


def subject_of(text: str, own: Sequence[Span]) -> str:
    """Return what is asked about as the question has it, from its first word to its last."""
    words = [span for span in own if span.kind == "text" or span.is_word("plain", "change")]
    if not words:
        return ""
    inside = [span for span in own if words[0].start < span.start < words[-1].start]
    if any(span.kind in ("named", "time") or span.is_word("ask") for span in inside):
        return ""
    counted = counted_length(own, own.index(words[0]))
    return text[words[0].start + counted : words[-1].end]


def times_of(spans: Sequence[Span]) -> tuple[tuple[Time, ...], tuple[int, ...]]:
    """Return the times that are asked about, and the years of the reports that are named."""
    times: list[Time] = []
    reports: list[int] = []
    for at, span in enumerate(spans):
        if not isinstance(span.value, Time):
            continue
        rest = [
            one for one in spans[at + 1 :] if one.kind != "named" and not one.is_word("particle", "own_place")
        ]
        if has_word(rest[:1], "document") and len(span.value.years) == 1:
            reports += span.value.years
        else:
            times.append(span.value)
    return tuple(dict.fromkeys(times)), tuple(dict.fromkeys(reports))


def looked_up(spans: Sequence[Span]) -> Figure | None:
    """Return the lone quantity of a question that names nothing else: 报告里哪里提到47.6%."""
    figures = [span.value for span in spans if isinstance(span.value, Figure)]
    rest = any(span.kind in ("text", "time") or span.is_word("bound", "change", "order") for span in spans)
    return figures[0] if len(figures) == 1 and not rest else None


# ---- What is left to other questions


def drops_subject(spans: Sequence[Span]) -> bool:
    """Tell whether a question begins with what asks and names only what was done: 在哪里举行的, 什么时候建成的."""
    told = told_in(spans)
    if not told or told[0].get("asks") not in ("time", "place", "person"):
        return False
    done = [span for span in told if span.kind in ("text", "named", "quantity")]
    return bool(done) and all(span.tag[:1] == "v" for span in done)


def leans(spans: Sequence[Span], topic: str) -> bool:
    """Tell whether a question can only be understood by the one before it."""
    told = [span for span in spans if span.kind != "mark"]
    if not told:
        return False
    subject = next((at for at, span in enumerate(told) if span.kind in ("text", "named")), len(told))
    return (
        not topic
        or told[0].is_word("follow", "join", "bound", "than", "gap", "sum", "change", "target", "more")
        or has_word(told[: max(subject, 1)], "pronoun")
        or (told[-1].text == "呢" and not has_word(told, "ask"))
    )


def put_together(spans: Sequence[Span]) -> Operation | None:
    """Return what is asked of several things that are not named again."""
    roles = {span.role for span in spans}
    if "gap" in roles:
        return "difference"
    if "sum" in roles:
        return "total"
    if roles >= {"than", "more", "ask"}:
        return "difference"
    return "compare" if roles & {"more", "than", "order"} else None
