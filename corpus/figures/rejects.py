"""Rejects: numbers that state no quantity - names, thresholds, clock times, set phrases."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.figures.mention import Mention

# Characters of context that the rules below look at.
_REACH = 18

# 千亿 alone is an amount only where something is said to reach it: 突破千亿元, 上百家.
_REACHES = re.compile(r"(?:突破|超过|超|逾|近|破|达到|达|过|上|接近|迈上|跨上|跨越|站上|约)$")
_NAMED_BY_AMOUNT = r"级|元级|量级|级别|大县|强县|产业|集群|园区|俱乐部|之城|工程"
_STEP = re.compile(r"元?级?(?:台阶|大关|关口)")
_SOME = re.compile(r"(?:\d|[一两三四五六七八九])个$")
_MULTIPLIER_ONLY = re.compile(r"[百千万亿][十百千万亿]*(?![一二两三四五六七八九多余])")
_HOLDER = r"(?:企业|项目|工程|单位|产业|集群|家庭|农户|村|县|镇|港|园区|平台|基地|市场|城市|品牌|县域|街道|社区|乡|主体|学校|医院|商户|机构|网点|景区|集团|公司|平台|合作社|农场|客户)"
_HOLDERS = rf"的?(?:人口|工业|服务业|规上|骨干|龙头|重点|大型|省级|市级|重大|农业)*{_HOLDER}"
_BOUNDED = re.compile(r"及?以[上下]")
_HOLDER_NEXT = re.compile(_HOLDERS)
_HOLDER_BOUNDED = re.compile(rf"(?:及以上|以上|以下|及以下){_HOLDERS}")
_HOLDER_TOLD = re.compile(rf"及?以[上下](?:的|[且并][^，。；、]{{1,8}}的)[^，。；、]{{1,10}}(?:{_HOLDER}|户)")
# 5000吨标准煤及以上重点用能单位
_NAMED_FROM = re.compile(rf"及以[上下](?![完达占])[^，。；、\d]{{0,6}}?{_HOLDER}")
_ACQUIRED = re.compile(r"(?:新增|完成|带动|投入|争取|引进|新建|建成)$")
_PASSES = re.compile(r"(?:超过|超|过|上|破|达|不低于|高于)$")
_ONE_BY_ONE = re.compile(r"(?:单[笔个项体户次张]|每[笔户次张])(?:金额|投资|面积|借款|贷款)?(?:在|为|达)?$")
# 收入超20万元的村达到86个: the villages are counted, the amount tells which.
_COUNTED_HOLDER = re.compile(
    rf"(?:及?以[上下])?的?[^，。；、\d]{{0,6}}{_HOLDER}"
    r"(?:数量|总数)?(?:已?达到?|增至|增加到?|有|共|新增|约|近|超过?|突破)*\d+[余多]?(?:家|个|户|座|处|名|人|村|所|项|条)"
)
# 30户以上自然村, 300人以上企业
_SIZED = re.compile(r"及?以[上下]的?(?:自然)?(?:[村屯寨]|企业|单位)")
_AGE_REACHED = re.compile(r"$|[，。；、！（()）\s]|左右|以上[，。；]|[提增升延]|和|及(?!以)")
_NAME_BEFORE = re.compile(r"(?:[A-Za-z×xX*+＋#№\\.]|(?<![\d%亿万元个点次家])/|[A-Za-z\d][-—–])$(?<!GDP)")
# 每5台就有1台: a proportion, not a count.
_ONE_OF_EACH = re.compile(r"每[^，。；]{1,14}(?:就|中|里)有(?:[一1]|\d)?$|每(?:生产|出口|销售|卖出)\s?$")
_COUNTER_BEFORE = re.compile(r"(?:第|每一?|连续|时隔|No|NO|另|某|任)\s?$")
# 增长1 0%: the rest of a number that a file has torn apart; 八届十六次: a count of meetings.
_BROKEN_NUMBER = re.compile(r"(?<![\d.])\d $|届$")
_SIZE_BEFORE = ("时速", "海拔", "直径", "半径", "高度")
_COUNT_BEFORE = re.compile(r"\d[余多]?[座台条个套艘架辆家处口块根组列]$")
_NAMING_UNITS = ("英寸", "纳米", "毫米", "里", "千伏", "kV")
_QUOTED_NAME = 14  # a longer quotation is somebody's words, not a name
_STRICT_COUNTS = frozenset(
    "个项条件次种类层段批套组步期门本场点位张只对双面轮档节口部支站处格国头车村片团县镇字"
)
_DURATION_NAME = re.compile(r"[一-鿿“]")
_DURATION_GOES_ON = re.compile(r"(?:便(?![民利捷])|[可即就能内以之左的缩压减降提延增到至为办完、和，或后前])")


def is_no_quantity(text: str, mention: Mention) -> bool:
    """True where a number with what follows it is no figure of the report."""
    before = text[max(0, mention.start - _REACH) : mention.start]
    after = text[mention.end : mention.end + _REACH]
    return any(rule(mention, before, after, text) for rule in _RULES)


def _without_unit(mention: Mention, before: str, after: str, text: str) -> bool:
    """A bare number counts only as an index or coefficient: 指数为102.3."""
    if mention.family != "none":
        return False
    if mention.chinese or not re.match(r"$|[，。；、！（()）\s]|[提升上下缩增降回][一-鿿]", after):
        return True
    return not re.search(
        r"(?:指数|系数|得分|评分|分值|倍差|收入比)[^，。；\d]{0,14}(?:[\d.]+[^，。；\d]{2,6})?$", before
    )


def _in_word(mention: Mention, before: str, after: str, text: str) -> bool:
    """Digits that belong to a name: PM2.5, 5G, 4×4, 1+2+4, 第8.6代, 7×24小时, 每10万人口."""
    return bool(
        _NAME_BEFORE.search(before)
        or _ONE_OF_EACH.search(before)
        or _COUNTER_BEFORE.search(before)
        or _BROKEN_NUMBER.search(before)
        or (after.startswith(("×", "+", "＋")) and after[1:2].isdigit())
    )


def _threshold(mention: Mention, before: str, after: str, text: str) -> bool:
    """亿元以上项目, 3000吨级, 500强, 营业收入2000万元及以上的企业, 65岁以上老人."""
    if (after.startswith("级") and not after.startswith("级联")) or (
        mention.family in ("none", "bare") and after.startswith("强")
    ):
        return True
    if mention.unit in ("户", "人") and _SIZED.match(after):
        return True
    if mention.family == "age":
        return not _AGE_REACHED.match(after)
    if mention.family not in ("money", "measure", "bare"):
        return False
    bounded = _BOUNDED.match(after) is not None
    if bounded and _ONE_BY_ONE.search(before):
        return True
    if _COUNTED_HOLDER.match(after) and (bounded or _PASSES.search(before)):
        return True
    if bounded and _HOLDER_BOUNDED.match(after):
        return not _ACQUIRED.search(before)
    if bounded and _NAMED_FROM.match(after):
        return True
    if bounded and mention.family != "bare" and _HOLDER_TOLD.match(after):
        return True
    if mention.family != "measure" and _HOLDER_NEXT.match(after):
        return bool(re.search(r"(?:超过|超|过|上|破|达)$", before)) and not after.startswith("的")
    return mention.family == "measure" and bool(re.match(r"[内外](?!需|贸|销)", after))


def _part_of_name(mention: Mention, before: str, after: str, text: str) -> bool:
    """A physical size that names a thing: 8英寸碳化硅晶圆, 0.1微克攻坚行动, 400万吨煤制油项目."""
    if mention.family != "measure" or not re.match(r"[一-鿿A-Za-z]", after):
        return False
    if re.match(r"(?:行动|攻坚)|[^，。；、]{1,14}(?:项目|机组|装置|生产线|航道|行动|晶圆|管线|圈)", after):
        return not re.search(r"(?:新增|建成|完成|新建|改造)[^，。；、]{0,4}$", before)
    if _COUNT_BEFORE.search(before):
        return True  # 3座35万千瓦光热电站
    return before.endswith(_SIZE_BEFORE) or mention.unit in _NAMING_UNITS


def _multiplier_alone(mention: Mention, before: str, after: str, text: str) -> bool:
    """千亿级, 百强, 万家灯火: a multiplier without a count, unless something reaches it."""
    if mention.family == "share" or not mention.chinese or not _MULTIPLIER_ONLY.match(text, mention.start):
        return False
    if _STEP.match(after) and _SOME.search(before):
        return True  # 跨过3个千亿台阶
    if mention.family == "bare" and before.endswith(("上", "近")) and re.match(r"[一-鿿]{2}", after):
        return after.startswith("的") or bool(re.match(_NAMED_BY_AMOUNT, after))
    if mention.family in ("bare", "money") and re.match(rf"的|{_NAMED_BY_AMOUNT}|[一-鿿]", after):
        return not re.match(r"大关|台阶|以上(?=[，。；])|左右|元?规模", after)
    return not _REACHES.search(before) or mention.family == "none"


def _small_count(mention: Mention, before: str, after: str, text: str) -> bool:
    """一批, 三个方面, 两条底线: small numbers in characters are wording, not measurement."""
    if (
        mention.chinese
        and mention.family == "measure"
        and mention.value == 1
        and mention.unit[0] not in "万亿"
    ):
        return True  # 最后一公里, 建一亩成一亩
    if not mention.chinese or mention.family not in ("count", "bare", "score", "duration"):
        return False
    if mention.family in ("bare", "score"):
        return mention.family == "score" or not mention.unit or mention.unit in ("百", "千")
    if (
        mention.value >= 11
        or mention.more
        or mention.value_to is not None
        or (len(mention.unit) > 1 and mention.unit[0] in "万亿")
    ):
        return False
    if mention.family == "duration":
        return True
    return mention.value == 1 or mention.unit[:1] in _STRICT_COUNTS or mention.value == 10


def _duration(mention: Mention, before: str, after: str, text: str) -> bool:
    """240小时过境免签, 15分钟生活圈, 连续27个月: spans of time that name or date something."""
    if mention.family != "duration":
        return False
    if mention.unit == "年":
        return mention.value % 1 == 0
    if mention.unit == "个月" or re.search(
        r"(?:[前后近]|大约|未来|过去|接下来的?|提前|为期|(?<!平均)(?:历时|用时|耗时)|历经|经过)$", before
    ):
        return not re.search(r"(?:缩短|压缩|压减|延长|减少|降)[^，。；]{0,6}$", before)
    if re.match(r"及?以[上下]的?(?![办完])[一-鿿]{2}", after):
        return True  # 逾期90天以上贷款
    return bool(_DURATION_NAME.match(after)) and not _DURATION_GOES_ON.match(after)


def _clock_or_label(mention: Mention, before: str, after: str, text: str) -> bool:
    """8点30分, 12345热线, 20点: clock times and short labels read as scores."""
    if mention.unit == "点":
        falls = re.search(r"(?:指数|下降|上升|增长|提高|高出|回落|增加)[^，。；]{0,10}$", before)
        return not falls and mention.value == int(mention.value)
    if mention.unit == "分":
        return bool(re.search(r"[点时]$", before)) or (
            bool(re.match(r"[一-鿿]", after))
            and not re.match(r"以上|左右|以内|的|[提增升下降减回][一-鿿]?[高长升加降少落到至为]", after)
        )
    return False


def _in_quoted_name(mention: Mention, before: str, after: str, text: str) -> bool:
    """“15分钟品质文化生活圈”, 《三年行动方案》: what stands in short quotation marks is a name."""
    for opening, closing in ("“”", "《》", "‘’", "「」", "〔〕"):
        left = before.rfind(opening)
        if left < 0 or closing in before[left:]:
            continue
        right = after.find(closing)
        inside = before[left + 1 :] + text[mention.start : mention.end] + after[: max(right, 0)]
        if right >= 0 and (
            opening in "《〔" or (len(inside) <= _QUOTED_NAME and not re.search(r"[，。；]", inside))
        ):
            return True
    return False


def _set_phrase(mention: Mention, before: str, after: str, text: str) -> bool:
    """5个方面, 3万亿级: a count of headings, or a number that goes on as another word."""
    if mention.family == "count":
        if mention.unit[:1] in "万亿" and mention.unit[-1] in "县国镇":
            return True  # 人口超50万县
        if mention.unit == "类" and re.match(r"创新药|新药|药|水|医|项目$", after):
            return True
        if mention.unit == "次" and re.match(r"全会|全体|会议|大会|党代会|全委会|常委会|代表", after):
            return True
        return bool(re.match(r"方面|阶段|百分点|季度|交易日|学期|赛季|半年", after))
    if mention.unit in ("度", "方"):
        return True
    return mention.family == "bare" and bool(re.match(r"周年|世纪|月|号|届|路|线|代|版|期|季|级|维", after))


_RULES: tuple[Callable[[Mention, str, str, str], bool], ...] = (
    _without_unit,
    _in_word,
    _threshold,
    _part_of_name,
    _multiplier_alone,
    _small_count,
    _duration,
    _clock_or_label,
    _in_quoted_name,
    _set_phrase,
)
