"""Status: does a sentence state what is, what shall be, or what is expected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.figures.figure import Status
from corpus.figures.mention import Mention

_FORECAST_ALL = re.compile(r"初步预计")
_FORECAST = re.compile(r"预计(?!负债|净残值|使用)|预测|有望|料将|将(?:达|突破|超|实现|增|完成)")
_FORECAST_OPENS = re.compile(r"[，；,](?:初步)?预计(?!的)")
_FORECAST_START = re.compile(r"\s*预计(?!的)")
_TARGET = re.compile(
    r"力争|确保(?!了)|(?:预期|奋斗|主要|发展)目标(?!任务)|目标(?:是|为|要|[：:])|努力(?:实现|使|争取|达到)|争取(?:到|实现|达到|使|早日|突破|超过|[^，。；]{0,4}年)"
    r"|(?<![重主需不紧纲摘])要(?:实现|达到|突破|超过|力争|确保|完成|控制|保持|把|在|使|超|奋战|建成|新增)|拟(?:按|安排|新|投|建)|我们[将要]|将接续"
    r"|提出[^，。；]{0,20}(?:到|年均|增长|突破|达到)|(?<![年月底末初])到(?:20|二)[\d〇○零一二三四五六七八九]{2,3}年(?:底|末)?[，,实达]|到本世纪|[今明]年要|必须(?:达到|完成)|规划(?:到|新建)|计划(?:完成|新增|新建|实施|安排|到|用|年内)"
)
_TARGET_NEAR = re.compile(
    r"(?:控制在|不低于|不高于|不超过|不少于|计划(?:总)?投资额?|拟投资|目标(?:要|为|是|达到|超过|突破)+)[约近超逾达到为在]*(?:\d[^，。；]{0,8}[、和与及])*$"
)
_ALREADY = re.compile(
    r"已|了|同比|比上年|去年|比去年|较上年|环比|首次|累计|居全|位居|连续|圆满|超额|提前完成|实际|获评|荣获"
)
# Deeds in a sentence that began with 预计 are done, not expected.
_DONE = re.compile(r"已|了|获|入选|入围|落地|建成|投产|全部|新设|新筹|新挂牌|位居|居全")
_PAIR_FROM = re.compile(r"(?:由|从)[^，。；、]{0,14}$")


Section = Literal["plan", "report", "open"]

# Characters of a clause looked at before a quantity.
_CLAUSE_REACH = 80
_CLAUSES = re.compile(r"[，；,;。]")
# Headings that part a report into what was done and what is planned.
_NUMBERED = re.compile(r"\s*[一二三四五六七八九十]{1,2}、([^。\n]{2,40})$")
_RETROSPECT = re.compile(r"回顾|总结|成就|成绩|过去")
_OUTLOOK = re.compile(
    r"安排|任务|重点工作|思路|总体要求|主要工作|[今下]一?[年步]工作|年工作$|政策取向|主要目标|未来|今后|展望|举措"
)
_APPENDIX = re.compile(r"\s*(?:附件|附录|名词解释|有关名词|注释|注[:：])")
# Words of a finished deed; one of them in a sentence outweighs round numbers.
_PAST = re.compile(
    r"同比|了(?!解)|已|突破|超|居(?=全|世|首|第|前|中|[东西]部)|获|首次|累计|成功|荣|历史|创(?=新高|下|历|造了)|连续|先后|圆满|全部|入选|位列|比上年|较上年|去年|新高|全年|现有|达到?[^，。；]*[余多]"
)
_PAST_IN_PLAN = re.compile(r"已|同比|比上年|去年|较上年|目前|现有|过去|年来|实现了|达到了")


@dataclass(frozen=True, slots=True)
class SentenceStatus:
    """What the words of one sentence say of the standing of its figures; read once for all of them.

    aims_from      place from which the sentence speaks of aims, its end where it never does
    expects_from   place from which it speaks of expectations
    all_expected   初步预计 holds for the whole sentence
    plan           the sentence stands among plans: it says what shall be unless a word of the past
                   speaks against it
    """

    text: str
    start: int
    aims_from: int
    expects_from: int
    all_expected: bool
    plan: bool

    @classmethod
    def read(cls, text: str, start: int, end: int, plan: bool) -> SentenceStatus:
        """Look through text[start:end] for 力争, 预计 and their kin."""
        aims, opens = _TARGET.search(text, start, end), _FORECAST_OPENS.search(text, start, end)
        expects = opens.end() if opens else end
        if _FORECAST_START.match(text, start, end):
            expects = start
        everything = _FORECAST_ALL.search(text, start, end) is not None
        return cls(text, start, aims.end() if aims else end, expects, everything, plan)

    def of(self, mention: Mention) -> Status:
        """actual, target or forecast."""
        low = max(self.start, mention.start - _CLAUSE_REACH)
        clause = _CLAUSES.split(self.text[low : mention.start])[-1]
        if self.all_expected:
            return "forecast"
        if _PAIR_FROM.search(clause) and re.match(
            r"[一-鿿]{0,4}[到至为]", self.text[mention.end : mention.end + 5]
        ):
            return "actual"
        if _TARGET_NEAR.search(clause) and not _ALREADY.search(clause):
            return "target"
        if _FORECAST.search(clause) or (mention.start >= self.expects_from and not _DONE.search(clause)):
            return "forecast"
        if mention.start >= self.aims_from:
            return "target"
        return "target" if self.plan and not _PAST_IN_PLAN.search(clause) else "actual"


def is_plan(paragraph: str) -> bool:
    """True for a paragraph that says what shall be done: words of aim and no word of the past."""
    return bool(_TARGET.search(paragraph)) and not _ALREADY.search(paragraph)


def is_round_and_open(sentence: str, offset: int, mentions: Sequence[Mention]) -> bool:
    """True for a sentence of round amounts left open (新建50个以上, 增长5%左右) without a word of the past.

    In 62 government work reports nine in ten such sentences stand in the part that plans.
    """
    if not mentions or _PAST.search(sentence) or not all(map(_is_round, mentions)):
        return False
    after = [(mention, sentence[mention.end - offset : mention.end - offset + 2]) for mention in mentions]
    return any(
        (word == "左右" and mention.unit != "成") or (word == "以上" and mention.family != "share")
        for mention, word in after
    )


def _is_round(mention: Mention) -> bool:
    if mention.family in ("share", "points"):
        return mention.value * 2 % 1 == 0
    return mention.value % 10 == 0 or mention.value in (1, 2, 3, 4, 5, 6, 8, 15, 25)


def section_of(line: str) -> Section | None:
    """What a heading opens: a part that plans, one that reports, or one that may do either; None for other lines."""
    if _APPENDIX.match(line):
        return "open"
    heading = _NUMBERED.match(line)
    if heading is None:
        return None
    if _RETROSPECT.search(heading[1]):
        return "report"
    return "plan" if _OUTLOOK.search(heading[1]) else None
