"""Hand-made answers for the tests of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.document import Passage, RepairStep, Report
from corpus.identity import Identity
from corpus.messages import Message
from index.manifest import ReportEntry
from retrieval.answer import Answer, CitedFigure, Hit, Piece
from retrieval.suggestions import Subject, Suggestion

TEXT = "全区粮食总产量达到42.5万吨，同比增长3.1%，居全省第四位；图书馆约60座。"


def passage(text: str = TEXT, number: int = 1, **changed: Any) -> Passage:
    made = Passage(
        report="样例公报.txt",
        number=number,
        text=text,
        start=0,
        end=len(text),
        title="样例公报",
        headings=("样例公报", "农业"),
        paragraph=number + 1,
        lines=(3 * number, 3 * number + 2),
    )
    return replace(made, **changed)


def figure(quote: str, source: Passage, **fields: Any) -> CitedFigure:
    start = source.text.index(quote)
    known = {"indicator": "粮食总产量", "value": Decimal("42.5"), "unit": "万吨", **fields}
    return CitedFigure(quote=quote, start=start, end=start + len(quote), passage=source, **known)


def quoted(told: str, source: Passage) -> tuple[Piece, ...]:
    """The pieces of an answer that begins with the first words of a passage."""
    return Piece("quote", told, passage=source, span=(0, len(told))), Piece("words", "。", Message("。"))


def answer(**changed: Any) -> Answer:
    """An answer to 粮食总产量是多少？ that quotes the first clause of the first of two passages."""
    first = passage()
    second = passage("城区新建公园7个。", number=2)
    told = "全区粮食总产量达到42.5万吨"
    made = Answer(
        question="粮食总产量是多少？",
        understood="粮食总产量是多少？",
        found=True,
        text=f"{told}。",
        hits=(Hit(first, 0.9, {"dense": 1}, ((2, 7),)), Hit(second, 0.2, {"keyword": 2})),
        figures=(
            figure("42.5万吨", first),
            figure("3.1%", first, value=Decimal("3.1"), unit="%", kind="change", direction="+", basis="同比"),
            figure("第四位", first, value=Decimal(4), unit="位", kind="rank"),
            figure("7个", second, indicator="公园", value=Decimal(7), unit="个", status="target"),
        ),
        quote=(0, len(told)),
        marks=((9, 15),),
        pieces=quoted(told, first),
        seconds=0.0384,
    )
    return replace(made, **changed)


def report(name: str, title: str) -> ReportEntry:
    return ReportEntry(
        name, title, "0" * 64, characters=60, passages=2, figures=4, repairs=(), identity=Identity()
    )


def whole(name: str, text: str = TEXT) -> Report:
    """The report of a sample passage; its file has a line break that was repaired."""
    source = f"{text[:5]}\n{text[5:]}"
    origins = [place if place < 5 else place + 1 for place in range(len(text))]
    steps = (RepairStep("lines", "接上断行", 1),)
    return Report(name, Path(name), "0" * 64, "样例公报", text, source, origins, repairs=steps)


class Echo:
    """Answers with the question itself, and remembers what it was given."""

    reports: tuple[ReportEntry, ...] = (report("样例公报.txt", "样例公报"),)
    examples = ("粮食总产量是多少？",)
    generation = "000001-20260102T030405Z"

    def __init__(self) -> None:
        self.histories: list[list[str]] = []
        self.chosen: list[tuple[str, ...]] = []
        self.suggested: tuple[Suggestion, ...] = ()

    def ask(self, question: str, history: Sequence[str], reports: Sequence[str] = ()) -> Answer:
        self.histories.append(list(history))
        self.chosen.append(tuple(reports))
        return answer(question=question, understood=question, text=f"答{question}", quote=None, marks=())

    def search(self, question: str, k: int, reports: Sequence[str] = ()) -> Sequence[Hit]:
        return answer().hits[:k]

    def report(self, name: str) -> Report:
        if name != self.reports[0].name:
            raise KeyError(name)
        return whole(name)

    def suggest(self, answer: Answer) -> tuple[Subject | None, Sequence[Suggestion]]:
        return None, self.suggested
