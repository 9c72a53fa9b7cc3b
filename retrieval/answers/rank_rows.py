"""The rows of one table: the column that gives what is asked, whole, with the names of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from corpus.figures.figure import Figure, Kind
from corpus.figures.period import is_former
from corpus.figures.statements import Statement, find_statements
from corpus.figures.synonyms import canonical_indicator
from retrieval.answer import CitedFigure
from retrieval.answering.context import Context
from retrieval.answering.surveyed import GROWTHS
from retrieval.facts.arithmetic import amount_of
from retrieval.query.query import Query
from retrieval.reader.figures import cite, period_fit, span_of
from retrieval.search.fusion import weighted_share
from retrieval.search.searcher import words_of

# Rows that sum up the others.
TOTALS = ("合计", "总计", "小计", "平均", "全国", "全省", "全市", "全区", "全县", "总量", "总数", "总额")
PARTS = ("其中", "其他", "其它", "其余")
PASSAGES = 4  # whose tables are looked at
LEAST_SHARE = 0.5  # of the words that the question asks for, by weight, in title and head
OF_ITEMS = 0.2  # what it is worth that a table calls its rows what they are called in the question
FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """The figures under one head of a table, in the order of its rows, and the names of these."""

    report: str
    caption: str
    head: str
    names: tuple[str, ...]
    figures: tuple[CitedFigure, ...]

    @property
    def rows(self) -> tuple[tuple[str, CitedFigure], ...]:
        """The rows, each with its name."""
        return tuple(zip(self.names, self.figures, strict=True))

    @property
    def unit(self) -> str:
        """The base unit of all figures."""
        return amount_of(self.figures[0])[1]


def columns_for(
    context: Context, query: Query, name: str, kind: Kind, least: int = FEWEST_ROWS
) -> list[Column]:
    """Return the columns that give the indicator ``name`` for at least ``least`` rows, the best first."""
    # The best passages of the measure are those of the table that has it.
    columns = [_without_left_out(query, column) for column in _columns(context, replace(query, topic=name))]
    columns = [column for column in columns if len(column.figures) >= least]
    fits = [(_fit(context, query, column, name, kind), _standing(context, column)) for column in columns]
    ranked = sorted(range(len(columns)), key=lambda at: fits[at], reverse=True)
    return [columns[at] for at in ranked if fits[at][0] > 0]


def measured(column: Column) -> str:
    """Return what all figures of a column measure: their indicators without the names of the rows."""
    said = [
        " ".join(word for word in figure.indicator.split(" ") if word not in name)
        for name, figure in column.rows
    ]
    return Counter(said).most_common(1)[0][0]


def is_growth(column: Column) -> bool:
    """Tell whether a column gives growths without saying so in its name."""
    return column.figures[0].kind == "change" and not measured(column).endswith(GROWTHS)


def _without_left_out(query: Query, column: Column) -> Column:
    """Return a column without the rows that a question leaves out."""
    if query.order is None:
        return column
    rows = [row for row in column.rows if not query.order.leaves_out(row[0])]
    return replace(column, names=tuple(name for name, _ in rows), figures=tuple(one for _, one in rows))


def _fit(context: Context, query: Query, column: Column, name: str, kind: Kind) -> float:
    """Return how well a column gives what is asked for; 0 where it does not."""
    figure = column.figures[0]
    if figure.kind != kind:
        return 0.0
    period = period_fit(query, figure, context.index.entry(figure.passage.report).identity.day)
    weights = context.index.keywords.weights(words_of(name))
    held = words_of(canonical_indicator(f"{column.caption} {column.head} {measured(column)}"))
    share = weighted_share(held, weights) if weights else 1.0
    called = OF_ITEMS * bool(query.items and query.items in column.caption)
    return share + period / 2 + called if share >= LEAST_SHARE and period >= 0 else 0.0


def _standing(context: Context, column: Column) -> tuple[bool, bool, date]:
    """Return whether a column gives results, of the time that its report is on, and their last day."""
    figure = column.figures[0]
    span = span_of(figure, context.index.entry(figure.passage.report).identity.day)
    return figure.status == "actual", not is_former(figure.period), span[1] if span else date.min


def _columns(context: Context, query: Query) -> list[Column]:
    """Return the columns of the tables that the best passages show, whole, in the order of their heads."""
    found: list[Column] = []
    seen: set[tuple[str, str]] = set()
    for row in context.find(query).rows[:PASSAGES]:
        passage = context.index.passages[row]
        for statement in _statements(passage.text):
            table = passage.report, statement.row.caption
            if table not in seen and statement.row.cells:
                seen.add(table)
                found += _columns_of(context, *table, [head for head, _cell in statement.row.cells])
    return found


def _columns_of(context: Context, report: str, caption: str, heads: Sequence[str]) -> Iterator[Column]:
    named: dict[str, dict[str, CitedFigure]] = {head: {} for head in heads}
    for row in context.rows_of[report]:
        passage = context.index.passages[row]
        figures: dict[int, Figure] = {figure.start: figure for figure in context.index.figures[row]}
        for statement in _statements(passage.text):
            name = statement.row.names[-1].strip() if statement.row.names else ""
            if statement.row.caption != caption or not name or name in TOTALS or name.startswith(PARTS):
                continue
            for head, cell in statement.row.cells:
                if head in named and cell.start in figures:
                    named[head].setdefault(name, cite(figures[cell.start], passage))
    for head, rows in named.items():
        units = Counter(amount_of(figure)[1] for figure in rows.values()).most_common(1)
        one = {name: figure for name, figure in rows.items() if amount_of(figure)[1] == units[0][0]}
        if one:
            yield Column(report, caption, head, tuple(one), tuple(one.values()))


@lru_cache(maxsize=1024)
def _statements(text: str) -> tuple[Statement, ...]:
    return tuple(find_statements(text))
