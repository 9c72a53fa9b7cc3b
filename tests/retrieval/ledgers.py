"""Small indexes of invented reports, made without a language model."""

from __future__ import annotations

from pathlib import Path

from index import Index, open_index, rebuild
from tests.fakes import FakeEncoder


def index_of(folder: Path, reports: dict[str, str]) -> Index:
    """Index reports, given as the text of each by its name, under a folder."""
    written = folder / "报告"
    written.mkdir()
    for name, text in reports.items():
        (written / name).write_text(text, encoding="utf-8")
    encoder = FakeEncoder()
    rebuild([written], folder / "索引", encoder=encoder)
    return open_index(folder / "索引", encoder=encoder)
