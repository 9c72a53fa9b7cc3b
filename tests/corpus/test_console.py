"""Command lines that speak Chinese, whatever is wrong."""

from __future__ import annotations

import io
import re

import pytest

from corpus.console import ChineseParser, steady_streams


@pytest.fixture
def parser() -> ChineseParser:
    parser = ChineseParser(prog="python -m 样例", description="样例程序。")
    commands = parser.add_subparsers(metavar="命令", required=True)
    show = commands.add_parser("show", help="显示", description="显示。")
    show.add_argument("file", metavar="文件")
    show.add_argument("-k", type=int, metavar="N", help="几个")
    choice = show.add_mutually_exclusive_group()
    choice.add_argument("--csv", action="store_true")
    choice.add_argument("--json", action="store_true")
    return parser


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "缺少参数：命令"),
        (["fly"], "命令 不能是 'fly'，可以是 'show'|命令 不能是 'fly'，可以是 show"),
        (["show"], "缺少参数：文件"),
        (["show", "甲", "乙"], "不认识的参数：乙"),
        (["show", "甲", "-k"], "参数 -k 后面缺少值"),
        (["show", "甲", "-k", "三"], "参数 -k 应是整数，不能是 '三'"),
        (["show", "甲", "--csv", "--json"], "参数 --json 不能与 --csv 一起使用"),
        (["show", "甲", "--csv=1"], "参数 --csv 不带值，不能写 '1'"),
    ],
)
def test_complaints(
    parser: ChineseParser, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parser.parse_args(arguments)
    assert caught.value.code == 2
    printed = capsys.readouterr().err
    assert printed.startswith("用法：python -m 样例")
    assert any(f"错误：{way}。" in printed for way in told.split("|")), printed
    assert not re.search(r"usage|error|argument|expected|choose", printed)


@pytest.mark.parametrize("arguments", [["-h"], ["show", "--help"]])
def test_help(parser: ChineseParser, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parser.parse_args(arguments)
    assert caught.value.code == 0
    printed = capsys.readouterr().out
    assert printed.startswith("用法：")
    assert "选项:" in printed
    assert not re.search(r"usage|options|positional|show this", printed)


def test_a_console_that_lacks_a_character_shows_the_rest() -> None:
    console = io.BytesIO()
    stream = io.TextIOWrapper(console, encoding="gbk")
    steady_streams([stream])
    print("气温−5度", file=stream, flush=True)
    assert console.getvalue().decode("gbk") == "气温?5度\n"
