"""A library of invented reports for the tests of the tab, and a large one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.figures.figure import Figure
from index import Index
from index.ledger import CommonTerms, LedgerEntry
from tests.retrieval.ledgers import index_of

HOSTILE = "<img src=x onerror=alert(1)>"
REPORTS = {
    "仙居县工作报告2024.txt": """仙居县工作报告
2024年2月6日

去年，全县GDP达到312.5亿元，增长6.8%；粮食产量5万吨，油料产量12000吨，居全省第三位。
今年，力争GDP达到340亿元。
2022年，全县GDP达到290亿元。
""",
    "仙居县工作报告2025.txt": """仙居县工作报告
2025年2月8日

2024年，GDP达到330亿元，增长5.6%；粮食产量突破6万吨。
""",
    "巴南区工作报告2024.txt": f"""巴南区工作报告
2024年1月20日

去年，地区生产总值1.2万亿元，同比增长5.2%。粮食产量460000吨{HOSTILE}。渔业产值下降2.5%。
""",
}


@dataclass
class _Retriever:
    index: Index


@dataclass
class _Shelf:
    generation: str
    retriever: _Retriever


class ALibrary:
    """What the tab takes of a library: the generation in use, which a test may exchange."""

    def __init__(self, index: Index) -> None:
        self.use(index)

    def use(self, index: Index) -> None:
        self.shelf: Any = _Shelf(index.manifest.generation, _Retriever(index))


def small_index(folder: Path) -> Index:
    """Return an index of three reports of two places."""
    return index_of(folder, REPORTS)


def large_index(index: Index, size: int) -> Index:
    """Return an index with a ledger of so many made figures of its reports, in their order."""
    reports = [*index.manifest.reports]
    entries = []
    for number in range(size):
        report = reports[number * len(reports) // size]
        name, unit = f"第{number % 5000}类产品产量", ("亿元", "%", "万吨", "家")[number % 4]
        value = Decimal(number * 7919 % 10_007) / 10
        figure = Figure(name, value, unit, f"{value}{unit}", 1, 5, period="去年")
        entries.append(LedgerEntry(report.name, None, figure, CommonTerms.of(figure, report.identity)))
    return replace(index, ledger=tuple(entries))
