"""Indicator: what each quantity of a sentence measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.figures.attributes import bound_behind
from corpus.figures.clauses import REACH, in_one_clause, row_length, words_after, words_before
from corpus.figures.dates import without_dates
from corpus.figures.heads import class_after_list, clean_head, opens_with_deed, verb_of
from corpus.figures.lead import Lead, read_lead
from corpus.figures.mention import Mention
from corpus.figures.peel import ends_in_change, names_change
from corpus.figures.phrases import (
    flow_of,
    governs,
    join,
    join_thing,
    last_deed,
    lists_as_many,
    noun_phrase,
    tells_deed,
    tells_use,
    thing_counted,
    without_flow,
)
from corpus.figures.rows import GENERIC, metric_at_end, of_owner, share_out

# Characters behind a quantity that may say it was a change or the first of a pair.
_PEEK = 10
# Quantities of a sentence that a later one may refer back to.
_REMEMBERED = 40
# Of these the last that was counted in one unit is meant by 8家超过10亿元.
_LATEST = 3
# A name between two quantities is no longer than this; longer clauses are statements.
_LONGEST_NAME = 16

_CLAUSE_BREAK = re.compile(r"[，；。：！？:;,（(]")
# 煤化工入选国家级产业集群，数量居全国第二: what was won is what is counted.
_CHOSEN = re.compile(r"(?:入选|获评|入围|获批|荣获|上榜|纳入)(?P<what>[^，。；]{2,30})$")
_CIRCUMSTANCE = re.compile(r"(?:情况|背景|条件|前提|形势)下|基础上|同时")
# 克服压力，…: how it was done; 以2020年为基期，…: against what.
_NO_SUBJECT = re.compile(
    r"\s*(?:克服|顶住|应对|面对|抓住|抢抓|围绕|聚焦|把握|(?:以|与|和|同)[^，]*(?:为基|相比|比较))"
)
_PASSED = re.compile(r"(?:关口|台阶|大关)$")
_RANKED_LEVEL = re.compile(r"(?:国家|自治区|省|市|区|县)级(?:以上)?")
# Heads that say nothing without the thing the sentence before spoke of.
_NEEDS_SUBJECT = re.compile(r"总|数量|规模|增速|增幅|占|比重|人均|年均")
# 为预算的101.2%，增长4%: a degree of completion is of the amount before it, and so is what follows.
_DEGREE = re.compile(r"(?:为|完成)?(?:年初|调整|全?年度?|年)?(?:预算|计划|目标|任务)数?")
# Where the next of several counted things begins: 31个项目及4个补充项目.
_PARTS = re.compile(r"、|(?:以及|及(?![时格其早])|[和与](?!谐|平))(?=$|[一-鿿]{0,2}$)")
# 拉动投资3亿元, 收入总计9亿元: an amount of its own, not of the thing before.
_OWN_TOTAL = re.compile(r"(?:拉动|带动|撬动)[一-鿿]{2}[约近超达过逾]*$|(?P<name>(?:收入|支出)[总合]计)为?$")
_OF_ALL = re.compile("(?<![年月日人户平])均|合计|总计|共计")
_NAMES_NEXT = re.compile(r"特别是|尤其是|其中")


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


@dataclass(slots=True)
class SentenceReader:
    """Reads the quantities of text[start:end] in order; later ones lean on what was read before.

    earlier  the thing the sentence before spoke of
    """

    text: str
    start: int
    end: int
    mentions: list[Mention]
    earlier: str = ""
    done: list[Reading] = field(default_factory=list)

    def read(self) -> list[Reading]:
        """A reading for each quantity, in reading order."""
        index = 0
        while index < len(self.mentions):
            size = row_length(self.text, self.mentions, index)
            self.done += self._read_row(index, size)
            index += size
        return self.done

    def _read_row(self, index: int, size: int) -> list[Reading]:
        """One quantity, or several that share a predicate (分别增长1%、2%)."""
        first = self.mentions[index]
        words = self._own_words(index)
        after = words_after(self.text, self.end, self.mentions, index + size - 1)
        words, dated = (without_dates(words), words) if size > 1 else (words, words)
        end = self.mentions[index + size - 1].end
        lead = read_lead(words, first, self.text[end : min(self.end, end + _PEEK)])
        single = self._read_one(first, lead, words, after)
        if size == 1:
            return [single]
        indicators = [reading.indicator for reading in self.done[-_REMEMBERED:]]
        subject = self.done[-1].subject if self.done else ""
        before = self.text[max(self.start, first.start - 2 * REACH) : first.start]
        items = share_out(lead, words, size, indicators, subject, before) if words == dated else []
        if lead.bound is None:  # 98%和95%以上 holds for both
            lead = replace(lead, bound=bound_behind(self.text, self.mentions[index + size - 1]))
        readings = []
        for offset, mention in enumerate(self.mentions[index : index + size]):
            own = lead if offset == 0 else self._with_own_bound(lead, index + offset)
            indicator = items[offset] if items else single.indicator
            if names_change(lead.head) and not names_change(indicator):
                own = replace(own, direction=None)  # 失业率、价格涨幅分别为5%、2%
            readings.append(
                Reading(mention, own, indicator, indicator if items else single.subject, single.counted)
            )
        return readings

    def _own_words(self, index: int) -> str:
        """The words before a quantity, without those that belong to the quantity before."""
        words = words_before(self.text, self.start, self.mentions, index)
        if not self.done or not in_one_clause(self.text, self.done[-1].mention, self.mentions[index]):
            return words
        part = _PARTS.search(words) if self.done[-1].counted else None
        words = words[part.start() :] if part else words
        if self.done[-1].counted and not part:  # 向90名学生发放助学金30万元
            rest = words.removeprefix(self.done[-1].indicator.rpartition(" ")[2])
            words = rest if opens_with_deed(rest) else words
        return re.sub(r"^、?(?:以及|和|与|及)", "、", words)

    def _with_own_bound(self, lead: Lead, index: int) -> Lead:
        """A later quantity of a row may carry its own 近 or 超: 10%、超8%."""
        before, mention = self.mentions[index - 1], self.mentions[index]
        read = read_lead(self.text[before.end : mention.start], mention)
        own = read.bound
        spoken = ends_in_change(self.text[before.end : mention.start])
        direction = read.direction if lead.direction and spoken else lead.direction
        if direction and (mention.signed or self.mentions[index - 1].signed):
            direction = "-" if mention.value < 0 else "+"
        return replace(lead, bound=own or lead.bound, direction=direction)

    def _read_one(self, mention: Mention, lead: Lead, words: str, after: str) -> Reading:
        """What one quantity measures: a noun behind it, before it, or one that was named earlier."""
        head = "" if _CIRCUMSTANCE.match(lead.head) else lead.head
        head = head if lead.each else last_deed(class_after_list(head))
        thing = self._thing(mention, words, after)
        if mention.family == "money" and metric_at_end(head) and tells_use(thing):
            thing = ""
        same = self._same_unit(mention) if thing and not head and tells_deed(thing) else None
        if same is not None:  # 243项跨省通办、158项实现省内通办
            return Reading(mention, lead, join(same.subject, thing), same.subject, counted=True)
        if thing and lead.direction is None and (governs(words, mention) or not (lead.attained and head)):
            own = "" if lists_as_many(head, mention) else head
            indicator = join_thing(words, own, thing, mention.family == "share")
            if own and _PASSED.search(thing):  # 跨过3个万亿关口、达到4万亿元: what follows is the product
                return Reading(mention, replace(lead, bound=None), indicator, own, counted=True)
            return Reading(mention, lead, indicator, without_flow(indicator), counted=True)
        if not head and thing and mention.family == "count":  # 增加5000个招生计划
            return Reading(mention, lead, thing, thing, counted=True)
        if not head:
            return self._read_headless(mention, lead, words)
        total = _OWN_TOTAL.search(words)
        if total:
            return Reading(mention, lead, total["name"] or head, head)
        if self._is_of_another(head, mention):
            subject = self._subject_of_metric(mention, head)
            indicator = of_owner(subject, head)
            return Reading(mention, lead, indicator, indicator if head.startswith("占") else subject or head)
        if self.done and (not words or words.startswith(("、", "，"))) and not flow_of(head):
            return self._read_joined(mention, lead, head, words)
        return Reading(mention, lead, head, without_flow(head))

    def _is_of_another(self, head: str, mention: Mention) -> bool:
        """True for a head that only says what of a thing is measured: 占比, 总量, 为预算."""
        degree = bool(self.done) and mention.family == "share" and _DEGREE.fullmatch(head)
        return bool(
            degree or head.startswith("占") or GENERIC.fullmatch(head) or _RANKED_LEVEL.fullmatch(head)
        )

    def _thing(self, mention: Mention, words: str, after: str) -> str:
        """The noun behind the quantity; 8%投资 names nothing unless 的 or 以上 ties the two."""
        tied = self.text.startswith(("的", "以上", "左右"), mention.end) or words.endswith("实现")
        if mention.family == "share" and mention.unit == "%" and words and not tied:
            return ""
        return thing_counted(after, mention)

    def _read_joined(self, mention: Mention, lead: Lead, head: str, words: str) -> Reading:
        """新增A 3家、B 2家 and 压减A 5%、B 8%: the verb of the first holds for the second."""
        before = self.done[-1]
        flow = flow_of(before.indicator)
        if flow and mention.family == "count" and not opens_with_deed(words.lstrip("、，")):
            return Reading(mention, lead, f"{flow} {head}", head)
        if (
            before.lead.transitive
            and not lead.attained
            and not lead.direction
            and mention.unit == before.mention.unit
        ):
            lead = replace(lead, direction=before.lead.direction, transitive=True)
        return Reading(mention, lead, head, without_flow(head))

    def _read_headless(self, mention: Mention, lead: Lead, words: str) -> Reading:
        """A quantity without a noun of its own speaks of the one before, or of the clause before."""
        before = self.done[-1] if self.done else None
        alone = mention.family == "count" and not words.strip("，、；,")
        if before and (alone or (before.counted and lead.bound)):
            before = self._same_unit(mention) or before  # 3家产值过50亿元，8家过10亿元
        verb = verb_of(words)
        if verb:
            subject = before.subject if before else self._subject_before(mention.start, self.earlier)
            return Reading(mention, lead, join(subject, verb), subject)
        if before is None:
            subject = self._subject_before(mention.start, self.earlier)
            return Reading(mention, lead, subject, subject)
        named = self._named_between(before, mention)
        if named:
            return Reading(mention, lead, named, named)
        indicator = self._all_of_row() if _OF_ALL.search(words) else before.indicator
        if lead.attained and flow_of(indicator):
            indicator = before.subject  # 新增企业12家、达到90家
        last = indicator.rpartition(" ")[2]
        aside = last in ("前值", "原值") or _DEGREE.fullmatch(last) or _PASSED.search(last)
        if before.subject and aside:
            indicator = before.subject
        return Reading(mention, _inherit_change(lead, before, mention), indicator, before.subject)

    def _same_unit(self, mention: Mention) -> Reading | None:
        """The latest quantity that was counted in the same unit."""
        latest = (one for one in reversed(self.done[-_LATEST:]) if one.mention.unit == mention.unit)
        found = next(latest, None)
        if found is None or not found.subject or tells_deed(found.subject):
            return None
        return None if "；" in self.text[found.mention.end : mention.start] else found

    def _all_of_row(self) -> str:
        """A企业18家、B平台46家，均居首位: what is said of all of the row before."""
        row = [self.done[-1]]
        for reading in reversed(self.done[-_REMEMBERED:-1]):
            if re.search(r"[，；。,]", self.text[reading.mention.end : row[0].mention.start]):
                break
            row.insert(0, reading)
        names = (reading.subject if " 占" in reading.indicator else reading.indicator for reading in row)
        return " ".join(dict.fromkeys(names))

    def _named_between(self, before: Reading, mention: Mention) -> str:
        """A clause of its own that names the thing: 特别是工业投资，同比增长33.3%."""
        between = self.text[max(before.mention.end, mention.start - REACH) : mention.start]
        clauses = re.split(r"[，；：,]", between)
        if len(clauses) < 3:
            return ""
        head = clean_head(clauses[-2])
        is_name = head == noun_phrase(clauses[-2]) and 2 <= len(head) <= _LONGEST_NAME
        return head if is_name and (metric_at_end(head) or _NAMES_NEXT.match(clauses[-2])) else ""

    def _subject_of_metric(self, mention: Mention, head: str) -> str:
        """Whose 总量, 占比 or 数量 it is: a clause without figures in between names it, else the quantity before."""
        if not self.done:
            return self._subject_before(mention.start, self.earlier if _NEEDS_SUBJECT.match(head) else "")
        between = self.text[max(self.done[-1].mention.end, mention.start - REACH) : mention.start]
        _, separator, rest = between.rpartition("；")
        clauses = re.split(r"[，,]", rest)
        if len(clauses) < 2:
            return self.done[-1].subject
        chosen = _CHOSEN.search(clauses[-2])
        if chosen:
            return chosen["what"]
        return noun_phrase(clauses[0]) if separator else self.done[-1].subject

    def _subject_before(self, position: int, earlier: str) -> str:
        """The thing that the clauses before a headless quantity speak of."""
        before = self.text[max(self.start, position - 2 * REACH) : position]
        clauses = [clause for clause in _CLAUSE_BREAK.split(before) if clause.strip()]
        named = (clause for clause in reversed(clauses[:-1]) if not _NO_SUBJECT.match(clause))
        subjects = (noun_phrase(clause) for clause in named)
        return next((subject for subject in subjects if len(subject) >= 2), earlier)


def _inherit_change(lead: Lead, before: Reading, mention: Mention) -> Lead:
    """增速由-2.7%提高至4.1%: the second end of a pair is of the first one's kind."""
    if lead.direction or not before.lead.direction or not lead.attained:
        return lead
    if before.mention.unit != mention.unit or not before.lead.attained:
        return lead
    return replace(lead, direction="-" if mention.value < 0 else "+")
