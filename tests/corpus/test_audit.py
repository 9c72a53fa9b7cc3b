"""What of print reached the passages: numerals and Chinese characters."""

import json
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Report, load_report, repair
from corpus.audit import KINDS, audit
from corpus.document import Audit, Omission, Page
from corpus.extracted import Extracted

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "corpus" / "audits.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def extracted_of(case: dict[str, Any]) -> Extracted:
    said = [text for _, text in case["pages"]]
    ends = [*accumulate(len(text) + 1 for text in said)]
    text = "\n".join(said)
    spans = [(text.index(piece), text.index(piece) + len(piece)) for piece in case.get("repeated", [])]
    return Extracted(
        text,
        pages=tuple(
            Page(number, start, min(end, len(text)))
            for number, (start, end) in enumerate(pairwise([0, *ends]), 1)
        ),
        repeated=tuple(spans),
        omissions=tuple(Omission(page, words, "页码") for page, words in case.get("omissions", [])),
        printed=tuple(printed for printed, _ in case["pages"]),
        whole=True,
    )


def audited(extracted: Extracted, case: dict[str, Any]) -> Audit:
    report = Report(
        "报告.pdf", Path("报告.pdf"), "", "", extracted.text, extracted.text, range(len(extracted.text)),
        pages=extracted.pages,
    )  # fmt: skip
    edges = [0, *case.get("cuts", []), len(extracted.text)]
    return audit(extracted, report, [tuple(span) for span in case.get("passages", pairwise(edges))])


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_numerals_are_accounted_for(case: dict[str, Any]) -> None:
    found = audited(extracted_of(case), case)
    counts = {"omitted": 0, "kept": 0, **dict.fromkeys(KINDS, 0), **case["counts"]}
    assert {name: getattr(found.counts, name) for name in counts} == counts
    faults = sorted((fault.kind, fault.page, fault.text) for fault in found.faults)
    assert faults == sorted(tuple(fault) for fault in case.get("faults", []))
    assert found.counts.faults == len(found.faults)


def test_each_printed_numeral_is_counted_once() -> None:
    for case in CASES:
        counts = audited(extracted_of(case), case).counts
        assert counts.numerals == counts.kept + counts.omitted + counts.lost + counts.split + counts.glued


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30), st.data())
def test_a_number_that_is_taken_out_is_found_lost(numbers: list[int], data: st.DataObject) -> None:
    printed = "，".join(f"项目{number}元" for number in numbers)
    gone = data.draw(st.integers(0, len(numbers) - 1))
    said = "，".join(f"项目{number}元" for place, number in enumerate(numbers) if place != gone)
    found = audited(extracted_of({"pages": [[printed, said]]}), {})
    assert [(fault.kind, fault.text) for fault in found.faults] == [("lost", str(numbers[gone]))]


def test_the_share_of_chinese_characters() -> None:
    case = {"pages": [["城乡居民收入\n第 3 页", "城乡居民"]], "omissions": [[1, "第 3 页"]]}
    counts = audited(extracted_of(case), case).counts
    assert (counts.characters, counts.characters_kept, counts.characters_omitted) == (8, 4, 2)
    assert counts.character_share == 6 / 8


def test_a_fault_shows_where_it_is_printed() -> None:
    case = {"pages": [["全市完成造林面积 613 公顷以上", "全市完成造林面积公顷以上"]]}
    (fault,) = audited(extracted_of(case), case).faults
    assert "造林面积 613 公顷" in fault.context


def test_a_text_file_is_its_own_print(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("全年发电量12\n34亿千瓦时，同比增长5.6%，\n装机容量达到789万千瓦。\n", encoding="utf-8")
    report = load_report(path)
    assert report.audit is not None
    assert report.audit.counts.kept == report.audit.counts.numerals == 4
    assert report.audit.counts.character_share == 1
    assert repair(report.source).text == report.text


def test_thousands_of_faults_end_in_time_and_are_counted() -> None:
    printed = "\n".join(f"甲{number}" for number in range(10_000, 13_000))
    said = "\n".join(f"乙{number}" for number in range(20_000, 23_000))
    found = audited(extracted_of({"pages": [[printed, said]]}), {})
    assert (found.counts.lost, found.counts.unprinted) == (3000, 3000)
    assert len(found.faults) < found.counts.faults
