"""The tab 关于: what it says of the index, and of contradictions in reports."""

from __future__ import annotations

import pytest

from index import rebuild
from index.exams import ExamRecord
from tests.fakes import FakeEncoder
from tests.web.pages import Page
from web.about.render import about_page
from web.current import Library
from web.i18n import words

ZH, EN = words("zh-CN"), words("en")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("about")
    (folder / "2024年样例县统计公报.txt").write_text(
        "2024年样例县统计公报\n2025年3月6日\n\n2024年，社会消费品零售总额42.5亿元。\n\n去年，社零总额45.2亿元。\n",
        encoding="utf-8",
    )
    rebuild([folder / "2024年样例县统计公报.txt"], folder / "index", encoder=FakeEncoder())
    return Library(folder / "index", FakeEncoder())


def test_it_names_the_index_and_what_it_holds(library: Library) -> None:
    page = Page(about_page(library.manifest, None, False, ZH))
    assert library.generation in page.attributes("title")
    assert "第 1 份，建于 20" in page.text
    assert page.styled("number") == ["1", str(library.manifest.passages), str(library.manifest.figures)]
    assert "没有做过" in page.text
    assert "只读" not in page.text


@pytest.mark.parametrize(
    ("passed", "said"), [(True, "passed"), (False, "failed: answers may not be reliable")]
)
def test_it_tells_the_exam_and_the_access(library: Library, passed: bool, said: str) -> None:
    exam = ExamRecord(passed=passed, at="2026-01-02T03:04:05Z", lines=())
    page = Page(about_page(library.manifest, exam, True, EN))
    assert said in page.text
    assert "read-only" in page.text


def test_contradictions_are_elsewhere_and_it_leads_there(library: Library) -> None:
    page = Page(about_page(library.manifest, None, False, ZH))
    assert page.attributes("data-figures") == ["check"]
    assert page.attributes("href") == ["#figures"]
