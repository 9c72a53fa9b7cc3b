"""Small indexes of invented reports, made without a language model where none is given."""

from __future__ import annotations

from pathlib import Path

from index import Encoder, Index, open_index, rebuild
from tests.fakes import FakeEncoder

# Four short reports by their names: of each place the growth and level of its output, its forests, and a plan.
CITIES = {
    f"2025年{place}政府工作报告.txt": f"2025年{place}政府工作报告\n（2025年1月12日）\n各位代表：现在报告工作。\n"
    f"一、2024年工作回顾\n过去一年，全市经济稳中有进。地区生产总值{output}，森林覆盖率{forest}。\n"
    f"二、2025年工作安排\n今年的主要预期目标是：地区生产总值{target}。\n"
    for place, output, forest, target in (
        ("杭州市", "增长6.1%，达到1800亿元", "52.3%", "增长6%"),
        ("宁波市", "增长5.4%，达到0.16万亿元", "61%", "增长6.5%"),
        ("温州市", "下降0.8%，达到960亿元", "58.5%", "增长5%"),
        ("台州市", "增长7.2%", "49%", "增长7%"),
    )
}


def index_of(folder: Path, reports: dict[str, str], encoder: Encoder | None = None) -> Index:
    """Index reports, given as the text of each by its name, under a folder; with a fake encoder by default."""
    written = folder / "报告"
    written.mkdir()
    for name, text in reports.items():
        (written / name).write_text(text, encoding="utf-8")
    encoder = encoder or FakeEncoder()
    rebuild([written], folder / "索引", encoder=encoder)
    return open_index(folder / "索引", encoder=encoder)
