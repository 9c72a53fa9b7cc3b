"""Asking on the command line: ``python -m retrieval ask | search | figures | compare | check | exam``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from string import ascii_uppercase
from textwrap import indent
from typing import Any

import pandas as pd
from tqdm import tqdm

# The model libraries read these when they are imported: nothing is ever fetched.
os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}

from corpus import WenBaoError, load_report
from corpus.console import ChineseParser, let_go_of_output, steady_streams
from corpus.figures import Figure, extract_figures
from corpus.row_tables import Prose, blocks
from corpus.row_words import in_words
from index import from_environment
from index.exams import ExamRecord, keep_exam
from retrieval.answer import Answer, Hit
from retrieval.exam import sit_exam
from retrieval.facts.contradictions import check, contradiction_to_json
from retrieval.facts.matrix import compare_reports
from retrieval.render.export import save, to_csv, to_records, to_xlsx
from retrieval.render.matrix_table import heads, matrix_lines, matrix_table
from retrieval.render.serialise import to_json
from retrieval.retriever import Retriever
from retrieval.words.listing import listing
from retrieval.words.phrases import STATUS_SAID
from retrieval.words.wording import quantity, statement

Run = Callable[[argparse.Namespace], int]
# How the figures of the index are chosen: the names are those of ``Retriever.figures``.
FILTERS = (
    ("report", "报告", "只列这份报告的数据"),
    ("indicator", "指标", "只列这个指标，同一指标的不同叫法都算"),
    ("place", "地区", "只列这个地区的报告"),
    ("period", "时间", "只列这段时间内的数据，例如 2024年、2024年上半年、去年"),
    ("kind", "类别", "只列一类数据：level（数量）、change（变化）或 rank（位次）"),
    ("status", "性质", "只列一种性质的数据：actual（实际）、target（目标）或 forecast（预计）"),
    ("unit", "单位", "只列能折算成这个单位的数据，例如 亿元、公里、%%"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 after a message that says what is wrong, or 3 for a refusal."""
    steady_streams()
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        let_go_of_output()
        return 0
    except WenBaoError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = ChineseParser(prog="python -m retrieval", description="向报告提问，查找段落，提取数据。")
    commands = parser.add_subparsers(metavar="命令", required=True)

    def command(name: str, run: Run, text: str, description: str = "", files: bool = False) -> ChineseParser:
        made: ChineseParser = commands.add_parser(name, help=text, description=description or f"{text}。")
        made.set_defaults(run=run, error=made.error)
        made.add_argument("--index", type=Path, metavar="文件夹", help="索引所在的文件夹")
        output = made.add_mutually_exclusive_group()
        for option, what in (("--csv", "CSV"), ("--xlsx", "Excel")) if files else ():
            output.add_argument(option, type=Path, metavar="文件", help=f"导出为 {what} 文件")
        output.add_argument("--json", action="store_true", help="输出 JSON")
        return made

    ask = command("ask", _ask, "提问，得到一句话的答案、数据和出处", "向报告提问。")
    search = command("search", _search, "查找最相关的段落")
    for asking, metavar, count in ((ask, "问题", 5), (search, "查询", 10)):
        asking.add_argument("question", metavar=metavar)
        asking.add_argument("-k", type=int, default=count, metavar="N", help=f"显示几个段落，默认 {count}")
        asking.add_argument("--report", action="append", metavar="报告", help="只查这份报告，可以重复使用")
    text = "列出索引里的数据，可按条件挑选、导出成表格；给出文件或文字时，改为提取其中的数据。"
    figures = command(
        "figures", _figures, "列出索引里的数据，或提取一段文字、一份报告里的数据", text, files=True
    )
    source = figures.add_mutually_exclusive_group()
    source.add_argument("file", nargs="?", type=Path, metavar="文件", help="提取这份报告文件里的数据")
    source.add_argument("--text", metavar="文字", help="提取这段文字里的数据")
    for name, metavar, text in FILTERS:
        figures.add_argument(f"--{name}", metavar=metavar, help=text)
    text = "把几份报告的同名指标并排对照，列出数量、变化和差额"
    compare = command("compare", _compare, text, f"{text}。差额都与第一份报告相比。", files=True)
    compare.add_argument("reports", nargs="+", metavar="报告", help="索引里报告的名称，两份或更多")
    command("check", _check, "核对报告中的数据，列出互相矛盾的说法")
    command("exam", _exam, "用索引里的数据出题自测，看能答对多少、能拒答多少")
    return parser


def _open(options: argparse.Namespace) -> Retriever:
    return Retriever.open(options.index, from_environment())


def _ask(options: argparse.Namespace) -> int:
    answer = _open(options).ask(options.question, reports=options.report, k=options.k)
    (_print_json if options.json else _print_answer)(answer)
    return 0 if answer.found else 3


def _search(options: argparse.Namespace) -> int:
    hits = _open(options).search(options.question, k=options.k, reports=options.report)
    (_print_json if options.json else _print_hits)(hits)
    return 0


def _exam(options: argparse.Namespace) -> int:
    """Sit the exam; return 3 where the index does not pass it."""
    retriever = _open(options)
    result = sit_exam(retriever, partial(tqdm, desc="自测", unit="题", disable=None))
    index_dir = options.index or from_environment().index_dir
    record = ExamRecord(result.passed, datetime.now(UTC).isoformat(timespec="seconds"), tuple(result.lines()))
    with suppress(OSError):  # where the index may only be read, the result is only shown
        keep_exam(index_dir, retriever.index.manifest.generation, record)
    if options.json:
        _print_json(result)
    else:
        print(f"出题 {result.answerable + result.unanswerable} 道，用时 {result.seconds:.0f} 秒。")
        for line in result.lines():
            print(f"  {line}")
    return 0 if result.passed else 3


def _figures(options: argparse.Namespace) -> int:
    """List or export the ledger; where a text or file is given, extract its figures."""
    if options.file is None and options.text is None:
        return _ledger(options)
    choices = (*(name for name, *_ in FILTERS), "index", "csv", "xlsx")
    if any(getattr(options, name) is not None for name in choices):
        options.error("挑选条件、--index、--csv 和 --xlsx 只用于索引里的数据，不能与文件或 --text 一起使用")
    text = load_report(options.file, from_environment().limits).text if options.file else options.text
    figures = extract_figures(text)
    (_print_json if options.json else _print_figures)(figures)
    return 0


def _ledger(options: argparse.Namespace) -> int:
    retriever = _open(options)
    frame = retriever.figures(**{name: getattr(options, name) for name, *_ in FILTERS})
    if _taken_away(options, frame, f"{len(frame)} 个数据"):
        return 0
    if frame.empty:
        print("没有符合条件的数据。")
    else:
        chosen = [retriever.index.ledger[row - 1].figure for row in frame["row"]]
        cells = [(f.indicator, quantity(f), f.period or "", STATUS_SAID[f.status].text) for f in chosen]
        rows = [(*row, location) for row, location in zip(cells, frame["location"], strict=True)]
        print(listing(("指标", "数据", "时间", "性质", "出处"), rows))
        print(f"共 {len(frame)} 个数据。")
    return 0


def _compare(options: argparse.Namespace) -> int:
    """Put reports side by side: on the screen each is a letter, in a file it has its name."""
    matrix = compare_reports(_open(options).index, options.reports)
    if _taken_away(options, matrix_table(matrix), f"{len(matrix.rows)} 个指标"):
        return 0
    if not matrix.rows:
        print("这些报告没有共同的指标。")
    else:
        letters = ascii_uppercase[: len(matrix.reports)]
        for letter, head in zip(letters, heads(matrix), strict=True):
            print(f"{letter}  {head}")
        columns = (name for letter in letters for name in (f"{letter} 数量", f"{letter} 变化"))
        print("\n" + listing(("指标", "单位", *columns), matrix_lines(matrix)))
        print(f"共 {len(matrix.rows)} 个指标，括号里是与 A 的差额。")
        if matrix.mixes_years:
            print("各份报告的年份不同：差额里既有地区之差，也有年份之差。")
    return 0


def _taken_away(options: argparse.Namespace, frame: pd.DataFrame, what: str) -> bool:
    """Print a table as JSON or save it as a file where that is asked for; tell whether it was."""
    path = options.csv or options.xlsx
    if options.json:
        _print_json(to_records(frame))
    elif path:
        save(to_csv(frame) if options.csv else to_xlsx(frame), path)
        print(f"已把 {what}写入“{path}”。")
    return bool(options.json or path)


def _check(options: argparse.Namespace) -> int:
    index = _open(options).index
    found = check(index)
    if options.json:
        _print_json([contradiction_to_json(contradiction) for contradiction in found])
        return 0
    for number, contradiction in enumerate(found, start=1):
        print(f"{number}. {contradiction.text}")
        for source in contradiction.statements:
            print(f"   {source.passage.location}\n{_shown(source.sentence)}")
    counted = f"已核对 {len(index.manifest.reports)} 份报告的 {len(index.ledger)} 个数据"
    print(f"{counted}，发现 {len(found)} 处矛盾。" if found else f"{counted}，没有发现互相矛盾的说法。")
    return 0


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=to_json))


def _print_answer(answer: Answer) -> None:
    print("\n\n".join(filter(None, (answer.text, answer.note))))
    if answer.found and answer.figures:
        print("\n数据：")
        _print_figures(answer.figures)
    if answer.hits:
        print("\n出处：")
        _print_hits(answer.hits)
    print(f"\n用时 {answer.seconds * 1000:.0f} 毫秒")


def _print_figures(figures: Sequence[Figure]) -> None:
    for figure in figures:
        print(f"  {statement(figure)}")


def _shown(text: str) -> str:
    """Return a passage as it is shown on a screen: a paragraph, and the rows of tables on lines of their own."""
    parts = (
        text[block.start : block.end].replace("\n", " ")
        if isinstance(block, Prose)
        else in_words(text[block.start : block.end])
        for block in blocks(text)
    )
    return indent("\n".join(parts), "     ")


def _print_hits(hits: Sequence[Hit]) -> None:
    for number, hit in enumerate(hits, start=1):
        print(f"  {number}. {hit.passage.location}\n{_shown(hit.passage.text)}")


if __name__ == "__main__":
    sys.exit(main())
