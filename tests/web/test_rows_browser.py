"""Tables of reports in a real browser: on a phone the asked cell is in view, the keyboard reaches it, copies are text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from index import rebuild
from tests.web.running import running
from tests.web.visits import CHROMIUM, Visit, complaints_of_axe, contrast, open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

HEADS = "镇,工业总产值（万元）,农业总产值（万元）,旅游收入（万元）,常住人口（人）,图书馆藏书（册）"
TOWNS = ("东镇", "西镇", "南镇", "北镇")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("tables")
    lines = [f"{town},{at}510,{at}620,{at}730,{at}8400,{at}9500" for at, town in enumerate(TOWNS, start=1)]
    (folder / "青河县2024年各镇指标.csv").write_text("\n".join([HEADS, *lines]), encoding="utf-8")
    rebuild([folder / "青河县2024年各镇指标.csv"], folder / "index")
    with running(folder / "index", folder / "log.txt") as served:
        yield served


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    yield from open_page(browser, address, 360, 740, "dark")


def test_a_wide_table_opens_at_the_asked_cell(phone: Visit) -> None:
    phone.ask("南镇图书馆藏书多少册？")
    table = phone.page.locator("#proof .passage .rows").first
    asked = table.locator("td.asked")
    expect(asked).to_have_text("39500")
    expect(table.locator("tr.asked th")).to_have_text("南镇")
    expect(asked).to_be_in_viewport()
    # The row's name stays beside it.
    expect(table.locator("tr.asked th")).to_be_in_viewport()
    left, right = table.evaluate(
        """(box) => { const [a, b] = [box, box.querySelector("td.asked")].map((one) => one.getBoundingClientRect());
        return [b.left - a.left, a.right - b.right]; }"""
    )
    assert left > 0 and right > -2
    expect(table).to_have_attribute("tabindex", "0")
    assert contrast(phone.page, "#proof td.asked") >= 4.5
    assert not complaints_of_axe(phone.page)


def test_a_table_that_fits_is_no_stop_and_copies_as_text(visit: Visit) -> None:
    visit.ask("南镇工业总产值多少万元？")
    table = visit.page.locator("#proof .passage .rows").first
    expect(table.locator("td.asked")).to_have_text("3510")
    copied = table.evaluate(
        "(box) => { getSelection().selectAllChildren(box); return getSelection().toString(); }"
    )
    [row] = [line.split("\t") for line in copied.splitlines() if line.startswith("南镇")]
    assert row == ["南镇", "3510", "3620", "3730", "38400", "39500"]
    visit.page.locator("#proof [data-do=read]").first.click()
    whole = visit.page.locator("#reader .rows")
    expect(whole).to_have_count(1)
    expect(whole.locator("tbody tr")).to_have_count(len(TOWNS))
    expect(whole.locator("#here")).to_be_in_viewport()
