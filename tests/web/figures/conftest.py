"""The tab's answers over three reports, made once."""

import pytest

from index import Index
from tests.web.figures.shelves import ALibrary, small_index
from web.figures.answers import Figures
from web.figures.book import Book


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return small_index(tmp_path_factory.mktemp("数"))


@pytest.fixture(scope="session")
def book(index: Index) -> Book:
    return Book(index)


@pytest.fixture
def library(index: Index) -> ALibrary:
    return ALibrary(index)


@pytest.fixture
def figures(library: ALibrary) -> Figures:
    return Figures(library)  # type: ignore[arg-type]
