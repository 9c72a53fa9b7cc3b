"""Small reports and a place for an index of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import FakeEncoder

BRIDGES = """某县政府工作报告

一、上一年工作回顾
全县建成桥梁12座，改造农村公路86.4公里，完成交通投资3.2亿元，增长15%。
粮食总产量达到21.7万吨，比上年增长2.4%。新建学校4所，新增学位5200个。

二、今年工作安排
今年计划新建水厂2座，日供水能力提高到6万吨。
"""
HOSPITALS = """某市卫生健康事业公报

全市共有医院38家、社区卫生服务中心64个，每千人口床位7.3张。
全年门急诊1860万人次，同比增长4.8%。
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two reports."""
    folder = tmp_path / "报告"
    folder.mkdir()
    (folder / "某县工作报告_2023.txt").write_text(BRIDGES, encoding="utf-8")
    (folder / "某市卫生公报_2024.txt").write_text(HOSPITALS, encoding="utf-8")
    return folder


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    """Where the index goes; it does not exist yet."""
    return tmp_path / "索引"


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()
