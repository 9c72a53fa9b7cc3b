"""The corpus on the command line: ``python -m corpus audit``."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.audit import KINDS
from corpus.console import ChineseParser, steady_streams
from corpus.document import Audit, Report
from corpus.errors import WenBaoError
from corpus.limits import from_environment
from corpus.load import load_report

FAULTS_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 where a numeral is not as printed or a file cannot be read."""
    steady_streams()
    options = _parser().parse_args(arguments)
    try:
        return _audit(options)
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 1


def _parser() -> ChineseParser:
    parser = ChineseParser(prog="python -m corpus", description="检查报告文件读得全不全。")
    commands = parser.add_subparsers(metavar="命令", required=True)
    text = "逐个数字核对：页面上印的每个数字，是不是都在正文段落里，而且只在一处"
    sub = commands.add_parser(
        "audit", help=text, description=f"{text}。全都对得上时返回 0，有遗漏、拆开、粘连或重复时返回 1。"
    )
    sub.add_argument("files", nargs="+", type=Path, metavar="文件", help="要核对的报告文件")
    sub.add_argument("--json", action="store_true", help="以 JSON 输出结果，每个文件一行")
    return parser


def _audit(options: Namespace) -> int:
    status = 0
    for path in options.files:
        try:
            report = load_report(path, from_environment())
        except WenBaoError as error:
            print(f"错误：{error}", file=sys.stderr)
            status = 1
            continue
        assert report.audit is not None  # every report that is read from a file has one
        if options.json:
            print(json.dumps({"report": report.name, **asdict(report.audit)}, ensure_ascii=False))
        else:
            print("\n".join(_described(report, report.audit)))
        status = max(status, int(report.audit.counts.faults > 0))
    return status


def _described(report: Report, audit: Audit) -> Iterator[str]:
    """Yield the lines that tell a person how much of a report was read."""
    counts = audit.counts
    pages = f"，{len(report.pages)} 页" if report.pages else ""
    yield f"{report.name}{pages}"
    yield (
        f"  数字：印有 {counts.numerals} 个，在正文段落里 {counts.kept} 个，按规则略去 {counts.omitted} 个"
    )
    yield (
        f"  汉字：印有 {counts.characters} 个，在正文段落里 {counts.characters_kept} 个，"
        f"按规则略去 {counts.characters_omitted} 个，合计 {_percent(counts.character_share)}"
    )
    reasons = Counter(omission.reason for omission in report.omissions)
    if reasons:
        yield f"  略去：{'、'.join(f'{reason} {count} 处' for reason, count in reasons.most_common())}"
    if counts.confidence is not None:
        yield f"  文字识别：{counts.recognised} 页是图片，平均把握 {counts.confidence:.1%}；核对的是认出来的文字"
    if not counts.faults:
        yield "  结论：数字一个不少，一个不重。"
        return
    told = "、".join(
        f"{getattr(counts, kind)} 个{text}" for kind, text in KINDS.items() if getattr(counts, kind)
    )
    yield f"  结论：有问题，{told}："
    for fault in audit.faults[:FAULTS_SHOWN]:
        page = f"第{fault.page}页 " if fault.page is not None else ""
        yield f"    {page}{fault.text} {KINDS[fault.kind]}：…{fault.context}…"
    if counts.faults > FAULTS_SHOWN:
        yield f"    还有 {counts.faults - FAULTS_SHOWN} 处，用 --json 查看。"


def _percent(share: float) -> str:
    """Return a share to a hundredth of a percent, rounded down: 100.00% means all of them."""
    return f"{int(share * 10_000) / 100:.2f}%"


if __name__ == "__main__":
    sys.exit(main())
