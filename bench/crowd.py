"""Fifty people read a shared page for half a minute: none is refused, each look is logged."""

from statistics import quantiles
from threading import Lock, Thread
from time import monotonic

from django.db import connection

from bench.beside import Reader, served
from bench.databases import database_of_its_own, use
from bench.rows import Row
from profiles.access.models import Look
from profiles.house.example_people import make_everybody

READERS = 50
SECONDS = 30.0
WORKERS = 2
NAME = f"{READERS} readers for {SECONDS:.0f} s"


def rows() -> list[Row]:
    """Errors, looks beside reads, how many a second, and how long all but the slowest 5 % took."""
    with database_of_its_own() as database:
        ward = make_everybody(canaries=False)["jo"].shares["ward"]
        before = _looks(ward.pk)
        with served(database, workers=WORKERS) as port:
            readers = [Reader(port, ward) for _ in range(READERS)]
            taken, errors = _read_by(readers)
        use(database)
        logged = _looks(ward.pk) - before
    slowest = quantiles(taken, n=20)[-1]
    return [
        Row(name=f"{NAME}: errors", value=errors, goal=0),
        Row(name=f"{NAME}: looks that no read made, or reads without", value=logged - len(taken),
            goal=0),
        Row(name=f"{NAME}: pages", value=len(taken) / SECONDS, unit="a second", goal=100,
            larger_is_better=True),
        Row(name=f"{NAME}: 95 in 100 took less than", value=slowest, unit="ms", goal=500),
    ]  # fmt: skip


def _read_by(readers: list[Reader]) -> tuple[list[float], int]:
    """Milliseconds of each read; and how many were not answered with the page."""
    taken: list[float] = []
    errors, adding, until = 0, Lock(), monotonic() + SECONDS

    def go_on(reader: Reader) -> None:
        nonlocal errors
        while monotonic() < until:
            try:
                milliseconds = reader.read()
            except (OSError, RuntimeError):
                with adding:
                    errors += 1
            else:
                with adding:
                    taken.append(milliseconds)

    threads = [Thread(target=go_on, args=[reader]) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, errors


def _looks(share: int) -> int:
    count = Look.objects.openings().filter(share=share).count()
    connection.close()
    return count
