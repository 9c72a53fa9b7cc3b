"""The tab 数据 in a real browser: filter, sort, pick, draw, take away; compare; contradictions."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Download, Locator, Page, expect

from index import rebuild
from tests.web.figures.shelves import REPORTS
from tests.web.running import running
from tests.web.visits import CHROMIUM, complaints_of_axe

EXTRA = "巴南区简报.txt"
REPORTED = REPORTS | {EXTRA: "巴南区简报\n2024年3月1日\n\n2023年，渔业产值61亿元。2023年，渔业产值73亿元。\n"}
ROWS = "#figures-table tr.line"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("数据")
    for name, text in REPORTED.items():
        (folder / name).write_text(text, encoding="utf-8")
    rebuild([folder], folder / "index")
    with running(folder / "index", folder / "log.txt") as served:
        yield served


def opened(
    browser: Browser, address: str, width: int = 1280, scheme: str = "light", locale: str = "zh-CN"
) -> Iterator[Page]:
    """Give the tab with its table; afterwards nothing was complained of, and nothing sent elsewhere."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((address, "data:", f"blob:{address}"))
            else complaints.append(sent.url)
        ),
    )
    page.goto(f"{address}#figures")
    expect(page.locator(ROWS).first).to_be_visible()
    expect(page.locator(".badge")).to_have_text("1")
    more = page.locator("[data-action=more]")
    if more.is_visible():
        more.click()
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address)


def typed(page: Page, **words: str) -> None:
    for name, word in words.items():
        box = page.locator(f"form.filter [name={name}]")
        if name in ("kind", "status"):
            box.select_option(word)
        else:
            box.fill("")
            box.press_sequentially(word)


def numbers(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(f"{ROWS} td.value").all_inner_texts()]


def picked(page: Page, *quantities: str) -> None:
    for quantity in quantities:
        page.locator(ROWS).filter(has=page.locator(f"td.value:text-is('{quantity}')")).first.locator(
            "[data-row]"
        ).check()


def taken(page: Page, button: Locator) -> Download:
    with page.expect_download() as coming:
        button.click()
    return coming.value


def test_filter_sort_pick_draw_and_take_away(page: Page, tmp_path: Path) -> None:
    typed(page, indicator="gdp", kind="level")
    expect(page.locator(ROWS)).to_have_count(5)
    head = page.get_by_role("columnheader", name="数值")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert numbers(page) == ["290", "312.5", "330", "340", "1.2"]
    expect(head.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert numbers(page) == ["1.2", "340", "330", "312.5", "290"]
    picked(page, "290", "312.5", "330")
    expect(page.locator(".picked .number")).to_have_text("已选 3 个")
    page.get_by_role("button", name="画图").click()
    drawing = page.locator("#figures-plot svg.marks")
    expect(drawing.locator(".mark-symbol path")).to_have_count(3)
    expect(page.locator("#figures-plot .vega-embed")).to_have_attribute(
        "aria-label", re.compile("2022 290亿元，2023 312.5亿元，2024 330亿元")
    )
    expect(page.locator(".note")).to_have_text("纵轴不从 0 开始，只看变化")
    page.get_by_role("button", name="条形").click()
    expect(drawing.locator(".mark-rect.role-mark path")).to_have_count(3)
    expect(page.locator(".note")).to_have_count(0)
    picture = taken(page, page.get_by_role("button", name="PNG 图片"))
    assert picture.suggested_filename == "问报图表_仙居_地区生产总值.png"
    picture.save_as(tmp_path / "图.png")
    colours = Image.open(tmp_path / "图.png").convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert (0x1F, 0x4F, 0x86) in [colour for count, colour in colours if count > 1000]
    file = taken(page, page.locator("[data-from=table][data-file=csv]"))
    file.save_as(tmp_path / "数.csv")
    lines = list(csv.DictReader((tmp_path / "数.csv").read_text("utf-8-sig").splitlines()))
    assert [line["数值"] for line in lines] == ["1.2", "340", "330", "312.5", "290"]
    file = taken(page, page.locator("[data-from=table][data-file=xlsx]"))
    file.save_as(tmp_path / "数.xlsx")
    assert load_workbook(tmp_path / "数.xlsx").active.max_row == 6


def test_picks_stay_while_one_filters_and_can_be_taken_back(page: Page) -> None:
    typed(page, indicator="GDP", kind="level")
    expect(page.locator(ROWS)).to_have_count(5)
    picked(page, "290")
    typed(page, indicator="油料")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator("[data-row]:checked")).to_have_count(0)
    page.get_by_role("checkbox", name="选本页全部").check()
    expect(page.locator(".picked .number")).to_have_text("已选 2 个")
    page.get_by_role("button", name="画图").click()
    expect(page.locator("#figures-drawing")).to_contain_text("所选的数据里没有两个能相比的")
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(ROWS).nth(6)).to_be_visible()
    expect(page.locator("[data-row]:checked")).to_have_count(2)
    page.get_by_role("button", name="只看所选").click()
    expect(page.locator(ROWS)).to_have_count(2)
    page.locator("[data-row]").last.uncheck()
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(ROWS).nth(6)).to_be_visible()
    expect(page.locator("[data-row]:checked")).to_have_count(1)
    page.get_by_role("button", name="只看所选").click()
    expect(page.locator(ROWS)).to_have_count(1)
    page.get_by_role("button", name="取消选择").click()
    expect(page.locator(ROWS).nth(6)).to_be_visible()
    expect(page.locator("[data-row]:checked")).to_have_count(0)
    expect(page.locator(".picked")).to_be_hidden()


def test_a_row_opens_to_its_source_and_its_report(page: Page) -> None:
    typed(page, indicator="油料", kind="level")
    expect(page.locator(ROWS)).to_have_count(1)
    button = page.locator(f"{ROWS} .open button")
    button.focus()
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    source = page.locator("tr.source").first
    expect(source.locator("mark.asked")).to_have_text("12000吨")
    expect(source).to_contain_text("第")
    link = source.get_by_role("link", name="打开报告")
    link.click()
    expect(page.locator("#reader mark.asked")).to_have_text("12000吨")
    expect(page.locator("#reader #here")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(link).to_be_focused()
    assert len(page.context.pages) == 1
    button.press("Space")
    expect(source).to_be_hidden()


def test_nothing_found_and_the_way_back(page: Page) -> None:
    typed(page, place="火星")
    expect(page.locator("#figures-table")).to_contain_text("没有符合条件的数据")
    expect(page.locator("#figures [role=status]")).to_have_text("没有符合条件的数据")
    page.get_by_role("button", name="清除筛选").click()
    expect(page.locator(ROWS).first).to_be_visible()


def test_reports_are_put_side_by_side(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="报告对照").click()
    page.get_by_role("searchbox", name="按名称找报告").fill("仙居")
    expect(page.locator(".chooser ul li:visible")).to_have_count(2)
    page.get_by_role("checkbox", name="2025年·仙居县工作报告").check()
    page.get_by_role("checkbox", name="2024年·仙居县工作报告").check()
    table = page.get_by_role("table", name="报告对照")
    row = table.get_by_role("row").filter(has_text="地区生产总值").first
    expect(row).to_contain_text("330")
    expect(row).to_contain_text("312.5")
    expect(row).to_contain_text("−17.5 亿元")
    expect(row).to_contain_text("+1.2 个百分点")
    expect(page.locator("#figures-matrix")).not_to_contain_text("各份报告的年份不同")
    expect(page.locator(".chosen li").first).to_contain_text("基准")
    row.get_by_role("button").click()
    expect(page.locator("#figures-matrix mark.asked").first).to_be_visible()
    file = taken(page, page.locator("[data-from=matrix][data-file=csv]"))
    assert file.suggested_filename == "问报对照_2025年·仙居县工作报告_2024年·仙居县工作报告.csv"
    page.get_by_role("button", name="去掉 2025年·仙居县工作报告").click()
    expect(table).to_have_count(0)
    expect(page.get_by_role("checkbox", name="2025年·仙居县工作报告")).not_to_be_checked()


def test_by_keyboard_alone(page: Page) -> None:
    said = page.locator("#figures [role=status]")
    typed(page, indicator="GDP", kind="level")
    expect(said).to_have_text("5 个数据")
    first, second, last = (page.locator(f"{ROWS} [data-row]").nth(at) for at in (0, 1, 4))
    first.focus()
    page.keyboard.press("Space")
    expect(said).to_have_text("已选 1 个")
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(f"{ROWS} .open button").nth(1)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"{ROWS} .open button").nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    expect(last).to_be_focused()
    page.keyboard.press("Home")
    expect(first).to_be_focused()
    page.locator(".picked [data-action=draw]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#figures-plot svg.marks")).to_be_visible()
    expect(said).to_have_text(re.compile("^已画图：.*地区生产总值"))
    page.locator("[data-view=matrix]").focus()
    page.keyboard.press("Enter")
    boxes = page.locator(".chooser ul [type=checkbox]")
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(said).to_have_text(re.compile("^已加入 .+，共 1 份"))
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(said).to_have_text(re.compile("个共同的指标|没有共同的指标"))
    expect(page.locator(".chosen li")).to_have_count(2)


# The widths of what stands in a box, and of the room for it, in pixels.
MEASURED = """box => {
  const style = getComputedStyle(box);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = style.font;
  const text = box.placeholder ?? (box.selectedOptions ? box.selectedOptions[0].text : box.innerText);
  const left = parseFloat(style.borderLeftWidth) + parseFloat(style.paddingLeft);
  return [pen.measureText(text).width, left, box.clientWidth - 2 * parseFloat(style.paddingLeft)];
}"""
INK = 60  # by which print is darker than its ground, of 255
BEARING = 4  # pixels: the last character does not fill its place


def drawn_width(box: Locator, left: float) -> int:
    """Return how many pixels of text are to be seen in a box: the browser's own marks can cover some."""
    picture = Image.open(BytesIO(box.screenshot())).convert("L")
    ground = picture.getpixel((picture.width // 2, 4))
    inside = picture.crop((int(left), 5, picture.width - 3, picture.height - 5))
    dark = inside.point(lambda tone: 255 if abs(tone - ground) > INK else 0).getbbox()  # type: ignore[operator]
    return dark[2] if dark else 0


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [1440, 1024, 768, 360])
def test_nothing_that_stands_in_a_box_is_cut_off(
    browser: Browser, address: str, width: int, locale: str
) -> None:
    for page in opened(browser, address, width, locale=locale):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for box in page.locator("#figures :is(button, select):visible").all():
            text, _, room = box.evaluate(MEASURED)
            assert text <= room + 1, box.inner_text()
        for box in page.locator("form.filter input[type=search]").all():
            text, left, _ = box.evaluate(MEASURED)
            assert text > 0
            assert drawn_width(box, left) >= text - BEARING, box.get_attribute("placeholder")


def test_the_tab_about_the_program_leads_to_the_contradictions(page: Page) -> None:
    page.get_by_role("tab", name="关于").click()
    page.get_by_role("link", name="去查矛盾").click()
    expect(page.locator(".contradictions li mark.asked")).to_have_text(["61亿元", "73亿元"])
    expect(page.get_by_role("button", name=re.compile("^查矛盾"))).to_have_attribute("aria-pressed", "true")


def test_contradictions_are_shown_with_both_quotes_and_marked(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^查矛盾")).click()
    expect(page.locator(".contradictions li mark.asked")).to_have_text(["61亿元", "73亿元"])
    page.get_by_role("button", name="在数据表里看").click()
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.locator(f"{ROWS} .flag")).to_have_count(2)


@pytest.mark.parametrize("width", [360, 820, 1280, 1920])
def test_everything_fits_the_width(browser: Browser, address: str, width: int) -> None:
    for page in opened(browser, address, width, "dark"):
        fits = f"document.documentElement.scrollWidth <= {width}"
        picked(page, "312.5", "290")
        page.get_by_role("button", name="画图").click()
        expect(page.locator("#figures-plot svg.marks")).to_be_visible()
        assert page.evaluate(fits)
        page.get_by_role("button", name="报告对照").click()
        for box in page.locator(".chooser ul [type=checkbox]").all():
            box.check()
        expect(page.locator("#figures-matrix table")).to_be_visible()
        assert page.evaluate(fits)
        page.get_by_role("button", name=re.compile("^查矛盾")).click()
        assert page.evaluate(fits)


def test_in_english(browser: Browser, address: str) -> None:
    for page in opened(browser, address, locale="en-GB"):
        expect(page.get_by_role("columnheader", name="Indicator")).to_be_visible()
        expect(page.get_by_role("button", name="Compare")).to_be_visible()
        typed(page, indicator="GDP", status="target")
        expect(page.locator(f"{ROWS} .status")).to_have_text(["target"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(browser: Browser, address: str, scheme: str) -> None:
    from tests.web.test_browser import contrast

    for page in opened(browser, address, scheme=scheme):
        page.wait_for_timeout(300)
        page.locator(f"{ROWS} .open button").first.click()
        picked(page, "312.5", "290")
        parts = (
            ".caption", ".field span", ".views [aria-pressed=true]", ".views [aria-pressed=false]", ".plain", "thead button",
            "tr.line .indicator", "tr.line td.value", "td.kind", "td.report", ".flag", "tr.source mark.asked", "tr.source dt",
            "tr.source .link", ".picked .primary", ".picked .number", ".found",
        )  # fmt: skip
        for part in parts:
            assert contrast(page, f"#figures-tab {part}") >= 4.5, part


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_nothing_is_broken_for_someone(browser: Browser, address: str, width: int, scheme: str) -> None:
    for page in opened(browser, address, width, scheme):
        picked(page, "312.5", "290")
        page.locator(f"{ROWS} .open button").first.click()
        page.get_by_role("button", name="画图").click()
        expect(page.locator("#figures-plot svg.marks")).to_be_visible()
        # The bar of what is picked floats over the rows, which can be scrolled from under it.
        page.get_by_role("button", name="取消选择").click()
        page.wait_for_timeout(400)
        assert complaints_of_axe(page) == []
        page.get_by_role("button", name="报告对照").click()
        for box in page.locator(".chooser ul [type=checkbox]").all()[:2]:
            box.check()
        expect(page.locator("#figures-matrix > *").first).to_be_visible()
        assert complaints_of_axe(page) == []
        page.get_by_role("button", name=re.compile("^查矛盾")).click()
        assert complaints_of_axe(page) == []


def test_a_table_as_a_screen_reader_tells_it(page: Page) -> None:
    table = page.get_by_role("table", name="数据表")
    expect(table).to_have_attribute("aria-rowcount", re.compile(r"\d+"))
    expect(table.get_by_role("columnheader")).to_have_count(10)
    expect(table.get_by_role("rowheader", name="油料产量").first).to_be_visible()
    unnamed = """[...document.querySelectorAll('#figures-tab :is(button, input, select)')]
      .filter((part) => part.offsetParent && !(part.innerText || part.ariaLabel || part.labels?.length)).length"""
    assert page.evaluate(unnamed) == 0
    aligned = page.locator(f"{ROWS} td.value").first.evaluate(
        "cell => [getComputedStyle(cell).textAlign, getComputedStyle(cell).fontVariantNumeric]"
    )
    assert aligned[0] == "right"
    assert "tabular-nums" in aligned[1]


def test_an_answer_that_a_later_one_has_overtaken_is_not_shown(page: Page) -> None:
    box = page.locator("[name=indicator]")
    for word in ("粮", "粮食", "粮食产", "渔业产值"):
        box.fill(word)
        page.wait_for_timeout(160)
    expect(page.locator(f"{ROWS} .indicator").first).to_contain_text("渔业产值")
    page.wait_for_timeout(500)
    assert all("渔业产值" in text for text in page.locator(f"{ROWS} .indicator").all_inner_texts())


def test_a_program_that_does_not_answer_is_told_of(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{address}#figures")
    expect(page.locator(ROWS).first).to_be_visible()
    page.route("**/component_server**", lambda route: route.abort())
    typed(page, place="仙")
    expect(page.locator("#figures [role=alert]")).to_contain_text("没有得到数据")
    page.unroute("**/component_server**")
    typed(page, place="仙居")
    expect(page.locator("#figures [role=alert]")).to_be_hidden()
    expect(page.locator("#figures-table")).not_to_contain_text("巴南")
    page.close()


def test_reports_that_come_meanwhile_are_there_when_one_comes_back(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "报告"
    folder.mkdir()
    for name in list(REPORTS)[:2]:
        (folder / name).write_text(REPORTS[name], encoding="utf-8")
    rebuild([folder], tmp_path / "索引")
    with running(tmp_path / "索引", tmp_path / "log.txt") as address:
        page = browser.new_page(locale="zh-CN")
        page.goto(f"{address}#figures")
        expect(page.locator(ROWS).first).to_be_visible()
        typed(page, indicator="GDP")
        page.locator("[data-row]").first.check()
        page.get_by_role("tab", name="提问").click()
        name = list(REPORTS)[2]
        (folder / name).write_text(REPORTS[name], encoding="utf-8")
        rebuild([folder], tmp_path / "索引")
        page.get_by_role("tab", name="数据").click()
        expect(page.locator(f"{ROWS} .report", has_text="巴南区").first).to_be_visible()
        expect(page.locator(".figures-head .caption")).to_contain_text("3 份报告")
        assert page.locator("[name=indicator]").input_value() == "GDP"
        expect(page.locator("[data-row]:checked")).to_have_count(0)
        page.close()
