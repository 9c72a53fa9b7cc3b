"""Assistant: what is said to a greeting, to thanks, and to what no report can answer: what can be asked here."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from corpus.messages import Message, says
from retrieval.answering.context import Context
from retrieval.answering.samples import sample_queries
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.query.reports import Reports
from retrieval.reader.confidence import FAIR

MOST_TRIES = 8  # searches
MOST_SHOWN = 3
HELLO = (
    "assistant.hello",
    "你好！我是问报，只根据这里的报告回答问题：查数字、作比较、找原话，每个答案都注明出处。",
)
# What is said first, by the sort of talk.
FIRST = {
    "greeting": HELLO,
    "ability": HELLO,
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


class Assistant:
    """A word on the program itself, with questions that the reports at hand answer."""

    name = "assistant"
    examples = ("你好", "谢谢", "你能做什么？", "写一首诗", "今天天气怎么样")

    def propose(self, query: Query) -> float:
        """Return 1 where something is said that is no question to a report."""
        return float(query.purpose == "chat")

    def answer(self, context: Context, query: Query) -> Reply:
        """Say what is done here, and what one may ask."""
        code, chinese = FIRST.get(query.chat, HELLO)
        telling = Telling().words(code, chinese)
        if context.reports not in _shown:
            _shown[context.reports] = tuple(_answered(context))
        for number, question in enumerate(_shown[context.reports]):
            if number == 0:
                telling.words("assistant.try", "可以这样问：")
            telling.item().words("assistant.sample", "“{question}”", question=question)
        telling.end()
        return Reply(False, tuple(telling.pieces), reason="chit_chat")


def _answered(context: Context) -> Iterator[Message]:
    """Yield questions that the reports answer with the figure that they were made from."""
    told: set[str] = set()
    for number, (query, entry) in enumerate(sample_queries(context)):
        if len(told) == MOST_SHOWN or number == MOST_TRIES:
            return
        trial = context.trial(query)
        figure = trial.figure
        same = figure is not None and (figure.passage.report, figure.quote) == (
            entry.report,
            entry.figure.quote,
        )
        if same and trial.verdict.confidence >= FAIR and query.topic not in told:
            told.add(query.topic)
            yield _said(query)


def _said(query: Query) -> Message:
    """Return a query as a question; its year is one that the program chose."""
    where = "".join(one.text for one in query.named)
    what = f"{query.topic}{query.asking}"
    if not query.years:
        return says("assistant.question", "{where}{what}？", where=where, what=what)
    year = query.years[0]
    return says("assistant.question_of_year", "{where}{year}年{what}？", where=where, year=year, what=what)


KIND = Assistant()
