"""Do the reports answer the question?  If not, why not?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import Passage
from corpus.figures.synonyms import canonical_indicator, indicators_named, names_of
from corpus.figures.units import match_unit
from corpus.places import find_places, short_name
from index import Index
from retrieval.answer import Refusal
from retrieval.fits import CALLED
from retrieval.followup import without_scope
from retrieval.outsiders import unnamed_company, unnamed_country
from retrieval.pick import Candidate, clause_of, times_asked
from retrieval.question import Question
from retrieval.reader.confidence import (
    FAIR,
    LEAST_FIGURE,
    LEAST_SENTENCE,
    SURE,
    figure_confidence,
    sentence_confidence,
)
from retrieval.scope import is_of, results_year, year_of
from retrieval.search.searcher import Evidence, Findings, with_synonyms, words_of

LONGEST_QUESTION = 500  # characters; more is a text, not a question
# Politeness before a question, and what is left where nothing is asked of a report.
GREETING = re.compile(
    r"^(?:你好|您好|嗨|哈喽|hello|hi(?![a-z-])|在吗|早上好|晚上好|(?:多谢|谢谢)(?:你|您|啦|了)?|再见|拜拜|你?能(?:不能)?告诉我|请问|呀|啊|[，,。！!？?~～\s])+",
    re.IGNORECASE,
)
CHIT_CHAT = re.compile(
    r"^$|^你(?:是|叫|会|喜欢|觉得|几岁|(?:都|还)?(?:能|可以)(?:做|干|帮|回答|查)(?:些?什么|啥|哪些))|讲个笑话|下雨[没吗]|会不会下雨|下不下雨|天气(?:怎|如|好|预)"
)
# Sorts of answers that a pattern tells for certain: without one there is no answer.
ROLE = re.compile(
    r"书记|[省市区县镇乡州村厅局部处校院行厂社]长|主任|主席|董事长|总经理|总裁|行长|秘书长|发言人"
)
# What is counted, where the question ends with it: 有多少所大学？
COUNTED = re.compile(r"(?:多少|几多|几)[十百千万亿]*[个家所座项条台部辆名位户张件处](\w{2,8})[？?]?$")
# What is asked for by its name: 离婚率是多少, 均价多少元; a question with a deed in it names none.
MEASURE_ASKED = re.compile(
    r"^(?:报告[里中]?[，,]?)?([^了过着在把被，,？?]{2,14}?)(?:[是为有达共]|达到|总共|一共|大概|大约)*(?:(?:多少|几|多大)(\w{0,4}))?[？?。]?$"
)
MEASURE_WORD = re.compile(
    r"(?:人数|人口|人次|面积|里程|长度|产量|数量|总量|总额|金额|均价|价格|[率量数额值价])$"
)
# What reports call the same whenever they speak of it: what stands right before says of what it is.
MEASURED = re.compile(r"([\u4e00-\u9fff]{2})(?:率|均价|单价|房价|售价|价格|产量)")
PAID = re.compile(r"工资|薪资|月薪|年薪|学费|房租|票价|[油电水气药]价")
# A question that begins with the name of one: 某某集团营收多少.  A kind of them (省属企业集团), some of
# them (三家集团) and one's own (我们集团) have no name that a passage could give.
ORGANISATION = re.compile(
    r"^(?:中国|国家)?((?!全[国省市区县])[^多少几哪有的是各该本我你他她它咱两家这那]{2,8}?)(?<!企业)(?<!产业)(?<!上市)(?<!股份)"
    r"(?:集团|股份有限公司|有限(?:责任)?公司)(?!军|化)"
)
TRADE_NAME = 2  # characters with which a company's name begins, and by which its report calls it
ALL, A_WORD = 0.95, 0.02  # shares of a question's words, by weight
# Of a day that no report can know of.
NOT_YET = re.compile(r"今天|今晚|今早|明天|后天|此刻|刚刚(?!过去)|现在几点")
# Names of the table that only narrow another: 规上企业, 人口占比.
NARROWING = frozenset({"规模以上", "占比"})
MANY_PAIRS = 4  # pairs of characters of a name so long that it may stand apart, but for the seam
TOLD_SORTS = ("time", "ordinal")
BESIDE = 0.1  # how much less a line may sound like the question that holds the sort of thing it asks for
LISTED = 0.09  # and one that lists as many things as are asked for, and calls them so


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision: the figure that answers, if a figure does, or why nothing does.

    ``confidence`` is the probability that what was found answers the question.
    """

    reason: Refusal | None
    candidate: Candidate | None = None
    missing: str = ""
    confidence: float = 0.0

    @property
    def found(self) -> bool:
        """True where the reports answer."""
        return self.reason is None


def judge(index: Index, question: Question, findings: Findings, candidates: Sequence[Candidate]) -> Verdict:
    """Decide whether the best evidence answers the question."""
    if not findings.evidence:
        return Verdict("topic")
    best = findings.evidence[0]
    passage = index.passages[best.row]
    if question.wants_figure and candidates:
        passage = candidates[0].figure.passage
    if place := other_place(index, question, passage):
        return Verdict("place", missing=place)
    told = f"{passage.text} {' '.join(passage.headings)} {passage.title} {passage.report}"
    if country := unnamed_country(question.text, told):
        return Verdict("place", missing=country)
    if name := unnamed_company(question.text, told) or other_organisation(question, passage):
        return Verdict("indicator", missing=name)
    if year := unheard_year(index, question, passage):
        return Verdict("year", missing=year)
    if (day := NOT_YET.search(question.text)) and day[0] not in passage.text:
        return Verdict("year", missing=day[0])
    if question.wants_figure:
        return _judge_figure(question, findings, candidates)
    sentence = sentence_of(index, fitting(index, question, findings.evidence))
    if question.asks == "person" and (role := ROLE.search(question.text)) and role[0] not in sentence:
        return Verdict("indicator", missing=role[0])
    if question.asks in TOLD_SORTS and not any(piece.signals.fits for piece in findings.evidence[:3]):
        return Verdict("indicator")
    confidence = sentence_confidence(best.signals)
    return Verdict(None if confidence >= LEAST_SENTENCE else "topic", confidence=confidence)


def fitting(index: Index, question: Question, evidence: Sequence[Evidence]) -> Evidence:
    """Return the best sentence, or one nearly as good which holds the sort of thing that is asked for.

    Who speaks and when stands at the head of a report in lines that are too short to sound like the question.
    """
    best = evidence[0]
    listing = (one for one in evidence if one.signals.fits == CALLED and best.score - one.score <= LISTED)
    if best.signals.fits != CALLED and (called := next(listing, None)):
        return called
    role = ROLE.search(question.text) if question.asks == "person" else None

    def holds(one: Evidence) -> bool:
        return one.signals.fits >= 1 and (role is None or role[0] in sentence_of(index, one))

    beside = (one for one in evidence if one.row == best.row and best.score - one.score <= BESIDE)
    return best if holds(best) else next(filter(holds, beside), best)


def sentence_of(index: Index, evidence: Evidence) -> str:
    """Return the words of a sentence."""
    return index.passages[evidence.row].text[evidence.start : evidence.end]


def _judge_figure(question: Question, findings: Findings, candidates: Sequence[Candidate]) -> Verdict:
    if not candidates:
        return Verdict("indicator")
    best = candidates[0]
    if best.signals.unit == 0:
        return Verdict("indicator")
    if missing := other_indicator(question, best) or other_thing(question, best):
        return Verdict("indicator", missing=missing)
    confidence = figure_confidence(
        best.evidence.signals,
        gap=findings.evidence[0].score - best.evidence.score,
        words=best.signals.words,
        indicator=best.signals.indicator,
        unit=best.signals.unit,
        period=best.signals.period,
        status=best.signals.status,
    )
    if best.signals.words >= ALL and best.signals.indicator >= ALL and best.signals.period >= 0:
        confidence = max(confidence, FAIR)  # it says just what is asked for, however it sounds
    if confidence < LEAST_FIGURE:
        return Verdict("indicator", confidence=confidence)
    if (
        confidence < FAIR
        and best.signals.words < A_WORD
        and shares_no_word(without_scope(question.subject), _sentence(best))
    ):
        return Verdict("indicator", confidence=confidence)
    if confidence < FAIR and (missing := unshared_measure(question, best)):
        return Verdict("indicator", missing=missing, confidence=confidence)
    if confidence < SURE and not best.signals.stock:
        return Verdict("indicator", confidence=confidence)  # how many were added is not how many there are
    if confidence < SURE and (missing := other_measure(question, best)):
        return Verdict("indicator", missing=missing, confidence=confidence)
    if best.signals.period == -1 and (wanted := times_asked(question)):
        return Verdict("year", missing=wanted[0])
    return Verdict(None, best, confidence=confidence)


def shares_no_word(subject: str, said: str) -> bool:
    """Tell whether a text has no two characters in a row of what is asked about, by any name of it."""
    asked = {word for word in words_of(with_synonyms(subject)) if len(word) > 1}
    return bool(asked) and not asked & words_of(said)


def _sentence(candidate: Candidate) -> str:
    """Return what a figure's sentence says, its indicator first."""
    passage, evidence = candidate.figure.passage, candidate.evidence
    return candidate.figure.indicator + passage.text[evidence.start : evidence.end]


def _clause(candidate: Candidate) -> str:
    """Return what a figure's clause says, its indicator first."""
    text = candidate.figure.passage.text
    return candidate.figure.indicator + text[slice(*clause_of(text, candidate.evidence, candidate.figure))]


def other_thing(question: Question, candidate: Candidate) -> str | None:
    """Return what the question counts (多少所大学) where the figure's clause has no word of it."""
    counted = COUNTED.search(question.text)
    if counted is None or question.focus:
        return None
    pairs = {word for word in words_of(counted[1]) if len(word) > 1}
    held = words_of(_clause(candidate))
    return counted[1] if pairs and not pairs & held else None


def unshared_measure(question: Question, candidate: Candidate) -> str | None:
    """Return the measure that is asked for by its name (离婚率是多少) where the sentence has no word of it."""
    named = MEASURE_ASKED.match(without_scope(question.text))
    if named is None or question.focus or not _is_unit(named[2] or ""):
        return None
    pairs = {word for word in words_of(MEASURE_WORD.sub("", named[1])) if len(word) > 1}
    # An amount that is asked for by its name is told in its own clause.
    held = words_of(_clause(candidate) if question.amount else _sentence(candidate))
    return named[1] if pairs and not pairs & held else None


def other_measure(question: Question, candidate: Candidate) -> str | None:
    """Return a rate, a price or an output that is asked for (葡萄产量) of which the figure's clause has no word."""
    asked = canonical_indicator(without_scope(question.text)).replace("总产量", "产量")
    held = canonical_indicator(_clause(candidate))
    unheld = (found[0] for found in MEASURED.finditer(asked) if found[1] not in held)
    return next(unheld, None) or next((word for word in PAID.findall(asked) if word not in held), None)


def _is_unit(text: str) -> bool:
    """Tell whether a text is a unit and nothing more; what is counted may follow it (多少吨煤)."""
    unit = match_unit(text, 0)
    return not text or (unit is not None and len(unit.printed) == len(text))


def is_chit_chat(text: str) -> bool:
    """Tell a greeting, or a question put to the program itself, from one about a report.

    >>> is_chit_chat("你好！"), is_chit_chat("你好，请问税收是多少")
    (True, False)
    """
    return CHIT_CHAT.search(GREETING.sub("", text.strip())) is not None


def other_indicator(question: Question, candidate: Candidate) -> str | None:
    """Return an indicator that the question names, by any of its names, and the sentence does not."""
    passage, evidence = candidate.figure.passage, candidate.evidence
    said = (candidate.figure.indicator + passage.text[evidence.start : evidence.end]).upper()
    for indicator in indicators_named(question.focus or question.text):
        if indicator not in NARROWING and not any(
            _is_said(name.upper(), said) for name in names_of(indicator)
        ):
            return indicator
    return None


def _is_said(name: str, text: str) -> bool:
    """Tell whether a name stands in a text, whole or its parts apart (集装箱航线2条、吞吐量3万箱)."""
    if name in text:
        return True
    held = words_of(text)
    pairs = {word for word in words_of(name) if len(word) > 1}
    return len(pairs) >= MANY_PAIRS and len(pairs - held) <= 1


def other_place(index: Index, question: Question, passage: Passage) -> str | None:
    """Return a place that the question names, of which neither a report is nor the passage speaks."""
    text = question.text
    for start, end in find_places(text):
        place = text[start:end]
        own = any(is_of(entry, short_name(place)) for entry in index.manifest.reports)
        if own or short_name(place) in f"{passage.text} {passage.title} {passage.report}":
            continue
        # 巴南开会 holds no 南开: a known word that reaches over the edge was cut in two.
        across = text[start - 1 : start + 1] if start else ""
        if not across or not index.keywords.knows(across):
            return place
    return None


def other_organisation(question: Question, passage: Passage) -> str | None:
    """Return an organisation whose figures are asked for, of which the passage does not speak."""
    named = ORGANISATION.match(GREETING.sub("", without_scope(question.text)))
    if named is None or not question.wants_figure or question.focus:
        return None
    of_report = f"{passage.title} {passage.report}"
    said = f"{passage.text} {' '.join(passage.headings)} {of_report}"
    return None if named[1] in said or named[1][:TRADE_NAME] in of_report else named[0]


def unheard_year(index: Index, question: Question, passage: Passage) -> str | None:
    """Return a year that the question names, which is neither the report's nor in the passage."""
    entry = index.entry(passage.report)
    heard = {year_of(entry), results_year(entry.identity.day)}
    for year in question.scope.years:
        if year not in heard and str(year) not in f"{passage.text} {passage.title} {passage.report}":
            return f"{year}年"
    return None
