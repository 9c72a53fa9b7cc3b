"""Who asks much waits for themself: the others are answered meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path

import httpx
import pytest

from index import IndexSettings
from retrieval.answer import Answer
from tests.web.fake_index import PROGRAM
from tests.web.running import free_port
from tests.web.samples import Echo
from web.chat import Chat
from web.page import build_page
from web.reports.jobs import MOST_WAITING_EACH, Jobs, TooManyJobsError
from web.server import start
from web.share import MOST, MOST_EACH, CrowdedError, Shares

PATIENCE = 20


async def keep(shares: Shares, name: str, told: list[str], go_on: asyncio.Event) -> None:
    async with shares.turn(name):
        told.append(name)
        await go_on.wait()


def test_each_has_one_turn_and_others_come_before_a_second() -> None:
    async def visit() -> list[str]:
        shares, told, go_on = Shares(2), list[str](), asyncio.Event()
        waiting = [asyncio.create_task(keep(shares, "甲", told, go_on)) for _ in range(3)]
        await asyncio.sleep(0.01)
        waiting += [asyncio.create_task(keep(shares, name, told, go_on)) for name in ("乙", "丙")]
        await asyncio.sleep(0.01)
        assert told == ["甲", "乙"]
        go_on.set()
        await asyncio.gather(*waiting)
        return told

    assert asyncio.run(visit()) == ["甲", "乙", "丙", "甲", "甲"]


def test_too_many_are_refused_and_taken_again_when_they_are_over() -> None:
    async def visit() -> None:
        shares, go_on = Shares(), asyncio.Event()
        waiting = [asyncio.create_task(keep(shares, "甲", [], go_on)) for _ in range(MOST_EACH)]
        await asyncio.sleep(0.01)
        with pytest.raises(CrowdedError):
            await keep(shares, "甲", [], go_on)
        others = MOST - MOST_EACH
        waiting += [asyncio.create_task(keep(shares, str(one), [], go_on)) for one in range(others)]
        await asyncio.sleep(0.01)
        with pytest.raises(CrowdedError):
            await keep(shares, "乙", [], go_on)
        go_on.set()
        await asyncio.gather(*waiting)
        await keep(shares, "甲", [], go_on)

    asyncio.run(visit())


def test_who_gives_up_leaves_no_place_taken() -> None:
    async def visit() -> None:
        shares, go_on = Shares(1), asyncio.Event()
        waiting = [asyncio.create_task(keep(shares, name, [], go_on)) for name in ("甲", "甲", "乙")]
        await asyncio.sleep(0.01)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        go_on.set()
        await asyncio.wait_for(keep(shares, "丙", [], go_on), PATIENCE)

    asyncio.run(visit())


class Slow(Echo):
    """Answers only when it is told to, but 快 at once."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()

    def ask(self, question: str, history: Sequence[str], reports: Sequence[str] = ()) -> Answer:
        if "快" not in question:
            assert self.go_on.wait(PATIENCE)
        return super().ask(question, history, reports)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Slow, str]]:
    answers, port = Slow(), free_port()
    page = start(build_page(Chat(answers)), "127.0.0.1", port, tmp_path)
    yield answers, f"http://127.0.0.1:{port}"
    answers.go_on.set()
    page.close(verbose=False)


def asked(address: str, visitor: str, question: str) -> str:
    # The address of a visitor behind a proxy on this computer.
    headers = {"X-Forwarded-For": visitor}
    with httpx.Client(base_url=address, headers=headers, trust_env=False, timeout=PATIENCE) as client:
        event = client.post("/gradio_api/call/ask", json={"data": [question]}).json()["event_id"]
        return client.get(f"/gradio_api/call/ask/{event}").text


def test_one_who_asks_much_does_not_keep_others_waiting(served: tuple[Slow, str]) -> None:
    answers, address = served
    with ThreadPoolExecutor(2 * MOST_EACH) as pool:
        many = [pool.submit(asked, address, "10.0.0.1", f"慢{n}") for n in range(MOST_EACH + 3)]
        refused = list(islice(as_completed(many, PATIENCE), 3))
        assert all("event: error" in one.result() for one in refused)
        assert "event: complete" in asked(address, "10.0.0.2", "快")
        assert not any(one.done() for one in many if one not in refused)
        answers.go_on.set()
        told = [one.result(PATIENCE) for one in many if one not in refused]
    assert len(told) == MOST_EACH and all("event: complete" in one for one in told)


def test_changes_of_several_visitors_are_made_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    jobs, hold = Jobs(tmp_path, IndexSettings(home=tmp_path), PROGRAM), threading.Event()

    def run(number: int, command: list[str]) -> None:
        assert hold.wait(PATIENCE)
        begun.append(command[-1])

    monkeypatch.setattr(jobs, "_run", run)
    jobs.remove(["甲0"], "甲")
    limit = threading.Event()
    while jobs.jobs()[-1].state != "running":
        limit.wait(0.01)
    for number in range(1, MOST_WAITING_EACH + 1):
        jobs.remove([f"甲{number}"], "甲")
    with pytest.raises(TooManyJobsError):
        jobs.remove(["甲"], "甲")
    jobs.remove(["乙1"], "乙")
    jobs.remove(["乙2"], "乙")
    hold.set()
    while len(begun) < MOST_WAITING_EACH + 3:
        limit.wait(0.01)
    assert begun[:5] == ["甲0", "乙1", "甲1", "乙2", "甲2"]
