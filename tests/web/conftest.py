"""What tests in a browser share; ``address`` is that of the page that a module serves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.web.visits import CHROMIUM, FLAGS, Visit, open_page

# Milliseconds: a slow machine is no failure.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    yield from open_page(browser, address, 1280, 800)
