"""How far the words of a question are trusted."""

from math import log

import pytest

from retrieval.fuse import told_by_words, trust

MANY_PASSAGES = 10_000


@pytest.mark.parametrize(
    ("rare_words", "second", "searched", "least", "most"),
    [
        (8, 0.2, MANY_PASSAGES, 1.0, 1.0),  # many rare words, in one passage only
        (8, 1.0, MANY_PASSAGES, 1.0, 1.0),  # so many that it does not matter who else has them
        (3, 0.2, MANY_PASSAGES, 0.9, 1.0),
        (3, 1.0, MANY_PASSAGES, 0.3, 0.5),  # another passage has them, too
        (1, 0.2, MANY_PASSAGES, 0.4, 0.7),
        (1, 1.0, MANY_PASSAGES, 0.0, 0.1),  # a common word or two
        (1, 1.0, 20, 0.9, 1.0),  # among a few passages nothing is shared by chance
    ],
)
def test_rare_words_are_trusted_and_all_words_among_few_passages(
    rare_words: float, second: float, searched: int, least: float, most: float
) -> None:
    best = rare_words * log(MANY_PASSAGES)
    assert least <= trust(best, second * best, searched, MANY_PASSAGES) <= most


@pytest.mark.parametrize(("best", "count"), [(0.0, MANY_PASSAGES), (3.0, 1), (0.0, 0)])
def test_no_shared_word_tells_nothing(best: float, count: int) -> None:
    assert trust(best, 0.0, count, count) == 0


def test_words_tell_all_where_all_are_there_and_none_is_better() -> None:
    assert told_by_words(1.0, 1.0) == 1
    assert told_by_words(0.0, 0.0) == 0
