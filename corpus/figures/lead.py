"""Lead: what the words before a quantity say of it - head, change, basis, bound."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.figures.figure import Bound, Direction
from corpus.figures.lexicon import (
    ADVERBS,
    ATTAIN,
    CHANGE,
    CONTENT_VERBS,
    FALL,
    LEADING_VERBS,
    OPENERS,
    SHORT_ADVERBS,
    TRANSITIVE_FALL,
    TRANSITIVE_RISE,
)
from corpus.figures.mention import Mention
from corpus.figures.period import PERIOD_PATTERN

_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("<=", "不超过|不高于|不多于|不大于|不得超过|至多|最多"),
    (
        ">=",
        "不低于|不少于|不小于|不下于|至少|突破|冲破|打破|升破|重回|破|迈上|跨上|站上|登上|跨越|跨过|迈过|迈入|越过",
    ),
    (">", "超过|超出|超|逾|多于|大于|高于|过"),
    ("<", "不足|低于|少于|小于|不到|未达|未满"),
    ("~", "接近|逼近|将近|大约|约为|约合|约|近"),
)
_BOUND_TAIL = re.compile(
    "(?:" + "|".join(f"(?P<b{i}>{words})" for i, (_, words) in enumerate(_BOUNDS)) + ")了?$"
)
_ADVERB_TAIL = re.compile(f"(?:{ADVERBS}|{SHORT_ADVERBS}|在全[国省市球](?:率先)?)$")
_ATTAIN_TAIL = re.compile(
    f"(?:{ATTAIN}|(?:{CHANGE}|调整|精简|优化|合并|[拓扩更整跃发延推攀抬调扩][一-鿿])(?:到|至|为)|(?<=[率幅数度量比积])在)了?$"
)
_CHANGE_TAIL = re.compile(f"(?<!改造)(?<!优化)(?<!整治)(?<!改建)(?<!转型)(?P<verb>{CHANGE})(?:了|幅度?)?$")
_CHANGE_ALONE = re.compile("增长|下降|上升|提高|减少|增加|降低|同比|环比")
_NOUN_OF_CHANGE = re.compile("(?:增速|增幅|涨幅|升幅|降幅|跌幅|减幅|(?<!自然)增长率|增量|增长速度|增长)$")
_BASIS_TAIL = re.compile(
    r"(?:同比去年|同比|环比|同口径|平均每年|(?<![\d一二三四五六七八九十几])年均|(?:按|以)[^，。；、]{1,8}价格计?算?|(?:(?<![占同环评对之])比(?!重|例|值|率|赛|表|武|选|拼|对|亚|利|尔)|较(?!大|快|高|好|强|多|少|低|为)|相比)[^，。；、]{1,16})$"
)
_COMPARE_TAIL = re.compile(
    r"(?P<verb>高于|快于|好于|优于|高出|领先|领跑|大于|多于|超出|低于|慢于|少于|小于|低出|落后)(?P<base>[^，。；、]{1,16})$"
)
_COMPARE_POINTS_TAIL = re.compile(r"(?P<verb>超过|超|高|低|快|慢)(?P<base>[^，。；、]{1,16})$")
_BOUND_OF_WHOLE = re.compile(
    r"(?P<verb>超过|超|不足|接近|近|约)(?:了)?(?:全[国省市球区]|世界|总[^，。；、]{1,5})的?$"
)
_RANK_TAIL = re.compile(
    r"(?:继续|连续|持续|首次|稳定|成功|再次|一直|均|并|且|又|重新)*"
    r"(?:稳居|位居|跃居|居|名列|位列|列|排名|排在|排|跃升至|跃升到|跃至|升至|上升至|上升到|提升至|提升到|前移至|攀升至|保持在?|进入|跻身|进位|位于|处于|蝉联|夺得|获得?|荣获|由|从|为|是|达|实现|取得|挺进|冲进|迈入|稳定在|相比)"
    r"[^，。；、]{0,14}$"
)
# 稳居自然指数全球榜首: the ranking itself is what is measured.
_RANKING = re.compile(
    r"(?:居|列|排|名|进入|跻身|蝉联|获|在)(?P<name>[^，。；、居列]{2,12}?(?:指数|榜单|榜|评价|考核|竞争力|排名)[^，。；、]{0,6}?)(?:全[国省市球]|世界)?$"
)
_RANK_DOMAIN_TAIL = re.compile(
    r"(?:全[国省市球区县州]|世界|国内|亚洲|中西部|[东西中]部|同类[^，。；、]{0,4}|各省[^，。；、]{0,3}|[省市]内)$"
)
_TRANSITIVE = re.compile(f"(?:(?P<rise>{TRANSITIVE_RISE})|(?P<fall>{TRANSITIVE_FALL}))(?=[^，。；]{{2,}}$)")
_LABEL = r"[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、](?!\d)|第[\d一二三四五六七八九十]+批次?|首批|[一二三四五六七八九十]{1,3}是|[到自从](?=\d{4}|“)"
_OPENER = re.compile(rf"(?:{_LABEL}|{OPENERS}|{PERIOD_PATTERN})")
_VERB = rf"(?!完成投资$)(?:{LEADING_VERBS})(?![率额业性量值面度费]|时限|时间|期限|能力|水平|总[量额数]|人数|规模|成本)(?:了|好)?"
_LEADING = re.compile(rf"{_VERB}(?:[和与及并、]{_VERB})*")
# 巴南区已累计实施智能化改造项目: what was done stands behind the deed.
_DEED = re.compile(rf"[^，。；、]{{0,20}}?(?:已经?|累计|共|总共)+(?:{_VERB})+(?=[^，。；、]{{2}})")
_CONTENT_VERB = re.compile(
    f"(?P<verb>{CONTENT_VERBS})(?:了|超过|突破|达到?|近|约|超|逾|共|{SHORT_ADVERBS})*$"
)
_GOES_ON = re.compile(r"[一-鿿]{0,4}(?:到|至|为)")
_LATE_CHANGE = re.compile(
    r"(?:以上|左右|以内)?的?(?:年均|平均)?(?:速度)?(?:(?:增长|递增|增速|增幅)|(?P<fall>下降|递减|降幅|跌幅))(?!点|极|率|到|至|为)"
)
_FROM_TAIL = re.compile(r"(?:由|从)[^，。；、由从]{0,12}$")
# Longest printed time looked for right before a quantity.
_PERIOD_REACH = 16
_PERIOD_TAIL = re.compile(f"(?:{PERIOD_PATTERN})$")
_ONE_CHARACTER = re.compile(r"(?:^|同比|环比|年均|月均|再|又|均|(?:比|较)[^，。；、]{1,12}|实际|名义|净)$")
_ALWAYS_CHANGE = ("points", "multiple")
_FALLING = re.compile(f"(?:{FALL})")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a quantity in its clause.

    head        what remains when predicate, basis and openers are taken away; "" where nothing does
    direction   set where the words before speak of a change
    attained    a verb of reaching (达到, 提高到) leads to the quantity: it is a level
    transitive  the change is a verb before the head: 减少房贷利息支出
    each        分别: the quantities that follow are shared out over a list
    """

    head: str
    direction: Direction | None = None
    attained: bool = False
    basis: str | None = None
    bound: Bound | None = None
    each: bool = False
    transitive: bool = False


def read_lead(words: str, mention: Mention, after: str = "") -> Lead:
    """Take the words before a quantity apart, from the quantity leftwards.

    after  the words behind the quantity: 到, 至 or 为 make it the first of a pair (由A整合为B),
           增长 says that it was a change after all (保持40%以上增长)
    """
    goes_on_to = bool(_GOES_ON.match(after))
    rest, bound = _cut_bound(_cut_own_period(words.rstrip(" \u3000\t：:“")))
    each = "分别" in rest
    if mention.family in ("rank", "within"):
        return Lead(clean_head(_cut_rank(rest)), bound=bound, each=each)
    rest = _cut_adverbs(rest)
    compared = _COMPARE_TAIL.search(rest)
    if compared is None and mention.family == "points":
        compared = _COMPARE_POINTS_TAIL.search(rest)
    late = _LATE_CHANGE.match(after)
    if late:
        rest, basis = _cut_basis(_cut_attained(rest, False)[0])
        return Lead(clean_head(rest), "-" if late["fall"] else "+", basis=basis, bound=bound, each=each)
    if compared and not re.fullmatch(r"(?:到|至|为|达到?)", compared["base"]):
        direction: Direction = "-" if compared["verb"] in "低于慢于少于小于落后低出" else "+"
        head = clean_head(_cut_adverbs(rest[: compared.start()]))
        return Lead(head, direction, basis=compared[0], bound=bound, each=each)
    whole = _BOUND_OF_WHOLE.search(rest) if mention.family == "share" and not mention.unit else None
    if whole:
        bound = _cut_bound(whole["verb"])[1]
        return Lead(clean_head(rest[: whole.start()]), attained=True, bound=bound)
    attained = False
    if mention.family not in _ALWAYS_CHANGE or not _CHANGE_TAIL.search(rest):
        rest, attained = _cut_attained(rest, goes_on_to)
    rest, direction_found = _cut_change(rest, attained, mention)
    rest, basis = _cut_basis(rest)
    if direction_found is None and mention.family in _ALWAYS_CHANGE:
        direction_found = "+"
    if direction_found is None and not attained:
        rest, direction_found = _cut_transitive(rest)
        if direction_found is not None:
            return Lead(clean_head(rest), direction_found, False, basis, bound, each, transitive=True)
    if direction_found and mention.value < 0:
        direction_found = "-"
    return Lead(clean_head(rest), direction_found, attained, basis, bound, each)


def clean_head(words: str) -> str:
    """The thing that is measured: openers, times and bare verbs taken off the front, particles off the end."""
    head = words.strip(" \u3000、，；：:的了").rstrip("“").removesuffix("相比")
    for pattern in (_OPENER, _LEADING, _OPENER, _LEADING, _OPENER):
        while (found := pattern.match(head)) and found.end():
            shorter = head[found.end() :].lstrip(" 、，的")
            if not shorter:
                return "" if pattern is _LEADING or found.end() == len(head) else head
            head = shorter
    if _CHANGE_ALONE.fullmatch(head):
        return ""
    deed = _DEED.match(head)
    return _cut_late_period(head[deed.end() :] if deed else head)


def verb_of(words: str) -> str:
    """The verb alone before a quantity (开行超过3300车次), where it tells what was counted."""
    found = _CONTENT_VERB.search(words)
    return found["verb"] if found else ""


def class_after_list(head: str) -> str:
    """A、B等系列活动: the class after 等 names what was counted."""
    first, separator, last = head.rpartition("等")
    quoted = first.count("“") > first.count("”")
    if (
        separator
        and not quoted
        and len(last) >= 2
        and ("、" in first or "“" in first or "”" in first)
        and not last.startswith(("级", "教", "待", "于"))
    ):
        return last
    return head


def _cut_own_period(words: str) -> str:
    """Take 去年的 off 跃升至去年的: the quantity's own time stands between it and its predicate."""
    bare = words.removesuffix("的")
    found = _PERIOD_TAIL.search(bare[-_PERIOD_REACH:])
    return bare[: len(bare) - len(found[0])] if found else words


def _cut_late_period(head: str) -> str:
    """食糖产量连续33个榨季 -> 食糖产量."""
    found = _PERIOD_TAIL.search(head[-_PERIOD_REACH:])
    return head[: len(head) - len(found[0])] if found and found.start() else head


def _cut_bound(words: str) -> tuple[str, Bound | None]:
    found = _BOUND_TAIL.search(words)
    if found is None or words.endswith(
        ("附近", "经过", "通过", "不过", "最近", "就近", "合约", "节约", "履约", "签约")
    ):
        return words, None
    index = next(i for i in range(len(_BOUNDS)) if found[f"b{i}"])
    return words[: found.start()], _BOUNDS[index][0]


def _cut_adverbs(words: str) -> str:
    while found := _ADVERB_TAIL.search(words):
        words = words[: found.start()]
    return words


def _cut_attained(words: str, goes_on_to: bool) -> tuple[str, bool]:
    attained = False
    while found := _ATTAIN_TAIL.search(words):
        if _NOUN_OF_CHANGE.search(words) or re.search(r"(?:行为|作为|认为|成为|人为)$", words):
            break
        words, attained = _cut_adverbs(words[: found.start()]), True
    source = _FROM_TAIL.search(words)
    if source and (goes_on_to or attained):
        words = _cut_adverbs(words[: source.start()])
        attained = True
    return words, attained


def _cut_change(words: str, attained: bool, mention: Mention) -> tuple[str, Direction | None]:
    found = _CHANGE_TAIL.search(words)
    if found is None:
        return words, None
    noun = _NOUN_OF_CHANGE.search(words)
    if attained and not noun:
        return words, None
    before = words[: found.start()]
    if len(found["verb"]) == 1 and not _ONE_CHARACTER.search(before):
        return words, None
    direction: Direction = "-" if _FALLING.fullmatch(found["verb"]) else "+"
    keeps_noun = noun and noun[0] != "增长" and not _BASIS_TAIL.search(before)
    return _cut_adverbs(words if keeps_noun else before), direction


def _cut_basis(words: str) -> tuple[str, str | None]:
    basis = None
    for _ in range(3):
        words = _cut_adverbs(words)
        found = _BASIS_TAIL.search(words)
        if found is None:
            break
        words, basis = words[: found.start()], found[0]
    return words, basis


def _cut_transitive(words: str) -> tuple[str, Direction | None]:
    verbs = list(_TRANSITIVE.finditer(words))
    if not verbs:
        return words, None
    last = verbs[-1]
    return words[last.end() :], "+" if last["rise"] else "-"


def _cut_rank(words: str) -> str:
    found = _RANK_TAIL.search(words)
    table = _RANKING.search(found[0]) if found else None
    if found and table:
        return words[found.start() + table.start("name") : found.start() + table.end("name")]
    if found:
        return _cut_adverbs(words[: found.start()])
    domain = _RANK_DOMAIN_TAIL.search(words)
    return _cut_adverbs(words[: domain.start()] if domain else words)
