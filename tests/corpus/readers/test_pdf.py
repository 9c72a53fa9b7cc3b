"""PDFs: what is printed is read in order and found again on its page; what is not printed is not."""

from __future__ import annotations

import pytest

from corpus.errors import DamagedReportError, EncryptedReportError
from corpus.extracted import Extracted
from corpus.layout.furniture import PAGE_NUMBER, RUNNING_HEAD
from corpus.readers.pdf import needs_recognition, read_pdf
from corpus.readers.print import OUTSIDE, UNSEEN, Print
from tests.corpus.hostile.pdfs import encrypted
from tests.corpus.layout.drawing import typeset
from tests.corpus.readers.typed import HEIGHT, WIDTH, Sheet, typed

PLAIN = "全县新建农村公路37.2公里，改造危桥12座，完成投资2.46亿元，比上年增长8.5%，群众出行更加便利。"
SECOND = "农业机械总动力达到58.3万千瓦，主要农作物综合机械化水平为71.9%，居全市第三位，比计划提前一年。"
THIRD = "城镇登记失业人员再就业4106人，就业困难人员就业1033人，零就业家庭保持动态清零，就业形势稳定。"

FOURTH = "全年工作目标如期完成，群众满意度为96.4%，比上年提高1.2个百分点，位次前移三位，各方面评价良好。"


def read(*sheets: Sheet) -> Extracted:
    return read_pdf(typed(sheets), "报告.pdf")


def printed_at(extracted: Extracted, text: str) -> list[tuple[int, float, float]]:
    """Return (page, left, top) of the runs that print a text, in points of an upright page."""
    start = extracted.text.index(text)
    return [
        (box.area.page, round(box.area.left * WIDTH), round(box.area.top * HEIGHT))
        for box in extracted.boxes
        if box.start < start + len(text) and box.end > start
    ]


def test_paragraphs_are_whole_and_found_again() -> None:
    sheet = Sheet()
    top = sheet.paragraph(PLAIN, 60, 100, 300)
    sheet.paragraph(SECOND, 60, top, 300)
    extracted = read(sheet)
    assert extracted.text.split("\n") == [PLAIN, SECOND]
    assert extracted.whole
    assert printed_at(extracted, PLAIN) == [(1, 80, 100), (1, 60, 115)]
    for box in extracted.boxes:
        assert extracted.text[box.start : box.end] in PLAIN + SECOND


def test_headings_by_size_weight_and_number() -> None:
    sheet = Sheet().text("县情手册", 240, 60, 22).text("农业生产", 60, 110, bold=True)
    sheet.paragraph(PLAIN, 60, 130, 480)
    sheet.text("二、就业服务", 80, 180)
    sheet.paragraph(THIRD, 60, 200, 480)
    extracted = read(sheet)
    lines = extracted.text.split("\n")
    assert lines == ["县情手册", "农业生产", PLAIN, "二、就业服务", THIRD]
    assert extracted.headings == {0: 1, 1: 2, 3: 2}


def test_a_sentence_over_columns_and_pages_is_whole() -> None:
    sheet, following = Sheet().text("农村公路与就业", 100, 50, 24), Sheet()
    places = [(60, 120 + 15 * row) for row in range(7)] + [(320, 120 + 15 * row) for row in range(3)]
    lines = [
        (piece, begun) for text in (PLAIN, SECOND, FOURTH, THIRD) for piece, begun in typeset(text, 2, 22)
    ]
    for (piece, begun), (left, top) in zip(lines, places, strict=False):
        sheet.text(piece, left + 20 * begun, top)
    for row, (piece, begun) in enumerate(lines[len(places) :]):
        following.text(piece, 60 + 20 * begun, 100 + 15 * row)
    extracted = read(sheet, following)
    assert extracted.text.split("\n") == ["农村公路与就业", PLAIN, SECOND, FOURTH, THIRD]
    assert {left for _page, left, _top in printed_at(extracted, FOURTH)} >= {80, 320}
    assert {page for page, _left, _top in printed_at(extracted, THIRD)} == {1, 2}
    first, second = extracted.pages
    assert extracted.text[second.start :].startswith(lines[len(places)][0]) and first.end == second.start


def test_furniture_is_left_out_and_listed() -> None:
    sheets = []
    for number, text in enumerate((PLAIN, SECOND, THIRD, PLAIN), start=1):
        sheet = Sheet().text("某县统计资料汇编2023", 200, 40, 9)
        # Not so wide that a full stop is left alone in a line: PDFium finds none there where the
        # machine has no Chinese font.
        sheet.paragraph(text, 60, 100, 440)
        sheets.append(sheet.text(f"— {number + 4} —", 280, 800, 9))
    extracted = read(*sheets)
    assert extracted.text.split("\n") == [PLAIN, SECOND, THIRD, PLAIN]
    assert [(o.page, o.text, o.reason) for o in extracted.omissions][:2] == [
        (1, "某县统计资料汇编2023", RUNNING_HEAD),
        (1, "—5—", PAGE_NUMBER),
    ]
    assert len(extracted.omissions) == 8


def test_figures_at_the_foot_of_a_page_are_no_furniture() -> None:
    sheets = []
    for number in range(4):
        sheet = Sheet()
        sheet.paragraph((PLAIN, SECOND, THIRD, PLAIN)[number], 60, 100, 480)
        sheets.append(sheet.text("合计", 60, 780).text(f"{31 + 7 * number},760.{number}0", 400, 780))
    said = read(*sheets).text
    assert all(f"{31 + 7 * number},760.{number}0" in said for number in range(4))


def test_notes_stand_after_the_text_and_do_not_cut_its_sentence() -> None:
    sheet = Sheet()
    sheet.paragraph(PLAIN, 60, 100, 460)
    first, rest = (piece for piece, _begun in typeset(SECOND, 2, 46))
    sheet.text(first, 80, 130).text("① 按常住人口计算，为快报数。", 60, 780, 7.5)
    following = Sheet().text(rest, 60, 100)
    following.paragraph(THIRD, 60, 115, 480)
    lines = read(sheet, following).text.split("\n")
    assert lines == [PLAIN, "①按常住人口计算，为快报数。", SECOND, THIRD]


def test_what_nobody_sees_is_not_read() -> None:
    sheet = Sheet()
    sheet.paragraph(PLAIN, 60, 100, 480)
    sheet.text("隐形文字99", 60, 200, mode=3).text("白纸白字88", 60, 220, grey=1.0)
    sheet.text("极小文字77", 60, 240, size=0.4).text("页外文字66", 700, 260)
    sheet.fill(50, 290, 300, 320, 0.2).text("深底白字共35项", 60, 300, grey=1.0)
    extracted = read(sheet)
    assert extracted.text.split("\n") == [PLAIN, "深底白字共35项"]
    reasons = {omission.reason: omission.text for omission in extracted.omissions}
    assert reasons == {UNSEEN: "隐形文字99白纸白字88极小文字77", OUTSIDE: "页外文字66"}


def test_fake_bold_is_read_once() -> None:
    sheet = Sheet().text("增收1290万元", 60, 60, 16).text("增收1290万元", 60.5, 60, 16)
    sheet.paragraph(PLAIN, 60, 100, 480)
    extracted = read(sheet)
    assert extracted.text.split("\n") == ["增收1290万元", PLAIN]
    assert "".join(extracted.printed).count("1290") == 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright_and_found_as_it_is_shown(rotate: int) -> None:
    # Typed so that it stands upright once the page is turned.
    sheet = Sheet(rotate)
    angle, place = {
        0: (0, lambda x, y: (x, y)),
        90: (90, lambda x, y: (y + 0.88 * 10, HEIGHT - x - 0.88 * 10)),
        180: (180, lambda x, y: (WIDTH - x, HEIGHT - y - 2 * 0.88 * 10)),
        270: (270, lambda x, y: (WIDTH - y - 0.88 * 10, x - 0.88 * 10)),
    }[rotate]
    for number, line in enumerate((PLAIN[:20], PLAIN[20:])):
        left, top = place(100.0, 200.0 + 15 * number)
        sheet.text(line, left, top, angle=angle)
    extracted = read(sheet)
    assert extracted.text.replace("\n", "") == PLAIN
    area = extracted.boxes[0].area
    width, height = (HEIGHT, WIDTH) if rotate in (90, 270) else (WIDTH, HEIGHT)
    assert area.left * width == pytest.approx(100, abs=1)
    assert area.top * height == pytest.approx(200, abs=1)


def test_text_on_its_side_is_read_and_found_where_it_is_shown() -> None:
    sheet = Sheet()
    sheet.text(PLAIN, 300, 700, angle=90)
    extracted = read(sheet)
    assert extracted.text == PLAIN
    area = extracted.boxes[0].area
    assert area.right - area.left < 0.03 and area.bottom - area.top > 0.4


def test_a_mark_across_the_page_is_left_out() -> None:
    sheet = Sheet()
    sheet.paragraph(PLAIN, 60, 100, 480)
    sheet.text("内部资料2023", 150, 600, 40, grey=0.8, angle=45)
    extracted = read(sheet)
    assert extracted.text == PLAIN
    assert [omission.text for omission in extracted.omissions] == ["内部资料2023"]


def test_characters_of_fonts_become_ordinary_ones() -> None:
    sheet = Sheet().text("⼯业⽤⽔增⻓", 60, 60)
    sheet.paragraph(PLAIN, 60, 100, 480)
    assert "工业用水增长" in read(sheet).text


def test_a_ruled_table_is_said_row_by_row() -> None:
    sheet = Sheet()
    rows = (("指标", "数值", "增长"), ("粮食产量", "36.5", "2.1"), ("油料产量", "4.8", "3.7"))
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            sheet.text(text, 65 + 120 * place, 104 + 20 * number)
    for number in range(4):
        sheet.rule(60, 100 + 20 * number, 420, 100 + 20 * number)
        sheet.rule(60 + 120 * number, 100, 60 + 120 * number, 160)
    extracted = read(sheet)
    assert "粮食产量｜数值：36.5｜增长：2.1" in extracted.text
    again = "".join(extracted.text[start:end] for start, end in extracted.repeated)
    assert "数值" in again and "36.5" not in again


def test_a_blank_page_is_counted() -> None:
    sheet = Sheet()
    sheet.paragraph(PLAIN, 60, 100, 480)
    extracted = read(Sheet(), sheet, Sheet())
    assert extracted.text == PLAIN
    assert [(page.number, page.end > page.start) for page in extracted.pages] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    assert len(extracted.printed) == 3


def test_a_locked_file_asks_for_its_password() -> None:
    with pytest.raises(EncryptedReportError, match=r"报告\.pdf.*密码"):
        read_pdf(encrypted(), "报告.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00" * 500])
def test_a_damaged_file_is_named(data: bytes) -> None:
    with pytest.raises(DamagedReportError, match=r"报告\.pdf"):
        read_pdf(data, "报告.pdf")


def page(
    characters: int, raw: str = "", unreadable: int = 0, pictures: float = 0.0, drawings: int = 0
) -> Print:
    return Print((), raw, (), 0, characters, unreadable, pictures, drawings)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (page(0), False),
        (page(0, pictures=1.0), True),
        (page(25, pictures=0.95), True),
        (page(900, PLAIN * 20, pictures=0.95), False),
        (page(0, pictures=0.1), False),
        (page(0, drawings=900), True),
        (page(500, PLAIN * 10, unreadable=400), True),
        (page(500, PLAIN * 10, unreadable=20), False),
        (page(500, "膴膵膶膷膸" * 100), True),
        (page(500, "abc def " * 60), False),
    ],
)
def test_pages_that_must_be_recognised(found: Print, wanted: bool) -> None:
    assert needs_recognition(found) is wanted
