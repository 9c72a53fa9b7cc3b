"""Count: how many rows a table has, all of them or those with a value that is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.marks import CAPTION_OPENS
from corpus.row_tables import Said, ShownRow, ShownTable, blocks
from retrieval.answering.context import Context
from retrieval.answering.extracts import Extract, extract_of_report, hits_of, title_of
from retrieval.answering.telling import Reply, Telling
from retrieval.query.query import Query
from retrieval.query.tagger import tagged
from retrieval.reader.confidence import FAIR

# What a table is called, and what its rows are called where nothing is said of what they are.
TABLES = ("名录", "名单", "清单", "目录", "台账", "表格", "一览表", "统计表", "明细表", "登记表")
ROWS = frozenset({"表格", "数据", "记录", "条目", "信息", "行数", "内容"})
SUMS = frozenset({"合计", "总计", "小计", "总合计", "平均"})  # rows that say something of the others
COUNTERS = frozenset("个家户条行份项名")
SHORTEST_WORD = 2  # characters
SHOWN = 3  # rows that are named
CONFIDENCE = 0.8  # whether a row is one of what was asked for, the reader has to see

examples = ("名录里一共有多少家企业？", "表格中有多少条数据？", "东园有多少家企业？")


def propose(query: Query) -> float:
    """Return how likely a query asks how many of something there are."""
    counts = query.asks == "figure" and bool(query.units.printed & COUNTERS)
    made_of_others = query.sides or query.parts or query.order or query.conditions
    return 0.6 if counts and query.purpose == "answer" and not (made_of_others or query.kind) else 0.0


def answer(context: Context, query: Query) -> Reply | None:
    """Count the rows of the one table that is meant; None where a report states the number, or none is meant."""
    trial = context.trial(query)
    if trial.figure is not None and trial.verdict.confidence >= FAIR:
        return None
    counted = [found for table in _tables(context, query) if (found := _counted(context, query, table))]
    return _reply(context, counted[0]) if len(counted) == 1 else None


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows under one caption of a report."""

    report: str
    caption: str
    heads: str
    rows: tuple[ShownRow, ...]
    only: tuple[str, ...] = ()


def _tables(context: Context, query: Query) -> Iterator[_Table]:
    """Yield the tables with a caption in the reports that are asked."""
    chosen = context.scope(query).chosen
    for name, rows in context.rows_of.items():
        if name not in chosen or not any(CAPTION_OPENS in context.index.passages[row].text for row in rows):
            continue
        found: dict[str, list[ShownTable]] = {}
        for block in blocks(context.index.report(name).text):
            if isinstance(block, ShownTable) and block.caption.text and not block.pairs:
                found.setdefault(block.caption.text, []).append(block)
        for caption, tables in found.items():
            heads = " ".join(head.text for table in tables for head in (*table.corner, *table.heads))
            yield _Table(name, caption, heads, tuple(row for table in tables for row in table.rows))


def _counted(context: Context, query: Query, table: _Table) -> _Table | None:
    """Return a table with the rows that are counted; None where the words are not all of it.

    A word is of its name or its heads, or it is a value: then only the rows that have it are counted.
    """
    title = context.index.entry(table.report).title
    name = f"{table.report} {title} {table.caption}"
    # Not those that any table and any row is called by.
    tokens = [token.text for piece in query.topic.split() for token in tagged(piece)]
    words = [word for word in tokens if len(word) >= SHORTEST_WORD and word not in ROWS]
    values = tuple(word for word in words if word not in f"{name} {table.heads}")
    of_table = not words or any(word in name for word in words) or context.scope(query).named
    said_table = query.topic + "".join(one.text for one in query.named)
    if not of_table or not (values or any(word in said_table for word in TABLES)):
        return None
    rows = tuple(row for row in table.rows if _is_counted(row, values))
    return replace(table, rows=rows, only=values) if rows else None


def _is_counted(row: ShownRow, values: Sequence[str]) -> bool:
    names = [said.text for said in (*row.groups, *row.names)]
    held = {*names, *(said.text for cell in row.values.values() for said in cell)}
    return held.issuperset(values) and not SUMS.intersection(names)


def _reply(context: Context, table: _Table) -> Reply:
    title = title_of(context, context.index.entry(table.report))
    telling = Telling().words("count.table", "《{title}》的表“{caption}”", title=title, caption=table.caption)
    for word in table.only:
        telling.words("count.only", "中“").said(word).mark("”")
    telling.words("count.rows", "共{number}行", number=len(table.rows))
    named = [extract for row in table.rows[:SHOWN] if (extract := _named(context, table, row))]
    for number, extract in enumerate(named):
        telling.mark("、" if number else "：").quote(extract.quotation, extract.passage)
    telling.words("count.and_more", "等。") if len(table.rows) > len(named) > 0 else telling.mark("。")
    spans = (span for row in table.rows for span in row.spans)
    found = [one for span in spans if (one := extract_of_report(context, table.report, *span))]
    return Reply(True, tuple(telling.pieces), hits_of(found)[: context.k], confidence=CONFIDENCE)


def _named(context: Context, table: _Table, row: ShownRow) -> Extract | None:
    """Return what a row is called: its last name, else its first value."""
    said: Said | None = next(iter((*row.names[-1:], *(cell[0] for cell in row.values.values()))), None)
    return extract_of_report(context, table.report, *said.spans[0]) if said and said.spans else None
