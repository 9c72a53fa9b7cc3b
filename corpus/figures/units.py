"""Units: what may follow a number, from money to measure words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Family = Literal[
    "money",
    "measure",
    "share",
    "points",
    "multiple",
    "count",
    "duration",
    "age",
    "score",
    "bare",
    "rank",
    "within",
    "none",
]

MULTIPLIER = r"(?:[十百千]?万亿|[十百千]?[万亿]|[百千])"

_MONEY: tuple[str, ...] = (
    "元人民币",
    "元",
    "美元",
    "欧元",
    "日元",
    "港元",
    "港币",
    "澳元",
    "韩元",
    "加元",
    "新加坡元",
    "新台币",
)
_MONEY += ("英镑", "卢布", "法郎", "人民币", "美金", "块钱")
_SHARE: tuple[str, ...] = ("%", "‰", "成", "个百分比")
_POINTS: tuple[str, ...] = ("个百分点", "百分点", "个千分点", "个基点", "基点")
_MULTIPLE: tuple[str, ...] = ("倍", "番")
_LENGTH: tuple[str, ...] = (
    "公里",
    "千米",
    "厘米",
    "毫米",
    "微米",
    "纳米",
    "海里",
    "英里",
    "英寸",
    "米",
    "里",
    "km",
    "cm",
    "mm",
    "KM",
)
_AREA: tuple[str, ...] = (
    "平方公里",
    "平方千米",
    "平方厘米",
    "平方米",
    "平米",
    "㎡",
    "公顷",
    "亩次",
    "亩",
    "顷",
)
_VOLUME: tuple[str, ...] = (
    "立方千米",
    "立方公里",
    "标准立方米",
    "立方米",
    "立方",
    "m³",
    "毫升",
    "升",
    "千升",
    "加仑",
)
_MASS: tuple[str, ...] = (
    "吨标准煤",
    "吨标煤",
    "吨二氧化碳当量",
    "吨二氧化碳",
    "吨公里",
    "吨",
    "公斤",
    "千克",
    "毫克",
    "微克",
    "克",
)
_MASS += ("斤", "担", "kg", "mg")
_POWER: tuple[str, ...] = (
    "千伏安",
    "兆伏安",
    "千伏",
    "千瓦时",
    "千瓦",
    "兆瓦时",
    "兆瓦",
    "吉瓦时",
    "吉瓦",
    "太瓦时",
    "瓦时",
    "瓦",
    "度电",
    "度",
)
_POWER += (
    "kWh",
    "kW",
    "MW",
    "GW",
    "GWh",
    "MWh",
    "kV",
    "千帕",
    "兆帕",
    "千焦",
    "千卡",
    "大卡",
    "马力",
    "匹马力",
)
_COMPUTING: tuple[str, ...] = (
    "PFlops",
    "Pflops",
    "Eflops",
    "EFLOPs",
    "PFLOPs",
    "TFlops",
    "EFlops",
    "PFLOPS",
    "EFLOPS",
    "TFLOPS",
    "Mbps",
    "Gbps",
    "TB",
    "PB",
    "EB",
    "GB",
    "MB",
)
_COMPUTING += ("比特", "量子比特", "太比特", "兆比特", "字节", "EFlop/s", "P", "千赫", "赫兹", "分贝")
_OTHER: tuple[str, ...] = (
    "摄氏度",
    "℃",
    "方",
    "人公里",
    "标准箱",
    "国际标准箱",
    "标箱",
    "自然箱",
    "TEU",
    "箱",
    "载重吨",
    "总吨",
    "综合吨",
)
_DURATION: tuple[str, ...] = (
    "个工作日",
    "工作日",
    "个小时",
    "小时",
    "分钟",
    "秒钟",
    "秒",
    "天",
    "个月",
    "个自然日",
    "毫秒",
    "微秒",
    "年",
)

# Measure words -> the characters that must not follow, because together they begin another word.
_COUNT: dict[str, str] = {
    "个": "", "家": "庭电具居乡园政禽畜", "名": "牌录胜城校", "人": "民口才均大工机群员社力物文居类体生",
    "项": "", "条": "件例约款", "件": "", "份": "额子量", "户": "籍外口均型", "所": "有属得谓在长需港", "座": "谈", "处": "理置级于罚长",
    "台": "账阶湾风商企资胞山", "套": "餐", "辆": "", "艘": "", "架": "构", "列": "入为举", "趟": "", "班": "级组",
    "场": "馆地景所", "次": "", "批": "准发复", "组": "织成建合团", "支": "持付出撑部柱行援", "只": "有是要能", "枚": "",
    "位": "居于列置移", "张": "", "块": "", "片": "区", "颗": "", "粒": "", "株": "", "棵": "", "头": "部", "羽": "",
    "尾": "气", "匹": "配", "册": "", "本": "科级地市省区土轮届次年", "部": "门分署队委级", "篇": "", "幅": "度", "款": "项",
    "种": "植业子粮养", "类": "型别似", "层": "面级次", "节": "能约水日点", "例": "", "起": "步来点草源到重", "宗": "教旨",
    "笔": "", "单": "位元独项一价", "票": "", "桶": "", "瓶": "", "袋": "", "车": "间站辆道", "对": "外口接象标于照比应内策",
    "副": "", "双": "", "门": "类诊店户槛", "间": "隔", "栋": "", "幢": "", "孔": "", "眼": "", "口": "岸径号", "井": "",
    "段": "", "根": "本据", "盏": "", "杆": "", "台套": "", "剂": "", "针": "对", "床": "位", "席": "", "字": "", "艘次": "",
    "人次": "", "人份": "", "人天": "", "车次": "", "班次": "", "架次": "", "辆次": "", "场次": "", "航次": "", "群": "众体岛", "批次": "", "件次": "", "台次": "", "头次": "", "份次": "", "趟次": "", "人日": "", "床日": "",
    "家次": "", "户次": "", "列次": "", "剂次": "", "针次": "", "册次": "", "例次": "", "次班": "", "课时": "", "学时": "",
    "班列": "", "位次": "", "站": "点", "轮": "车驱船椅", "团": "队", "队": "伍", "格": "", "镇": "", "县": "域", "村": "民",
    "国": "家际内道", "件套": "", "人·次": "", "公里·次": "", "标段": "", "机位": "", "泊位": "", "床位": "", "学位": "",
    "股": "份东权", "卷": "", "票次": "", "包": "括装容", "碗": "", "金": "", "银": "", "铜": "", "码": "头", "蒲式耳": "",
}  # fmt: skip
_SCORE: tuple[str, ...] = ("点", "分")

_FAMILIES: dict[str, Family] = {}
for _family, _names in (
    ("money", _MONEY), ("share", _SHARE), ("points", _POINTS), ("multiple", _MULTIPLE),
    ("measure", _LENGTH + _AREA + _VOLUME + _MASS + _POWER + _COMPUTING + _OTHER),
    ("duration", _DURATION), ("age", ("周岁", "岁")), ("score", _SCORE), ("count", tuple(_COUNT)),
):  # fmt: skip
    _FAMILIES.update(dict.fromkeys(_names, _family))  # type: ignore[arg-type]

_GUARDS = dict(_COUNT)
_GUARDS |= {
    "成": "势形群都立功果本为员熟长绩效品交分",
    "里": "程面",
    "米": "饭面",
    "天": "然津府气地空河山猫",
    "升": "级至学到",
    "倍": "增",
}
_GUARDS |= {
    "克": "服拉隆强",
    "度": "假汛过量角数",
    "金": "属额融矿沙山水色银铜牌",
    "银": "行联牌",
    "铜": "牌矿",
    "番": "茄",
    "秒": "",
    "担": "当任保负",
    "元": "宵旦素件器",
}
_GUARDS |= {
    "点": "位多击",
    "分": "之别区类级布钟享支局行公院校批析配解工散红",
    "箱": "",
    "年": "度级均",
    "方": "面案向式法便针位略言才",
}


def _core_pattern() -> str:
    cores = []
    for name in sorted(_FAMILIES, key=len, reverse=True):
        guard = _GUARDS.get(name, "")
        tail = f"(?![{guard}])" if guard else ""
        tail += "(?![A-Za-z])" if name[-1].isascii() and name[-1].isalpha() else ""
        cores.append(re.escape(name) + tail)
    # 30项目标 counts goals (项 + 目标); 5项目 does not count anything.
    # 12家长三角企业 counts firms (家 + 长三角); 12家长 would count parents.
    pattern = "|".join(cores).replace("家(?!", "家(?!长(?![三江春沙期城途远]))(?!")
    return pattern.replace("项|", "项(?!目(?!标))|")


_CORE = f"(?:{_core_pattern()})"
# 元/月, 吨/日, 元/学年: times that only divide.
_PER = rf"(?:/{MULTIPLIER}?(?:{_CORE}|[日月季周]|学期|学年|榨季|生))"
_WHOLE = rf"{_CORE}(?:[（(]{_CORE}[)）])?{_PER}?"
_UNIT = re.compile(
    rf" {{0,2}}(?P<more>[多余])?(?:(?P<core>{_WHOLE})|(?P<multiplier>{MULTIPLIER})(?P<later>[多余])?(?P<rest> ?{_WHOLE})?)"
)
_CORE_START = re.compile(_CORE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed after a number.

    printed  with its multiplier and without 余 or 多 (``万个`` of ``万余个``)
    family   what sort of unit it is; ``bare`` for a multiplier alone
    more     True where 余 or 多 stands inside
    end      character after the unit in the text
    """

    printed: str
    family: Family
    more: bool
    end: int


def match_unit(text: str, position: int, multiplier: str = "") -> Unit | None:
    """The unit printed at a position; ``multiplier`` is one that a Chinese numeral already closed with."""
    found = _UNIT.match(text, position)
    if found is None:
        return Unit(multiplier, "bare", False, position) if multiplier else None
    core = (found["core"] or found["rest"] or "").strip()
    more = bool(found["more"] or found["later"])
    printed = multiplier + (found["multiplier"] or "") + core
    return Unit(printed, _family_of(core), more, found.end())


def _family_of(core: str) -> Family:
    start = _CORE_START.match(core)
    return _FAMILIES[start[0]] if start else "bare"
