"""Phrases: the noun in a string of words, cut free from the predicates around it."""

from __future__ import annotations

import re

from corpus.figures.clauses import blank
from corpus.figures.heads import clean_head
from corpus.figures.lexicon import (
    CERTAIN_PREDICATES,
    FLOW_VERBS,
    NAME_ENDINGS,
    PREDICATE,
    SHORT_PREDICATES,
)
from corpus.figures.mention import Mention

_FLOW = re.compile(f"(?:{FLOW_VERBS})")
_PREDICATE = re.compile(f"(?<![新在待未拟续])(?:{PREDICATE}|{SHORT_PREDICATES})")
_CERTAIN = re.compile(f"(?:{CERTAIN_PREDICATES})")
_NAME_END = re.compile(f"(?:{NAME_ENDINGS})$")
# What follows a quantity without being the thing counted; the lookaheads spare nouns (中小企业, 居民).
_NOT_HEAD = re.compile(
    r"和(?!谐|美|平)|与|或|及|、|以(?!工|旧)|后(?!备|勤)|时(?!装|代|尚)|前(?!沿|期|台)|之|中(?=$|[，。；、）的有已仅共占])"
    r"|来(?!华|料|自)|起(?!重)|间|内(?!河|资|贸|外|地)|外(?!资|商|贸|来|籍|卖|国|语)|的(?:[，。；]|$)|等(?!级)|不(?!良|动产)"
    r"|为|是|[，。；）):：—-]|同比|比(?!赛|例)|较|占(?!地)|且|并(?!网|购)|创(?!新|业|意)|均|也|再(?!生)|又|已|就(?!业|诊|医|读)"
    r"|增(?!值)|升(?!级)|降|减|涨|跌|居(?!民|家|住)|位居|列(?!车)|提高|提升|下降|上升|增长|增加|减少|扩大|缩短|压缩|压减|达"
    r"|整合为|左右|以上"
)
# 60万千瓦目标, 5亿元规模: what the amount is, not what it is of.
_SPENT_ON = re.compile(r"建设(?!资金|用地)|用于|支持|实施|开展|推进|推动|打造|新建|改造(?!资金)")
_SIZE_WORD = re.compile(
    r"的?(?:目标|任务|规模|水平|门槛|要求|(?:[两三四五六七八九\d]个)?[新大]?(?:大关|关口|台阶))"
)
# 100所达到二级标准的医院: the noun stands behind the clause that tells of it.
_RELATIVE = re.compile(
    r"(?:达到|符合|具有|具备|通过|以|由|在|经(?!济|营))[^，。；、]{2,}的(?P<noun>[^，。；、的]{2,})$"
)
_GOES_ON_TO = re.compile(r"[一-鿿]{0,4}(?:到|至|为)")
_QUOTED = re.compile(r"“[^”]*”?")
_LOOSE_END = re.compile(
    r"(?:[的了和与及、]|之一|[约近超逾达为共]|(?<=[一-鿿]{2})(?<![高初职完县一二三集其])中(?:[共已仅]?有|已|仅)?)+$"
)
_TAKES_OBJECT = re.compile(
    r"(?:为|向|对|给|让|使|将|把|与|和|在|从|由|帮助|支持|推动|带动|组织|完成|实现|取得|获得|形成|实施|建成|推进|对接|等)了?$"
)
# 以全省20个县为单元, 在全国30个城市: where or with what, not of what.
_CIRCUMSTANCE = re.compile(
    r"(?:以(?!旧|工)|在(?![建校册岗职线编])|对(?!外)|从(?!业)|把|与|向)(?!.*[比重率量额数]$)[^，。；、]{0,6}$"
)
# 成为全国首批5个试点之一: the place is one of the things, it does not name them.
_ONE_OF = re.compile(r"(?:是|成为)(?:全[国省市区县球]|世界|国内|我国|首批|仅有|唯一)*的?$")
_BRINGS_ABOUT = re.compile(r"(?:实现|完成|取得|获得|形成)了?$")
# Things of one character that a predicate may follow at once: 6个区通过验收.
# 12个乡镇财政收入过10亿元: an amount follows at once, of what the things counted have.
_BOUND = re.compile(r"(?:超过|突破|达到|不足|低于|高于|不低于|[过超逾破达])$")
_BOUND_ENDS = frozenset("过破到足于超逾达")
_HOLDER = re.compile(
    r"(?P<who>[^，。；、]{0,10}?(?:企业|乡镇|街道|园区|[区县村镇](?![域级])|公司|集群|产业链|城市|单位|品牌))(?=[^，。；、]{2,})"
)
_PLACES = "区县市省州镇乡村校院"
_UNCOUNTED = ("rank", "within", "points", "multiple", "age", "score")


def noun_phrase(clause: str) -> str:
    """The leading noun phrase of a clause without a figure: 经营主体持续壮大 -> 经营主体."""
    head = clean_head(clause)
    cut = _PREDICATE.search(_QUOTED.sub(blank, head), 2)
    return (head[: cut.start()] if cut else head).strip("，。；、的 ").rstrip("再又也还均已将都")


def thing_counted(words: str, mention: Mention) -> str:
    """The thing counted after a quantity (3条｜地铁新线), without the predicate that follows it."""
    words = _without_bound(words) if mention.family == "count" else words
    words = words[1:] if words.startswith("的") else words
    relative = _RELATIVE.match(words) if mention.family == "count" else None
    words = relative["noun"] if relative else words
    if mention.family == "measure" and _CERTAIN.match(words):
        return ""  # 廊道120公里全线贯通
    if not words or _NOT_HEAD.match(words) or _GOES_ON_TO.fullmatch(words) or mention.family in _UNCOUNTED:
        return ""
    if mention.family == "share":
        return words
    plain = _QUOTED.sub(blank, words)
    start = 1 if words[0] in _PLACES else 2
    cut = _PREDICATE.search(plain, start)
    if cut and _NAME_END.search(words) and not _CERTAIN.search(plain, start):
        cut = None
    thing = _LOOSE_END.sub("", words[: cut.start()] if cut else words)
    return "" if mention.family != "count" and _SIZE_WORD.fullmatch(thing) else thing


def tells_deed(thing: str) -> bool:
    """实现省内通办, 获评称号: what was done by the things counted, not what they are."""
    return _CERTAIN.match(thing) is not None or thing.startswith(("通过", "获批", "当选", "被"))


def tells_use(thing: str) -> bool:
    """建设4个园区 behind 投资250亿元: what the money is for."""
    return _SPENT_ON.match(thing) is not None


def _without_bound(words: str) -> str:
    """村集体经济收入超过 before 百万元: the villages are counted."""
    found = _BOUND.search(words) if words[-1:] in _BOUND_ENDS else None
    if found is None:
        return words
    holder = _HOLDER.match(words)
    return holder["who"] if holder else words[: found.start()]


def governs(words: str, mention: Mention) -> bool:
    """True where the words before end in a verb or preposition whose object follows the quantity."""
    bare = words.rstrip(" 约近超逾")
    counts = mention.family in ("count", "bare") or _BRINGS_ABOUT.search(bare)
    return bool(counts and _TAKES_OBJECT.search(bare))


def join_thing(words: str, head: str, thing: str, share: bool) -> str:
    """Words before and after a count: 覆盖120多个城市 -> 覆盖 城市, 新建50个中心 -> 新建 中心."""
    bare = words.rstrip(" 约近超逾")
    if share and head and _PREDICATE.match(thing):
        return f"{head} {thing}"
    if not head or bare.endswith("的") or _TAKES_OBJECT.search(bare) or _CIRCUMSTANCE.match(head):
        return thing
    if _ONE_OF.search(bare):
        return thing
    flows = list(_FLOW.finditer(head))
    return f"{head[flows[-1].start() :] if flows else head} {thing}"


def lists_as_many(head: str, mention: Mention) -> bool:
    """集成电路、生物制造、能源3个实验室: the words before name the very things that are counted."""
    if "、" not in head or mention.family != "count":
        return False
    return any(len(re.split(marks, head)) == mention.value for marks in ("、", "[、和]"))


def flow_of(indicator: str) -> str:
    """新增 of 新增绿色工厂; "" where an indicator does not say that it is a flow."""
    flow = _FLOW.match(indicator)
    return flow[0] if flow else ""


def without_flow(indicator: str) -> str:
    """新增绿色工厂 -> 绿色工厂."""
    flow = flow_of(indicator)
    rest = indicator[len(flow) :].strip()
    return rest if flow and len(rest) > 1 and rest[0] not in "和与及、" else indicator


def last_deed(head: str) -> str:
    """提高低保标准、覆盖: of deeds in a row the last is the one the quantity belongs to."""
    before, separator, last = head.rpartition("、")
    cleaned = clean_head(last) if separator else last
    return cleaned if separator and cleaned and cleaned != last and len(before) > 3 else head


def join(item: str, addition: str) -> str:
    """Two pieces of an indicator; a piece is not said twice."""
    return f"{item} {addition}" if item and addition and item != addition else item or addition
