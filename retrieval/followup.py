"""Follow-ups: complete a question such as ``那去年呢？`` by the question before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.period import find_periods
from corpus.places import find_places
from retrieval.search.sentences import Span

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
    r"^(?:同比|环比|增速|增长率?|增幅|涨幅|(?:同比|环比)(?:增速|增长|增幅|下降)|(?:在?全[国省市区县][里中]?)?(?:排名?|位[列居]|居)(?:在?全[国省市区县])?|位次|占比|比重|总量|(?:预期)?目标|计划|预期|绝对值|规模|金额|"
    r"(?:比(?:上一?年|去年|上年同期|去年同期)?)?(?:增长|增加|上升|上涨|涨|下降|降低?|减少|提高)了?)$"
)
# What asks for such a side: 目标是, 同比增长多少, 排第几.
SIDE_ASKED = re.compile(
    r"(?:定)?(?:的)?(?:是|为|有)?(?:了)?(?:多少|几多|好多|百分之几|第?几位?|什么)?[？?]?$"
)
# Asked alone, these hold the thing against a number: 有没有超过12？
CLAIM = re.compile(
    r"^(?:它|这)?(?:有没有|是不是|是否|有无)?(?:已经?|都)?(?:不?超过?|突破|[过破到上]|达到?|[低高少多大小]于|不到|不足)了?\d"
)
# Asked alone, these ask who, when or where of what was asked about: 哪天作的, 是谁说的, 在哪里.
SORT = r"(?:谁|哪一?[位天年月日里儿]|什么(?:时候|时间|地方|人)|何[时地]|几月(?:几[日号])?|几号|啥时候)"
OF_SORT = re.compile(rf"^(?:都|又)?(?:是|由)?在?{SORT}(?![是叫任])[^，。？?]{{0,3}}$")
SORT_ASKED = re.compile(rf"(?:都|又)?(?:是|由)?在?{SORT}[^，。？?]{{0,4}}[？?]?$")
ALL_PLACES = re.compile(
    r"(?:哪[个些几]?|几个|多少个?|哪几个)[省市区县地]|各[省市区县地]|全国|哪里|报告|所有|排名前"
)
THERE = re.compile(r"那[边里儿]|方面")
CHANGES = re.compile(r"比|(?:增加|上升|上涨|涨|下降|降低?|减少|提高)了?$|增长了$")
RANK = re.compile(r"(?:排名?|位?居|位列)(?:在?全[国省市区县])?$")
# A goal for the same thing: what was asked of it stays as it was.
GOALS = frozenset({"目标", "计划", "预期", "预期目标"})
SHARED_END = 2  # characters
EMPTY = set("的是有在了和年月日个多少几增长减新总率额量数，。？? ")


def complete(text: str, history: Sequence[str]) -> tuple[str, str]:
    """Return a follow-up completed by the question before it, and what is new in it ("" if it is none).

    >>> complete("那去年呢？", ["浙江今年财政收入是多少？"])
    ('浙江去年财政收入是多少？', '去年')
    >>> complete("那江苏呢", ["浙江今年财政收入是多少？"])
    ('江苏今年财政收入是多少？', '江苏')
    >>> complete("养老机构呢", ["浙江今年财政收入是多少？"])
    ('浙江今年养老机构是多少', '养老机构')
    >>> complete("有没有超过500亿？", ["浙江今年财政收入是多少？"])
    ('浙江今年财政收入有没有超过500亿', '有没有超过500亿')
    """
    if not history:
        return text, ""
    bare = FOLLOW_UP.sub("", FOLLOW_UP.sub("", text)).strip("，, 的？?")
    asked = without_scope(SIDE_ASKED.sub("", bare))
    side = SIDE.match(asked)
    lone = CLAIM.match(bare) or OF_SORT.match(bare)
    if not bare or not (FOLLOW_UP.search(text) or side or lone):
        return text, ""
    # The question before may be a follow-up itself.
    before, _ = complete(history[-1].strip(), history[:-1])
    if lone and (subject := _subject_of(before)):
        return subject + bare, bare
    if side:
        return _exchange(bare, before, _named_side(side[0])), bare
    if not asked:
        return _exchange(SIDE_ASKED.sub("", bare), before, ""), bare
    if QUESTION_WORD.search(bare):
        return with_scope(bare, before), ""
    rest = without_scope(bare)
    if not rest:
        return _exchange(bare, before, ""), bare
    asks = ASKS.search(before.rstrip("？?"))
    if instead := _in_place(rest, before):
        return _exchange(bare, instead, ""), bare
    # A word that both share goes on with the same thing: 落地在建 after 已建成的研究院.
    if asks is None or set(rest) & set(before[: asks.start()]) - EMPTY:
        return f"{rest} {_exchange(bare, before, '')}", bare
    return with_scope(bare, before) + asks[0], bare


def _subject_of(before: str) -> str:
    """Return what a question asks about: the question without what only asks; empty where that is all of it."""
    bare = before.rstrip("？?。 ")
    asks = SORT_ASKED.search(bare) or ASKS.search(bare)
    return bare[: asks.start()] if asks else ""


def _in_place(rest: str, before: str) -> str:
    """Return the question before with ``rest`` for the like-named thing that it asks about, else nothing.

    Alike is what ends alike: by one character at its beginning, by two anywhere.

    >>> _in_place("柴油", "2012年汽油产量多少"), _in_place("贷款余额", "某市银行存款余额多少")
    ('2012年柴油产量多少', '某市银行贷款余额多少')
    >>> _in_place("医院", "去年新建学校多少所")
    ''
    """
    core, length = without_scope(before), len(rest)
    for start in range(len(core) - length if length > 1 else 0):
        like = core[start : start + length]
        shared = 1 if start == 0 else SHARED_END
        if like != rest and like[-shared:] == rest[-shared:] and like in before and length > shared:
            return before.replace(like, rest, 1)
    return ""


def _exchange(bare: str, before: str, side: str) -> str:
    """Return the question before with the places and times of ``bare`` in the place of its own."""
    for found, old in ((times_in(bare), times_in(before)), (find_places(bare), find_places(before))):
        if found:
            new = bare[found[0][0] : found[-1][1]]
            before, at = _without(before, old), old[0][0] if old else 0
            before = before[:at] + new + before[at:]
            # The other kind is looked up again: its spans have moved.
            return _exchange(_without(bare, found), before, side)
    if side in GOALS or not side:
        return f"{before} {side}".strip()
    return f"{ASKS.sub('', before.rstrip('？?'))} {side}"


def _named_side(words: str) -> str:
    """Return a side of a thing as a question for it: 排 is its rank, 比上年涨 its growth."""
    if RANK.search(words):
        return f"{words}第几"
    if CHANGES.match(words):
        return "增长多少"
    if words in ("同比", "环比"):
        return f"{words}增长多少"
    return f"{words}多少" if words.endswith(("增长", "下降")) else words


def without_scope(text: str) -> str:
    """Return a text without its times and places."""
    return THERE.sub("", _without(text, [*times_in(text), *find_places(text)])).strip("的 ")


def carried_on(text: str, history: Sequence[str]) -> str | None:
    """Return a question with the place and time of the one before it, where it names no place itself.

    None where it does, or asks about several: whether the conversation goes on about the same place
    (来了多少游客？ after a question on one) the reports must show.
    """
    if not history or find_places(text) or ALL_PLACES.search(text):
        return None
    before, _ = complete(history[-1].strip(), history[:-1])
    carried = with_scope(text, before)
    return carried if carried != text and find_places(carried) else None


def with_scope(bare: str, before: str) -> str:
    """Return ``bare`` with the place and time of the question before it, where it has none itself."""
    place = "" if find_places(bare) else "".join(before[start:end] for start, end in find_places(before)[:1])
    time = "" if times_in(bare) else "".join(before[start:end] for start, end in times_in(before)[:1])
    return f"{place}{time}{bare}"


def times_in(text: str) -> list[Span]:
    """Return the spans of the times that a text names."""
    # 比上年 is no time of its own.
    return [
        (period.start, period.end)
        for period in find_periods(text)
        if text[period.start - 1 : period.start] not in ("比", "较")
    ]


def _without(text: str, spans: Sequence[Span]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text
