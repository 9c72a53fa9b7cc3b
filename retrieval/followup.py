"""Follow-ups: complete a question such as ``那去年呢？`` by the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.period import find_periods
from corpus.places import find_places
from retrieval.sentences import Span

FOLLOW_UP = re.compile(
    r"^(?:那么?(?!多)|还有|另外|以及|换成|再问|然后)|^(?:和|而)(?=.{1,8}呢)|的?(?:呢|怎么样|咋样)[？?]?$"
)
# What only asks: it stays as it was when the thing that is asked for changes.
ASKS = re.compile(
    r"(?:分别|一共|总共|各)?(?:是|有|为|达到?|完成|增长|增加|下降|减少|提高|涨|降)?了?"
    r"(?:多少|几多|好多|几|百分之几|哪些|哪几|什么|谁|哪[个里年家]|多[大长高远])[^，。？?]{0,2}$|(?:增速|增幅|排名|占比|总量)[？?]?$"
)
QUESTION_WORD = re.compile(r"多少|几|哪|什么|啥|谁|怎|吗|何|多[大长高远久]")
# Asked alone, these ask for another side of the same thing.
SIDE = re.compile(
    r"^(?:同比|环比)?(?:增速|增长率?|增幅|涨幅|同比|环比|排名|位次|占比|比重|总量|目标|绝对值|规模|金额)$"
)
EMPTY = set("的是有在了和年月日个多少几增长减新总率额量数，。？? ")


def complete(text: str, history: Sequence[str]) -> tuple[str, str]:
    """Return a follow-up completed by the question before it, and what is new in it ("" if it is none).

    >>> complete("那去年呢？", ["浙江今年财政收入是多少？"])
    ('浙江去年财政收入是多少？', '去年')
    >>> complete("那江苏呢", ["浙江今年财政收入是多少？"])
    ('江苏今年财政收入是多少？', '江苏')
    >>> complete("养老机构呢", ["浙江今年财政收入是多少？"])
    ('浙江今年养老机构是多少', '养老机构')
    """
    if not history or not FOLLOW_UP.search(text):
        return text, ""
    # The question before may be a follow-up itself.
    before, _ = complete(history[-1].strip(), history[:-1])
    bare = FOLLOW_UP.sub("", FOLLOW_UP.sub("", text)).strip("，, 的？?")
    if not bare:
        return text, ""
    if QUESTION_WORD.search(bare):
        return with_scope(bare, before), ""
    rest = _without(bare, [*_times(bare), *find_places(bare)]).strip("的 ")
    if not rest or SIDE.match(rest):
        return _exchange(bare, before, rest), bare
    asks = ASKS.search(before.rstrip("？?"))
    # A word that both share goes on with the same thing: 落地在建 after 已建成的研究院.
    if asks is None or set(rest) & set(before[: asks.start()]) - EMPTY:
        return f"{bare} {before}", bare
    return with_scope(bare, before) + asks[0], bare


def _exchange(bare: str, before: str, side: str) -> str:
    """Return the question before with the places and times of ``bare`` in the place of its own."""
    for found, old in ((_times(bare), _times(before)), (find_places(bare), find_places(before))):
        if found:
            new = bare[found[0][0] : found[-1][1]]
            before, at = _without(before, old), old[0][0] if old else 0
            before = before[:at] + new + before[at:]
            # The other kind is looked up again: its spans have moved.
            return _exchange(_without(bare, found), before, side)
    return f"{before} {side}".strip()


def with_scope(bare: str, before: str) -> str:
    """Return ``bare`` with the place and time of the question before it, where it has none itself."""
    place = "" if find_places(bare) else "".join(before[start:end] for start, end in find_places(before)[:1])
    time = "" if _times(bare) else "".join(before[start:end] for start, end in _times(before)[:1])
    return f"{place}{time}{bare}"


def _times(text: str) -> list[Span]:
    return [(period.start, period.end) for period in find_periods(text)]


def _without(text: str, spans: Sequence[Span]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text
