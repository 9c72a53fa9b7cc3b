"""Make the pictures of ``docs/images`` anew, from the page as it is now.

    python docs/pictures.py

Serves the report that comes with the program, from an index of its own, and looks at it in headless Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
QUESTION = "科技型企业有多少家？"
LOOKED_UP = "国家高新技术企业有多少家？"
COMPUTED = "国家高新技术企业占科技型企业的百分之几？"
WIDE, PHONE = (1280, 800), (360, 740)
COLOURS = 128  # enough for a page without photographs, at a third of the size
SETTLED = 1000  # milliseconds, until follow-ups are there and nothing moves


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from tests.web.running import running
    from tests.web.visits import CHROMIUM, FLAGS

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with running(Path(folder) / "index", Path(folder) / "log.txt") as address:
            page = opened(browser, address, WIDE, "light")
            take(page, "welcome")
            ask(page, QUESTION)
            take(page, "wide-light")
            ask(page, LOOKED_UP)
            page.locator(".passage [data-do=read]").first.click()
            expect(page.locator("#reader #here")).to_be_in_viewport()
            take(page, "reader")
            page = opened(browser, address, WIDE, "dark")
            for question in (QUESTION, COMPUTED):
                ask(page, question)
            take(page, "wide-dark")
            page = opened(browser, address, PHONE, "light")
            ask(page, QUESTION)
            take(page, "phone")


def opened(browser: Browser, address: str, size: tuple[int, int], scheme: str) -> Page:
    """Return the page as a new visitor sees it; a phone has two pixels where the page has one."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2 if size == PHONE else 1,
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN",
    )
    page.goto(address)
    expect(page.locator("#talk .welcome")).to_be_visible()
    return page


def ask(page: Page, question: str) -> None:
    """Ask a question and wait for its answer."""
    before = page.locator(".reply .answer").count()
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".reply .answer")).to_have_count(before + 1)


def take(page: Page, name: str) -> None:
    """Write what is seen of the page."""
    page.wait_for_timeout(SETTLED)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    main()
