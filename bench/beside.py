"""How long reading a shared page takes while many print, beside reading it alone: with gunicorn."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from itertools import chain, product, repeat
from socket import create_server
from statistics import median
from threading import Event, Thread
from time import monotonic, perf_counter, sleep

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.databases import database_of_its_own
from bench.rows import Row, ratio
from profiles.accounts.actions import make_account
from profiles.answers.actions import Words, save_answer
from profiles.house.example_people import WORKER, make_everybody
from profiles.pages.actions import start_page
from profiles.reading import actions as reading_actions
from profiles.reading.decorators import COOKIE
from profiles.sharing.models import Share
from profiles.sheet.catalogue import layouts
from profiles.topics.load import load

PRINTING = 24  # at once, and others in each round: of one page there are not more ways to print
SIDES = ("a4", "letter")
TOPIC = load().topic("important")
TOO_MANY = 503
COMES_BACK = 1.0  # seconds after which whoever was refused tries again
READS = 15  # of which a round's time is the median
ROUNDS = 15  # at most: one share is not read more than 600 times an hour
SETTLED = 1.0  # seconds for those who print to fill the places there are
PATIENCE = 120.0
READ = "a shared page read beside 24 prints ÷ alone"
FIRST = "the first PDF once it is ready ÷ the fourth"
GOAL, STRETCH = 3.0, 2.0
STARTS = 5


def rows(rounds: int) -> list[Row]:
    """A read beside prints over one alone, in turns."""
    with database_of_its_own() as database:
        ward = make_everybody(canaries=False)["jo"].shares["ward"]
        with served(database) as port:
            reading = Reader(port, ward)
            rounds = min(rounds, ROUNDS)
            writers = [_Writer(port, number) for number in range(rounds * PRINTING)]
            alone, beside = [], []
            for number in range(rounds):
                alone.append(reading.median())
                with _printing(writers[number::rounds]):
                    beside.append(reading.median())
    read = ratio(READ, beside, alone, goal=GOAL, stretch=STRETCH)
    return [read, *_firsts(min(rounds, STARTS))]


def _firsts(starts: int) -> list[Row]:
    """The first PDF of a server that says it is ready over the fourth: is it warm by then?"""
    firsts, fourths = [], []
    with database_of_its_own() as database:
        for number in range(starts):
            with served(database) as port:
                writers = [_Writer(port, 4 * number + each) for each in range(4)]
                first, _, _, fourth = map(_timed, writers)
                firsts.append(first)
                fourths.append(fourth)
    return [ratio(FIRST, firsts, fourths, goal=2, stretch=1.2)]


def _timed(writer: "_Writer") -> float:
    """Milliseconds of printing."""
    began = perf_counter()
    if not writer.prints():
        raise RuntimeError("It is too busy to print, and nobody else asks.")
    return (perf_counter() - began) * 1000


class Reader:
    """Somebody who has said who they are at the ward's link."""

    def __init__(self, port: int, ward: Share) -> None:
        self._port, self._address = port, f"/s/{ward.key}/page/"
        self._cookie = f"{COOKIE}={reading_actions.introduce(share=ward, reader=WORKER)[1]}"

    def median(self) -> float:
        """Milliseconds of reading the page."""
        return median(self.read() for _ in range(READS))

    def read(self) -> float:
        """Milliseconds of reading the page. RuntimeError where it is refused."""
        began = perf_counter()
        if (status := _ask(self._port, self._address, self._cookie)) != 200:
            raise RuntimeError(f"The page answers {status}.")
        return (perf_counter() - began) * 1000


class _Writer:
    """Somebody who prints their own page: each time another way, else it would be kept."""

    def __init__(self, port: int, number: int) -> None:
        owner = make_account(email=f"{number}@example.org")
        page = start_page(for_someone=False, language="en", user=owner)
        words = Words(text=f"Tea number {number}.\n" * 12)
        save_answer(profile=page, topic=TOPIC, words=words, started_from=0)
        cookies = Client()
        cookies.force_login(owner)
        self._port = port
        self._cookie = "; ".join(f"{name}={held.value}" for name, held in cookies.cookies.items())
        self._ways = chain(product(layouts(), SIDES), repeat(("", "")))  # the last are kept ones
        self._way = next(self._ways)

    def prints(self) -> bool:
        """Print it. False if too many do."""
        layout, size = self._way
        status = _ask(self._port, f"/me/page.pdf?layout={layout}&size={size}", self._cookie)
        if status == TOO_MANY:
            return False
        if status != 200:
            raise RuntimeError(f"A PDF answers {status}.")
        self._way = next(self._ways)
        return True


@contextmanager
def _printing(writers: list[_Writer]) -> Iterator[None]:
    """All of these print as often as they can, for a while."""
    over = Event()

    def go_on(writer: _Writer) -> None:
        while not over.is_set():
            if not writer.prints():
                over.wait(COMES_BACK)
        connection.close()

    threads = [Thread(target=go_on, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    sleep(SETTLED)
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _ask(port: int, address: str, cookie: str) -> int:
    """The status of what is answered, when all of it has come."""
    line = HTTPConnection("localhost", port, timeout=PATIENCE)
    try:
        line.request("GET", address, headers={"Cookie": cookie})
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


@contextmanager
def served(database: str, workers: int = 1) -> Iterator[int]:
    """gunicorn on this database, as it comes; its port."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"sqlite:///{database}"
    if connection.vendor == "postgresql":
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database}"
    serving = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", "project.wsgi", "--bind", f"127.0.0.1:{port}",
         "--workers", str(workers), "--log-level", "error"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": address,
            "TESTS_JOURNAL": settings.ENDINGS_JOURNAL,
        },
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_until_ready(port, serving)
        yield port
    finally:
        serving.terminate()
        serving.wait(PATIENCE)


def _wait_until_ready(port: int, serving: subprocess.Popen[bytes]) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and serving.poll() is None:
        with suppress(OSError):
            if _ask(port, "/ready", "") == 200:
                return
        sleep(0.1)
    raise RuntimeError("gunicorn did not start.")
