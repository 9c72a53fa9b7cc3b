"""Indicator: what each quantity of a sentence measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.figures.attributes import bound_behind
from corpus.figures.lead import Lead, class_after_list, clean_head, read_lead, verb_of
from corpus.figures.lexicon import (
    CERTAIN_PREDICATES,
    FLOW_VERBS,
    GENERIC_HEADS,
    METRIC,
    NAME_ENDINGS,
    PREDICATE,
    SHORT_PREDICATES,
)
from corpus.figures.mention import Mention

# Words looked at before and after a quantity; a longer clause is cut.
_REACH = 90
_AFTER_REACH = 40
_PEEK = 10
# Quantities of a sentence that a later one may refer back to.
_REMEMBERED = 40

_BREAKS = "，；。：！？:;,!?\n"
_POST_BOUND = re.compile(r"(?:及以上|以上|及以下|以下|以内|之内|左右|上下|内)?(?:大关|新?台阶|之多)?")
_AND = re.compile(r"^[、和与及，, 以并且]+")
_GENERIC_WHOLE = re.compile(f"(?:{GENERIC_HEADS})")
_FLOW = re.compile(f"(?:{FLOW_VERBS})")
_METRIC = re.compile(METRIC)
_PREDICATE = re.compile(f"(?<![新在待未拟续])(?:{PREDICATE}|{SHORT_PREDICATES})")
_CERTAIN = re.compile(f"(?:{CERTAIN_PREDICATES})")
_NAME_END = re.compile(f"(?:{NAME_ENDINGS})$")
_NOT_HEAD = re.compile(
    r"和(?!谐|美|平)|与|或|及|、|以(?!工|旧)|后(?!备|勤)|时(?!装|代|尚)|前(?!沿|期|台)|之|中(?![小药医西央型高外餐专])|来(?!华|料|自)|起(?!重)|间"
    r"|内(?!河|资|贸|外|地)|外(?!资|商|贸|来|籍|卖|国|语)|的(?:[，。；]|$)|等(?!级)|不(?!良|动产)|为|是|[，。；）):：—-]|同比|比(?!赛|例)|较|占(?!地)|且|并(?!网|购)|创(?!新|业|意)"
    r"|均|也|再(?!生)|又|已|就(?!业|诊|医|读)|增(?!值)|升(?!级)|降|减|涨|跌|居(?!民|家|住)|位居|列(?!车)|提高|提升|下降|上升|增长|增加|减少|扩大|缩短|压缩|压减|达|整合为|左右|以上"
)
_CLOSING = re.compile(r"^[）)](?:左右|以上|以内)?")
_QUOTED = re.compile(r"“[^”]*”?")
_LOOSE_END = re.compile(r"(?:[的了和与及、]|[约近超逾达为共])+$")
# 煤化工入选国家级产业集群，数量居全国第二: what was won is what is counted.
_CHOSEN = re.compile(r"(?:入选|获评|入围|获批|荣获|上榜|纳入)(?P<what>[^，。；]{2,30})$")
_CIRCUMSTANCE = re.compile(r"(?:情况|背景|条件|前提|形势)下|基础上|同时")
_RANKED_LEVEL = re.compile(r"(?:国家|自治区|省|市|区|县)级(?:以上)?")
# Heads that say nothing without the thing the sentence before spoke of.
_NEEDS_SUBJECT = re.compile(r"总|数量|规模|增速|增幅|占|比重|人均|年均")
# A bracket that a word goes on after (国（省）控断面) is part of the word.
_GOES_ON_TO = re.compile(r"[一-鿿]{0,4}(?:到|至|为)")
_BRACKET_IN_WORD = re.compile(r"[（(][^（）()，]{1,4}[）)](?=[一-鿿])")
_AFTER_BREAK = re.compile(r"[，；。：！？:;,（）()\n]")
_BRINGS_ABOUT = re.compile(r"(?:实现|完成|取得|获得|形成)了?$")
_RATES = {"share", "points", "multiple"}
_TAKES_OBJECT = re.compile(r"(?:为|向|对|给|让|使|将|把|与|和|在|从|由|帮助|支持|推动|带动|组织|完成|实现|取得|获得|形成|实施|建成|推进|对接|等)了?$")
_SPLITTERS = (re.compile(r"[、，]|以及|和|与|及"), re.compile(r"[、，]|以及|和|与"), re.compile(r"[、，]|以及|和"), re.compile(r"、|，"))
_ORDINAL = re.compile(r"第?[一二三四]")
_SAME_AGAIN = re.compile(r"^(?:[和及与、]|以及)?(?P<whole>[^，。；、]{1,6})的$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity with the words that belong to it.

    indicator  what is measured; "" where the sentence does not say
    subject    what a later, headless quantity of the sentence would be about
    counted    the indicator is the noun that follows the quantity (3条地铁新线)
    """

    mention: Mention
    lead: Lead
    indicator: str
    subject: str
    counted: bool = False


def read_sentence(text: str, start: int, end: int, mentions: list[Mention], earlier: str = "") -> list[Reading]:
    """The readings of the quantities in text[start:end]; ``earlier`` is the thing the sentence before spoke of."""
    readings: list[Reading] = []
    index = 0
    while index < len(mentions):
        group = _group_at(text, mentions, index)
        readings += _read_group(text, start, end, mentions, index, group, readings, earlier)
        index += group
    return readings


def _group_at(text: str, mentions: list[Mention], index: int) -> int:
    """How many quantities from here on are strung together with nothing but 、 or 和 between them."""
    size = 1
    while index + size < len(mentions):
        before, after = mentions[index + size - 1], mentions[index + size]
        between = text[before.end : after.start]
        if len(between) > 8 or not re.fullmatch(r"(?:以上|以下|以内|左右)?\s?(?:、|，?和|与|，?及|，?以及)?\s?(?:超过?|近|约|逾|突破|不低于)?", between):
            break
        if before.family != after.family and not {before.family, after.family} <= _RATES:
            break
        size += 1
    return size


def _read_group(
    text: str, start: int, end: int, mentions: list[Mention], index: int, size: int, done: list[Reading], earlier: str
) -> list[Reading]:
    first = mentions[index]
    words = _words_before(text, start, mentions, index)
    if done and done[-1].counted and "、" in words and not re.search(f"[{_BREAKS}]", text[done[-1].mention.end : first.start]):
        words = words[words.index("、") :]
    after = _words_after(text, end, mentions, index + size - 1)
    if done and text[done[-1].mention.end : first.start].endswith(words) and not re.search(f"[{_BREAKS}]", text[done[-1].mention.end : first.start]):
        words = re.sub(r"^、?(?:以及|和|与|及)", "、", words)
    lead = read_lead(words, first, text[first.end : min(end, first.end + _PEEK)])
    single = _read_one(text, start, first, lead, words, after, done, earlier)
    if size == 1:
        return [single]
    items = _items(text, start, first, lead, words, size, done, single)
    readings = []
    if lead.bound is None:  # 98%和95%以上 holds for both
        lead = replace(lead, bound=bound_behind(text, mentions[index + size - 1]))
    for offset in range(size):
        mention = mentions[index + offset]
        indicator = items[offset] if items else single.indicator
        own = lead if offset == 0 else _with_own_bound(text, lead, mentions[index + offset - 1], mention)
        readings.append(Reading(mention, own, indicator, indicator if items else single.subject, single.counted))
    return readings


def _with_own_bound(text: str, lead: Lead, before: Mention, mention: Mention) -> Lead:
    """A later quantity of a row may carry its own 近 or 超: 10%、超8%."""
    own = read_lead(text[before.end : mention.start], mention).bound
    direction = "-" if lead.direction and mention.value < 0 else lead.direction
    return replace(lead, bound=own or lead.bound, direction=direction)


def _words_before(text: str, start: int, mentions: list[Mention], index: int) -> str:
    """The words of the clause between the quantity before (or a break) and this one."""
    position = mentions[index].start
    low = max(start, position - _REACH)
    if index:
        previous = mentions[index - 1]
        after = _POST_BOUND.match(text, previous.end)
        low = max(low, after.end() if after else previous.end)
    depth = 0
    cursor = position
    while cursor > low:
        character = text[cursor - 1]
        if character in "）)":
            depth += 1
        elif character in "（(":
            if not depth:
                break
            depth -= 1
        elif character in _BREAKS and not depth:
            break
        cursor -= 1
    return _CLOSING.sub("", text[cursor:position])


def _words_after(text: str, end: int, mentions: list[Mention], index: int) -> str:
    """The words of the clause after a quantity, up to a break or the next quantity."""
    mention = mentions[index]
    bound = _POST_BOUND.match(text, mention.end)
    begin = bound.end() if bound else mention.end
    stop = min(end, begin + _AFTER_REACH)
    if index + 1 < len(mentions):
        stop = min(stop, mentions[index + 1].start)
    words = text[begin:stop]
    plain = _BRACKET_IN_WORD.sub(_blank, words)
    cut = _AFTER_BREAK.search(plain)
    words, plain = (words[: cut.start()], plain[: cut.start()]) if cut else (words, plain)
    if not cut or words.startswith("、"):  # a quantity follows in the same clause: 、 parts the two
        words = words[: len(plain.partition("、")[0])]
    return words.strip()


def _blank(found: re.Match[str]) -> str:
    """As many characters that mean nothing: offsets stay."""
    return "＿" * len(found[0])


def _object(words: str, mention: Mention) -> str:
    """The thing counted after a quantity (3条｜地铁新线), without the predicate that follows it."""
    words = words[1:] if words.startswith("的") else words
    if not words or _NOT_HEAD.match(words) or _GOES_ON_TO.fullmatch(words):
        return ""
    if mention.family in ("rank", "within", "points", "multiple", "age", "score"):
        return ""
    if mention.family == "share":
        return words
    plain = _QUOTED.sub(_blank, words)
    cut = _PREDICATE.search(plain, 2)
    if cut and _NAME_END.search(words) and not _CERTAIN.search(plain, 2):
        cut = None
    return _LOOSE_END.sub("", words[: cut.start()] if cut else words)


def _read_one(
    text: str, start: int, mention: Mention, lead: Lead, words: str, after: str, done: list[Reading], earlier: str
) -> Reading:
    head = "" if _CIRCUMSTANCE.match(lead.head) else lead.head
    head = head if lead.each else _last_deed(class_after_list(head))
    thing = _object(after, mention)
    if mention.family == "share" and mention.unit == "%" and words and not text.startswith(("的", "以上", "左右"), mention.end):
        thing = ""
    bare = words.rstrip(" 约近超逾")
    governed = _TAKES_OBJECT.search(bare) and (mention.family in ("count", "bare") or _BRINGS_ABOUT.search(bare))
    if thing and (governed or not (lead.attained and head)) and lead.direction is None:
        indicator = _join_object(words, head, thing, mention.family == "share")
        return Reading(mention, lead, indicator, _without_flow(indicator), counted=True)
    joined = words.startswith(("、", "，")) or not words
    verb = "" if head else verb_of(words)
    if verb:
        subject = done[-1].subject if done else _subject_before(text, start, mention.start, earlier)
        return Reading(mention, lead, _with(subject, verb) if subject else verb, subject)
    if not head:
        previous = done[-1] if done else None
        named = _named_between(text, previous, mention) if previous else ""
        if named:
            return Reading(mention, lead, named, named)
        lead = _inherit_change(lead, previous, mention)
        indicator = previous.indicator if previous else _subject_before(text, start, mention.start, earlier)
        if "均" in words and previous:
            indicator = _all_of(text, done)
        return Reading(mention, lead, indicator, previous.subject if previous else indicator)
    if head.startswith("占") or _GENERIC_WHOLE.fullmatch(head) or _RANKED_LEVEL.fullmatch(head):
        subject = _subject_of_metric(text, start, mention, head, done, earlier)
        indicator = f"{subject} {head}" if subject and subject != head else head
        return Reading(mention, lead, indicator, indicator if head.startswith("占") else subject or head)
    if joined and done and not _FLOW.match(head):
        flow = _FLOW.match(done[-1].indicator)
        if flow and mention.family == "count":
            return Reading(mention, lead, f"{flow[0]} {head}", head)
        if done[-1].lead.transitive and not lead.attained and not lead.direction and mention.unit == done[-1].mention.unit:
            lead = replace(lead, direction=done[-1].lead.direction, transitive=True)
    return Reading(mention, lead, head, _without_flow(head))


def _all_of(text: str, done: list[Reading]) -> str:
    """A企业18家、B平台46家，均居首位: what is said of all of the row before."""
    row = [done[-1]]
    for reading in reversed(done[-_REMEMBERED:-1]):
        if re.search(r"[，；。,]", text[reading.mention.end : row[0].mention.start]):
            break
        row.insert(0, reading)
    return " ".join(dict.fromkeys(reading.indicator for reading in row))


def _named_between(text: str, previous: Reading, mention: Mention) -> str:
    """A clause of its own that names the thing: 特别是工业投资，同比增长33.3%."""
    clauses = re.split(r"[，；：,]", text[max(previous.mention.end, mention.start - _REACH) : mention.start])
    if len(clauses) < 3:
        return ""
    head = clean_head(clauses[-2])
    named = head == noun_phrase(clauses[-2]) and 2 <= len(head) <= 16
    return head if named and (_METRIC.search(head) or re.match(r"特别是|尤其是|其中", clauses[-2])) else ""


def _subject_of_metric(
    text: str, start: int, mention: Mention, head: str, done: list[Reading], earlier: str
) -> str:
    """Whose 总量, 占比 or 数量 it is: a clause without figures in between names it, else the quantity before."""
    if not done:
        return _subject_before(text, start, mention.start, earlier if _NEEDS_SUBJECT.match(head) else "")
    between = text[max(done[-1].mention.end, mention.start - _REACH) : mention.start]
    part, clauses = between.rpartition("；")[1:], re.split(r"[，,]", between.rpartition("；")[2])
    chosen = _CHOSEN.search(clauses[-2]) if len(clauses) > 1 else None
    if chosen:
        return chosen["what"]
    return noun_phrase(clauses[0]) if part[0] and len(clauses) > 1 else done[-1].subject


def _inherit_change(lead: Lead, previous: Reading | None, mention: Mention) -> Lead:
    """增速由-2.7%提高至4.1%: the second end of a pair is of the first one's kind."""
    if previous is None or lead.direction or not previous.lead.direction or not lead.attained:
        return lead
    if previous.mention.unit != mention.unit or not previous.lead.attained:
        return lead
    return replace(lead, direction="-" if mention.value < 0 else "+")


def _last_deed(head: str) -> str:
    """提高低保标准、覆盖: of deeds in a row the last is the one the quantity belongs to."""
    before, separator, last = head.rpartition("、")
    cleaned = clean_head(last) if separator else last
    return cleaned if separator and cleaned and cleaned != last and len(before) > 3 else head


def _join_object(words: str, head: str, thing: str, share: bool) -> str:
    """Words before and after a count: 覆盖120多个城市 -> 覆盖 城市, 新建50个中心 -> 新建 中心."""
    bare = words.rstrip(" 约近超逾")
    if share and head and _PREDICATE.match(thing):
        return f"{head} {thing}"
    if not head or bare.endswith("的") or _TAKES_OBJECT.search(bare):
        return thing
    flows = list(_FLOW.finditer(head))
    if flows:
        return f"{head[flows[-1].start() :]} {thing}"
    return f"{head} {thing}"


def _without_flow(indicator: str) -> str:
    flow = _FLOW.match(indicator)
    return indicator[flow.end() :].strip() if flow and len(indicator) > flow.end() + 1 else indicator


def _subject_before(text: str, start: int, position: int, earlier: str) -> str:
    """The thing that the clauses before a headless quantity speak of."""
    before = text[max(start, position - 2 * _REACH) : position]
    clauses = [clause for clause in re.split(r"[，；。：！？:;,（(]", before) if clause.strip()]
    for clause in reversed(clauses[:-1] if clauses else []):
        subject = noun_phrase(clause)
        if len(subject) >= 2:
            return subject
    return earlier


def noun_phrase(clause: str) -> str:
    """The leading noun phrase of a clause without a figure: 经营主体持续壮大 -> 经营主体."""
    head = clean_head(clause)
    cut = _PREDICATE.search(_QUOTED.sub(_blank, head), 2)
    return (head[: cut.start()] if cut else head).strip("，。；、的 ")


def _items(
    text: str, start: int, first: Mention, lead: Lead, words: str, size: int, done: list[Reading], single: Reading
) -> list[str]:
    """The things that a row of quantities is shared out over, one for each; empty where there is no such list."""
    source, suffix = lead.head, ""
    if lead.each and "分别占" in words:
        source, suffix = clean_head(words[: words.index("分别")]), words[words.index("占") :].rstrip("的约近超过")
    elif lead.each and "分别" in source:
        source, _, deed = source.partition("分别")
        suffix = clean_head(deed)
    again = _SAME_AGAIN.match(words)
    if again and len(done) >= size and done[-1].indicator.count(" ") and "占" in done[-1].indicator:
        return [f"{reading.indicator.rpartition(' ')[0]} 占 {again['whole']}" for reading in done[-size:]]
    pieces = _split_into(source, size) or _split_before_class(source, size)
    if pieces:
        return [_with(piece, suffix) for piece in _share_metric(pieces, done)]
    if not source or _GENERIC_WHOLE.fullmatch(source):
        return _earlier_items(text, start, first, source, size, done)
    pair = re.match(r"城乡", source)
    if pair and size == 2:
        return [f"{source[0]} {source[2:]}", source[1:]]
    return []


def _earlier_items(text: str, start: int, first: Mention, head: str, size: int, done: list[Reading]) -> list[str]:
    """A list named before: by the last quantities, or by the clause before."""
    distinct = list(dict.fromkeys(reading.indicator for reading in done[-_REMEMBERED:]))
    if len(distinct) >= size:
        return [_with(indicator, head) for indicator in distinct[-size:]]
    clauses = re.split(r"[，；。：,]", text[max(start, first.start - 2 * _REACH) : first.start])
    for clause in reversed(clauses[:-1]):
        if re.search(r"\d", clause):
            break
        pieces = _split_into(clean_head(clause), size)
        if pieces:
            return [_with(piece, head) for piece in pieces]
    return []


def _split_into(source: str, size: int) -> list[str]:
    for splitter in _SPLITTERS:
        pieces = [piece.strip(" 的") for piece in splitter.split(source)]
        if len(pieces) == size and all(pieces):
            return pieces
    return []


def _split_before_class(source: str, size: int) -> list[str]:
    """A、B和C等新产品产量: the members, the metric of their class moved to the last of them."""
    members, separator, named = source.rpartition("等")
    metric = _METRIC.search(named) if separator else None
    pieces = _split_into(members, size) if separator else []
    return [*pieces[:-1], f"{pieces[-1]} {metric[0]}"] if pieces and metric else pieces


def _share_metric(pieces: list[str], done: list[Reading]) -> list[str]:
    """Give the metric that closes a list to each of its items: 家电、汽车零售额 -> 家电 零售额."""
    last = pieces[-1]
    if _ORDINAL.match(pieces[0]) and _ORDINAL.match(last):
        shared = _ORDINAL.sub("", last, count=1)
        return [f"{piece} {shared}" for piece in pieces[:-1]] + [last]
    if len(pieces) > 1 and all(len(piece) == 1 for piece in pieces[:-1]) and len(last) > 2:
        return [f"{piece} {last[1:]}" for piece in pieces[:-1]] + [last]  # 大、中、小型企业
    if len(pieces) > 1 and _GENERIC_WHOLE.fullmatch(pieces[0]) and done:
        return [_with(done[-1].subject, piece) for piece in pieces]
    metric = _METRIC.search(last)
    if metric is None or metric.start() == 0 or any(_METRIC.search(piece) for piece in pieces[:-1]):
        return pieces
    shared = metric[0].removeprefix("的").strip()
    return [f"{piece} {shared}" for piece in pieces[:-1]] + [last]


def _with(item: str, addition: str) -> str:
    return f"{item} {addition}" if addition and item != addition else item
