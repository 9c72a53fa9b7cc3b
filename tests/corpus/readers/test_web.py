"""Web pages: what a visitor reads, in order, whatever the page declares."""

import pytest

from corpus.readers.web import decode_page, read_web

MENU = "<div class='nav'><a href='/'>首页</a><a href='/a'>政务公开</a><a href='/b'>互动交流</a></div>"
LINKS = "<ul><li><a href='1'>相关文件之一</a></li><li><a href='2'>相关文件之二</a></li><li><a href='3'>相关文件之三</a></li></ul>"
PROSE = "去年全县粮食产量达到12.6万吨，比上年增长3.5%，农民收入稳步提高。" * 3


def read(page: str, name: str = "网页.html") -> list[str]:
    return read_web(page.encode(), name).text.split("\n")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("<p>第一段。</p><p>第二<b>段</b>。</p>", ["第一段。", "第二段。"], id="paragraphs"),
        pytest.param("<p>甲<br>乙</p>", ["甲", "乙"], id="line break"),
        pytest.param("<div>外<p>里</p>尾</div>", ["外", "里", "尾"], id="text beside blocks"),
        pytest.param("<p>36&nbsp;亿元\n   增长</p>", ["36 亿元 增长"], id="white space"),
        pytest.param("<p>面积20km<sup>2</sup>，见注<sup>1</sup></p>", ["面积20km²，见注¹"], id="raised"),
        pytest.param("<p>显<span style='display: none'>隐</span>现</p>", ["显现"], id="hidden"),
        pytest.param("<p>显<span hidden>隐</span>现</p>", ["显现"], id="hidden attribute"),
        pytest.param("<p>前<script>坏()</script>后</p>", ["前后"], id="script"),
        pytest.param("<p>前<!-- 注释 -->后</p>", ["前后"], id="comment"),
        pytest.param(
            "<ul><li>新增企业30家</li><li>淘汰产能5万吨</li></ul>",
            ["新增企业30家", "淘汰产能5万吨"],
            id="list",
        ),
        pytest.param(f"{MENU}<p>{PROSE}</p>", [PROSE], id="menu"),
        pytest.param(f"<p>{PROSE}</p>{LINKS}", [PROSE], id="links"),
        pytest.param(f"<p>{PROSE}</p><div id='footer'>版权所有 备案123号</div>", [PROSE], id="footer"),
        pytest.param(
            f"<p>{PROSE}</p><p class='foot note'>按现价计算。</p>",
            [PROSE, "按现价计算。"],
            id="a sentence is no footer",
        ),
        pytest.param(
            "<table><tr><td>地区</td><td>人口</td></tr><tr><td><a href=1>东乡</a></td><td><a href=2>12万</a></td></tr>"
            "<tr><td><a href=3>西乡</a></td><td><a href=4>15万</a></td></tr></table>",
            ["地区｜人口", "东乡｜人口：12万", "西乡｜人口：15万"],
            id="a table of links",
        ),
        pytest.param(
            "<table><tr><td>项目</td><td><p><b>比重（<i>%</i>）</b>甲</p><p>乙</p></td></tr><tr><td>农业</td><td>8<b>.<i>5</i></b>1</td></tr></table>",
            ["项目｜比重（%）甲乙", "农业｜比重（%）甲乙：8.51"],
            id="marks in marks keep their order",
        ),
        pytest.param(
            "<p><b>比重<i>（<u>%</u>）</i></b>为8</p>", ["比重（%）为8"], id="marks in marks of prose"
        ),
        pytest.param("<pre>第一行\n第二  行</pre>", ["第一行", "第二  行"], id="set out"),
        pytest.param("<div class='footer-note'>增长8%</div>", ["增长8%"], id="a small page is no footer"),
        pytest.param(
            "<p>见<a href='1'>附件</a>，<a href='2'>表二</a>和<a href='3'>表三</a>所列的全部数据</p>",
            ["见附件，表二和表三所列的全部数据"],
            id="links in prose",
        ),
    ],
)
def test_what_a_visitor_reads(body: str, lines: list[str]) -> None:
    assert read(f"<html><body>{body}</body></html>") == lines


def test_headings_and_the_title_of_the_window() -> None:
    page = f"<html><head><title>县情简报 - 青山县政府</title></head><body><h2>农业</h2><p>{PROSE}</p></body></html>"
    found = read_web(page.encode(), "网页.html")
    assert found.text.split("\n")[:2] == ["县情简报", "农业"]
    assert found.headings == {0: 1, 1: 2}
    shown = page.replace("<h2>", "<h1>县情简报</h1><h2>")
    assert read(shown)[:2] == ["县情简报", "农业"]


def test_a_page_laid_out_by_tables_with_a_menu_and_a_shorter_title_of_the_window() -> None:
    menu = "<table><tr><td><a href=1>首页</a></td><td><a href=2>政务</a></td><td><a href=3>服务</a></td></tr></table>"
    page = (
        "<html><head><title>县公报_青山县政府</title></head><body><form><table>"
        f"<tr><td>{menu}</td></tr><tr><td><h1>青山县年度公报</h1><style>p{{}}</style><div>{PROSE}<br>{PROSE}</div></td></tr>"
        "<tr><td><div id='bottom' class='footer'>备案号123</div></td></tr></table></form></body></html>"
    )
    found = read_web(page.encode(), "网页.html")
    assert found.text.split("\n") == ["青山县年度公报", PROSE, PROSE]
    assert found.headings == {0: 1}


def test_a_headline_outside_the_content_comes_first() -> None:
    page = f"<body><div class='top'><h1>年度公报</h1></div><div><div><p>{PROSE}</p><p>{PROSE}</p></div></div></body>"
    assert read(page)[0] == "年度公报"


def test_tables_are_said_with_spanned_heads() -> None:
    page = (
        "<p>表2 人口</p><table><tr><th rowspan=2>地区</th><th colspan=2>人口（万人）</th></tr>"
        "<tr><th>2023年</th><th>2024年</th></tr><tr><td>东乡</td><td>1.2</td><td>1.3</td></tr>"
        "<tr><td>西乡</td><td>2.2</td><td>2.4</td></tr></table>"
    )
    lines = read(page)
    assert lines[0] == "表2 人口"
    assert lines[-1].endswith("西乡｜人口（万人）·2023年：2.2｜人口（万人）·2024年：2.4")


def test_a_table_that_lays_out_the_page_is_read_as_text() -> None:
    page = f"<table><tr><td>{MENU}</td><td><h1>公报</h1><p>{PROSE}</p><table><tr><td>人口</td><td>3万</td></tr><tr><td>面积</td><td>5亩</td></tr></table></td></tr></table>"
    lines = read(page)
    assert lines[:2] == ["公报", PROSE]
    assert any("人口" in line and "3万" in line for line in lines)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("utf-8", "gb18030"), ("", "gb18030"), ("no-such", "utf-8")],
)
def test_encodings(declared: str, encoding: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>{PROSE}</p></body></html>"
    text, found = decode_page(page.encode(encoding), "网页.html")
    assert text == page
    assert found == encoding


def test_a_page_with_one_spoilt_character_is_believed_where_it_declares_its_encoding() -> None:
    page = f"<meta charset=gbk><p>{PROSE * 40}</p>".encode("gb18030")
    broken = page[:-20] + b"\xff" + page[-19:]
    assert PROSE in decode_page(broken, "网页.html")[0]


def test_an_archive_of_a_page() -> None:
    page = (
        "From: 甲\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n<html><body><p>{PROSE}</p></body></html>\n--b--\n"
    )
    assert read(page, "网页.mht") == [PROSE]
