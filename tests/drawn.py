"""How much is tried: by day a sample, the same each time; at night all of it, and drawn anew."""

import os
from collections.abc import Iterable
from typing import Any, Final

from hypothesis import settings

NIGHTLY: Final = bool(os.environ.get("NIGHTLY"))

settings.register_profile("drawn", derandomize=not NIGHTLY, database=None, deadline=None)


def times(by_day: int) -> int:
    """How many are drawn now, of what is drawn so many times by day."""
    return by_day * 25 if NIGHTLY else by_day


def each_once(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """At night all of these; by day a few, in which whatever stands in a column still does."""
    everything = [*rows]
    return everything if NIGHTLY else few_of(everything)


def few_of(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """A few of these rows, always the same, in which each value of each column still stands."""
    missing = {value for row in rows for value in enumerate(row)}
    few = []
    while missing:
        most = max(rows, key=lambda row: len(missing & {*enumerate(row)}))  # the first of those
        few.append(most)
        missing -= {*enumerate(most)}
    return few
