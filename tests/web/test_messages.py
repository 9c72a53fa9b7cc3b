"""What the packages below the page tell is said in English, too: every code has words, with the same values."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from pathlib import Path
from string import Formatter

import pytest

from corpus.messages import says
from web.i18n import MESSAGES, words

ROOT = Path(__file__).parents[2]
PACKAGES = "corpus", "index", "retrieval", "web"
# What is told by ``says("code", "Chinese")`` and ``telling.words("code", "Chinese")``; the two may stand in a table, too.
TELLS = ("says", "words")
CODE = re.compile(r"[a-z]+(?:[._][a-z_]+)*")
# ``telling.item(1)`` makes its message of a number.
MADE = {"item": {"{number}. "}}


def told(places: Sequence[str] = PACKAGES) -> dict[str, set[str]]:
    """Return the Chinese texts of each code in some folders or files; of one that has its text by name there is none."""
    found = {code: set(texts) for code, texts in MADE.items()}
    for path in (
        one for place in places for one in [ROOT / place, *(ROOT / place).rglob("*.py")] if one.is_file()
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in TELLS and len(node.args) == 2:
                code, chinese = (_constant(one) for one in node.args)
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
                code, chinese = (_constant(one) for one in node.elts)
                code = code if "." in code and not chinese.isascii() else ""
            else:
                continue
            if CODE.fullmatch(code):
                found.setdefault(code, set()).update({chinese} - {""})
    return found


def _name(called: ast.expr) -> str:
    return (
        called.id
        if isinstance(called, ast.Name)
        else called.attr
        if isinstance(called, ast.Attribute)
        else ""
    )


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_code_has_english_words_and_none_is_left_over() -> None:
    assert told().keys() == MESSAGES.keys()


@pytest.mark.parametrize(("code", "texts"), told().items())
def test_both_languages_tell_the_same(code: str, texts: set[str]) -> None:
    assert all(fields(chinese) == fields(MESSAGES[code]) for chinese in texts)
    assert MESSAGES[code].isascii() or not any("一" <= letter <= "鿿" for letter in MESSAGES[code])


@pytest.mark.parametrize("package", ["corpus", "index"])
def test_no_error_is_raised_with_a_chinese_text_alone(package: str) -> None:
    bare = []
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id.endswith("Error")
            ):
                texts = [one for one in node.args if isinstance(one, (ast.Constant, ast.JoinedStr))]
                bare += [
                    f"{path.name}:{node.lineno}"
                    for one in texts
                    if any("一" <= letter <= "鿿" for letter in ast.unparse(one))
                ]
    assert not bare


REASON = says("kind.archive", "是压缩包，不是报告。请解压后把里面的报告放进来")
TOLD = says(
    "file.kind",
    "“{name}”{reason}。能读的格式：{known}。",
    name="甲<b>.zip",
    reason=REASON,
    known=(".pdf", ".txt"),
)


def test_a_message_is_said_in_both_languages() -> None:
    assert words("zh-CN").say(TOLD) == TOLD.text
    assert words("en").say(TOLD).startswith("甲<b>.zip is an archive and not a report.")
    assert words("en").html(TOLD).startswith('<span lang="zh-CN">甲&lt;b&gt;.zip</span> is an archive')
    assert words("en").html("没有<b>") == '<span lang="zh-CN">没有&lt;b&gt;</span>'


@pytest.mark.parametrize(("number", "english"), [(1, "1 version"), ("1", "1 version"), (3, "3 versions")])
def test_one_and_many(number: object, english: str) -> None:
    assert words("en")("reports.versions", number=number) == english


def test_messages_that_an_older_page_kept_are_still_said() -> None:
    assert words("en").say(says("file.kind", "旧的话")) == "旧的话"
    assert words("en").say(says("no.such", "旧的话")) == "旧的话"
    assert json.loads((ROOT / "web" / "messages.json").read_text(encoding="utf-8")) == MESSAGES
