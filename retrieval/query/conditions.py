"""Conditions: over which places or rows a question asks, in what order, and what figures are held against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from corpus.figures.figure import Figure, Kind
from corpus.figures.numerals import read_numeral
from retrieval.query.asking import COUNTED, COUNTERS, NUMBER, topic_of
from retrieval.query.lexicon import is_measure
from retrieval.query.query import Condition, Level, Named, Ordering, Query, Sign
from retrieval.query.segment import Span, has_word, place_of, told_in

MOST_CONDITIONS = 3
LEVELS: dict[str, Level | None] = {
    **dict.fromkeys(("省份", "省市区", "省市", "直辖市", "自治区", "省"), "province"),
    **dict.fromkeys(("地级市", "地市", "城市", "市"), "city"),
    **dict.fromkeys(("区县", "县区", "县市", "县", "区", "旗"), "county"),
    **dict.fromkeys(("地区", "地方", "国家"), None),
}
# What a bound becomes behind 没 or 不.
NEGATED_SIGNS: dict[Sign, Sign] = {">": "≤", "≥": "<"}
# 前三, 后两名, 第二 of an order; not 前三季度, 第二产业.
FEW = re.compile(rf"(?P<end>前|后|末)(?P<few>{NUMBER})(?:名|位|个|家|省|市|县)?(?!季度|个?月|年|天|产业)")
NTH = re.compile(rf"(?P<last>倒数)?第(?P<nth>{NUMBER})(?:名|位|高|低|大|小|多|少|快|慢)?(?=的|$|是|[？?])")
ENDS = re.compile(rf"^{NTH.pattern}|[\d一二两三四五六七八九十]$")  # what may end an order: 第二, 前三


# ---- The order


def order_of(text: str, spans: Sequence[Span]) -> Ordering | None:
    """Return the order that is asked for; None where none is."""
    without = left_out(spans)
    word = next((span for span in spans if span.is_word("order")), None)
    descending = bool(word.get("descending")) if word else True
    few, nth = FEW.search(text), NTH.search(text)
    asked = _asks_for_places(spans)
    if nth and asked and not any(span.text == "第几" for span in spans):
        place = _number(nth["nth"])
        return Ordering(descending != bool(nth["last"]), place, place, "", without)
    if few and (asked or word):
        return Ordering(few["end"] == "前" and descending, 1, _number(few["few"]), "", without)
    if word is None:
        return None
    if not word.text.startswith("最"):
        return Ordering(descending, without=without)
    counted = COUNTED.search(text, word.end) or COUNTED.search(text)
    return Ordering(descending, 1, _number(counted[1]) if counted else 1, word.text, without)


def tells_order(text: str, span: Span, order: Ordering | None) -> bool:
    """Tell whether a span of text only says which places of an order are asked for: 第二, 前三, 两个."""
    if order is None or span.kind not in ("text", "quantity"):
        return False
    matches = [found for found in (FEW.search(text), NTH.search(text)) if found]
    return (
        any(found.start() <= span.start and span.end <= found.end() for found in matches)
        or (COUNTED.fullmatch(span.text) is not None and bool(order.superlative))
        or span.text in ("排", "家")
    )


def left_out(spans: Sequence[Span]) -> tuple[str, ...]:
    """Return the names that an order is asked for without: 除了杭州外."""
    start = place_of(spans, "except")
    names = []
    for span in spans[start + 1 :] if start is not None else ():
        if span.is_word("outside") or span.text in "，,":
            break
        if span.kind in ("named", "text"):
            names.append(span.value.name if isinstance(span.value, Named) else span.text)
    return tuple(names)


def _number(text: str) -> int:
    numeral = read_numeral(text.replace("两", "二"))
    return max(1, int(numeral.value)) if numeral else 1


def _asks_for_places(spans: Sequence[Span]) -> bool:
    return any(span.is_word("ask", "order") or span.text in LEVELS for span in spans)


# ---- The places or rows


def asked_over(spans: Sequence[Span]) -> tuple[Level | None, str, tuple[Span, ...]]:
    """Return over which places or rows a question asks: their level, what they are called, and the spans that say so.

    ``哪个省``, ``各市``, ``三个县`` and ``谁`` ask over places, ``哪家企业`` over what a table has in its rows;
    what is asked over needs an order, a bound or a sum.
    """
    told = told_in(spans)
    # 几|个|市: the counter belongs to what asks.
    told = told[:1] + [
        span for before, span in pairwise(told) if not before.is_word("ask") or span.text not in COUNTERS
    ]
    ordered, changed = _is_ordered(spans), has_word(spans, "change")
    for span, after in zip_longest(told, told[1:]):
        called = span.text.lstrip("各哪个座")
        if span.text[0] in "各哪" and called in LEVELS and (ordered or changed):
            return LEVELS[called], called, (span,)
        asks = span.is_word("ask", "each", "order") or COUNTED.fullmatch(span.text) is not None
        if after is None or not asks or after.text not in LEVELS:
            continue
        if ordered or (changed and span.get("asks") == "list"):
            said = (span, after) if span.kind == "text" else (after,)
            return LEVELS[after.text], after.text, said
    for before, span, following in zip(told, told[1:], [*told[2:], None], strict=False):
        if ordered and span.kind == "text" and _names_what_is_ordered(before, following):
            if span.text in LEVELS:
                return LEVELS[span.text], span.text, (span,)
            if span.tag in ("n", "nz") and not is_measure(span.text):
                return None, span.text, (span,)
    several = sum(isinstance(span.value, Named) and span.value.kind != "nation" for span in told) > 1
    who = any(span.text == "谁" for span in told) and not has_word(told, "sum")
    return None, "地方" if ordered and who and not several else "", ()


def _is_ordered(spans: Sequence[Span]) -> bool:
    """Tell whether a question orders, bounds or sums what it asks over."""
    text = "".join(span.text for span in spans)
    figures = [span.value for span in spans if isinstance(span.value, Figure)]
    bound = bool(figures) and has_word(spans, "bound", "bound_after")
    nth = (NTH.search(text) or FEW.search(text)) is not None and _asks_for_places(spans)
    ranged = any(figure.value_to for figure in figures)
    return has_word(spans, "order", "sum", "each") or bound or nth or ranged


def _names_what_is_ordered(before: Span, after: Span | None) -> bool:
    """Tell whether what stands between two words is what an order or a bound is asked of: 最多的|企业|是哪家."""
    if before.get("asks") in ("which", "list"):
        return True
    ends = before.is_word("order", "bound_after") or before.kind == "quantity" or ENDS.search(before.text)
    return bool(ends) and (after is None or after.get("asks") in ("which", "list", "figure", "person"))


# ---- The conditions


def conditions_of(spans: Sequence[Span], over: bool, query: Query) -> tuple[Condition, ...]:
    """Return what figures are held against: of places and rows (增速超过6%), or of one thing (有没有过千亿)."""
    found: list[Condition] = []
    begin = 0
    claims = query.asks == "yes_no" and not over
    for at, span in enumerate(spans):
        if span.kind != "quantity":
            continue
        before, after = spans[begin:at], spans[at + 1 :]
        figure = span.value if isinstance(span.value, Figure) else None
        sign = _sign(before, after[:2])
        ranged = figure is not None and figure.value_to is not None
        if sign is None and not claims and (not ranged or not (after or over)):
            continue
        subject = topic_of([one for one in before if not one.is_word("bound", "bound_after")])
        subject = subject or topic_of([one for one in after if one.kind == "text"])
        subject = subject or (found[-1].subject if found else "")
        kind: Kind = "change" if has_word(before, "change") else "level"
        falls = any(one.get("direction") == "-" for one in before)
        said = span.text + "".join(one.text for one in after[:1] if one.text.startswith("点"))
        found.append(Condition(subject, sign or "=", figure, said, kind, falls))
        begin = at + 1
    if found or not over:
        return tuple(found[:MOST_CONDITIONS])
    return _growth_alone(spans, query)


def _growth_alone(spans: Sequence[Span], query: Query) -> tuple[Condition, ...]:
    """Return the condition that something grew or fell, where no amount is named: 下降的有哪些."""
    last = next((span for span in reversed(spans) if span.is_word("change")), None)
    if last is None or last.get("noun") or query.asks not in ("list", "figure", "which") or query.order:
        return ()
    if query.thing and (query.kind == "change" or last is spans[-1] or spans[-1].kind in ("mark", "word")):
        falls = last.get("direction") == "-"
        return (Condition(query.thing, "<" if falls else ">", None, "", "change", falls),)
    return ()


def _sign(before: Sequence[Span], after: Sequence[Span]) -> Sign | None:
    behind = next((span for span in after if span.is_word("bound_after")), None)
    ahead = next((span for span in reversed(before) if span.is_word("bound")), None)
    word = ahead or behind
    if word is None:
        return None
    sign: Sign = word.get("sign")
    negated = any(span.text in ("没", "没有", "不") for span in before[-2:])
    return NEGATED_SIGNS.get(sign, sign) if negated and ahead else sign
