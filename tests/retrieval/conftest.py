"""The real index of the shipped report, built once for all tests of asking."""

import pytest

from index import IndexSettings, rebuild
from retrieval import Retriever


@pytest.fixture(scope="session")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    settings = IndexSettings(home=tmp_path_factory.mktemp("home"))
    rebuild(settings=settings)
    return Retriever.open(settings=settings)
