"""Does a text hold the sort of thing that is asked for, and where?"""

from __future__ import annotations

import re

from retrieval.question import Asks, Question
from retrieval.search.sentences import Span

ROLE = (
    r"书记|[省市区县镇乡州村厅局部处校院行厂社]长|主任|主席|董事长|总经理|总裁|秘书长|发言人|记者|院士|教授"
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)

SORTS: dict[Asks, re.Pattern[str]] = {
    "figure": re.compile(r"\d|百分之|[一二三四五六七八九两十百千]+[多余]?[万亿个家项成倍]|翻[一两]?番|一半"),
    "rank": re.compile(r"第[一二三四五六七八九十\d]|首位|榜首|[居列]前|前[一二三四五六七八九十\d]"),
    "time": re.compile(
        r"(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{4}年|(?<![历时经近满前\d])\d{2}年(?![来间多内期])|\d{1,2}日|[一二三四]季度|[上下]半年|[去今明前]年|近日|[一二三四五六七八九十两]+年|“十[一二三四五六七八九]五”"
    ),
    # After an office, or before what is done in it; names of the nation's peoples may have no known surname.
    "person": re.compile(
        rf"(?:{ROLE})[\s：:]*(?:[{SURNAMES}][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,4}}$)|[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:(?<!工)作|代表|主持|出席|同志|当选|任)"
    ),
    "ordinal": re.compile(r"第[一二三四五六七八九十百\d.]+\w?|首[次届批个]"),
}
# A count that a question takes for known: 三大产业有哪些, 哪四个城市.
COUNTS = "一二三四五六七八九十"
SAID_COUNT = re.compile(rf"(?<![第几])([{COUNTS[1:]}])[大个项类条座家种位所片区](\w{{2}})")
RUN = re.compile(r"[^，。；：:]+")
SEPARATOR = re.compile(r"、|(?<=[\u4e00-\u9fff])[和及与](?=[\u4e00-\u9fff])")
CALLED = 2.0  # a list that is called what the question calls it counts twice
LIST_COMMAS = 3  # enumeration commas of what is surely a list


def pattern_of(question: Question) -> re.Pattern[str] | None:
    """Return the pattern of the sort of thing that is asked for; None where none tells it."""
    if question.asks == "ordinal" and question.units:
        (word,) = question.units
        return re.compile(rf"[一二三四五六七八九十百\d.]+{re.escape(word)}|第[一二三四五六七八九十百\d.]+")
    return SORTS.get(question.asks)


def fits(question: Question, sentence: str) -> float:
    """Return how far a sentence holds the sort of thing that is asked for, 0 to 2.

    Sorts that no pattern tells (a person, a place, a name) fit nowhere.
    """
    if question.asks == "list":
        asked = SAID_COUNT.search(question.text)
        if asked and _lists_as_called(asked[1], asked[2], sentence):
            return CALLED
        return min(sentence.count("、") / LIST_COMMAS, 1.0)
    sort = pattern_of(question)
    return float(bool(sort and sort.search(sentence)))


def _lists_as_called(count: str, things: str, sentence: str) -> bool:
    """Tell whether a sentence lists ``count`` things and then calls them so.

    >>> _lists_as_called("三", "优势产业", "新材料、新能源和生物三大优势产业快速成长")
    True
    """
    number = COUNTS.index(count) + 1
    said = re.compile(rf"(?:{count}|{number})[大个项类条座家种位所片区]\w{{0,4}}{re.escape(things)}")
    return any(
        len(SEPARATOR.findall(run)) == number - 1 and said.search(run) for run in RUN.findall(sentence)
    )


def sort_spans(question: Question, text: str, start: int, end: int) -> list[Span]:
    """Return where ``text[start:end]`` holds the sort of thing that is asked for."""
    sort = pattern_of(question)
    if sort is None:
        return []
    return [match.span() for match in sort.finditer(text, start, end)]
