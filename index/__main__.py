"""The index on the command line: ``python -m index rebuild | status | verify | rollback``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from tqdm import tqdm

from corpus import WenBaoError
from index.build import BuildSummary, rebuild
from index.errors import IndexDamagedError, StoreError
from index.generation import read_generation, read_manifest
from index.settings import IndexSettings, from_environment
from index.store import GenerationStore
from index.watch import Progress

UNITS = {"读取": "个文件", "嵌入": "段"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a message that says what is wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that cannot show − goes on without it
    options = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace, IndexSettings], int] = options.run
        return run(options, from_environment())
    except WenBaoError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断，原有的索引没有改动。", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="建立和维护报告的检索索引。")
    commands = parser.add_subparsers(metavar="命令", required=True)

    def command(name: str, run: Callable[[argparse.Namespace, IndexSettings], int], text: str) -> None:
        sub = commands.add_parser(name, help=text, description=text)
        sub.add_argument("--index", metavar="文件夹", type=Path, help="索引所在的文件夹")
        sub.set_defaults(run=run)

    command("rebuild", _rebuild, "读取报告，重新建立索引；没有变化的段落不会重新计算")
    command("status", _status, "显示现有的各份索引，以及正在使用的索引里有哪些报告")
    command("verify", _verify, "逐个文件核对各份索引是否完好")
    command("rollback", _rollback, "恢复上一份索引")
    commands.choices["rebuild"].add_argument(
        "paths", nargs="*", metavar="文件或文件夹", help="要收录的报告，默认是 corpus/reports/"
    )
    return parser


def _store(options: argparse.Namespace, settings: IndexSettings) -> GenerationStore:
    return GenerationStore(options.index or settings.index_dir)


def _rebuild(options: argparse.Namespace, settings: IndexSettings) -> int:
    with _Bars() as bars:
        summary = rebuild(options.paths or None, options.index, bars.show, settings=settings)
    print(_describe(summary))
    for failure in summary.failures:
        print(f"  未收录 {failure.path}：{failure.reason}")
    return 0


def _describe(summary: BuildSummary) -> str:
    failures = f"，{len(summary.failures)} 个文件未收录" if summary.failures else ""
    return (
        f"索引 {summary.generation} 已建好：{summary.reports} 份报告，{summary.passages} 段"
        f"（其中 {summary.reused} 段沿用原有向量），{summary.figures} 个数据{failures}，"
        f"用时 {summary.seconds:.1f} 秒。"
    )


def _status(options: argparse.Namespace, settings: IndexSettings) -> int:
    store = _store(options, settings)
    current = store.current()
    print(f"索引文件夹：{store.index_dir}")
    for name in store.names():
        mark = "*" if name == current else " "
        try:
            manifest = read_manifest(store.folder(name))
        except StoreError as error:
            print(f"{mark} {name}  {error}")
            continue
        print(
            f"{mark} {name}  {len(manifest.reports)} 份报告，{manifest.passages} 段，{manifest.figures} 个数据，"
            f"模型 {manifest.recipe.encoder}，建于 {manifest.created}"
        )
    for report in read_manifest(store.folder(current)).reports:
        print(f"    {report.name}  《{report.title}》  {report.passages} 段，{report.figures} 个数据")
    return 0


def _verify(options: argparse.Namespace, settings: IndexSettings) -> int:
    store = _store(options, settings)
    current = store.current()
    damaged = False
    for name in store.names():
        mark = "*" if name == current else " "
        try:
            manifest = read_generation(store.folder(name)).manifest
        except StoreError as error:
            damaged = True
            print(f"{mark} {name}  {error}")
        else:
            print(f"{mark} {name}  完好：{len(manifest.files)} 个文件，{manifest.passages} 段")
    if damaged:
        raise IndexDamagedError("有索引未通过核对，见上面的说明。")
    return 0


def _rollback(options: argparse.Namespace, settings: IndexSettings) -> int:
    name = _store(options, settings).rollback()
    print(f"已恢复索引 {name}。")
    return 0


class _Bars:
    """One progress bar a stage, on a terminal; elsewhere nothing but messages."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._stage = ""

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, progress: Progress) -> None:
        """Show how far the rebuild is."""
        if progress.stage not in UNITS:
            self.__exit__()
            self._bar = None
            if progress.stage == "准备":
                print(progress.detail, file=sys.stderr)
            return
        if self._bar is None or progress.stage != self._stage:
            self.__exit__()
            self._stage, unit = progress.stage, UNITS[progress.stage]
            # disable=None: no bar where the output is not a terminal.
            self._bar = tqdm(total=progress.total, desc=progress.stage, unit=unit, disable=None)
        self._bar.set_postfix_str(progress.detail)
        self._bar.update(progress.done - self._bar.n)


if __name__ == "__main__":
    sys.exit(main())
