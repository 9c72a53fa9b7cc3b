"""The box to ask in, what opens below a chip, and what stays in its place: in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from index import IndexSettings, rebuild
from index.encode import load_encoder
from retrieval.answer import Answer
from retrieval.retriever import LONGEST_QUESTION
from tests.web.running import free_port, running
from tests.web.visits import CHROMIUM, Visit, open_page
from web.chat import Chat, Inquiry
from web.current import Library
from web.page import build_page
from web.server import start

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
]

SIZES = {"wide": (1440, 900), "tablet": (768, 1024), "phone": (360, 740)}
QUESTIONS = Path(__file__).parents[1] / "cases" / "retrieval" / "banan_questions.jsonl"
ASKED = 10
# Everything that the page moved after it was there, in parts of the screen: https://web.dev/articles/cls
WATCH = """() => {
  window.moved = [];
  window.watching?.disconnect();
  window.watching = new PerformanceObserver(list => { for (const one of list.getEntries()) moved.push(one.value); });
  watching.observe({type: "layout-shift"});
}"""
# The key as a program presses it: what moves soon after a person's own input is not counted.
ENTER = """box => box.dispatchEvent(
  new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}))"""
REPORTS = {
    f"2024年{place}统计公报.txt": f"2024年{place}统计公报\n\n2024年，全省粮食总产量{amount}万吨，比上年增长1.{at}%。"
    f"茶园面积{amount + 7}万亩。\n"
    for at, (place, amount) in enumerate(
        {"青海省": 118, "宁夏": 380, "甘肃省": 1270, "陕西省": 1330, "山西省": 1460}.items()
    )
}


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("several")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    rebuild([folder], folder / "index")
    with running(folder / "index", folder / "log.txt") as served:
        yield served


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_what_a_chip_opens_can_be_seen_whole(browser: Browser, several: str, size: tuple[int, int]) -> None:
    for visit in open_page(browser, several, *size):
        visit.ask("青海的粮食总产量是多少？")
        visit.ask("甘肃的粮食总产量是多少？")
        expect(visit.turn.locator(".next > button").first).to_be_visible()
        visit.settle()
        for name in ("地区", "指标"):
            chip = visit.turn.locator("summary", has_text=name)
            chip.click()
            opened = visit.turn.locator("details[open] > :last-child")
            expect(opened).to_be_in_viewport(ratio=1)
            covered = """list => {
              const { left, right, top, bottom } = list.getBoundingClientRect();
              const corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
              return corners.filter(([x, y]) => {
                const there = document.elementFromPoint(x + (x === left ? 12 : -12), y + (y === top ? 12 : -12));
                return !list.contains(there);
              });
            }"""
            assert opened.evaluate(covered) == []
        visit.page.keyboard.press("Escape")
        expect(visit.turn.locator("details[open]")).to_have_count(0)
        expect(chip).to_be_focused()


class Slow(Chat):
    """Answers when it is told to."""

    go_on = Event()

    def answer(self, inquiry: Inquiry) -> Answer:
        assert self.go_on.wait(20)
        return super().answer(inquiry)


@pytest.fixture(scope="module")
def slow(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = IndexSettings(home=built_home)
    answers, port = Library(settings.index_dir, load_encoder(settings)), free_port()
    page = start(build_page(Slow(answers)), "127.0.0.1", port, tmp_path_factory.mktemp("slow"))
    yield f"http://127.0.0.1:{port}/"
    page.close(verbose=False)


@pytest.mark.parametrize("served", ["address", "slow"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_next_to_nothing_moves_over_ten_answers(
    browser: Browser, served: str, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    lines = QUESTIONS.read_text("utf-8").splitlines()[:ASKED]
    moved: list[float] = []
    for visit in open_page(browser, request.getfixturevalue(served), *size):
        for count, question in enumerate((json.loads(line)["question"] for line in lines), start=1):
            visit.page.evaluate(WATCH)
            visit.box.fill(question)
            Slow.go_on.clear()
            visit.box.evaluate(ENTER)
            if served == "slow":
                expect(visit.page.locator("#app:not(.asking) .turn .pending")).to_be_visible()
                expect(visit.page.locator("#passage-1")).to_be_attached()
            Slow.go_on.set()
            expect(visit.answers).to_have_count(count)
            visit.settle()
            moved.append(sum(visit.page.evaluate("moved")))
    assert sum(moved) <= 0.1, moved


@pytest.mark.parametrize("question", ["", "   ", "\n\n"])
def test_nothing_is_asked_with_an_empty_box(visit: Visit, question: str) -> None:
    visit.box.fill(question)
    visit.box.press("Enter")
    visit.page.get_by_role("button", name="提问", exact=True).click()
    visit.settle()
    expect(visit.page.locator(".turn")).to_have_count(0)
    expect(visit.page.locator(".welcome")).to_be_visible()
    expect(visit.box).to_be_focused()


def test_how_much_may_still_be_typed_is_seen_and_said(visit: Visit) -> None:
    hint, said = visit.page.locator("#limit"), visit.page.locator("#limit-said")
    visit.box.fill("问" * (LONGEST_QUESTION - 100))
    expect(hint).to_be_empty()
    visit.box.fill("问" * (LONGEST_QUESTION - 20))
    expect(hint).to_have_text("还可以输入 20 字")
    expect(said).to_have_text("还可以输入 20 字")
    expect(said).to_have_role("status")
    visit.box.fill("问" * (LONGEST_QUESTION + 7))
    expect(hint).to_contain_text("超出 7 字")
    expect(said).to_contain_text(f"最多 {LONGEST_QUESTION} 字")
    expect(visit.box).to_have_attribute("aria-invalid", "true")
    visit.box.press("Enter")
    visit.settle()
    expect(visit.page.locator(".turn")).to_have_count(0)
    assert len(visit.box.input_value()) == LONGEST_QUESTION + 7  # nothing is lost


def held_back(page: Page, holds: str) -> list[Route]:
    """Keep what the page sends with ``holds`` in it, the first time; it is in the list as soon as it was sent."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        if not held and holds in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route("**/queue/join*", keep)
    return held


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_what_is_asked_before_the_page_is_ready_is_answered_then(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    page = browser.new_page(locale="zh-CN", viewport={"width": size[0], "height": size[1]})
    held = held_back(page, '"turns"')
    page.goto(address)
    expect(page.locator("#talk .welcome")).to_be_visible()
    while not held:
        page.wait_for_timeout(50)
    page.evaluate(WATCH)
    page.locator("#question").fill("科技型企业有多少家？")
    page.locator("#question").evaluate(ENTER)
    page.wait_for_timeout(1500)  # long enough for an answer, over which the conversation would be put
    expect(page.locator(".turn .pending")).to_be_visible()
    held[0].continue_()
    expect(page.locator(".turn .amount")).to_have_text("3715")
    expect(page.locator("#passage-1")).to_contain_text("3715")
    expect(page.locator(".welcome")).to_have_count(0)
    assert sum(page.evaluate("moved")) <= 0.02
    page.close()


def test_where_no_answer_comes_one_can_try_again(visit: Visit) -> None:
    page, question = visit.page, "科技型企业有多少家？"
    visit.settle()
    page.clock.install()
    held = held_back(page, question)
    visit.box.fill(question)
    visit.box.press("Enter")
    expect(visit.turn.locator(".pending")).to_be_visible()
    while not held:
        page.wait_for_timeout(50)
    page.clock.fast_forward(60_000)
    expect(visit.turn).to_contain_text("没有得到回答")
    expect(page.locator(".pending")).to_have_count(0)
    visit.turn.get_by_role("button", name="再试一次").click()
    page.clock.run_for(2_000)
    expect(visit.turn.locator(".amount")).to_have_text("3715")
    expect(page.locator(".turn")).to_have_count(1)
    held[0].continue_()
    visit.settle()


LOSE = """
  const make = Range.prototype.createContextualFragment;
  window.lost = 0;
  Range.prototype.createContextualFragment = function (html) {
    if (html.includes('class="passage"') && !lost++) throw new Error("lost");
    return make.call(this, html);
  };
"""


def test_evidence_that_was_lost_is_fetched_again(browser: Browser, address: str) -> None:
    for _ in range(2):  # the second time the answer is known, and its evidence comes once only
        page = browser.new_page(locale="zh-CN")
        page.add_init_script(LOSE)
        page.goto(address)
        page.locator("#question").fill("科技型企业有多少家？")
        page.keyboard.press("Enter")
        expect(page.locator(".turn .amount")).to_have_text("3715")
        page.wait_for_function("lost > 1")
        expect(page.locator("#passage-1")).to_contain_text("3715")
        page.close()


# Gradio's page takes what comes on its stream one by one; where much is to do all of it comes at once.
AT_ONCE = """
  const later = window.setTimeout;
  const kept = [];
  window.setTimeout = (run, wait, message, ...more) => {
    if (!message?.event_id) return later(run, wait, message, ...more);
    kept.push(() => run(message));
    if (message.msg === "process_completed") later(() => kept.splice(0).forEach((one) => one()));
  };
"""


def test_evidence_and_chart_are_there_where_all_messages_come_at_once(browser: Browser, several: str) -> None:
    page, question = browser.new_page(locale="zh-CN"), "各省的粮食总产量是多少？"
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.post_data or "") if "join" in request.url else None
    )
    page.add_init_script(AT_ONCE)
    page.goto(several)
    expect(page.locator("#talk .welcome")).to_be_visible()
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .next > button").first).to_be_visible()
    expect(page.locator("#passage-1")).to_contain_text("粮食总产量")
    expect(page.locator("#chart svg.marks")).to_contain_text("118万吨")
    page.wait_for_timeout(1000)  # after which what was lost would be fetched
    assert len([one for one in sent if question in one]) == 1
    page.close()
