"""Asking on the command line: ``python -m retrieval ask | search | figures``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# The model libraries read these when they are imported: nothing is ever fetched.
os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}

from corpus import WenBaoError, load_report
from corpus.figures import Figure, extract_figures
from index import from_environment
from retrieval.answer import Retriever
from retrieval.results import Answer, Hit
from retrieval.serialise import answer_to_json, figure_to_json, hit_to_json
from retrieval.wording import statement


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 after a message that says what is wrong, or 3 for a refusal."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except WenBaoError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m retrieval", description="向报告提问，查找段落，提取数据。")
    commands = parser.add_subparsers(metavar="命令", required=True)
    ask = commands.add_parser("ask", help="提问，得到一句话的答案、数据和出处", description="向报告提问。")
    ask.add_argument("question", metavar="问题")
    search = commands.add_parser("search", help="查找最相关的段落", description="查找最相关的段落。")
    search.add_argument("question", metavar="查询")
    for command, count in ((ask, 5), (search, 10)):
        command.add_argument("-k", type=int, default=count, metavar="N", help=f"显示几个段落，默认 {count}")
        command.add_argument("--report", action="append", metavar="报告", help="只查这份报告，可以重复使用")
        command.add_argument("--index", type=Path, metavar="文件夹", help="索引所在的文件夹")
    figures = commands.add_parser(
        "figures", help="提取一段文字或一份报告里的数据", description="提取一段文字或一份报告里的数据。"
    )
    source = figures.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?", type=Path, metavar="文件", help="报告文件")
    source.add_argument("--text", metavar="文字", help="直接给出的文字")
    for command, run in ((ask, _ask), (search, _search), (figures, _figures)):
        command.add_argument("--json", action="store_true", help="输出 JSON")
        command.set_defaults(run=run)
    return parser


def _open(options: argparse.Namespace) -> Retriever:
    return Retriever.open(options.index, from_environment())


def _ask(options: argparse.Namespace) -> int:
    answer = _open(options).ask(options.question, reports=options.report, k=options.k)
    if options.json:
        _print_json(answer_to_json(answer))
    else:
        _print_answer(answer)
    return 0 if answer.found else 3


def _search(options: argparse.Namespace) -> int:
    hits = _open(options).search(options.question, k=options.k, reports=options.report)
    if options.json:
        _print_json([hit_to_json(hit) for hit in hits])
    else:
        _print_hits(hits)
    return 0


def _figures(options: argparse.Namespace) -> int:
    text = load_report(options.file).text if options.file else options.text
    figures = extract_figures(text)
    if options.json:
        _print_json([figure_to_json(figure) for figure in figures])
    else:
        _print_figures(figures)
    return 0


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_answer(answer: Answer) -> None:
    print(answer.text)
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


def _print_hits(hits: Sequence[Hit]) -> None:
    for number, hit in enumerate(hits, start=1):
        text = hit.passage.text.replace("\n", " ")
        print(f"  {number}. {hit.passage.location}\n     {text}")


if __name__ == "__main__":
    sys.exit(main())
