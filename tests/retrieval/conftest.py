"""Four short reports of several places, asked with the real model."""

from pathlib import Path

import pytest

from index import IndexSettings, rebuild
from retrieval import Retriever
from tests.retrieval.ledgers import CITIES


@pytest.fixture(scope="session")
def cities(retriever: Retriever, built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    """An index of four short reports of 2025, on the results of 2024 and the plans for 2025."""
    folder = tmp_path_factory.mktemp("reports")
    for name, text in CITIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    rebuild([folder], folder / "index", encoder=retriever.index.encoder)
    return Retriever.open(folder / "index", IndexSettings(home=built_home))
