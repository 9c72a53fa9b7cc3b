"""Command lines that speak Chinese throughout: usage, help, and what is wrong with the arguments."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

# What argparse says of wrong arguments, by its English words.
COMPLAINTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"the following arguments are required: (.*)", r"缺少参数：\1"),
        (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
        (r"ambiguous option: (\S+) could match (.*)", r"参数 \1 不明确，可能是 \2"),
        (r"one of the arguments (.*) is required", r"\1 必须给出一个"),
        (r"argument (.*): not allowed with argument (.*)", r"参数 \1 不能与 \2 一起使用"),
        (r"argument (.*): ignored explicit argument (.*)", r"参数 \1 不带值，不能写 \2"),
        (r"argument (.*): expected (?:one argument|\d+ arguments?)", r"参数 \1 后面缺少值"),
        (r"argument (.*): expected at (?:least|most) one argument", r"参数 \1 的值太少或太多"),
        (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1 不能是 \2，可以是 \3"),
        (r"argument (.*): invalid int value: (.*)", r"参数 \1 应是整数，不能是 \2"),
        (r"argument (.*): invalid \S+ value: (.*)", r"参数 \1 不能是 \2"),
        (r"argument (.*?): (.*)", r"参数 \1：\2"),
    )
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """An argument parser whose every word is Chinese; its subcommands' parsers are of the same kind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, "add_help": False, **options})
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and exit with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"错误：{in_chinese(message)}。用 {self.prog} --help 查看说明。\n")


def in_chinese(complaint: str) -> str:
    """Return what argparse complains of in Chinese; what has no translation stays as it is.

    >>> in_chinese("unrecognized arguments: --fast")
    '不认识的参数：--fast'
    """
    for pattern, chinese in COMPLAINTS:
        if found := pattern.fullmatch(complaint):
            return found.expand(chinese)
    return complaint


def steady_streams(streams: Sequence[object] | None = None) -> None:
    """Let a console that lacks a character, such as −, show the rest of a line."""
    for stream in streams or (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def let_go_of_output() -> None:
    """Send what is still to be printed nowhere: who reads it, such as ``head``, has seen enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
