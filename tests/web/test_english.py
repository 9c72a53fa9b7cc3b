"""The page in English: nothing but what reports hold is Chinese, and that is marked as such."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from corpus.figures import extract_figures
from corpus.messages import says
from corpus.repair import REPAIRS as TABLE
from index.errors import Failure
from index.events import ChangeCounts, Outcome
from index.watch import Progress
from retrieval.answer import CitedFigure, Piece
from retrieval.answering.telling import Telling
from retrieval.render.explain import explain
from retrieval.suggestions import Subject, Suggestion
from retrieval.words.phrases import BOUND_SAID, kind_said
from tests.web.pages import CHINESE, Page, Unmarked
from tests.web.samples import Echo, answer, passage
from tests.web.test_messages import fields
from tests.web.test_messages import told as codes
from web.i18n import MESSAGES, words
from web.listed import SAMPLE
from web.render import turn, welcome
from web.reports import render
from web.reports.jobs import ENDED, Job, JobFile
from web.spoken import REPAIRS, place_of
from web.told import Card, Told, from_json, tell, to_json

ENGLISH = words("en")
# Names and words of the sample reports, which may stand in an English sentence.
CONTENT = re.compile("样例公报|(?:璧山)?粮食总?产量是多少？|公园|甲|\\.txt")


def unmarked(html: str) -> list[str]:
    """Return the Chinese of some HTML that is not marked as such, but for what the samples hold."""
    return Unmarked(html, CONTENT).found


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
    assert unmarked(render.job(job, job.before, ENGLISH)) == []
    assert not CHINESE.search(CONTENT.sub("", render.said(job, ENGLISH)))


REFUSALS = ("empty", "too_long", "chit_chat", "place", "year", "indicator", "topic", "unproven")


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_refusal_of_which_the_pieces_were_not_kept(reason: str) -> None:
    told = tell(answer(found=False, reason=reason, pieces=(), quote=None, marks=()), Echo.reports)
    shown = turn(told, ENGLISH)
    assert ENGLISH(f"refusal.{reason}") in shown
    assert ENGLISH(f"refusal.{reason}") not in turn(told, words("zh-CN"))


def test_a_refusal_that_is_told_in_pieces_is_said_in_english_once() -> None:
    telling = Telling().words("refused.indicator", "报告没有给出“").said("棉花产量")
    telling.words("refused.of_it", "”的数据").mark("。")
    pieces = tuple(telling.pieces)
    refusal = answer(
        found=False, text=telling_text(pieces), pieces=pieces, reason="indicator", quote=None, marks=()
    )
    told = tell(refusal, Echo.reports)
    shown = turn(told, ENGLISH)
    assert Page(shown).text.count("figure for “棉花产量”") == 1
    assert ENGLISH("refusal.indicator") not in shown
    assert Unmarked(shown, CONTENT).found == []
    assert "报告没有给出“棉花产量”的数据。" in Page(turn(told, words("zh-CN"))).text


def telling_text(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


CUT = "；，。;,."
ANSWERS = "retrieval/answers", "retrieval/retriever.py", "retrieval/grounding.py"
TOLD = codes(ANSWERS)
NUMBERS = ("number", "count", "asked", "given", "year", "place", "most")


@pytest.mark.parametrize("code", sorted(TOLD))
def test_every_code_of_an_answer_has_english_words(code: str) -> None:
    """What an answer is told with reads as English between Chinese names, whatever it is filled in with."""
    values = {name: 3 if name in NUMBERS else "甲县" for name in fields(MESSAGES[code])}
    for chinese in TOLD[code]:
        pieces = tuple(Telling().said("乙县").words(code, chinese, **values).said("丙县").pieces)
        told = tell(answer(text=telling_text(pieces), pieces=pieces, quote=None, marks=()), Echo.reports)
        said = "" if code == SAMPLE else Page(turn(told, ENGLISH)).text
        assert "{" not in said and Unmarked(turn(told, ENGLISH), CONTENT).found == []
        assert from_json(json.loads(json.dumps(to_json(told)))) == told
        own = MESSAGES[code].translate({ord(mark): None for mark in "{}“”"})
        assert not CHINESE.search(own)
        # Where a text is cut, its marks are: they stand at the same ends in both languages.
        for at in (0, -1):
            assert chinese[at] in CUT or MESSAGES[code][at] not in CUT


def test_what_stands_beside_a_figure() -> None:
    text = "失业率下降了至少3.2个百分点，合格率同比提高5个百分点。"
    shown = passage(text)
    figures = [CitedFigure(**asdict(figure), passage=shown) for figure in extract_figures(text)]
    cards = [
        Card("失业率", "3.2", "个百分点", "≥", BOUND_SAID[">="], (), explain(one) or "", "", kind_said(one))
        for one in figures
    ]
    chips = (
        Suggestion(says("suggest.other", "换成{term}", term="璧山"), "璧山粮食产量是多少？"),
        Suggestion("璧山", "璧山粮食产量是多少？"),
    )
    subject = Subject("云和", says("suggest.year", "{year}年", year=2024), "粮食产量", chips, chips)
    for card in cards:
        told = Told("粮食产量是多少？", True, "4.4万吨", card=card, subject=subject, follow_ups=chips)
        kept = from_json(json.loads(json.dumps(to_json(told))))  # as a browser keeps it
        assert kept == told
        shown_again = turn(told, ENGLISH)
        assert unmarked(shown_again) == []
        assert "percentage points" in shown_again and "at least" in shown_again
        assert "个百分点，不是" in turn(told, words("zh-CN"))
    assert "up, year on year" in turn(replace(told, card=cards[1]), ENGLISH)


def test_the_unit_of_what_is_computed() -> None:
    told = Told("差多少？", True, "甲更高。", formulas=("5.1% − 4% = 1.1个百分点", "3万吨 ÷ 2万吨 = 1.5倍"))
    shown = turn(told, ENGLISH)
    assert "= 1.1 percentage points" in shown and "= 1.5 times" in shown
    assert "= 1.1个百分点" in turn(told, words("zh-CN"))


def test_the_frame_and_the_lists() -> None:
    for shown in (render.frame(False, ENGLISH), render.frame(True, ENGLISH), welcome(Echo.examples, ENGLISH)):
        assert unmarked(shown) == []


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
