"""Peel: predicates, bounds and bases taken off the end of the words before a quantity."""

from __future__ import annotations

import re

from corpus.figures.figure import Bound, Direction
from corpus.figures.heads import PERIOD_REACH, PERIOD_TAIL
from corpus.figures.lexicon import (
    ADVERBS,
    ATTAIN,
    CHANGE,
    FALL,
    SHORT_ADVERBS,
    TRANSITIVE_FALL,
    TRANSITIVE_RISE,
)
from corpus.figures.mention import Mention
from corpus.figures.period import PERIOD_ENDS

_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("<=", "不超过|不高于|不多于|不大于|不得超过|至多|最多"),
    (
        ">=",
        "不低于|不少于|不小于|不下于|至少|突破|冲破|打破|升破|重回|破|迈上|跨上|站上|登上|跨越|跨过|迈过|迈入|越过|连跨|连破|连上",
    ),
    (">", "超过|超出|超|逾|多于|大于|高于|过"),
    ("<", "不足|低于|少于|小于|不到|未达|未满"),
    ("~", "接近|逼近|将近|大约|约为|约合|约|近"),
)
_BOUND_TAIL = re.compile(
    "(?:" + "|".join(f"(?P<b{i}>{words})" for i, (_, words) in enumerate(_BOUNDS)) + ")了?$"
)
# Words that end like a bound and are none: 附近, 签约.
_NO_BOUND = ("附近", "经过", "通过", "不过", "最近", "就近", "合约", "节约", "履约", "签约")
# 两年平均增长: as 年均 does, it says against what.
_ADVERB_TAIL = re.compile(
    f"(?:{ADVERBS}|{SHORT_ADVERBS}|(?<![两二三四五六七八九十\\d]年)平均|在全[国省市球](?:率先)?)$"
)
_ATTAIN_TAIL = re.compile(
    f"(?:{ATTAIN}|(?:{CHANGE}|调整|精简|优化|合并|[拓扩更整跃发延推攀抬调][一-鿿])(?:到|至|(?<![速幅率])为)"
    r"|(?<=[率幅数度量比积])在)了?$"
)
_NO_ATTAIN = re.compile(
    r"(?:行为|作为|认为|成为|人为|争创|首创|[班专系序阵队]列|[民定宜安旧故]居|[申填上举通年日月]报|[双文独原]创|[减彩]排|[所国公民]有)$"
)
_CHANGE_TAIL = re.compile(
    f"(?<!改造)(?<!优化)(?<!整治)(?<!改建)(?<!转型)(?!(?<=自然)增长率)(?P<verb>{CHANGE})(?:了|幅度?)?$"
)
_NOUN_OF_CHANGE = re.compile("(?:增速|增幅|涨幅|升幅|降幅|跌幅|减幅|(?<!自然)增长率|增量|增长速度|增长)$")
_BASIS_TAIL = re.compile(
    r"(?:同比去年|同比|环比|同口径|平均每年|(?<=[两二三四五六七八九十\d]年)平均|(?<![\d一二三四五六七八九十几])年均|(?:按|以)[^，。；、]{1,8}价格计?算?"
    r"|以[^，。；、]{2,10}为(?:基[期数年]|100)|(?:与|和|同(?!期))[^，。；、与和]{1,12}?相比|(?:(?<![占同环评对之])比(?!重|例|值|率|赛|表|武|选|拼|对|亚|利|尔)|较(?!大|快|高|好|强|多|少|低|为)|相比)[^，。；、]{1,16})$"
)
_RANK_TAIL = re.compile(
    r"(?:继续|连续|持续|首次|稳定|成功|再次|一直|均|并|且|又|重新)*"
    r"(?:稳居|位居|跃居|居|名列|位列|列|排名|排在|排|跃升至|跃升到|跃至|升至|上升至|上升到|提升至|提升到|前移至|攀升至|保持在?"
    r"|进入|跻身|进位|位于|处于|蝉联|夺得|获得?|荣获|由|从|为|是|达|实现|取得|挺进|冲进|迈入|稳定在|相比)[^，。；、]{0,14}$"
)
# 稳居自然指数全球榜首: the ranking itself is what is measured.
_RANKING = re.compile(
    r"(?:居|列|排|名|进入|跻身|蝉联|获|在)(?P<name>[^，。；、居列]{2,12}?(?:指数|榜单|榜|评价|考核|竞争力|排名)[^，。；、]{0,6}?)"
    r"(?:全[国省市球]|世界)?$"
)
_RANK_DOMAIN_TAIL = re.compile(
    r"(?:全[国省市球区县州]|世界|国内|亚洲|中西部|[东西中]部|同类[^，。；、]{0,4}|各省[^，。；、]{0,3}|[省市]内)$"
)
_COMPARED_WITH = re.compile(r"(?:[比较]|[高低快慢优好多少大小]于|超过|高出|低出|领先)$")
_DEED_TAIL = re.compile(r"(?:加快|扩大|提升|提高|拓展|改善|上调|下调|加密)了?$")
_NOUN_AFTER = re.compile(r"(?!左右|以上|以内|位次|名次|百分|档|层次|台阶|等级|[到至为])[一-鿿\d]{2}")
_EACH_TAIL = re.compile(
    r"(?:每[十百千万]{0,2}(?:人次?|户|亩|吨|月|年|[天日周]|小时|平方米|平方公里|公里|立方米|件|[台辆张]|股|千瓦时|度|床|升|公?斤|学期|学年|季度"
    r"|[名个位条所家座项][一-鿿]{0,3}))+$"
)
_TRANSITIVE = re.compile(f"(?:(?P<rise>{TRANSITIVE_RISE})|(?P<fall>{TRANSITIVE_FALL}))(?=[^，。；]{{2,}}$)")
_FROM_TAIL = re.compile(r"(?:由|从)[^，。；、由从]{0,12}$")
# 升5% alone is a change; 新增5家 and 提升 end in the same characters.
_ONE_CHARACTER = re.compile(r"(?:^|同比|环比|年均|月均|再|又|均|(?:比|较)[^，。；、]{1,12}|实际|名义|净)$")
_LONGEST_PREDICATE = 12
_FALLING = re.compile(f"(?:{FALL})")


def cut_own_period(words: str) -> str:
    """Take 去年的 off 跃升至去年的: the quantity's own time stands between it and its predicate."""
    bare = words.removesuffix("的")
    if bare[-1:] not in PERIOD_ENDS:
        return words
    found = PERIOD_TAIL.search(bare[-PERIOD_REACH:])
    if found is None or _COMPARED_WITH.search(bare[: len(bare) - len(found[0])]):
        return words
    return bare[: len(bare) - len(found[0])]


def _tail_of(words: str) -> int:
    """Where to look for a predicate at the end of words; none of them is longer."""
    return max(0, len(words) - _LONGEST_PREDICATE)


def cut_bound(words: str) -> tuple[str, Bound | None]:
    """超过, 约 and their kin, with the bound they set."""
    found = _BOUND_TAIL.search(words, _tail_of(words))
    if found is None or words.endswith(_NO_BOUND):
        return words, None
    index = next(i for i in range(len(_BOUNDS)) if found[f"b{i}"])
    return words[: found.start()], _BOUNDS[index][0]


def cut_adverbs(words: str) -> str:
    """首次, 累计, 分别: adverbs between a noun and its predicate."""
    while found := _ADVERB_TAIL.search(words, _tail_of(words)):
        words = words[: found.start()]
    return words


def cut_attained(words: str, goes_on_to: bool) -> tuple[str, bool]:
    """达到, 提高到, 由…: a verb of reaching, and whether there was one."""
    attained = False
    while found := _ATTAIN_TAIL.search(words, _tail_of(words)):
        if _NOUN_OF_CHANGE.search(words) or _NO_ATTAIN.search(words):
            break
        words, attained = cut_adverbs(words[: found.start()]), True
    source = _FROM_TAIL.search(words)
    if source and (goes_on_to or attained):
        words = cut_adverbs(words[: source.start()])
        attained = True
    return words, attained


def cut_change(words: str, attained: bool) -> tuple[str, Direction | None]:
    """增长, 下降: a verb of change with its direction; 增速 stays where it names the indicator."""
    found = _CHANGE_TAIL.search(words, _tail_of(words))
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
    return cut_adverbs(words if keeps_noun else before), direction


def ends_in_change(words: str) -> bool:
    """True where a verb of change ends the words."""
    return _CHANGE_TAIL.search(words, _tail_of(words)) is not None


def acts_on_things(words: str, mention: Mention, after: str) -> bool:
    """加快12个项目, 提升5个街区: a deed done to the things counted, no change of their number."""
    counts = mention.family == "count" and _NOUN_AFTER.match(after) is not None
    return counts and _DEED_TAIL.search(words) is not None


def cut_deed(words: str) -> str:
    """Take 加快 off 全行加快; other deeds tell what was done: 改造提升."""
    return words.removesuffix("加快") or words


def names_change(words: str) -> bool:
    """True where a noun of change closes a name: 价格涨幅, 投资 增速."""
    return _NOUN_OF_CHANGE.search(words) is not None


def cut_each(words: str) -> str:
    """Take 每千人 off 抽检量超每千人: what the quantity is counted per stands right before it."""
    found = _EACH_TAIL.search(words)
    return words[: found.start()] if found and words[: found.start()].strip(" ，、") else words


def cut_basis(words: str) -> tuple[str, str | None]:
    """同比, 较2015年: what a change is measured against."""
    basis = None
    for _ in range(3):
        words = cut_adverbs(words)
        found = _BASIS_TAIL.search(words)
        if found is None:
            break
        words, basis = words[: found.start()], found[0]
    return words, basis


def cut_transitive(words: str) -> tuple[str, Direction | None]:
    """减少房贷利息支出: a change whose verb stands before its noun."""
    verbs = list(_TRANSITIVE.finditer(words))
    if not verbs:
        return words, None
    last = verbs[-1]
    return words[last.end() :], "+" if last["rise"] else "-"


def cut_rank(words: str) -> str:
    """稳居全国 and the like before a place in an order."""
    found = _RANK_TAIL.search(words)
    table = _RANKING.search(found[0]) if found else None
    if found and table:
        return words[found.start() + table.start("name") : found.start() + table.end("name")]
    if found:
        return cut_adverbs(words[: found.start()])
    domain = _RANK_DOMAIN_TAIL.search(words)
    return cut_adverbs(words[: domain.start()] if domain else words)
