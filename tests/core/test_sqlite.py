"""Whoever wants to write to SQLite waits for their turn, and it comes."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test.utils import CaptureQueriesContext

from project.sqlite3.base import DatabaseWrapper

pytestmark = [pytest.mark.once, pytest.mark.django_db]
OTHERS = 4
PATIENCE = 60.0  # seconds after which a test gives up; none is slower because of it
LONG = 0.6  # seconds: after a third of that, SQLite by itself looks only each tenth of a second
Opened = Callable[..., DatabaseWrapper]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "shared")) as made:
        made.execute("CREATE TABLE word (said TEXT)")
    return tmp_path / "shared"


@pytest.fixture
def opened(place: Path) -> Iterator[Opened]:
    every = []

    def another(name: str = str(place), timeout: float = PATIENCE) -> DatabaseWrapper:
        how = {"timeout": timeout, "transaction_mode": "IMMEDIATE"}
        every.append(DatabaseWrapper(connection.settings_dict | {"NAME": name, "OPTIONS": how}))
        every[-1].inc_thread_sharing()
        every[-1].ensure_connection()
        return every[-1]

    yield another
    for each in every:
        each.close()


@contextmanager
def written_by_another(place: Path) -> Iterator[sqlite3.Connection]:
    """Another process writes, as far as SQLite can tell, until it commits."""
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def begin(database: DatabaseWrapper) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def wait_until_looking(database: DatabaseWrapper) -> None:
    """Wait until somebody looks whether this database is free, while another writes to it."""
    until = monotonic() + PATIENCE
    while not database.turn.locked():
        assert monotonic() < until
        Event().wait(0.01)


def waits_by_itself(database: DatabaseWrapper) -> int:
    """Milliseconds that SQLite waits where nothing of ours does."""
    with database.cursor() as cursor:
        return int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])


def test_who_has_waited_longest_begins_before_whoever_comes_later(
    place: Path, opened: Opened
) -> None:
    began: list[str] = []

    def write(name: str, started: Event) -> None:
        database = opened()
        started.set()
        begin(database)
        began.append(name)
        database.commit()

    first, others = Event(), [Event() for _ in range(OTHERS)]
    with ThreadPoolExecutor(1 + OTHERS) as people:
        with written_by_another(place) as other:
            waiting = [people.submit(write, "first", first)]
            assert first.wait(PATIENCE)
            Event().wait(LONG)
            for number, came in enumerate(others):
                waiting.append(people.submit(write, f"later {number}", came))
                assert came.wait(PATIENCE)
            other.execute("COMMIT")
        for each in waiting:
            each.result(PATIENCE)
    assert began[0] == "first"
    assert len(began) == 1 + OTHERS


def test_nobody_waits_longer_than_they_may(place: Path, opened: Opened) -> None:
    database, began = opened(timeout=0.2), monotonic()
    with written_by_another(place) as other:
        with pytest.raises(OperationalError, match="database is locked"):
            begin(database)
        assert monotonic() - began < PATIENCE
        other.execute("COMMIT")
    begin(database)
    database.commit()


def test_nor_behind_somebody_who_may_wait_longer(place: Path, opened: Opened) -> None:
    patient, hurried = opened(), opened(timeout=0.2)
    with ThreadPoolExecutor(1) as somebody, written_by_another(place) as other:
        waiting = somebody.submit(begin, patient)
        wait_until_looking(patient)
        with pytest.raises(OperationalError, match="database is locked"):
            begin(hurried)
        other.execute("COMMIT")
        waiting.result(PATIENCE)
        patient.commit()
    begin(hurried)


def test_who_writes_to_another_database_waits_for_nobody_here(
    tmp_path: Path, place: Path, opened: Opened
) -> None:
    """Else two who each hold one, and want both, would wait for each other."""
    patient, elsewhere = opened(), opened(str(tmp_path / "another"))
    with ThreadPoolExecutor(1) as somebody, written_by_another(place) as other:
        waiting = somebody.submit(begin, patient)
        wait_until_looking(patient)
        begin(elsewhere)
        assert not waiting.done()
        other.execute("COMMIT")
        waiting.result(PATIENCE)


def test_what_no_waiting_mends_is_told_at_once(opened: Opened) -> None:
    database = opened()
    with database.cursor() as cursor:
        cursor.execute("BEGIN")
    with pytest.raises(OperationalError, match="within a transaction"):
        begin(database)
    assert waits_by_itself(database) == PATIENCE * 1000


def test_all_else_that_it_is_asked_waits_as_before(opened: Opened) -> None:
    database = opened()
    begin(database)
    assert waits_by_itself(database) == PATIENCE * 1000
    database.rollback()


def test_that_it_began_is_noted_among_what_was_asked(opened: Opened) -> None:
    database = opened()
    with CaptureQueriesContext(database) as asked:
        begin(database)
    assert [each["sql"] for each in asked] == ["BEGIN"]
