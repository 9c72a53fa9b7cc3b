"""Assistant: what is said to a greeting, to thanks, and to what no report can answer: what can be asked here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from weakref import WeakKeyDictionary

from corpus.figures.synonyms import SYNONYMS
from corpus.messages import Message, says
from index import ReportEntry
from index.ledger import LedgerEntry
from retrieval.answering.context import Context
from retrieval.answering.telling import Reply, Telling
from retrieval.query.parse import parse
from retrieval.query.query import Query
from retrieval.query.reports import Reports, newest, results_year
from retrieval.reader.confidence import FAIR
from retrieval.reader.figures import MULTIPLIER
from retrieval.suggestions import MEASURED, reads_well

MOST_REPORTS = 8
MOST_OF_A_REPORT = 4
MOST_TRIES = 8  # searches
MOST_SHOWN = 3
NO_COUNT = ("元", "%", "‰", "个百分点")  # of which one does not ask how many there are
HELLO = (
    "assistant.hello",
    "你好！我是问报，只根据这里的报告回答问题：查数字、作比较、找原话，每个答案都注明出处。",
)
# What is said first, by the sort of talk.
FIRST = {
    "thanks": ("assistant.thanks", "不客气！关于这里的报告，还有什么想了解的，尽管问。"),
    "task": (
        "assistant.task",
        "写作、翻译、画图这类事我做不了；我只根据这里的报告回答问题，每个答案都注明出处。",
    ),
    "other": (
        "assistant.other",
        "这件事报告里没有，我回答不了；我只根据这里的报告回答问题，每个答案都注明出处。",
    ),
}

_shown: WeakKeyDictionary[Reports, tuple[Message, ...]] = WeakKeyDictionary()

examples = ("你好", "谢谢", "你能做什么？", "写一首诗", "今天天气怎么样")


def propose(query: Query) -> float:
    """Return 1 where something is said that is no question to a report."""
    return float(query.purpose == "chat")


def answer(context: Context, query: Query) -> Reply:
    """Say what is done here, and what one may ask."""
    telling = Telling().words(*FIRST.get(query.chat, HELLO))
    if context.reports not in _shown:
        _shown[context.reports] = tuple(islice(_answered(context), MOST_SHOWN))
    for number, question in enumerate(_shown[context.reports]):
        if number == 0:
            telling.words("assistant.try", "可以这样问：")
        telling.item().words("assistant.sample", "“{question}”", question=question)
    return Reply(False, tuple(telling.pieces), reason="chit_chat")


def _answered(context: Context) -> Iterator[Message]:
    """Yield questions that the reports answer with the figure that they were made from, no two alike."""
    told: set[str] = set()
    for entry in islice(_samples(context), MOST_TRIES):
        question = _question(context, entry)
        trial = context.trial(parse(question.text, context.reports))
        cited = trial.figure and (trial.figure.passage.report, trial.figure.quote)
        same = cited == (entry.report, entry.figure.quote) and trial.verdict.confidence >= FAIR
        if same and entry.figure.indicator not in told:
            told.add(entry.figure.indicator)
            yield question


def _samples(context: Context) -> Iterator[LedgerEntry]:
    """Yield figures to ask for, of each of the newest reports in turn: known names first, then what many state."""
    asked = [entry for entry in context.index.ledger if _can_be_asked(entry)]
    common = Counter(entry.terms.series for entry in asked)
    asked.sort(key=lambda entry: (entry.terms.series not in SYNONYMS, -common[entry.terms.series]))
    first: dict[str, dict[str, LedgerEntry]] = {
        entry.name: {} for entry in newest(context.entries)[:MOST_REPORTS]
    }
    for entry in asked:
        first.get(entry.report, {}).setdefault(entry.terms.series, entry)
    columns = [[*own.values()][:MOST_OF_A_REPORT] for own in first.values()]
    # Each report begins with another of its indicators, so that the samples are of several.
    for number in range(MOST_OF_A_REPORT):
        yield from (own[(number + at) % len(own)] for at, own in enumerate(columns) if number < len(own))


def _can_be_asked(entry: LedgerEntry) -> bool:
    figure = entry.figure
    plain = (figure.kind, figure.status, figure.bound) == ("level", "actual", "=")
    reached = "实现" in figure.indicator  # half a sentence: 公司实现营业收入
    digits = any(character.isdigit() for character in f"{figure.indicator}{figure.unit}")
    return plain and bool(figure.unit) and not (reached or digits) and reads_well(figure.indicator)


def _question(context: Context, entry: LedgerEntry) -> Message:
    """Return the question for a figure, with the year where several reports go by its name."""
    name, unit = entry.figure.indicator, MULTIPLIER.sub("", entry.figure.unit)
    counted = name not in SYNONYMS and not name.endswith(MEASURED) and not unit.endswith(NO_COUNT)
    where = _name_of(context.reports, context.index.entry(entry.report))
    what = f"{name}有多少{unit}" if counted else f"{name}是多少"
    question = says("assistant.question", "{where}{what}？", where=where, what=what)
    day = entry.terms.last_day
    year = day.year if day else results_year(context.index.entry(entry.report).identity.day)
    if not year or len(context.scope(parse(question.text, context.reports)).chosen) == 1:
        return question
    return says("assistant.question_of_year", "{where}{year}年{what}？", where=where, year=year, what=what)


def _name_of(reports: Reports, entry: ReportEntry) -> str:
    """Return what a report is asked for by; empty where it is the only one, or has no name of its own."""
    if len(reports.entries) == 1:
        return ""
    mentions = ((text, reports.mention_at(text, 0)) for text in (Path(entry.name).stem, entry.title))
    named = (one.text for text, one in mentions if one and one.whole and entry.name in one.reports)
    return entry.identity.place or next(named, "")
