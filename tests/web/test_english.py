"""The page in English: nothing but what reports hold is Chinese, and that is marked as such."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corpus.messages import says
from corpus.repair import REPAIRS as TABLE
from index.errors import Failure
from index.events import ChangeCounts, Outcome
from index.watch import Progress
from tests.web.samples import Echo, answer, passage
from web.i18n import words
from web.render import turn, welcome
from web.reports import render
from web.reports.jobs import ENDED, Job, JobFile
from web.spoken import REPAIRS, place_of
from web.told import tell

ENGLISH = words("en")
CHINESE = re.compile("[\u3007\u3400-\u9fff]")
VOID = {"img", "input", "br"}
# What a reader hears besides the text.
HEARD = ("aria-label", "title", "alt", "placeholder")
# Names and words of the sample reports, which may stand in an English sentence.
CONTENT = re.compile("样例公报|粮食总产量是多少？|公园|甲|\\.txt")


class Walk(HTMLParser):
    """Collects the Chinese of some HTML that is not in an element marked as Chinese."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        inside = bool(self._open) and self._open[-1]
        marked = known["lang"] == "zh-CN" if "lang" in known else inside
        if not marked:
            said = [CONTENT.sub("", known.get(name) or "") for name in HEARD]
            self.found += [text for text in said if CHINESE.search(text)]
        if tag not in VOID:
            self._open.append(marked)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if CHINESE.search(data) and not (self._open and self._open[-1]):
            self.found.append(data.strip())


REASON = says("file.empty", "“{name}”里没有文字，不能作为报告使用。请换一份有内容的文件。", name="甲.txt")
FILES = (JobFile(Path("1/甲.txt"), "甲.txt", "read"), JobFile(Path("2/乙.txt"), "乙.txt", "refused", REASON))
COUNTS = ChangeCounts("000001-x", ("甲.txt",), (), (), 1, 0, 2)
OUTCOME = Outcome("000002-x", 2, 9, 9, 3, 2, 1.0, (Failure(Path("丙.txt"), REASON, True),), COUNTS)
JOBS = [
    Job(1, "add", ("甲.txt", "乙.txt"), files=FILES),
    Job(
        2,
        "add",
        ("甲.txt",),
        "running",
        Progress("等待", 0, 1, says("progress.waiting", "另一次更新完成后就开始")),
    ),
    Job(3, "replace", ("甲.txt",), "stopping", Progress("读取", 1, 2, "甲.txt")),
    Job(
        4, "add", ("甲.txt",), "done", outcome=OUTCOME, files=FILES, generation="000002-x", before="000001-x"
    ),
    Job(5, "remove", ("甲.txt",), "failed", error=ENDED),
    Job(6, "rollback", (), "done", generation="000001-x"),
]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: f"{job.kind} {job.state}")
def test_a_change_of_the_index(job: Job) -> None:
    assert Walk(render.job(job, job.before, ENGLISH)).found == []
    assert not CHINESE.search(CONTENT.sub("", render.said(job, ENGLISH)))


REFUSALS = ("empty", "too_long", "chit_chat", "place", "year", "indicator", "topic", "unproven")


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_refusal(reason: str) -> None:
    told = tell(answer(found=False, reason=reason, quote=None, marks=()), Echo.reports)
    shown = turn(told, ENGLISH)
    assert ENGLISH(f"refusal.{reason}") in shown
    assert ENGLISH(f"refusal.{reason}") not in turn(told, words("zh-CN"))


def test_the_frame_and_the_lists() -> None:
    for shown in (render.frame(False, ENGLISH), render.frame(True, ENGLISH), welcome(Echo.examples, ENGLISH)):
        assert Walk(shown).found == []


def test_where_a_passage_stands() -> None:
    assert ENGLISH.say(place_of(passage())) == "para. 2 (lines 3–5)"
    assert ENGLISH.say(place_of(passage(page=4, lines=(7, 7)))) == "p. 4, para. 2 (line 7)"
    assert words("zh-CN").say(place_of(passage())) == "第2段（第3–5行）"
    sheet = passage("【表】\n东镇｜产值：5\n西镇｜产值：7", report="各镇.xlsx", sheet="产值", rows=(0, 3, 5))
    row = passage("东镇｜产值：5", report="各镇.csv", rows=(3,))
    slide = passage(report="总结.pptx", page=4)
    assert ENGLISH.say(place_of(sheet)) == "sheet “产值”, rows 3–5"
    assert ENGLISH.say(place_of(sheet, 0, 6)) == ENGLISH.say(place_of(sheet, 5, 5)) == "sheet “产值”, row 3"
    assert ENGLISH.say(place_of(row)) == "row 3"
    assert ENGLISH.say(place_of(slide)) == "slide 4"
    for one in (passage(), sheet, row, slide):
        assert one.location == f"{one.report} {place_of(one)}"


def test_every_repair_has_english_words() -> None:
    assert {row.name for row in TABLE} <= REPAIRS.keys()
    sources = "".join(
        path.read_text("utf-8") for path in (Path(__file__).parents[2] / "corpus").rglob("*.py")
    )
    named = set(re.findall(r'RepairStep\(\s*"([^"]+)"', sources))
    assert named and named <= REPAIRS.keys()
