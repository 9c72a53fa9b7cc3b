"""The tab 报告: changes in a process of their own, what is taken from a visitor, and what is shown."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from index import GenerationStore, IndexSettings, rebuild
from index.holdings import FileLibrary
from tests.fakes import FakeEncoder
from tests.web.fake_index import PROGRAM
from tests.web.pages import Page
from tests.web.running import free_port
from tests.web.samples import Echo
from web.chat import Chat
from web.current import Library
from web.desk import Desk
from web.i18n import Words, words
from web.page import Tab, build_page
from web.reports.answers import Reports
from web.reports.jobs import MOST_WAITING, Job, Jobs, TooManyJobsError
from web.reports.render import day_shown
from web.reports.tab import build_reports_tab
from web.server import start
from web.source import source_routes

BRIDGES = "青河县政府工作报告\n\n一、回顾\n\n全县建成桥梁12座，改造农村公路86.4公里，完成交通投资3.2亿元，增长15%。\n\n二、安排\n\n今年计划新建水厂2座。\n"
TREES = "全区栽种行道树3600棵，建成公园5个。"
CASES = Path(__file__).parents[1] / "cases" / "web" / "hostile_texts.jsonl"
HOSTILE = [json.loads(line)["text"] for line in CASES.read_text("utf-8").splitlines()]
CHINESE = words("zh-CN")


class Shop:
    """A home with an index of one report, its jobs, and what the page would ask."""

    def __init__(self, home: Path) -> None:
        self.settings = IndexSettings(home=home)
        self.report = home / "资料" / "青河县_2023.txt"
        self.report.parent.mkdir(parents=True)
        self.report.write_text(BRIDGES, encoding="utf-8")
        rebuild([self.report], settings=self.settings, encoder=FakeEncoder())
        self.current = Library(self.settings.index_dir, FakeEncoder())
        self.jobs = Jobs(self.settings.index_dir, self.settings, PROGRAM)
        self.uploaded: set[str] = set()
        self.reports = self.open(read_only=False)

    def open(self, read_only: bool) -> Reports:
        desk = Desk(self.current, self.settings, self.settings.index_dir, FakeEncoder(), read_only)
        return Reports(desk, self.jobs, self.uploaded)

    def upload(self, name: str, text: str) -> dict[str, str]:
        """Return what the page sends of a file that Gradio has taken."""
        path = self.settings.home.parent / f"gradio{len(self.uploaded)}" / "file"
        path.parent.mkdir()
        path.write_bytes(text.encode(errors="replace"))
        self.uploaded.add(str(path))
        return {"path": str(path), "name": name}

    def act(self, do: str, **sent: Any) -> dict[str, Any]:
        return self.reports.act({"do": do, **sent}, CHINESE)

    def last(self) -> Job:
        return self.jobs.jobs()[0]

    def finished(self) -> Job:
        """Wait for the last job and return it."""
        self.until(lambda: not self.last().active)
        return self.last()

    def until(self, true: Callable[[], bool]) -> None:
        limit = time.monotonic() + 60
        while not true():
            assert time.monotonic() < limit, self.last()
            time.sleep(0.02)

    def look(self, **known: Any) -> dict[str, Any]:
        return self.reports.look(known, CHINESE)

    def shown(self, words: Words = CHINESE) -> list[Page]:
        """Return the changes as they are shown, the newest first."""
        return [Page(job["html"]) for job in self.reports.look({}, words)["jobs"]]

    @property
    def names(self) -> list[str]:
        return [entry.name for entry in self.current.manifest.reports]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path / "家")
    yield shop
    shop.jobs.close()
    shop.until(lambda: not any(job.state == "running" for job in shop.jobs.jobs()))


def test_an_uploaded_report_is_indexed_and_answers(shop: Shop) -> None:
    before = shop.look()
    sent = [shop.upload("../绿化📗.txt", TREES), shop.upload("空白.txt", " ")]
    assert shop.act("add", files=sent, newer=True) == {"said": CHINESE("reports.said.add")}
    assert shop.look()["busy"]
    job = shop.finished()
    assert (job.state, job.names) == ("done", ("绿化📗.txt", "空白.txt"))
    assert job.outcome is not None
    assert [failure.path.name for failure in job.outcome.failures] == ["空白.txt"]
    assert job.outcome.changes is not None and job.outcome.changes.new == 2
    shop.until(lambda: not list(shop.jobs.incoming.iterdir()))  # the library has its own copy
    assert "3600棵" in shop.current.ask("栽种了多少棵行道树？", ()).text
    after = shop.look(version=before["version"], generation=before["generation"])
    assert "绿化📗.txt" in Page(after["list"]).text
    assert "空白.txt" in shop.shown()[0].text
    assert Page(after["versions"]).attributes("data-rollback") == [before["generation"]]
    quiet = shop.look(version=after["version"], generation=after["generation"])
    assert set(quiet) == {"run", "version", "generation", "busy"}
    assert not quiet["busy"]


def test_a_newer_version_removal_and_rollback(shop: Shop) -> None:
    newer = shop.upload("青河县_2023.txt", BRIDGES.replace("12座", "14座"))
    shop.act("add", files=[newer], newer=True)
    assert shop.finished().state == "done"
    assert "14座" in shop.current.ask("建成桥梁多少座？", ()).text
    assert CHINESE("reports.versions", number=2) in Page(shop.look()["list"]).text
    shop.act("add", files=[shop.upload("绿化.txt", TREES)])
    shop.finished()
    shop.act("remove", report="青河县_2023.txt")
    assert shop.finished().state == "done"
    assert shop.names == ["绿化.txt"]
    earlier = GenerationStore(shop.settings.index_dir).names()[-2]
    assert shop.act("rollback", generation=earlier) == {"said": ""}
    assert sorted(shop.names) == ["绿化.txt", "青河县_2023.txt"]
    compared = shop.reports.changes([earlier, GenerationStore(shop.settings.index_dir).names()[-1]], CHINESE)
    assert "青河县_2023.txt" in Page(compared["html"]).text
    assert "没有名为" in shop.act("rollback", generation="000077-20260101T000000Z")["error"]


def test_a_report_is_replaced_by_a_file_of_another_name(shop: Shop) -> None:
    sent = shop.upload("青河县_修订.txt", BRIDGES.replace("12座", "15座"))
    shop.act("replace", report="青河县_2023.txt", files=[sent])
    job = shop.finished()
    assert job.outcome is not None and job.outcome.changes is not None
    assert shop.names == ["青河县_修订.txt"]
    assert job.outcome.changes.changed == 1
    assert shop.shown()[0].styled("file-state") == ["已换上"]
    older, newer = GenerationStore(shop.settings.index_dir).names()
    told = Page(shop.reports.changes([older, newer], CHINESE)["html"])
    desk = Desk(shop.current, shop.settings, shop.settings.index_dir, FakeEncoder())
    reader = TestClient(Starlette(routes=source_routes(desk)))
    read = [reader.get(f"/{address}").text for address in told.attributes("href")]
    said = [re.findall('<mark class="asked">(.*?)</mark>', page) for page in read]
    assert said == [[], ["12座"], ["15座"]]  # the revised report, then the figure before and after
    assert told.attributes("data-do") == ["read"] * 3


def test_progress_is_shown_and_a_running_change_can_be_cancelled(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLOW_SECONDS", "0.5")
    long = "\n\n".join(
        f"第{number}区栽种行道树{number + 100}棵，" + "建成公园，" * 30 + "完成。" for number in range(20)
    )
    before = shop.names
    shop.act("add", files=[shop.upload("绿化.txt", long)])
    shop.until(lambda: bool((known := shop.last().progress) and known.stage == "嵌入" and known.done > 2))
    shown = shop.shown()[0]
    assert shown.styled("now") == ["嵌入"]
    assert shown.styled("over") == ["读取", "清理"]
    [number] = shown.attributes("data-cancel")
    assert "12座" in shop.current.ask("建成桥梁多少座？", ()).text, "the old index answers meanwhile"
    shop.act("cancel", job=int(number))
    assert shop.finished().state == "cancelled"
    assert shop.names == before
    assert FileLibrary(shop.settings.home / "reports").files() == ()
    assert not list(GenerationStore(shop.settings.index_dir).generations_dir.glob("*.partial"))


def test_changes_wait_for_each_other_and_one_that_waits_can_be_cancelled(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLOW_SECONDS", "0.3")
    for name in ("甲", "乙", "丙"):
        shop.act("add", files=[shop.upload(f"{name}.txt", f"{name}区建成公园5个，栽种行道树3600棵。")])
    third, second, _first = shop.jobs.jobs()
    assert second.state == third.state == "waiting"
    shop.act("cancel", job=second.number)
    assert shop.finished().state == "done"
    assert sorted(shop.names) == sorted(["青河县_2023.txt", "甲.txt", "丙.txt"])
    assert [job.state for job in shop.jobs.jobs()] == ["done", "cancelled", "done"]
    shop.until(lambda: not list(shop.jobs.incoming.iterdir()))


def test_another_process_that_rebuilds_is_waited_for(shop: Shop) -> None:
    with GenerationStore(shop.settings.index_dir).locked():
        shop.act("add", files=[shop.upload("绿化.txt", TREES)])
        shop.until(lambda: bool((known := shop.last().progress) and known.stage == "等待"))
    assert shop.finished().state == "done"


def test_what_cannot_be_done_is_told(shop: Shop) -> None:
    shop.act("remove", report="没有.txt")
    job = shop.finished()
    assert job.state == "failed"
    assert "没有名为“没有.txt”的报告" in shop.shown()[0].text
    [english] = shop.shown(words("en"))
    assert "The index has no report named 没有.txt. Those it has: 青河县_2023.txt." in english.text


def test_a_process_that_dies_is_told_and_the_next_runs(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIE", "1")
    shop.act("remove", report="青河县_2023.txt")
    assert shop.finished().state == "failed"
    assert "索引没有改动" in str(shop.last().error)
    monkeypatch.delenv("DIE")
    shop.act("add", files=[shop.upload("绿化.txt", TREES)])
    assert shop.finished().state == "done"


def test_too_many_changes_are_refused(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLOW_SECONDS", "60")
    told = [shop.act("remove", report=f"{number}.txt") for number in range(MOST_WAITING + 3)]
    assert told[-1] == {"error": CHINESE("reports.toomany")}
    with pytest.raises(TooManyJobsError):
        shop.jobs.remove(["甲"])


@pytest.mark.parametrize("do", ["add", "replace", "remove", "cancel", "rollback"])
def test_read_only_refuses_whatever_would_change_something(shop: Shop, do: str) -> None:
    closed = shop.open(read_only=True)
    sent = {"do": do, "files": [shop.upload("绿化.txt", TREES)], "report": "青河县_2023.txt"}
    assert closed.act(sent, CHINESE) == {"error": CHINESE("reports.readonly")}
    assert shop.jobs.jobs() == ()
    shown = closed.frame(CHINESE) + "".join(closed.look({}, CHINESE)[part] for part in ("list", "versions"))
    assert "input" not in {tag for tag, _ in Page(shown).tags}
    assert not any(name in shown for name in ("data-remove", "data-replace", "data-rollback"))
    assert CHINESE("reports.generations.kept") in shown and "恢复" not in closed.look({}, CHINESE)["versions"]


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../../app.py", "", "资料/青河县_2023.txt", str(Path(__file__).resolve())]
)
def test_only_uploaded_files_are_taken(shop: Shop, path: str) -> None:
    shop.upload("绿化.txt", TREES)
    with pytest.raises(ValueError, match="uploaded"):
        shop.act("add", files=[{"path": path, "name": "绿化.txt"}])
    assert shop.jobs.jobs() == ()


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        {"do": "format"},
        {"do": "add", "files": "all"},
        {"do": "add", "files": []},
        {"do": "cancel", "job": -1},
        {"do": "remove", "report": "x" * 5000},
        {"do": "remove", "report": "甲", "sudo": True},
        {"do": "add", "files": [{"path": "a", "name": "b"}] * 51},
    ],
)
def test_requests_that_no_page_makes_are_refused(shop: Shop, sent: Any) -> None:
    with pytest.raises(ValueError):
        shop.reports.act(sent, CHINESE)
    assert shop.jobs.jobs() == ()


def test_a_change_that_is_being_cancelled_says_so_and_is_told_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLOW_SECONDS", "0.5")
    shop.act(
        "add", files=[shop.upload("绿化.txt", "\n\n".join(f"第{n}区建成公园{n}个。" * 30 for n in range(9)))]
    )
    # Between two passages it looks whether it is to stop; one that has not begun ends at once.
    shop.until(lambda: "嵌入" in str(shop.last().progress))
    shop.act("cancel", job=shop.last().number)
    look = shop.look()
    [asked] = (Page(job["html"]) for job in look["jobs"])
    assert asked.styled("state") == [CHINESE("reports.state.stopping")]
    assert asked.attributes("aria-disabled") == ["true"]
    assert look["busy"]
    assert shop.finished().state == "cancelled"
    [ended] = shop.shown()
    assert ended.text.count("已取消") == 1
    assert ended.attributes("data-dismiss") == [str(shop.last().number)]


def test_each_file_of_an_upload_is_told_as_it_goes(shop: Shop) -> None:
    names = ("甲.txt", "空白.txt", "乙.txt", "青河县_2023.txt")
    texts = (TREES, " ", f"{TREES}另有亭子8座。", BRIDGES)
    sent = [shop.upload(name, text) for name, text in zip(names, texts, strict=True)]
    shop.act("add", files=sent)
    waiting = shop.last().files
    assert [file.name for file in waiting] == list(names)
    job = shop.finished()
    assert [file.state for file in job.files] == ["read", "refused", "read", "refused"]
    assert [file.reason.code for file in job.files if file.reason] == ["file.empty", "file.same"]
    [chinese], [english] = shop.shown(), shop.shown(words("en"))
    assert chinese.styled("file-state") == ["已添加", "没有收下", "已添加", "没有收下"]
    assert english.styled("file-state") == ["Added", "Not taken", "Added", "Not taken"]
    assert "2 reports added, 2 files not taken." in english.text
    assert "holds no text" in english.text


def test_what_was_done_can_be_taken_back_until_something_else_is_done(shop: Shop) -> None:
    shop.act("add", files=[shop.upload("绿化.txt", TREES)])
    shop.finished()
    shop.act("remove", report="绿化.txt")
    shop.finished()
    removed, added = shop.shown()
    assert added.attributes("data-undo") == [], "that would take back the removal, too"
    [before] = removed.attributes("data-undo")
    assert shop.look()["jobs"][0]["said"] == "已移除“绿化.txt”。"
    shop.act("rollback", generation=before)
    assert sorted(shop.names) == sorted(["青河县_2023.txt", "绿化.txt"])
    restored = shop.look()["jobs"][0]
    assert restored["said"] == "已恢复第 2 份索引。"
    shop.act("rollback", generation=restored["undo"])
    assert shop.names == ["青河县_2023.txt"]


def test_cancelling_what_is_over_or_was_never_there_does_nothing(shop: Shop) -> None:
    assert shop.act("cancel", job=99) == {"said": CHINESE("reports.said.cancel")}
    shop.act("remove", report="没有")
    shop.finished()
    shop.act("cancel", job=shop.last().number)
    assert shop.last().state == "failed"


def test_a_report_at_a_glance(shop: Shop) -> None:
    shown = Page(shop.reports.open(["", "青河县_2023.txt"], CHINESE)["html"])
    assert "青河县政府工作报告" in shown.text
    assert "全县建成桥梁12座，改造农村公路86.4公里，完成交通投资3.2亿元，增长15%。" in shown.text
    assert "3.2亿元" in shown.text
    assert shown.attributes("href")[0] == f"source/{shop.current.generation}/0"
    at = BRIDGES.index("全县建成")
    assert any(f"?start={at - 2}&" in address for address in shown.attributes("href"))
    assert shop.reports.open(["", "没有"], CHINESE) == {"error": CHINESE("reports.gone")}


@pytest.mark.parametrize(
    ("name", "day", "shown"),
    [
        ("公报_2021-12.txt", date(2021, 12, 1), "2021-12"),
        ("2025年报告.txt", date(2025, 1, 1), "2025"),
        ("2024年统计公报.txt", date(2024, 12, 31), "2024"),
        ("2024年统计公报.txt", date(2025, 3, 1), "2025-03-01"),
        ("公报.txt", None, ""),
    ],
)
def test_a_day_is_shown_as_far_as_it_is_known(shop: Shop, name: str, day: date | None, shown: str) -> None:
    [entry] = shop.current.manifest.reports
    assert day_shown(replace(entry, name=name, identity=replace(entry.identity, day=day))) == shown


def test_hostile_names_are_shown_as_text(shop: Shop) -> None:
    whole = [text.encode(errors="replace").decode() for text in HOSTILE]  # a page sends no half characters
    sent = [shop.upload(f"{text[:100]}.txt", f"{text}\n\n{TREES}\n") for text in whole]
    shop.act("add", files=sent)
    assert shop.finished().state == "done"
    assert len(shop.names) == 1 + len(HOSTILE)
    look = shop.look()
    first, second = GenerationStore(shop.settings.index_dir).names()
    changed = shop.reports.changes([first, second], CHINESE)["html"]
    opened = [shop.reports.open(["", name], CHINESE)["html"] for name in shop.names]
    for markup in (look["list"], *(job["html"] for job in look["jobs"]), look["versions"], changed, *opened):
        tags = {tag for tag, _ in Page(markup).tags}
        assert not tags & {"script", "img", "iframe", "form", "style", "object", "link", "meta"}
        assert all(address.startswith("source/0") for address in Page(markup).attributes("href"))
        assert not any(key.startswith("on") for _, attributes in Page(markup).tags for key in attributes)


def test_several_visitors_may_give_files_at_once(shop: Shop) -> None:
    sent = [shop.upload(f"{number}.txt", f"第{number}区建成公园{number + 5}个。") for number in range(3)]
    threads = [threading.Thread(target=shop.act, args=["add"], kwargs={"files": [file]}) for file in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shop.until(lambda: not any(job.active for job in shop.jobs.jobs()))
    assert len(shop.names) == 4


@pytest.fixture(params=[0, 1000], ids=["read only", "with a limit"])
def served(shop: Shop, request: pytest.FixtureRequest) -> Iterator[tuple[int, str]]:
    """A server that takes files of so many bytes, and its address."""
    limit: int = request.param
    desk = Desk(shop.current, shop.settings, shop.settings.index_dir, FakeEncoder(), read_only=limit == 0)
    page = build_page(Chat(Echo()), [Tab("reports", partial(build_reports_tab, desk))])
    server = start(page, "127.0.0.1", free_port(), shop.settings.home, upload_limit=limit)
    yield limit, str(server.local_url)
    server.close(verbose=False)


def test_the_server_takes_no_more_than_it_may(served: tuple[int, str]) -> None:
    limit, address = served
    for size in (10, 999, 5000):
        sent = httpx.post(
            f"{address}gradio_api/upload", files={"files": ("年报.txt", b"a" * size)}, trust_env=False
        )
        assert sent.status_code == (200 if size < limit else 413), size


@pytest.mark.parametrize("served", [1000], indirect=True)
def test_what_the_page_asks_comes_through_the_server(served: tuple[int, str]) -> None:
    _limit, address = served
    parts = httpx.get(f"{address}config", trust_env=False).json()["components"]
    [tab] = [part["id"] for part in parts if part["props"].get("elem_id") == "reports"]

    def ask(name: str, sent: object) -> Any:
        body = {"session_hash": "a", "component_id": tab, "fn_name": name, "data": sent}
        return httpx.post(f"{address}gradio_api/component_server", json=body, trust_env=False).json()

    assert "青河县" in ask("look", {})["list"]
    assert "青河县" in ask("open", ["", "青河县_2023.txt"])["html"]
    assert ask("act", {"do": "cancel", "job": 7}) == {"said": CHINESE("reports.said.cancel")}
