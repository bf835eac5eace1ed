"""Fifty people read shared pages for half a minute: none is refused, each look is logged."""

from datetime import timedelta
from statistics import quantiles
from threading import Lock, Thread
from time import monotonic
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.beside import Reader, served
from bench.databases import database_of_its_own, use
from bench.rows import Row
from profiles.access.models import Look
from profiles.accounts.actions import make_account
from profiles.answers.actions import Words, save_answer
from profiles.pages.actions import start_page
from profiles.sharing import new_actions
from profiles.sharing.days import end_of
from profiles.sharing.decided import Decided, Mode
from profiles.sharing.models import Share
from profiles.sharing.wording import wording_for
from profiles.topics.load import load

READERS = 50
SECONDS = 30.0
WORKERS = 2
PEOPLE = 25  # whose pages they read: of one share no more than 600 looks an hour are shown


def rows() -> list[Row]:
    """Errors, looks beside reads, how many a second, and how long all but the slowest 5 % took."""
    with database_of_its_own() as database:
        shares = [_shared(number) for number in range(PEOPLE)]
        with served(database, workers=WORKERS) as port:
            readers = [Reader(port, shares[number % PEOPLE]) for number in range(READERS)]
            taken, errors = _read_by(readers)
        use(database)
        logged = Look.objects.openings().count()
        connection.close()
    slowest = quantiles(taken, n=20)[-1]
    return [
        _row("errors", errors, 0, 0),
        _row("looks without a read, or reads without a look", logged - len(taken), 0, 0),
        _row("pages", len(taken) / SECONDS, 100, 200, unit="a second", larger_is_better=True),
        _row("95 in 100 took less than", slowest, 500, 250, unit="ms"),
    ]


def _row(what: str, value: float, goal: float, stretch: float, **more: Any) -> Row:
    name = f"{READERS} readers for {SECONDS:.0f} s: {what}"
    return Row(name=name, value=value, goal=goal, stretch=stretch, **more)


def _shared(number: int) -> Share:
    """Somebody's page of a few words, and a link to it."""
    owner = make_account(email=f"{number}@example.org")
    page = start_page(for_someone=False, language="en", user=owner)
    words = Words(text="Tea first.\nThen we talk.")
    save_answer(profile=page, topic=load().topic("important"), words=words, started_from=0)
    share = new_actions.begin(profile=page, by=owner)
    new_actions.say_who(
        share=share, by=owner, reader_name="The ward", worker_email="", with_passcode=False
    )
    what = {"with_photo": False, "may_print": False}
    new_actions.say_what(share=share, by=owner, topics=["important"], **what)
    until = end_of(timezone.localdate() + timedelta(days=90))
    new_actions.say_how_long(share=share, by=owner, ends_at=until)
    shown = wording_for(share).fingerprint
    return new_actions.give(share=share, by=owner, decided=Decided(mode=Mode.ME), shown=shown)


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
