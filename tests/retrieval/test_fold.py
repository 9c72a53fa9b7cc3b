"""Which figures of a report are one figure that it states more than once, and which stay apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import Index
from retrieval.facts.duplicates import Folds
from retrieval.facts.statements import all_days, statements
from tests.retrieval.ledgers import index_of

HEAD = "青田县工作报告\n2024年2月6日\n\n"


def folds(folder: Path, *texts: str) -> tuple[Index, Folds]:
    index = index_of(folder, {f"报告{number}.txt": HEAD + text for number, text in enumerate(texts)})
    stated = statements(index)
    return index, Folds(stated, all_days(stated, index.manifest.reports))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2023年，粮食产量5万吨。\n去年，全县粮食产量50000吨。", 1),
        ("2023年，粮食产量5万吨。\n\n|指标|单位|2023年|\n|---|---|---|\n|粮食产量|万吨|5.0|", 1),
        ("2023年，粮食产量5万吨，增长2%。\n2023年，粮食产量同比增长2.0%。", 2),
        ("2023年，粮食产量5万吨。\n2022年，粮食产量5万吨。", 2),
        ("2023年，粮食产量5万吨。\n2023年，粮食产量5.1万吨。", 2),
        ("2023年，粮食产量5万吨。\n2023年，粮食产量超过5万吨。", 2),
        ("2023年，粮食产量5万吨。\n2024年，力争粮食产量5万吨。", 2),
        ("2023年，粮食产量增长2%。\n2023年，粮食产量下降2%。", 2),
        ("2023年，粮食产量增长2%。\n2023年，粮食产量年均增长2%。", 2),
        ("2023年，全县税收5亿元。\n2023年，开发区税收5亿元。", 2),
        ("去年，6个项目开工、6个项目投运。", 2),
        ("去年，6个项目开工。\n此外，另有6个项目停工。", 2),
    ],
)
def test_only_what_is_the_same_in_all_is_one(tmp_path: Path, text: str, shown: int) -> None:
    index, found = folds(tmp_path, text)
    assert len(found.of(np.arange(len(index.ledger)))) == shown


def test_all_rows_of_a_figure_are_reached_from_each(tmp_path: Path) -> None:
    _, found = folds(
        tmp_path, "去年，粮食产量5万吨。油料产量3吨。\n2023年，粮食产量5万吨。\n2023年粮食产量5万吨。"
    )
    assert [found.members(row) for row in range(4)] == [(0, 2, 3), (1,), (0, 2, 3), (0, 2, 3)]
    assert found.of(np.array([3, 1, 2])).tolist() == [0, 1]


def test_reports_are_not_put_together(tmp_path: Path) -> None:
    index, found = folds(tmp_path, "去年，粮食产量5万吨。", "2023年，粮食产量5万吨。")
    assert len(found.of(np.arange(len(index.ledger)))) == 2


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("全县粮食产量5万吨。", [2023]),
        ("2022年，全县粮食产量5万吨。", [2022]),
        ("今年，力争粮食产量6万吨。", [2024]),
        ("力争粮食产量达到6万吨。", [None]),
        ("每年培训农民5万人次。", [None]),
        ("粮食产量从4万吨增加到5万吨。", [None, 2023]),
    ],
)
def test_the_days_that_a_figure_speaks_of(tmp_path: Path, text: str, years: list[int | None]) -> None:
    index = index_of(tmp_path, {"报告.txt": HEAD + text})
    days = all_days(statements(index), index.manifest.reports)
    assert [span and span[1].year for span in days] == years
