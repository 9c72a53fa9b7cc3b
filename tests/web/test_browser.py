"""The page in a real browser, served by the program itself from the report that comes with it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from index import rebuild
from tests.web.running import running
from tests.web.visits import CHROMIUM, Visit, brightness, contrast, open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

QUESTION, FIGURE = "科技型企业有多少家？", "3715家"
CASES = Path(__file__).parents[1] / "cases" / "web" / "hostile_texts.jsonl"
HOSTILE = {case["name"]: case["text"] for case in map(json.loads, CASES.read_text("utf-8").splitlines())}


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    yield from open_page(browser, address, 360, 740)


@pytest.fixture
def night(browser: Browser, address: str) -> Iterator[Visit]:
    yield from open_page(browser, address, 1280, 800, "dark")


def test_a_question_is_answered_with_its_figure_and_passage(visit: Visit) -> None:
    visit.ask(QUESTION)
    page = visit.page
    expect(page.locator(".reply mark.asked")).to_contain_text(FIGURE)
    expect(page.locator(".passage").first.locator("mark.asked")).to_contain_text(FIGURE)
    expect(page.locator(".passage").first.locator("mark.word").first).to_be_visible()
    expect(page.locator("tr.asked").first).to_contain_text("3715")
    expect(page.locator(".passage .place").first).to_have_text(re.compile(r"第\d+段（第\d+–\d+行）"))
    expect(page.locator(".meta").first).to_contain_text("用时")


def test_enter_sends_shift_enter_does_not_and_the_box_is_ready_again(visit: Visit) -> None:
    visit.box.press_sequentially("科技型企业")
    visit.box.press("Shift+Enter")
    visit.box.press_sequentially("有多少家？")
    assert visit.box.input_value() == "科技型企业\n有多少家？"
    assert visit.answers.count() == 0
    visit.box.press("Enter")
    expect(visit.answers).to_have_count(1)
    expect(visit.box).to_have_value("")
    expect(visit.box).to_be_focused()


def test_enter_that_chooses_a_word_of_an_input_method_does_not_send(visit: Visit) -> None:
    visit.box.fill("科技型企业")
    visit.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    visit.page.wait_for_timeout(500)
    assert visit.page.locator(".turn").count() == 0
    assert visit.box.input_value() == "科技型企业"


def test_an_example_is_asked_by_keyboard(visit: Visit) -> None:
    example = visit.page.locator(".examples button").first
    question = example.inner_text()
    example.focus()
    example.press("Enter")
    expect(visit.answers).to_have_count(1)
    expect(visit.page.locator(".question")).to_contain_text(question)
    expect(visit.page.locator(".reply")).to_have_class(re.compile("found"))
    expect(visit.page.locator(".reply mark.asked").first).to_be_visible()


def test_the_button_sends_and_a_new_conversation_begins(visit: Visit) -> None:
    visit.box.fill(QUESTION)
    visit.page.get_by_role("button", name="提问").click()
    expect(visit.answers).to_have_count(1)
    visit.page.get_by_role("button", name="新对话").click()
    expect(visit.page.locator(".welcome")).to_be_visible()
    expect(visit.page.locator(".reports")).to_contain_text(".txt")


def test_earlier_evidence_comes_back_and_a_figure_leads_to_its_passage(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.ask("森林覆盖率是多少？")
    expect(visit.page.locator(".passage").first).to_contain_text("森林覆盖率")
    visit.page.get_by_role("button", name="查看依据").first.click()
    expect(visit.page.locator(".passage").first).to_contain_text(FIGURE)
    expect(visit.page.get_by_role("region", name="依据")).to_be_focused()
    last = visit.page.locator(".cited button").last
    number = last.inner_text()
    last.click()
    expect(visit.page.locator(f"#passage-{number}")).to_be_focused()
    expect(visit.page.locator(f"#passage-{number}")).to_be_in_viewport()


def test_a_refusal_says_so_without_a_marked_figure(visit: Visit) -> None:
    visit.ask("今年的生猪出栏量是多少头？")
    expect(visit.page.locator(".reply")).to_have_class(re.compile("refused"))
    expect(visit.page.locator("mark.asked")).to_have_count(0)


@pytest.mark.parametrize("question", ["？", "x" * 490, "🙂🙂", "How many companies?", "def f(): return 1"])
def test_odd_questions_get_an_answer(visit: Visit, question: str) -> None:
    visit.ask(question)
    expect(visit.page.locator(".reply.refused .answer")).not_to_be_empty()
    visit.ask(QUESTION)
    expect(visit.page.locator(".turn").last.locator("mark.asked")).to_contain_text(FIGURE)


def test_hostile_questions_stay_text(visit: Visit) -> None:
    for text in HOSTILE.values():
        visit.ask(text)
    page = visit.page
    assert page.title() == "问报"
    brought_in = "#app :is(img, form, iframe, script, style, link, meta, object, embed), #app svg:not(.icon)"
    assert page.locator(brought_in).count() == 0
    shown = "#talk :is(.question, .answer) *, #proof blockquote *"
    assert {tag.lower() for tag in page.locator(shown).evaluate_all("all => all.map(e => e.tagName)")} <= {
        "span",
        "mark",
    }
    assert page.evaluate(
        "[...document.querySelectorAll('#talk *, #proof *')].every(e => getComputedStyle(e).position != 'fixed')"
    )
    questions = page.locator(".question").all_inner_texts()
    assert len(questions) == len(HOSTILE)
    assert any("<img src=x onerror=" in text for text in questions)


def test_the_policy_stops_a_script_that_got_in(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.taken = 1\">')")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.taken = 1'}))"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.taken") is None
    page.close()


@pytest.mark.parametrize("question", [QUESTION, "产值" * 150, "x" * 400])
def test_a_phone_shows_everything_in_its_width(phone: Visit, question: str) -> None:
    phone.ask(question)
    width = phone.page.evaluate("document.documentElement.scrollWidth")
    assert width == 360
    expect(phone.box).to_be_in_viewport()
    expect(phone.page.get_by_role("button", name="提问")).to_be_in_viewport()
    right = "[...document.querySelectorAll('#app *')].map(e => e.getBoundingClientRect().right)"
    assert phone.page.evaluate(f"Math.max(...{right})") <= 361


READ = (
    *(".answer", ".question", ".meta span", ".passage blockquote", ".card .indicator", "mark.asked"),
    *("thead button", ".card .amount", ".card .unit", ".beside", ".downloads a", ".checked", ".why", ".chip"),
    *("#proof .plain", "#composer .plain", "#send", ".where"),
)


def test_dark_is_dark_and_can_be_read(night: Visit) -> None:
    night.ask(QUESTION)
    night.page.wait_for_timeout(300)
    for part in READ:
        assert contrast(night.page, part) >= 4.5, part
    assert brightness(night.page, "gradio-app") < 60


def test_light_can_be_read(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.page.wait_for_timeout(300)
    for part in READ:
        assert contrast(visit.page, part) >= 4.5, part
    assert brightness(visit.page, "gradio-app") > 200


def test_a_screen_reader_is_told(visit: Visit) -> None:
    page = visit.page
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    log = page.get_by_role("log", name="对话")
    log.evaluate("node => { node.kept = true; }")
    visit.ask(QUESTION)
    # An answer is read out only if it appears inside an element that was there before.
    assert log.evaluate("node => node.kept")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("region", name="依据")).to_be_visible()
    expect(page.get_by_role("table", name="相关的数字")).to_be_visible()
    unnamed = (
        "[...document.querySelectorAll('#app button')].filter(b => !(b.textContent || b.ariaLabel || '').trim()"
        " && b.offsetParent).length"
    )
    assert page.evaluate(unnamed) == 0


def test_two_people_do_not_see_each_other(browser: Browser, address: str) -> None:
    for first in open_page(browser, address, 1280, 800):
        for second in open_page(browser, address, 1280, 800):
            first.ask(QUESTION)
            second.ask("森林覆盖率是多少？")
            first.ask("国家高新技术企业有多少家？")
            expect(second.page.locator(".question")).to_have_count(1)
            expect(first.page.locator(".question")).to_have_count(2)
            assert "森林" not in first.page.locator("#talk").inner_text()


def test_the_asked_figure_stands_large_beside_the_answer(visit: Visit) -> None:
    visit.ask(QUESTION)
    card = visit.page.get_by_role("group", name="所问的数字")
    expect(card.locator(".amount")).to_have_text("3715")
    expect(card.locator(".unit")).to_have_text("家")
    expect(visit.page.locator("#chart")).to_have_count(0)


def test_the_table_sorts_by_a_click_and_by_the_keyboard(visit: Visit) -> None:
    visit.ask("国家高新技术企业有多少家？")
    page = visit.page
    head = page.get_by_role("columnheader", name="数值")
    amounts = "[...document.querySelectorAll('#proof [data-amount]')].map(cell => +cell.dataset.amount)"
    expect(page.locator("#proof [data-amount]").nth(2)).to_be_visible()
    before = page.evaluate(amounts)
    assert head.get_attribute("aria-sort") is None
    head.get_by_role("button").click()
    assert page.evaluate(amounts) == sorted(before)
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").press("Enter")
    assert page.evaluate(amounts) == sorted(before, reverse=True)
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(head.get_by_role("button")).to_be_focused()
    page.get_by_role("columnheader", name="指标").get_by_role("button").press("Space")
    assert head.get_attribute("aria-sort") is None
    assert page.locator("[aria-sort]").count() == 1


@pytest.mark.parametrize(("name", "ending"), [("下载 CSV", ".csv"), ("下载 Excel", ".xlsx")])
def test_the_table_is_taken_away(visit: Visit, tmp_path: Path, name: str, ending: str) -> None:
    visit.ask(QUESTION)
    with visit.page.expect_download() as coming:
        visit.page.get_by_role("link", name=name).press("Enter")
    assert coming.value.suggested_filename == f"问报数据{ending}"
    saved = tmp_path / f"saved{ending}"
    coming.value.save_as(saved)
    rows = len(visit.page.locator("#proof tbody tr").all())
    if ending == ".csv":
        lines = list(csv.DictReader(saved.read_text("utf-8-sig").splitlines()))
        assert len(lines) == rows
        assert "3715" in [line["数值"] for line in lines]
    else:
        sheet = load_workbook(saved).worksheets[0]
        assert sheet.max_row == rows + 1
        assert 3715 in [cell.value for row in sheet.iter_rows() for cell in row]


COMPARED = {
    "2025年青海省统计公报.txt": "2025年青海省统计公报\n\n2025年，全省粮食总产量118万吨，增长1.2%。\n",
    "2025年宁夏回族自治区统计公报.txt": "2025年宁夏回族自治区统计公报\n\n2025年，全区粮食总产量380万吨，增长0.8%。\n",
}


@pytest.fixture(scope="module")
def two_reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("two")
    for name, text in COMPARED.items():
        (folder / name).write_text(text, encoding="utf-8")
    rebuild([folder], folder / "index")
    with running(folder / "index", folder / "log.txt") as served:
        yield served


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_a_comparison_is_drawn_and_computed(
    browser: Browser, two_reports: str, width: int, scheme: str
) -> None:
    for visit in open_page(browser, two_reports, width, 800, scheme):
        visit.ask("青海和宁夏的粮食总产量哪个多？")
        page = visit.page
        drawing = page.locator("#chart svg.marks")
        expect(drawing).to_be_visible()
        expect(drawing.locator(".mark-rect.role-mark path")).to_have_count(2)
        expect(drawing).to_contain_text("118万吨")
        described = page.locator("#chart .vega-embed")
        expect(described).to_have_attribute("aria-label", re.compile("青海 118万吨，宁夏 380万吨"))
        words = drawing.locator("text").evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
        assert max(words) <= page.locator("#chart").evaluate("node => node.getBoundingClientRect().right") + 1
        formula = page.locator("#computed .formula")
        expect(formula).to_contain_text("（推算）")
        expect(formula.locator("button")).to_have_count(2)
        formula.locator("button").last.press("Enter")
        expect(page.locator(".passage:focus")).to_contain_text("118万吨")
        for part in (
            "#computed .formula",
            "#computed .estimated",
            "#computed .caption",
            ".checked",
            ".downloads a",
        ):
            assert contrast(page, part) >= 4.5, part
        assert page.evaluate("document.documentElement.scrollWidth") == width
        visit.ask("青海的粮食总产量是多少？")
        expect(page.locator("#chart")).to_have_count(0)
