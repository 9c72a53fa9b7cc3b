"""Definitions: what a report says that a word of it means, in a glossary at its end or where it explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus import Passage
from retrieval.catalogue import hit_of
from retrieval.followup import without_scope
from retrieval.inquiry import Inquiry, Reply
from retrieval.plain import answer_plainly
from retrieval.question import Question
from retrieval.reader.confidence import FAIR
from retrieval.reader.quotation import LONGEST_TEXT, Quotation, quote
from retrieval.scope import reports_in, year_of
from retrieval.search.sentences import Span

WHAT = r"(?:什么|啥)"
# What surely asks for a meaning, and what may as well ask for a fact: 最大的项目是什么.
MEANING = re.compile(
    rf"^(?:请问|请?解释一?下)?(?:{WHAT}(?:是|叫做?)|何[谓为]|解释一?下)(?P<after>.{{2,}}?)(?:[？?。，,]|$)"
    rf"|(?P<before>.{{2,}}?)(?:到底|究竟)?(?:(?:的|是)?(?:个|一个)?{WHAT}(?:意思|含义|概念)|的?(?:定义|含义|意思)(?:是{WHAT})?)(?:[？?。，,]|$)"
)
MAYBE = re.compile(rf"^(?P<before>.{{2,}}?)(?:指的?)?(?:是|指){WHAT}(?:东西)?(?:[？?。，,]|$)")
TERM_ENDS = re.compile(r"(?:里|中|上)?(?:所|提到|说|讲|写)?的$|(?:所谓|这个词|一词|这个|指的?)$")
SAID_IN = re.compile(r"^.*(?:报告|公报|文件|文章)(?:里|中|上)?(?:提到|提的?|说|讲|写)?(?:过)?的?(?:所谓的?)?")
QUOTED = re.compile(r"[“\"「『《](?P<term>[^”\"」』》]{2,20})[”\"」』》](?P<rest>[^，,。？?]{0,8})")
MARKS = re.compile(r"[“”\"‘’「」『』《》\s]")
ANY_MARK = '[“”"‘’《》]*'
NUMBER = r"(?:\d{1,3}\s*[.．、]|[（(]\d{1,3}[）)]|[①-⑳]|\*)"
# By which a report's full name for a thing may be longer (…体系, …企业); with a number it is another thing.
MORE_OF_NAME = r"[^，。；：:？\s\d一二三四五六七八九十]{0,8}?[“”\"]*"
# What stands between a word and its meaning in running text.
MEANS = r"(?:，|,)?(?:是指|指的是|即指?|就是|是一种|是由|主要指|具体指|指(?=[\u4e00-\u9fff“]))"
SHORTEST_MEANING = 4  # characters
NOT_SAID = "报告没有提到“{}”。"
NOT_EXPLAINED = "报告没有解释什么是“{}”，相关的话是：{}"


@dataclass(frozen=True, slots=True)
class Term:
    """A word whose meaning is asked for; ``surely`` where nothing else can be meant."""

    name: str
    surely: bool


def term_in(text: str) -> Term | None:
    """Return the word whose meaning a question asks for, None where it asks for none.

    >>> term_in("云和报告里说的“三清单”是什么意思？")
    Term(name='三清单', surely=True)
    >>> term_in("什么是智慧路网"), term_in("最大的项目是什么").surely
    (Term(name='智慧路网', surely=True), False)
    """
    found = MEANING.search(text) or MAYBE.search(text)
    if found is None:
        return None
    said = found.groupdict()
    name = said.get("after") or said.get("before") or ""
    quoted = QUOTED.search(name)
    # A place in a quoted name is a part of it.
    name = quoted["term"] + quoted["rest"] if quoted else without_scope(SAID_IN.sub("", name))
    name = TERM_ENDS.sub("", name)
    name = MARKS.sub("", name).strip("的是，,啊呀呢吗")
    return Term(name, found.re is MEANING) if len(name) > 1 else None


def answer_definition(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer what a word means where a report says so; None where none does, or something else is asked."""
    term = term_in(question.text)
    if term is None or question.focus:
        return None
    found = next(_definitions(inquiry, question, term), None)
    if found is None:
        return _mentioned(inquiry, question, term) if term.surely else None
    passage, span = found
    quotation = _quoted(passage, span)
    return Reply(True, quotation.text, (hit_of(passage),), (), quotation.span, quotation.marks)


def _mentioned(inquiry: Inquiry, question: Question, term: Term) -> Reply:
    """Say that no report explains a word, and quote what is said with it; refuse where no report has it."""
    reply = answer_plainly(inquiry, question)
    if not reply.found:
        return reply
    if term.name not in MARKS.sub("", reply.text):
        return reply if reply.confidence >= FAIR else Reply(False, NOT_SAID.format(term.name), reason="topic")
    text = NOT_EXPLAINED.format(term.name, reply.text)
    shift = len(text) - len(reply.text)
    return replace(reply, text=text, marks=tuple((start + shift, end + shift) for start, end in reply.marks))


def _definitions(inquiry: Inquiry, question: Question, term: Term) -> Iterator[tuple[Passage, Span]]:
    """Yield where the reports that are asked say what a term means: glossaries first, the newest report first."""
    chosen, first = reports_in(question.scope, inquiry.entries)
    preferred = {entry.name for entry in first}
    years = {entry.name: (entry.name in preferred, year_of(entry) or 0) for entry in chosen}
    spelled = ANY_MARK.join(map(re.escape, term.name))
    held = re.compile(spelled)
    passages = [
        passage for passage in inquiry.index.passages if passage.report in years and held.search(passage.text)
    ]
    passages.sort(key=lambda passage: years[passage.report], reverse=True)
    meaning = rf"[：:]\s*[^\n]{{{SHORTEST_MEANING},}}"
    shapes = (
        rf"^\s*{NUMBER}?\s*(?P<said>{ANY_MARK}{spelled}{ANY_MARK}{meaning})",
        rf"^\s*{NUMBER}?\s*(?P<said>{ANY_MARK}{spelled}{MORE_OF_NAME}{meaning})",
        rf"^\s*{NUMBER}\s*(?P<said>{MORE_OF_NAME}{spelled}{MORE_OF_NAME}{meaning})",
        rf"(?P<said>{ANY_MARK}{spelled}{ANY_MARK}{MEANS}[^\n]{{{SHORTEST_MEANING},}})",
    )
    for shape in shapes if term.surely else shapes[:1]:
        pattern = re.compile(shape, re.MULTILINE)
        for passage in passages:
            if found := pattern.search(passage.text):
                yield passage, found.span("said")


def _quoted(passage: Passage, span: Span) -> Quotation:
    """Quote a definition from its word on, as much of it as a reader takes in at a glance."""
    return quote(passage.text, span, (span[0], span[0] + 1), [], LONGEST_TEXT)
