"""Questions to three reports, two of them of one place: the right report, year, and answer, or why none."""

import json
from pathlib import Path
from typing import Any

import pytest

from index import IndexSettings, rebuild
from retrieval import Retriever
from retrieval.reader.confidence import LEAST_FIGURE

CASES = Path(__file__).parents[1] / "cases/retrieval"


def cases() -> list[Any]:
    """Return the cases; those that are known to fail are told with the reason, and are missed when they hold."""
    lines = (CASES / "several_reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def _case(case: dict[str, Any]) -> Any:
    fault = case.get("known_fault")
    marks = [pytest.mark.xfail(reason=fault, strict=True)] if fault else []
    return pytest.param(case, marks=marks, id=case["question"])


@pytest.fixture(scope="module")
def several(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder = tmp_path_factory.mktemp("several")
    settings = IndexSettings(home=built_home)
    rebuild([CASES / "reports"], folder, settings=settings)
    return Retriever.open(folder, settings=settings)


@pytest.mark.parametrize("case", cases())
def test_the_right_report_answers_or_the_right_reason_is_given(
    several: Retriever, case: dict[str, Any]
) -> None:
    answer = several.ask(case["question"], history=case.get("history", ()))
    assert answer.reason == case.get("reason")
    if answer.found:
        assert case["says"] in answer.text
        assert answer.hits[0].passage.report.startswith(case.get("report", ""))
        assert LEAST_FIGURE < answer.confidence <= 1


def test_what_another_report_repeats_is_folded_into_one_hit(several: Retriever) -> None:
    hits = several.search("以人民为中心的发展思想", k=6)
    texts = [hit.passage.text for hit in hits]
    assert len(texts) == len(set(texts))


def test_a_hit_is_widened_to_its_paragraph(several: Retriever) -> None:
    hit = several.search("珠海机场旅客吞吐量", k=1)[0]
    paragraph = several.paragraph(hit.passage)
    assert hit.passage.text in paragraph
    report = several.index.report(hit.passage.report)
    assert paragraph in report.text
