"""Word documents: what is printed is read, in order; what is not printed is not."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus import EmptyReportError
from corpus.readers.numbering import write_number
from corpus.readers.word import read_word
from tests.corpus.office import WORD, docx, package, paragraph, part

STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="zh"><w:name w:val="章"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="h"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="环"/><w:basedOn w:val="loop"/></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>',
)


def listed(text: str, depth: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def read(body: str, parts: dict[str, str] | None = None, related: str = "") -> list[str]:
    return read_word(docx(body, parts, related), "报告.docx").text.split("\n")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(
            "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", ["甲", "乙"], id="line break"
        ),
        pytest.param(
            "<w:p><w:r><w:t>增长</w:t></w:r><w:del><w:r><w:delText>7</w:delText><w:t>7</w:t></w:r></w:del>"
            "<w:ins><w:r><w:t>8%</w:t></w:r></w:ins></w:p>",
            ["增长8%"],
            id="tracked change",
        ),
        pytest.param(
            '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>'
            + paragraph("后半。"),
            ["前半，后半。"],
            id="deleted paragraph end",
        ),
        pytest.param(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:t>看得见</w:t></w:r></w:p>",
            ["看得见"],
            id="hidden run",
        ),
        pytest.param(
            '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>看得见</w:t></w:r></w:p>',
            ["看得见"],
            id="not hidden",
        ),
        pytest.param(
            '<w:p><w:r><w:t>投资8.5</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p>',
            ["投资8.5¹"],
            id="raised number is no digit of the one before",
        ),
        pytest.param(
            "<w:p><w:r><w:t>甲</w:t></w:r><mc:AlternateContent><mc:Choice><w:r><wps:txbx><w:txbxContent>"
            + paragraph("框里")
            + "</w:txbxContent></wps:txbx></w:r></mc:Choice><mc:Fallback><w:r><w:txbxContent>"
            + paragraph("框里")
            + "</w:txbxContent></w:r></mc:Fallback></mc:AlternateContent><w:r><w:t>乙</w:t></w:r></w:p>",
            ["甲乙", "框里"],
            id="text box once, after its paragraph",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
            f"<w:sdtContent>{paragraph('一、综合 1')}</w:sdtContent></w:sdt>{paragraph('一、综合')}",
            ["一、综合"],
            id="table of contents",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{paragraph('控件里的字')}</w:sdtContent></w:sdt>",
            ["控件里的字"],
            id="control",
        ),
        pytest.param(
            "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>请输入</w:t></w:r></w:sdtContent>"
            "</w:sdt><w:r><w:t>正文</w:t></w:r></w:p>",
            ["正文"],
            id="placeholder",
        ),
        pytest.param(
            "<w:p><w:r><w:t>见</w:t></w:r><w:fldSimple><w:r><w:t>表1</w:t></w:r></w:fldSimple><w:r><w:instrText>REF x</w:instrText></w:r></w:p>",
            ["见表1"],
            id="field",
        ),
        pytest.param(
            "<w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></w:p>",
            ["a/b"],
            id="fraction",
        ),
        pytest.param(
            '<w:p><w:r><w:sym w:font="宋体" w:char="2460"/><w:sym w:font="Wingdings" w:char="F0FC"/><w:noBreakHyphen/></w:r></w:p>',
            ["①-"],
            id="symbols",
        ),
    ],
)
def test_what_is_printed(body: str, lines: list[str]) -> None:
    assert read(body) == lines


def test_styles_make_headings_hide_text_and_mark_contents() -> None:
    body = (
        paragraph("年度报告", '<w:pStyle w:val="1"/>')
        + paragraph("一、综合 1", '<w:pStyle w:val="t1"/>')
        + paragraph("综合", '<w:pStyle w:val="zh"/>')
        + paragraph("自成一级", '<w:outlineLvl w:val="2"/>')
        + paragraph("不是标题", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
        + paragraph("环", '<w:pStyle w:val="loop"/>')
        + paragraph("这一段误用了标题样式，" + "它其实是很长的正文，" * 12, '<w:pStyle w:val="1"/>')
        + '<w:p><w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>'
    )
    found = read_word(docx(body, {"word/styles.xml": STYLES}, "styles"), "报告.docx")
    lines = found.text.split("\n")
    assert {lines[line]: level for line, level in found.headings.items()} == {
        "年度报告": 1,
        "综合": 2,
        "自成一级": 3,
    }
    assert "一、综合 1" not in lines
    assert lines[-1] == "显"
    assert [note.name for note in found.notes] == ["略去目录"]


def test_lists_are_numbered_as_word_prints_them() -> None:
    body = "".join(
        [
            listed("回顾"),
            listed("工业", 1),
            listed("农业", 1),
            listed("点", 2),
            listed("部署"),
            listed("目标", 1),
            listed("另起", 0, 2),
            listed("不编号", 0, 0),
        ]
    )
    assert read(body, {"word/numbering.xml": NUMBERING}, "numbering") == [
        "一、回顾",
        "（1）工业",
        "（2）农业",
        "点",
        "二、部署",
        "（1）目标",
        "五、另起",
        "不编号",
    ]


def test_a_list_number_does_not_run_into_a_year() -> None:
    numbering = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    assert read(listed("2024年回顾"), {"word/numbering.xml": numbering}, "numbering") == ["1 2024年回顾"]


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (4, "upperRoman", "IV"),
        (20, "chineseCounting", "二十"),
        (1003, "chineseCounting", "一千零三"),
        (28, "lowerLetter", "bb"),
        (3, "decimalEnclosedCircle", "③"),
        (2, "ideographTraditional", "乙"),
        (7, "decimalZero", "07"),
        (7, "unheardOf", "7"),
    ],
)
def test_numbers_of_lists(number: int, style: str, written: str) -> None:
    assert write_number(number, style) == written


def test_footnotes_follow_their_paragraph() -> None:
    body = (
        '<w:p><w:r><w:t>全年增长8%</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>。</w:t></w:r></w:p>'
        + paragraph("下一段。")
    )
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{paragraph("线")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("按可比价格计算。")}</w:footnote>',
    )
    assert read(body, {"word/footnotes.xml": notes}, "footnotes") == [
        "全年增长8%。",
        "按可比价格计算。",
        "下一段。",
    ]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_tables_are_said_row_by_row_with_merged_heads() -> None:
    rows = (
        "<w:tr>"
        + cell("地区", '<w:vMerge w:val="restart"/>')
        + cell("产值（亿元）", '<w:gridSpan w:val="2"/>')
        + "</w:tr>"
        "<w:tr>" + cell("", "<w:vMerge/>") + cell("2023年") + cell("2024年") + "</w:tr>"
        "<w:tr>" + cell("东区") + cell("10.5") + cell("11.2") + "</w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr>" + cell("删去") + cell("1") + cell("2") + "</w:tr>"
        "<w:tr>" + cell("西区") + cell("8") + cell("9") + "</w:tr>"
    )
    lines = read(paragraph("表1 各区产值") + f"<w:tbl>{rows}</w:tbl>")
    assert lines[0] == "表1 各区产值"
    assert next(line for line in lines if "东区" in line).endswith(
        "东区｜产值（亿元）·2023年：10.5｜产值（亿元）·2024年：11.2"
    )
    assert not any("删去" in line for line in lines)
    assert all("表1" in line for line in lines[1:])


def test_a_table_that_lays_out_a_page_gives_its_text() -> None:
    table = "<w:tbl><w:tr>" + cell("青山县统计局") + "</w:tr><w:tr>" + cell("2025年3月") + "</w:tr></w:tbl>"
    assert read(table) == ["青山县统计局", "2025年3月"]


def test_charts_give_the_numbers_that_they_draw() -> None:
    chart = (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:title><c:tx><c:rich><a:p><a:r>'
        "<a:t>企业数</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser>"
        '<c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>户数</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        '<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>2023年</c:v></c:pt><c:pt idx="1"><c:v>2024年</c:v></c:pt>'
        "</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode>"
        '<c:pt idx="0"><c:v>29.299999999999997</c:v></c:pt><c:pt idx="1"><c:v>31</c:v></c:pt></c:numCache></c:numRef></c:val>'
        "</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )
    lines = read('<w:p><w:r><c:chart r:id="chart"/></w:r></w:p>', {"word/chart.xml": chart}, "chart")
    assert lines[0] == "企业数"
    assert any("2023年" in line and "29.3" in line for line in lines)
    assert any("2024年" in line and "31" in line for line in lines)


def test_strict_documents_are_read_as_others() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = paragraph("严格格式的文档。")
    document = f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>'
    assert WORD not in document
    assert read_word(package("word/document.xml", document), "报告.docx").text == "严格格式的文档。"


def test_a_document_of_drawings_says_what_to_do() -> None:
    body = '<w:p><w:r><a:blip r:embed="image"/></w:r></w:p>'
    with pytest.raises(EmptyReportError, match=r"只有图片.*PDF"):
        read_word(docx(body, {"word/image.xml": "<svg/>"}, "image"), "扫描.docx")


def test_pictures_beside_text_are_told() -> None:
    found = read_word(docx(paragraph("图一") + "<w:p><w:r><a:blip/></w:r></w:p>"), "图文.docx")
    assert [(note.name, note.count) for note in found.notes] == [("没有识别的图片", 1)]


@pytest.mark.slow
def test_scans_in_a_document_are_recognised() -> None:
    picture = Image.new("L", (900, 160), 255)
    ImageDraw.Draw(picture).text((40, 40), "GROWTH 2024: 36.5", font=ImageFont.load_default(60), fill=0)
    file = io.BytesIO()
    picture.save(file, "PNG")
    body = '<w:p><w:r><a:blip r:embed="image"/></w:r></w:p>'
    found = read_word(docx(body, {"word/image.xml": file.getvalue()}, "image"), "扫描.docx")
    assert "36.5" in found.text
    assert [(note.name, note.count) for note in found.notes] == [("识别图片", 1)]
