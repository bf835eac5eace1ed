"""Several ways of asking the site, timed in turns: on the clock, and on this processor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter, process_time

from bench.rows import Row, ratio


@dataclass(frozen=True)
class Way:
    """What is timed; and what is done each time before, which does not count."""

    go: Callable[[], object]
    ready: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Taken:
    """Milliseconds of each round. A database that is another process works on no time of ours."""

    wall: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


def in_turns(ways: Sequence[Way], rounds: int, *, warm_ups: int) -> list[Taken]:
    """What each way takes, the first of them another in each round."""
    taken = [Taken() for _ in ways]
    for number in range(warm_ups + rounds):
        order = range(len(ways))
        for at in [*order[number % len(ways) :], *order[: number % len(ways)]]:
            ways[at].ready()
            worked, began = process_time(), perf_counter()
            ways[at].go()
            wall, busy = perf_counter() - began, process_time() - worked
            if number >= warm_ups:
                taken[at].wall.append(wall * 1000)
                taken[at].busy.append(busy * 1000)
    return taken


def ratios(name: str, ours: Taken, other: Taken, *, goal: float, stretch: float) -> list[Row]:
    """One over the other on the clock, which has the goal; and on the processor."""
    return [
        ratio(name, ours.wall, other.wall, goal=goal, stretch=stretch),
        ratio(f"{name}, processor", ours.busy, other.busy, goal=None, stretch=None),
    ]
