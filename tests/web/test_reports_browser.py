"""The tab 报告 in a real browser: a file is given, progress is shown, it answers, it is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from index import rebuild
from tests.web.running import running
from tests.web.visits import CHROMIUM, Visit, open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

BRIDGES = "青河县政府工作报告\n\n一、回顾\n\n全县建成桥梁{}座，改造农村公路86.4公里。\n\n二、安排\n\n今年计划新建水厂2座。\n"
TREES = "绿山区园林公报\n\n全区栽种行道树3600棵，建成公园5个。\n"
# Milliseconds that a change may take: its process loads the model first.
CHANGE = 120_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "青河县_2023.txt").write_text(BRIDGES.format(12), encoding="utf-8")
    rebuild([folder / "青河县_2023.txt"], folder / "index")
    with running(folder / "index", folder / "log.txt") as served:
        yield served


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    yield from open_page(browser, address, 360, 740, "dark")


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def latest(page: Page, state: str) -> Locator:
    """Return the newest change, once it is in that state."""
    job = page.locator("#reports .job").first
    expect(job).to_have_class(re.compile(rf"\b{state}\b"), timeout=CHANGE)
    return job


def test_upload_ask_compare_and_roll_back(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    open_tab(page, "报告")
    rows = page.locator("#reports .list tbody tr")
    expect(rows).to_have_count(1)
    (tmp_path / "绿山区<b>_2024.txt").write_text(TREES, encoding="utf-8")
    (tmp_path / "空白.txt").write_text(" \n", encoding="utf-8")
    page.locator("#reports-files").set_input_files([tmp_path / "绿山区<b>_2024.txt", tmp_path / "空白.txt"])

    running_job = latest(page, "running")
    expect(running_job.locator(".steps li")).to_have_text(["读取", "清理", "嵌入", "检查", "切换"])
    open_tab(page, "提问")
    visit.ask("建成桥梁多少座？")
    expect(visit.turn).to_contain_text("12座")  # the old index answers meanwhile

    open_tab(page, "报告")
    job = latest(page, "done")
    expect(job.locator(".files .refused")).to_contain_text("空白.txt")
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("绿山区＜b＞_2024.txt")
    job.get_by_role("button", name="查看变化").click()
    expect(page.locator("#reports .diff")).to_contain_text("3600棵")
    page.locator("#reports .diff").get_by_role("link", name="3600棵").click()
    expect(page.locator("#reader mark.asked")).to_have_text("3600棵")
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(rows.first).to_be_visible()

    open_tab(page, "提问")
    visit.ask("全区栽种行道树多少棵？")
    expect(visit.turn).to_contain_text("3600棵")

    open_tab(page, "报告")
    page.locator("#reports [data-rollback]").first.click()
    asked = page.get_by_role("dialog", name="恢复第 1 份索引？")
    expect(asked).to_contain_text("1 份报告")
    page.keyboard.press("Escape")
    expect(asked).not_to_be_visible()
    expect(rows).to_have_count(2)
    expect(page.locator("#reports [data-rollback]").first).to_be_focused()
    page.keyboard.press("Enter")
    asked.get_by_role("button", name="恢复").click()
    expect(rows).to_have_count(1)
    open_tab(page, "提问")
    visit.ask("全区栽种行道树多少棵？")
    expect(visit.turn).not_to_contain_text("3600棵")


def test_a_newer_version_is_dropped_on_the_page_and_another_is_cancelled(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit.page
    open_tab(page, "报告")
    row = page.locator("#reports .list tbody tr", has_text="青河县_2023.txt")
    expect(row).to_be_visible()
    jobs = page.locator("#reports .job")
    before = jobs.count()
    page.evaluate(
        """text => {
          const files = new DataTransfer();
          files.items.add(new File([text], "青河县_2023.txt", { type: "text/plain" }));
          const box = document.querySelector("#reports .drop");
          box.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }""",
        BRIDGES.format(14),
    )
    expect(jobs).to_have_count(before + 1)
    job = latest(page, "done")
    expect(job).to_contain_text("改变 1 个")
    expect(row).to_contain_text("2 个版本")

    page.locator("#reports-files").set_input_files(
        {"name": "另一份.txt", "mimeType": "text/plain", "buffer": TREES.encode()}
    )
    expect(jobs).to_have_count(before + 2)
    cancel = jobs.first.get_by_role("button", name="取消")
    cancel.focus()
    page.keyboard.press("Enter")
    expect(jobs.first.locator(".state")).to_contain_text("取消")
    expect(page.locator("#notice")).to_contain_text("取消")
    latest(page, "cancelled")
    expect(page.locator("#reports .list")).not_to_contain_text("另一份")
    expect(jobs.first.get_by_text("已取消")).to_have_count(1)
    jobs.first.get_by_role("button", name="关闭这条记录").click()
    expect(jobs).to_have_count(before + 1)
    visit.reload()
    expect(jobs).to_have_count(before + 1)  # it stays away
    jobs.first.get_by_role("button", name="撤销").click()
    expect(page.locator("#notice")).to_contain_text("已恢复")
    page.get_by_role("button", name="清除已结束的").click()
    expect(jobs).to_have_count(0)


def test_a_report_at_a_glance_on_a_phone(phone: Visit) -> None:
    page = phone.page
    open_tab(page, "报告")
    page.locator('[data-open="青河县_2023.txt"]').click()
    one = page.locator("#reports .one")
    expect(one).to_contain_text("改造农村公路86.4公里")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    one.get_by_role("link", name="阅读全文").click()
    expect(page.locator("#reader")).to_contain_text("全县建成桥梁")
    assert len(page.context.pages) == 1  # in this page, and not in one of its own
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reports .list table")).to_be_visible()
