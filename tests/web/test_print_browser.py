"""A PDF from its file to the evidence: the page as it is printed, with a rectangle over the figure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from corpus.layout.lines import character_width
from index import rebuild
from tests.corpus.readers.typed import HEIGHT, WIDTH, Sheet, typed
from tests.web.running import running
from tests.web.visits import CHROMIUM, open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

LEFT, TOP, SIZE = 70, 600, 14
BEFORE, FIGURE = "2024年，全县粮食总产量达到", "42.5万吨"
# What is shown of the picture, and where: parts of it, in per cent.
AREA = """area => {
  const [box, leaf] = [area, area.parentElement].map(one => one.getBoundingClientRect());
  return [100 * (box.left - leaf.left) / leaf.width, 100 * (box.top - leaf.top) / leaf.height,
    100 * box.width / leaf.width, 100 * box.height / leaf.height];
}"""
# The darkest that is printed under the rectangle, 0 to 255: the figure itself.
DARKEST = """area => {
  const picture = area.parentElement.querySelector("img");
  const [scale, at] = [picture.naturalWidth / picture.offsetWidth, document.createElement("canvas")];
  const [width, height] = [area.offsetWidth * scale, area.offsetHeight * scale].map(Math.round);
  Object.assign(at, { width, height });
  const drawn = at.getContext("2d");
  drawn.drawImage(picture, -area.offsetLeft * scale, -area.offsetTop * scale);
  const pixels = drawn.getImageData(0, 0, width, height).data;
  return Math.min(...pixels.filter((_, place) => place % 4 === 0));
}"""


def width_of(text: str) -> float:
    return SIZE * sum(map(character_width, text))


def printed_at() -> list[float]:
    """Left, top, width and height of the figure on its page, in per cent."""
    places, sides = (LEFT + width_of(BEFORE), TOP, width_of(FIGURE), SIZE), (WIDTH, HEIGHT, WIDTH, HEIGHT)
    return [100 * place / side for place, side in zip(places, sides, strict=True)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("printed")
    first = Sheet().text("青河县2024年统计公报", 180, 60, 20).text("综合情况平稳向好。", LEFT, 140, SIZE)
    second = Sheet().text("农业", LEFT, TOP - 60, 16, bold=True)
    second.text(f"{BEFORE}{FIGURE}。", LEFT, TOP, SIZE)
    (folder / "青河县_2024.pdf").write_bytes(typed([first, second]))
    rebuild([folder / "青河县_2024.pdf"], folder / "index")
    with running(folder / "index", folder / "log.txt") as served:
        yield served


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)])
def test_the_figure_is_framed_on_the_picture_of_its_page(
    browser: Browser, address: str, width: int, height: int
) -> None:
    for visit in open_page(browser, address, width, height):
        visit.ask("粮食总产量是多少？")
        expect(visit.turn.locator(".amount")).to_have_text("42.5")
        passage = visit.page.locator("#passage-1")
        passage.scroll_into_view_if_needed()
        expect(passage.locator(".print figcaption")).to_have_text("第 2 页的样子")
        area = passage.locator(".area.asked")
        expect(area).to_have_count(1)
        area.scroll_into_view_if_needed()
        expect(area).to_be_in_viewport(ratio=1)
        assert area.evaluate(AREA) == pytest.approx(printed_at(), abs=1.5)
        assert area.evaluate(DARKEST) < 128
        # The window of the picture opened there by itself.
        assert passage.locator(".paper").evaluate("paper => paper.scrollTop") > 0
