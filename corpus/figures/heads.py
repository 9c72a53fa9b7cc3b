"""Heads: the thing that is measured, cut free from what opens its clause."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.figures.lexicon import (
    CONTENT_VERBS,
    LEADING_VERBS,
    OPENERS,
    SCOPES,
    SHORT_ADVERBS,
    SHORT_LEADING,
    SHORT_OPENERS,
)
from corpus.figures.period import PERIOD_ENDS, PERIOD_PATTERN

_LABEL = (
    r"[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、](?![\d一二三四五六七八九十])|[①-⑳]|第[\d一二三四五六七八九十]+批次?|首批"
    r"|[一二三四五六七八九十]{1,3}是|[到自从](?=\d{4}|“)|同期$|时隔[^，。；、]{1,5}年"
)
# 进出口总额[10], 面积[⁹], 产量⑤: the mark of a note that stands below; (1) and 〔2024〕 are none, nor is m³.
_NOTE_MARK = re.compile(
    r"\s?[\[［【〔]\s?(?:注?\s?(?:[1-9]\d?|[⁰¹²³⁴-⁹]{1,2}|[①-⑳])|注)\s?[\]］】〕]|(?<=[一-鿿）)”])\s?(?:[⁰¹²³⁴-⁹]{1,2}|[①-⑳])$"
)
_NOTE_OPENS = re.compile(r"[\[［【〔⁰¹²³⁴-⁹①-⑳]")
# 八、财政金融全年一般公共预算收入: a chapter's title without a line of its own. 三、城镇居民全年… names whose it is.
_GLUED_TITLE = re.compile(
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十]、)[一-鿿、]{2,18}?(?<![市县区州省镇乡村国户人级院校])(?<!居民)(?<!职工)(?<!企业)(?<!单位)(?<!部门)(?<!公司)"
    r"(?=(?:全年|年末)(?!增加值|收入|支出|产值|产量|投资|利润|营业|总)[^，。；：\d]{4})"
)
_OPENER = re.compile(rf"(?:{_LABEL}|{OPENERS}|{SCOPES}|{SHORT_OPENERS}|(?:{PERIOD_PATTERN})(?!结[转余]))")
# A verb that goes on as a noun stays: 办理时限, 培训人数. 完成投资 is an indicator of its own.
_VERB = (
    rf"(?!完成投资$)(?:{LEADING_VERBS}|{SHORT_LEADING})"
    r"(?![率额业性量值面度费款]|金额|产出|案值|时限|时间|期限|能力|水平|总[量额数]|人数|规模|成本)(?:了|好)?"
)
_LEADING = re.compile(rf"{_VERB}(?:[和与及并、]{_VERB})*")
# 巴南区已累计实施智能化改造项目: what was done stands behind the deed.
_DEED = re.compile(rf"[^，。；、]{{0,20}}?(?:已经?|累计|共|总共)+(?:{_VERB})+(?=[^，。；、]{{2}})")
# 为经营主体减免税费, 向困难群众发放补助: whom it was done for is not what is measured.
_FOR_WHOM = re.compile(rf"(?:为(?!民)|向|给)[^，。；]{{2,40}}?(?:{_VERB}|减轻|适配|配备)(?=[^，。；、]{{2}})")
_CONTENT_VERB = re.compile(
    f"(?P<verb>{CONTENT_VERBS})(?:了|超过|突破|达到?|近|约|超|逾|共|{SHORT_ADVERBS})*$"
)
_MEASURE = re.compile(r"总?(?:产[量值能]|销量|面积|增加值|价格|占比|比重|规模|数量)")
_CHANGE_ALONE = re.compile("增长|下降|上升|提高|减少|增加|降低|同比|环比")
_CIRCUMSTANCE = re.compile(r"(?<!现)在[^，。；、]{0,12}(?:基数|基础|情况|背景)[之]?[上下]$")
# 26个指标中有19项: within the indicators; not 高中.
_WITHIN = re.compile(r"(?<=[一-鿿]{3})(?<![高初职完县一二三集其])中$")
# Longest printed time looked for at the end of a head.
PERIOD_REACH = 16
PERIOD_TAIL = re.compile(f"(?:{PERIOD_PATTERN})$")


@lru_cache(maxsize=2048)
def clean_head(words: str) -> str:
    """The thing that is measured: openers, times and bare verbs taken off the front, particles off the end."""
    head = without_notes(words).strip(" \u3000\r\t\ufeff、，；：:的了").rstrip("“").removesuffix("相比")
    title = _GLUED_TITLE.match(head)
    head = head[title.end() :] if title else head
    for pattern in (_OPENER, _LEADING, _OPENER, _LEADING, _OPENER):
        while (found := pattern.match(head)) and found.end():
            shorter = head[found.end() :].lstrip(" 、，的")
            if not shorter:
                return "" if pattern is _LEADING or found.end() == len(head) else head
            head = shorter
    if _CHANGE_ALONE.fullmatch(head):
        return ""
    head = _WITHIN.sub("", _CIRCUMSTANCE.sub("", head))
    deed = _DEED.match(head) or _FOR_WHOM.match(head)
    return _cut_late_period(head[deed.end() :] if deed else head)


def without_notes(words: str) -> str:
    """Words without the marks of notes: 进出口总额[10] -> 进出口总额."""
    return _NOTE_MARK.sub("", words) if _NOTE_OPENS.search(words) else words


def opens_with_deed(words: str) -> bool:
    """True where a verb and its object follow: 发放助学金."""
    deed = _LEADING.match(words)
    return deed is not None and len(clean_head(words)) >= 2


def verb_of(words: str) -> str:
    """The verb alone before a quantity (开行超过3300车次), where it tells what was counted."""
    found = _CONTENT_VERB.search(words)
    return found["verb"] if found else ""


def class_after_list(head: str) -> str:
    """A、B等系列活动: the class after 等 names what was counted."""
    first, separator, last = head.rpartition("等")
    lists = "、" in first or "”" in first
    quoted = first.count("“") > first.count("”")
    names = len(last) >= 2 and not last.startswith(("级", "教", "待", "于"))
    if _MEASURE.fullmatch(last):  # 牛奶、羊肉等产量 is of the list
        return head
    return last if separator and lists and names and not quoted else head


def _cut_late_period(head: str) -> str:
    """食糖产量连续33个榨季 -> 食糖产量."""
    if head[-1:] not in PERIOD_ENDS:
        return head
    found = PERIOD_TAIL.search(head[-PERIOD_REACH:])
    return head[: len(head) - len(found[0])] if found and found.start() else head
