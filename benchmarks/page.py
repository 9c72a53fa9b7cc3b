"""Time the page in a real browser, and weigh it: what a visitor waits for.

    python benchmarks/page.py --runs 5
    python benchmarks/page.py --runs 5 --index FOLDER --questions benchmarks/questions/provinces.jsonl

Starts ``python app.py`` with the default index, or the one of ``--index``, and opens the page in headless
Chromium, each run with an empty cache.  Printed are the median, the least and the most of the runs: until something is
painted, until one can type, from Enter until the answer is painted, what of it the server computed, what a visit and a
second visit download, and what moved over all answers.  What is over its limit is said, and ends the program with 1.
"""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "tests" / "cases" / "retrieval" / "banan_questions.jsonl"
ASKED = 10
SETTLED = 1500  # milliseconds, until what was under way is done
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# First Contentful Paint (https://web.dev/articles/fcp), bytes and requests, and layout shifts (…/cls).
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
WEIGHT = """() => {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return [all.length, all.reduce((sum, one) => sum + one.transferSize, 0)];
}"""
MOVED = """() => new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(sum), 200);
})"""
# From the key press until the frame is painted in which the answer stands.
ASK = """question => new Promise(resolve => {
  const box = document.querySelector("#question");
  const before = document.querySelectorAll(".reply .answer").length;
  box.value = question;
  const started = performance.now();
  const watch = new MutationObserver(() => {
    if (document.querySelectorAll(".reply .answer").length === before) return;
    watch.disconnect();
    // Painted is what stood there when a frame began, by the task after it.
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
  });
  watch.observe(document.querySelector("#talk"), {childList: true, subtree: true});
  box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}));
})"""

# What the answer says of the time that its computation took.
COMPUTED = "wenbao.stored('chats')[0].turns.at(-1).told.seconds"
# What a visitor takes for at once, and for still: https://web.dev/articles/rail, …/cls
LIMITS = {"first paint (s)": 1.5, "Enter to answer painted, median (ms)": 300, "layout shift": 0.1}

Results = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--index", type=Path, metavar="FOLDER", help="the index to ask")
    parser.add_argument(
        "--questions", type=Path, metavar="FILE", default=QUESTIONS, help="JSONL with “question”"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results here")
    options = parser.parse_args()
    lines = options.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    # The program remembers its answers: each visit asks others.
    visits = [questions[at : at + ASKED] for at in range(0, ASKED * (options.runs + 1), ASKED)]
    with serving(options.index) as address, sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        visit(browser, address, visits[0][:1])  # the first visitor after a start warms the server up
        runs = [visit(browser, address, asked) for asked in visits[1:]]
    results = {name: sorted(run[name] for run in runs) for name in runs[0]}
    print(f"{'':36}{'median':>10}{'least':>10}{'most':>10}")
    for name, values in results.items():
        print(f"{name:36}{statistics.median(values):10.2f}{values[0]:10.2f}{values[-1]:10.2f}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    over = [name for name, limit in LIMITS.items() if statistics.median(results[name]) > limit]
    for name in over:
        print(f"over the limit of {LIMITS[name]}: {name}")
    sys.exit(bool(over))


def visit(browser: Browser, address: str, questions: list[str]) -> Results:
    """Open the page as a new visitor, ask, and open it once more."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    ready = opened(page, address)
    painted = page.evaluate(PAINTED) / 1000
    page.wait_for_timeout(SETTLED)
    requests, weight = page.evaluate(WEIGHT)
    waits, computed = [], []
    for question in questions:
        waits.append(page.evaluate(ASK, question))
        page.wait_for_timeout(SETTLED)
        computed.append(page.evaluate(COMPUTED))
    moved = page.evaluate(MOVED)
    again = opened(page, address)
    page.wait_for_timeout(SETTLED)
    _, weight_again = page.evaluate(WEIGHT)
    context.close()
    return {
        "first paint (s)": painted,
        "ready to type (s)": ready,
        "ready to type again (s)": again,
        "Enter to answer painted, median (ms)": statistics.median(waits),
        "Enter to answer painted, slowest (ms)": max(waits),
        "computed, median (ms)": 1000 * statistics.median(computed),
        "requests": requests,
        "downloaded (KB)": weight / 1000,
        "downloaded again (KB)": weight_again / 1000,
        "layout shift": moved,
    }


def opened(page: Page, address: str) -> float:
    """Open the page; return the seconds until the box to ask in is there."""
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#question")
    return time.perf_counter() - started


@contextmanager
def serving(index: Path | None) -> Iterator[str]:
    """Run the program until it is no longer needed."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "app.py", "--port", str(port), *(["--index", str(index)] if index else [])]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "http://" in line:
                break
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    main()
