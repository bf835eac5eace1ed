"""How much of the server what takes long may hold, so that its pages always answer.

A thread that prints, or waits to, answers nobody else. So printing holds a quarter of the server's
threads at the most, and printing and photos together half of them. What was printed is written down
before it is handed over, and whoever waits for the database holds a thread as well: so a place is
held until then. Whoever comes when these are held is not kept waiting: they are told to come back.
Of those who hold a place to print, as many are at it as leave one of the machine's cores to those
who read; the rest wait for their turn. So nobody waits for one while they hold the database.
Pictures of pages leave half of the places to print to paper. Talking to the mail server, which may
not answer, holds another quarter at the most: what is left, a quarter at the least, only reads and
writes.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

# A development server starts a thread for each request: with so many we count there.
MANY: Final = 40
LONGEST_TURN: Final = 30.0  # seconds that a thread may wait for its turn to print
ONE: Final = 1  # of gunicorn without our gunicorn.conf.py


class NoPlace(Exception):
    """As much as may be is held by what takes long. Try again soon."""


class _Mine(threading.local):
    """What one thread holds."""

    prints = False


class Places:
    """The threads that may be held, of so many that the server has: one of each at the least.

    Of those that are held to print, so many are at it at once: all, if it is not said.
    """

    def __init__(self, threads: int, at_once: int | None = None) -> None:
        self._printing = BoundedSemaphore(max(1, threads // 4))
        self._turns = BoundedSemaphore(at_once or max(1, threads // 4))
        self._drawing = BoundedSemaphore(max(1, threads // 8))
        self._in_all = BoundedSemaphore(max(1, threads // 2))
        self._mailing = BoundedSemaphore(max(1, threads // 4))
        self._mine = _Mine()

    @contextmanager
    def to_print(self) -> Iterator[None]:
        """Hold a thread to print, or to measure what would be printed, once it is its turn.

        NoPlace if too many are held, or the turn did not come.
        A thread that is held so needs no second place for what it prints.
        """
        if self._mine.prints:
            yield
            return
        with (
            _held(self._printing),
            _held(self._in_all),
            _held(self._turns, within=LONGEST_TURN),
        ):
            self._mine.prints = True
            try:
                yield
            finally:
                self._mine.prints = False

    @contextmanager
    def to_draw(self) -> Iterator[None]:
        """Draw a picture of a page, in a place to print. NoPlace if half of those are drawn in."""
        with _held(self._drawing):
            yield

    @contextmanager
    def for_a_photo(self) -> Iterator[None]:
        """Hold a thread to take in a photo. NoPlace if too many are held."""
        with _held(self._in_all):
            yield

    @contextmanager
    def to_email(self) -> Iterator[None]:
        """Hold a thread to talk to the mail server. NoPlace if too many do."""
        with _held(self._mailing):
            yield


def threads_here() -> int:
    """How many threads this server has, as gunicorn.conf.py tells us."""
    said = os.environ.get("SERVER_THREADS", "")
    if said.isdecimal():
        return int(said)
    return ONE if "gunicorn" in os.environ.get("SERVER_SOFTWARE", "") else MANY


def pages_at_once() -> int:
    """How many pages this process may print at one moment: its part of all cores but one.

    gunicorn.conf.py tells us how many processes like this one there are.
    """
    said = os.environ.get("SERVER_WORKERS", "")
    workers = int(said) if said.isdecimal() else ONE
    return max(1, ((os.cpu_count() or 1) - 1) // max(1, workers))


@contextmanager
def _held(places: BoundedSemaphore, within: float = 0) -> Iterator[None]:
    if not places.acquire(timeout=within):
        raise NoPlace
    try:
        yield
    finally:
        places.release()


PLACES: Final = Places(threads_here(), pages_at_once())
