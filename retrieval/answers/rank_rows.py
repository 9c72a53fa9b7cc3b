"""The rows of one table: the column that gives what is asked, whole, with the names of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import lru_cache

from corpus.figures.figure import Kind
from corpus.figures.period import is_former
from corpus.figures.statements import Statement, find_statements
from corpus.figures.synonyms import canonical_indicator
from retrieval.answer import CitedFigure
from retrieval.answering.context import Context
from retrieval.facts.arithmetic import amount_of
from retrieval.facts.units import of_one_unit
from retrieval.query.query import Query
from retrieval.reader.figures import cite, period_fit, span_of
from retrieval.reader.survey import Survey
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import words_of

# Rows that sum up the others.
TOTALS = ("合计", "总计", "小计", "平均", "全国", "全省", "全市", "全区", "全县", "总量", "总数", "总额")
PARTS = ("其中", "其他", "其它", "其余")
PASSAGES = 4  # whose tables are looked at
LEAST_SHARE = 0.5  # of the words that the question asks for, by weight, in title and head
OF_ITEMS = 0.2  # what it is worth that a table calls its rows what they are called in the question
FEWEST_ROWS = 3

Rows = Mapping[str, CitedFigure]


def columns_for(
    context: Context, query: Query, name: str, kind: Kind, least: int = FEWEST_ROWS
) -> list[Survey]:
    """Return the columns that give the indicator ``name`` for at least ``least`` rows, the best first."""
    ranked: list[tuple[tuple[object, ...], Survey]] = []
    # The best passages of the measure are those of the table that has it.
    for table, head, figures in _columns(context, replace(query, topic=name)):
        kept = not_left_out(query, figures)
        if len(kept) < least or next(iter(kept.values())).kind != kind:
            continue
        column = Survey(_measured(kept), kind, kept, table=table)
        held = words_of(canonical_indicator(f"{table[1]} {head} {column.name}"))
        called = OF_ITEMS * bool(query.items and query.items in table[1])
        if fit := _fit(context, query, column.figures[0], name, held):
            ranked.append(((fit + called, *_standing(context, column.figures[0])), column))
    return [column for _, column in sorted(ranked, key=lambda one: one[0], reverse=True)]


def not_left_out(query: Query, rows: Rows) -> dict[str, CitedFigure]:
    """Return rows without those that a question leaves out."""
    return {name: one for name, one in rows.items() if not (query.order and query.order.leaves_out(name))}


def _measured(rows: Rows) -> str:
    """Return what all figures of a column measure: their indicators without the names of the rows."""
    said = (
        " ".join(word for word in figure.indicator.split(" ") if word not in name)
        for name, figure in rows.items()
    )
    return Counter(said).most_common(1)[0][0]


def _fit(context: Context, query: Query, figure: CitedFigure, name: str, held: Set[str]) -> float:
    """Return how well a column of such figures, with these words over it, gives ``name``; 0 where it does not."""
    period = period_fit(query, figure, context.index.entry(figure.passage.report).identity.day)
    weights = context.index.keywords.weights(words_of(name))
    share = weighted_share(held, weights) if weights else 1.0
    return share + period / 2 if share >= LEAST_SHARE and period >= 0 else 0.0


def _standing(context: Context, figure: CitedFigure) -> tuple[bool, bool, date]:
    """Return whether a figure is a result, of the time that its report is on, and its last day."""
    span = span_of(figure, context.index.entry(figure.passage.report).identity.day)
    return figure.status == "actual", not is_former(figure.period), span[1] if span else date.min


def _columns(context: Context, query: Query) -> Iterator[tuple[tuple[str, str], str, Rows]]:
    """Yield the columns of the tables that the best passages show, whole: table, head and rows."""
    seen: set[tuple[str, str]] = set()
    for row in context.find(query).rows[:PASSAGES]:
        passage = context.index.passages[row]
        for statement in _statements(passage.text):
            table = passage.report, statement.row.caption
            if table not in seen and statement.row.cells:
                seen.add(table)
                heads = [head for head, _cell in statement.row.cells]
                yield from ((table, *column) for column in _columns_of(context, table, heads))


def _columns_of(context: Context, table: tuple[str, str], heads: Sequence[str]) -> Iterator[tuple[str, Rows]]:
    report, caption = table
    named: dict[str, dict[str, list[CitedFigure]]] = {head: {} for head in heads}
    for row in context.rows_of[report]:
        passage = context.index.passages[row]
        figures = {figure.start: figure for figure in context.index.figures[row]}
        for statement in _statements(passage.text):
            name = statement.row.names[-1].strip() if statement.row.names else ""
            if statement.row.caption != caption or not name or name in TOTALS or name.startswith(PARTS):
                continue
            for head, cell in statement.row.cells:
                if head in named and cell.start in figures:
                    named[head].setdefault(name, [cite(figures[cell.start], passage)])
    for head, rows in named.items():
        yield head, of_one_unit(rows, lambda figure: amount_of(figure)[1])


@lru_cache(maxsize=1024)
def _statements(text: str) -> tuple[Statement, ...]:
    return tuple(find_statements(text))
