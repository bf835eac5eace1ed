"""Two spreads of times that must not be told apart: a secret takes as long as nothing does.

The distance is Kolmogorov and Smirnov's: how far apart the two spreads ever are.
"""

from collections.abc import Sequence
from statistics import median
from time import perf_counter

from django.test import Client

from bench.rows import Row

WARM_UPS = 20
FURTHEST = 0.1  # the goal: below it, 2,000 tries of each tell a stranger nothing


def distance(ours: Sequence[float], others: Sequence[float]) -> float:
    """The largest difference between the shares of each that lie below any one value."""
    every = sorted([(value, 1 / len(ours)) for value in ours]
                   + [(value, -1 / len(others)) for value in others])  # fmt: skip
    furthest = apart = 0.0
    for at, (value, share) in enumerate(every):
        apart += share
        if at + 1 == len(every) or every[at + 1][0] != value:
            furthest = max(furthest, abs(apart))
    return furthest


def row(name: str, ours: list[float], others: list[float]) -> Row:
    """How far apart two spreads are, in milliseconds, and where the middle of each lies."""
    return Row(
        name=f"{name} apart",
        value=round(distance(ours, others), 4),
        ours_ms=round(median(ours), 2),
        other_ms=round(median(others), 2),
        goal=FURTHEST,
        stretch=FURTHEST / 2,
    )


def timed(browser: Client, address: str, data: dict[str, str] | None = None) -> float:
    """The milliseconds until a page is there, or what was sent is answered."""
    started = perf_counter()
    answer = browser.get(address) if data is None else browser.post(address, data)
    taken = (perf_counter() - started) * 1000
    if answer.status_code >= 400:
        raise RuntimeError(f"The answer was {answer.status_code}.")
    return taken
