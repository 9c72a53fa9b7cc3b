"""The words of the page: each in both languages, each used, each with the same values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import pytest
from starlette.requests import Request

from web.i18n import COOKIE, MESSAGES, WORDS, both, for_gradio, label, language_of, words

WEB = Path(__file__).parents[2] / "web"
# Where keys are named in Python, templates and scripts.
SOURCES = [path for ending in ("py", "html", "js") for path in WEB.rglob(f"*.{ending}")]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def request(**headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": pairs})


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_with_the_same_values(key: str) -> None:
    chinese, english = WORDS[key]
    assert chinese.strip() and english.strip()
    assert fields(chinese) == fields(english)


# A number before the plural of what is counted, whatever the number is.
COUNTED = re.compile(
    r"\{\w+\} (?:reports|figures|passages|pages|characters|questions|rows|places|contradictions|indicators"
    r"|repairs|versions|files|seconds|bytes|parts|entries)\b"
)


def test_one_is_no_plural() -> None:
    english = {**{key: both[1] for key, both in WORDS.items()}, **MESSAGES}
    assert [key for key, text in english.items() if COUNTED.search(text)] == []
    assert words("en")("figures.count", reports=1, figures=1) == "1 figure in 1 report"
    assert words("en")("figures.count", reports=2, figures="1,000") == "1,000 figures in 2 reports"


def test_no_key_is_given_twice() -> None:
    keys = [key for path in WEB.rglob("words.json") for key in json.loads(path.read_text(encoding="utf-8"))]
    assert len(keys) == len(set(keys)) == len(WORDS)


def test_every_key_that_is_named_has_words() -> None:
    named = re.compile(r"""(?:words|both|label|told|text)\(\s*["']([a-z_]+(?:\.[a-z_]+)+)["']""")
    asked = {key for path in SOURCES for key in named.findall(path.read_text(encoding="utf-8"))}
    assert asked
    assert asked <= WORDS.keys()


def test_words_are_filled_in() -> None:
    assert words("zh-CN")("figures.count", reports=2, figures=7).startswith("2 份报告")
    assert words("en")("tab.ask") == "Ask"


def test_what_has_no_words_is_refused() -> None:
    with pytest.raises(KeyError):
        label("tab.nothing")


def test_markup_for_everyone_holds_both() -> None:
    assert both("tab.ask") == '<span class="zh" lang="zh-CN">提问</span><span class="en" lang="en">Ask</span>'


def test_gradio_knows_every_word_in_each_language() -> None:
    tables = for_gradio().translations_dict
    assert set(tables) == {"zh-CN", "zh", "en"}
    assert all(table.keys() == WORDS.keys() for table in tables.values())


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "zh-CN"),
        ({"accept_language": "en-US,en;q=0.9"}, "en"),
        ({"accept_language": "zh-TW,zh;q=0.9,en;q=0.8"}, "zh-CN"),
        ({"accept_language": "fr-FR,en;q=0.8,zh;q=0.5"}, "en"),
        ({"accept_language": "ja"}, "zh-CN"),
        ({"accept_language": "en", "cookie": f"{COOKIE}=zh-CN"}, "zh-CN"),
        ({"accept_language": "zh", "cookie": f"a=b; {COOKIE}=en"}, "en"),
        ({"accept_language": "zh", "cookie": f'{COOKIE}="<script>"'}, "zh-CN"),
        ({"accept_language": "en", "cookie": "a b=;;=\x01"}, "en"),
    ],
)
def test_the_language_of_a_visitor(headers: dict[str, str], language: str) -> None:
    assert language_of(request(**headers)) == language


def test_without_a_request_it_is_chinese() -> None:
    assert language_of(None) == "zh-CN"
