"""How time grows with the size of the work.  Seconds say how fast a machine is, growth what the program does."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TIMES = 8  # how much larger the large work is
# A time is measured until the clock can tell it; on some systems it ticks 64 times a second.
LEAST = max(0.01, 5 * time.get_clock_info("thread_time").resolution)
SMALL_RUNS, TRIES = 3, 4


def assert_grows(work: Callable[[T], object], small: T, large: T, power: int = 1) -> None:
    """Assert that ``work`` takes time in line with the size of what it is given, or with a ``power`` of it.

    ``large`` is to be ``TIMES`` times as large as ``small``: 8 times the time is in line with it, 64
    times is the square, and the limit lies between them, about three times from either.  Choose
    ``large`` so that a square would outweigh the rest of the work.

    What counts is the time of the processor in this thread, so other programs matter little.  What
    disturbs still makes a run longer: the shortest of several is taken, and small and large are
    measured one after the other until one pair is within the limit.
    """
    limit = TIMES ** (power + 0.5)
    work(small)  # what is made once, such as a compiled pattern, is not of the size
    found = []
    for _ in range(TRIES):
        before = min(_seconds(work, small) for _ in range(SMALL_RUNS))
        found.append(_seconds(work, large) / before)
        if found[-1] < limit:
            return
    told = ", ".join(f"{growth:.1f}" for growth in found)
    raise AssertionError(f"{TIMES} times the size took {told} times the time, not below {limit:.1f}")


def _seconds(work: Callable[[T], object], given: T) -> float:
    """Return what a run takes, the mean of as many as are needed to measure it."""
    collects = gc.isenabled()
    gc.disable()  # it takes time in line with all that other tests have made
    try:
        runs, spent, started = 0, 0.0, time.thread_time()
        while spent < LEAST:
            work(given)
            runs += 1
            spent = time.thread_time() - started
    finally:
        if collects:
            gc.enable()
    return spent / runs
