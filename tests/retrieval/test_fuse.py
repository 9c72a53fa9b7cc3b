"""How far the words of a question are trusted."""

from math import log

import pytest

from retrieval.search.fusion import BEGINS_LONG, IS_LONG, LONG, NEAR, trust

MANY_PASSAGES = 10_000


@pytest.mark.parametrize(
    ("rare_words", "second", "searched", "least", "most"),
    [
        (8, 0.2, MANY_PASSAGES, 1.0, 1.0),  # many rare words, in one passage only
        (8, 1.0, MANY_PASSAGES, 1.0, 1.0),  # so many that it does not matter who else has them
        (3, 0.2, MANY_PASSAGES, 0.9, 1.0),
        (3, 1.0, MANY_PASSAGES, 0.6, 0.9),  # another passage has them, too
        (1, 0.2, MANY_PASSAGES, 0.8, 0.95),
        (1, 1.0, MANY_PASSAGES, 0.0, 0.2),  # a common word or two
        (1, 1.0, 20, 2.0, NEAR),  # among a few passages nothing is shared by chance
    ],
)
def test_rare_words_are_trusted_and_all_words_among_few_passages(
    rare_words: float, second: float, searched: int, least: float, most: float
) -> None:
    best = rare_words * log(MANY_PASSAGES)
    assert least <= trust(best, second * best, searched, MANY_PASSAGES, BEGINS_LONG) <= most


@pytest.mark.parametrize(("best", "count"), [(0.0, MANY_PASSAGES), (3.0, 1), (0.0, 0)])
def test_no_shared_word_tells_nothing(best: float, count: int) -> None:
    assert trust(best, 0.0, count, count, IS_LONG) == 0


@pytest.mark.parametrize("length", [BEGINS_LONG, BEGINS_LONG + 3, IS_LONG, 2 * IS_LONG])
def test_the_words_of_a_long_question_are_trusted_more(length: int) -> None:
    short, asked = (trust(9.0, 0.0, MANY_PASSAGES, MANY_PASSAGES, size) for size in (4, length))
    long = min((length - BEGINS_LONG) / (IS_LONG - BEGINS_LONG), 1)
    assert asked == pytest.approx(short * (1 + LONG * long))
