"""The page in a real browser: a visit with what it complained of, and how its colours look."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from importlib.resources import files

from playwright.sync_api import Browser, Locator, Page, Request, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


CUT_OFF = re.compile("AbortError|Connection errored out")
AXE = files("axe_playwright_python").joinpath("axe.min.js")
# What is broken for someone: by the rules of WCAG 2.2, levels A and AA.
RULES = """async () => {
  const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]});
  return found.violations.map(rule => rule.id + ": " + rule.nodes.map(node => node.target.join(" ")).join(", "));
}"""


def complaints_of_axe(page: Page) -> list[str]:
    """Return the rules that a page breaks, each with the places."""
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(RULES)
    return found


class Visit:
    """A page with what it complained of, and where it sent requests."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.open: set[Request] = set()
        page.on("request", self._request)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)
        page.goto(address)
        self.box = page.get_by_role("textbox", name="问题")
        self.answers = page.locator(".reply .answer")
        expect(self.box).to_be_visible()
        expect(page.locator("#talk .welcome, #talk .turn").first).to_be_visible()

    def ask(self, question: str) -> None:
        """Type and send a question; return when its answer is there."""
        before = self.answers.count()
        self.box.fill(question)
        self.box.press("Enter")
        expect(self.answers).to_have_count(before + 1)

    def settle(self) -> None:
        """Wait until nothing is on its way: Gradio complains of what is cut off by leaving the page."""
        quiet, limit = 0, time.monotonic() + 20
        while quiet < 6 and time.monotonic() < limit:
            self.page.wait_for_timeout(50)
            quiet = quiet + 1 if not self.open else 0

    def reload(self) -> None:
        """Load the page anew."""
        self.settle()
        self.page.reload()
        self.settle()

    @property
    def turn(self) -> Locator:
        """The newest question and its answer."""
        return self.page.locator(".turn").last

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _ended(self, request: Request) -> None:
        self.open.discard(request)

    def _request(self, request: Request) -> None:
        self.open.add(request)
        if not request.url.startswith((self.address, "data:")):
            self.elsewhere.append(request.url)


def open_page(
    browser: Browser, address: str, width: int, height: int, scheme: str = "light"
) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN",
    )
    visit = Visit(context.new_page(), address)
    yield visit
    context.close()
    # A page that is left while its stream is open says that this was cut off; that is no fault.
    left = any("AbortError" in said for said in visit.complaints)
    complaints = [said for said in visit.complaints if not (left and CUT_OFF.search(said))]
    assert not complaints, complaints
    assert not visit.elsewhere, visit.elsewhere


RGB = """
(node) => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const style = getComputedStyle(node);
  let ground = [0, 0, 0, 0];
  for (let e = node; e && !(ground[3] ?? 1); e = e.parentElement) ground = parse(getComputedStyle(e).backgroundColor);
  return [parse(style.color).slice(0, 3), ground.slice(0, 3)];
}
"""


def luminance(colour: list[float]) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [c / 3294.6 if c <= 10.3 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(page: Page, selector: str) -> float:
    """Contrast of an element's text with what is behind it, WCAG 2.2."""
    lighter, darker = sorted(map(luminance, page.locator(selector).first.evaluate(RGB)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def brightness(page: Page, selector: str) -> float:
    """Mean of red, green and blue of what is behind an element, 0 to 255."""
    ground: list[float] = page.locator(selector).first.evaluate(RGB)[1]
    return sum(ground) / 3
