"""Reports as they are read in the page: what is shown, and that nothing else can be asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.document import Heading, Page, Report
from index import IndexSettings, rebuild
from index.store import GenerationStore
from tests.fakes import FakeEncoder
from web.current import Library
from web.desk import Desk
from web.i18n import words
from web.source import lines_of, source_routes

TEXT = "样例公报\n\n一、农业\n全区粮食总产量达到42.5万吨。\n城区新建公园7个。<script>alert(1)</script>"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("source")
    (folder / "公报.txt").write_text(TEXT, encoding="utf-8")
    rebuild([folder / "公报.txt"], folder / "index", encoder=FakeEncoder())
    return Library(folder / "index", FakeEncoder())


@pytest.fixture(scope="module")
def client(library: Library, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    home = tmp_path_factory.mktemp("home")
    desk = Desk(library, IndexSettings(home=home), home / "index", FakeEncoder())
    return TestClient(Starlette(routes=source_routes(desk)))


def test_a_report_is_read_at_a_passage(client: TestClient, library: Library) -> None:
    report = library.report("公报.txt")
    start = report.text.index("全区")
    page = client.get(f"/source/{library.generation}/0?start={start}&end={start + 5}")
    assert page.status_code == 200
    assert '<p id="here" tabindex="-1" class="here"><mark class="here">全区粮食总</mark>' in page.text
    assert page.text.count('id="here"') == 1
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text


@pytest.mark.parametrize(
    "query", ["", "?start=x&end=-5", "?start=99999999&end=999999999999999", "?start=５&end=６"]
)
def test_odd_places_show_the_report_all_the_same(client: TestClient, library: Library, query: str) -> None:
    page = client.get(f"/source/{library.generation}/0{query}")
    assert page.status_code == 200
    assert "城区新建公园" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/source/{generation}/1",
        "/source/{generation}/-1",
        "/source/000009-20260102T030405Z/0",
        "/source/../0",
        "/source/{generation}/0/page/1.webp",  # a text has no pages to show
        "/source/{generation}/公报.txt",
        "/source/{generation}/0/page/../../../etc/passwd",
    ],
)
def test_nothing_else_is_let_out(client: TestClient, library: Library, path: str) -> None:
    assert client.get(path.format(generation=library.generation)).status_code == 404


def test_a_figure_stands_out_from_its_line_and_in_its_row() -> None:
    text = "公报\n全区产值42.5万元，增长3%。\n一、农业\n【表1】镇｜去年｜今年\n【表1】东镇｜去年：5.2｜今年：4.8\n【表1】西镇｜去年：7｜今年：6"
    report = Report("公报.txt", Path("公报.txt"), "", "公报", text, text, range(len(text)))

    def marks(words_marked: str) -> list[str]:
        start = text.index(words_marked)
        lines = lines_of(report, start, start + len(words_marked), words("zh-CN"))
        return [mark.style for line in lines for mark in line.marks]

    assert (marks("42.5万元"), marks("一、农业"), marks("全区产值42.5万元，增长3%。")) == (
        ["asked"],
        ["here"],
        ["here"],
    )
    at = text.index("4.8")
    [table] = [line.html for line in lines_of(report, at, at + 3, words("zh-CN")) if line.html]
    assert re.findall('<td class="number asked">(.*?)</td>', table) == ['<mark class="asked">4.8</mark>']
    assert 'class="asked here" id="here"' in table


def test_what_is_gone_is_told_in_the_language_of_the_visitor(client: TestClient) -> None:
    gone = client.get("/source/000009-20260102T030405Z/0", headers={"accept-language": "en"})
    assert gone.status_code == 404 and gone.headers["content-type"].startswith("text/html")
    assert words("en")("reader.gone") in gone.text and "已" not in gone.text
    moved = client.get("/source/000009-20260102T030405Z/0/page/1.webp", headers={"accept-language": "en"})
    assert moved.text == words("en")("reader.gone")


def test_a_report_of_a_kept_generation_is_read_as_it_was(tmp_path: Path) -> None:
    file, home = tmp_path / "公报.txt", tmp_path / "index"
    for text in (TEXT, TEXT.replace("42.5", "43.1")):
        file.write_text(text, encoding="utf-8")
        rebuild([file], home, encoder=FakeEncoder())
    older, newer = GenerationStore(home).names()
    desk = Desk(Library(home, FakeEncoder()), IndexSettings(home=tmp_path), home, FakeEncoder())
    client = TestClient(Starlette(routes=source_routes(desk)))
    before, after = client.get(f"/source/{older}/0").text, client.get(f"/source/{newer}/0").text
    assert "42.5万吨" in before and words("zh-CN")("reader.earlier", number=1) in before
    assert "43.1万吨" in after and 'class="caption earlier"' not in after
    assert client.get(f"/source/{older}/1").status_code == 404
    (home / "generations" / older / "reports.jsonl").write_bytes(b"{}")
    assert client.get(f"/source/{older}/0").status_code == 404


def test_a_file_that_is_no_longer_the_same_is_not_shown(tmp_path: Path) -> None:
    picture = (Path(__file__).parents[2] / "docs" / "images" / "phone.png").read_bytes()
    (tmp_path / "公报.txt").write_text(TEXT, encoding="utf-8")
    rebuild([tmp_path / "公报.txt"], tmp_path / "index", encoder=FakeEncoder())
    library = Library(tmp_path / "index", FakeEncoder())
    desk = Desk(library, IndexSettings(home=tmp_path), tmp_path / "index", FakeEncoder())
    (tmp_path / "公报.txt").write_bytes(picture)  # a picture could be drawn, but it is another file
    told = TestClient(Starlette(routes=source_routes(desk))).get(
        f"/source/{library.generation}/0/page/1.webp"
    )
    assert told.status_code == 404
    assert "移走或改动" in told.text


def test_lines_know_their_heading_page_and_marks() -> None:
    text = "总标题\n甲乙丙\n丁戊己"
    report = Report(
        *("a.pdf", Path("a.pdf"), "", "总标题", text, text, range(len(text))),
        headings=(Heading("总标题", 0, 3, 1),),
        pages=(Page(1, 0, 7), Page(2, 8, 11)),
    )
    title, first, second = lines_of(report, 5, 9, words("zh-CN"))
    assert (title.level, title.page, title.here) == (1, 1, False)
    assert (first.level, first.page, first.here, first.first) == (0, None, True, True)
    assert (second.page, second.here, second.first) == (2, True, False)
    assert [tuple(mark) for mark in first.marks] == [(1, 5, "here")]


def test_a_heading_that_runs_on_is_a_paragraph() -> None:
    text = "甲" * 80
    report = Report("a", Path("a"), "", "甲", text, text, range(80), headings=(Heading(text, 0, 80, 2),))
    assert [line.level for line in lines_of(report, 0, 0, words("zh-CN"))] == [0]


ROWS = "农业平稳。\n【表1】县｜产量\n【表1】松岭｜产量：42.5\n【表1】白沙｜产量：7\n工业平稳。"


def test_rows_are_read_as_one_table_over_the_end_of_a_page() -> None:
    at = ROWS.index("【表1】白沙")
    report = Report(
        *("a.pdf", Path("a.pdf"), "", "公报", ROWS, ROWS, range(len(ROWS))),
        pages=(Page(1, 0, at - 1), Page(2, at, len(ROWS))),
    )
    before, table, after = lines_of(report, at, at + 9, words("zh-CN"))
    assert (before.text, before.page, after.text, after.page) == ("农业平稳。", 1, "工业平稳。", None)
    assert table.here and table.first and table.html is not None
    assert table.html.count("<caption>") == table.html.count("<table>") == table.html.count('id="here"') == 1
    rows = table.html.split("<tr")
    assert [row.partition(">")[0] for row in rows if "白沙" in row] == [
        ' class="here" id="here" tabindex="-1"'
    ]
    assert table.html.index("松岭") < table.html.index('id="page-2"') < table.html.index("白沙")
