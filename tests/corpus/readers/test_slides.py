"""Presentations: a page a slide, title first, tables and charts with their heads."""

import io

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from corpus.readers.slides import read_slides


def presentation() -> bytes:
    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text = "2024年工作总结"
    first.placeholders[1].text = "总产值12亿元\n增长8%"
    first.notes_slide.notes_text_frame.text = "此处停顿"
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.add_textbox(Inches(1), Inches(6), Inches(5), Inches(1)).text_frame.text = "下面的话。"
    second.shapes.add_textbox(Inches(1), Inches(2), Inches(5), Inches(1)).text_frame.text = "上面的话。"
    table = second.shapes.add_table(3, 3, Inches(1), Inches(3), Inches(5), Inches(1)).table
    for row, texts in enumerate(
        [["指标", "2023年", "2024年"], ["人口（万人）", "1.2", "1.3"], ["企业（家）", "12", "15"]]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    chart = CategoryChartData()
    chart.categories = ["一季度", "二季度"]
    chart.add_series("产值", (1.5, 2.25))
    chart.add_series("税收", (0.5, 0.25))
    second.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(1), chart)
    second.shapes.title.text = "数据"
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "不放映"
    hidden._element.set("show", "0")
    file = io.BytesIO()
    show.save(file)
    return file.getvalue()


def test_a_presentation() -> None:
    found = read_slides(presentation(), "总结.pptx")
    lines = found.text.split("\n")
    assert lines[:5] == ["2024年工作总结", "总产值12亿元", "增长8%", "数据", "上面的话。"]
    assert lines[-1] == "下面的话。"
    assert any(line.endswith("企业（家）｜2023年：12｜2024年：15") for line in lines)
    assert any(line.endswith("二季度｜产值：2.25｜税收：0.25") for line in lines)
    assert [lines[line] for line in found.headings] == ["2024年工作总结", "数据"]
    assert [(page.number, found.text[page.start : page.end].split("\n")[0]) for page in found.pages] == [
        (1, "2024年工作总结"),
        (2, "数据"),
    ]
    assert [(left.page, left.text) for left in found.omissions] == [(1, "此处停顿")]
    assert [note.name for note in found.notes] == ["略去隐藏的幻灯片"]
    assert "不放映" not in found.text
