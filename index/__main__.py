"""The index on the command line: ``python -m index rebuild | add | remove | replace | status | …``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event as Flag
from typing import Any

from pydantic import TypeAdapter
from tqdm import tqdm

from corpus import WenBaoError
from corpus.console import ChineseParser, steady_streams
from corpus.messages import says
from index.build import BuildSummary, rebuild
from index.changes import Changes, compare
from index.describe import describe_changes, describe_index, describe_summary
from index.errors import IndexDamagedError, IndexLockedError, NoEarlierIndexError, StoreError
from index.events import Event, Outcome, error_event, event_line
from index.generation import read_generation
from index.settings import IndexSettings, from_environment
from index.store import GenerationStore
from index.update import Change, update
from index.watch import FileStep, OnProgress, Progress, ShouldStop

UNITS = {"读取": "个文件", "清理": "份报告", "嵌入": "段"}
# Seconds that a command which changes the index waits for another to finish, if it is told to wait.
LONG_WAIT = 24 * 3600.0

Run = Callable[[argparse.Namespace, IndexSettings], int]
Build = Callable[[OnProgress, ShouldStop], BuildSummary]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a message that says what is wrong."""
    steady_streams()
    options = _parser().parse_args(arguments)
    try:
        run: Run = options.run
        return run(options, from_environment())
    except WenBaoError as error:
        if "wait" in options and options.json:
            print(event_line(error_event(error)), flush=True)
        else:
            print(f"错误：{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断，原有的索引没有改动。", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = ChineseParser(prog="python -m index", description="建立和维护报告的检索索引。")
    commands = parser.add_subparsers(metavar="命令", required=True)

    def command(name: str, run: Run, text: str, builds: bool = False) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = commands.add_parser(name, help=text, description=f"{text}。")
        sub.add_argument("--index", metavar="文件夹", type=Path, help="索引所在的文件夹")
        if builds:
            sub.add_argument("--wait", action="store_true", help="另一个进程正在更新时，等它完成再开始")
            sub.add_argument("--json", action="store_true", help="逐行输出 JSON：进度、结果或错误")
        sub.set_defaults(run=run)
        return sub

    text = "读取报告，重新建立索引；没有变化的文件不会重新读取，没有变化的段落不会重新计算"
    command("rebuild", _rebuild, text, builds=True).add_argument(
        "paths",
        nargs="*",
        metavar="文件或文件夹",
        help="要收录的报告；不写时用上次的来源，首次建立时用 corpus/reports/",
    )
    add = command("add", _add, "把报告加进正在使用的索引，并保存一份副本", builds=True)
    add.add_argument("--newer", action="store_true", help="与已有报告同名的文件是它的新版本，替换它")
    add.add_argument("files", nargs="+", type=Path, metavar="文件", help="要添加的报告")
    remove = command("remove", _remove, "从正在使用的索引里移除报告", builds=True)
    remove.add_argument("reports", nargs="+", metavar="报告", help="报告的名称，见 status")
    replace = command("replace", _replace, "用新版本替换一份报告，旧版本仍会保留", builds=True)
    replace.add_argument("report", metavar="报告", help="报告的名称，见 status")
    replace.add_argument("file", type=Path, metavar="文件", help="新版本的文件")
    command("status", _status, "显示现有的各份索引，以及正在使用的索引里有哪些报告")
    changes = command("changes", _changes, "比较两份索引：报告和数据有哪些增减、改变")
    changes.add_argument("older", nargs="?", metavar="旧索引", help="默认是正在使用的前一份")
    changes.add_argument("newer", nargs="?", metavar="新索引", help="默认是正在使用的一份")
    changes.add_argument("--json", action="store_true", help="输出 JSON")
    command("verify", _verify, "逐个文件核对各份索引是否完好")
    rollback = command("rollback", _rollback, "核对后恢复上一份索引，或指定的一份")
    rollback.add_argument("name", nargs="?", metavar="索引", help="要恢复的索引，见 status")
    return parser


def _store(options: argparse.Namespace, settings: IndexSettings) -> GenerationStore:
    return GenerationStore(options.index or settings.index_dir)


def _wait(options: argparse.Namespace) -> float:
    return LONG_WAIT if options.wait else 0


def _rebuild(options: argparse.Namespace, settings: IndexSettings) -> int:
    def build(on_progress: OnProgress, should_stop: ShouldStop) -> BuildSummary:
        return rebuild(
            options.paths or None,
            options.index,
            on_progress,
            settings=settings,
            should_stop=should_stop,
            wait=_wait(options),
        )

    return _run(build, options, settings)


def _add(options: argparse.Namespace, settings: IndexSettings) -> int:
    return _update(Change(add=options.files, newer=options.newer), options, settings)


def _remove(options: argparse.Namespace, settings: IndexSettings) -> int:
    return _update(Change(remove=options.reports), options, settings)


def _replace(options: argparse.Namespace, settings: IndexSettings) -> int:
    return _update(Change(replace={options.report: options.file}), options, settings)


def _update(change: Change, options: argparse.Namespace, settings: IndexSettings) -> int:
    def build(on_progress: OnProgress, should_stop: ShouldStop) -> BuildSummary:
        return update(
            change,
            options.index,
            on_progress,
            on_file=_print_file if options.json else None,
            settings=settings,
            should_stop=should_stop,
            wait=_wait(options),
        )

    return _run(build, options, settings)


def _run(build: Build, options: argparse.Namespace, settings: IndexSettings) -> int:
    """Build, and tell how it goes: bars and words, or lines of JSON; SIGTERM stops it cleanly."""
    stopped = Flag()
    earlier = signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    try:
        if options.json:
            summary = build(_print_progress, stopped.is_set)
            print(event_line(Event(summary=Outcome.of(summary))), flush=True)
            return 0
        with _Bars() as bars:
            summary = build(bars.show, stopped.is_set)
    except IndexLockedError as error:
        raise IndexLockedError(
            says("index.wait", "{error}加上 --wait 会一直等到它完成。", error=error.message)
        ) from error
    finally:
        signal.signal(signal.SIGTERM, earlier)
    for line in describe_summary(summary, _store(options, settings).index_dir):
        print(line)
    return 0


def _print_file(step: FileStep) -> None:
    print(event_line(Event(file=step)), flush=True)


def _print_progress(progress: Progress) -> None:
    print(event_line(Event(progress=progress)), flush=True)


def _status(options: argparse.Namespace, settings: IndexSettings) -> int:
    for line in describe_index(_store(options, settings), settings):
        print(line)
    return 0


def _changes(options: argparse.Namespace, settings: IndexSettings) -> int:
    store = _store(options, settings)
    newer = options.newer or store.current()
    earlier = [name for name in store.names() if name < newer]
    if not options.older and not earlier:
        raise NoEarlierIndexError(says("index.oldest", "没有比 {name} 更早的索引可以比较。", name=newer))
    older, newer = (store.checked(name) for name in (options.older or earlier[-1], newer))
    changes = compare(older, newer)
    if options.json:
        print(TypeAdapter(Changes).dump_json(changes, indent=2).decode())
    else:
        print(*describe_changes(changes), sep="\n")
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
        raise IndexDamagedError(says("index.unsound", "有索引未通过核对，见上面的说明。"))
    return 0


def _rollback(options: argparse.Namespace, settings: IndexSettings) -> int:
    name = _store(options, settings).rollback(options.name)
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
            if progress.stage in ("准备", "等待") and progress.stage != self._stage:
                print(progress.detail, file=sys.stderr)
            self._stage = progress.stage
            return
        if self._bar is None or progress.stage != self._stage:
            self.__exit__()
            self._stage, unit = progress.stage, UNITS[progress.stage]
            # disable=None: no bar where the output is not a terminal.
            self._bar = tqdm(total=progress.total, desc=progress.stage, unit=unit, disable=None)
        self._bar.set_postfix_str(str(progress.detail))
        self._bar.update(progress.done - self._bar.n)


if __name__ == "__main__":
    sys.exit(main())
