"""How fast everything is copied into a backup and put back, as `manage.py backup` and `restore` do.

Each looks into the copy, counts its rows and opens words of it, and that is part of its time.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.databases import (
    database_of_its_own,
    place_for_a_copy,
    settle,
)
from bench.rows import Row
from bench.visits import add_pages_like, page_of_somebody_else
from profiles.house import backups

PEOPLE = 20_000
SAID = 10  # answers of each, and as many looks
TIMES = 3
MEGA = 1_000_000


def rows(people: int = PEOPLE, times: int = TIMES) -> list[Row]:
    """Seconds, and megabytes of the copy a second."""
    with TemporaryDirectory() as folder, database_of_its_own():
        copy = Path(folder, "copy")
        add_pages_like(page_of_somebody_else(SAID), people - 2)
        page_of_somebody_else(SAID)  # the oldest words and the newest are opened
        settle()
        written = [_seconds(lambda: backups.backup(copy)) for _ in range(times)]
        back = []
        for _ in range(times):
            with place_for_a_copy():
                back.append(_seconds(lambda: backups.restore(copy)))
        size = copy.stat().st_size / MEGA
    return [
        *_both(f"a backup of {people:,} people", median(written), size),
        *_both(f"a restore of {people:,} people", median(back), size),
    ]


def _both(name: str, seconds: float, size: float) -> list[Row]:
    speed = Row(
        name=f"{name}, {size:.0f} MB", value=size / seconds, unit="MB/s", larger_is_better=True
    )
    return [Row(name=name, value=seconds, unit="s"), speed]


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
