"""The real index of the shipped report, built once for all tests that ask it."""

from pathlib import Path

import pytest
from hypothesis import settings

from index import IndexSettings, rebuild
from retrieval import Retriever

# A slow machine is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WENBAO_HOME with the prepared model and the index; whoever changes it makes a copy."""
    home = tmp_path_factory.mktemp("home")
    rebuild(settings=IndexSettings(home=home))
    return home


@pytest.fixture(scope="session")
def retriever(built_home: Path) -> Retriever:
    return Retriever.open(settings=IndexSettings(home=built_home))
