"""What a question asks: the sort of answer, the unit, the kind of figure, and its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.figures.figure import Kind
from corpus.figures.units import match_unit
from retrieval.across import across, unfolded
from retrieval.followup import complete
from retrieval.scope import Scope, scope_of, without_years

Asks = Literal["figure", "rank", "time", "ordinal", "person", "place", "which", "list", "yes_no", "other"]

# A measure that a report states as a figure; a terse question ends with it (协议产值, 开行量).
MEASURE = (
    r"(?:[增涨降跌减]幅|增速|总?[产价总余金面份数容销用电]?[额值量]|数目?|总数|人数|面积|里程|规模|余额|比[例重率]|占比|"
    r"[\u4e00-\u9fff]率|强度|收入|支出|投资|经费|资金|存款|贷款|指数|浓度|寿命|税收|产量|人口|GDP|价格?|工资|待遇|补贴|标准)"
)
OFFICE = r"(?:书记|[省市区县镇乡州厅局校院行]长|主任|主席|董事长|总经理|总裁|秘书长)"
ORDINAL_WORD = "(?:次|届|代|期|批次|轮|版|号线|级|路|型|环|编|章)"

# The first row whose pattern occurs decides.  Narrow forms come before wide ones: 第几位 asks
# a rank and 第几次 an ordinal, 几号 a date, and what is left of 几 a number.
FORMS: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    (
        "rank",
        re.compile(
            r"第几(?:位|名|$|[？?。了])|排(?:名|行|位|到)?(?:在|了|到)?[老第]?几|排名|名次|位次|居第?几|位居"
        ),
    ),
    (
        "ordinal",
        re.compile(
            rf"(?:第|头|哪)几{ORDINAL_WORD}|几{ORDINAL_WORD}(?!数)(?<!几批)(?<!几次)|哪一?(?:次|届|代|期|轮)"
        ),
    ),
    (
        "time",
        re.compile(
            r"几月|几号|几时|几点|(?<![这近前头好])几年(?![来间里])|多少年|哪一?(?:年|天|日|月|个月|段时间|会儿)|何[时年月日]|多会儿|多咱|"
            r"(?:什么|啥|哪个|哪一个?)(?:时候|时间|日子|年份|时|月)|日期|(?:时间|日子)(?:是|呢|$|[？?])"
        ),
    ),
    (
        "list",
        re.compile(
            r"哪些|哪几|哪[二两三四五六七八九十]|[有都]?(?:什么|啥)(?=.{0,4}(?:[？?]?$))(?<=些什么)|都(?:是|有|叫|卖|做|干|包括|办|建)?了?(?:些)?(?:什么|啥|谁|哪)|列一?(?:下|出|举)|"
            r"名单|清单|分别(?:是|叫|指|为)(?!多少)|包[括含]了?(?:什么|啥|哪)|各[是叫](?:什么|啥)|些(?:什么|啥)|都有谁|指(?:的是)?(?:什么|啥)"
        ),
    ),
    (
        "figure",
        re.compile(
            r"多少|几多|好多|百分之?几|几分之几|多(?:大|长|高|远|重|宽|深|快|久|密)(?!力|程度)"
            r"|(?<![第好])几(?!乎|年来|经|何|率|番话|级)"
            rf"|{MEASURE}(?:各?[是为有呢]|怎么样|咋样|如何|合计|总?共|[？?。]|$)"
        ),
    ),
    (
        "person",
        re.compile(
            rf"{OFFICE}(?:的)?(?:名字|姓名)?(?:是?叫|姓|是)(?:什么|啥)|谁|哪一?位|什么人|啥人|何人|哪个人|姓名"
        ),
    ),
    (
        "place",
        re.compile(
            r"哪[里儿块]|何[处地]|(?:什么|啥)地方|在哪|地点|位置|地址|落[户地]在?哪|"
            r"哪[个一]?(?:个)?(?:地方|园区|城市|[区县镇乡村省市]|街道|国家?|片区)"
        ),
    ),
    ("which", re.compile(r"哪|什么|啥|咋|怎[么样]|如何|何|名称|型号")),
    (
        "yes_no",
        re.compile(
            r"吗|是不是|有没有|有无|是否|会不会|能不能|了没|没[？?]?$|还有没|么[？?]?$|对不对|对吧|(.)没\1|(.)不\2"
        ),
    ),
)

SCALE = re.compile(r"(?:多少|几多|好多|几)[十百千]?(万亿|万|亿)")
# Before a unit; 千瓦 is one, and 亿千瓦时 so many of another.
MULTIPLIER = re.compile(r"^(?:[十百千万亿](?![瓦米克升卡伏帕字分]))+")
COUNT_WORD = re.compile(r"多少|几多|好多|(?<![这近前])几(?!分|成|倍|番)")
AMOUNT_FORM = re.compile(
    r"(?:产量|产值|总额|总量|总数|总收入|数量|人数|人口|面积|里程|余额|规模)"
    r"(?:预计|大概|大约|一共|总共|共)?(?:各?[是为有]|达到?|[？?。]|多少|$)"
)
# What is counted in money where no unit is named: neither 个 nor 家 answers 税收是多少, and a share of it only in part.
MONEY_FORM = re.compile(
    r"(?:税收|收入|支出|产值|总值|增加值|投资|投入|经费|资金|[总金余]额|存款|贷款|利润|营收|成本|费用)"
    r"(?:一共|总共|合计|大概|大约|总量|规模)?(?:[是有为]|达到?)?(?:了)?(?:多少|几多|好多)?[？?]?$"
)
ORDINAL_FORM = re.compile(rf"几({ORDINAL_WORD})")
CURRENCY = re.compile(r"(?:按|以|用|折合)(美元|欧元|港元|日元|人民币)")
PERCENT_FORM = re.compile(
    r"百分之?(?:几|多少|好多)|几个?点(?!钟)|几成|几分之几|占比|比例|比重|比率|[\u4e00-\u9fff](?<![概效])率(?:[是为有呢达到]|$|[？?。多])"
)
CHANGE_FORM = re.compile(
    r"增速|增长(?:目标|情况|水平|最?快|最?慢)|多[开建增产造]了|[增涨降跌减]幅|增长率|翻了?几番|几倍|多少倍|变化|同比|环比|涨[得了]|"
    r"(?:增长|增加|提高|提升|上升|上涨|下降|减少|降低|扩大|缩小|加快|压减|[涨升降跌快])[了得的]?(?:多少|几|好多|百分|最)"
)
# 多大 and the like name no unit but a family of them.
SIZES: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(
            r"面积|占地|(?<![总产金余]量)(?<![总产金余份数][额值量])(?<!规模)(?<!体量)(?<!经济)多大(?=地|$|[？?])"
        ),
        frozenset({"平方米", "平方公里", "亩", "公顷"}),
    ),
    (re.compile(r"多长(?!时间)|多远|里程"), frozenset({"公里", "米", "千米", "里"})),
    (re.compile(r"多重"), frozenset({"吨", "公斤", "斤", "克", "千克"})),
    (re.compile(r"多久|多长时间"), frozenset({"天", "小时", "分钟", "年", "个月", "个工作日", "秒"})),
)
SHARES = frozenset({"%", "成", "‰", "个百分点", "倍", "番"})
PEOPLE = frozenset({"人", "名", "位", "人次"})
# The counted come first: 来旅游的人有多少, 游客一共多少.
PEOPLE_COUNTED = re.compile(
    r"(?:的人|人数|游客|旅客|学生|老人|职工|农民工|人才)[^，。]{0,8}?(?:有|是|达|为|共)?多少(?:呢)?[？?]?$"
)
TRIPS = frozenset({"车次", "班次", "列", "列次", "班", "次", "趟", "架次"})
# How people say a unit, and what reports print for it.
SPOKEN_UNITS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("钱", "块", "块钱"), frozenset({"元", "美元"})),
    **dict.fromkeys(("趟", "列", "班"), TRIPS),
    **dict.fromkeys(("人", "名", "位"), PEOPLE),
    **dict.fromkeys(("户", "家"), frozenset({"户", "家", "个"})),
    **dict.fromkeys(("箱", "标箱", "标准箱"), frozenset({"箱", "标准箱", "标箱", "TEU"})),
    **dict.fromkeys(("度", "度电"), frozenset({"度", "度电", "千瓦时"})),
    "斤": frozenset({"斤", "公斤", "吨"}),
    **dict.fromkeys(("平", "平方", "平米"), frozenset({"平方米", "平方公里"})),
    "里": frozenset({"公里", "里"}),
    **dict.fromkeys(("部", "台"), frozenset({"部", "台", "台（套）"})),
    **dict.fromkeys(("点", "个点"), frozenset({"%", "个百分点", "点"})),
}
# Counters that a speaker uses for anything, whatever the report prints.
LOOSE_COUNTERS = frozenset({"个", "种", "类", "样", "项", "处"})

# Words that carry the asking and nothing of the subject.  Single characters are left to the
# weights: a character that is everywhere weighs next to nothing.
ASKING = re.compile(
    r"请问|想问一?下|问一?下|帮我|查一?[下查]|告诉我|我?想知道|麻烦|报[告道][里中上]?(?:提到|说|讲|写)?[的过]?|文[里中](?:说|提到)?|"
    r"一共|总共|合计|共有|到底|究竟|大概|大约|差不多|目前|现在|如今|(?:多少|几多|好多)(?:[万亿]*(?:块?钱|美?元))?|百分之?几|第几|几(?:月|号|年|时|点|个|家|位|成|倍)?|"
    r"分别|哪些|哪几?一?[个家种类位年天月里儿座条项次届所]?|什么(?:时候|地方|人|样)?|啥(?:时候|样)?|怎么样?|咋样?|如何|谁|何[时地]|"
    r"列一?[下出举]|名单|是不是|有没有|是否|[的了吗呢吧啊呀嘛么着]|[？?！!，,。、：:；;“”\"'‘’（）()《》\s]"
)


# Said beside: 城里人口占比（城镇化率）.
BRACKETED = re.compile(r"[（(][^（）()]{1,20}[）)]$")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is understood.

    text     the question, a follow-up completed from what was asked before
    asks     the sort of answer
    subject  the question without the words that only ask
    units    the printed units that would answer it, without multipliers; empty where any does
    loose    True where ``units`` come from a counter that people use for anything (几个)
    scale    the multiplier that was asked for (``亿`` of 多少亿), else empty
    kind     the kind of figure where one was named, else None
    amount   True where an amount was asked for by its name (产量, 总额): no share of it answers
    money    True where an amount of money was asked for by its name and no unit
    focus    what a follow-up asks anew; empty where the question stands by itself
    scope    what it says of place and time
    """

    text: str
    asks: Asks
    subject: str
    units: frozenset[str] = frozenset()
    loose: bool = False
    scale: str = ""
    kind: Kind | None = None
    amount: bool = False
    money: bool = False
    focus: str = ""
    scope: Scope = field(default_factory=Scope)

    @property
    def wants_figure(self) -> bool:
        """True where the answer is a quantity."""
        return self.asks in ("figure", "rank")


def understand(text: str, history: Sequence[str] = (), asks: Asks | None = None) -> Question:
    """Read a question; ``history`` are the questions before it, oldest first.

    ``asks`` takes the place of what the question would be read to ask.
    """
    turns = unfolded(history)
    text, focus = (together, text) if (together := across(text, turns)) else complete(text.strip(), turns)
    bare = without_years(text).strip()
    asks = asks or _asked_sort(BRACKETED.sub("", bare).strip())
    units, loose = _asked_units(text, asks)
    scale = SCALE.search(text) if asks == "figure" else None
    kind: Kind | None = "rank" if asks == "rank" else None
    if asks == "figure" and CHANGE_FORM.search(text):
        kind = "change"
    return Question(
        text=text,
        asks=asks,
        subject=ASKING.sub(" ", bare).strip(),
        units=units,
        loose=loose,
        scale=scale[1] if scale else "",
        kind=kind,
        amount=kind is None and AMOUNT_FORM.search(bare) is not None,
        money=kind is None and not units and MONEY_FORM.search(bare) is not None,
        focus=focus,
        scope=scope_of(text),
    )


def _asked_sort(text: str) -> Asks:
    return next((name for name, pattern in FORMS if pattern.search(text)), "other")


def _asked_units(text: str, asks: Asks) -> tuple[frozenset[str], bool]:
    """Return the units that would answer, and whether they are meant loosely."""
    if asks == "ordinal" and (ordinal := ORDINAL_FORM.search(text)):
        return frozenset({ordinal[1]}), False
    if asks != "figure":
        return frozenset(), False
    if currency := CURRENCY.search(text):
        return frozenset({currency[1] if currency[1] != "人民币" else "元"}), False
    if PERCENT_FORM.search(text):
        return SHARES, False
    counted = [_counted_in(text[counting.end() :]) for counting in COUNT_WORD.finditer(text)]
    if units := frozenset(unit for asked, _ in counted for unit in asked):
        return units, any(loose for _, loose in counted)
    if PEOPLE_COUNTED.search(text):
        return PEOPLE, False
    sizes = (units for pattern, units in SIZES if pattern.search(text))
    return next(sizes, frozenset()), False


def _counted_in(rest: str) -> tuple[frozenset[str], bool]:
    """Return the units that would answer what is counted after 多少, and whether they are meant loosely."""
    rest = MULTIPLIER.sub("", rest)
    spoken = max((word for word in SPOKEN_UNITS if rest.startswith(word)), key=len, default="")
    unit = match_unit(rest, 0)
    if unit is not None and unit.family != "bare" and len(unit.printed) >= len(spoken):
        printed = unit.printed
        return SPOKEN_UNITS.get(printed, frozenset({printed})), printed in LOOSE_COUNTERS
    return SPOKEN_UNITS.get(spoken, frozenset()), False
