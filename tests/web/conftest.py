"""What tests in a browser share; a module that serves other reports has an ``address`` of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.web.running import running
from tests.web.visits import CHROMIUM, FLAGS, Visit, open_page

# Milliseconds: a slow machine is no failure.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with the report that comes with the program, which no test changes."""
    folder = tmp_path_factory.mktemp("served")
    with running(folder / "index", folder / "log.txt") as served:
        yield served


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    yield from open_page(browser, address, 1280, 800)
