"""Synonyms: different names that reports give to the same indicator, brought to one."""

from __future__ import annotations

import re

# canonical name: other names. Parts of names are replaced too: 规上工业增加值 -> 规模以上工业增加值.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "地区生产总值": ("国内生产总值", "生产总值", "经济总量", "GDP"),
    "人均地区生产总值": ("人均国内生产总值", "人均生产总值", "人均GDP"),
    "规模以上": ("规上", "规模工业企业以上"),
    "规模以上工业": ("规模工业",),
    "研发": ("R&D", "研究与试验发展(R&D)", "研究与试验发展（R&D）", "研究与试验发展", "研究与开发"),
    "研发经费": ("研发投入总量", "研发费用", "研发支出", "研发经费支出", "研发经费投入"),
    "研发投入强度": (
        "研发经费投入强度",
        "研发强度",
        "研发投入占比",
        "研发经费占地区生产总值比重",
        "研发经费与地区生产总值之比",
    ),
    "社会消费品零售总额": ("社零总额", "社消零总额", "社零", "社会消费品零售额", "社会消费零售总额"),
    "固定资产投资": ("固投", "全社会固定资产投资"),
    "一般公共预算收入": ("地方一般公共预算收入", "公共财政预算收入"),
    "一般公共预算支出": ("公共财政预算支出",),
    "进出口总额": (
        "外贸进出口总额",
        "货物进出口总额",
        "进出口总值",
        "外贸进出口总值",
        "外贸进出口",
        "进出口贸易总额",
        "货物贸易总额",
    ),
    "居民人均可支配收入": ("全体居民人均可支配收入", "居民可支配收入", "人均可支配收入", "居民收入"),
    "居民消费价格": ("居民消费价格指数", "居民消费价格总指数", "CPI", "消费价格总水平"),
    "城镇调查失业率": ("城镇失业率", "调查失业率"),
    "空气质量优良天数": ("优良天数", "空气优良天数"),
    "空气质量优良天数比例": ("优良天数比例", "空气质量优良天数比率", "优良天数比率", "空气质量优良率"),
    "PM2.5平均浓度": (
        "细颗粒物平均浓度",
        "细颗粒物（PM2.5）平均浓度",
        "PM2.5浓度",
        "PM2.5年均浓度",
        "PM2.5年均值",
        "PM2.5均值",
        "PM2.5",
        "细颗粒物年均浓度",
    ),
    "常住人口城镇化率": ("城镇化率",),
    "经营主体": ("市场主体",),
    "高新技术企业": ("高企", "国家高新技术企业", "国家级高新技术企业"),
    "专精特新企业": ("专精特新“小巨人”企业", "“专精特新”企业", "专精特新中小企业"),
    "新能源汽车": ("新能源车",),
    "集装箱吞吐量": ("港口集装箱吞吐量",),
    "森林覆盖率": ("林木覆盖率",),
    "城镇新增就业": ("新增城镇就业", "城镇新增就业人数"),
    "第一产业": ("一产",),
    "第二产业": ("二产",),
    "第三产业": ("三产",),
    "占比": ("比重", "所占比重", "所占比例"),
}

# The economy as a whole, not one of its kinds (数字经济): its growth is that of the product.
_ECONOMY = re.compile(
    r"(?<!数字)(?<!海洋)(?<!民营)(?<!低空)(?<!县域)(?<!区域)(?<!平台)(?<!银发)(?<!冰雪)(?<!首发)(?<!集体)(?<!夜间)(?<!循环)(?<!总部)"
    r"(?<!会展)(?<!枢纽)(?<!港口)(?<!临空)(?<!临港)(?<!文旅)(?<!旅游)(?<!林下)(?<!庭院)(?<!绿色)(?<!公有)(?<!公有制)(?<!世界)(?<!全球)"
    r"(?:国民)?经济(?=各?自?增[速长幅]|$)"
)
_SCOPE = re.compile(r"^(?:全[省市区县国州旗盟镇]|我[国省市区县]|本[省市区县])(?=.{2})")
# A company's consolidated statements are those meant where nothing is said.
_WHOLE_GROUP = re.compile(r"(?<=.)\s合并$")
_NOISE = re.compile(r"[\s“”\"‘’]")
_TO_CANONICAL = {other.upper(): canonical for canonical, others in SYNONYMS.items() for other in others}
_NAMES = sorted({*_TO_CANONICAL, *(name.upper() for name in SYNONYMS)}, key=len, reverse=True)
_ANY = re.compile("|".join(map(re.escape, _NAMES)))
# 规上工业 -> 规模以上工业 first, then what that completes; no chain in the table is longer.
_ROUNDS = 2


def canonical_indicator(name: str) -> str:
    """One name for an indicator that goes by several: 全市GDP -> 地区生产总值.

    Spaces, quotation marks and a leading 全市 are left out; parts of longer names are replaced in place.
    """
    bare = _NOISE.sub("", _WHOLE_GROUP.sub("", name))
    text = _ECONOMY.sub("地区生产总值", _SCOPE.sub("", bare).upper())
    for _ in range(_ROUNDS):
        text = _ANY.sub(lambda found: _TO_CANONICAL.get(found[0], found[0]), text)
    return text


def indicators_named(text: str) -> tuple[str, ...]:
    """The canonical names of the indicators in the table that a text mentions, in reading order.

    >>> indicators_named("去年GDP和规上企业")
    ('地区生产总值', '规模以上')
    """
    found = (
        _TO_CANONICAL.get(match[0], match[0]) for match in _ANY.finditer(_ECONOMY.sub("GDP", text.upper()))
    )
    return tuple(dict.fromkeys(found))


def names_of(canonical: str) -> tuple[str, ...]:
    """Every name of an indicator, the canonical one first."""
    return canonical, *SYNONYMS.get(canonical, ())
