"""The whole page as people use it: any size, either theme, either language, by keyboard alone, and again tomorrow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.web.running import running
from tests.web.visits import CHROMIUM, Visit, complaints_of_axe, open_page
from web.auth import account_line, make_secret

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

QUESTION, FIGURE = "科技型企业有多少家？", "3715"
SIZES = {"phone": (360, 740), "tablet": (820, 1180), "wide": (1600, 900)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_everyone_can_ask_and_check(
    browser: Browser, address: str, size: tuple[int, int], scheme: str
) -> None:
    for visit in open_page(browser, address, *size, scheme):
        page = visit.page
        assert complaints_of_axe(visit.page) == []
        visit.ask(QUESTION)
        expect(visit.turn.locator(".amount")).to_have_text(FIGURE)
        expect(visit.turn.locator(".next .chip").first).to_be_visible()
        page.wait_for_timeout(400)
        assert complaints_of_axe(visit.page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.locator(".passage [data-do=read]").first.click()
        expect(page.locator("#reader mark.here").first).to_be_in_viewport()
        page.wait_for_timeout(200)
        assert complaints_of_axe(visit.page) == []
        page.keyboard.press("Escape")
        expect(page.locator("#reader")).to_be_hidden()


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    expect(visit.box).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(visit.answers).to_have_count(1)
    expect(visit.box).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("j")
    expect(page.locator("#passage-1")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#passage-2")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#passage-1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#passage-1 [data-do=read]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reader #here")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#passage-1 [data-do=read]")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(visit.box).to_be_focused()
    page.keyboard.press("Alt+4")
    expect(page.get_by_role("tab", name="关于")).to_have_attribute("aria-selected", "true")
    for key, tab in (("Alt+2", "数据"), ("Alt+3", "报告"), ("Alt+4", "关于")):
        page.keyboard.press(key)
        expect(page.get_by_role("tab", name=tab)).to_be_focused()
    page.keyboard.press("Alt+1")
    expect(visit.box).to_be_focused()
    page.keyboard.press("Alt+n")
    expect(page.locator(".welcome")).to_be_visible()


def test_the_focus_can_be_seen_everywhere(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.page.wait_for_timeout(300)
    seen = set()
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        name, outlined = visit.page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.outerHTML.slice(0, 80), s.outlineStyle != 'none' || s.boxShadow != 'none'"
            " || e == document.body || e.matches('.passage')]; }"
        )
        assert outlined, name
        seen.add(name)
    assert len(seen) > 15


def test_a_conversation_is_there_after_a_reload_and_can_be_left_and_found_again(visit: Visit) -> None:
    page = visit.page
    visit.ask(QUESTION)
    visit.ask("森林覆盖率是多少？")
    visit.reload()
    expect(visit.answers).to_have_count(2)
    expect(page.locator("#passage-1")).to_contain_text("森林覆盖率")  # of the last answer
    expect(visit.box).to_be_focused()
    expect(page.locator(".turn .amount").first).to_have_text(FIGURE)
    page.get_by_role("button", name="查看依据").first.click()
    expect(page.locator("#passage-1")).to_contain_text(FIGURE)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    visit.ask("研发投入强度是多少？")
    page.get_by_role("button", name="历史对话").click()
    dialog = page.get_by_role("dialog", name="历史对话")
    expect(dialog.locator("li")).to_have_count(2)
    dialog.get_by_role("button", name=f"改名 {QUESTION}").click()
    page.keyboard.type("企业<b>")
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="企业<b>", exact=True).click()
    expect(visit.answers).to_have_count(2)
    page.get_by_role("button", name="历史对话").click()
    remove = dialog.get_by_role("button", name="删除 研发投入强度是多少？")
    remove.click()
    expect(dialog.locator("li")).to_have_count(2)  # it is asked for twice
    remove.click()
    expect(dialog.locator("li")).to_have_count(1)
    with page.expect_download() as coming:
        dialog.get_by_role("button", name=re.compile("导出")).click()
    told = Path(coming.value.path()).read_text("utf-8")
    assert told.startswith("# 企业\\<b\\>")
    assert "3715家" in told
    assert "出处：聚焦区县党代会·巴南" in told


def test_a_follow_up_is_asked_by_a_chip_and_understood(visit: Visit) -> None:
    visit.ask(QUESTION)
    chip = visit.turn.locator(".next > button.chip").first
    label = chip.get_attribute("data-question") or ""
    chip.click()
    expect(visit.answers).to_have_count(2)
    expect(visit.turn.locator(".reply")).to_have_class(re.compile("found"))
    expect(visit.turn.locator(".question")).to_contain_text(label)


def test_the_understood_indicator_is_changed(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.turn.locator("summary", has_text="指标").press("Enter")
    edit = visit.turn.get_by_role("textbox", name="指标")
    edit.fill("国家高新技术企业")
    edit.press("Enter")
    expect(visit.answers).to_have_count(2)
    expect(visit.turn.locator(".question")).to_contain_text("国家高新技术企业是多少？")


def test_a_link_opens_the_same_question_in_the_same_reports(browser: Browser, visit: Visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="全部报告").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="好", exact=True).click()
    visit.ask(QUESTION)
    visit.turn.get_by_role("button", name="复制这个问题的链接").click()
    expect(page.locator("#notice")).to_have_text("链接已复制")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "?q=" in link and "&r=" in link
    visit.turn.get_by_role("button", name="复制回答和出处").click()
    expect(page.locator("#notice")).to_have_text("已复制")
    assert "出处：聚焦区县党代会" in page.evaluate("navigator.clipboard.readText()")
    other = browser.new_page(locale="zh-CN")
    other.goto(link)
    expect(other.locator(".turn .amount")).to_have_text(FIGURE)
    assert "?q=" not in other.url  # a reload does not ask again
    other.close()


@pytest.mark.parametrize("key", ["figures", "reports", "about"])
def test_each_tab_has_an_address(visit: Visit, key: str) -> None:
    page = visit.page
    visit.settle()
    page.goto(f"{visit.address}#{key}")
    visit.reload()
    expect(page.locator(f"#tab-{key}-button")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="提问").click()
    assert "#" not in page.url
    page.go_back()
    expect(page.locator(f"#tab-{key}-button")).to_have_attribute("aria-selected", "true")


def test_the_page_speaks_english_and_remembers_it(visit: Visit) -> None:
    page = visit.page
    visit.settle()
    page.get_by_role("button", name="English").click()
    visit.settle()
    expect(page.get_by_role("tab", name="Ask")).to_be_visible()
    expect(page.get_by_role("heading", name="What do you want to know from the reports?")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    visit.reload()
    box = page.get_by_role("textbox", name="Question")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".checked")).to_contain_text("Numbers verified")
    assert complaints_of_axe(visit.page) == []
    visit.settle()
    page.get_by_role("button", name="中文").click()
    visit.settle()
    expect(page.get_by_role("tab", name="提问")).to_be_visible()


def test_the_theme_is_changed_and_remembered(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="深色或浅色").click()
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    visit.reload()
    expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))


def test_what_was_extracted_is_shown_beside_what_is_read(visit: Visit) -> None:
    visit.ask(QUESTION)
    first = visit.page.locator(".passage").first
    expect(first.locator(".why")).to_contain_text("字词相符，排第")
    first.get_by_role("button", name="整理前的原样").click()
    expect(first.locator(".raw pre")).to_be_visible()
    expect(first.locator(".raw li").first).to_be_visible()


def test_a_verdict_is_taken(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.turn.get_by_role("button", name="回答得不对").click()
    visit.turn.get_by_role("button", name="数字不对").click()
    expect(visit.page.locator("#notice")).to_have_text("谢谢，已记在本机")
    visit.reload()
    expect(visit.turn.get_by_role("button", name="回答得不对")).to_have_attribute("aria-pressed", "true")


def test_questions_that_come_quickly_are_all_answered_in_order(visit: Visit) -> None:
    questions = [QUESTION, "森林覆盖率是多少？", "研发投入强度是多少？"]
    for question in questions:
        visit.box.fill(question)
        visit.box.press("Enter")
    # One that waits is seen to wait.
    assert visit.page.locator(".turn").count() == 3
    expect(visit.answers).to_have_count(3)
    shown = visit.page.locator(".turn .question").all_inner_texts()
    assert [text.strip().removeprefix("问：").strip() for text in shown] == questions


def test_with_a_password_each_sees_their_own(browser: Browser, tmp_path: Path) -> None:
    accounts = ",".join(account_line(name, make_secret("long enough")) for name in ("wang", "li"))
    with running(tmp_path / "index", tmp_path / "log.txt", WENBAO_AUTH=accounts) as address:
        page = browser.new_page(locale="zh-CN")

        def sign_in(name: str) -> None:
            page.get_by_label("名字").fill(name)
            page.get_by_label("密码").fill("long enough")
            page.get_by_role("button", name="登录").press("Enter")

        page.goto(f"{address}#figures")
        sign_in("wang")
        expect(page.get_by_role("tab", name="数据", selected=True)).to_be_visible()
        page.get_by_role("tab", name="提问").click()
        page.get_by_role("textbox", name="问题").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator(".turn .amount")).to_have_text(FIGURE)
        page.wait_for_timeout(500)
        page.get_by_role("button", name="退出").click()
        expect(page.get_by_role("button", name="登录")).to_be_visible()
        page.goto(address)
        sign_in("li")
        expect(page.locator(".welcome")).to_be_visible()
        page.get_by_role("button", name="历史对话").click()
        expect(page.get_by_role("dialog")).to_contain_text("还没有对话")
        for nothing in ("删除全部", "导出当前对话（Markdown）"):
            expect(page.get_by_role("button", name=nothing)).to_be_disabled()
        page.keyboard.press("Escape")
        page.context.clear_cookies()
        page.get_by_role("tab", name="数据").click()
        expect(page.locator("#figures-tab .failure")).to_contain_text("登录已过期")
        page.get_by_role("tab", name="提问").click()
        page.get_by_role("textbox", name="问题").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator(".turn .failed")).to_contain_text("登录已过期")
        expect(page.locator(".toast-body.error").first).to_be_hidden()
        page.locator(".turn").get_by_role("button", name="登录").click()
        sign_in("li")
        expect(page.get_by_role("textbox", name="问题")).to_have_value(QUESTION)
        page.close()
