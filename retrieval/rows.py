"""Put the rows of one table in order: which district grew fastest, from the column that gives it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from corpus.figures.figure import Figure
from corpus.figures.period import is_former
from corpus.figures.statements import Statement, find_statements
from corpus.figures.synonyms import canonical_indicator
from retrieval.answer import CitedFigure
from retrieval.facts.arithmetic import amount_of
from retrieval.inquiry import Inquiry, Reply
from retrieval.ordering import NUMBER, ORDER, Ordering, listed, nth, ordering_of
from retrieval.pick import cite, period_fit, span_of
from retrieval.question import CHANGE_FORM, Question, understand
from retrieval.ranking import MOST_NAMED
from retrieval.render.wording import quantity
from retrieval.scope import is_of
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import words_of
from retrieval.survey import FEWEST_PLACES

ASKS_ROW = re.compile(
    rf"(?:哪|什么|啥|谁|几个|各).*?{ORDER}|{ORDER}.*?(?:哪|什么|啥|谁|几[个家]|[？?]|$)|{ORDER}的是"
)
# What only says that rows are to be put in order.
ORDERING = re.compile(
    rf"{ORDER}|哪?{NUMBER}[个家种类]|哪一?[个家些种类]?|什么|啥|谁|各个?|是|为|的|排|[？?]|区县|县区|省市|省份|城市|地区"
)
TOTAL = re.compile(r"[合总小]计|平均|全[国省市区县]|总[量数额]|其[中他它余].*")
PASSAGES = 4  # whose tables are looked at
LEAST_SHARE = 0.5  # of the words that the question asks for, by weight, in title and head


@dataclass(frozen=True, slots=True)
class Column:
    """The figures under one head of a table, in the order of its rows, and the names of these."""

    caption: str
    head: str
    names: tuple[str, ...]
    figures: tuple[CitedFigure, ...]


def answer_rows(inquiry: Inquiry, question: Question) -> Reply | None:
    """Answer a question for the first of a table's rows, or their order; None where no table gives it."""
    ordering = ordering_of(question.text)
    if not ASKS_ROW.search(ordering.text):
        return None
    question = understand(ordering.text, asks=question.asks)
    if not all(any(is_of(entry, place) for entry in inquiry.entries) for place in question.scope.places):
        return None
    columns = [_without(ordering, column) for column in _columns(inquiry, question)]
    columns = [column for column in columns if len(column.figures) >= max(FEWEST_PLACES, ordering.last or 0)]
    fits = [_fit(inquiry, question, column) for column in columns]
    best = max(fits, default=0.0)
    fitting = [column for fit, column in zip(fits, columns, strict=True) if fit == best > 0]
    if not fitting:
        return None
    # Of equals that with the latest results; max takes the first of those.
    return _reply(inquiry, ordering, max(fitting, key=lambda column: _standing(inquiry, column)))


def _without(ordering: Ordering, column: Column) -> Column:
    """Return a column without the rows that a question leaves out."""
    rows = [row for row in zip(column.names, column.figures, strict=True) if not ordering.leaves_out(row[0])]
    return replace(column, names=tuple(name for name, _ in rows), figures=tuple(one for _, one in rows))


def _reply(inquiry: Inquiry, ordering: Ordering, column: Column) -> Reply:
    rows = sorted(
        zip(column.names, column.figures, strict=True),
        key=lambda row: amount_of(row[1])[0],
        reverse=not ordering.ascending,
    )
    said = _measured(column)
    order = "从低到高" if ordering.ascending else "从高到低"
    items = [f"{name} {quantity(figure)}" for name, figure in rows]
    name, asked = rows[ordering.first - 1]
    if ordering.is_one:
        said = f"{said}{nth(ordering)}的是{name}，{quantity(asked)}。"
        rows.sort(key=lambda row: row[1] is not asked)
    figures = tuple(figure for _name, figure in rows)
    text = f"{said}{order}：{listed(ordering, items, MOST_NAMED)}。"
    return Reply(True, text, inquiry.cited(figures), figures)


def _measured(column: Column) -> str:
    """Return what all figures of a column measure: their indicators without the names of the rows."""
    said = [
        " ".join(word for word in figure.indicator.split(" ") if word not in name)
        for name, figure in zip(column.names, column.figures, strict=True)
    ]
    words = Counter(said).most_common(1)[0][0]
    change = column.figures[0].kind == "change" and not words.endswith(("增速", "增长率", "增幅"))
    return f"{words}增速" if change else words


def _fit(inquiry: Inquiry, question: Question, column: Column) -> float:
    """Return how well a column gives what is asked for; 0 where it does not."""
    figure = column.figures[0]
    if (figure.kind == "change") != bool(CHANGE_FORM.search(question.text)) or figure.kind == "rank":
        return 0.0
    day = inquiry.index.entry(figure.passage.report).identity.day
    period = period_fit(question, figure, day)
    weights = inquiry.index.keywords.weights(words_of(ORDERING.sub(" ", question.subject)))
    held = words_of(canonical_indicator(f"{column.caption} {column.head} {_measured(column)}"))
    share = weighted_share(weights.keys(), held, weights) if weights else 1.0
    return share + period / 2 if share >= LEAST_SHARE and period >= 0 else 0.0


def _standing(inquiry: Inquiry, column: Column) -> tuple[bool, bool, date]:
    """Return whether a column gives results, of the time that its report is on, and their last day."""
    figure = column.figures[0]
    span = span_of(figure, inquiry.index.entry(figure.passage.report).identity.day)
    return figure.status == "actual", not is_former(figure.period), span[1] if span else date.min


def _columns(inquiry: Inquiry, question: Question) -> list[Column]:
    """Return the columns of the tables that the best passages show, whole, in the order of their heads."""
    found: list[Column] = []
    seen: set[tuple[str, str]] = set()
    for row in inquiry.find(question).rows[:PASSAGES]:
        passage = inquiry.index.passages[row]
        for statement in _statements(passage.text):
            table = passage.report, statement.row.caption
            if table not in seen and statement.row.cells:
                seen.add(table)
                found += _columns_of(inquiry, *table, [head for head, _cell in statement.row.cells])
    return found


def _columns_of(inquiry: Inquiry, report: str, caption: str, heads: Sequence[str]) -> Iterator[Column]:
    named: dict[str, dict[str, CitedFigure]] = {head: {} for head in heads}
    for row, passage in enumerate(inquiry.index.passages):
        if passage.report != report:
            continue
        figures: dict[int, Figure] = {figure.start: figure for figure in inquiry.index.figures[row]}
        for statement in _statements(passage.text):
            name = statement.row.names[-1].strip() if statement.row.names else ""
            if statement.row.caption != caption or not name or TOTAL.fullmatch(name):
                continue
            for head, cell in statement.row.cells:
                if head in named and cell.start in figures:
                    named[head].setdefault(name, cite(figures[cell.start], passage))
    for head, rows in named.items():
        units = Counter(amount_of(figure)[1] for figure in rows.values())
        one = {
            name: figure
            for name, figure in rows.items()
            if amount_of(figure)[1] == units.most_common(1)[0][0]
        }
        if one:
            yield Column(caption, head, tuple(one), tuple(one.values()))


@lru_cache(maxsize=1024)
def _statements(text: str) -> tuple[Statement, ...]:
    return tuple(find_statements(text))
